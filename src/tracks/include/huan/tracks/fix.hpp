// SPDX-License-Identifier: Apache-2.0
// Where a vehicle was at one second, as its terminal said. Only what it located itself is a place.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::tracks {

struct Fix {
  base::Instant time;
  std::int32_t lat_e6{0};  ///< degrees × 10^6, WGS-84
  std::int32_t lng_e6{0};
  std::uint16_t speed_dmh{0};  ///< 0.1 km/h
  std::uint16_t direction{0};  ///< degrees from north, clockwise
  bool located{false};
  bool ignition{false};
  std::uint8_t doors{0};  ///< bit n - 1: the terminal's door n, of 1 to 5, is open
  std::uint8_t load{0};   ///< 0 empty or not said, 1 half, 3 full
  friend auto operator<=>(const Fix&, const Fix&) = default;
};

using Track = std::vector<Fix>;

/// In order of time, each second once (the first that came of two): reports come late and twice.
[[nodiscard]] Track ordered(Track fixes);

}  // namespace huan::tracks
