// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/coordinates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace huan::registry {
namespace {

struct Point {
  double lat;
  double lng;
};

constexpr double kE7 = 1e7;
constexpr double kKrasovskyRadiusM = 6378245.0;
constexpr double kKrasovskyE2 = 0.00669342162296594323;
constexpr std::array<std::string_view, 3> kDatums{"wgs84", "cgcs2000", "gcj02"};

Point degrees(Degrees at) {
  return {static_cast<double>(at.lat_e7) / kE7, static_cast<double>(at.lng_e7) / kE7};
}

Degrees rounded(Point p) {
  const double lat = std::clamp(std::round(p.lat * kE7), -900000000.0, 900000000.0);
  const double lng = std::clamp(std::round(p.lng * kE7), -1800000000.0, 1800000000.0);
  return {static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lng)};
}

bool is_shifted(Point p) {
  return p.lng >= 72.004 && p.lng <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

double wave(double x, double amplitude, double turns) {
  return amplitude * std::sin(x * turns * std::numbers::pi);
}

/// What GCJ-02 adds to a WGS-84 point, in degrees. x, y: degrees from 105° E, 35° N.
Point shift(Point p) {
  const double x = p.lng - 105.0;
  const double y = p.lat - 35.0;
  const double root = std::sqrt(std::abs(x));
  const double ripple = (wave(x, 20, 6) + wave(x, 20, 2)) * 2 / 3;
  const double north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple +
                         (wave(y, 20, 1) + wave(y, 40, 1.0 / 3)) * 2 / 3 +
                         (wave(y, 160, 1.0 / 12) + wave(y, 320, 1.0 / 30)) * 2 / 3;
  const double east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple +
                        (wave(x, 20, 1) + wave(x, 40, 1.0 / 3)) * 2 / 3 +
                        (wave(x, 150, 1.0 / 12) + wave(x, 300, 1.0 / 30)) * 2 / 3;
  const double lat = p.lat * std::numbers::pi / 180;
  const double w2 = 1 - kKrasovskyE2 * std::sin(lat) * std::sin(lat);
  const double meridian_m = kKrasovskyRadiusM * (1 - kKrasovskyE2) / (w2 * std::sqrt(w2));
  const double parallel_m = kKrasovskyRadiusM / std::sqrt(w2) * std::cos(lat);
  return {north_m * 180 / (meridian_m * std::numbers::pi),
          east_m * 180 / (parallel_m * std::numbers::pi)};
}

}  // namespace

std::string_view name(Datum datum) noexcept { return kDatums[static_cast<std::size_t>(datum)]; }

std::optional<Datum> datum_from(std::string_view name) noexcept {
  const auto found = std::find(kDatums.begin(), kDatums.end(), name);
  if (found == kDatums.end()) {
    return std::nullopt;
  }
  return static_cast<Datum>(found - kDatums.begin());
}

base::Result<Location> make_location(Degrees given, Datum datum) {
  const bool in_range = std::abs(static_cast<std::int64_t>(given.lat_e7)) <= 900'000'000 &&
                        std::abs(static_cast<std::int64_t>(given.lng_e7)) <= 1'800'000'000;
  if (!in_range || given == Degrees{0, 0}) {
    return base::Error{base::ErrorCode::bad_coordinates,
                       {},
                       "latitude is within ±90°, longitude within ±180°, both × 10⁷ and not 0, 0"};
  }
  return Location{datum == Datum::gcj02 ? gcj02_to_wgs84(given) : given, datum};
}

Degrees wgs84_to_gcj02(Degrees wgs84) {
  const Point p = degrees(wgs84);
  if (!is_shifted(p)) {
    return wgs84;
  }
  const Point d = shift(p);
  return rounded({p.lat + d.lat, p.lng + d.lng});
}

Degrees gcj02_to_wgs84(Degrees gcj02) {
  const Point target = degrees(gcj02);
  if (!is_shifted(target)) {
    return gcj02;
  }
  // The shift changes slowly (its slope is below 1 %), so each round gains two digits.
  Point p = target;
  for (int round = 0; round < 8; ++round) {
    const Point d = shift(p);
    p = {target.lat - d.lat, target.lng - d.lng};
  }
  return rounded(p);
}

}  // namespace huan::registry
