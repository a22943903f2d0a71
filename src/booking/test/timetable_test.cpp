// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/timetable.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::booking {
namespace {

base::Result<Timetable> timetable_of(const std::string& text) {
  const auto document = json::Document::parse(text);
  return parse_timetable(document->root(), "/data");
}

const std::string kTwo =
    R"({"vehicle":"V-1","halts":[)"
    R"({"days":[1,3],"from":"14:00","to":"15:30","name":"B","lat_e7":2,"lng_e7":2},)"
    R"({"days":[1],"from":"08:00","to":"09:30","name":"A","lat_e7":1,"lng_e7":1}]})";

LocalTime at(const char* day, std::int32_t hour, std::int32_t minute = 0) {
  return {*base::parse_day(day), hour * 60 + minute};
}

TEST(Timetable, SaysWhereAVehicleStandsAndWhereNext) {
  const Timetable week = timetable_of(kTwo).value();
  EXPECT_EQ(to_json(timetable_of(to_json(week)).value()), to_json(week));
  const char* monday = "2026-11-23";
  EXPECT_EQ(halt_at(week, at(monday, 7, 59)), nullptr);
  EXPECT_EQ(halt_at(week, at(monday, 8))->name, "A");
  EXPECT_EQ(halt_at(week, at(monday, 9, 30)), nullptr) << "on its way";
  EXPECT_EQ(halt_at(week, at(monday, 15))->name, "B");
  EXPECT_EQ(halt_at(week, at("2026-11-24", 15)), nullptr);
  EXPECT_EQ(halts_on(week, *base::parse_day(monday)).front()->name, "A");
  EXPECT_EQ(next_halt(week, at(monday, 8))->halt->name, "B");
  const auto next = next_halt(week, at("2026-11-25", 14));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->halt->name, "A");
  EXPECT_EQ(base::format_day(next->day), "2026-11-30");
  EXPECT_FALSE(next_halt(timetable_of(R"({"halts":[]})").value(), at(monday, 8)));
}

TEST(Timetable, IsNeverAtTwoPlacesAtOnce) {
  const auto both = timetable_of(
      R"({"halts":[{"days":[1,2],"from":"08:00","to":"10:00","name":"A","lat_e7":1,"lng_e7":1},)"
      R"({"days":[2],"from":"09:59","to":"11:00","name":"B","lat_e7":2,"lng_e7":2}]})");
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().at, "/data/halts/1");
  for (
      const char* bad :
      {R"({})", R"({"halts":[{"from":"08:00","to":"08:00","name":"A","lat_e7":1,"lng_e7":1}]})",
       R"({"halts":[{"from":"08:00","to":"09:00","name":"A","lat_e7":900000001,"lng_e7":1}]})",
       R"({"halts":[{"days":[8],"from":"08:00","to":"09:00","name":"A","lat_e7":1,"lng_e7":1}]})",
       R"({"halts":[{"days":[],"from":"08:00","to":"09:00","name":"A","lat_e7":1,"lng_e7":1}]})",
       R"({"halts":[{"from":"08:00","to":"09:00","name":"A","lat_e7":0,"lng_e7":0}]})",
       R"({"halts":[{"days":[1],"date":"2026-10-01","from":"08:00","to":"09:00","name":"A","lat_e7":1,"lng_e7":1}]})",
       R"({"halts":[{"date":"2026-02-30","from":"08:00","to":"09:00","name":"A","lat_e7":1,"lng_e7":1}]})",
       R"({"halts":[],"closed":["2026-13-01"]})"}) {
    EXPECT_FALSE(timetable_of(bad)) << bad;
  }
}

TEST(Timetable, LeavesClosedDaysOutAndStandsOnDates) {
  // 2026-10-01 is a Thursday.
  const std::string weekly =
      R"({"days":[4],"from":"08:00","to":"10:00","name":"Week","lat_e7":1,"lng_e7":1})";
  const std::string once =
      R"({"date":"2026-10-01","from":"09:00","to":"12:00","name":"Fair","lat_e7":2,"lng_e7":2})";
  EXPECT_FALSE(timetable_of(R"({"halts":[)" + weekly + "," + once + "]}")) << "at two places";
  const std::string both =
      R"({"closed":["2026-10-01"],"halts":[)" + weekly + "," + once + R"(],"vehicle":"V-1"})";
  const auto kept = timetable_of(both);
  ASSERT_TRUE(kept) << kept.error().detail;
  EXPECT_EQ(to_json(timetable_of(to_json(*kept)).value()), to_json(*kept));
  EXPECT_EQ(halt_at(*kept, at("2026-10-01", 8)), nullptr) << "the week is off";
  EXPECT_EQ(halt_at(*kept, at("2026-10-01", 11))->name, "Fair");
  EXPECT_EQ(halts_on(*kept, *base::parse_day("2026-10-08")).size(), 1U);
  EXPECT_EQ(next_halt(*kept, at("2026-09-25", 8))->halt->name, "Fair");
  const auto other = timetable_of(R"({"halts":[)" + weekly + "]}");
  ASSERT_TRUE(meeting_of(*kept, *other));
  EXPECT_EQ(meeting_of(*kept, *other)->one->name, "Week");
  EXPECT_FALSE(
      meeting_of(timetable_of(R"({"halts":[)" + once + "]}").value(),
                 timetable_of(R"({"closed":["2026-10-01"],"halts":[)" + weekly + "]}").value()));
}

}  // namespace
}  // namespace huan::booking
