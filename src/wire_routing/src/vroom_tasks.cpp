// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "vroom.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::StepType;
using routing::Stop;
using routing::Visits;

namespace {

constexpr double kPriorityMax = 100;
constexpr double kTaskDaysMax = 366;

Result<std::vector<std::uint32_t>> read_days(const Node& node) {
  HUAN_TRY(nodes, node.list());
  std::vector<std::uint32_t> days;
  days.reserve(nodes.size());
  for (const Node& one : nodes) {
    HUAN_TRY(day, one.whole({0, kTaskDaysMax}));
    days.push_back(static_cast<std::uint32_t>(day));
  }
  return days;
}

}  // namespace

Result<std::vector<std::string>> read_marks(const Node& node, const std::string& key) {
  HUAN_TRY(nodes, node.list_or_none(key));
  std::vector<std::string> marks;
  marks.reserve(nodes.size());
  for (const Node& one : nodes) {
    HUAN_TRY(mark, read_id(one));
    marks.push_back(std::move(mark));
  }
  return marks;
}

Result<Visits> VroomReader::read_visits(const Node& node) {
  Visits visits;
  const Range days{0, kTaskDaysMax};
  HUAN_TRY(times, node.whole_or("times", 1, days));
  HUAN_TRY(least, node.whole_or("gap_days_min", 1, days));
  HUAN_TRY(most, node.whole_or("gap_days_max", 0, days));
  visits.times = static_cast<std::uint32_t>(times);
  visits.gap_days_min = static_cast<std::uint32_t>(least);
  visits.gap_days_max = static_cast<std::uint32_t>(most);
  HUAN_TRY(patterns, node.list_or_none("patterns"));
  for (const Node& one : patterns) {
    HUAN_TRY(pattern, read_days(one));
    visits.patterns.push_back(std::move(pattern));
  }
  if (const auto allowed = node.find("days")) {
    HUAN_TRY(list, read_days(*allowed));
    visits.days = std::move(list);
  }
  HUAN_TRY(stored, node.load_or_none("stored"));
  HUAN_TRY(growth, node.load_or_none("growth"));
  HUAN_TRY(limit, node.load_or_none("limit"));
  widen(stored);
  widen(growth);
  widen(limit);
  visits.stored = std::move(stored);
  visits.growth = std::move(growth);
  visits.limit = std::move(limit);
  return visits;
}

/// What jobs, pickups and deliveries have in common.
Result<Stop> VroomReader::read_stop(const Node& node) {
  for (const char* key : {"service_per_type", "setup_per_type"}) {
    if (const auto found = node.find(key)) {
      return found->error(ErrorCode::not_supported, "times by type of vehicle");
    }
  }
  Stop stop;
  HUAN_TRY(id_node, node.need("id"));
  HUAN_TRY(id, read_id(id_node));
  HUAN_TRY(description, node.text_or("description"));
  HUAN_TRY(place, place_of(node, "location", "location_index"));
  HUAN_TRY(service, node.number_or("service", 0, kTimes));
  HUAN_TRY(setup, node.number_or("setup", 0, kTimes));
  HUAN_TRY(release, node.number_or("release", 0, kTimes));
  HUAN_TRY(windows, node.windows_or_any("time_windows"));
  HUAN_TRY(vehicles, indices(node, "vehicles", StepType::start));
  HUAN_TRY(kind, material(node));
  stop.id = std::move(id);
  stop.description = std::move(description);
  stop.place = place;
  stop.service_s = service;
  stop.setup_s = setup;
  stop.release_s = release;
  stop.windows = std::move(windows);
  stop.vehicles = std::move(vehicles);
  stop.material = kind;
  if (const auto prize = node.find("prize")) {
    HUAN_TRY(worth, prize->number());
    stop.prize = worth;
  }
  if (const auto visits = node.find("visits")) {
    HUAN_TRY(given, read_visits(*visits));
    stop.visits = std::move(given);
  }
  return stop;
}

Result<void> VroomReader::add_stop(Stop stop, StepType type, const Node& node) {
  if (problem_.stops.size() >= routing::kPlacesMax) {
    return node.error(ErrorCode::too_large, "over 100,000 tasks");
  }
  HUAN_CHECK(names_.add(type, stop.id, static_cast<Index>(problem_.stops.size()), node.at + "/id"));
  problem_.stops.push_back(std::move(stop));
  return {};
}

Result<void> VroomReader::read_shipment(const Node& node) {
  HUAN_TRY(pickup, node.need("pickup"));
  HUAN_TRY(delivery, node.need("delivery"));
  HUAN_TRY(amount, node.load_or_none("amount"));
  widen(amount);
  HUAN_TRY(skills, read_marks(node, "skills"));
  HUAN_TRY(priority, node.whole_or("priority", 0, {0, kPriorityMax}));
  const auto first = static_cast<Index>(problem_.stops.size());
  for (const Node& end : {pickup, delivery}) {
    HUAN_TRY(stop, read_stop(end));
    stop.skills = skills;
    stop.priority = static_cast<std::uint32_t>(priority);
    const bool taken = problem_.stops.size() == first;
    HUAN_CHECK(add_stop(std::move(stop), taken ? StepType::pickup : StepType::delivery, end));
  }
  problem_.pairs.push_back({first, first + 1, std::move(amount)});
  return {};
}

Result<void> VroomReader::read_tasks() {
  HUAN_TRY(jobs, root_.list_or_none("jobs"));
  for (const Node& node : jobs) {
    HUAN_TRY(stop, read_stop(node));
    HUAN_TRY(delivery, node.load_or_none(node.has("delivery") ? "delivery" : "amount"));
    HUAN_TRY(pickup, node.load_or_none("pickup"));
    HUAN_TRY(skills, read_marks(node, "skills"));
    HUAN_TRY(priority, node.whole_or("priority", 0, {0, kPriorityMax}));
    widen(delivery);
    widen(pickup);
    stop.delivery = std::move(delivery);
    stop.pickup = std::move(pickup);
    stop.skills = std::move(skills);
    stop.priority = static_cast<std::uint32_t>(priority);
    HUAN_CHECK(add_stop(std::move(stop), StepType::job, node));
  }
  HUAN_TRY(shipments, root_.list_or_none("shipments"));
  for (const Node& node : shipments) {
    HUAN_CHECK(read_shipment(node));
  }
  return {};
}

}  // namespace huan::wire_routing
