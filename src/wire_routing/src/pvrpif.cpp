// SPDX-License-Identifier: Apache-2.0
// Periodic collection with intermediate facilities, as GeoJSON with a matrix of minutes
// (github.com/iolab-uniud/pvrpif-instances; the problem is that of Angelelli and Speranza, EJOR
// 137, 2002): `frequency` visits in the horizon, evenly spread over its days; vehicles come home
// empty.
#include <string>

#include "huan/json/document.hpp"
#include "node.hpp"
#include "readers.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::kNone;
using routing::Problem;

namespace {

constexpr double kMinute = 60;
constexpr json::ParseOptions kGeoJson{.depth_max = 16,
                                      .allow_fractions = true,
                                      .text_max = kTextMax,
                                      .string_max = std::size_t{1} << 16,
                                      .nodes_max = std::size_t{4} << 20};
constexpr double kDaysMax = 366;

Result<void> add_matrix(Problem& problem, const Node& root) {
  HUAN_TRY(matrix, root.need("duration"));
  HUAN_TRY(minutes, read_matrix(matrix, problem.places.size()));
  routing::Travel travel;
  travel.name = "truck";
  travel.unit = "min";
  travel.metric = routing::Metric::matrix;
  travel.durations.reserve(minutes.size());
  for (const double one : minutes) {
    travel.durations.push_back(one * kMinute);
  }
  travel.distances = std::move(minutes);
  problem.ways = {std::move(travel)};
  return {};
}

/// Visits evenly spread: 2 in 4 days are days 0 and 2, or 1 and 3.
Result<routing::Visits> spread(const Node& at, std::int64_t times, std::uint32_t days) {
  if (times < 1 || times > days) {
    return at.error(ErrorCode::bad_number, "from 1 to the days of the horizon");
  }
  routing::Visits visits;
  visits.times = static_cast<std::uint32_t>(times);
  const std::uint32_t gap = days / visits.times;
  if (days % visits.times != 0) {
    visits.gap_days_min = gap;
    visits.gap_days_max = gap + 1;
    return visits;
  }
  for (std::uint32_t first = 0; first < gap && visits.times > 1 && gap > 1; ++first) {
    std::vector<std::uint32_t> pattern;
    for (std::uint32_t day = first; day < days; day += gap) {
      pattern.push_back(day);
    }
    visits.patterns.push_back(std::move(pattern));
  }
  return visits;
}

Result<void> add_feature(Problem& problem, const Node& feature, Index& depot) {
  HUAN_TRY(properties, feature.need("properties"));
  HUAN_TRY(type_node, properties.need("type"));
  HUAN_TRY(type, type_node.text());
  HUAN_TRY(id_node, properties.need("id"));
  HUAN_TRY(id, id_node.whole());
  HUAN_TRY(geometry, feature.need("geometry"));
  HUAN_TRY(coordinates, geometry.need("coordinates"));
  HUAN_TRY(point, coordinates.place());
  HUAN_TRY(service, properties.number_or("service", 0));
  const auto place = static_cast<Index>(problem.places.size());
  problem.places.push_back(point);
  if (type == "depot") {
    if (depot != kNone) {
      return feature.error(ErrorCode::bad_field, "there is a depot already");
    }
    depot = place;
    return {};
  }
  if (type == "intermediateFacility") {
    routing::Facility facility;
    facility.id = std::to_string(id);
    facility.place = place;
    facility.service_s = service * kMinute;
    problem.facilities.push_back(std::move(facility));
    return {};
  }
  if (type != "customer") {
    return type_node.error(ErrorCode::bad_field, "depot, customer or intermediateFacility");
  }
  HUAN_TRY(demand, properties.need("demand"));
  HUAN_TRY(amount, demand.whole(kLoads));
  HUAN_TRY(frequency, properties.need("frequency"));
  HUAN_TRY(times, frequency.whole());
  HUAN_TRY(visits, spread(frequency, times, problem.days));
  routing::Stop stop;
  stop.id = std::to_string(id);
  stop.place = place;
  stop.pickup = {amount};
  stop.service_s = service * kMinute;
  stop.visits = std::move(visits);
  problem.stops.push_back(std::move(stop));
  return {};
}

Result<void> add_fleet(Problem& problem, const Node& info, Index depot) {
  HUAN_TRY(count, info.need("numVehicles"));
  HUAN_TRY(size, count.whole({1, 1000}));
  HUAN_TRY(limit, info.need("maxDuration"));
  HUAN_TRY(minutes, limit.number());
  HUAN_TRY(hold, info.need("maxCapacity"));
  HUAN_TRY(capacity, hold.whole(kLoads));
  routing::Vehicle vehicle;
  vehicle.capacity = {capacity};
  vehicle.start = depot;
  vehicle.end = depot;
  vehicle.caps.duration_max_s = minutes * kMinute;
  vehicle.costs.per_distance = 1;
  vehicle.unloads = true;
  vehicle.empty_at_end = true;
  vehicle.shifts.clear();
  for (std::uint32_t day = 0; day < problem.days; ++day) {
    vehicle.shifts.push_back(routing::Shift{.day = day, .window = {}, .breaks = {}});
  }
  for (std::int64_t i = 1; i <= size; ++i) {
    vehicle.id = std::to_string(i);
    problem.vehicles.push_back(vehicle);
  }
  return {};
}

}  // namespace

Result<Instance> read_pvrpif(std::string_view text) {
  HUAN_TRY(document, json::Document::parse(text, kGeoJson));
  const Node root{document.root(), ""};
  Instance instance;
  Problem& problem = instance.problem;
  problem.dimensions = {"units"};
  HUAN_TRY(info, root.need("info"));
  HUAN_TRY(horizon, info.need("planningHorizon"));
  HUAN_TRY(days, horizon.whole({1, kDaysMax}));
  problem.days = static_cast<std::uint32_t>(days);
  HUAN_TRY(features, root.need("features"));
  HUAN_TRY(nodes, features.list(routing::kPlacesMax));
  Index depot = kNone;
  for (const Node& node : nodes) {
    HUAN_CHECK(add_feature(problem, node, depot));
  }
  if (depot == kNone) {
    return features.error(ErrorCode::bad_field, "there is no depot");
  }
  HUAN_CHECK(add_matrix(problem, root));
  HUAN_CHECK(add_fleet(problem, info, depot));
  instance.measure = Measure{routing::Goal::distance, 1, "min"};
  return instance;
}

}  // namespace huan::wire_routing
