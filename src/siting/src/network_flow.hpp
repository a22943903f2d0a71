// SPDX-License-Identifier: Apache-2.0
// Which open site gives to which, within capacities, from the homes upwards.
#pragma once

#include <cstdint>
#include <vector>

#include "network_level.hpp"

namespace huan::siting {

/// The open sites of each tier and the homes that are served.
struct Choice {
  std::vector<std::uint8_t> homes;
  std::vector<std::vector<std::uint32_t>> open;  ///< by tier
};

/// By site of the network: yuan a tonne from there on, over the open sites above, for which
/// `above` (by tier) holds the same. Of `sites` alone, which are of `tier`.
[[nodiscard]] std::vector<double> costs_after(const Ground& ground, const Choice& choice,
                                              const std::vector<std::vector<double>>& above,
                                              std::uint32_t tier,
                                              const std::vector<std::uint32_t>& sites);
[[nodiscard]] Onward onward_to(const Ground& ground, const Choice& choice,
                               const std::vector<double>& after, std::uint32_t tier, double rate);

struct Flow {
  std::vector<std::uint32_t> served;
  std::vector<std::uint32_t> next;
  std::vector<std::uint32_t> ship;
  std::vector<double> load;    ///< by site, tonnes
  std::vector<double> denied;  ///< by site: yuan a year more for those whom it had no room for
  double open_cost{0};
  double way_cost{0};
  bool whole{true};  ///< everything found a place within capacities

  [[nodiscard]] double cost() const { return open_cost + way_cost; }
};

/// Who gives to the tiers below `tier` stays as it was in `flow`.
struct Below {
  const Flow* flow{nullptr};
  std::uint32_t tier{0};
};

/// Opens further sites where capacities leave no other way and rules allow it.
[[nodiscard]] Flow flow_of(const Ground& ground, Choice& choice, const Below& below = {});

}  // namespace huan::siting
