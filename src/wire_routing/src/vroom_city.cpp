// SPDX-License-Identifier: Apache-2.0
// What a city's problem has beyond VROOM's: facilities, zones, goals, yesterday's plan.
#include <algorithm>
#include <set>

#include "huan/json/document.hpp"
#include "huan/routing/detours.hpp"
#include "vroom.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Goal;
using routing::Index;
using routing::kNone;
using routing::StepType;
using routing::Zone;

namespace {

constexpr json::ParseOptions kVroomJson{.depth_max = 24,
                                        .allow_fractions = true,
                                        .text_max = kTextMax,
                                        .string_max = std::size_t{1} << 20,
                                        .nodes_max = std::size_t{16} << 20};
constexpr double kHorizonDaysMax = 366;
constexpr std::size_t kCornersMin = 3;

/// The rings of a GeoJSON Polygon or MultiPolygon.
Result<void> add_rings(const Node& polygon, std::vector<std::vector<routing::Place>>& rings) {
  HUAN_TRY(nodes, polygon.list());
  for (const Node& ring : nodes) {
    HUAN_TRY(points, ring.list());
    std::vector<routing::Place> corners;
    for (const Node& point : points) {
      HUAN_TRY(corner, point.place());
      corners.push_back(corner);
    }
    if (corners.size() < kCornersMin) {
      return ring.error(ErrorCode::bad_field, "an outline has at least three corners");
    }
    rings.push_back(std::move(corners));
  }
  return {};
}

Result<void> read_outline(const Node& geometry, Zone& zone) {
  HUAN_TRY(type, geometry.text_or("type"));
  HUAN_TRY(coordinates, geometry.need("coordinates"));
  if (type == "Polygon") {
    return add_rings(coordinates, zone.rings);
  }
  if (type != "MultiPolygon") {
    return geometry.error(ErrorCode::bad_field, "a Polygon or MultiPolygon is expected");
  }
  HUAN_TRY(polygons, coordinates.list());
  for (const Node& polygon : polygons) {
    HUAN_CHECK(add_rings(polygon, zone.rings));
  }
  return {};
}

Result<routing::GoalWeight> read_goal(const Node& node) {
  const Node name_node = node.value.is_object() ? node.find("goal").value_or(node) : node;
  HUAN_TRY(text, name_node.text());
  const auto goal = parse_goal(text);
  if (!goal) {
    return name_node.error(ErrorCode::bad_field, "there is no goal of that name");
  }
  HUAN_TRY(weight, node.number_or("weight", 1));
  return routing::GoalWeight{*goal, weight};
}

}  // namespace

void VroomReader::widen(const routing::Load& load) {
  dimensions_ = std::max(dimensions_, load.size());
}

Result<std::vector<std::string>> VroomReader::texts(const Node& node, const std::string& key) {
  HUAN_TRY(nodes, node.list_or_none(key));
  std::vector<std::string> out;
  out.reserve(nodes.size());
  for (const Node& one : nodes) {
    HUAN_TRY(text, one.text());
    out.push_back(std::move(text));
  }
  return out;
}

Result<std::vector<Index>> VroomReader::indices(const Node& node, const std::string& key,
                                                StepType type) {
  HUAN_TRY(nodes, node.list_or_none(key));
  std::vector<Index> out;
  out.reserve(nodes.size());
  for (const Node& one : nodes) {
    HUAN_TRY(id, read_id(one));
    const auto index = names_.find(type, id);
    if (!index) {
      return one.error(ErrorCode::bad_field, "names nothing that is there: " + id);
    }
    out.push_back(*index);
  }
  return out;
}

Result<Index> VroomReader::material(const Node& node) {
  const auto found = node.find("material");
  if (!found) {
    return kNone;
  }
  HUAN_TRY(name, found->text());
  const auto& known = problem_.materials;
  const auto at = std::find(known.begin(), known.end(), name);
  if (at == known.end()) {
    return found->error(ErrorCode::bad_field, "is not one of /materials");
  }
  return static_cast<Index>(at - known.begin());
}

