// SPDX-License-Identifier: Apache-2.0
// The whole network at once: which sites of every tier are open, which homes are served and how all
// that they give travels on, with a lower bound that follows from prices in the plan, so that a
// checker can derive it again. Rules hold in every plan that is given; where they cannot hold
// together, the answer names a set of rules none of which can be spared. Equal seeds and
// iterations (without seconds) give equal bytes.
//
//   const auto plan = siting::solve_network(network, limits);
//   if (plan && plan->status == Status::infeasible) { …plan->conflict… }
#pragma once

#include <optional>
#include <string>

#include "huan/base/result.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::siting {

/// bad_problem, bad_coordinates, bad_demand, duplicate_point; `at` is the home, site, tier or rule.
[[nodiscard]] base::Result<void> check_network(const siting_problem::Network& network);

/// Where no plan was found, `infeasible` with the rules in conflict: `proven` when counting or a
/// bound rules a plan out, `settled` when searches find one without any one of the rules, and none
/// with all.
[[nodiscard]] base::Result<siting_problem::NetworkPlan> solve_network(
    const siting_problem::Network& network, const Limits& limits);

/// Begins from a plan of a network that differs in little and looks first around what differs.
/// `plan` speaks of `network`: sites that are gone are left out of it before.
[[nodiscard]] base::Result<siting_problem::NetworkPlan> resolve_network(
    const siting_problem::Network& network, const siting_problem::NetworkPlan& plan,
    const std::vector<std::uint32_t>& changed, const Limits& limits);

/// Changes a rule of the network by one step towards asking less, and says which: what the rule
/// costs is seen from a plan of that. Nothing for a permission, which asks for nothing.
[[nodiscard]] std::optional<std::string> ease_rule(siting_problem::Network& network,
                                                   std::uint32_t rule);

/// New money, yuan a year, and households that some plan serves for it.
struct HouseholdsFor {
  double money{0};
  double served{0};
};

/// For each, by home: which part of its households to credit its site of the first tier with, so
/// that what the money could serve at most follows (siting_check::households_for). Empty where the
/// first tier reaches everybody.
[[nodiscard]] std::vector<std::vector<double>> prices_of_homes(
    const siting_problem::Network& network, const std::vector<HouseholdsFor>& asks);

/// Yuan a year: of the open sites, and of all ways.
struct NetworkCost {
  double open{0};
  double ways{0};
};
[[nodiscard]] NetworkCost cost_of(const siting_problem::Network& network,
                                  const siting_problem::NetworkPlan& plan);

}  // namespace huan::siting
