// SPDX-License-Identifier: Apache-2.0
#include "vroom.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::kNone;
using routing::Metric;
using routing::Rounding;
using routing::Travel;

namespace {

constexpr const char* kCar = "car";
constexpr double kMetresPerSecond = 1 / 3.6;
constexpr double kLongitude = 180;
constexpr double kLatitude = 90;

Result<Metric> metric_of(const Node& node) {
  HUAN_TRY(name, node.text());
  if (name == "great_circle" || name == "euclidean" || name == "manhattan") {
    return name == "great_circle" ? Metric::great_circle
           : name == "euclidean"  ? Metric::euclidean
                                  : Metric::manhattan;
  }
  return node.error(ErrorCode::bad_field, "great_circle, euclidean or manhattan");
}

Result<Rounding> rounding_of(const Node& node) {
  HUAN_TRY(name, node.text());
  if (name == "none" || name == "nearest" || name == "down") {
    return name == "none" ? Rounding::none : name == "nearest" ? Rounding::nearest : Rounding::down;
  }
  return node.error(ErrorCode::bad_field, "none, nearest or down");
}

Result<void> read_slices(const Node& node, Travel& travel) {
  HUAN_TRY(nodes, node.list_or_none("slices"));
  for (const Node& slice : nodes) {
    HUAN_TRY(from, slice.need("from"));
    HUAN_TRY(begin, from.number(kTimes));
    HUAN_TRY(factor, slice.number_or("factor", 1));
    travel.slices.push_back({begin, factor});
  }
  return {};
}

/// Our `ways`: how a profile without a matrix is measured, and the hours of the day.
Result<void> read_way(const Node& node, Travel& travel) {
  HUAN_CHECK(read_slices(node, travel));
  HUAN_TRY(unit, node.text_or("unit"));
  travel.unit = unit.empty() ? travel.unit : unit;
  if (travel.metric == Metric::matrix) {
    return {};
  }
  if (const auto metric = node.find("metric")) {
    HUAN_TRY(chosen, metric_of(*metric));
    travel.metric = chosen;
  }
  if (const auto rounding = node.find("rounding")) {
    HUAN_TRY(chosen, rounding_of(*rounding));
    travel.rounding = chosen;
  }
  HUAN_TRY(scale, node.number_or("factor", travel.scale));
  HUAN_TRY(speed, node.number_or("speed", travel.speed));
  travel.scale = scale;
  travel.speed = speed;
  return {};
}

}  // namespace

Result<void> VroomReader::read_profile(const Node& profile, const std::string& name) {
  Travel travel;
  travel.name = name;
  travel.metric = Metric::matrix;
  HUAN_TRY(durations, profile.need("durations"));
  HUAN_TRY(seconds, read_matrix(durations, problem_.places.size()));
  HUAN_TRY(rows, durations.list());
  if (problem_.places.empty()) {
    problem_.places.assign(rows.size(), routing::Place{});
    instance_.spots.assign(rows.size(), Spot{false, std::nullopt});
  }
  travel.durations = std::move(seconds);
  if (const auto distances = profile.find("distances")) {
    HUAN_TRY(metres, read_matrix(*distances, problem_.places.size()));
    travel.distances = std::move(metres);
  }
  if (const auto costs = profile.find("costs")) {
    HUAN_TRY(numbers, read_matrix(*costs, problem_.places.size()));
    travel.costs = std::move(numbers);
  }
  if (const auto around = profile.find("around")) {
    HUAN_TRY(second, read_around(*around, !travel.distances.empty()));
    around_[static_cast<Index>(problem_.ways.size())] = std::move(second);
  }
  profiles_[name] = static_cast<Index>(problem_.ways.size());
  problem_.ways.push_back(std::move(travel));
  return {};
}

/// Matrices of the ways that pass through no zone.
Result<Travel> VroomReader::read_around(const Node& node, bool measured) {
  Travel around;
  HUAN_TRY(durations, node.need("durations"));
  HUAN_TRY(seconds, read_matrix(durations, problem_.places.size()));
  around.durations = std::move(seconds);
  if (measured) {
    HUAN_TRY(distances, node.need("distances"));
    HUAN_TRY(metres, read_matrix(distances, problem_.places.size()));
    around.distances = std::move(metres);
  }
  return around;
}

