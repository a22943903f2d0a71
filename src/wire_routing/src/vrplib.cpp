// SPDX-License-Identifier: Apache-2.0
// VRPLIB (vrp.galgos.inf.puc-rio.br) and the sections PyVRP adds (its documentation, "Supported
// VRPLIB fields"). Rounding follows the sets: TYPE CVRP to the nearest whole number; VRPTW and
// MTVRPTWR in tenths, cut off (12th DIMACS challenge); all others in thousandths, to the nearest.
#include "vrplib.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "readers.hpp"

namespace huan::wire_routing {

using base::Error;
using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::kNone;
using routing::Problem;

namespace {

constexpr double kCostUnit = 100;  ///< HFVRP's costs are in hundredths of the published ones
constexpr Range kAnywhere{-kNumberMax, kNumberMax};

class Builder {
 public:
  explicit Builder(const VrplibFile& file) : file_(file) {}

  Result<Instance> build() {
    HUAN_CHECK(read_size());
    HUAN_CHECK(add_ways());
    HUAN_CHECK(add_depots());
    HUAN_CHECK(add_stops());
    HUAN_CHECK(add_vehicles());
    HUAN_CHECK(allow_clients());
    HUAN_CHECK(add_reloads());
    return std::move(instance_);
  }

 private:
  Result<void> read_size();
  Result<void> add_ways();
  Result<void> add_matrix();
  Result<void> add_depots();
  Result<void> add_stops();
  Result<void> add_vehicles();
  Result<void> limit_vehicles();
  Result<void> place_vehicles();
  Result<void> allow_clients();
  Result<void> add_reloads();
  Result<std::vector<double>> node_values(std::string_view section, double otherwise);
  Result<std::vector<double>> vehicle_values(std::string_view section, double otherwise,
                                             double max = kNumberMax);
  Result<std::vector<routing::Window>> windows();
  [[nodiscard]] std::string type() const {
    const Header* header = file_.header("TYPE");
    return header == nullptr ? "" : header->value;
  }
  [[nodiscard]] bool is_client(Index node) const { return stop_of_.at(node) != kNone; }

