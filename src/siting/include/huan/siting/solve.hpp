// SPDX-License-Identifier: Apache-2.0
// Where to put facilities, and how far that may be from the best. A plan is found by exchanging
// facilities, a lower bound by relaxed assignments, and where candidates that cannot matter any
// more leave little, the proof is finished by cases. Guarantees: the answer lies between `lower`
// and `upper`, `optimal` is said only of a finished proof, and equal seeds with equal `iterations`
// (and no `seconds`) give equal bytes. Not thread-safe within one call; keeps nothing between
// calls.
//
//   const auto answer = siting::solve(problem, {.seed = 1, .iterations = 10'000});
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting {

struct Limits {
  double seconds{0};           ///< by `spent`; 0: no limit
  std::int64_t iterations{0};  ///< pricing rounds, shakes and cases together; 0: no limit
  std::uint64_t seed{1};
  std::function<double()> spent;      ///< CPU seconds so far, from any origin; needed by `seconds`
  std::function<bool()> cancelled;    ///< may be empty
  std::function<void(double)> share;  ///< told the share of the limits that is spent; may be empty
};

/// bad_problem, with the place, for what cannot be asked (see check_problem); not_supported for
/// what this engine does not do yet. A problem without a solution is an answer: Status::infeasible.
[[nodiscard]] base::Result<siting_problem::Answer> solve(const siting_problem::Problem& problem,
                                                         const Limits& limits);

/// A plan that stood before something changed, in the numbers of the problem as it is now.
struct Former {
  std::vector<std::uint32_t> facilities;  ///< that were open
  std::vector<double> multipliers;        ///< of its bound, by customer; may be empty
  std::vector<std::uint32_t> changed;     ///< candidates that are new, moved, opened or shut
};

/// Whether resolve() begins from the plan before, or anew.
[[nodiscard]] bool begins_from_former(siting_problem::Kind kind);

/// What if: p-median and maximal cover begin with what stood and look first at candidates near what
/// changed; the bound climbs from its multipliers. Errors and promises as of solve().
[[nodiscard]] base::Result<siting_problem::Answer> resolve(const siting_problem::Problem& problem,
                                                           const Former& former,
                                                           const Limits& limits);

}  // namespace huan::siting
