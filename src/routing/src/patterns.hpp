// SPDX-License-Identifier: Apache-2.0
// The combinations of days on which a stop may be visited.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

inline constexpr std::size_t kPatternsMax = 2000;

/// Given patterns, or all that the number of visits and the gaps between them allow, at most
/// kPatternsMax + 1. Empty when one visit on any day is all that is asked for.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> patterns_of(const Visits& visits,
                                                                  std::uint32_t days);

}  // namespace huan::routing
