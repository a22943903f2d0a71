// SPDX-License-Identifier: Apache-2.0
// One route while it is checked: its parts by name, and where violations go.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ground.hpp"
#include "huan/routing_check/check.hpp"

namespace huan::routing_check {

using routing::Plan;
using routing::Route;
using routing::Step;
using routing::StepType;

/// What a visit of a stop with a forecast takes, by (stop, day).
using Harvest = std::map<std::pair<Index, std::uint32_t>, Load>;
[[nodiscard]] Harvest harvest_of(const Problem& problem, const Plan& plan);

/// What is looked up again and again.
struct Background {
  Background(const Problem& problem, const Plan& plan);
  Harvest harvest;
  std::vector<Index> pair_of;  ///< by stop; kNone: it belongs to none
};

/// A route whose vehicle, shift, stops, facilities and breaks are all known.
struct Tour {
  const Problem& problem;
  const Route& route;
  Index number;  ///< in the plan
  const Background& background;
  std::vector<Violation>& found;

  [[nodiscard]] const routing::Vehicle& vehicle() const {
    return problem.vehicles.at(route.vehicle);
  }
  [[nodiscard]] const routing::Shift& shift() const { return vehicle().shifts.at(route.shift); }
  [[nodiscard]] const routing::Travel& travel() const { return problem.ways.at(vehicle().ways); }
  [[nodiscard]] const routing::Stop& stop(const Step& step) const {
    return problem.stops.at(step.stop);
  }
  [[nodiscard]] const routing::Facility& facility(const Step& step) const {
    return problem.facilities.at(step.facility);
  }
  /// Where the step is: of its stop, facility or end, not what the plan says.
  [[nodiscard]] Index place(std::size_t step) const;
  /// By which the step is reached; step > 0.
  [[nodiscard]] Way way(std::size_t step) const {
    return {place(step - 1), place(step), route.steps.at(step).around};
  }
  /// The pair that is taken, or left, at this stop.
  [[nodiscard]] const routing::Pair* taken_at(Index stop) const;
  [[nodiscard]] const routing::Pair* left_at(Index stop) const;
  [[nodiscard]] std::string dimension(std::size_t d) const {
    return d < problem.dimensions.size() ? problem.dimensions[d] : std::string{};
  }

  /// Adds a violation about a step (kNone: about the route).
  void report(Rule rule, std::size_t step, double amount, std::string unit,
              std::string detail = {}) const;
};

inline constexpr std::size_t kWhole = kNone;  ///< report(): about the route as a whole

[[nodiscard]] inline bool is_visit(const Step& step) {
  return step.type == StepType::job || step.type == StepType::pickup ||
         step.type == StepType::delivery;
}
[[nodiscard]] inline double begin_of(const Step& step) { return step.arrival_s + step.waiting_s; }
[[nodiscard]] inline double end_of(const Step& step) {
  return begin_of(step) + step.setup_s + step.service_s + step.hold_s;
}

/// What is unloaded at (facility, day), over all routes.
using Unloaded = std::map<std::pair<Index, std::uint32_t>, Load>;

/// False when the route names what is not there; that is reported.
[[nodiscard]] bool check_form(const Tour& tour);
void check_times(const Tour& tour);
void check_breaks(const Tour& tour);
void check_loads(const Tour& tour, Unloaded& unloaded);
void check_rights(const Tour& tour);
void check_caps(const Tour& tour);
void check_zones(const Tour& tour);
void check_figures(const Tour& tour);
void check_visits(const Problem& problem, const Plan& plan, std::vector<Violation>& found);
void check_summary(const Problem& problem, const Plan& plan, std::vector<Violation>& found);

/// Where each break of the route is taken is the plan's to say, but only where the vehicle is.
[[nodiscard]] Index place_before(const Tour& tour, std::size_t step);
[[nodiscard]] Index place_after(const Tour& tour, std::size_t step);
/// By step, that at which its trip began: the start, or the last facility before it that reloads.
[[nodiscard]] std::vector<std::size_t> trip_begins(const Tour& tour);
/// What is on board when leaving each step, from the steps' order alone.
[[nodiscard]] std::vector<Load> loads_on_board(const Tour& tour);
/// What is taken on board here. A forecast's amount follows from the day and the visit before.
[[nodiscard]] Load picked_up(const Tour& tour, const Step& step);
/// Setup counts unless the step before (breaks apart) was at the same place.
[[nodiscard]] double setup_due(const Tour& tour, std::size_t step);
[[nodiscard]] double service_due(const Tour& tour, std::size_t step);
[[nodiscard]] routing::RouteSummary summed_up(const Tour& tour);
/// What the plan comes to in each of the problem's goals.
[[nodiscard]] std::vector<routing::GoalValue> goals_of(const Problem& problem, const Plan& plan);
[[nodiscard]] routing::Summary summed_up(const Problem& problem, const Plan& plan);
/// How many visits the stop asks for (a forecast: at least).
[[nodiscard]] std::uint32_t visits_asked(const routing::Stop& stop,
                                         const std::vector<std::uint32_t>& days);
/// The days on which each stop is visited, rising, with repetitions.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> days_of_stops(const Problem& problem,
                                                                    const Plan& plan);

}  // namespace huan::routing_check
