// SPDX-License-Identifier: Apache-2.0
// Whether a problem can be asked at all.
#pragma once

#include "huan/base/result.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting {

/// bad_problem, bad_coordinates, bad_demand, too_few_candidates, too_little_capacity; `at` is the
/// customer or candidate by its id.
[[nodiscard]] base::Result<void> check_problem(const siting_problem::Problem& problem);

}  // namespace huan::siting
