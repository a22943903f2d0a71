// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include <algorithm>

namespace huan::routing {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<void> check_windows(const std::vector<Window>& windows, const std::string& where) {
  double last = -kForever;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const Window& window = windows[i];
    const std::string here = where + "/" + std::to_string(i);
    if (!is_amount(window.from) || !is_cap(window.to)) {
      return bad_number(here, "a window's ends are numbers from 0 on");
    }
    if (window.to < window.from || window.from < last) {
      return bad_field(here, "windows end after they begin, rise and do not overlap");
    }
    last = window.to;
  }
  return {};
}

Result<void> check_load(const Problem& problem, const Load& load, const std::string& where) {
  if (load.size() > problem.dimensions.size()) {
    return bad_field(where, "more numbers than the problem has dimensions");
  }
  for (const std::int64_t amount : load) {
    if (amount < 0 || amount > kLoadMax) {
      return bad_number(where, "loads are from 0 to 10^12");
    }
  }
  return {};
}

Result<void> check_index(Index index, std::size_t size, const std::string& where) {
  if (index >= size) {
    return bad_field(where,
                     "names number " + std::to_string(index) + " of " + std::to_string(size));
  }
  return {};
}

Result<void> check_indices(const std::vector<Index>& indices, std::size_t size,
                           const std::string& where) {
  for (const Index index : indices) {
    HUAN_CHECK(check_index(index, size, where));
  }
  return {};
}

namespace {

Result<void> check_matrix(const std::vector<double>& numbers, std::size_t places,
                          const std::string& where) {
  if (numbers.size() != places * places) {
    return bad_field(where, "has " + std::to_string(numbers.size()) + " numbers for " +
                                std::to_string(places) + " places");
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!is_cap(numbers[i])) {
      return bad_number(where + "/" + std::to_string(i / places) + "/" + std::to_string(i % places),
                        "not a number from 0 on");
    }
  }
  return {};
}

Result<void> check_detours(const Travel& travel, std::size_t i, std::size_t places) {
  const std::string where = at("ways", i, "detours");
  if (travel.detours.size() > kDetoursMax) {
    return Error{ErrorCode::too_large, where, "at most 1,000,000 detours"};
  }
  const Detour* last = nullptr;
  for (const Detour& detour : travel.detours) {
    HUAN_CHECK(check_indices({detour.from, detour.to}, places, where));
    if (!is_amount(detour.duration_s) || !is_amount(detour.distance)) {
      return bad_number(where, "a detour's duration and distance are numbers from 0 on");
    }
    if (detour.from == detour.to ||
        (last != nullptr && std::pair{last->from, last->to} >= std::pair{detour.from, detour.to})) {
      return bad_field(where, "detours rise by from and to, and lead elsewhere");
    }
    for (const Place& corner : detour.corners) {
      const bool is_place = std::abs(corner.x) <= kTimeMax && std::abs(corner.y) <= kTimeMax;
      if (!is_place) {
        return Error{ErrorCode::bad_coordinates, where, "a coordinate is no number"};
      }
    }
    last = &detour;
  }
  return {};
}

bool is_rate(double x) { return x > 0 && x <= 1e9; }

Result<void> check_travel(const Travel& travel, std::size_t i, std::size_t places) {
  if (travel.metric == Metric::matrix) {
    HUAN_CHECK(check_matrix(travel.durations, places, at("ways", i, "durations")));
    if (!travel.distances.empty()) {
      HUAN_CHECK(check_matrix(travel.distances, places, at("ways", i, "distances")));
    }
    if (!travel.costs.empty()) {
      HUAN_CHECK(check_matrix(travel.costs, places, at("ways", i, "costs")));
      for (std::size_t k = 0; k < travel.costs.size(); ++k) {
        if (travel.costs[k] >= kForever && travel.durations[k] < kForever) {
          return bad_number(at("ways", i, "costs") + "/" + std::to_string(k / places) + "/" +
                                std::to_string(k % places),
                            "a way that there is has a cost");
        }
      }
    }
  } else if (!is_rate(travel.scale)) {
    return bad_number(at("ways", i, "scale"), "above 0 and at most 10^9");
  } else if (!is_rate(travel.speed)) {
    return bad_number(at("ways", i, "speed"), "above 0 and at most 10^9");
  }
  double last = -1;
  for (const SpeedSlice& slice : travel.slices) {
    if (!is_amount(slice.from) || slice.from <= last || !(slice.factor > 0) ||
        slice.factor > 1000) {
      return bad_number(at("ways", i, "slices"), "slices rise, with factors above 0 up to 1000");
    }
    last = slice.from;
  }
  return check_detours(travel, i, places);
}

