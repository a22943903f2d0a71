// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/moment.hpp"

#include <gtest/gtest.h>

namespace huan::wire_table {
namespace {

std::string time_of(std::string_view text, MomentRule rule = {}) {
  const auto moment = parse_moment(text);
  if (!moment) {
    return "refused";
  }
  const auto time = to_time(*moment, rule);
  return time ? *time : "refused";
}

TEST(Moment, ReadsTheUsualForms) {
  for (const char* text : {"2026-11-21", "2026/11/21", "20261121", "2026年11月21日", "2026.11.21",
                           "２０２６-11-21", " 2026-11-21 ", "2026 / 11 / 21", "2026年11月21号"}) {
    EXPECT_EQ(time_of(text), "2026-11-21T00:00:00+08:00") << text;
  }
  EXPECT_EQ(time_of("2026/1/5"), "2026-01-05T00:00:00+08:00");
  EXPECT_EQ(time_of("2024-02-29"), "2024-02-29T00:00:00+08:00");
}

TEST(Moment, ReadsTimes) {
  for (const char* text : {"2026-11-21 08:30", "2026/11/21 8:30:00", "2026-11-21T08:30:00.250",
                           "20261121083000", "202611210830", "2026年11月21日 8时30分",
                           "2026年11月21日8点30分0秒", "2026-11-21T08:30:00+08:00"}) {
    EXPECT_EQ(time_of(text), "2026-11-21T08:30:00+08:00") << text;
  }
  EXPECT_EQ(time_of("2026年1月5日 8时"), "2026-01-05T08:00:00+08:00");
}

TEST(Moment, TheTextsOwnOffsetWins) {
  EXPECT_EQ(time_of("2026-11-21T08:30:00Z"), "2026-11-21T08:30:00Z");
  EXPECT_EQ(time_of("2026-11-21T08:30:00-05:00"), "2026-11-21T08:30:00-05:00");
  EXPECT_EQ(time_of("2026-11-21 08:30", {-5 * 3600, MomentRule::Month::refused, 0}),
            "2026-11-21T08:30:00-05:00");
}

TEST(Moment, AMonthIsATimeOnlyByRule) {
  const MomentRule end{-5 * 3600, MomentRule::Month::end, 0};
  for (const char* text : {"2015 / 12", "2015-12", "201512", "2015年12月"}) {
    EXPECT_EQ(time_of(text), "refused") << text;
    EXPECT_EQ(time_of(text, end), "2015-12-31T23:59:59-05:00") << text;
  }
  EXPECT_EQ(time_of("2012 / 02", end), "2012-02-29T23:59:59-05:00");
  EXPECT_EQ(time_of("2015/12", {0, MomentRule::Month::start, 0}), "2015-12-01T00:00:00Z");
}

TEST(Moment, ABareDayTakesTheRulesHour) {
  EXPECT_EQ(time_of("2026-11-21", {8 * 3600, MomentRule::Month::refused, 12 * 3600}),
            "2026-11-21T12:00:00+08:00");
}

TEST(Moment, RefusesTheRest) {
  for (const char* text : {"",
                           "2026",
                           "2026-13-01",
                           "2026-02-29",
                           "2026-00-10",
                           "11/21/2026",
                           "21.11.2026",
                           "2026-11-21 24:00",
                           "2026-11-21 08:60",
                           "2026-11-21 08:30:60",
                           "2026-11-21T08:30:00+25:00",
                           "2026-11-21x",
                           "1899-12-31",
                           "2026-11/21",
                           "2026-11-21 08:30:00 +8",
                           "20261301",
                           "2026-11-31",
                           "45000",
                           "2026年11月21",
                           "2015-12 08:30",
                           "2026-11-21 08:30:00.1234567890",
                           "昨天",
                           "2026-1-1-1"}) {
    EXPECT_FALSE(parse_moment(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_moment(std::string(100'000, '2')).has_value());
}

TEST(Clock, HoursMinutesSeconds) {
  EXPECT_EQ(parse_clock("08:30"), 30'600);
  EXPECT_EQ(parse_clock("23:59:59"), 86'399);
  EXPECT_EQ(parse_clock("24:00"), std::nullopt);
  EXPECT_EQ(parse_clock("8"), std::nullopt);
  EXPECT_EQ(parse_offset("-05:30"), -19'800);
  EXPECT_EQ(parse_offset("5"), std::nullopt);
}

}  // namespace
}  // namespace huan::wire_table
