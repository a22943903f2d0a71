// SPDX-License-Identifier: Apache-2.0
// What the ways to a p-center share: whether p of the candidates cover everybody of a list of
// links.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "huan/base/result.hpp"
#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting {

/// Facilities that cover everybody, or a proof that none do; neither when it stayed open.
struct Trial {
  std::vector<std::uint32_t> facilities;
  siting_problem::Proof proof;
};
/// `thorough`: by cases, too, when covering alone does not tell.
[[nodiscard]] Trial try_links(const siting_problem::Problem& links, Budget& budget, bool thorough);

/// As many as are asked for: any that are not there yet.
void fill(std::vector<std::uint32_t>& facilities, const siting_problem::Problem& problem);

/// Of points, so many that links between all of them do not fit: the farthest customers stand for
/// the others until a plan for them serves everybody. What cannot be done for some of the customers
/// cannot be done for all.
[[nodiscard]] siting_problem::Answer wide_center(const siting_problem::Problem& problem,
                                                 Budget& budget);

}  // namespace huan::siting
