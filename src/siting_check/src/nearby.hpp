// SPDX-License-Identifier: Apache-2.0
// Which candidates may be near a customer: strips across the plane (or of latitude), each sorted
// along the other way, so that a look touches little more than what is asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/problem.hpp"

namespace huan::siting_check {

class Nearby {
 public:
  /// Of a metric on points.
  explicit Nearby(const siting_problem::Problem& problem);

  /// Calls `look(candidate)` for every candidate within `distance` of a customer, and for others.
  template <class Look>
  void each(std::uint32_t customer, double distance, const Look& look) const {
    const Reach reach = reach_of(customer, distance);
    for (std::size_t s = reach.first; s <= reach.last; ++s) {
      const Strip& strip = strips_[s];
      for (std::size_t k = lower(strip, reach.from); k < strip.end && along_[k] <= reach.to; ++k) {
        look(order_[k]);
      }
    }
  }

 private:
  struct Strip {
    std::size_t begin{0};
    std::size_t end{0};
  };
  struct Reach {
    std::size_t first{1};  ///< strips; none when it is behind `last`
    std::size_t last{0};
    double from{0};  ///< along them
    double to{0};
  };
  [[nodiscard]] Reach reach_of(std::uint32_t customer, double distance) const;
  [[nodiscard]] std::size_t lower(const Strip& strip, double from) const;
  [[nodiscard]] std::size_t strip_of(double across) const;

  const siting_problem::Problem& problem_;
  bool sphere_{false};
  double low_{0};
  double width_{1};
  std::vector<Strip> strips_;
  std::vector<std::uint32_t> order_;
  std::vector<double> along_;  ///< by order_
};

}  // namespace huan::siting_check
