// SPDX-License-Identifier: Apache-2.0
// In which order a forest is best built: a site together with whatever it gives to, the most
// households for the money first (Horn 1972, Sidney 1975: cut into groups so, that no beginning of
// a group has a better ratio than the group, and no group a better one than a group before it).
#pragma once

#include <cstdint>
#include <vector>

namespace huan::siting_report {

struct Tree {
  std::vector<std::uint32_t> above;  ///< by site: what has to stand before; siting_problem::kNobody
  std::vector<double> money;         ///< yuan; not under 0
  std::vector<double> households;    ///< gained when the site and all above it stand
};

/// Groups of sites, each sites ascending, the best ratio first; what is above a site stands in its
/// own group or an earlier one. Sites without money and households are left out. `above` has no
/// cycle.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> building_order(const Tree& tree);

}  // namespace huan::siting_report
