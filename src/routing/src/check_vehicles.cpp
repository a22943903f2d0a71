// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

namespace huan::routing {

using base::Result;

namespace {

Result<void> check_breaks(const Problem& problem, const Shift& shift, const std::string& where) {
  for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
    const Break& rest = shift.breaks[b];
    const std::string here = where + "/breaks/" + std::to_string(b);
    HUAN_CHECK(check_windows(rest.windows, here + "/windows"));
    if (!is_amount(rest.duration_s) || !is_amount(rest.after_work_s)) {
      return bad_number(here, "a break's times are from 0 on");
    }
    HUAN_CHECK(check_load(problem, rest.load_max, here + "/load_max"));
  }
  return {};
}

Result<void> check_shifts(const Problem& problem, std::size_t i) {
  const Vehicle& vehicle = problem.vehicles[i];
  for (std::size_t s = 0; s < vehicle.shifts.size(); ++s) {
    const Shift& shift = vehicle.shifts[s];
    const std::string where = at("vehicles", i, "shifts/" + std::to_string(s));
    if (shift.day >= problem.days) {
      return bad_number(where + "/day", "not a day of the horizon");
    }
    HUAN_CHECK(check_windows({shift.window}, where + "/window"));
    HUAN_CHECK(check_breaks(problem, shift, where));
  }
  return {};
}

Result<void> check_costs(const Vehicle& vehicle, std::size_t i) {
  const VehicleCosts& costs = vehicle.costs;
  for (const double cost : {costs.fixed, costs.per_distance, costs.per_hour, costs.per_travel_hour,
                            costs.per_task_hour, costs.per_overtime_hour}) {
    if (!is_amount(cost)) {
      return bad_number(at("vehicles", i, "costs"), "costs are from 0 on");
    }
  }
  const ShiftCaps& caps = vehicle.caps;
  for (const double cap :
       {caps.distance_max, caps.duration_max_s, caps.overtime_max_s, caps.travel_max_s}) {
    if (!is_cap(cap)) {
      return bad_number(at("vehicles", i, "caps"), "caps are from 0 on");
    }
  }
  for (const double factor : {vehicle.travel_factor, vehicle.service_factor}) {
    const bool is_factor = factor > 0 && factor <= 1000;
    if (!is_factor) {
      return bad_number(at("vehicles", i, "travel_factor"), "factors are above 0 up to 1000");
    }
  }
  return {};
}

Result<void> check_vehicle(const Problem& problem, std::size_t i) {
  const Vehicle& vehicle = problem.vehicles[i];
  HUAN_CHECK(check_index(vehicle.ways, problem.ways.size(), at("vehicles", i, "ways")));
  HUAN_CHECK(check_load(problem, vehicle.capacity, at("vehicles", i, "capacity")));
  HUAN_CHECK(check_load(problem, vehicle.start_load, at("vehicles", i, "start_load")));
  HUAN_CHECK(check_load(problem, vehicle.caps.load_max, at("vehicles", i, "caps/load_max")));
  if (vehicle.start != kNone) {
    HUAN_CHECK(check_index(vehicle.start, problem.places.size(), at("vehicles", i, "start")));
  }
  if (vehicle.end != kNone) {
    HUAN_CHECK(check_index(vehicle.end, problem.places.size(), at("vehicles", i, "end")));
  }
  HUAN_CHECK(check_indices(vehicle.facilities, problem.facilities.size(),
                           at("vehicles", i, "facilities")));
  HUAN_CHECK(check_costs(vehicle, i));
  return check_shifts(problem, i);
}

}  // namespace

Result<void> check_vehicles(const Problem& problem) {
  for (std::size_t i = 0; i < problem.vehicles.size(); ++i) {
    HUAN_CHECK(check_vehicle(problem, i));
  }
  return {};
}

Result<void> check_given(const Problem& problem, const std::vector<GivenRoute>& routes,
                         const std::string& where) {
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const GivenRoute& route = routes[i];
    const std::string here = where + "/" + std::to_string(i);
    HUAN_CHECK(check_index(route.vehicle, problem.vehicles.size(), here + "/vehicle"));
    HUAN_CHECK(
        check_index(route.shift, problem.vehicles[route.vehicle].shifts.size(), here + "/shift"));
    if (route.frozen > route.visits.size()) {
      return bad_number(here + "/frozen", "more than there are visits");
    }
    for (const GivenVisit& visit : route.visits) {
      if ((visit.stop == kNone) == (visit.facility == kNone)) {
        return bad_field(here + "/visits", "a visit names a stop or a facility");
      }
      HUAN_CHECK(visit.stop != kNone
                     ? check_index(visit.stop, problem.stops.size(), here + "/visits")
                     : check_index(visit.facility, problem.facilities.size(), here + "/visits"));
    }
  }
  return {};
}

}  // namespace huan::routing
