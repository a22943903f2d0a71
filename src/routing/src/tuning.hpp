// SPDX-License-Identifier: Apache-2.0
// The numbers of the search, set by measuring (docs/adr/0013).
#pragma once

#include <cstddef>

namespace huan::routing {

inline constexpr double kFirstHeat = 1;    ///< of the mean way
inline constexpr double kLastHeat = 0.02;  ///< of the mean way
inline constexpr double kShedHeat = 0.1;   ///< of the mean way, while a route is given up
inline constexpr double kShedShare = 0.4;  ///< of the budget
inline constexpr double kBlinks = 0.01;
inline constexpr double kMeanRemoved = 10;
inline constexpr double kLongestString = 10;
inline constexpr double kTried = 20;             ///< neighbours beside which a visit is tried
inline constexpr double kLookEverywhere = 0.05;  ///< where no neighbour would do
inline constexpr double kKeepDays = 0.5;

}  // namespace huan::routing
