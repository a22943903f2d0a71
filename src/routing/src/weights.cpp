// SPDX-License-Identifier: Apache-2.0
#include "weights.hpp"

#include <algorithm>
#include <cmath>

namespace huan::routing {

namespace {

/// An upper estimate of the longest way, in distance and in time, over all profiles.
struct Extent {
  double distance{1};
  double time{1};
};

double largest(const std::vector<double>& numbers) {
  double most = 0;
  for (const double x : numbers) {
    most = x < kForever ? std::max(most, x) : most;
  }
  return most;
}

Extent extent_of(const Problem& problem) {
  Extent extent;
  Place low{kForever, kForever};
  Place high{-kForever, -kForever};
  for (const Place& place : problem.places) {
    low = {std::min(low.x, place.x), std::min(low.y, place.y)};
    high = {std::max(high.x, place.x), std::max(high.y, place.y)};
  }
  for (const Travel& travel : problem.ways) {
    if (travel.metric == Metric::matrix) {
      const double time = largest(travel.durations);
      extent.time = std::max(extent.time, time);
      extent.distance =
          std::max(extent.distance, travel.distances.empty() ? time : largest(travel.distances));
      continue;
    }
    const double metres = travel.metric == Metric::great_circle ? 111'320.0 : 1.0;
    const double side = problem.places.empty() ? 1 : (high.x - low.x) + (high.y - low.y);
    const double distance = side * travel.scale * metres + 1;
    extent.distance = std::max(extent.distance, distance);
    extent.time = std::max(extent.time, distance / travel.speed);
  }
  return extent;
}

void add(Weights& weights, Goal goal, double weight) {
  switch (goal) {
    case Goal::vehicles:
      weights.vehicles += weight;
      break;
    case Goal::cost:
      weights.cost += weight;
      break;
    case Goal::time:
      weights.time += weight;
      break;
    case Goal::travel_time:
      weights.travel += weight;
      break;
    case Goal::distance:
      weights.distance += weight;
      break;
    case Goal::prizes:
      weights.prizes = weight;
      break;
    case Goal::compactness:
      weights.compactness += weight;
      break;
    case Goal::balance:
      weights.balance += weight;
      break;
    case Goal::stability:
      weights.stability += weight;
      break;
    case Goal::unserved:
      break;
  }
}

/// What the goal weighs at most, were its weight 1, over the whole plan.
double scale_of(Goal goal, const Problem& problem, const Extent& extent) {
  const double ways = static_cast<double>(2 * problem.stops.size() + 1);
  switch (goal) {
    case Goal::distance:
    case Goal::compactness:
      return extent.distance * ways;
    case Goal::time:
    case Goal::travel_time:
    case Goal::balance:
      return extent.time * ways;
    case Goal::stability:
      return static_cast<double>(problem.stops.size() * problem.days + 1);
    case Goal::cost: {
      double most = 1;
      for (const Vehicle& vehicle : problem.vehicles) {
        const VehicleCosts& c = vehicle.costs;
        const double hours =
            (c.per_hour + c.per_travel_hour + c.per_overtime_hour + c.per_task_hour) / 3600;
        const double given = largest(problem.ways[vehicle.ways].costs);
        most = std::max(most,
                        c.per_distance * extent.distance + hours * extent.time + c.fixed + given);
      }
      return most * ways;
    }
    case Goal::vehicles:
      return static_cast<double>(problem.vehicles.size() + 1);
    case Goal::unserved:
    case Goal::prizes:
      break;
  }
  return 1;
}

}  // namespace

Weights weights_of(const Problem& problem) {
  const Extent extent = extent_of(problem);
  Weights weights;
  const auto& goals = problem.objective.goals;
  if (!problem.objective.lexicographic) {
    for (const GoalWeight& goal : goals) {
      add(weights, goal.goal, goal.weight);
    }
  } else {
    // The last goal weighs 1; each before it more than all that follow can come to. Ties among ways
    // are all that is left for a third goal, so the factor is kept where numbers stay exact.
    double weight = 1;
    for (std::size_t i = goals.size(); i > 0; --i) {
      const Goal goal = goals[i - 1].goal;
      if (goal == Goal::unserved) {
        continue;
      }
      add(weights, goal, goal == Goal::vehicles ? std::max(weight, 1.0) : weight);
      weight = std::min(1e9, weight * std::min(1e7, scale_of(goal, problem, extent)));
    }
  }
  const double ways = (weights.distance + weights.compactness) * extent.distance +
                      (weights.time + weights.travel + weights.balance) * extent.time +
                      weights.stability +
                      weights.cost * scale_of(Goal::cost, problem, extent) /
                          static_cast<double>(2 * problem.stops.size() + 1);
  weights.reach = 10 * (4 * ways + 1);
  for (std::size_t i = 0; i + 1 < goals.size() && problem.objective.lexicographic; ++i) {
    const Goal next = goals[i + 1].goal;
    weights.vehicles_before_ways =
        weights.vehicles_before_ways || (goals[i].goal == Goal::vehicles && next != Goal::unserved);
  }
  if (weights.vehicles_before_ways) {
    weights.vehicles = std::min(weights.vehicles, 40 * ways + 1);
  }
  return weights;
}

}  // namespace huan::routing