Result<void> VroomReader::read_facilities() {
  HUAN_TRY(materials, texts(root_, "materials"));
  problem_.materials = std::move(materials);
  HUAN_TRY(nodes, root_.list_or_none("facilities"));
  for (const Node& node : nodes) {
    routing::Facility facility;
    HUAN_TRY(id_node, node.need("id"));
    HUAN_TRY(id, read_id(id_node));
    HUAN_CHECK(names_.add(StepType::unload, id, static_cast<Index>(problem_.facilities.size()),
                          id_node.at));
    HUAN_TRY(place, place_of(node, "location", "location_index"));
    HUAN_TRY(windows, node.windows_or_any("time_windows"));
    HUAN_TRY(service, node.number_or("service", 0, kTimes));
    HUAN_TRY(room, node.load_or_none("capacity"));
    HUAN_TRY(reloads, node.boolean_or("reloads", false));
    HUAN_TRY(accepted, node.list_or_none("materials"));
    widen(room);
    facility.id = std::move(id);
    facility.place = place;
    facility.windows = std::move(windows);
    facility.service_s = service;
    facility.capacity_per_day = std::move(room);
    facility.reloads = reloads;
    for (const Node& one : accepted) {
      HUAN_TRY(name, one.text());
      const auto& known = problem_.materials;
      const auto at = std::find(known.begin(), known.end(), name);
      if (at == known.end()) {
        return one.error(ErrorCode::bad_field, "is not one of /materials");
      }
      facility.materials.push_back(static_cast<Index>(at - known.begin()));
    }
    problem_.facilities.push_back(std::move(facility));
  }
  return {};
}

Result<Zone> VroomReader::read_zone(const Node& node) {
  Zone zone;
  HUAN_TRY(id_node, node.need("id"));
  HUAN_TRY(id, read_id(id_node));
  HUAN_TRY(open, node.windows_or_any("open"));
  if (const auto hours = node.find("open"); hours && open.empty()) {
    return hours->error(ErrorCode::bad_field,
                        "no hours: leave it out if they are any, or give [[0, 0]] for never");
  }
  HUAN_TRY(exempt, texts(node, "exempt"));
  zone.id = std::move(id);
  zone.open = std::move(open);
  zone.exempt = std::move(exempt);
  if (const auto geometry = node.find("geometry")) {
    HUAN_CHECK(read_outline(*geometry, zone));
  }
  const Range places{0, static_cast<double>(problem_.places.size()) - 1};
  HUAN_TRY(inside, node.list_or_none("location_indices"));
  for (const Node& one : inside) {
    HUAN_TRY(index, one.whole(places));
    zone.places.push_back(static_cast<Index>(index));
  }
  HUAN_TRY(ways, node.list_or_none("ways"));
  for (const Node& one : ways) {
    HUAN_TRY(ends, one.list(2));
    if (ends.size() != 2) {
      return one.error(ErrorCode::bad_field, "a way is [from, to]");
    }
    HUAN_TRY(from, ends[0].whole(places));
    HUAN_TRY(to, ends[1].whole(places));
    zone.ways.emplace_back(static_cast<Index>(from), static_cast<Index>(to));
  }
  if (!matrices_ && (!zone.places.empty() || !zone.ways.empty())) {
    return node.error(ErrorCode::bad_field, "places by number need a matrix; give a geometry");
  }
  return zone;
}

Result<void> VroomReader::read_zones() {
  HUAN_TRY(nodes, root_.list_or_none("zones"));
  for (const Node& node : nodes) {
    HUAN_TRY(zone, read_zone(node));
    problem_.zones.push_back(std::move(zone));
  }
  return {};
}

/// Of the ways that some zone names, those that the matrices lead round.
void VroomReader::add_detours_by_matrix() {
  std::set<std::pair<Index, Index>> named;
  for (const Zone& zone : problem_.zones) {
    named.insert(zone.ways.begin(), zone.ways.end());
  }
  const std::size_t places = problem_.places.size();
  for (const auto& [profile, around] : around_) {
    routing::Travel& travel = problem_.ways.at(profile);
    for (const auto& [from, to] : named) {
      const std::size_t cell = std::size_t{from} * places + to;
      const double seconds = around.durations[cell];
      const double metres = around.distances.empty() ? seconds : around.distances[cell];
      if (from != to && seconds < routing::kForever && metres < routing::kForever) {
        travel.detours.push_back({from, to, seconds, metres, {}});
      }
    }
  }
}

