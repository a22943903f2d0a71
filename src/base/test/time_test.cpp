// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/base/drill_clock.hpp"
#include "huan/base/time.hpp"

namespace huan::base {
namespace {

TEST(Time, ReadsAndWritesRfc3339) {
  const auto t = parse_time("2026-11-21T08:30:00+08:00");
  ASSERT_TRUE(t.has_value());
  EXPECT_EQ(t->s, 1'795'221'000);
  EXPECT_EQ(format_time(*t, 8 * 3600), "2026-11-21T08:30:00+08:00");
  EXPECT_EQ(format_time(*t, 0), "2026-11-21T00:30:00Z");
  EXPECT_EQ(format_time(*t, -(3 * 3600 + 1800)), "2026-11-20T21:00:00-03:30");
}

TEST(Time, RefusesWhatIsNotWholeSecondsWithOffset) {
  for (const char* text :
       {"2026-11-21T08:30:00", "2026-11-21 08:30:00Z", "2026-11-21T08:30:00.5Z",
        "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T23:59:60Z", "2026-11-21T08:30:00+19:00", "2026-11-21T08:30:00+0800",
        "1899-01-01T00:00:00Z", "1900-01-01T00:00:00+00:01", "2199-12-31T23:59:59-00:01", ""}) {
    EXPECT_FALSE(parse_time(text).has_value()) << text;
  }
}

TEST(DrillClock, RunsFromItsHourAtItsSpeed) {
  const auto clock = parse_drill_clock("2026-11-23T06:40:00+08:00 1795387000 60");
  ASSERT_TRUE(clock);
  using std::chrono::milliseconds;
  EXPECT_EQ(format_time(clock->at(milliseconds{1'795'387'000'000}), 8 * 3600),
            "2026-11-23T06:40:00+08:00");
  EXPECT_EQ(format_time(clock->at(milliseconds{1'795'387'001'500}), 8 * 3600),
            "2026-11-23T06:41:30+08:00");
}

TEST(DrillClock, RefusesWhatIsNoClock) {
  for (const char* text :
       {"60", "2026-11-23T06:40:00+08:00", "2026-11-23T06:40:00 1795387000 60",
        "2026-11-23T06:40:00+08:00 1795387000 0", "2026-11-23T06:40:00+08:00 x 60",
        "2026-11-23T06:40:00+08:00 1795387000 3601"}) {
    EXPECT_FALSE(parse_drill_clock(text)) << text;
  }
}

TEST(Day, IsTheLocalDate) {
  const Instant t = *parse_time("2026-11-20T16:00:00Z");
  EXPECT_EQ(format_day(day_of(t, 8 * 3600)), "2026-11-21");
  EXPECT_EQ(format_day(day_of(t, 0)), "2026-11-20");
  EXPECT_EQ(format_month(day_of(t, 0)), "2026-11");
}

TEST(Day, RoundTripsOverFourCenturies) {
  for (std::int32_t n = -25'000; n < 84'000; ++n) {
    ASSERT_EQ(day_of(civil_of(Day{n})).n, n);
    ASSERT_EQ(parse_day(format_day(Day{n})), Day{n});
  }
}

}  // namespace
}  // namespace huan::base
