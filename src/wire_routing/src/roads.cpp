// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_routing/roads.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "node.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::kForever;
using routing::Place;

namespace {

constexpr json::ParseOptions kRoadJson{.depth_max = 24,
                                       .allow_fractions = true,
                                       .text_max = std::size_t{64} << 20,
                                       .string_max = std::size_t{16} << 20,
                                       .nodes_max = std::size_t{8} << 20};
constexpr double kMetresInKm = 1000;
constexpr double kPolylineUnit = 1e-6;
constexpr std::size_t kCornersMax = 1'000'000;

std::string profile_name(RoadDialect dialect, std::string_view profile) {
  if (profile == "car") {
    return dialect == RoadDialect::osrm ? "driving" : "auto";
  }
  return std::string{profile};
}

std::string lonlat(const std::vector<Place>& places, std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) {
    text += fmt::format("{}{:.6f},{:.6f}", i == from ? "" : ";", places[i].x, places[i].y);
  }
  return text;
}

void write_places(json::Writer& w, const std::vector<Place>& places, std::size_t from,
                  std::size_t count) {
  w.begin_array();
  for (std::size_t i = from; i < from + count; ++i) {
    w.begin_object().key("lat").number(places[i].y).key("lon").number(places[i].x).end_object();
  }
  w.end_array();
}

void write_avoided(json::Writer& w, const Rings& avoid) {
  if (avoid.empty()) {
    return;
  }
  w.key("exclude_polygons").begin_array();
  for (const auto& ring : avoid) {
    w.begin_array();
    for (const Place& corner : ring) {
      w.begin_array().number(corner.x).number(corner.y).end_array();
    }
    w.end_array();
  }
  w.end_array();
}

std::string numbers(std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) {
    text += fmt::format("{}{}", i == from ? "" : ";", i);
  }
  return text;
}

/// A cell of a table, null where there is no way.
Result<double> cell_of(const Node& node, double scale) {
  if (node.value.is_null()) {
    return kForever;
  }
  HUAN_TRY(number, node.number(kTimes));
  return number * scale;
}

/// What the server says is wrong, in its own words.
Result<void> said_well(const Node& root) {
  if (!root.value.is_object()) {
    return root.error(ErrorCode::bad_field, "an object is expected");
  }
  if (const auto code = root.find("code")) {
    if (!code->value.is_string() || code->value.string() != "Ok") {
      HUAN_TRY(message, root.text_or("message"));
      return code->error(ErrorCode::bad_field, "the server says: " + message);
    }
  }
  if (const auto error = root.find("error")) {
    HUAN_TRY(message, error->text());
    return error->error(ErrorCode::bad_field, "the server says: " + message);
  }
  return {};
}

Result<std::vector<Node>> row_of(const Node& rows, std::size_t row, const Block& block) {
  HUAN_TRY(list, rows.list());
  if (list.size() != block.rows) {
    return rows.error(ErrorCode::bad_field, fmt::format("{} rows are expected", block.rows));
  }
  HUAN_TRY(cells, list[row].list());
  if (cells.size() != block.columns) {
    return list[row].error(ErrorCode::bad_field,
                           fmt::format("{} columns are expected", block.columns));
  }
  return cells;
}

Result<void> take_osrm(const Node& root, const Block& block, std::size_t side, RoadTable& table) {
  HUAN_TRY(seconds, root.need("durations"));
  HUAN_TRY(metres, root.need("distances"));
  for (std::size_t r = 0; r < block.rows; ++r) {
    HUAN_TRY(times, row_of(seconds, r, block));
    HUAN_TRY(ways, row_of(metres, r, block));
    for (std::size_t c = 0; c < block.columns; ++c) {
      const std::size_t at = (block.row + r) * side + block.column + c;
      HUAN_TRY(time, cell_of(times[c], 1));
      HUAN_TRY(way, cell_of(ways[c], 1));
      table.seconds[at] = time;
      table.metres[at] = way;
    }
  }
  return {};
}

Result<void> take_valhalla(const Node& root, const Block& block, std::size_t side,
                           RoadTable& table) {
  HUAN_TRY(units, root.text_or("units"));
  const double scale = units == "miles" ? 1.609344 * kMetresInKm : kMetresInKm;
  HUAN_TRY(rows, root.need("sources_to_targets"));
  for (std::size_t r = 0; r < block.rows; ++r) {
    HUAN_TRY(cells, row_of(rows, r, block));
    for (std::size_t c = 0; c < block.columns; ++c) {
      const std::size_t at = (block.row + r) * side + block.column + c;
      const auto time = cells[c].find("time");
      const auto way = cells[c].find("distance");
      table.seconds[at] = table.metres[at] = kForever;
      if (time && way) {
        HUAN_TRY(seconds, cell_of(*time, 1));
        HUAN_TRY(metres, cell_of(*way, scale));
        table.seconds[at] = seconds;
        table.metres[at] = metres;
      }
    }
  }
  return {};
}

