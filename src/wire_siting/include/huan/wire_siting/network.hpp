// SPDX-License-Identifier: Apache-2.0
// A whole network's problem as GeoJSON (docs/siting.md): homes and candidate sites as points,
// tiers, rules and materials as members of the collection. Its plan as JSON, and back for the
// checker; what is changed in a network; the plan as a map.
//
//   HUAN_TRY(network, wire_siting::read_network(bytes));
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/json/value.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::wire_siting {

/// bad_json, bad_field, bad_number, bad_coordinates, duplicate_point (two of one id), too_large;
/// `at` is a pointer.
[[nodiscard]] base::Result<siting_problem::Network> read_network(std::string_view bytes);
[[nodiscard]] base::Result<siting_problem::Network> read_network(json::Value file);
[[nodiscard]] std::string to_geojson(const siting_problem::Network& network);

/// One rule: of a problem's `rules`, or of a pack's siting.toml. Tiers by name.
[[nodiscard]] base::Result<siting_problem::Rule> read_rule(
    json::Value value, const std::vector<siting_problem::Tier>& tiers, const std::string& at);

/// Already written JSON that goes into a plan's; empty: left out.
struct PlanNotes {
  std::string rules{};
  std::string years{};
  std::string changes{};
  std::string cost{};
  std::string households{};
  std::string sites{};
};
[[nodiscard]] std::string to_json(const siting_problem::Network& network,
                                  const siting_problem::NetworkPlan& plan,
                                  const PlanNotes& notes = {});
[[nodiscard]] base::Result<siting_problem::NetworkPlan> read_network_plan(
    std::string_view bytes, const siting_problem::Network& network);
[[nodiscard]] base::Result<siting_problem::NetworkPlan> read_network_plan(
    json::Value plan, const siting_problem::Network& network);

/// Open sites as points with their loads, and a line from each to where it gives to.
[[nodiscard]] std::string plan_to_geojson(const siting_problem::Network& network,
                                          const siting_problem::NetworkPlan& plan);

/// `{"drop": [ids], "open": [ids], "close": [ids], "move": [{"id", "to": [lon, lat]}], "add":
/// [{"id", "tier", "at": [lon, lat], "like": id}]}`: dropped and closed sites become forbidden,
/// opened and added ones required. Or a list of such objects, one after the other.
struct NetworkChange {
  std::vector<std::uint32_t> sites;  ///< that differ
  std::vector<std::string> told;     ///< each step as an object of its own, in order
};
[[nodiscard]] base::Result<NetworkChange> change_network(siting_problem::Network& network,
                                                         std::string_view bytes);
[[nodiscard]] base::Result<NetworkChange> change_network(siting_problem::Network& network,
                                                         json::Value change);

/// What is asked of a network in one document: the network itself (unless `known` is one), and as
/// members of it `change` and `from` (the plan before), both as above. What `from` was changed by
/// (its member `changes`) is changed first.
struct NetworkQuestion {
  siting_problem::Network network;
  std::optional<siting_problem::NetworkPlan> from;
  std::vector<std::uint32_t> changed;
  std::vector<std::string> changes;  ///< all of them, of `from` too
};
/// `before`: a plan's text, instead of a member `from`; may be empty.
[[nodiscard]] base::Result<NetworkQuestion> read_question(
    std::string_view bytes, std::optional<siting_problem::Network> known,
    std::string_view before = {});
/// The same of a network that is there: texts of the plan before and of the change, or empty.
[[nodiscard]] base::Result<void> differ(NetworkQuestion& question, std::string_view from,
                                        std::string_view change);

}  // namespace huan::wire_siting