  const VrplibFile& file_;
  Instance instance_;
  Problem& problem_{instance_.problem};
  std::size_t nodes_{0};
  std::size_t fleet_{0};
  std::vector<Index> depots_;
  std::vector<Index> stop_of_;  ///< by node; kNone: a depot
  std::vector<routing::Window> windows_;
};

Result<void> Builder::read_size() {
  if (file_.header("DIMENSION") == nullptr) {
    return file_.missing("DIMENSION");
  }
  HUAN_TRY(nodes, file_.number("DIMENSION", 0, {1, routing::kPlacesMax}));
  HUAN_TRY(fleet, file_.number("VEHICLES", std::clamp<double>(nodes - 1, 1, kVehiclesMax),
                               {1, kVehiclesMax}));
  nodes_ = static_cast<std::size_t>(nodes);
  fleet_ = static_cast<std::size_t>(fleet);
  const Header* name = file_.header("NAME");
  problem_.name = name == nullptr ? "" : name->value;
  problem_.dimensions = {"units"};
  return {};
}

/// Rows `number value …` of a section about nodes or vehicles; each number once, all of them.
template <class Take>
Result<void> each_numbered(const std::vector<Line>& rows, std::size_t count, const char* what,
                           const Take& take) {
  std::vector<bool> seen(count, false);
  for (const Line& line : rows) {
    HUAN_TRY(number, line.whole(0, what, {1, static_cast<double>(count)}));
    const auto i = static_cast<std::size_t>(number - 1);
    if (seen[i]) {
      return line.error(ErrorCode::bad_field, std::string{what} + " stands twice");
    }
    seen[i] = true;
    HUAN_CHECK(take(line, i));
  }
  if (rows.size() != count) {
    const std::string at = rows.empty() ? std::string{} : rows.back().at();
    return Error{
        ErrorCode::bad_field, at,
        std::to_string(rows.size()) + " rows where " + std::to_string(count) + " are expected"};
  }
  return {};
}

Result<std::vector<double>> Builder::node_values(std::string_view section, double otherwise) {
  std::vector<double> values(nodes_, otherwise);
  if (const auto* rows = file_.section(section)) {
    HUAN_CHECK(each_numbered(*rows, nodes_, "node", [&](const Line& line, std::size_t i) {
      auto value = line.number_of(1, section);
      if (value) {
        values[i] = *value;
      }
      return value ? Result<void>{} : Result<void>{value.error()};
    }));
  }
  return values;
}

Result<std::vector<double>> Builder::vehicle_values(std::string_view section, double otherwise,
                                                    double max) {
  std::vector<double> values(fleet_, otherwise);
  if (const auto* rows = file_.section(section)) {
    HUAN_CHECK(each_numbered(*rows, fleet_, "vehicle", [&](const Line& line, std::size_t i) {
      auto value = line.number_of(1, section, {0, max});
      if (value) {
        values[i] = *value;
      }
      return value ? Result<void>{} : Result<void>{value.error()};
    }));
  }
  return values;
}

Result<void> Builder::add_matrix() {
  const Header* format = file_.header("EDGE_WEIGHT_FORMAT");
  const auto* rows = file_.section("EDGE_WEIGHT_SECTION");
  if (format == nullptr || rows == nullptr) {
    return file_.missing(format == nullptr ? "EDGE_WEIGHT_FORMAT" : "EDGE_WEIGHT_SECTION");
  }
  const bool full = format->value == "FULL_MATRIX";
  if (!full && format->value != "LOWER_ROW") {
    return format->line.error(ErrorCode::not_supported, "FULL_MATRIX and LOWER_ROW are read");
  }
  constexpr std::size_t kMatrixNodesMax = 5'000;
  if (nodes_ > kMatrixNodesMax) {
    return format->line.error(ErrorCode::too_large, "a matrix of over 5,000 nodes");
  }
  std::vector<double> matrix(nodes_ * nodes_, 0);
  std::size_t from = full ? 0 : 1;
  std::size_t to = 0;
  for (const Line& line : *rows) {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      HUAN_TRY(value, line.number_of(i, "EDGE_WEIGHT_SECTION"));
      if (from >= nodes_) {
        return line.error(ErrorCode::bad_field, "more weights than the format has");
      }
      matrix[from * nodes_ + to] = value;
      if (!full) {
        matrix[to * nodes_ + from] = value;
      }
      if (++to == (full ? nodes_ : from)) {
        ++from;
        to = 0;
      }
    }
  }
  if (from < nodes_) {
    return file_.missing("a part of EDGE_WEIGHT_SECTION");
  }
  for (std::size_t i = 0; i < nodes_; ++i) {
    matrix[i * (nodes_ + 1)] = 0;
  }
  problem_.places.assign(nodes_, routing::Place{});
  problem_.ways = {routing::Travel{.name = "given", .unit = "", .metric = routing::Metric::matrix}};
  problem_.ways.front().durations = std::move(matrix);
  instance_.measure = Measure{};
  return {};
}

Result<void> Builder::add_ways() {
  const Header* weights = file_.header("EDGE_WEIGHT_TYPE");
  if (weights != nullptr && weights->value == "EXPLICIT") {
    return add_matrix();
  }
  if (weights == nullptr || weights->value != "EUC_2D") {
    return weights == nullptr
               ? file_.missing("EDGE_WEIGHT_TYPE")
               : weights->line.error(ErrorCode::not_supported, "EUC_2D and EXPLICIT are read");
  }
  const auto* rows = file_.section("NODE_COORD_SECTION");
  if (rows == nullptr) {
    return file_.missing("NODE_COORD_SECTION");
  }
  problem_.places.resize(nodes_);
  HUAN_CHECK(each_numbered(*rows, nodes_, "node", [&](const Line& line, std::size_t i) {
    const auto x = line.number_of(1, "x", kAnywhere);
    const auto y = line.number_of(2, "y", kAnywhere);
    if (!x || !y) {
      return Result<void>{x ? y.error() : x.error()};
    }
    problem_.places[i] = {*x, *y};
    return Result<void>{};
  }));
  const bool whole = type() == "CVRP";
  const bool tenths = type() == "VRPTW" || type() == "MTVRPTWR";
  const double scale = whole ? 1 : tenths ? 10 : 1000;
  problem_.ways = {
      routing::Travel{.name = "plane",
                      .unit = "",
                      .scale = scale,
                      .rounding = tenths ? routing::Rounding::down : routing::Rounding::nearest,
                      .speed = scale}};
  instance_.measure = Measure{routing::Goal::distance, type() == "VRPTW" ? 0.1 : 1.0, ""};
  return {};
}

Result<std::vector<routing::Window>> Builder::windows() {
  std::vector<routing::Window> windows(nodes_);
  const auto* rows = file_.section("TIME_WINDOW_SECTION");
  if (rows == nullptr) {
    return windows;
  }
  HUAN_CHECK(each_numbered(*rows, nodes_, "node", [&](const Line& line, std::size_t i) {
    const auto from = line.number_of(1, "begin of the window");
    const auto to = line.number_of(2, "end of the window");
    if (!from || !to) {
      return Result<void>{from ? to.error() : from.error()};
    }
    if (*to < *from) {
      return Result<void>{line.error(ErrorCode::bad_field, "the window ends before it begins")};
    }
    windows[i] = {*from, *to};
    return Result<void>{};
  }));
  return windows;
}

Result<void> Builder::add_depots() {
  HUAN_TRY(all, windows());
  windows_ = std::move(all);
  stop_of_.assign(nodes_, 0);
  const auto* rows = file_.section("DEPOT_SECTION");
  if (rows == nullptr) {
    depots_ = {0};
  } else {
    for (const Line& line : *rows) {
      if (line.words.front() == "-1") {
        break;
      }
      HUAN_TRY(node, line.whole(0, "depot", {1, static_cast<double>(nodes_)}));
      if (stop_of_[static_cast<std::size_t>(node - 1)] == kNone) {
        return line.error(ErrorCode::bad_field, "the depot stands twice");
      }
      depots_.push_back(static_cast<Index>(node - 1));
      stop_of_[depots_.back()] = kNone;
    }
  }
  if (depots_.empty()) {
    return file_.missing("a depot in DEPOT_SECTION");
  }
  stop_of_[depots_.front()] = kNone;
  return {};
}

Result<void> Builder::add_stops() {
  HUAN_TRY(uniform, file_.number("SERVICE_TIME", 0));
  HUAN_TRY(uniform_release, file_.number("RELEASE_TIME", 0));
  HUAN_TRY(demands, node_values("DEMAND_SECTION", 0));
  HUAN_TRY(services, node_values("SERVICE_TIME_SECTION", uniform));
  HUAN_TRY(releases, node_values("RELEASE_TIME_SECTION", uniform_release));
  HUAN_TRY(prizes, node_values("PRIZE_SECTION", 0));
  const bool timed = file_.section("TIME_WINDOW_SECTION") != nullptr;
  problem_.stops.reserve(nodes_);
  for (std::size_t i = 0; i < nodes_; ++i) {
    if (!is_client(static_cast<Index>(i))) {
      continue;
    }
    if (demands[i] != std::floor(demands[i])) {
      return Error{ErrorCode::bad_number, "DEMAND_SECTION",
                   "node " + std::to_string(i + 1) + ": demands are whole"};
    }
    stop_of_[i] = static_cast<Index>(problem_.stops.size());
    routing::Stop stop;
    stop.id = std::to_string(i + 1);
    stop.place = static_cast<Index>(i);
    stop.delivery = {static_cast<std::int64_t>(demands[i])};
    stop.service_s = services[i];
    stop.release_s = releases[i];
    if (timed) {
      stop.windows = {windows_[i]};
    }
    if (prizes[i] > 0) {
      stop.prize = prizes[i] * problem_.ways.front().scale;
    }
    problem_.stops.push_back(std::move(stop));
  }
  if (file_.section("PRIZE_SECTION") != nullptr) {
    problem_.objective.goals = {{routing::Goal::prizes, 1}, {routing::Goal::distance, 1}};
    problem_.objective.lexicographic = false;
  }
  return {};
}

Result<void> Builder::place_vehicles() {
  const auto* rows = file_.section("VEHICLES_DEPOT_SECTION");
  std::vector<Index> depot(fleet_, depots_.front());
  if (rows != nullptr) {
    HUAN_CHECK(each_numbered(*rows, fleet_, "vehicle", [&](const Line& line, std::size_t i) {
      const auto node = line.whole(1, "depot", {1, static_cast<double>(nodes_)});
      if (!node) {
        return Result<void>{node.error()};
      }
      depot[i] = static_cast<Index>(*node - 1);
      return is_client(depot[i])
                 ? Result<void>{line.error(ErrorCode::bad_field, "the node is no depot")}
                 : Result<void>{};
    }));
  }
  problem_.vehicles.resize(fleet_);
  for (std::size_t i = 0; i < fleet_; ++i) {
    routing::Vehicle& vehicle = problem_.vehicles[i];
    vehicle.id = std::to_string(i + 1);
    vehicle.start = depot[i];
    vehicle.end = depot[i];
    vehicle.shifts.front().window = windows_[depot[i]];
  }
  return {};
}

Result<void> Builder::limit_vehicles() {
  HUAN_TRY(longest, file_.number("DISTANCE", routing::kForever));
  HUAN_TRY(duration, file_.number("VEHICLES_MAX_DURATION", longest));
  HUAN_TRY(far, file_.number("VEHICLES_MAX_DISTANCE", routing::kForever));
  HUAN_TRY(durations, vehicle_values("VEHICLES_MAX_DURATION_SECTION", duration));
  HUAN_TRY(distances, vehicle_values("VEHICLES_MAX_DISTANCE_SECTION", far));
  for (std::size_t i = 0; i < fleet_; ++i) {
    problem_.vehicles[i].caps.duration_max_s = durations[i];
    problem_.vehicles[i].caps.distance_max = distances[i] * problem_.ways.front().scale;
  }
  return {};
}

Result<void> Builder::add_vehicles() {
  HUAN_CHECK(place_vehicles());
  HUAN_CHECK(limit_vehicles());
  const bool limited = file_.header("CAPACITY") != nullptr;
  HUAN_TRY(capacity, file_.number("CAPACITY", 0, {0, routing::kLoadMax}));
  const bool each = file_.section("CAPACITY_SECTION") != nullptr;
  HUAN_TRY(capacities, vehicle_values("CAPACITY_SECTION", capacity));
  const bool costed = file_.section("VEHICLES_FIXED_COST_SECTION") != nullptr ||
                      file_.section("VEHICLES_UNIT_DISTANCE_COST_SECTION") != nullptr;
  HUAN_TRY(fixed, vehicle_values("VEHICLES_FIXED_COST_SECTION", 0));
  HUAN_TRY(unit, vehicle_values("VEHICLES_UNIT_DISTANCE_COST_SECTION", 1));
  const double scale = problem_.ways.front().scale;
  for (std::size_t i = 0; i < fleet_; ++i) {
    routing::Vehicle& vehicle = problem_.vehicles[i];
    if (limited || each) {
      vehicle.capacity = {static_cast<std::int64_t>(capacities[i])};
    }
    vehicle.costs.fixed = costed ? fixed[i] / kCostUnit : 0;
    vehicle.costs.per_distance = costed ? unit[i] / kCostUnit / scale : 1;
  }
  if (costed) {
    problem_.objective.goals = {{routing::Goal::unserved, 1}, {routing::Goal::cost, 1}};
    instance_.measure = Measure{routing::Goal::cost, 1, ""};
  }
  return {};
}

/// From what each vehicle may serve to who may serve each client.
Result<void> Builder::allow_clients() {
  const auto* rows = file_.section("VEHICLES_ALLOWED_CLIENTS_SECTION");
  if (rows == nullptr) {
    return {};
  }
  HUAN_CHECK(each_numbered(*rows, fleet_, "vehicle", [&](const Line& line, std::size_t vehicle) {
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      const auto node = line.whole(i, "client", {1, static_cast<double>(nodes_)});
      if (!node) {
        return Result<void>{node.error()};
      }
      const Index stop = stop_of_[static_cast<std::size_t>(*node - 1)];
      if (stop == kNone) {
        return Result<void>{line.error(ErrorCode::bad_field, "names a depot as a client")};
      }
      auto& allowed = problem_.stops[stop].vehicles;
      if (allowed.empty() || allowed.back() != static_cast<Index>(vehicle)) {
        allowed.push_back(static_cast<Index>(vehicle));
      }
    }
    return Result<void>{};
  }));
  for (const routing::Stop& stop : problem_.stops) {
    if (stop.vehicles.empty()) {
      return Error{ErrorCode::bad_field, "VEHICLES_ALLOWED_CLIENTS_SECTION",
                   "no vehicle may serve node " + stop.id};
    }
  }
  return {};
}

