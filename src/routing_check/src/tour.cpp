// SPDX-License-Identifier: Apache-2.0
// A route's parts, its form, and sums over it.
#include <algorithm>

#include "findings.hpp"

namespace huan::routing_check {

Index Tour::place(std::size_t step) const {
  const Step& here = route.steps.at(step);
  switch (here.type) {
    case StepType::start:
      return vehicle().start;
    case StepType::end:
      return vehicle().end;
    case StepType::unload:
      return facility(here).place;
    case StepType::rest:
      return here.place != kNone ? here.place : place_before(*this, step);
    case StepType::job:
    case StepType::pickup:
    case StepType::delivery:
      break;
  }
  return stop(here).place;
}

void Tour::report(Rule rule, std::size_t step, double amount, std::string unit,
                  std::string detail) const {
  Violation violation;
  violation.rule = rule;
  violation.amount = amount;
  violation.unit = std::move(unit);
  violation.route = number;
  violation.vehicle = route.vehicle;
  violation.detail = std::move(detail);
  if (step < route.steps.size()) {
    violation.step = static_cast<Index>(step);
    violation.stop = route.steps[step].stop;
    violation.facility = route.steps[step].facility;
  }
  found.push_back(std::move(violation));
}

Index place_before(const Tour& tour, std::size_t step) {
  while (step > 0) {
    --step;
    if (tour.route.steps[step].type != StepType::rest) {
      return tour.place(step);
    }
  }
  return kNone;
}

Index place_after(const Tour& tour, std::size_t step) {
  while (++step < tour.route.steps.size()) {
    if (tour.route.steps[step].type != StepType::rest) {
      return tour.place(step);
    }
  }
  return kNone;
}

double setup_due(const Tour& tour, std::size_t step) {
  const Step& here = tour.route.steps[step];
  if (!is_visit(here) || place_before(tour, step) == tour.place(step)) {
    return 0;
  }
  return tour.stop(here).setup_s * tour.vehicle().service_factor;
}

double service_due(const Tour& tour, std::size_t step) {
  const Step& here = tour.route.steps[step];
  if (is_visit(here)) {
    return tour.stop(here).service_s * tour.vehicle().service_factor;
  }
  if (here.type == StepType::unload) {
    return tour.facility(here).service_s * tour.vehicle().service_factor;
  }
  return here.type == StepType::rest ? tour.shift().breaks.at(here.rest).duration_s : 0;
}

std::vector<std::size_t> trip_begins(const Tour& tour) {
  std::vector<std::size_t> begins(tour.route.steps.size(), 0);
  for (std::size_t i = 1; i < begins.size(); ++i) {
    const Step& before = tour.route.steps[i - 1];
    const bool reloads = before.type == StepType::unload && tour.facility(before).reloads;
    begins[i] = reloads ? i - 1 : begins[i - 1];
  }
  return begins;
}

Background::Background(const Problem& problem, const Plan& plan)
    : harvest(harvest_of(problem, plan)), pair_of(problem.stops.size(), kNone) {
  for (std::size_t p = 0; p < problem.pairs.size(); ++p) {
    pair_of.at(problem.pairs[p].pickup) = static_cast<Index>(p);
    pair_of.at(problem.pairs[p].delivery) = static_cast<Index>(p);
  }
}

const routing::Pair* Tour::taken_at(Index stop) const {
  const Index pair = background.pair_of.at(stop);
  return pair != kNone && problem.pairs[pair].pickup == stop ? &problem.pairs[pair] : nullptr;
}

const routing::Pair* Tour::left_at(Index stop) const {
  const Index pair = background.pair_of.at(stop);
  return pair != kNone && problem.pairs[pair].delivery == stop ? &problem.pairs[pair] : nullptr;
}

routing::RouteSummary summed_up(const Tour& tour) {
  routing::RouteSummary sum;
  const auto& steps = tour.route.steps;
  const auto& travel = tour.travel();
  double given_costs = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const Way way = i > 0 ? tour.way(i) : Way{};
    if (way.from != kNone && way.to != kNone) {
      sum.distance += distance_of(tour.problem, travel, way);
      sum.travel_s += driving_time(tour.problem, tour.vehicle(), way, end_of(steps[i - 1]));
      if (!travel.costs.empty()) {
        given_costs += travel.costs.at(std::size_t{way.from} * tour.problem.places.size() + way.to);
      }
    }
    sum.waiting_s += step.waiting_s + step.hold_s;
    (step.type == StepType::rest ? sum.break_s : sum.service_s) += step.setup_s + step.service_s;
    sum.unloads += step.type == StepType::unload ? 1 : 0;
    if (!is_visit(step)) {
      continue;
    }
    ++sum.stops;
    add_to(sum.pickup, picked_up(tour, step));
    add_to(sum.delivery, tour.stop(step).delivery);
    if (const auto* taken = tour.taken_at(step.stop)) {
      add_to(sum.pickup, taken->load);
    } else if (const auto* left = tour.left_at(step.stop)) {
      add_to(sum.delivery, left->load);
    }
  }
  sum.duration_s = steps.empty() ? 0 : end_of(steps.back()) - steps.front().arrival_s;
  const routing::VehicleCosts& costs = tour.vehicle().costs;
  const double over = std::max(0.0, sum.duration_s - tour.vehicle().caps.duration_max_s);
  const double hourly = costs.per_hour * sum.duration_s + costs.per_task_hour * sum.service_s +
                        costs.per_overtime_hour * over;
  const double driven = travel.costs.empty() ? costs.per_distance * sum.distance +
                                                   costs.per_travel_hour * sum.travel_s / 3600
                                             : given_costs;
  sum.cost = costs.fixed + driven + hourly / 3600;
  return sum;
}

