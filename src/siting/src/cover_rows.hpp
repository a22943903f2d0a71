// SPDX-License-Identifier: Apache-2.0
// What a cover can do without. Customers that are covered whenever another one is (they have all of
// that one's candidates), and candidates that cover no more than another one that is no dearer,
// leave by turns until none does. What is left falls into parts that share no candidate, each a
// problem of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"
#include "space.hpp"

namespace huan::siting {

/// Renumbered so that who shares a candidate or customer is near in memory, too.
struct CoverPart {
  siting_problem::Problem links;
  std::vector<std::uint32_t> customer;   ///< what each was before
  std::vector<std::uint32_t> candidate;  ///< the same of candidates
};

struct NeededCover {
  std::vector<siting_problem::Dominated> dominated;  ///< in the order in which they left
  std::vector<CoverPart> parts;                      ///< by rising size
};

/// `links` by customer, then candidate, as a listed problem has them. Whom required candidates
/// cover is left out. Without `reduce` only customers leave, and all is one part.
[[nodiscard]] NeededCover needed_cover(const siting_problem::Problem& links, bool reduce);

/// Of opening each candidate: 1 where the problem names no costs.
[[nodiscard]] std::vector<double> opening_costs(const siting_problem::Problem& problem);

/// Multipliers to begin with: for each customer the least that a candidate costs for each of those
/// whom it covers; 0 where nobody does. No candidate then saves more than it costs.
[[nodiscard]] std::vector<double> least_shares(const Space& links, const std::vector<double>& cost);

}  // namespace huan::siting
