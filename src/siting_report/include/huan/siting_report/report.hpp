// SPDX-License-Identifier: Apache-2.0
// A whole network planned for somebody to decide on: the plan, what the independent checker counted
// in it, what every rule that binds costs (the plan again with that rule eased by one step), and
// what is built in which year. Nothing is handed out that the checker has not passed, eased plans
// and years included.
//
//   HUAN_TRY(report, siting_report::plan_network(network, {.costs = true}, limits));
//   report.costs[0].saves   // yuan a year
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/siting_problem/network.hpp"
#include "huan/siting_report/periods.hpp"

namespace huan::siting_report {

/// A rule eased by one step, and the plan again from the one before.
struct RuleCost {
  std::uint32_t rule{0};
  std::string step;  ///< towards asking less
  double upper{0};   ///< what that plan costs, yuan a year
  double saves{0};   ///< the plan's cost less that; not below 0
};

struct Report {
  siting_problem::NetworkPlan plan;
  siting_check::NetworkFound found;  ///< empty when infeasible
  std::vector<RuleCost> costs;       ///< of the rules that bind, as the network lists them
  std::size_t not_eased{0};          ///< rules that bind for which no time was left
  std::vector<Year> years;
};

struct Wishes {
  const siting_problem::NetworkPlan* from{nullptr};  ///< to begin with
  std::vector<std::uint32_t> changed;                ///< sites that differ from it
  bool costs{false};                                 ///< ease every rule that binds
};

/// What solve_network() refuses; wrong_answer is a bug of ours.
[[nodiscard]] base::Result<Report> plan_network(const siting_problem::Network& network,
                                                const Wishes& wishes, const siting::Limits& limits);

}  // namespace huan::siting_report
