// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <algorithm>
#include <array>

#include "huan/base/quantity.hpp"
#include "huan/base/text.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::Problem;
using routing::Step;
using routing::StepType;

namespace {

constexpr std::array<std::string_view, 7> kSteps{"start",  "job",   "pickup", "delivery",
                                                 "unload", "break", "end"};
constexpr std::array<std::string_view, 15> kReasons{
    "no_vehicle", "skills",   "capacity",    "fleet_capacity", "windows",
    "duration",   "distance", "travel",      "stops",          "load_cap",
    "facility",   "zone",     "unreachable", "days",           "prize"};
constexpr std::array<std::string_view, 4> kCauses{"deadline", "iterations", "cancelled",
                                                  "nothing_to_do"};
constexpr std::array<std::string_view, 10> kGoals{
    "unserved", "prizes",      "vehicles",    "cost",    "time",
    "distance", "travel_time", "compactness", "balance", "stability"};
constexpr std::size_t kIdMax = 120;

}  // namespace

std::string_view name(StepType type) { return kSteps.at(static_cast<std::size_t>(type)); }

std::optional<StepType> parse_step_type(std::string_view name) {
  const auto at = std::find(kSteps.begin(), kSteps.end(), name);
  return at == kSteps.end() ? std::nullopt
                            : std::optional{static_cast<StepType>(at - kSteps.begin())};
}

std::string_view name(routing::ReasonCode code) {
  const auto i = static_cast<std::size_t>(code);
  return i < kReasons.size() ? kReasons.at(i) : "search";
}

std::string_view name(routing::StopCause cause) {
  return kCauses.at(static_cast<std::size_t>(cause));
}

std::string_view name(routing::Goal goal) { return kGoals.at(static_cast<std::size_t>(goal)); }

std::optional<routing::Goal> parse_goal(std::string_view name) {
  const auto at = std::find(kGoals.begin(), kGoals.end(), name);
  return at == kGoals.end() ? std::nullopt
                            : std::optional{static_cast<routing::Goal>(at - kGoals.begin())};
}

void write_id(json::Writer& w, const std::string& id) {
  const auto number = base::parse_integer(id);
  if (number && *number >= 0 && *number <= base::kIntegerMax) {
    w.integer(*number);
  } else {
    w.string(id);
  }
}

Result<std::string> read_id(const Node& node) {
  if (node.value.is_integer() && node.value.integer() >= 0) {
    return std::to_string(node.value.integer());
  }
  if (!node.value.is_string()) {
    return node.error(ErrorCode::bad_field, "a whole number from 0 on, or a text, is expected");
  }
  std::string id{node.value.string()};
  if (id.empty() || id.size() > kIdMax || base::parse_integer(id)) {
    return node.error(ErrorCode::bad_field, "1 to 120 bytes, and not a number in quotes");
  }
  return id;
}

Result<void> Names::add(StepType type, const std::string& id, Index index, const std::string& at) {
  if (!indices_.try_emplace({type, id}, index).second) {
    return base::Error{ErrorCode::bad_field, at, "id " + id + " stands twice"};
  }
  return {};
}

std::optional<Index> Names::find(StepType type, const std::string& id) const {
  const auto found = indices_.find({type, id});
  return found == indices_.end() ? std::nullopt : std::optional{found->second};
}

std::vector<StepType> types_of_stops(const Problem& problem) {
  std::vector<StepType> types(problem.stops.size(), StepType::job);
  for (const routing::Pair& pair : problem.pairs) {
    types.at(pair.pickup) = StepType::pickup;
    types.at(pair.delivery) = StepType::delivery;
  }
  return types;
}

Names names_of(const Problem& problem) {
  Names names;
  const auto types = types_of_stops(problem);
  const auto note = [&](StepType type, const std::string& id, std::size_t i) {
    static_cast<void>(names.add(type, id, static_cast<Index>(i), ""));  // the first one counts
  };
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    note(types[i], problem.stops[i].id, i);
  }
  for (std::size_t i = 0; i < problem.facilities.size(); ++i) {
    note(StepType::unload, problem.facilities[i].id, i);
  }
  for (std::size_t i = 0; i < problem.vehicles.size(); ++i) {
    note(StepType::start, problem.vehicles[i].id, i);
  }
  return names;
}

namespace {

/// A break by its id, or the next one in turn.
Result<Index> break_of(const Node& node, const routing::Shift& shift, Index next) {
  const auto id = node.find("id");
  if (!id) {
    if (next >= shift.breaks.size()) {
      return node.error(ErrorCode::bad_field, "the shift has no more breaks");
    }
    return next;
  }
  HUAN_TRY(name, read_id(*id));
  for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
    if (shift.breaks[b].id == name) {
      return static_cast<Index>(b);
    }
  }
  return id->error(ErrorCode::bad_field, "the shift has no break " + name);
}

Result<Index> named(const Node& node, std::string_view key, StepType type, const Names& names) {
  HUAN_TRY(id, node.need(key));
  HUAN_TRY(text, read_id(id));
  const auto index = names.find(type, text);
  if (!index) {
    return id.error(ErrorCode::bad_field,
                    "there is no " + std::string{key == "id" ? name(type) : key} + " " + text);
  }
  return *index;
}

Result<Step> read_step(const Node& node, const Names& names, const routing::Shift& shift,
                       Index next_break) {
  HUAN_TRY(type_node, node.need("type"));
  HUAN_TRY(type_name, type_node.text());
  const auto type = parse_step_type(type_name);
  if (!type) {
    return type_node.error(ErrorCode::bad_field,
                           "start, job, pickup, delivery, unload, break or end");
  }
  Step step;
  step.type = *type;
  if (*type == StepType::unload) {
    HUAN_TRY(facility, named(node, "facility", *type, names));
    step.facility = facility;
  } else if (*type == StepType::rest) {
    HUAN_TRY(rest, break_of(node, shift, next_break));
    step.rest = rest;
  } else if (*type != StepType::start && *type != StepType::end) {
    HUAN_TRY(stop, named(node, "id", *type, names));
    step.stop = stop;
  }
  HUAN_TRY(arrival, node.number_or("arrival", 0, kTimes));
  HUAN_TRY(waiting, node.number_or("waiting_time", 0, kTimes));
  HUAN_TRY(setup, node.number_or("setup", 0, kTimes));
  HUAN_TRY(service, node.number_or("service", 0, kTimes));
  step.arrival_s = arrival;
  step.waiting_s = waiting;
  HUAN_TRY(hold, node.number_or("hold", 0, kTimes));
  step.hold_s = hold;
  HUAN_TRY(around, node.boolean_or("around", false));
  step.around = around;
  step.setup_s = setup;
  step.service_s = service;
  return step;
}

}  // namespace

Result<routing::Route> read_steps(const Node& steps, const Names& names, const Problem& problem,
                                  const routing::Route& empty) {
  routing::Route route = empty;
  const routing::Shift& shift = problem.vehicles.at(route.vehicle).shifts.at(route.shift);
  HUAN_TRY(nodes, steps.list());
  Index next_break = 0;
  for (const Node& node : nodes) {
    HUAN_TRY(step, read_step(node, names, shift, next_break));
    next_break = step.type == StepType::rest ? step.rest + 1 : next_break;
    route.steps.push_back(std::move(step));
  }
  if (route.steps.empty() || route.steps.front().type != StepType::start) {
    route.steps.insert(route.steps.begin(), Step{.type = StepType::start});
  }
  if (route.steps.back().type != StepType::end) {
    route.steps.push_back(Step{.type = StepType::end});
  }
  return route;
}

}  // namespace huan::wire_routing
