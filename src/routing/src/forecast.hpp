// SPDX-License-Identifier: Apache-2.0
// When a stop can be visited whose material grows from day to day, and what each visit then takes.
// A visit is known by its day and the day of the visit before: that says what stands there.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

inline constexpr std::size_t kDuesMax = 20'000;  ///< over all stops

struct Due {
  std::uint32_t day{kNone};
  std::int32_t last{-1};  ///< day of the visit before; -1: none
  Load load{};            ///< taken
};

[[nodiscard]] inline bool has_forecast(const Stop& stop) {
  return !stop.visits.stored.empty() || !stop.visits.growth.empty();
}

/// Every visit that may be, by day and then by the day before: within the storage limit, the gaps
/// and the days allowed.
[[nodiscard]] std::vector<Due> dues_of(const Problem& problem, const Visits& visits);

/// Which of the dues are the visits on these days; empty if one of them cannot be.
[[nodiscard]] std::vector<std::size_t> dues_on(const std::vector<std::uint32_t>& pattern,
                                               std::span<const Due> dues);

/// Whether nothing outgrows the limit up to the horizon's end, with `day` the last visit.
[[nodiscard]] bool lasts(const Problem& problem, const Visits& visits, std::uint32_t day);

/// Whether some days keep to it all.
[[nodiscard]] bool some_days_do(const Problem& problem, const Visits& visits,
                                const std::vector<Due>& dues);

}  // namespace huan::routing
