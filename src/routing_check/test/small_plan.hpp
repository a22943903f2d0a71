// SPDX-License-Identifier: Apache-2.0
// A day small enough to be worked out by hand, and what the checker says of it.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include <string>
#include <vector>

#include "huan/routing_check/check.hpp"

namespace huan::routing_check {

using routing::Break;
using routing::Facility;
using routing::Index;
using routing::kForever;
using routing::kNone;
using routing::Load;
using routing::Pair;
using routing::Plan;
using routing::Problem;
using routing::Route;
using routing::Step;
using routing::StepType;
using routing::Stop;
using routing::Vehicle;

/// The depot (place 0) and stops a (5 away) and b (5 further); a facility F stands at the depot's
/// place 3, 10 to the side. One second a unit.
inline Problem small_day() {
  Problem p;
  p.dimensions = {"kg"};
  p.materials = {"paper", "glass"};
  p.places = {{0, 0}, {3, 4}, {6, 8}, {0, 10}};
  p.ways = {routing::Travel{.unit = "m"}};
  p.stops = {Stop{.id = "1", .place = 1, .pickup = {4}, .service_s = 2},
             Stop{.id = "2", .place = 2, .pickup = {6}, .service_s = 3}};
  p.vehicles = {Vehicle{.id = "A", .capacity = {10}, .start = 0, .end = 0, .unloads = true}};
  p.facilities = {Facility{.id = "F", .place = 3, .service_s = 1}};
  return p;
}

struct Leg {
  StepType type;
  Index index;
};
inline Leg job(Index stop) { return {StepType::job, stop}; }
inline Leg pickup(Index stop) { return {StepType::pickup, stop}; }
inline Leg delivery(Index stop) { return {StepType::delivery, stop}; }
inline Leg unload(Index facility) { return {StepType::unload, facility}; }
inline Leg rest(Index number) { return {StepType::rest, number}; }

inline Route route_of(Index vehicle, const std::vector<Leg>& legs, Index shift = 0) {
  Route route;
  route.vehicle = vehicle;
  route.shift = shift;
  route.steps.push_back({.type = StepType::start});
  for (const Leg& leg : legs) {
    Step step;
    step.type = leg.type;
    (leg.type == StepType::unload ? step.facility
     : leg.type == StepType::rest ? step.rest
                                  : step.stop) = leg.index;
    route.steps.push_back(step);
  }
  route.steps.push_back({.type = StepType::end});
  return route;
}

inline Plan plan_of(const std::vector<Route>& routes) {
  Plan plan;
  plan.routes = routes;
  return plan;
}
inline Plan plan_of(const std::vector<Leg>& legs) { return plan_of({route_of(0, legs)}); }

inline std::string said(const Violation& v) {
  std::string amount = std::to_string(v.amount);
  amount.erase(amount.find_last_not_of('0') + 1);
  if (amount.ends_with('.')) {
    amount.pop_back();
  }
  return std::string{name(v.rule)} + (amount == "0" ? "" : " " + amount) +
         (v.unit.empty() ? "" : " " + v.unit);
}

/// What is broken by a plan with its own times, or by the order alone.
inline std::string broken(const Problem& problem, const Plan& plan) {
  std::string out;
  for (const Violation& violation : check(problem, plan).violations) {
    out += (out.empty() ? "" : ", ") + said(violation);
  }
  return out;
}
inline std::string broken_by_order(const Problem& problem, const Plan& plan) {
  return broken(problem, timed(problem, plan));
}

}  // namespace huan::routing_check
