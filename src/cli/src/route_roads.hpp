// SPDX-License-Identifier: Apache-2.0
// Ways and lines of a problem from a road server (`--matrix-url`): OSRM or Valhalla.
#pragma once

#include <string>

#include "huan/base/result.hpp"
#include "huan/routing/plan.hpp"
#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"

namespace huan::cli {

struct RoadsWanted {
  std::string url;           ///< empty: none
  std::string kind{"osrm"};  ///< or valhalla
  unsigned block{50};        ///< places on a side of what is asked at once
  double timeout_s{60};      ///< of one answer
};

/// Fills the profiles that are great circles. Zones given by an outline get the ways whose lines
/// enter them, up to kZonePlacesMax places. Errors: unreachable (no answer in time, a status other
/// than 200), bad_field, bad_json and the like with the place in the answer, too_large,
/// not_supported, each at the address that was asked.
[[nodiscard]] base::Result<void> take_road_ways(const RoadsWanted& wanted,
                                                wire_routing::Instance& instance);
inline constexpr std::size_t kRoadPlacesMax = 2000;
inline constexpr std::size_t kZonePlacesMax = 60;

/// The lines that the routes drive on, one for each route.
[[nodiscard]] base::Result<wire_routing::RoadLines> road_lines(
    const RoadsWanted& wanted, const wire_routing::Instance& instance, const routing::Plan& plan);

}  // namespace huan::cli
