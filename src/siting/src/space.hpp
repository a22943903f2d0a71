// SPDX-License-Identifier: Apache-2.0
// Who is how far from whom, asked from both sides: points in a tree, or rows sorted by distance. A
// customer that nothing reaches is `far()` away from being served.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "huan/siting_problem/problem.hpp"
#include "kd_tree.hpp"

namespace huan::siting {

using siting_problem::Metric;
using siting_problem::Problem;

inline constexpr std::uint32_t kNone = 0xFFFF'FFFF;

/// Rows of (other, distance), each sorted by distance, then number.
struct Rows {
  std::vector<std::uint64_t> start;
  std::vector<std::uint32_t> other;
  std::vector<double> distance;
};

class Space {
 public:
  /// `beyond`: times what is added to a way beyond the reach.
  explicit Space(const Problem& problem, double beyond = 1);
  /// Linked pairs are 0 apart, all others 1.
  [[nodiscard]] static Space of_links(const Problem& problem);
  /// Of points: pairs within the problem's radius are 0 apart, all others 1; nothing is listed.
  [[nodiscard]] static Space covering(const Problem& problem);

  /// Other customers and candidates under the same metric; of a space on points.
  [[nodiscard]] Space on_spots(std::vector<Spot> customers, std::vector<Spot> candidates) const;

  [[nodiscard]] std::uint32_t customers() const { return customers_; }
  [[nodiscard]] std::uint32_t candidates() const { return candidates_; }
  [[nodiscard]] bool on_points() const { return on_points_; }
  [[nodiscard]] bool on_sphere() const { return metric_ == Metric::great_circle; }
  /// Plain ways are convex in spots.
  [[nodiscard]] bool is_convex() const { return on_sphere() || metric_ == Metric::planar; }
  [[nodiscard]] double far() const { return far_; }
  [[nodiscard]] double distance(std::uint32_t candidate, std::uint32_t customer) const;
  /// Squared distance of spots to the metric's, and a spot radius that is not too small.
  [[nodiscard]] double metric(double spot_squared) const {
    const double plain = way(spot_squared);
    if (covers_ >= 0) {
      return plain <= covers_ ? 0 : 1;
    }
    return plain > reach_ ? plain + beyond_ : plain;
  }
  /// Beyond the problem's reach every way is so much longer: a plan without such ways costs what it
  /// costs, and a bound on all plans holds for those.
  [[nodiscard]] double beyond() const { return beyond_; }
  [[nodiscard]] double reach() const { return reach_; }
  [[nodiscard]] bool is_covering() const { return covers_ >= 0; }
  [[nodiscard]] double way(double spot_squared) const {
    return metric_ == Metric::planar ? std::sqrt(spot_squared) * detour_
                                     : other_metric(spot_squared);
  }
  [[nodiscard]] double spot_radius(double distance) const;

  [[nodiscard]] const KdTree& customer_tree() const { return customer_tree_; }
  [[nodiscard]] const KdTree& candidate_tree() const { return candidate_tree_; }
  [[nodiscard]] const Spot& customer_spot(std::uint32_t k) const { return customer_spots_[k]; }
  [[nodiscard]] const Spot& candidate_spot(std::uint32_t k) const { return candidate_spots_[k]; }
  [[nodiscard]] const Rows& by_customer() const { return by_customer_; }
  [[nodiscard]] const Rows& by_candidate() const { return by_candidate_; }

  /// Calls `look(candidate, distance)` for the candidates nearer than `radius` to a customer, in no
  /// particular order.
  template <class Look>
  void near(std::uint32_t customer, double radius, const Look& look) const {
    if (!on_points_) {
      for (std::uint64_t k = by_customer_.start[customer]; k < by_customer_.start[customer + 1];
           ++k) {
        if (by_customer_.distance[k] >= radius) {
          return;
        }
        look(by_customer_.other[k], by_customer_.distance[k]);
      }
      return;
    }
    const double reach = spot_radius(radius);
    const double limit = reach * reach;
    candidate_tree_.walk(
        customer_spots_[customer], [&](std::uint32_t, double away) { return away <= limit; },
        [&](std::uint32_t candidate, double apart) {
          if (apart <= limit) {
            const double d = metric(apart);
            if (d < radius) {
              look(candidate, d);
            }
          }
        });
  }

 private:
  Space() = default;
  [[nodiscard]] double other_metric(double spot_squared) const;
  void rows_from_customers();

  Metric metric_{Metric::planar};
  bool on_points_{false};
  double covers_{-1};  ///< radius of a space of 0 and 1 on points
  double detour_{1};
  double reach_{std::numeric_limits<double>::infinity()};
  double beyond_{0};
  double far_{std::numeric_limits<double>::infinity()};
  std::uint32_t customers_{0};
  std::uint32_t candidates_{0};
  std::vector<Spot> customer_spots_;
  std::vector<Spot> candidate_spots_;
  KdTree customer_tree_;
  KdTree candidate_tree_;
  Rows by_customer_;
  Rows by_candidate_;
};

}  // namespace huan::siting
