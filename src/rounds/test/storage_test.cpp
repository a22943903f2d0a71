// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/storage.hpp"

#include <gtest/gtest.h>

namespace huan::rounds {
namespace {

constexpr std::int32_t kHourS = 3'600;

Holding holding(std::int64_t stock, std::int64_t inflow, std::int64_t limit) {
  return {base::Mass{stock}, base::Mass{inflow}, base::Mass{limit}, {}, {}};
}

When today_at(std::int32_t hour) { return {0, hour * kHourS, 8 * kHourS, 18 * kHourS}; }

TEST(Storage, TheHourAtWhichTheLimitIsReachedIsSaid) {
  // 600 kg at eight, 500 kg come in ten hours: 800 kg are reached after four of them.
  const Need need = need_on(holding(600'000, 500'000, 800'000), today_at(8));
  EXPECT_EQ(need.mass, Urgency::today);
  EXPECT_EQ(need.by_s, 12 * kHourS);
  EXPECT_EQ(need.expected.count(), 1'100'000);
  // At one o'clock half of the inflow is in the stock; the other half still comes.
  const Need later = need_on(holding(600'000, 500'000, 800'000), today_at(13));
  EXPECT_EQ(later.by_s, 17 * kHourS);
  EXPECT_EQ(later.expected.count(), 850'000);
}

TEST(Storage, OverItTomorrowIsDueWithoutAnHourAndFarOffIsNot) {
  EXPECT_EQ(need_on(holding(600'000, 500'000, 1'200'000), today_at(8)).mass, Urgency::tomorrow);
  EXPECT_EQ(need_on(holding(600'000, 500'000, 1'600'000), today_at(8)).mass, Urgency::none);
  EXPECT_EQ(need_on(holding(900'000, 0, 800'000), today_at(8)).mass, Urgency::exceeded);
  EXPECT_FALSE(need_on({base::Mass{900'000}, base::Mass{1}, {}, {}, {}}, today_at(8)).is_due());
}

TEST(Storage, WhatComesUntilThenIsThereOnALaterDay) {
  const Need need = need_on(holding(100'000, 300'000, 800'000), {2, 0, 8 * kHourS, 18 * kHourS});
  EXPECT_EQ(need.mass, Urgency::today);  // 700 kg on that morning, 800 kg at 11:20
  EXPECT_EQ(need.by_s, 11 * kHourS + 20 * 60);
}

TEST(Storage, TheOldestLotHasALastDay) {
  Holding lies = holding(10, 0, 1'000'000);
  lies.days_max = 2;
  lies.oldest_days = 1;
  EXPECT_FALSE(need_on(lies, today_at(8)).is_due());
  lies.oldest_days = 2;
  EXPECT_EQ(need_on(lies, today_at(8)).age, Urgency::today);
  lies.oldest_days = 3;
  EXPECT_EQ(need_on(lies, today_at(8)).age, Urgency::exceeded);
  lies.stock = base::Mass{0};
  EXPECT_FALSE(need_on(lies, today_at(8)).is_due());
  lies.stock = base::Mass{5};
  lies.days_max = 0;  // cleared on the day that it comes
  lies.oldest_days = 0;
  EXPECT_EQ(need_on(lies, today_at(8)).age, Urgency::today);
}

}  // namespace
}  // namespace huan::rounds
