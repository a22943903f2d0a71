// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/json/document.hpp"
#include "huan/wire_routing/plan_json.hpp"
#include "names.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Plan;
using routing::Problem;
using routing::Route;
using routing::StepType;

namespace {

constexpr json::ParseOptions kPlanJson{.depth_max = 16,
                                       .allow_fractions = true,
                                       .text_max = kTextMax,
                                       .string_max = std::size_t{1} << 16,
                                       .nodes_max = std::size_t{8} << 20};

/// Of a broken plan figures may be below 0.
constexpr Range kAnyFigure{-1e18, 1e18};

/// The shift by number or by day; the first one when neither is stated.
Result<routing::Index> shift_of(const Node& route, const routing::Vehicle& vehicle) {
  const auto last = static_cast<double>(vehicle.shifts.size()) - 1;
  if (const auto shift = route.find("shift")) {
    HUAN_TRY(number, shift->whole({0, last}));
    return static_cast<routing::Index>(number);
  }
  const auto day = route.find("day");
  if (!day) {
    return routing::Index{0};
  }
  HUAN_TRY(number, day->whole());
  for (std::size_t s = 0; s < vehicle.shifts.size(); ++s) {
    if (vehicle.shifts[s].day == static_cast<std::uint32_t>(number)) {
      return static_cast<routing::Index>(s);
    }
  }
  return day->error(ErrorCode::bad_field, "the vehicle has no shift on that day");
}

Result<Route> read_route(const Node& node, const Names& names, const Problem& problem) {
  HUAN_TRY(id_node, node.need("vehicle"));
  HUAN_TRY(id, read_id(id_node));
  const auto vehicle = names.find(StepType::start, id);
  if (!vehicle) {
    return id_node.error(ErrorCode::bad_field, "there is no vehicle " + id);
  }
  if (problem.vehicles.at(*vehicle).shifts.empty()) {
    return id_node.error(ErrorCode::bad_field, "vehicle " + id + " has no shift");
  }
  Route route;
  route.vehicle = *vehicle;
  HUAN_TRY(shift, shift_of(node, problem.vehicles[*vehicle]));
  route.shift = shift;
  HUAN_TRY(steps, node.need("steps"));
  return read_steps(steps, names, problem, route);
}

/// Each step with its arrival, start and end among them.
bool states_times(const std::vector<Node>& nodes, const std::vector<Route>& routes) {
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const auto steps = nodes[r].find("steps");
    if (!steps || !steps->value.is_array() || steps->value.size() != routes[r].steps.size()) {
      return false;
    }
    for (const json::Value step : steps->value.elements()) {
      if (!step.is_object() || !step.find("arrival")) {
        return false;
      }
    }
  }
  return true;
}

/// What the text states of a route takes the place of what it comes to, for check() to see.
Result<void> take_figures(const Node& node, Route& route) {
  routing::RouteSummary& sum = route.summary;
  HUAN_TRY(cost, node.number_or("cost", sum.cost, kAnyFigure));
  HUAN_TRY(distance, node.number_or("distance", sum.distance, kAnyFigure));
  HUAN_TRY(travel, node.number_or("duration", sum.travel_s, kAnyFigure));
  HUAN_TRY(total, node.number_or("total_duration", sum.duration_s, kAnyFigure));
  sum.cost = cost;
  sum.distance = distance;
  sum.travel_s = travel;
  sum.duration_s = total;
  HUAN_TRY(steps, node.need("steps"));
  HUAN_TRY(nodes, steps.list());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].has("load")) {
      HUAN_TRY(amounts, nodes[i].list_or_none("load"));
      routing::Load load;
      for (const Node& amount : amounts) {
        HUAN_TRY(number, amount.whole(kAnyFigure));
        load.push_back(number);
      }
      route.steps[i].load = std::move(load);
    }
  }
  return {};
}

