// SPDX-License-Identifier: Apache-2.0
// The figures that a plan states against what its steps come to.
#include <algorithm>
#include <cmath>
#include <map>

#include "findings.hpp"

namespace huan::routing_check {

namespace {

/// Sums of many doubles in another order: a little more room than for one time.
bool differs(double a, double b) {
  return std::fabs(a - b) > 1e-6 * std::max(1.0, std::fabs(b)) + 1e-6;
}

bool same_load(const Load& a, const Load& b) {
  for (std::size_t d = 0; d < std::max(a.size(), b.size()); ++d) {
    if (amount_at(a, d) != amount_at(b, d)) {
      return false;
    }
  }
  return true;
}

struct Figure {
  const char* name;
  double stated;
  double right;
};

}  // namespace

void check_figures(const Tour& tour) {
  const routing::RouteSummary right = summed_up(tour);
  const routing::RouteSummary& stated = tour.route.summary;
  for (const Figure& figure :
       {Figure{"distance", stated.distance, right.distance},
        Figure{"cost", stated.cost, right.cost},
        Figure{"duration", stated.duration_s, right.duration_s},
        Figure{"travel", stated.travel_s, right.travel_s},
        Figure{"service", stated.service_s, right.service_s},
        Figure{"waiting", stated.waiting_s, right.waiting_s},
        Figure{"breaks", stated.break_s, right.break_s},
        Figure{"stops", static_cast<double>(stated.stops), static_cast<double>(right.stops)},
        Figure{"unloads", static_cast<double>(stated.unloads),
               static_cast<double>(right.unloads)}}) {
    if (differs(figure.stated, figure.right)) {
      tour.report(Rule::figures, kWhole, figure.stated - figure.right, "", figure.name);
    }
  }
  if (!same_load(stated.pickup, right.pickup) || !same_load(stated.delivery, right.delivery)) {
    tour.report(Rule::figures, kWhole, 0, "", "pickup and delivery");
  }
  const std::vector<Load> loads = loads_on_board(tour);
  for (std::size_t i = 0; i < loads.size(); ++i) {
    if (!same_load(tour.route.steps[i].load, loads[i])) {
      tour.report(Rule::figures, i, 0, "", "load");
    }
  }
}

namespace {

/// From the place of the route from which that is least.
double spread_of(const Problem& problem, const Route& route) {
  if (route.vehicle >= problem.vehicles.size()) {
    return 0;
  }
  const auto& travel = problem.ways.at(problem.vehicles[route.vehicle].ways);
  std::vector<Index> places;
  for (const Step& step : route.steps) {
    if (is_visit(step) && step.stop < problem.stops.size()) {
      places.push_back(problem.stops[step.stop].place);
    }
  }
  std::vector<double> sums(places.size(), 0);
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (const Index to : places) {
      sums[i] += distance_of(problem, travel, {places[i], to});
    }
  }
  return sums.empty() ? 0 : *std::min_element(sums.begin(), sums.end());
}

double moved_from_reference(const Problem& problem, const Plan& plan) {
  std::map<Index, std::vector<Index>> vehicles;
  for (const routing::GivenRoute& route : problem.reference) {
    for (const routing::GivenVisit& visit : route.visits) {
      if (visit.stop != kNone) {
        vehicles[visit.stop].push_back(route.vehicle);
      }
    }
  }
  double moved = 0;
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      const auto before = is_visit(step) ? vehicles.find(step.stop) : vehicles.end();
      if (before != vehicles.end() &&
          std::count(before->second.begin(), before->second.end(), route.vehicle) == 0) {
        ++moved;
      }
    }
  }
  return moved;
}

double balance_of(const Plan& plan) {
  if (plan.routes.empty()) {
    return 0;
  }
  const auto [least, most] = std::minmax_element(
      plan.routes.begin(), plan.routes.end(),
      [](const Route& a, const Route& b) { return a.summary.duration_s < b.summary.duration_s; });
  return most->summary.duration_s - least->summary.duration_s;
}

double missed(routing::Goal goal, const Problem& problem, const Plan& plan) {
  double sum = 0;
  for (const routing::Unserved& one : plan.unserved) {
    if (one.stop >= problem.stops.size()) {
      continue;
    }
    const routing::Stop& stop = problem.stops[one.stop];
    const double each = goal == routing::Goal::prizes ? stop.prize.value_or(0)
                        : stop.prize                  ? 0
                                                      : 1.0 + stop.priority;
    sum += each * one.visits;
  }
  return sum;
}

double goal_of(routing::Goal goal, const Problem& problem, const Plan& plan) {
  if (goal == routing::Goal::unserved || goal == routing::Goal::prizes) {
    return missed(goal, problem, plan);
  }
  double sum = 0;
  for (const Route& route : plan.routes) {
    const routing::RouteSummary& part = route.summary;
    switch (goal) {
      case routing::Goal::unserved:
      case routing::Goal::prizes:
        break;
      case routing::Goal::balance:
        return balance_of(plan);
      case routing::Goal::stability:
        return moved_from_reference(problem, plan);
      case routing::Goal::vehicles:
        sum += 1;
        break;
      case routing::Goal::cost:
        sum += part.cost;
        break;
      case routing::Goal::time:
        sum += part.duration_s;
        break;
      case routing::Goal::distance:
        sum += part.distance;
        break;
      case routing::Goal::travel_time:
        sum += part.travel_s;
        break;
      case routing::Goal::compactness:
        sum += spread_of(problem, route);
        break;
    }
  }
  return sum;
}

}  // namespace

std::vector<routing::GoalValue> goals_of(const Problem& problem, const Plan& plan) {
  std::vector<routing::GoalValue> values;
  values.reserve(problem.objective.goals.size());
  for (const routing::GoalWeight& goal : problem.objective.goals) {
    values.push_back({goal.goal, goal_of(goal.goal, problem, plan)});
  }
  return values;
}

void check_summary(const Problem& problem, const Plan& plan, std::vector<Violation>& found) {
  const routing::Summary right = summed_up(problem, plan);
  const routing::Summary& stated = plan.summary;
  for (const Figure& figure :
       {Figure{"distance", stated.distance, right.distance},
        Figure{"cost", stated.cost, right.cost},
        Figure{"duration", stated.duration_s, right.duration_s},
        Figure{"travel", stated.travel_s, right.travel_s},
        Figure{"service", stated.service_s, right.service_s},
        Figure{"waiting", stated.waiting_s, right.waiting_s},
        Figure{"routes", static_cast<double>(stated.routes), static_cast<double>(right.routes)},
        Figure{"vehicles", static_cast<double>(stated.vehicles),
               static_cast<double>(right.vehicles)},
        Figure{"unserved", static_cast<double>(stated.unserved),
               static_cast<double>(right.unserved)}}) {
    if (differs(figure.stated, figure.right)) {
      Violation violation;
      violation.rule = Rule::figures;
      violation.amount = figure.stated - figure.right;
      violation.detail = std::string{"sum of "} + figure.name;
      found.push_back(std::move(violation));
    }
  }
  for (std::size_t g = 0; g < std::min(stated.objective.size(), right.objective.size()); ++g) {
    if (differs(stated.objective[g].value, right.objective[g].value)) {
      Violation violation;
      violation.rule = Rule::figures;
      violation.amount = stated.objective[g].value - right.objective[g].value;
      violation.detail = "goal " + std::to_string(g);
      found.push_back(std::move(violation));
    }
  }
}

}  // namespace huan::routing_check