Result<void> VroomReader::read_objective() {
  problem_.objective.goals = {{Goal::unserved, 1}, {Goal::cost, 1}};
  const auto objective = root_.find("objective");
  if (!objective) {
    return {};
  }
  HUAN_TRY(goals, objective->need("goals"));
  HUAN_TRY(nodes, goals.list(16));
  problem_.objective.goals.clear();
  for (const Node& node : nodes) {
    HUAN_TRY(goal, read_goal(node));
    problem_.objective.goals.push_back(goal);
  }
  HUAN_TRY(lexicographic, objective->boolean_or("lexicographic", true));
  problem_.objective.lexicographic = lexicographic;
  return {};
}

Result<void> VroomReader::read_reference() {
  HUAN_TRY(nodes, root_.list_or_none("reference"));
  for (const Node& node : nodes) {
    HUAN_TRY(id_node, node.need("vehicle"));
    HUAN_TRY(id, read_id(id_node));
    const auto vehicle = names_.find(StepType::start, id);
    if (!vehicle || problem_.vehicles[*vehicle].shifts.empty()) {
      return id_node.error(ErrorCode::bad_field, "there is no vehicle " + id + " with a shift");
    }
    routing::Route empty;
    empty.vehicle = *vehicle;
    const auto last = static_cast<double>(problem_.vehicles[*vehicle].shifts.size()) - 1;
    HUAN_TRY(shift, node.whole_or("shift", 0, {0, last}));
    empty.shift = static_cast<Index>(shift);
    HUAN_TRY(steps, node.need("steps"));
    HUAN_TRY(route, read_steps(steps, names_, problem_, empty));
    routing::GivenRoute given{route.vehicle, route.shift, {}, 0};
    for (const routing::Step& step : route.steps) {
      if (step.stop != kNone || step.facility != kNone) {
        given.visits.push_back({step.stop, step.facility});
      }
    }
    problem_.reference.push_back(std::move(given));
  }
  return {};
}

Result<void> VroomReader::name_dimensions() {
  HUAN_TRY(names, texts(root_, "dimensions"));
  if (std::max(names.size(), dimensions_) > routing::kDimensionsMax) {
    return root_.error(ErrorCode::too_large, "over 8 dimensions of loads");
  }
  for (std::size_t d = names.size(); d < dimensions_; ++d) {
    names.push_back("units " + std::to_string(d + 1));
  }
  problem_.dimensions = std::move(names);
  for (std::size_t i = 0; i < problem_.vehicles.size(); ++i) {
    const std::size_t given = problem_.vehicles[i].capacity.size();
    if (given > 0 && given < dimensions_) {
      return base::Error{ErrorCode::bad_field, "/vehicles/" + std::to_string(i) + "/capacity",
                         "has " + std::to_string(given) + " numbers where loads have " +
                             std::to_string(dimensions_)};
    }
  }
  return {};
}

Result<Instance> VroomReader::read() {
  if (!root_.value.is_object()) {
    return root_.error(ErrorCode::bad_field, "an object is expected");
  }
  HUAN_TRY(days, root_.whole_or("days", 1, {1, kHorizonDaysMax}));
  problem_.days = static_cast<std::uint32_t>(days);
  HUAN_CHECK(read_matrices());
  HUAN_CHECK(read_facilities());
  HUAN_CHECK(read_vehicles());
  HUAN_CHECK(read_ways());
  HUAN_CHECK(read_tasks());
  HUAN_CHECK(read_zones());
  add_detours_by_matrix();
  routing::add_detours(problem_);
  HUAN_CHECK(read_objective());
  HUAN_CHECK(name_dimensions());
  HUAN_CHECK(read_given());
  HUAN_CHECK(read_reference());
  return std::move(instance_);
}

Result<Instance> read_vroom(std::string_view text, const ReadOptions& options) {
  HUAN_TRY(document, json::Document::parse(text, kVroomJson));
  return VroomReader{Node{document.root(), ""}, options}.read();
}

}  // namespace huan::wire_routing
