// SPDX-License-Identifier: Apache-2.0
// The words of VROOM's JSON for steps, and ids, which are numbers there and may be texts of ours.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "huan/base/result.hpp"
#include "huan/json/writer.hpp"
#include "huan/routing/plan.hpp"
#include "node.hpp"

namespace huan::wire_routing {

[[nodiscard]] std::string_view name(routing::StepType type);
[[nodiscard]] std::optional<routing::StepType> parse_step_type(std::string_view name);
[[nodiscard]] std::string_view name(routing::ReasonCode code);
[[nodiscard]] std::string_view name(routing::StopCause cause);
[[nodiscard]] std::string_view name(routing::Goal goal);
[[nodiscard]] std::optional<routing::Goal> parse_goal(std::string_view name);

/// A whole number as a number, anything else as a text.
void write_id(json::Writer& w, const std::string& id);
/// A whole number from 0 on, or a text that is none.
[[nodiscard]] base::Result<std::string> read_id(const Node& node);

/// What a step may name, by what it is called. Pickups and deliveries have numbers of their own.
class Names {
 public:
  /// bad_field with `at`: the name is taken.
  base::Result<void> add(routing::StepType type, const std::string& id, routing::Index index,
                         const std::string& at);
  [[nodiscard]] std::optional<routing::Index> find(routing::StepType type,
                                                   const std::string& id) const;

 private:
  std::map<std::pair<routing::StepType, std::string>, routing::Index> indices_;
};

/// Of a problem's stops and facilities (as `unload`), and its vehicles (as `start`).
[[nodiscard]] Names names_of(const routing::Problem& problem);
/// job, or pickup or delivery of a pair, by stop.
[[nodiscard]] std::vector<routing::StepType> types_of_stops(const routing::Problem& problem);

/// The steps of one route: `{"type":"job","id":7}` and so on. Start and end may be left out.
[[nodiscard]] base::Result<routing::Route> read_steps(const Node& steps, const Names& names,
                                                      const routing::Problem& problem,
                                                      const routing::Route& empty);

}  // namespace huan::wire_routing