/// Google's encoded polyline with six decimals, as Valhalla writes shapes.
Result<void> add_shape(const Node& node, std::vector<Place>& line) {
  HUAN_TRY(text, node.text());
  constexpr unsigned kBits = 5;
  constexpr unsigned kShiftMax = 30;
  std::int64_t at[2] = {0, 0};
  std::size_t axis = 0;
  std::int64_t value = 0;
  unsigned shift = 0;
  for (const char c : text) {
    const int chunk = static_cast<unsigned char>(c) - 63;
    if (chunk < 0 || chunk > 63 || shift > kShiftMax) {
      return node.error(ErrorCode::bad_field, "is no encoded line");
    }
    value |= static_cast<std::int64_t>(chunk & 31) << shift;
    shift += kBits;
    if (chunk >= 32) {
      continue;
    }
    at[axis] += (value & 1) != 0 ? ~(value >> 1) : value >> 1;
    value = 0;
    shift = 0;
    axis = 1 - axis;
    if (axis == 0) {
      line.push_back(
          {static_cast<double>(at[1]) * kPolylineUnit, static_cast<double>(at[0]) * kPolylineUnit});
    }
  }
  if (axis != 0 || shift != 0 || line.size() > kCornersMax) {
    return node.error(ErrorCode::bad_field, "ends inside a number, or is too long");
  }
  return {};
}

bool crosses(const Place& a, const Place& b, const Place& c, const Place& d) {
  const auto side = [](const Place& o, const Place& p, const Place& q) {
    return (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);
  };
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

bool encloses(const std::vector<std::vector<Place>>& rings, const Place& p) {
  bool odd = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const Place& a = ring[i];
      const Place& b = ring[j];
      if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
        odd = !odd;
      }
    }
  }
  return odd;
}

}  // namespace

std::optional<RoadDialect> parse_road_dialect(std::string_view name) {
  if (name == "osrm") {
    return RoadDialect::osrm;
  }
  return name == "valhalla" ? std::optional{RoadDialect::valhalla} : std::nullopt;
}

std::vector<Block> blocks(std::size_t places, std::size_t side) {
  std::vector<Block> list;
  const std::size_t step = std::max<std::size_t>(1, side);
  for (std::size_t row = 0; row < places; row += step) {
    for (std::size_t column = 0; column < places; column += step) {
      list.push_back({row, std::min(step, places - row), column, std::min(step, places - column)});
    }
  }
  return list;
}

RoadTable empty_table(std::size_t places) {
  RoadTable table;
  table.seconds.assign(places * places, 0);
  table.metres.assign(places * places, 0);
  return table;
}

RoadRequest table_request(RoadDialect dialect, std::string_view profile,
                          const std::vector<Place>& places, const Block& block,
                          const Rings& avoid) {
  const std::string name = profile_name(dialect, profile);
  if (dialect == RoadDialect::osrm) {
    const bool same = block.row == block.column && block.rows == block.columns;
    const std::string rows = lonlat(places, block.row, block.rows);
    const std::string columns = lonlat(places, block.column, block.columns);
    return {"GET",
            fmt::format("/table/v1/{}/{}?annotations=duration,distance&sources={}&destinations={}",
                        name, same ? rows : rows + ";" + columns, numbers(0, block.rows),
                        numbers(same ? 0 : block.rows, block.columns)),
            ""};
  }
  std::string body;
  json::Writer w(body);
  w.begin_object().key("sources");
  write_places(w, places, block.row, block.rows);
  w.key("targets");
  write_places(w, places, block.column, block.columns);
  write_avoided(w, avoid);
  w.member("costing", name).member("units", "kilometers").member("verbose", true).end_object();
  return {"POST", "/sources_to_targets", body};
}

