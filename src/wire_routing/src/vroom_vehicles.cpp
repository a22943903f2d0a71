// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "vroom.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Break;
using routing::Index;
using routing::kForever;
using routing::StepType;
using routing::Vehicle;

namespace {

constexpr double kPerHour = 3'600;  ///< VROOM's: a second of driving costs 1
constexpr double kMetresPerKm = 1'000;
constexpr double kFactorMax = 1'000;
constexpr double kFactorMin = 1e-3;

Result<Break> read_break(const Node& node, std::size_t number) {
  Break rest;
  rest.id = std::to_string(number);
  if (const auto id = node.find("id")) {
    HUAN_TRY(name, read_id(*id));
    rest.id = std::move(name);
  }
  HUAN_TRY(windows, node.windows_or_any("time_windows"));
  HUAN_TRY(service, node.number_or("service", 0, kTimes));
  HUAN_TRY(after, node.number_or("after_work", 0, kTimes));
  HUAN_TRY(load, node.load_or_none("max_load"));
  rest.windows = std::move(windows);
  rest.duration_s = service;
  rest.after_work_s = after;
  rest.load_max = std::move(load);
  return rest;
}

Result<routing::Shift> read_shift(const Node& node) {
  routing::Shift shift;
  HUAN_TRY(day, node.whole_or("day", 0));
  shift.day = static_cast<std::uint32_t>(day);
  if (const auto window = node.find("time_window")) {
    HUAN_TRY(ends, window->window());
    shift.window = ends;
  }
  HUAN_TRY(breaks, node.list_or_none("breaks"));
  // VROOM's breaks stand in any order; a route takes them in that of their windows.
  const auto first = [](const Break& rest) {
    return rest.windows.empty() ? 0 : rest.windows.front().from;
  };
  for (std::size_t b = 0; b < breaks.size(); ++b) {
    HUAN_TRY(rest, read_break(breaks[b], b + 1));
    const auto behind =
        std::upper_bound(shift.breaks.begin(), shift.breaks.end(), first(rest),
                         [&](double from, const Break& other) { return from < first(other); });
    shift.breaks.insert(behind, std::move(rest));
  }
  return shift;
}

}  // namespace

Result<void> VroomReader::read_costs(const Node& node, Vehicle& vehicle) {
  vehicle.costs.per_travel_hour = kPerHour;
  const auto costs = node.find("costs");
  if (!costs) {
    return {};
  }
  HUAN_TRY(fixed, costs->number_or("fixed", 0));
  HUAN_TRY(per_hour, costs->number_or("per_hour", kPerHour));
  HUAN_TRY(per_km, costs->number_or("per_km", 0));
  HUAN_TRY(per_task_hour, costs->number_or("per_task_hour", 0));
  HUAN_TRY(per_shift_hour, costs->number_or("per_shift_hour", 0));
  HUAN_TRY(per_overtime_hour, costs->number_or("per_overtime_hour", 0));
  vehicle.costs = {fixed,    per_km / kMetresPerKm, per_shift_hour,
                   per_hour, per_task_hour,         per_overtime_hour};
  return {};
}

Result<void> VroomReader::read_caps(const Node& node, Vehicle& vehicle) {
  constexpr double kAny = routing::kNone;
  routing::ShiftCaps& caps = vehicle.caps;
  HUAN_TRY(tasks, node.whole_or("max_tasks", routing::kNone, {0, kAny}));
  HUAN_TRY(unloads, node.whole_or("max_unloads", routing::kNone, {0, kAny}));
  HUAN_TRY(travel, node.number_or("max_travel_time", kForever, kTimes));
  HUAN_TRY(distance, node.number_or("max_distance", kForever, kTimes));
  HUAN_TRY(duration, node.number_or("max_duration", kForever, kTimes));
  HUAN_TRY(overtime, node.number_or("max_overtime", 0, kTimes));
  HUAN_TRY(load, node.load_or_none("max_load"));
  widen(load);
  caps.stops_max = static_cast<std::uint32_t>(tasks);
  caps.unloads_max = static_cast<std::uint32_t>(unloads);
  caps.travel_max_s = travel;
  caps.distance_max = distance;
  caps.duration_max_s = duration;
  caps.overtime_max_s = overtime;
  caps.load_max = std::move(load);
  return {};
}

Result<void> VroomReader::read_shifts(const Node& node, Vehicle& vehicle) {
  const auto shifts = node.find("shifts");
  if (!shifts) {
    HUAN_TRY(shift, read_shift(node));
    vehicle.shifts = {std::move(shift)};
    return {};
  }
  HUAN_TRY(nodes, shifts->list());
  vehicle.shifts.clear();
  for (const Node& one : nodes) {
    HUAN_TRY(shift, read_shift(one));
    vehicle.shifts.push_back(std::move(shift));
  }
  return {};
}

