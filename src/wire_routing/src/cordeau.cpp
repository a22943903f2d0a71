// SPDX-License-Identifier: Apache-2.0
// Cordeau, Gendreau and Laporte (1997): `type m n t`, a line (duration, load) for each of t depots,
// n customers, t depots; m vehicles at each depot. Types 0 (one depot), 2 (several), 4 and 6 (the
// same with time windows). Euclidean, not rounded; a duration or load of 0 is no limit.
#include "lines.hpp"
#include "readers.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::Problem;

namespace {

constexpr double kCustomersMax = 50'000;
constexpr std::size_t kBeforePatterns = 7;  ///< id x y service demand frequency patterns

struct Head {
  bool windows{false};
  std::int64_t vehicles{0};
  std::int64_t customers{0};
  std::int64_t depots{0};
};

struct Limit {
  double duration{0};
  std::int64_t load{0};
};

Result<Head> read_head(Lines& lines) {
  HUAN_CHECK(lines.expect("type m n t"));
  const Line& line = lines.line();
  HUAN_TRY(type, line.whole(0, "type", {0, 7}));
  if (type % 2 != 0) {
    return line.error(ErrorCode::not_supported,
                      "types 0, 2, 4 and 6 are read; 1 and 5 are of "
                      "several days, 3 and 7 of several kinds of vehicle");
  }
  HUAN_TRY(vehicles, line.whole(1, "m", {1, static_cast<double>(kVehiclesMax)}));
  HUAN_TRY(customers, line.whole(2, "n", {0, kCustomersMax}));
  HUAN_TRY(depots, line.whole(3, "t", {1, 1000}));
  if (vehicles * depots > static_cast<std::int64_t>(kVehiclesMax)) {
    return line.error(ErrorCode::too_large, "m × t is over 20,000 vehicles");
  }
  const bool single = type == 0 || type == 4;
  return Head{type >= 4, vehicles, customers, single ? 1 : depots};
}

/// Windows stand behind the patterns.
Result<routing::Window> read_window(const Line& line, const Head& head) {
  HUAN_TRY(patterns, line.whole(kBeforePatterns - 1, "number of patterns", {0, 1000}));
  const std::size_t first = kBeforePatterns + static_cast<std::size_t>(patterns);
  if (!head.windows) {
    return routing::Window{};
  }
  HUAN_TRY(from, line.number_of(first, "begin of the window"));
  HUAN_TRY(to, line.number_of(first + 1, "end of the window", {from, kNumberMax}));
  return routing::Window{from, to};
}

Result<void> read_customer(const Line& line, const Head& head, Problem& problem) {
  HUAN_TRY(id, line.whole(0, "customer number"));
  HUAN_TRY(x, line.number_of(1, "x", {-kNumberMax, kNumberMax}));
  HUAN_TRY(y, line.number_of(2, "y", {-kNumberMax, kNumberMax}));
  HUAN_TRY(service, line.number_of(3, "service duration"));
  HUAN_TRY(demand, line.whole(4, "demand"));
  HUAN_TRY(window, read_window(line, head));
  routing::Stop stop;
  stop.id = std::to_string(id);
  stop.place = static_cast<Index>(problem.places.size());
  stop.delivery = {demand};
  stop.service_s = service;
  if (head.windows) {
    stop.windows = {window};
  }
  problem.places.push_back({x, y});
  problem.stops.push_back(std::move(stop));
  return {};
}

Result<void> read_depot(const Line& line, const Head& head, const Limit& limit, Problem& problem) {
  HUAN_TRY(x, line.number_of(1, "x", {-kNumberMax, kNumberMax}));
  HUAN_TRY(y, line.number_of(2, "y", {-kNumberMax, kNumberMax}));
  routing::Window window;
  if (head.windows) {
    HUAN_TRY(from, line.number_of(line.words.size() - 2, "begin of the window"));
    HUAN_TRY(to, line.number_of(line.words.size() - 1, "end of the window", {from, kNumberMax}));
    window = {from, to};
  }
  routing::Vehicle vehicle;
  vehicle.start = static_cast<Index>(problem.places.size());
  vehicle.end = vehicle.start;
  vehicle.shifts = {routing::Shift{.day = 0, .window = window, .breaks = {}}};
  vehicle.costs.per_distance = 1;
  if (limit.load > 0) {
    vehicle.capacity = {limit.load};
  }
  if (limit.duration > 0) {
    vehicle.caps.duration_max_s = limit.duration;
  }
  problem.places.push_back({x, y});
  for (std::int64_t i = 0; i < head.vehicles; ++i) {
    vehicle.id = std::to_string(problem.vehicles.size() + 1);
    problem.vehicles.push_back(vehicle);
  }
  return {};
}

}  // namespace

Result<Instance> read_cordeau(std::string_view text) {
  Lines lines{text};
  Instance instance;
  Problem& problem = instance.problem;
  HUAN_TRY(head, read_head(lines));
  problem.dimensions = {"units"};
  problem.ways = {routing::Travel{.name = "plane", .unit = ""}};
  std::vector<Limit> limits;
  for (std::int64_t i = 0; i < head.depots; ++i) {
    HUAN_CHECK(lines.expect("a depot's duration and load"));
    HUAN_TRY(duration, lines.line().number_of(0, "duration"));
    HUAN_TRY(load, lines.line().whole(1, "load"));
    limits.push_back({duration, load});
  }
  for (std::int64_t i = 0; i < head.customers; ++i) {
    HUAN_CHECK(lines.expect("a customer"));
    HUAN_CHECK(read_customer(lines.line(), head, problem));
  }
  for (const Limit& limit : limits) {
    HUAN_CHECK(lines.expect("a depot"));
    HUAN_CHECK(read_depot(lines.line(), head, limit, problem));
  }
  if (lines.next()) {
    return lines.line().error(ErrorCode::bad_file, "the text goes on behind the last depot");
  }
  instance.measure = Measure{};
  return instance;
}

}  // namespace huan::wire_routing