Result<void> take_summary(const Node& root, Plan& plan) {
  const auto node = root.find("summary");
  if (!node) {
    return {};
  }
  routing::Summary& sum = plan.summary;
  HUAN_TRY(cost, node->number_or("cost", sum.cost, kAnyFigure));
  HUAN_TRY(distance, node->number_or("distance", sum.distance, kAnyFigure));
  HUAN_TRY(travel, node->number_or("duration", sum.travel_s, kAnyFigure));
  HUAN_TRY(unserved, node->whole_or("unassigned", sum.unserved));
  sum.cost = cost;
  sum.distance = distance;
  sum.travel_s = travel;
  sum.unserved = static_cast<std::uint32_t>(unserved);
  HUAN_TRY(goals, node->list_or_none("goals"));
  for (const Node& goal : goals) {  // the plan may have been made for others
    HUAN_TRY(text, goal.text_or("goal"));
    const auto same =
        std::find_if(sum.objective.begin(), sum.objective.end(),
                     [&](const routing::GoalValue& own) { return name(own.goal) == text; });
    if (same != sum.objective.end()) {
      HUAN_TRY(value, goal.number_or("value", same->value, kAnyFigure));
      same->value = value;
    }
  }
  return {};
}

/// Places of breaks are not in the text: before the way if the next step is reached so late,
/// otherwise where that is.
void place_breaks(const Problem& problem, Route& route) {
  for (std::size_t i = 0; i < route.steps.size(); ++i) {
    routing::Step& step = route.steps[i];
    if (step.stop != routing::kNone) {
      step.place = problem.stops.at(step.stop).place;
    } else if (step.facility != routing::kNone) {
      step.place = problem.facilities.at(step.facility).place;
    } else {
      const routing::Vehicle& vehicle = problem.vehicles.at(route.vehicle);
      step.place = step.type == StepType::start ? vehicle.start : vehicle.end;
    }
  }
  for (std::size_t i = 1; i + 1 < route.steps.size(); ++i) {
    routing::Step& step = route.steps[i];
    const routing::Step& before = route.steps[i - 1];
    if (step.type == StepType::rest) {
      const double left =
          before.arrival_s + before.waiting_s + before.setup_s + before.service_s + before.hold_s;
      std::size_t next = i;
      while (route.steps[next].type == StepType::rest && next + 1 < route.steps.size()) {
        ++next;
      }
      step.place = step.arrival_s > left + routing::kTolerance * (1 + left)
                       ? route.steps[next].place
                       : before.place;
    }
  }
}

}  // namespace

Result<Plan> read_plan(std::string_view text, const Instance& instance) {
  HUAN_TRY(document, json::Document::parse(text, kPlanJson));
  const Node root{document.root(), ""};
  HUAN_TRY(routes, root.need("routes"));
  HUAN_TRY(nodes, routes.list());
  const Names names = names_of(instance.problem);
  Plan plan;
  for (const Node& node : nodes) {
    HUAN_TRY(route, read_route(node, names, instance.problem));
    place_breaks(instance.problem, route);
    plan.routes.push_back(std::move(route));
  }
  if (!states_times(nodes, plan.routes)) {
    return routing_check::timed(instance.problem, plan);
  }
  Plan counted = routing_check::counted(instance.problem, plan);
  for (std::size_t r = 0; r < nodes.size(); ++r) {
    HUAN_CHECK(take_figures(nodes[r], counted.routes[r]));
  }
  HUAN_CHECK(take_summary(root, counted));
  return counted;
}

Plan given_plan(const Instance& instance) {
  Plan plan;
  plan.routes = instance.given;
  if (instance.promised.empty()) {
    return routing_check::timed(instance.problem, plan);
  }
  Problem promised = instance.problem;
  for (const auto& [stop, window] : instance.promised) {
    promised.stops.at(stop).windows = {window};
  }
  return routing_check::timed(promised, plan);
}

}  // namespace huan::wire_routing
