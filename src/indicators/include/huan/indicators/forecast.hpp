// SPDX-License-Identifier: Apache-2.0
// Forecasts of sums over coming months from the months on record. Three simple methods stand
// against each other: the same month of the year before (seasonal naive), the same moved by the
// change of the last year on the one before (with the change halved, since trends tire), and the
// mean of the last twelve months. Which one is used, and how wide the interval is, both come from a
// back-test on the series itself: each origin in the past is forecast with what was known then, the
// simplest method is taken that no later one beats by a tenth of the absolute error, and the
// interval is the span that four fifths of its relative errors lay in. Too short a series gets no
// interval, or no forecast. Whole numbers only, so that the same series gives the same forecast
// everywhere.
//
// Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, §5.2, §5.5, §5.10.
//
//   const auto f = forecast(months, {.skip = 0, .count = 12});    // the sum of the next year
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::indicators {

/// Consecutive months; `first` counts from January 1970.
struct Months {
  std::int32_t first{0};
  std::vector<std::int64_t> values;  ///< ≥ 0
};
[[nodiscard]] std::int32_t month_of(base::Day day);
[[nodiscard]] base::Day first_day(std::int32_t month);

enum class Method : std::uint8_t { seasonal_naive, seasonal_trend, mean, linear };
[[nodiscard]] std::string_view name(Method method) noexcept;

struct Forecast {
  std::int64_t value{0};
  std::optional<std::int64_t> low;  ///< four fifths of the back-test's errors lie between
  std::optional<std::int64_t> high;
  Method method{Method::seasonal_naive};
  std::int32_t tests{0};                  ///< origins of the back-test
  std::optional<std::int64_t> error_ppm;  ///< mean absolute error of those, relative
};

/// Which months are summed: after leaving out `skip` months, the next `count`.
struct Horizon {
  std::int32_t skip{0};
  std::int32_t count{12};
};

inline constexpr std::size_t kMonthsForForecast = 12;
inline constexpr std::int32_t kTestsForInterval = 10;

/// nullopt with fewer than twelve months, or a horizon over ten years.
[[nodiscard]] std::optional<Forecast> forecast(std::span<const std::int64_t> months,
                                               Horizon horizon);
/// With one method, as the back-test does it; months.size() ≥ 12 and count ≥ 1.
[[nodiscard]] std::int64_t forecast_with(Method method, std::span<const std::int64_t> months,
                                         Horizon horizon);

}  // namespace huan::indicators
