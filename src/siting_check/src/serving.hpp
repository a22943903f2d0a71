// SPDX-License-Identifier: Apache-2.0
// Who serves whom by which part, what that comes to, and what the facilities hold and cost.
#pragma once

#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting_check/check.hpp"

namespace huan::siting_check {

struct Served {
  double ways{0};            ///< weighted sum of distances
  double opening{0};         ///< what the facilities cost, in their sizes
  std::vector<double> load;  ///< by candidate
};

/// wrong_answer with the place: somebody is served by what is not open, beyond the reach, not
/// whole, in parts where that is not asked for; a facility holds more than its size.
[[nodiscard]] base::Result<Served> served(const siting_problem::Problem& problem,
                                          const siting_problem::Answer& answer,
                                          const std::vector<std::uint8_t>& open);

/// Gini coefficient of the distances of a plan, by weight.
[[nodiscard]] double inequality(const siting_problem::Problem& problem,
                                const siting_problem::Answer& answer);

/// The bound of multipliers on covering customers so many times, or so much of their weight.
[[nodiscard]] base::Result<double> cover_bound(const siting_problem::Problem& links,
                                               const siting_problem::Proof& proof);

}  // namespace huan::siting_check
