// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/forecast.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "huan/base/quantity.hpp"

namespace huan::indicators {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::string_view, 4> kMethods{"seasonal_naive", "seasonal_trend", "mean",
                                                   "linear"};
constexpr std::array<Method, 3> kTried{Method::seasonal_naive, Method::seasonal_trend,
                                       Method::mean};
constexpr std::int32_t kYear = 12;
constexpr std::int32_t kHorizonMax = 120;
constexpr Wide kMillionth = 1'000'000;
/// Tenths of the error of the methods before: less than that is chance rather than skill.
constexpr Wide kClearlyLess = 9;

std::int64_t clamped(Wide n) {
  return static_cast<std::int64_t>(std::clamp(n, Wide{0}, Wide{base::kIntegerMax}));
}

Wide sum(std::span<const std::int64_t> values) {
  return std::accumulate(values.begin(), values.end(), Wide{0});
}

/// The same months of the last year on record, repeated.
Wide naive_sum(std::span<const std::int64_t> months, Horizon horizon) {
  Wide total = 0;
  for (std::int32_t h = horizon.skip; h < horizon.skip + horizon.count; ++h) {
    total += months[months.size() - kYear + static_cast<std::size_t>(h % kYear)];
  }
  return total;
}

/// The last year against the one before as a fraction; 1/1 without a year before, or an empty one.
std::pair<Wide, Wide> yearly_change(std::span<const std::int64_t> months) {
  if (months.size() < 2 * kYear) {
    return {1, 1};
  }
  const Wide last = sum(months.last(kYear));
  const Wide before = sum(months.last(2 * kYear).first(kYear));
  // Halved, and kept within half and twice: a series that just began grows without end else.
  const Wide changed = std::clamp((last + before) / 2, before / 2, before * 2);
  return before == 0 ? std::pair<Wide, Wide>{1, 1} : std::pair<Wide, Wide>{changed, before};
}

Wide trend_sum(std::span<const std::int64_t> months, Horizon horizon) {
  const auto [last, before] = yearly_change(months);
  const Wide factor = before == 0 ? kMillionth : last * kMillionth / before;
  Wide total = 0;
  Wide moved = kMillionth;
  for (std::int32_t h = 0; h < horizon.skip + horizon.count; ++h) {
    if (h % kYear == 0 && h < 3 * kYear) {
      moved = moved * factor / kMillionth;
    }
    if (h >= horizon.skip) {
      total +=
          months[months.size() - kYear + static_cast<std::size_t>(h % kYear)] * moved / kMillionth;
    }
  }
  return total;
}

struct Test {
  std::vector<Wide> errors_ppm;  // (actual − forecast) ÷ forecast
  Wide absolute{0};
  Wide actual{0};
};

/// Forecasts from each origin that has a year before it and all of the horizon after it.
Test back_test(Method method, std::span<const std::int64_t> months, Horizon horizon) {
  Test test;
  const auto needed =
      static_cast<std::size_t>(horizon.skip) + static_cast<std::size_t>(horizon.count);
  for (std::size_t origin = kYear; origin + needed <= months.size(); ++origin) {
    const Wide guessed = forecast_with(method, months.first(origin), horizon);
    const Wide actual = sum(months.subspan(origin + static_cast<std::size_t>(horizon.skip),
                                           static_cast<std::size_t>(horizon.count)));
    test.absolute += actual > guessed ? actual - guessed : guessed - actual;
    test.actual += actual;
    if (guessed > 0) {
      test.errors_ppm.push_back((actual - guessed) * kMillionth / guessed);
    }
  }
  return test;
}

/// The interval that leaves out a tenth of the errors on either side.
void put_interval(Forecast& forecast, Test& test) {
  forecast.tests = static_cast<std::int32_t>(test.errors_ppm.size());
  if (test.actual > 0) {
    forecast.error_ppm = clamped(test.absolute * kMillionth / test.actual);
  }
  if (forecast.tests < kTestsForInterval) {
    return;
  }
  std::ranges::sort(test.errors_ppm);
  const std::size_t cut = test.errors_ppm.size() / 10;
  const Wide low = test.errors_ppm[cut];
  const Wide high = test.errors_ppm[test.errors_ppm.size() - 1 - cut];
  const Wide value = forecast.value;
  forecast.low = clamped(std::min(value, value + value * low / kMillionth));
  forecast.high = clamped(std::max(value, value + value * high / kMillionth));
}

}  // namespace

std::string_view name(Method method) noexcept {
  return kMethods.at(static_cast<std::size_t>(method));
}

std::int32_t month_of(base::Day day) {
  const base::Civil civil = base::civil_of(day);
  return (civil.year - 1970) * kYear + civil.month - 1;
}

base::Day first_day(std::int32_t month) {
  const std::int32_t year = month >= 0 ? month / kYear : -((kYear - 1 - month) / kYear);
  return base::day_of(base::Civil{1970 + year, month - year * kYear + 1, 1});
}

std::int64_t forecast_with(Method method, std::span<const std::int64_t> months, Horizon horizon) {
  switch (method) {
    case Method::seasonal_naive:
      return clamped(naive_sum(months, horizon));
    case Method::seasonal_trend:
      return clamped(trend_sum(months, horizon));
    default:
      return clamped(sum(months.last(kYear)) * horizon.count / kYear);
  }
}

std::optional<Forecast> forecast(std::span<const std::int64_t> months, Horizon horizon) {
  if (months.size() < kMonthsForForecast || horizon.count < 1 || horizon.skip < 0 ||
      horizon.skip > kHorizonMax || horizon.count > kHorizonMax) {
    return std::nullopt;
  }
  Forecast best;
  Test best_test;
  bool first = true;
  for (const Method method : kTried) {
    Test test = back_test(method, months, horizon);
    if (first || test.absolute * 10 < best_test.absolute * kClearlyLess) {
      best.method = method;
      best_test = std::move(test);
      first = false;
    }
  }
  best.value = forecast_with(best.method, months, horizon);
  put_interval(best, best_test);
  return best;
}

}  // namespace huan::indicators
