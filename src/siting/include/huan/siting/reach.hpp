// SPDX-License-Identifier: Apache-2.0
// Who has a place within walking distance, by district, urban and rural, and who has none. Whether
// a place is open or takes anything is the caller's business.
//
//   const Reach now = siting::reach_of(network, {{114.5, 38.0}}, 500);
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/network.hpp"

namespace huan::siting {

struct ReachRow {
  std::uint32_t district{0};
  bool urban{false};
  double households{0};
  double people{0};
  double households_reached{0};
  double people_reached{0};
};

struct Reach {
  std::vector<ReachRow> rows;          ///< by district, urban before rural; without empty ones
  std::vector<std::uint32_t> gaps;     ///< homes that are not reached
  std::vector<double> nearest_metres;  ///< by home, detour included; below 0: no place at all
};

/// `metres` along ways: the straight line times the network's detour.
[[nodiscard]] Reach reach_of(const siting_problem::Network& network,
                             const std::vector<siting_problem::Point>& places, double metres);
/// Reached is who the plan serves.
[[nodiscard]] Reach reach_of(const siting_problem::Network& network,
                             const siting_problem::NetworkPlan& plan);

}  // namespace huan::siting
