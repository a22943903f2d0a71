// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/forecast.hpp"

#include <gtest/gtest.h>

namespace huan::indicators {
namespace {

std::vector<std::int64_t> seasons(int years, std::int64_t growth_per_mille) {
  std::vector<std::int64_t> months;
  std::int64_t scale = 1'000;
  for (int y = 0; y < years; ++y) {
    for (int m = 0; m < 12; ++m) {
      months.push_back(scale * (100 + (m < 6 ? 10 * m : 10 * (11 - m))));
    }
    scale += scale * growth_per_mille / 1'000;
  }
  return months;
}

TEST(Months, CountFromTheEpochBothWays) {
  EXPECT_EQ(month_of(*base::parse_day("1970-01-31")), 0);
  EXPECT_EQ(month_of(*base::parse_day("2025-06-30")), 665);
  for (const std::int32_t month : {-13, -12, -1, 0, 11, 12, 665}) {
    EXPECT_EQ(month_of(first_day(month)), month);
    EXPECT_EQ(base::civil_of(first_day(month)).day, 1);
  }
}

TEST(Forecast, RepeatsAStableSeasonWithoutError) {
  const auto months = seasons(4, 0);
  const auto next = forecast(months, {0, 3});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->value, months[0] + months[1] + months[2]);
  EXPECT_EQ(next->low, next->value);
  EXPECT_EQ(next->high, next->value);
  EXPECT_EQ(next->error_ppm, 0);
  EXPECT_EQ(forecast(months, {2, 2})->value, months[2] + months[3]);
}

TEST(Forecast, FollowsGrowthBetterThanRepeating) {
  const auto months = seasons(6, 100);
  const auto year = forecast(months, {0, 12});
  ASSERT_TRUE(year);
  EXPECT_EQ(year->method, Method::seasonal_trend);
  std::int64_t last = 0;
  for (std::size_t i = months.size() - 12; i < months.size(); ++i) {
    last += months[i];
  }
  EXPECT_GT(year->value, last * 104 / 100);
  EXPECT_LE(year->value, last * 110 / 100);
}

TEST(Forecast, IntervalComesFromTheErrorsSeen) {
  auto months = seasons(6, 0);
  for (std::size_t i = 0; i < months.size(); ++i) {
    months[i] += (i / 12) % 2 == 0 ? 20'000 : -20'000;  // years that alternate
  }
  const auto year = forecast(months, {0, 12});
  ASSERT_TRUE(year);
  ASSERT_TRUE(year->low && year->high);
  EXPECT_LT(*year->low, *year->high);
  EXPECT_LE(*year->low, year->value);
  EXPECT_GE(*year->high, year->value);
  EXPECT_GE(year->tests, kTestsForInterval);
}

TEST(Forecast, ShortSeriesGetNoIntervalOrNone) {
  auto months = seasons(2, 0);
  months.resize(11);
  EXPECT_FALSE(forecast(months, {0, 1}));
  months = seasons(1, 0);
  ASSERT_TRUE(forecast(months, {0, 12}));
  EXPECT_FALSE(forecast(months, {0, 12})->low);
  EXPECT_FALSE(forecast(months, {0, 0}));
  EXPECT_FALSE(forecast(months, {0, 121}));
  EXPECT_FALSE(forecast(months, {-1, 1}));
}

TEST(Forecast, StandsWhatIsEmptyOrHuge) {
  const std::vector<std::int64_t> nothing(36, 0);
  EXPECT_EQ(forecast(nothing, {0, 12})->value, 0);
  EXPECT_FALSE(forecast(nothing, {0, 12})->error_ppm);
  const std::vector<std::int64_t> huge(36, 9'007'199'254'740'991);
  EXPECT_EQ(forecast(huge, {0, 12})->value, 9'007'199'254'740'991);  // kept in range
}

}  // namespace
}  // namespace huan::indicators