Result<void> VroomReader::read_matrices() {
  if (const auto old = root_.find("matrix")) {  // before VROOM 1.10
    HUAN_TRY(seconds, read_matrix(*old, 0));
    HUAN_TRY(rows, old->list());
    problem_.places.assign(rows.size(), routing::Place{});
    instance_.spots.assign(rows.size(), Spot{false, std::nullopt});
    profiles_[kCar] = 0;
    problem_.ways.push_back(Travel{.name = kCar, .metric = Metric::matrix});
    problem_.ways.back().durations = std::move(seconds);
    matrices_ = true;
    return {};
  }
  const auto matrices = root_.find("matrices");
  if (!matrices) {
    return {};
  }
  if (!matrices->value.is_object()) {
    return matrices->error(ErrorCode::bad_field, "an object of profiles is expected");
  }
  for (const json::Member member : matrices->value.members()) {
    const std::string name{member.key};
    HUAN_TRY(profile, matrices->need(name));
    HUAN_CHECK(read_profile(profile, name));
  }
  matrices_ = !problem_.ways.empty();
  return {};
}

Result<void> VroomReader::read_ways() {
  const auto ways = root_.find("ways");
  for (Travel& travel : problem_.ways) {
    if (const auto way = ways ? ways->find(travel.name) : std::nullopt) {
      HUAN_CHECK(read_way(*way, travel));
    }
    instance_.great_circle = instance_.great_circle || travel.metric == Metric::great_circle;
    instance_.detour = travel.metric == Metric::great_circle ? travel.scale : instance_.detour;
  }
  return {};
}

Result<Index> VroomReader::profile_of(const Node& vehicle) {
  HUAN_TRY(given, vehicle.text_or("profile"));
  const std::string name = given.empty() ? kCar : given;
  const auto known = profiles_.find(name);
  if (known != profiles_.end()) {
    return known->second;
  }
  if (matrices_) {
    return vehicle.error(ErrorCode::bad_field, "there is no matrix of profile " + name);
  }
  const auto index = static_cast<Index>(problem_.ways.size());
  profiles_[name] = index;
  problem_.ways.push_back(Travel{.name = name,
                                 .metric = Metric::great_circle,
                                 .scale = options_.detour,
                                 .speed = options_.speed_km_h * kMetresPerSecond});
  return index;
}

Result<Index> VroomReader::optional_place_of(const Node& owner, const std::string& location_key,
                                             const std::string& index_key) {
  if (!owner.has(location_key) && !owner.has(index_key)) {
    return kNone;
  }
  return place_of(owner, location_key, index_key);
}

Result<Index> VroomReader::place_of(const Node& owner, const std::string& location_key,
                                    const std::string& index_key) {
  const auto location = owner.find(location_key);
  routing::Place at;
  if (location) {
    HUAN_TRY(given, location->place());
    at = given;
  }
  if (matrices_) {
    HUAN_TRY(node, owner.need(index_key));
    HUAN_TRY(index, node.whole({0, static_cast<double>(problem_.places.size()) - 1}));
    const auto place = static_cast<Index>(index);
    instance_.spots.at(place).index = place;
    if (location) {
      problem_.places.at(place) = at;
      instance_.spots.at(place).located = true;
    }
    return place;
  }
  if (!location) {
    return owner.error(ErrorCode::bad_field, location_key + " is missing, and there is no matrix");
  }
  const bool flat = root_.has("ways");
  if (!flat && (at.x < -kLongitude || at.x > kLongitude || at.y < -kLatitude || at.y > kLatitude)) {
    return location->error(ErrorCode::bad_coordinates, "[longitude, latitude] in degrees");
  }
  const auto [known, is_new] =
      places_.try_emplace({at.x, at.y}, static_cast<Index>(problem_.places.size()));
  if (is_new) {
    if (problem_.places.size() >= routing::kPlacesMax) {
      return owner.error(ErrorCode::too_large, "over 100,000 places");
    }
    problem_.places.push_back(at);
    instance_.spots.push_back(Spot{true, std::nullopt});
  }
  if (const auto index = owner.find(index_key)) {
    HUAN_TRY(number, index->whole());
    instance_.spots.at(known->second).index = static_cast<Index>(number);
  }
  return known->second;
}

}  // namespace huan::wire_routing
