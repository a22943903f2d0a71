// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/permit.hpp"

#include <gtest/gtest.h>

namespace huan::rounds {
namespace {

constexpr std::int32_t kAnHour = 3'600;
const base::Day kDay = *base::parse_day("2026-11-23");

Pass pass_at(const std::vector<std::string>& hours, std::vector<std::string> zones) {
  Pass pass;
  pass.key = "P-1";
  pass.state = "listed";
  pass.from = kDay;
  pass.to = kDay;
  pass.hours = *parse_hours(hours);
  pass.zones = std::move(zones);
  return pass;
}

TrafficZone square() {
  return {"inner", "", *parse_hours({"07:00-20:00"}), {{0, 0}, {0, 100}, {100, 100}, {100, 0}}};
}

TEST(Permit, HoursOverMidnightAreTwoAndOthersJoin) {
  EXPECT_EQ(*parse_hours({"22:00-06:00"}),
            (std::vector<Hours>{{0, 6 * kAnHour}, {22 * kAnHour, 24 * kAnHour}}));
  EXPECT_EQ(*parse_hours({"08:00-10:00", "07:00-08:00"}),
            (std::vector<Hours>{{7 * kAnHour, 10 * kAnHour}}));
  for (const char* text : {"", "7:00-8:00", "07:00-07:00", "07:00-30:00", "07:00/08:00"}) {
    EXPECT_FALSE(parse_hours({text})) << text;
  }
}

TEST(Permit, AZoneIsOpenOutsideItsHoursAndWithAPassForIt) {
  const TrafficZone zone = square();
  const std::vector<Hours> nights{{0, 7 * kAnHour}, {20 * kAnHour, 24 * kAnHour}};
  EXPECT_EQ(hours_in(zone, {}), nights);
  EXPECT_EQ(hours_in(zone, permit_on({pass_at({"10:00-11:00"}, {"outer"})}, kDay)), nights);
  EXPECT_EQ(hours_in(zone, permit_on({pass_at({"10:00-11:00"}, {"inner"})}, kDay)),
            (std::vector<Hours>{nights[0], {10 * kAnHour, 11 * kAnHour}, nights[1]}));
  EXPECT_EQ(hours_in(zone, permit_on({pass_at({}, {})}, kDay)), std::vector<Hours>{kAllDay});
  EXPECT_EQ(hours_in(zone, permit_on({pass_at({}, {})}, base::Day{kDay.n + 1})), nights);
}

TEST(Permit, AnApplicationOpensNothing) {
  Pass pass = pass_at({}, {});
  for (const char* state : {"applied", "confirmed", "refused", "revoked"}) {
    pass.state = state;
    const Permit permit = permit_on({pass}, kDay);
    EXPECT_TRUE(permit.has_papers);
    EXPECT_TRUE(hours_anywhere(permit).empty()) << state;
  }
  EXPECT_EQ(hours_anywhere({}), std::vector<Hours>{kAllDay});
}

TEST(Permit, ASpotIsInsideItsRing) {
  EXPECT_TRUE(holds(square(), {50, 50}));
  EXPECT_FALSE(holds(square(), {150, 50}));
  EXPECT_FALSE(holds(square(), {-1, 50}));
}

}  // namespace
}  // namespace huan::rounds
