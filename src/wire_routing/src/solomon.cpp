// SPDX-License-Identifier: Apache-2.0
// Solomon (1987) and Gehring and Homberger (1999): a name, the fleet, the depot as customer 0, and
// a row for each customer. Distances and times are Euclidean and not rounded.
#include "lines.hpp"
#include "readers.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Problem;
using routing::Stop;

namespace {

constexpr std::size_t kColumns = 7;

struct Fleet {
  std::int64_t size{0};
  std::int64_t capacity{0};
};

Result<Fleet> read_fleet(Lines& lines) {
  for (const std::string_view word : {"VEHICLE", "NUMBER"}) {
    HUAN_CHECK(lines.expect(word));
    if (lines.line().words.front() != word) {
      return lines.line().error(ErrorCode::bad_file, std::string{word} + " is expected here");
    }
  }
  HUAN_CHECK(lines.expect("the number of vehicles and their capacity"));
  HUAN_TRY(size, lines.line().whole(0, "NUMBER", {1, static_cast<double>(kVehiclesMax)}));
  HUAN_TRY(capacity, lines.line().whole(1, "CAPACITY", {0, routing::kLoadMax}));
  return Fleet{size, capacity};
}

struct Row {
  std::string id;
  routing::Place place;
  std::int64_t demand{0};
  routing::Window window;
  double service{0};
};

Result<Row> read_row(const Line& line) {
  if (line.words.size() != kColumns) {
    return line.error(ErrorCode::bad_field, "a customer's row has 7 numbers");
  }
  HUAN_TRY(id, line.whole(0, "CUST NO."));
  HUAN_TRY(x, line.number_of(1, "XCOORD.", {-kNumberMax, kNumberMax}));
  HUAN_TRY(y, line.number_of(2, "YCOORD.", {-kNumberMax, kNumberMax}));
  HUAN_TRY(demand, line.whole(3, "DEMAND"));
  HUAN_TRY(ready, line.number_of(4, "READY TIME"));
  HUAN_TRY(due, line.number_of(5, "DUE DATE"));
  HUAN_TRY(service, line.number_of(6, "SERVICE TIME"));
  if (due < ready) {
    return line.error(ErrorCode::bad_field, "DUE DATE is before READY TIME");
  }
  return Row{std::to_string(id), {x, y}, demand, {ready, due}, service};
}

void add_fleet(Problem& problem, const Fleet& fleet, const routing::Window& window) {
  routing::Vehicle vehicle;
  vehicle.capacity = {fleet.capacity};
  vehicle.start = 0;
  vehicle.end = 0;
  vehicle.shifts = {routing::Shift{.day = 0, .window = window, .breaks = {}}};
  vehicle.costs.per_distance = 1;
  for (std::int64_t i = 1; i <= fleet.size; ++i) {
    vehicle.id = std::to_string(i);
    problem.vehicles.push_back(vehicle);
  }
}

}  // namespace

Result<Instance> read_solomon(std::string_view text) {
  Lines lines{text};
  Instance instance;
  Problem& problem = instance.problem;
  HUAN_CHECK(lines.expect("the name"));
  problem.name = clean_name(lines.line().text);
  HUAN_TRY(fleet, read_fleet(lines));
  for (const std::string_view word : {"CUSTOMER", "CUST"}) {
    HUAN_CHECK(lines.expect(word));
    if (lines.line().words.front() != word) {
      return lines.line().error(ErrorCode::bad_file, std::string{word} + " is expected here");
    }
  }
  problem.dimensions = {"units"};
  problem.ways = {routing::Travel{.name = "plane", .unit = ""}};
  HUAN_CHECK(lines.expect("the depot's row"));
  HUAN_TRY(depot, read_row(lines.line()));
  problem.places.push_back(depot.place);
  add_fleet(problem, fleet, depot.window);
  while (lines.next()) {
    HUAN_TRY(row, read_row(lines.line()));
    if (problem.places.size() >= routing::kPlacesMax) {
      return lines.line().error(ErrorCode::too_large, "over 100,000 customers");
    }
    Stop stop;
    stop.id = row.id;
    stop.place = static_cast<routing::Index>(problem.places.size());
    stop.delivery = {row.demand};
    stop.service_s = row.service;
    stop.windows = {row.window};
    problem.places.push_back(row.place);
    problem.stops.push_back(std::move(stop));
  }
  instance.measure = Measure{};
  return instance;
}

}  // namespace huan::wire_routing
