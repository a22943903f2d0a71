// SPDX-License-Identifier: Apache-2.0
#include "huan/tracks/deviations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huan::tracks {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kMorning = 1'790'000'000 / 86'400 * 86'400 - 8 * 3'600;  // midnight +08:00

/// Minute by minute: how far east of the start, in thousandths of a degree; -1: nothing located.
Track minutes(std::int64_t first_s, const std::vector<int>& east) {
  Track track;
  for (std::size_t i = 0; i < east.size(); ++i) {
    Fix fix;
    fix.time = base::Instant{first_s + static_cast<std::int64_t>(i) * 60};
    fix.lat_e6 = 38'000'000;
    fix.located = east[i] >= 0;
    fix.lng_e6 = fix.located ? 114'000'000 + east[i] * 1'000 : 0;
    const bool moves = i > 0 && east[i] != east[i - 1];
    fix.speed_dmh = moves ? std::uint16_t{300} : std::uint16_t{0};
    track.push_back(fix);
  }
  return track;
}

std::vector<std::string> said(const Judged& judged, std::int64_t first_s) {
  std::vector<std::string> all;
  all.reserve(judged.stretches.size());
  for (const Stretch& one : judged.stretches) {
    all.push_back(std::string{name(one.what)} + " " + one.subject + " " +
                  std::to_string((one.from.s - first_s) / 60) + "-" +
                  std::to_string((one.to.s - first_s) / 60));
  }
  return all;
}

constexpr std::int64_t kSeven = kMorning + 7 * 3'600;

TEST(Judge, HoursOfThePass) {
  Allowed allowed;
  allowed.windows = {{7 * 3'600, 7 * 3'600 + 180}, {23 * 3'600, 3'600}};
  const auto judged = judge(minutes(kSeven, {0, 1, 2, 3, 3, 5}), allowed, {});
  EXPECT_THAT(said(judged, kSeven), ElementsAre("outside_hours  3-3", "outside_hours  5-5"));
  EXPECT_NEAR(judged.driven_m, 5 * 87.6, 1);
  const auto night = judge(minutes(kMorning + 30 * 60, {0, 1, 2}), allowed, {});
  EXPECT_TRUE(night.stretches.empty());
  allowed = {};
  allowed.pass_in_force = false;
  EXPECT_THAT(said(judge(minutes(kSeven, {0, 1, 2, 2}), allowed, {}), kSeven),
              ElementsAre("without_pass  1-2"));
}

