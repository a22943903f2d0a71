// SPDX-License-Identifier: Apache-2.0
// A driven day held against what was allowed and planned: hours and days of the vehicle's pass
// 通行证, areas that it may not enter, the stops of its plan, and the doors of its box. Only what
// the track shows is said: where nothing was located for too long there is a gap, named as such,
// and nothing is concluded from it: neither a way driven, nor a stop missed.
//
//   Judged judged = judge(track, {.windows = {{7 * 3'600, 9 * 3'600}}, …});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/tracks/fix.hpp"

namespace huan::tracks {

struct Point {
  std::int32_t lat_e6{0};
  std::int32_t lng_e6{0};
};

/// Metres on the sphere of radius 6,371,008.8 m (IUGG's mean), within what a day's drive needs.
[[nodiscard]] double metres_between(const Point& a, const Point& b);

/// Seconds of the local day, the end not included; over midnight when it lies before the start.
struct Window {
  std::int32_t from_s{0};
  std::int32_t to_s{0};
};

struct Area {
  std::string name;
  std::vector<Point> ring;     ///< at least three, not closed
  std::vector<Window> open{};  ///< when it may be there; none: never
};
[[nodiscard]] bool inside(const Area& area, const Point& point);

struct PlannedStop {
  std::string id;
  Point at;
  double radius_m{100};
  base::Instant from;
  base::Instant to;
};

/// Goods that changed hands, as both sides said: the vehicle was there.
struct HandedOver {
  std::string shipment;
  Point at;
  double radius_m{300};
  base::Instant time;
};

/// Goods on their way, from where the first of them were loaded to where they were handed over.
struct Haul {
  std::string shipment;
  base::Instant from;
  base::Instant to;
};

struct Allowed {
  std::int32_t offset_s{8 * 3'600};  ///< of the city
  bool pass_in_force{true};          ///< on that day
  std::vector<Window> windows{};     ///< none: any time
  std::vector<Area> forbidden{};
  std::vector<PlannedStop> stops{};
  std::vector<HandedOver> shipments{};
  std::uint8_t box_doors{0};            ///< those of the load's box, as in Fix; 0: nobody has said
  std::vector<PlannedStop> unsealed{};  ///< where it may be open, at any time; none: not said
  std::vector<Haul> hauls{};
};

struct JudgeOptions {
  std::int64_t gap_s{180};       ///< longer without a place is a gap
  std::uint16_t moving_dmh{50};  ///< 5 km/h: slower is standing
  std::int64_t standing_s{600};  ///< so long, away from all planned stops, is a stop of its own
  double standing_m{100};        ///< within so far
};

enum class Deviation : std::uint8_t {
  gap,                 ///< nothing is known between the two times
  without_pass,        ///< driven on a day without a pass in force
  outside_hours,       ///< driven at an hour that the pass does not have
  forbidden_area,      ///< inside an area at an hour when it is closed to it
  stop_missed,         ///< never near it within its time, and its time was seen in full
  stop_unknown,        ///< not seen there, but there was a gap
  unplanned_stop,      ///< stood elsewhere
  shipment_elsewhere,  ///< seen elsewhere when its goods changed hands
  shipment_unknown,    ///< not seen around that time
  door_opened,         ///< a door of which nobody has said what it closes
  box_opened,          ///< where it may be; or on a day without a plan
  box_open_away,       ///< seen open elsewhere
  box_open_unknown     ///< open while nothing was located
};
[[nodiscard]] std::string_view name(Deviation deviation) noexcept;

struct Stretch {
  Deviation what{};
  base::Instant from;
  base::Instant to;
  std::optional<Point> at{};  ///< its first fix
  std::string subject{};      ///< the area's or the stop's, or the door's number
};

/// Was the box closed the whole way? `closed` says that reports came all the time, and that it was
/// open where it may be alone.
enum class Closure : std::uint8_t { not_stated, closed, open_away, unknown };
[[nodiscard]] std::string_view name(Closure closure) noexcept;

struct Hauled {
  Haul haul;
  Closure box{};
};

struct Judged {
  std::vector<Stretch> stretches;  ///< in order of kind, then of time
  double driven_m{0};              ///< without the gaps
  std::int64_t gap_s{0};
  std::size_t stops_made{0};
  std::vector<Hauled> hauls;  ///< as asked
};

/// `track` is ordered.
[[nodiscard]] Judged judge(const Track& track, const Allowed& allowed, const JudgeOptions& options);

}  // namespace huan::tracks