routing::Summary summed_up(const Problem& problem, const Plan& plan) {
  routing::Summary sum = plan.summary;
  sum.cost = sum.distance = sum.duration_s = sum.travel_s = sum.service_s = sum.waiting_s = 0;
  sum.pickup.clear();
  sum.delivery.clear();
  sum.unserved = 0;
  std::vector<bool> used(problem.vehicles.size(), false);
  for (const Route& route : plan.routes) {
    const routing::RouteSummary& part = route.summary;
    sum.cost += part.cost;
    sum.distance += part.distance;
    sum.duration_s += part.duration_s;
    sum.travel_s += part.travel_s;
    sum.service_s += part.service_s;
    sum.waiting_s += part.waiting_s;
    add_to(sum.pickup, part.pickup);
    add_to(sum.delivery, part.delivery);
    if (route.vehicle < used.size()) {
      used[route.vehicle] = true;
    }
  }
  sum.routes = static_cast<std::uint32_t>(plan.routes.size());
  sum.vehicles = static_cast<std::uint32_t>(std::count(used.begin(), used.end(), true));
  for (const routing::Unserved& unserved : plan.unserved) {
    sum.unserved += unserved.visits;
  }
  sum.objective = goals_of(problem, plan);
  return sum;
}

namespace {

/// Does the step name what is there, and is it where it may be?
bool step_is_known(const Tour& tour, std::size_t i) {
  const Problem& problem = tour.problem;
  const Step& step = tour.route.steps[i];
  const bool inner = i > 0 && i + 1 < tour.route.steps.size();
  switch (step.type) {
    case StepType::start:
      return i == 0;
    case StepType::end:
      return i > 0 && i + 1 == tour.route.steps.size();
    case StepType::unload:
      return inner && step.facility < problem.facilities.size();
    case StepType::rest:
      return inner && step.rest < tour.shift().breaks.size();
    case StepType::job:
    case StepType::pickup:
    case StepType::delivery:
      break;
  }
  if (!inner || step.stop >= problem.stops.size()) {
    return false;
  }
  const bool taken = tour.taken_at(step.stop) != nullptr;
  const bool left = tour.left_at(step.stop) != nullptr;
  return step.type == (taken ? StepType::pickup : left ? StepType::delivery : StepType::job);
}

bool is_time(double value) { return value >= -routing::kTimeMax && value <= routing::kTimeMax; }

}  // namespace

bool check_form(const Tour& tour) {
  const auto& steps = tour.route.steps;
  if (tour.route.vehicle >= tour.problem.vehicles.size() ||
      tour.route.shift >= tour.vehicle().shifts.size()) {
    tour.report(Rule::form, kWhole, 0, "", "there is no such vehicle or shift");
    return false;
  }
  if (steps.size() < 2) {
    tour.report(Rule::form, kWhole, 0, "", "a route has a start and an end");
    return false;
  }
  bool known = true;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!step_is_known(tour, i)) {
      tour.report(Rule::form, kWhole, static_cast<double>(i), "",
                  "step " + std::to_string(i) + " names nothing that can stand there");
      known = false;
    } else if (known && steps[i].around &&
               (i == 0 || detour_of(tour.travel(), tour.way(i)) == nullptr)) {
      tour.report(Rule::form, i, 0, "", "no other way is known to lead there");
      known = false;
    } else if (known && steps[i].arrival_s == kForever) {
      tour.report(Rule::unreachable, i, 0, "");
      return false;
    } else if (!is_time(steps[i].arrival_s) || !(steps[i].waiting_s >= 0) ||
               !(steps[i].setup_s >= 0) || !(steps[i].service_s >= 0) || !(steps[i].hold_s >= 0) ||
               !is_time(end_of(steps[i]))) {
      tour.report(Rule::form, i, 0, "", "a time is below 0 or none");
      known = false;
    }
  }
  return known;
}

}  // namespace huan::routing_check