Result<void> Builder::add_reloads() {
  const auto* rows = file_.section("VEHICLES_RELOAD_DEPOT_SECTION");
  if (rows == nullptr) {
    return {};
  }
  std::vector<Index> facility_of(nodes_, kNone);
  for (const Index depot : depots_) {
    facility_of[depot] = static_cast<Index>(problem_.facilities.size());
    routing::Facility facility;
    facility.id = std::to_string(depot + 1);
    facility.place = depot;
    facility.reloads = true;
    if (file_.section("TIME_WINDOW_SECTION") != nullptr) {
      facility.windows = {windows_[depot]};
    }
    problem_.facilities.push_back(std::move(facility));
  }
  return each_numbered(*rows, fleet_, "vehicle", [&](const Line& line, std::size_t vehicle) {
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      const auto node = line.whole(i, "reload depot", {1, static_cast<double>(nodes_)});
      if (!node) {
        return Result<void>{node.error()};
      }
      const Index facility = facility_of[static_cast<std::size_t>(*node - 1)];
      if (facility == kNone) {
        return Result<void>{line.error(ErrorCode::bad_field, "the node is no depot")};
      }
      problem_.vehicles[vehicle].unloads = true;
      problem_.vehicles[vehicle].facilities.push_back(facility);
    }
    return Result<void>{};
  });
}

}  // namespace

Result<Instance> read_vrplib(std::string_view text) {
  HUAN_TRY(file, split_vrplib(text));
  return Builder{file}.build();
}

}  // namespace huan::wire_routing
