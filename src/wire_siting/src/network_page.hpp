// SPDX-License-Identifier: Apache-2.0
// Parts of the page of a whole network's report.
#pragma once

#include <string>
#include <string_view>

#include "huan/wire_siting/network_report.hpp"

namespace huan::wire_siting {

/// The colour that a tier's sites have on the map and in the tables.
[[nodiscard]] std::string_view tier_colour(std::size_t tier);

/// Homes, sites and ways of the upper tiers as inline SVG.
[[nodiscard]] std::string page_map(const siting_problem::Network& network,
                                   const siting_problem::NetworkPlan& plan,
                                   base::Language language);

}  // namespace huan::wire_siting
