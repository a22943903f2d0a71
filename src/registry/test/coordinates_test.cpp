// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/coordinates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace huan::registry {
namespace {

double metres_between(Degrees a, Degrees b) {
  const double north = (a.lat_e7 - b.lat_e7) / 1e7 * 111195;
  const double east =
      (a.lng_e7 - b.lng_e7) / 1e7 * 111195 * std::cos(a.lat_e7 / 1e7 * std::numbers::pi / 180);
  return std::hypot(north, east);
}

TEST(Gcj02, KnownPoint) {
  // 39.915 N 116.404 E is shown at 39.916404 N 116.410245 E on maps in GCJ-02.
  const Degrees shifted = wgs84_to_gcj02({399150000, 1164040000});
  EXPECT_LT(metres_between(shifted, {399164043, 1164102445}), 0.1);
}

TEST(Gcj02, InverseReturnsWithinCentimetresAllOverTheCountry) {
  double worst = 0;
  for (std::int32_t lat = 180000000; lat <= 530000000; lat += 7000000) {
    for (std::int32_t lng = 740000000; lng <= 1340000000; lng += 9000000) {
      const Degrees start{lat, lng};
      const Degrees shifted = wgs84_to_gcj02(start);
      EXPECT_GT(metres_between(start, shifted), 10);
      worst = std::max(worst, metres_between(start, gcj02_to_wgs84(shifted)));
    }
  }
  EXPECT_LT(worst, 0.05);
}

TEST(Gcj02, OutsideTheFrameNothingMoves) {
  const Degrees new_york{407128000, -740060000};
  EXPECT_EQ(wgs84_to_gcj02(new_york), new_york);
  EXPECT_EQ(gcj02_to_wgs84(new_york), new_york);
}

TEST(Location, KeepsTheSourceDatum) {
  const auto location = make_location({399164043, 1164102445}, Datum::gcj02);
  ASSERT_TRUE(location);
  EXPECT_EQ(location->source_datum, Datum::gcj02);
  EXPECT_LT(metres_between(location->at, {399150000, 1164040000}), 0.5);
  const auto same = make_location({399164043, 1164102445}, Datum::cgcs2000);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->at.lat_e7, 399164043);
}

TEST(Location, RefusesWhatCannotBe) {
  EXPECT_FALSE(make_location({0, 0}, Datum::wgs84));
  EXPECT_FALSE(make_location({900000001, 0}, Datum::wgs84));
  EXPECT_FALSE(make_location({1, 1800000001}, Datum::wgs84));
  EXPECT_EQ(make_location({0, 0}, Datum::wgs84).error().code, base::ErrorCode::bad_coordinates);
  EXPECT_TRUE(make_location({-900000000, -1800000000}, Datum::gcj02));
}

}  // namespace
}  // namespace huan::registry
