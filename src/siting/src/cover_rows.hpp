// SPDX-License-Identifier: Apache-2.0
// Customers that are covered whenever another one is: whoever has all of that one's candidates. A
// cover of the others covers them, and their multipliers are 0.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/problem.hpp"
#include "space.hpp"

namespace huan::siting {

struct NeededRows {
  siting_problem::Problem links;         ///< of the customers that are left, renumbered
  std::vector<std::uint32_t> customer;   ///< what each was before
  std::vector<std::uint32_t> candidate;  ///< the same of candidates, all of which are there
};

/// `links` by customer, then candidate, as a listed problem has them. Both are renumbered so that
/// who shares a candidate or customer is near in memory, too.
[[nodiscard]] NeededRows needed_rows(const siting_problem::Problem& links);

/// Of opening each candidate: 1 where the problem names no costs.
[[nodiscard]] std::vector<double> opening_costs(const siting_problem::Problem& problem);

/// Multipliers to begin with: for each customer the least that a candidate costs for each of those
/// whom it covers; 0 where nobody does. No candidate then saves more than it costs.
[[nodiscard]] std::vector<double> least_shares(const Space& links, const std::vector<double>& cost);

}  // namespace huan::siting
