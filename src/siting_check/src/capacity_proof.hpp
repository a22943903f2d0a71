// SPDX-License-Identifier: Apache-2.0
// The bound of multipliers on p facilities within their capacities.
#pragma once

#include "huan/base/result.hpp"
#include "huan/siting_check/check.hpp"

namespace huan::siting_check {

[[nodiscard]] base::Result<double> capacity_bound(const siting_problem::Problem& problem,
                                                  const siting_problem::Proof& proof);

}  // namespace huan::siting_check