TEST(Judge, NothingIsConcludedFromAGap) {
  Allowed allowed;
  allowed.forbidden = {{"centre",
                        {{37'990'000, 114'009'500},
                         {38'010'000, 114'009'500},
                         {38'010'000, 114'019'500},
                         {37'990'000, 114'019'500}}}};
  allowed.stops = {
      {"A", {38'000'000, 114'002'000}, 50, base::Instant{kSeven}, base::Instant{kSeven + 240}},
      {"B", {38'000'000, 114'004'500}, 30, base::Instant{kSeven}, base::Instant{kSeven + 240}},
      {"C", {38'000'000, 114'015'000}, 50, base::Instant{kSeven}, base::Instant{kSeven + 1'200}}};
  // It was seen on both sides of the centre, and not between.
  const auto judged =
      judge(minutes(kSeven, {0, 1, 2, 3, 4, -1, -1, -1, -1, -1, 20, 21}), allowed, {});
  EXPECT_THAT(said(judged, kSeven),
              ElementsAre("gap  4-10", "stop_missed B 0-4", "stop_unknown C 0-20"));
  EXPECT_EQ(judged.stops_made, 1U);
  EXPECT_EQ(judged.gap_s, 360);
  EXPECT_NEAR(judged.driven_m, 5 * 87.6, 1);
  const auto seen = judge(minutes(kSeven, {8, 9, 10, 12, 19, 20}), allowed, {});
  EXPECT_THAT(said(seen, kSeven), testing::Contains("forbidden_area centre 2-4"));
}

TEST(Judge, AZoneIsEnteredAtItsHoursAlone) {
  Allowed allowed;
  allowed.forbidden = {{"centre",
                        {{37'990'000, 114'001'500},
                         {38'010'000, 114'001'500},
                         {38'010'000, 114'009'500},
                         {37'990'000, 114'009'500}},
                        {{7 * 3'600, 7 * 3'600 + 180}}}};
  const auto judged = judge(minutes(kSeven, {0, 2, 3, 4, 5, 12}), allowed, {});
  EXPECT_THAT(said(judged, kSeven), ElementsAre("forbidden_area centre 3-4"));
}

TEST(Judge, GoodsChangeHandsWhereTheVehicleIs) {
  Allowed allowed;
  const auto handed = [](std::string id, int east, int minute) {
    return HandedOver{std::move(id),
                      {38'000'000, 114'000'000 + east * 1'000},
                      50,
                      base::Instant{kSeven + minute * 60}};
  };
  allowed.shipments = {handed("A", 3, 3), handed("B", 50, 3), handed("C", 3, 60)};
  EXPECT_THAT(said(judge(minutes(kSeven, {0, 1, 2, 3, 3, 4}), allowed, {}), kSeven),
              ElementsAre("shipment_elsewhere B 3-3", "shipment_unknown C 60-60"));
}

TEST(Judge, StandingWhereNothingWasPlanned) {
  Allowed allowed;
  allowed.stops = {
      {"A", {38'000'000, 114'002'000}, 50, base::Instant{kSeven}, base::Instant{kSeven + 3'600}}};
  std::vector<int> east{0, 1};
  east.insert(east.end(), 15, 2);  // at A
  east.push_back(5);
  east.insert(east.end(), 12, 9);
  east.push_back(12);
  EXPECT_THAT(said(judge(minutes(kSeven, east), allowed, {}), kSeven),
              ElementsAre("unplanned_stop  18-29"));
  EXPECT_THAT(said(judge(minutes(kSeven, east), {}, {}), kSeven), ElementsAre());
}

/// `open`: door 3, at those minutes.
Track with_door(Track track, const std::vector<std::size_t>& open) {
  for (const std::size_t minute : open) {
    track.at(minute).doors = 0x04;
  }
  return track;
}

Allowed with_box(std::uint8_t doors) {
  Allowed allowed;
  allowed.box_doors = doors;
  allowed.unsealed = {{"depot", {38'000'000, 114'000'000}, 50, {}, {}},
                      {"A", {38'000'000, 114'010'000}, 50, {}, {}},
                      {"B", {38'000'000, 114'010'300}, 50, {}, {}}};
  allowed.hauls = {{"R-1", base::Instant{kSeven + 180}, base::Instant{kSeven + 480}}};
  return allowed;
}

std::vector<std::string> of_doors(const Judged& judged) {
  auto all = said(judged, kSeven);
  std::erase_if(all, [](const std::string& one) {
    return !one.starts_with("box_") && !one.starts_with("door_");
  });
  return all;
}

TEST(Doors, WhereTheBoxWasOpenIsNamed) {
  const Track drive = minutes(kSeven, {0, 5, 10, 10, 10, 14, 18, 22, 22});
  const auto at_stops = judge(with_door(drive, {0, 2, 3, 4}), with_box(0x04), {});
  EXPECT_THAT(of_doors(at_stops), ElementsAre("box_opened depot 0-0", "box_opened A 2-4"));
  ASSERT_EQ(at_stops.hauls.size(), 1U);
  EXPECT_EQ(at_stops.hauls[0].haul.shipment, "R-1");
  EXPECT_EQ(at_stops.hauls[0].box, Closure::closed);
  const auto away = judge(with_door(drive, {4, 5, 6, 8}), with_box(0x04), {});
  EXPECT_THAT(of_doors(away),
              ElementsAre("box_opened A 4-4", "box_open_away  5-6", "box_open_away  8-8"));
  EXPECT_EQ(away.hauls[0].box, Closure::open_away);
  // The driver's own door is not the box's; a day without a plan says nothing of where it may be.
  EXPECT_THAT(of_doors(judge(with_door(drive, {5}), with_box(0x08), {})), ElementsAre());
  Allowed no_plan = with_box(0x04);
  no_plan.unsealed.clear();
  EXPECT_THAT(of_doors(judge(with_door(drive, {5}), no_plan, {})), ElementsAre("box_opened  5-5"));
}

TEST(Doors, NothingIsSaidOfADoorThatNobodyStatedNorOfAGap) {
  const Track drive = minutes(kSeven, {0, 5, 10, 10, 10, 14, 18, 22, 22});
  const auto not_stated = judge(with_door(drive, {5, 6}), with_box(0), {});
  EXPECT_THAT(of_doors(not_stated), ElementsAre("door_opened 3 5-6"));
  EXPECT_EQ(not_stated.hauls[0].box, Closure::not_stated);
  // Not located for a minute: the door is known, the place is not.
  const Track blind = minutes(kSeven, {0, 5, 10, 10, 10, -1, 18, 22, 22});
  EXPECT_EQ(judge(blind, with_box(0x04), {}).hauls[0].box, Closure::closed);
  const auto unseen = judge(with_door(blind, {5}), with_box(0x04), {});
  EXPECT_THAT(of_doors(unseen), ElementsAre("box_open_unknown  5-5"));
  EXPECT_EQ(unseen.hauls[0].box, Closure::unknown);
  // No report for four minutes of its way, or none any more before its end.
  Track silent = drive;
  silent.erase(silent.begin() + 4, silent.begin() + 7);
  EXPECT_EQ(judge(silent, with_box(0x04), {}).hauls[0].box, Closure::unknown);
  Allowed longer = with_box(0x04);
  longer.hauls[0].to = base::Instant{kSeven + 8 * 60 + 181};
  EXPECT_EQ(judge(drive, longer, {}).hauls[0].box, Closure::unknown);
  // Open before and after four silent minutes: two times, not one.
  const auto twice = judge(with_door(silent, {3, 4}), with_box(0x04), {});
  EXPECT_THAT(of_doors(twice), ElementsAre("box_opened A 3-3", "box_open_away  7-7"));
}

TEST(Inside, ARingInAnyDirectionAndShape) {
  Area area{"L", {{0, 0}, {0, 30}, {10, 30}, {10, 10}, {30, 10}, {30, 0}}};
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_TRUE(inside(area, {5, 25}));
    EXPECT_TRUE(inside(area, {25, 5}));
    EXPECT_FALSE(inside(area, {25, 25}));
    EXPECT_FALSE(inside(area, {-1, 5}));
    std::reverse(area.ring.begin(), area.ring.end());
  }
}

}  // namespace
}  // namespace huan::tracks