Result<void> check_visits(const Problem& problem, const Stop& stop, std::size_t i) {
  const Visits& visits = stop.visits;
  if (visits.times < 1 || visits.times > problem.days) {
    return bad_number(at("stops", i, "visits/times"), "from 1 to the days of the horizon");
  }
  if (visits.gap_days_min < 1 ||
      (visits.gap_days_max != 0 && visits.gap_days_max < visits.gap_days_min)) {
    return bad_number(at("stops", i, "visits/gap_days_min"),
                      "at least 1, and not above gap_days_max");
  }
  for (const auto& pattern : visits.patterns) {
    if (pattern.empty() || !std::is_sorted(pattern.begin(), pattern.end()) ||
        std::adjacent_find(pattern.begin(), pattern.end()) != pattern.end()) {
      return bad_field(at("stops", i, "visits/patterns"), "a pattern is a rising list of days");
    }
    HUAN_CHECK(check_indices(pattern, problem.days, at("stops", i, "visits/patterns")));
  }
  HUAN_CHECK(check_indices(visits.days, problem.days, at("stops", i, "visits/days")));
  HUAN_CHECK(check_load(problem, visits.stored, at("stops", i, "visits/stored")));
  HUAN_CHECK(check_load(problem, visits.growth, at("stops", i, "visits/growth")));
  return check_load(problem, visits.limit, at("stops", i, "visits/limit"));
}

Result<void> check_stop(const Problem& problem, std::size_t i) {
  const Stop& stop = problem.stops[i];
  HUAN_CHECK(check_index(stop.place, problem.places.size(), at("stops", i, "place")));
  HUAN_CHECK(check_load(problem, stop.pickup, at("stops", i, "pickup")));
  HUAN_CHECK(check_load(problem, stop.delivery, at("stops", i, "delivery")));
  if (!is_amount(stop.service_s) || !is_amount(stop.setup_s) || !is_amount(stop.release_s)) {
    return bad_number(at("stops", i, "service_s"), "service, setup and release are from 0 on");
  }
  HUAN_CHECK(check_windows(stop.windows, at("stops", i, "windows")));
  if (stop.priority > 100) {
    return bad_number(at("stops", i, "priority"), "from 0 to 100");
  }
  if (stop.prize && !is_amount(*stop.prize)) {
    return bad_number(at("stops", i, "prize"), "from 0 on");
  }
  HUAN_CHECK(check_indices(stop.vehicles, problem.vehicles.size(), at("stops", i, "vehicles")));
  if (stop.material != kNone) {
    HUAN_CHECK(check_index(stop.material, problem.materials.size(), at("stops", i, "material")));
  }
  return check_visits(problem, stop, i);
}

Result<void> check_pairs(const Problem& problem) {
  std::vector<bool> seen(problem.stops.size(), false);
  for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
    const Pair& pair = problem.pairs[i];
    for (const Index stop : {pair.pickup, pair.delivery}) {
      HUAN_CHECK(check_index(stop, problem.stops.size(), at("pairs", i, "")));
      if (seen[stop]) {
        return bad_field(at("pairs", i, ""), "stop " + problem.stops[stop].id + " is in two pairs");
      }
      seen[stop] = true;
      if (!problem.stops[stop].pickup.empty() || !problem.stops[stop].delivery.empty()) {
        return bad_field(at("pairs", i, ""), "the load stands with the pair, not with its stops");
      }
    }
    HUAN_CHECK(check_load(problem, pair.load, at("pairs", i, "load")));
  }
  return {};
}

