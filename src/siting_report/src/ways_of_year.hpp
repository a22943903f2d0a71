// SPDX-License-Identifier: Apache-2.0
// How what homes give travels while only a part of the whole plan's sites is open: as in the whole
// plan where its sites are open, else to the nearest open one that has room. What a site gives goes
// to one site, as everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "huan/siting_problem/network.hpp"

namespace huan::siting_report {

using siting_problem::Network;
using siting_problem::NetworkPlan;

class WaysOfYear {
 public:
  WaysOfYear(const Network& network, const NetworkPlan& whole);

  /// Nothing travels.
  void clear();
  /// Carries on what the homes of a site of the first tier give, over open sites that have room;
  /// with `as_in_whole` over those of the whole plan alone. False, and nothing changed, otherwise.
  bool carry(std::uint32_t leaf, const std::vector<std::uint8_t>& open, bool as_in_whole);
  [[nodiscard]] bool carries(std::uint32_t leaf) const { return now_.carries[leaf] != 0; }
  [[nodiscard]] double households() const { return now_.households; }
  [[nodiscard]] double households_of(std::uint32_t leaf) const { return households_of_[leaf]; }
  /// What is carried, over the open sites. Costs and status are not filled in.
  [[nodiscard]] NetworkPlan plan(const std::vector<std::uint8_t>& open) const;

  struct Carried {
    std::vector<double> load;  ///< by site, tonnes
    std::vector<std::uint32_t> next;
    std::vector<std::uint32_t> ship;
    std::vector<std::uint8_t> carries;
    double households{0};
  };
  [[nodiscard]] const Carried& carried() const { return now_; }
  void back_to(Carried before) { now_ = std::move(before); }

 private:
  struct Step {
    std::uint32_t from;
    std::uint32_t to;
    std::uint32_t material;  ///< kNobody: all of them
  };
  struct Load {
    std::uint32_t leaf;
    const std::vector<std::uint8_t>& open;
    bool as_in_whole;
  };

  [[nodiscard]] double need(std::uint32_t leaf, std::size_t material) const {
    return mass_[leaf * materials_ + material];
  }
  [[nodiscard]] double need(std::uint32_t leaf) const;
  [[nodiscard]] bool has_room(std::uint32_t site, double tonnes) const;
  bool way_from(std::uint32_t site, const Load& load, std::vector<Step>& steps) const;
  bool way_over(std::uint32_t site, std::uint32_t to, const Load& load,
                std::vector<Step>& steps) const;
  bool way_by_nearest(std::uint32_t site, const Load& load, std::vector<Step>& steps) const;
  bool ends_from(std::uint32_t site, const Load& load, std::vector<Step>& steps) const;
  [[nodiscard]] std::uint32_t end_of(std::uint32_t site, std::size_t material,
                                     const Load& load) const;
  /// Larger is nearer.
  [[nodiscard]] double nearness(std::uint32_t a, std::uint32_t b) const;

  const Network& network_;
  const NetworkPlan& whole_;
  std::size_t materials_;
  std::vector<std::array<double, 3>> spots_;         ///< by site: on the unit sphere
  std::vector<std::vector<std::uint32_t>> of_tier_;  ///< the whole plan's sites
  std::vector<double> mass_;                         ///< [leaf * materials + material], tonnes
  std::vector<double> households_of_;                ///< by leaf
  std::vector<double> room_;                         ///< by site, tonnes
  Carried now_;
};

}  // namespace huan::siting_report