Result<void> take_table(RoadDialect dialect, std::string_view answer, const Block& block,
                        RoadTable& table) {
  HUAN_TRY(document, json::Document::parse(answer, kRoadJson));
  const Node root{document.root(), ""};
  HUAN_CHECK(said_well(root));
  std::size_t side = 0;
  while (side * side < table.seconds.size()) {
    ++side;
  }
  if (dialect == RoadDialect::osrm) {
    HUAN_CHECK(take_osrm(root, block, side, table));
  } else {
    HUAN_CHECK(take_valhalla(root, block, side, table));
  }
  for (std::size_t i = 0; i < side; ++i) {  // a vehicle that stays does not drive
    table.seconds[i * (side + 1)] = table.metres[i * (side + 1)] = 0;
  }
  return {};
}

RoadRequest line_request(RoadDialect dialect, std::string_view profile,
                         const std::vector<Place>& places, const Rings& avoid) {
  const std::string name = profile_name(dialect, profile);
  if (dialect == RoadDialect::osrm) {
    return {"GET",
            fmt::format("/route/v1/{}/{}?overview=full&geometries=geojson", name,
                        lonlat(places, 0, places.size())),
            ""};
  }
  std::string body;
  json::Writer w(body);
  w.begin_object().key("locations");
  write_places(w, places, 0, places.size());
  write_avoided(w, avoid);
  w.member("costing", name).member("directions_type", "none").end_object();
  return {"POST", "/route", body};
}

Result<std::vector<Place>> read_line(RoadDialect dialect, std::string_view answer) {
  HUAN_TRY(document, json::Document::parse(answer, kRoadJson));
  const Node root{document.root(), ""};
  HUAN_CHECK(said_well(root));
  std::vector<Place> line;
  if (dialect == RoadDialect::osrm) {
    HUAN_TRY(routes_node, root.need("routes"));
    HUAN_TRY(routes, routes_node.list());
    if (routes.empty()) {
      return routes_node.error(ErrorCode::bad_field, "a route is expected");
    }
    HUAN_TRY(geometry, routes[0].need("geometry"));
    HUAN_TRY(coordinates, geometry.need("coordinates"));
    HUAN_TRY(corners, coordinates.list(kCornersMax));
    line.reserve(corners.size());
    for (const Node& corner : corners) {
      HUAN_TRY(place, corner.place());
      line.push_back(place);
    }
    return line;
  }
  HUAN_TRY(trip, root.need("trip"));
  HUAN_TRY(legs_node, trip.need("legs"));
  HUAN_TRY(legs, legs_node.list());
  for (const Node& leg : legs) {
    HUAN_TRY(shape, leg.need("shape"));
    HUAN_CHECK(add_shape(shape, line));
  }
  return line;
}

bool enters(const std::vector<Place>& line, const Rings& rings) {
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (encloses(rings, line[k])) {
      return true;
    }
    for (const auto& ring : rings) {
      for (std::size_t i = 0; k > 0 && i < ring.size(); ++i) {
        if (crosses(line[k - 1], line[k], ring[i], ring[(i + 1) % ring.size()])) {
          return true;
        }
      }
    }
  }
  return false;
}

std::vector<routing::Index> open_profiles(const Instance& instance) {
  std::vector<routing::Index> open;
  for (std::size_t i = 0; i < instance.problem.ways.size(); ++i) {
    if (instance.problem.ways[i].metric == routing::Metric::great_circle) {
      open.push_back(static_cast<routing::Index>(i));
    }
  }
  return open;
}

void take_roads(Instance& instance, routing::Index profile, RoadTable table) {
  routing::Travel& travel = instance.problem.ways.at(profile);
  travel.metric = routing::Metric::matrix;
  travel.scale = 1;
  travel.speed = 1;
  travel.rounding = routing::Rounding::none;
  travel.durations = std::move(table.seconds);
  travel.distances = std::move(table.metres);
  travel.detours.clear();
  instance.great_circle = !open_profiles(instance).empty();
}

void take_detours(routing::Problem& problem, routing::Index profile,
                  const std::vector<routing::Index>& places, const RoadTable& table) {
  std::set<std::pair<routing::Index, routing::Index>> named;
  for (const routing::Zone& zone : problem.zones) {
    named.insert(zone.ways.begin(), zone.ways.end());
  }
  std::vector<routing::Detour>& detours = problem.ways.at(profile).detours;
  detours.clear();
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = 0; j < places.size(); ++j) {
      const std::size_t cell = i * places.size() + j;
      if (i != j && table.seconds[cell] < kForever && table.metres[cell] < kForever &&
          named.contains({places[i], places[j]})) {
        detours.push_back({places[i], places[j], table.seconds[cell], table.metres[cell], {}});
      }
    }
  }
}

}  // namespace huan::wire_routing