Result<void> check_facilities(const Problem& problem) {
  for (std::size_t i = 0; i < problem.facilities.size(); ++i) {
    const Facility& facility = problem.facilities[i];
    HUAN_CHECK(check_index(facility.place, problem.places.size(), at("facilities", i, "place")));
    HUAN_CHECK(check_windows(facility.windows, at("facilities", i, "windows")));
    if (!is_amount(facility.service_s)) {
      return bad_number(at("facilities", i, "service_s"), "from 0 on");
    }
    HUAN_CHECK(
        check_load(problem, facility.capacity_per_day, at("facilities", i, "capacity_per_day")));
    HUAN_CHECK(check_indices(facility.materials, problem.materials.size(),
                             at("facilities", i, "materials")));
  }
  return {};
}

Result<void> check_zones(const Problem& problem) {
  for (std::size_t i = 0; i < problem.zones.size(); ++i) {
    const Zone& zone = problem.zones[i];
    HUAN_CHECK(check_windows(zone.open, at("zones", i, "open")));
    HUAN_CHECK(check_indices(zone.places, problem.places.size(), at("zones", i, "places")));
    for (const auto& [from, to] : zone.ways) {
      HUAN_CHECK(check_indices({from, to}, problem.places.size(), at("zones", i, "ways")));
    }
    for (const auto& ring : zone.rings) {
      for (const Place& place : ring) {
        if (!std::isfinite(place.x) || !std::isfinite(place.y)) {
          return bad_number(at("zones", i, "rings"), "a coordinate is not a number");
        }
      }
    }
  }
  return {};
}

Result<void> check_places(const Problem& problem) {
  if (problem.places.size() > kPlacesMax) {
    return Error{ErrorCode::too_large, "/places", "at most 100,000 places"};
  }
  for (std::size_t i = 0; i < problem.places.size(); ++i) {
    const Place& place = problem.places[i];
    const bool is_place = std::abs(place.x) <= kTimeMax && std::abs(place.y) <= kTimeMax;
    if (!is_place) {
      return Error{ErrorCode::bad_coordinates, at("places", i, ""), "a coordinate is no number"};
    }
  }
  for (std::size_t i = 0; i < problem.ways.size(); ++i) {
    HUAN_CHECK(check_travel(problem.ways[i], i, problem.places.size()));
    if (problem.ways[i].metric != Metric::great_circle) {
      continue;
    }
    for (std::size_t k = 0; k < problem.places.size(); ++k) {
      if (std::abs(problem.places[k].x) > 180 || std::abs(problem.places[k].y) > 90) {
        return Error{ErrorCode::bad_coordinates, at("places", k, ""), "not on the sphere"};
      }
    }
  }
  return {};
}

Result<void> check_objective(const Problem& problem) {
  for (std::size_t i = 0; i < problem.objective.goals.size(); ++i) {
    if (!is_amount(problem.objective.goals[i].weight)) {
      return bad_number(at("objective/goals", i, "weight"), "from 0 on");
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (problem.objective.goals[k].goal == problem.objective.goals[i].goal) {
        return bad_field(at("objective/goals", i, "goal"), "stands twice");
      }
    }
  }
  return check_given(problem, problem.reference, "/reference");
}

}  // namespace

Result<void> check(const Problem& problem) {
  if (problem.dimensions.size() > kDimensionsMax) {
    return Error{ErrorCode::too_large, "/dimensions", "at most 8 dimensions"};
  }
  if (problem.days < 1 || problem.days > 366) {
    return bad_number("/days", "a horizon has 1 to 366 days");
  }
  HUAN_CHECK(check_places(problem));
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    HUAN_CHECK(check_stop(problem, i));
  }
  HUAN_CHECK(check_pairs(problem));
  HUAN_CHECK(check_facilities(problem));
  HUAN_CHECK(check_vehicles(problem));
  HUAN_CHECK(check_zones(problem));
  return check_objective(problem);
}

}  // namespace huan::routing
