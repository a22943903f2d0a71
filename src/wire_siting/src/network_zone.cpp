// SPDX-License-Identifier: Apache-2.0
// Zones and periods of a network's file.
#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Point;
using siting_problem::Zone;

/// Coordinates of a geometry: a position, or lists of such, as deep as the type says.
class Corners {
 public:
  Corners(Zone& zone, std::string at) : zone_(zone), at_(std::move(at)) {}

  base::Result<void> read(json::Value value, std::size_t depth) {
    if (depth == 0) {
      HUAN_TRY(spot, read_spot(value, at_));
      zone_.lines.push_back({spot});
      return {};
    }
    if (!value.is_array() || value.size() == 0) {
      return Error{ErrorCode::bad_coordinates, at_, "a list of positions is expected"};
    }
    if (depth == 1) {
      return read_line(value);
    }
    for (const json::Value one : value.elements()) {
      HUAN_CHECK(read(one, depth - 1));
    }
    return {};
  }

 private:
  base::Result<void> read_line(json::Value value) {
    std::vector<Point> line;
    line.reserve(value.size());
    for (const json::Value one : value.elements()) {
      HUAN_TRY(spot, read_spot(one, at_));
      line.push_back(spot);
    }
    const bool closed = line.front().x == line.back().x && line.front().y == line.back().y;
    constexpr std::size_t kRingLeast = 4;
    if (zone_.filled && (line.size() < kRingLeast || !closed)) {
      return Error{ErrorCode::bad_coordinates, at_, "a ring ends where it began"};
    }
    if (zone_.filled) {
      line.pop_back();
    }
    zone_.lines.push_back(std::move(line));
    return {};
  }

  Zone& zone_;
  std::string at_;
};

}  // namespace

base::Result<Zone> read_zone(json::Value geometry, std::string kind, const std::string& at) {
  struct Shape {
    std::string_view type;
    std::size_t depth;
    bool filled;
  };
  static constexpr Shape kShapes[]{{"Point", 0, false},      {"MultiPoint", 1, false},
                                   {"LineString", 1, false}, {"MultiLineString", 2, false},
                                   {"Polygon", 2, true},     {"MultiPolygon", 3, true}};
  const Members members(geometry, at);
  HUAN_TRY(type, members.text("type"));
  for (const Shape& shape : kShapes) {
    const auto coordinates = members.find("coordinates");
    if (shape.type != type || !coordinates) {
      continue;
    }
    Zone zone;
    zone.kind = std::move(kind);
    zone.filled = shape.filled;
    HUAN_CHECK(Corners(zone, at + "/coordinates").read(*coordinates, shape.depth));
    if (type == "MultiPoint") {
      const std::vector<Point> points = std::move(zone.lines.front());
      zone.lines.clear();
      for (const Point& point : points) {
        zone.lines.push_back({point});
      }
    }
    return zone;
  }
  return Error{ErrorCode::bad_field, at + "/type", "a geometry of points, lines or polygons"};
}

base::Result<std::vector<siting_problem::Period>> read_periods(json::Value list) {
  std::vector<siting_problem::Period> periods;
  constexpr std::size_t kPeriodsMost = 50;
  if (!list.is_array() || list.size() > kPeriodsMost) {
    return Error{ErrorCode::bad_field, "/periods", "a list of up to 50 is expected"};
  }
  for (const json::Value one : list.elements()) {
    const std::string at = "/periods/" + std::to_string(periods.size());
    if (!one.is_object()) {
      return Error{ErrorCode::bad_field, at, "an object is expected"};
    }
    const Members each(one, at);
    HUAN_TRY(name, each.text("name"));
    HUAN_TRY(budget, each.number("budget", -1));
    if (name.empty() || !(budget >= 0)) {
      return each.wrong("budget", "a period has a name and a budget");
    }
    periods.push_back({std::move(name), budget});
  }
  return periods;
}

}  // namespace huan::wire_siting
