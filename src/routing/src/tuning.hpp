// SPDX-License-Identifier: Apache-2.0
// The numbers of the search, set by measuring (docs/adr/0013).
#pragma once

#include <cstddef>

namespace huan::routing {

// Heats are in mean ways; "turns" are iterations for each visit over the whole budget.
inline constexpr double kHeatPerTurn = 0.0005;
inline constexpr double kHeatPerTurnTimed = 0.003;
inline constexpr double kLeastHeat = 0.5;
inline constexpr double kLeastHeatTimed = 1;
inline constexpr double kLeastHeatJoined = 0.05;  ///< where savings made the first plan
inline constexpr double kMostHeat = 1;
inline constexpr double kMostHeatTimed = 4;
inline constexpr double kLastHeat = 0.015;
inline constexpr double kLastHeatTimed = 0.03;
inline constexpr double kTurnsPerCycle = 4000;
inline constexpr double kTurnsPerCycleTimed = 1000;
inline constexpr double kTrialShare = 0.02;     ///< of the budget, to see how fast it goes
inline constexpr double kShedHeat = 0.3;        ///< of the mean way, while a route is given up
inline constexpr double kShedShare = 0.55;      ///< of the budget
inline constexpr double kGiveUpShare = 0.6;     ///< of the budget, where turns are few
inline constexpr int kRoundsPerStop = 100;      ///< to put a route's stops elsewhere
inline constexpr std::size_t kNearAbsent = 40;  ///< neighbours of an absent visit
inline constexpr double kBlinks = 0.01;
inline constexpr double kMeanRemoved = 10;
inline constexpr double kMeanRemovedShedding = 15;
inline constexpr double kLongestString = 10;
inline constexpr double kDeepRate = 0.03;  ///< of rounds in which much more is taken out
inline constexpr double kMeanRemovedDeep = 30;
inline constexpr double kLongestStringDeep = 40;
inline constexpr double kTried = 20;      ///< neighbours beside which a visit is tried
inline constexpr double kTriedLong = 40;  ///< the same where turns are many
inline constexpr double kManyTurns = 5000;
inline constexpr double kTriedWide = 100;  ///< the same in some rounds, the more the more turns
inline constexpr double kWidePerTurn = 0.00001;
inline constexpr double kLeastWide = 0.1;
inline constexpr double kMostWide = 0.5;
inline constexpr double kTriedTimed = 30;        ///< the same with time windows
inline constexpr double kTriedTight = 45;        ///< the same for a visit with a narrow one,
inline constexpr double kTightShare = 0.5;       ///< below this share of the horizon
inline constexpr double kWaitShare = 0.2;        ///< of waiting, in what neighbours are ranked by
inline constexpr double kLookEverywhere = 0.05;  ///< where no neighbour would do
inline constexpr double kFavourRate = 0.1;  ///< of rounds in which new routes are said to be cheap
inline constexpr std::size_t kTriedAgain = 16;  ///< so many of the absent are tried in each round
inline constexpr std::size_t kNearAgain = 16;   ///< neighbours of what was taken out, to find them
inline constexpr std::size_t kTriedAnyway = 1;  ///< others, wherever they are
inline constexpr double kKeepDays = 0.5;
inline constexpr double kPoolWithin = 0.01;   ///< of the best: solutions whose routes are kept
inline constexpr double kRecombineAt = 0.96;  ///< of the budget, at the latest
inline constexpr double kWorkPerSecond = 2e7;
inline constexpr double kWorkPerIteration = 200;
inline constexpr double kMostWork = 2e8;
inline constexpr int kManyVisits = 1200;      ///< from which on turns are few
inline constexpr double kLongTrip = 25;       ///< visits, up to which savings make the first plan
inline constexpr double kSavingsShare = 0.3;  ///< of the budget, for that plan at most

}  // namespace huan::routing
