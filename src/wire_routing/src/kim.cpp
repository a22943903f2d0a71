// SPDX-License-Identifier: Apache-2.0
// Kim, Kim and Sahoo, "Waste collection vehicle routing problem with time windows", Computers &
// Operations Research 33 (2006) 3624-3642: capacity, yards and stops a day, lunch, miles an hour,
// then a row for each stop. Manhattan feet. All rules are hard: lunch begins between 11:00 and
// 12:00, the vehicle comes home empty, the yards and stops of a day hold over all trips.
//
// The files do not say how many vehicles there are; the fleet is four times what the yards ask for
// and at least fifty, but no more than there are stops.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "lines.hpp"
#include "readers.hpp"

namespace huan::wire_routing {

using base::Error;
using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::Problem;

namespace {

constexpr double kFeetPerMile = 5'280;
constexpr double kHour = 3'600;
constexpr double kLunchFrom = 11 * kHour;
constexpr double kLunchTo = 12 * kHour;
constexpr double kYardsMax = 1e6;
constexpr std::size_t kFleetMin = 50;
constexpr double kSpareFleet = 4;
constexpr int kDepot = 0;
constexpr int kLandfill = 2;

struct KimHead {
  double capacity{0};
  double yards_a_day{0};
  std::int64_t stops_a_day{0};
  double lunch_s{0};
  double miles_an_hour{0};
};

struct KimRow {
  std::size_t line{0};
  std::string id;
  routing::Place place;
  routing::Window window;
  double service_s{0};
  double yards{0};
  std::int64_t type{0};
};

Result<KimHead> read_kim_head(Lines& lines) {
  KimHead head;
  HUAN_CHECK(lines.expect("the vehicle's capacity"));
  HUAN_TRY(capacity, lines.line().number_of(0, "capacity", {0, kYardsMax}));
  HUAN_CHECK(lines.expect("the yards a day"));
  HUAN_TRY(yards, lines.line().number_of(0, "yards a day", {0, kYardsMax}));
  HUAN_CHECK(lines.expect("the stops a day"));
  HUAN_TRY(stops, lines.line().whole(0, "stops a day", {1, kNumberMax}));
  HUAN_CHECK(lines.expect("the lunch in seconds"));
  HUAN_TRY(lunch, lines.line().number_of(0, "lunch", {0, 24 * kHour}));
  HUAN_CHECK(lines.expect("the speed in miles an hour"));
  HUAN_TRY(speed, lines.line().number_of(0, "speed", {1e-3, 1e4}));
  HUAN_CHECK(lines.expect("the heading of the stops"));
  return KimHead{capacity, yards, stops, lunch, speed};
}

/// HHMM; minutes of 60 and more mean hh × 60 + mm all the same.
double seconds_of(std::int64_t hhmm) {
  const std::int64_t minutes = hhmm / 100 * 60 + hhmm % 100;
  return static_cast<double>(minutes) * 60;
}

Result<KimRow> read_kim_row(const Line& line) {
  HUAN_TRY(id, line.whole(0, "Stop_ID"));
  HUAN_TRY(x, line.number_of(1, "X(feet)", {-kNumberMax, kNumberMax}));
  HUAN_TRY(y, line.number_of(2, "Y(feet)", {-kNumberMax, kNumberMax}));
  HUAN_TRY(early, line.whole(3, "Early_St_Time", {0, 9999}));
  HUAN_TRY(late, line.whole(4, "Late_St_Time", {0, 9999}));
  HUAN_TRY(service, line.number_of(5, "Svice_Time", {0, 24 * kHour}));
  HUAN_TRY(yards, line.number_of(6, "Load", {0, kYardsMax}));
  HUAN_TRY(type, line.whole(7, "Stop_Type", {kDepot, kLandfill}));
  const routing::Window window{seconds_of(early), seconds_of(late)};
  if (window.to < window.from) {
    return line.error(ErrorCode::bad_field, "Late_St_Time is before Early_St_Time");
  }
  return KimRow{line.number, std::to_string(id), {x, y}, window, service, yards, type};
}

bool is_whole(double value) { return std::fabs(value - std::round(value)) < 1e-6; }

/// The loads' unit: the largest of 1, 1/10, 1/100, 1/1000 yards in which all are whole.
Result<double> units_per_yard(const KimHead& head, const std::vector<KimRow>& rows) {
  for (const double units : {1.0, 10.0, 100.0, 1000.0}) {
    const bool all = std::all_of(rows.begin(), rows.end(),
                                 [&](const KimRow& row) { return is_whole(row.yards * units); });
    if (all && is_whole(head.capacity * units) && is_whole(head.yards_a_day * units)) {
      return units;
    }
  }
  return Error{ErrorCode::bad_number, "", "loads have at most three decimals"};
}

std::int64_t in_units(double yards, double units) {
  return static_cast<std::int64_t>(std::llround(yards * units));
}

void add_fleet(Problem& problem, const KimHead& head, const KimRow& depot, double units) {
  routing::Vehicle vehicle;
  vehicle.capacity = {in_units(head.capacity, units)};
  vehicle.start = 0;
  vehicle.end = 0;
  routing::Shift shift{.day = 0, .window = depot.window, .breaks = {}};
  if (head.lunch_s > 0) {
    shift.breaks = {routing::Break{.id = "1",
                                   .windows = {{kLunchFrom, kLunchTo}},
                                   .duration_s = head.lunch_s,
                                   .after_work_s = 0,
                                   .load_max = {}}};
  }
  vehicle.shifts = {shift};
  vehicle.costs.per_distance = 1 / kFeetPerMile;
  vehicle.caps.load_max = {in_units(head.yards_a_day, units)};
  vehicle.caps.stops_max = static_cast<std::uint32_t>(head.stops_a_day);
  vehicle.unloads = true;
  vehicle.empty_at_end = true;
  double total = 0;
  for (const routing::Stop& stop : problem.stops) {
    total += static_cast<double>(stop.pickup.front());
  }
  const auto daily = static_cast<double>(std::max<std::int64_t>(vehicle.caps.load_max.front(), 1));
  const auto spare = static_cast<std::size_t>(
      std::min(static_cast<double>(kVehiclesMax), std::ceil(kSpareFleet * total / daily)));
  const std::size_t size = std::min(problem.stops.size(), std::max(kFleetMin, spare));
  for (std::size_t i = 1; i <= size; ++i) {
    vehicle.id = std::to_string(i);
    problem.vehicles.push_back(vehicle);
  }
}

void add_row(Problem& problem, const KimRow& row, double units) {
  const auto place = static_cast<Index>(problem.places.size());
  problem.places.push_back(row.place);
  if (row.type == kLandfill) {
    routing::Facility landfill;
    landfill.id = row.id;
    landfill.place = place;
    landfill.windows = {row.window};
    landfill.service_s = row.service_s;
    problem.facilities.push_back(std::move(landfill));
    return;
  }
  routing::Stop stop;
  stop.id = row.id;
  stop.place = place;
  stop.pickup = {in_units(row.yards, units)};
  stop.service_s = row.service_s;
  stop.windows = {row.window};
  problem.stops.push_back(std::move(stop));
}

Result<std::vector<KimRow>> read_rows(Lines& lines) {
  std::vector<KimRow> rows;
  std::unordered_set<std::string> ids;
  while (lines.next()) {
    HUAN_TRY(row, read_kim_row(lines.line()));
    if (!ids.insert(row.id).second) {
      return lines.line().error(ErrorCode::bad_field, "Stop_ID " + row.id + " stands twice");
    }
    if (rows.size() >= routing::kPlacesMax) {
      return lines.line().error(ErrorCode::too_large, "over 100,000 stops");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<Instance> read_kim(std::string_view text) {
  Lines lines{text};
  Instance instance;
  Problem& problem = instance.problem;
  HUAN_TRY(head, read_kim_head(lines));
  HUAN_TRY(rows, read_rows(lines));
  const auto is_depot = [](const KimRow& row) { return row.type == kDepot; };
  const auto depot = std::find_if(rows.begin(), rows.end(), is_depot);
  if (depot == rows.end() || std::count_if(rows.begin(), rows.end(), is_depot) != 1) {
    return Error{ErrorCode::bad_field, lines.line().at(), "one row of Stop_Type 0 is expected"};
  }
  HUAN_TRY(units, units_per_yard(head, rows));
  const auto scale = static_cast<int>(units);
  problem.dimensions = {scale == 1 ? "yd3" : "yd3/" + std::to_string(scale)};
  problem.ways = {routing::Travel{.name = "truck",
                                  .unit = "ft",
                                  .metric = routing::Metric::manhattan,
                                  .speed = head.miles_an_hour * kFeetPerMile / kHour}};
  problem.places.push_back(depot->place);
  for (const KimRow& row : rows) {
    if (row.type != kDepot) {
      add_row(problem, row, units);
    }
  }
  add_fleet(problem, head, *depot, units);
  instance.measure = Measure{routing::Goal::distance, 1 / kFeetPerMile, "mi"};
  return instance;
}

}  // namespace huan::wire_routing
