// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/slots.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::booking {
namespace {

base::Day day(const char* text) { return *base::parse_day(text); }

Service service() {
  const auto document = json::Document::parse(
      R"({"closed":["2026-11-25"],"horizon_days":4,"notice_min":60,"windows":[)"
      R"({"days":[1,2,3,4,5],"from":"09:00","to":"12:00","units":3},)"
      R"({"days":[7],"from":"14:00","to":"16:00","units":1}]})");
  return *parse_service(document->root(), "/data");
}

TEST(Slots, AreWhatTheWeekTheHolidaysAndTheNoticeLeave) {
  // Sunday 22 November 2026, 13:01: the window of 14:00 is less than an hour away.
  const auto none = [](const Slot&) { return std::int64_t{0}; };
  const auto slots = slots_of(service(), {day("2026-11-22"), 13 * 60 + 1}, none);
  ASSERT_EQ(slots.size(), 2U);
  EXPECT_EQ(slots[0].slot.day, day("2026-11-23"));
  EXPECT_EQ(slots[1].slot.day, day("2026-11-24"));  // the 25th is a holiday
  EXPECT_EQ(slots_of(service(), {day("2026-11-22"), 13 * 60}, none).size(), 3U);
}

TEST(Slots, NobodyGetsMoreThanThereIs) {
  const auto taken = [](const Slot& slot) {
    return slot.day == day("2026-11-23") ? std::int64_t{2} : std::int64_t{9};
  };
  const auto slots = slots_of(service(), {day("2026-11-22"), 0}, taken);
  EXPECT_TRUE(pick_slot(slots, day("2026-11-23"), 540, 1).has_value());
  const auto full = pick_slot(slots, day("2026-11-23"), 540, 2);
  ASSERT_FALSE(full.has_value());
  EXPECT_EQ(full.error().code, base::ErrorCode::in_use);
  EXPECT_EQ(pick_slot(slots, day("2026-11-24"), 540, 1).error().code, base::ErrorCode::in_use);
  EXPECT_EQ(pick_slot(slots, day("2026-11-23"), 541, 1).error().code, base::ErrorCode::bad_field);
}

TEST(Slots, AServiceComesBackAsItWasWritten) {
  const auto text = to_json(service());
  const auto again = parse_service(json::Document::parse(text)->root(), "/data");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(to_json(*again), text);
  for (const char* wrong :
       {R"({})", R"({"windows":[{"from":"12:00","to":"09:00","units":1}]})",
        R"({"windows":[{"days":[8],"from":"09:00","to":"12:00","units":1}]})",
        R"({"closed":["x"],"windows":[]})", R"({"horizon_days":0,"windows":[]})"}) {
    EXPECT_FALSE(parse_service(json::Document::parse(wrong)->root(), "").has_value()) << wrong;
  }
}

TEST(Slots, LocalTimeIsTheCitys) {
  const auto now = local_time(*base::parse_time("2026-11-22T16:30:00Z"), 8 * 3600);
  EXPECT_EQ(now.day, day("2026-11-23"));
  EXPECT_EQ(now.minute, 30);
  EXPECT_EQ(weekday_of(day("2026-11-23")), 0);
  EXPECT_EQ(weekday_of(day("1969-12-31")), 2);
}

}  // namespace
}  // namespace huan::booking
