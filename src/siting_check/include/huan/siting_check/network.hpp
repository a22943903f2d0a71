// SPDX-License-Identifier: Apache-2.0
// Whether a plan of a whole network holds: every stated rule counted again in every area, all
// material followed from its home to its last site and paid for again, and the lower bound derived
// again from the plan's prices. Shares no code with the solver and knows the network alone.
//
//   const auto found = siting_check::check_network(network, plan);
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::siting_check {

/// What one rule asks and what is there, over all of its areas.
struct RuleFinding {
  std::string rule;
  std::int64_t areas{0};    ///< in which it asks for something
  std::int64_t binding{0};  ///< of those: exactly as much as asked is there
  double asked{0};          ///< sites, households or yuan, summed
  double found{0};          ///< a site that counts for its neighbours, too, once for each area
  std::int64_t sites{0};    ///< open sites that a rule of numbers counts, each once
  std::string tightest;     ///< an area in which it binds
  std::vector<std::string> where;  ///< all of those
  bool permission{false};          ///< asks for nothing: the document permits
};

struct NetworkFound {
  double open{0};  ///< yuan a year
  double ways{0};
  double bound{0};
  double served_households{0};
  double all_households{0};
  std::vector<RuleFinding> rules;  ///< as the network lists them
};

/// wrong_answer with the place and the rule that is broken.
[[nodiscard]] base::Result<NetworkFound> check_network(const siting_problem::Network& network,
                                                       const siting_problem::NetworkPlan& plan);

/// No network serves more households than that for so much new money, yuan a year of its cost:
/// where a rule keeps capacities, each tier has to hold what is served, filled in parts by what
/// exists and then by what is cheapest for a tonne; the lightest households are served.
[[nodiscard]] double households_for(const siting_problem::Network& network, double money);

/// The same from a price for each home: that part of its households is credited to whatever site
/// within its reach may serve it, the rest counts as served; what exists, and whatever sites of the
/// first tier are credited with most for the money, the last in part. It holds for any prices of 0
/// to 1 (Lagrange), wrong_answer for others.
[[nodiscard]] base::Result<double> households_by_prices(const siting_problem::Network& network,
                                                        double money,
                                                        const std::vector<double>& prices);

}  // namespace huan::siting_check
