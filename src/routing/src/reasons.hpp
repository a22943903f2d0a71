// SPDX-License-Identifier: Apache-2.0
// Why a visit is not made: each rule that keeps it out of the plan as it stands, with the smallest
// amount by which some vehicle would break it.
#pragma once

#include <limits>
#include <vector>

#include "huan/routing/plan.hpp"
#include "search.hpp"

namespace huan::routing {

/// Effort of one who is out of time: nothing is looked into.
inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

/// `effort` is what remains of the positions to be tried for the whole plan; it falls.
[[nodiscard]] std::vector<Reason> reasons_of(const Model& model, const Solution& solution,
                                             int visit, std::int64_t& effort);

}  // namespace huan::routing
