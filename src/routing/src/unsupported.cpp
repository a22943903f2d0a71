// SPDX-License-Identifier: Apache-2.0
// What the model can say and the solver cannot do yet, in one place.
#include <algorithm>

#include "check.hpp"
#include "huan/routing/solve.hpp"
#include "patterns.hpp"

namespace huan::routing {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

Error not_supported(std::string where, std::string detail) {
  return Error{ErrorCode::not_supported, std::move(where), std::move(detail)};
}

Result<void> stops_supported(const Problem& problem) {
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    const Visits& v = problem.stops[i].visits;
    const auto patterns = patterns_of(v, problem.days);
    if (patterns.empty() && (v.times != 1 || !v.days.empty())) {
      return bad_field(at("stops", i, "visits"), "no days of the horizon keep to it");
    }
    const auto other_length = [&](const std::vector<std::uint32_t>& pattern) {
      return pattern.size() != patterns.front().size();
    };
    if (patterns.size() > kPatternsMax ||
        std::any_of(patterns.begin(), patterns.end(), other_length)) {
      return not_supported(at("stops", i, "visits"), "over 2,000 patterns, or of unequal lengths");
    }
    if (!v.stored.empty() || !v.growth.empty() || !v.limit.empty()) {
      return not_supported(at("stops", i, "visits/growth"), "a forecast of what is stored");
    }
  }
  return {};
}

Result<void> vehicles_supported(const Problem& problem) {
  for (std::size_t i = 0; i < problem.vehicles.size(); ++i) {
    const Vehicle& vehicle = problem.vehicles[i];
    if (vehicle.caps.travel_max_s < kForever && !problem.ways[vehicle.ways].slices.empty()) {
      return not_supported(at("vehicles", i, "caps/travel_max_s"),
                           "a limit of driving where ways take longer at some hours");
    }
    for (const Shift& shift : vehicle.shifts) {
      for (const Break& rest : shift.breaks) {
        if (rest.after_work_s > 0 || !rest.load_max.empty()) {
          return not_supported(at("vehicles", i, "shifts"),
                               "breaks after so many hours or by load");
        }
      }
    }
  }
  return {};
}

Result<void> facilities_supported(const Problem& problem) {
  const bool delivers =
      std::any_of(problem.stops.begin(), problem.stops.end(), [](const Stop& stop) {
        return std::any_of(stop.delivery.begin(), stop.delivery.end(),
                           [](std::int64_t load) { return load > 0; });
      });
  for (std::size_t i = 0; i < problem.facilities.size(); ++i) {
    if (!problem.facilities[i].capacity_per_day.empty()) {
      return not_supported(at("facilities", i, "capacity_per_day"), "room of a facility");
    }
    if (delivers && !problem.facilities[i].reloads) {
      return not_supported(at("facilities", i, "reloads"),
                           "deliveries beside facilities that do not reload them");
    }
  }
  return {};
}

Result<void> pairs_supported(const Problem& problem, const Options& options) {
  for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
    for (const Index stop : {problem.pairs[i].pickup, problem.pairs[i].delivery}) {
      if (!patterns_of(problem.stops[stop].visits, problem.days).empty()) {
        return not_supported(at("pairs", i, ""), "pairs with several visits or days of their own");
      }
    }
  }
  const bool frozen = std::any_of(options.start.begin(), options.start.end(),
                                  [](const GivenRoute& route) { return route.frozen > 0; });
  if (frozen && !problem.pairs.empty()) {
    return not_supported("/pairs", "pairs in a plan of which a part stays as it is");
  }
  return {};
}

Result<void> goals_supported(const Problem& problem) {
  for (std::size_t i = 0; i < problem.objective.goals.size(); ++i) {
    const Goal goal = problem.objective.goals[i].goal;
    if (goal == Goal::compactness || goal == Goal::balance || goal == Goal::stability) {
      return not_supported(at("objective/goals", i, "goal"),
                           "compactness, balance and stability as goals");
    }
  }
  return {};
}

}  // namespace

Result<void> unsupported(const Problem& problem, const Options& options) {
  HUAN_CHECK(stops_supported(problem));
  HUAN_CHECK(vehicles_supported(problem));
  HUAN_CHECK(facilities_supported(problem));
  HUAN_CHECK(goals_supported(problem));
  HUAN_CHECK(pairs_supported(problem, options));
  if (!problem.zones.empty()) {
    return not_supported("/zones", "zones");
  }
  return {};
}

}  // namespace huan::routing
