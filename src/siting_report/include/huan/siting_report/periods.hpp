// SPDX-License-Identifier: Apache-2.0
// What is built in which year, when each year has a budget: every year's sites are a part of the
// whole plan's and hold those of the year before, so that nothing is built that a later year
// regrets. Within its money each year serves as many households as the choice finds, over what is
// open by then; the bound says how many of the plan's homes any network could serve for so much new
// money, by prices from which the checker derives it.
//
//   HUAN_TRY(years, siting_report::build_in_years(network, plan));
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::siting_report {

struct Year {
  std::string name;
  double budget{0};                   ///< of this year, with what was left of the years before
  double spent{0};                    ///< in this year
  std::vector<std::uint32_t> opened;  ///< in this year, ascending
  std::vector<std::uint32_t> open;    ///< in all
  double households{0};               ///< served at its end
  double households_most{0};          ///< of the plan's homes, for the money so far, by any network
  double cost{0};                     ///< of the sites open and the ways gone, yuan a year
};

/// Of a network with periods and its whole plan. wrong_answer when a year does not hold.
[[nodiscard]] base::Result<std::vector<Year>> build_in_years(
    const siting_problem::Network& network, const siting_problem::NetworkPlan& plan);

}  // namespace huan::siting_report
