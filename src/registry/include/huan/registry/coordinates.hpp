// SPDX-License-Identifier: Apache-2.0
// Where a place is: degrees × 10⁷ as integers, in WGS-84. CGCS2000 differs from it by centimetres
// and is taken as it is; GCJ-02, the shifted datum of Chinese web maps, is turned back on the way
// in. The datum that the figures came in stays on record. The inverse of GCJ-02 is iterated until
// it agrees to well below half a metre (a single step errs by metres). Outside China's frame GCJ-02
// is not shifted.
//
//   HUAN_TRY(location, make_location({380413900, 1144786100}, Datum::gcj02));
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::registry {

struct Degrees {
  std::int32_t lat_e7{0};
  std::int32_t lng_e7{0};
  friend constexpr bool operator==(Degrees, Degrees) = default;
};

enum class Datum : std::uint8_t { wgs84, cgcs2000, gcj02 };

[[nodiscard]] std::string_view name(Datum datum) noexcept;
[[nodiscard]] std::optional<Datum> datum_from(std::string_view name) noexcept;

struct Location {
  Degrees at;                        ///< WGS-84
  Datum source_datum{Datum::wgs84};  ///< what the figures were given in
  friend constexpr bool operator==(Location, Location) = default;
};

/// `bad_coordinates` when outside ±90°, ±180° or exactly 0, 0 (what devices send without a fix).
[[nodiscard]] base::Result<Location> make_location(Degrees given, Datum datum);

[[nodiscard]] Degrees wgs84_to_gcj02(Degrees wgs84);
[[nodiscard]] Degrees gcj02_to_wgs84(Degrees gcj02);

}  // namespace huan::registry
