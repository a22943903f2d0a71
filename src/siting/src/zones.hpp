// SPDX-License-Identifier: Apache-2.0
// Zones that sites keep away from, by bands of latitude, so that a site looks at few of their
// edges.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "huan/siting_problem/network.hpp"

namespace huan::siting {

class ZoneBands {
 public:
  /// Of the zones called `kind`, or of all.
  ZoneBands(const siting_problem::Network& network, std::string_view kind, double metres);
  /// Inside a filled zone, or within the metres of any edge or point.
  [[nodiscard]] bool near(const siting_problem::Point& site) const;

 private:
  struct Edge {
    siting_problem::Point from;
    siting_problem::Point to;
    std::uint32_t zone{0};
    bool filled{false};
  };
  void add(const siting_problem::Zone& zone, std::uint32_t number);
  [[nodiscard]] std::size_t band(double latitude) const;

  double metres_;
  double low_{0};
  double height_{1};
  std::vector<Edge> edges_;
  std::vector<std::vector<std::uint32_t>> bands_;
};

}  // namespace huan::siting
