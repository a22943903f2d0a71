// SPDX-License-Identifier: Apache-2.0
// p facilities within their capacities, each customer served whole by one of them.
#pragma once

#include "budget.hpp"
#include "huan/base/result.hpp"

namespace huan::siting {

[[nodiscard]] base::Result<siting_problem::Answer> solve_capacitated(
    const siting_problem::Problem& problem, Budget& budget);

}  // namespace huan::siting
