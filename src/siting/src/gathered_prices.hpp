// SPDX-License-Identifier: Apache-2.0
// What opening a candidate would save against the multipliers, from a tree of customers. Those of
// a box that lie within their multipliers, all of them, count as one at their centre of weight: the
// sum of their ways is not under the way to it (Jensen's inequality; ways in space are convex), so
// that no rho comes out over what it is, and a bound from these holds. What is far is gathered from
// larger boxes (Barnes and Hut 1986), so that a candidate looks at the rim of its reach instead of
// at everybody within.
#pragma once

#include <cstdint>
#include <vector>

#include "space.hpp"

namespace huan::siting {

class GatheredPrices {
 public:
  GatheredPrices(const Space& space, const std::vector<double>& weight);

  /// Ways have to be convex in space: no reach, no rounding, no covering.
  [[nodiscard]] static bool fits(const Space& space);

  void set(const std::vector<double>& multipliers);
  /// Sum of w*min(0, d - nu) over the customers, or a little less.
  [[nodiscard]] double rho(std::uint32_t candidate) const;

 private:
  struct Box {
    Spot centre{};  ///< of weight
    double weight{0};
    double paid{0};         ///< sum of w*nu
    double all_within{0};   ///< spot radius that is within everybody's multiplier
    double none_beyond{0};  ///< spot radius, squared, beyond which is nobody's
    double size{0};         ///< farthest from the centre that a corner lies
  };

  const Space& space_;
  std::vector<Box> boxes_;      ///< by node of the customer tree
  std::vector<double> weight_;  ///< in the tree's order, as those below
  std::vector<double> nu_;
  std::vector<double> limit_;  ///< spot radius of nu, squared
};

}  // namespace huan::siting
