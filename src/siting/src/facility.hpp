// SPDX-License-Identifier: Apache-2.0
// Facilities that cost something to open, in sizes, within their capacities; and p facilities whose
// customers may be split.
#pragma once

#include "budget.hpp"
#include "huan/base/result.hpp"

namespace huan::siting {

/// too_little_capacity when nothing was found that fits; unreachable_point beyond the reach.
[[nodiscard]] base::Result<siting_problem::Answer> solve_facility(
    const siting_problem::Problem& problem, Budget& budget);

}  // namespace huan::siting
