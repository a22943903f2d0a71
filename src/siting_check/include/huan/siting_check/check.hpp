// SPDX-License-Identifier: Apache-2.0
// Whether an answer holds: read from the problem value alone, with arithmetic of its own and no
// code of the solver. The plan is checked rule by rule and its value summed again; the proven bound
// is derived again from the multipliers, every operation rounded to the side that is safe. What a
// proof of cases closes or opens the checker finds itself.
//
//   const auto found = siting_check::check(problem, answer);
//   if (!found) { …found.error().at, .detail… }
#pragma once

#include <cstdint>

#include "huan/base/result.hpp"
#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting_check {

struct Found {
  double value{0};        ///< of the plan
  bool has_proof{false};  ///< the answer carried one; without it `lower` stands unchecked
  double bound{0};        ///< that the proof gives: not above the best value (maxcover: not below)
  std::int64_t cases{0};  ///< nodes that were looked at
};

/// wrong_answer with the place and what it should be; not_supported for a kind it does not know.
[[nodiscard]] base::Result<Found> check(const siting_problem::Problem& problem,
                                        const siting_problem::Answer& answer);

}  // namespace huan::siting_check
