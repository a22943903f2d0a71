// SPDX-License-Identifier: Apache-2.0
// What a network's stated rules come to, area by area, and where everything lies.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/network.hpp"
#include "kd_tree.hpp"

namespace huan::siting {

using siting_problem::kNobody;
using siting_problem::Network;

inline constexpr double kMetresPerKm = 1'000;

/// A rule of numbers in one area: how many of these sites may be open.
struct Group {
  std::uint32_t rule{0};
  std::uint32_t area{0};
  bool most{false};  ///< at most `bound`; otherwise at least
  std::int64_t bound{0};
  std::vector<std::uint32_t> sites;  ///< that may be open
};

/// So many households of these homes are to be served.
struct Share {
  std::uint32_t rule{0};
  std::uint32_t area{0};
  double households{0};  ///< asked
  std::vector<std::uint32_t> homes;
};

struct Ground {
  /// With the rules of which `of_rules` is not 0; empty: with all.
  explicit Ground(const Network& of, std::vector<std::uint8_t> of_rules = {});

  const Network& network;
  std::vector<std::uint8_t> active;  ///< by rule; empty: all
  std::vector<Spot> home_spots;
  std::vector<Spot> site_spots;
  std::vector<double> home_mass;
  std::vector<double> mix;                        ///< share of each material in all mass
  std::vector<std::uint8_t> out;                  ///< by site: may not be open
  std::vector<std::uint8_t> must;                 ///< by site: has to be open
  std::vector<std::vector<std::uint32_t>> sites;  ///< by tier: that may be open
  std::vector<Group> groups;
  std::vector<std::vector<std::uint32_t>> groups_of;  ///< by site
  std::vector<Share> shares;
  std::vector<std::vector<std::uint32_t>> shares_of;  ///< by home; nowhere: need not be served
  bool capacities{false};
  double room{1};    ///< sites take in so many times their stated capacity
  double budget{0};  ///< 0: none
  std::uint32_t budget_rule{kNobody};

  [[nodiscard]] std::size_t tiers() const { return network.tiers.size(); }
  [[nodiscard]] double metres(const Spot& a, const Spot& b) const;
  [[nodiscard]] double metres_of(double spot_squared) const;
  /// Chord of a distance in metres (detour included), for searches in a tree.
  [[nodiscard]] double chord(double metres) const;
  [[nodiscard]] double capacity(std::uint32_t site) const;
  /// New money: what exists is paid for already.
  [[nodiscard]] double money(std::uint32_t site) const;

 private:
  void place_all();
  void rule_out();
  void rule_out_zones();
  void count_rules(const siting_problem::Rule& rule, std::uint32_t index);
  void share_rules(const siting_problem::Rule& rule, std::uint32_t index);
};

[[nodiscard]] Spot spot_of(const siting_problem::Point& point);

}  // namespace huan::siting
