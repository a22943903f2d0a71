// SPDX-License-Identifier: Apache-2.0
// What the stated rules ask in each area, by the checker's own counting.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/network.hpp"

namespace huan::siting_check {

using siting_problem::Network;

/// What one rule of numbers asks in each of its areas.
struct Asked {
  std::vector<double> sites;                         ///< by area
  std::vector<std::vector<std::uint32_t>> counting;  ///< by area: the sites that count there
};
[[nodiscard]] Asked asked_by(const Network& network, std::uint32_t rule,
                             const std::vector<std::uint8_t>& barred);

/// By area of a coverage rule: households asked, and the homes it speaks of.
struct Cover {
  std::vector<double> households;
  std::vector<std::vector<std::uint32_t>> homes;
};
[[nodiscard]] Cover cover_of(const Network& network, std::uint32_t rule);

/// By site: forbidden, or too near a home for what is built anew.
[[nodiscard]] std::vector<std::uint8_t> barred_sites(const Network& network);
/// By site: required, or existing where what exists is kept.
[[nodiscard]] std::vector<std::uint8_t> fixed_sites(const Network& network);

/// Points by latitude, for looking at those within a distance.
class Strips {
 public:
  explicit Strips(std::vector<siting_problem::Point> points);
  /// Calls `look(index, metres)` for all within `metres`, straight; may call for a few beyond.
  template <class Look>
  void within(const siting_problem::Point& from, double metres, const Look& look) const {
    const auto [begin, end] = band(from.y, metres);
    for (std::size_t k = begin; k < end; ++k) {
      const double apart = straight(from, sorted_[k]);
      if (apart <= metres) {
        look(order_[k], apart);
      }
    }
  }
  /// Of the nearest; infinite when there is none.
  [[nodiscard]] double nearest(const siting_problem::Point& from) const;

 private:
  [[nodiscard]] std::pair<std::size_t, std::size_t> band(double latitude, double metres) const;
  [[nodiscard]] static double straight(const siting_problem::Point& a,
                                       const siting_problem::Point& b);
  std::vector<std::uint32_t> order_;
  std::vector<siting_problem::Point> sorted_;
};

}  // namespace huan::siting_check