Result<void> VroomReader::read_unloading(const Node& node, Vehicle& vehicle) {
  HUAN_TRY(facilities, indices(node, "facilities", StepType::unload));
  HUAN_TRY(unloads, node.boolean_or("unloads", !problem_.facilities.empty()));
  HUAN_TRY(empty, node.boolean_or("empty_at_end", false));
  HUAN_TRY(load, node.load_or_none("start_load"));
  widen(load);
  vehicle.facilities = std::move(facilities);
  vehicle.unloads = unloads;
  vehicle.empty_at_end = empty;
  vehicle.start_load = std::move(load);
  return {};
}

Result<void> VroomReader::read_vehicle(const Node& node) {
  Vehicle vehicle;
  HUAN_TRY(id_node, node.need("id"));
  HUAN_TRY(id, read_id(id_node));
  HUAN_CHECK(
      names_.add(StepType::start, id, static_cast<Index>(problem_.vehicles.size()), id_node.at));
  vehicle.id = std::move(id);
  HUAN_TRY(description, node.text_or("description"));
  HUAN_TRY(vehicle_class, node.text_or("class"));
  vehicle.description = std::move(description);
  vehicle.vehicle_class = std::move(vehicle_class);
  HUAN_TRY(ways, profile_of(node));
  HUAN_TRY(start, optional_place_of(node, "start", "start_index"));
  HUAN_TRY(end, optional_place_of(node, "end", "end_index"));
  vehicle.ways = ways;
  vehicle.start = start;
  vehicle.end = end;
  HUAN_TRY(speed, node.number_or("speed_factor", 1, {kFactorMin, kFactorMax}));
  HUAN_TRY(service, node.number_or("service_factor", 1, {kFactorMin, kFactorMax}));
  vehicle.travel_factor = 1 / speed;
  vehicle.service_factor = service;
  HUAN_TRY(capacity, node.load_or_none("capacity"));
  widen(capacity);
  vehicle.capacity = std::move(capacity);
  HUAN_TRY(skills, read_marks(node, "skills"));
  vehicle.skills = std::move(skills);
  HUAN_CHECK(read_costs(node, vehicle));
  HUAN_CHECK(read_caps(node, vehicle));
  HUAN_CHECK(read_shifts(node, vehicle));
  HUAN_CHECK(read_unloading(node, vehicle));
  problem_.vehicles.push_back(std::move(vehicle));
  return {};
}

Result<void> VroomReader::read_vehicles() {
  HUAN_TRY(vehicles, root_.need("vehicles"));
  HUAN_TRY(nodes, vehicles.list(kVehiclesMax));
  problem_.vehicles.reserve(nodes.size());
  for (const Node& node : nodes) {
    HUAN_CHECK(read_vehicle(node));
  }
  return {};
}

/// `steps` of vehicles: the plan to check, or where the search begins.
Result<void> VroomReader::read_given() {
  HUAN_TRY(vehicles, root_.need("vehicles"));
  HUAN_TRY(nodes, vehicles.list(kVehiclesMax));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto steps = nodes[i].find("steps");
    if (!steps || problem_.vehicles[i].shifts.empty()) {
      continue;
    }
    routing::Route empty;
    empty.vehicle = static_cast<Index>(i);
    HUAN_TRY(route, read_steps(*steps, names_, problem_, empty));
    HUAN_TRY(frozen, nodes[i].whole_or("frozen", 0, {0, static_cast<double>(route.steps.size())}));
    HUAN_TRY(step_nodes, steps->list());
    for (const Node& step : step_nodes) {
      HUAN_TRY(at, step.number_or("service_at", -1, kTimes));
      HUAN_TRY(after, step.number_or("service_after", 0, kTimes));
      HUAN_TRY(before, step.number_or("service_before", kForever, kTimes));
      const auto id = step.find("id");
      if (!id || (at < 0 && after <= 0 && before == kForever)) {
        continue;
      }
      HUAN_TRY(id_text, read_id(*id));
      HUAN_TRY(type, step.text_or("type"));
      const auto kind = parse_step_type(type);
      const auto stop = kind ? names_.find(*kind, id_text) : std::nullopt;
      if (!stop || *kind == StepType::rest) {
        return step.error(ErrorCode::not_supported, "service_at, _after and _before of a break");
      }
      instance_.promised.emplace_back(
          *stop, at >= 0 ? routing::Window{at, at} : routing::Window{after, before});
    }
    instance_.given.push_back(std::move(route));
    instance_.frozen.push_back(static_cast<Index>(frozen));
  }
  return {};
}

}  // namespace huan::wire_routing
