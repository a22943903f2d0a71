// SPDX-License-Identifier: Apache-2.0
// What the searches for a p-center of many points have in common: who is farthest from a plan, and
// facilities that move to the middle of whom they serve.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/problem.hpp"
#include "space.hpp"

namespace huan::siting {

/// How far each customer is from the nearest spot named so far (Gonzalez 1985), with the farthest
/// below each node of the tree.
class Farthest {
 public:
  explicit Farthest(const Space& space);
  Farthest(const Space& space, const std::vector<std::uint32_t>& facilities);

  void add(const Spot& spot) { update(spot, 0); }
  /// The squared distance of the farthest one.
  [[nodiscard]] double widest() const { return widest_.front(); }
  [[nodiscard]] std::uint32_t farthest() const;
  /// Who is as far as `radius` or farther, neighbours near each other.
  [[nodiscard]] std::vector<std::uint32_t> beyond(double radius) const;

 private:
  void update(const Spot& spot, std::uint32_t at);

  const Space& space_;
  const KdTree& tree_;
  std::vector<double> away_;  ///< by place in the tree's order
  std::vector<double> widest_;
};

/// The point of a tree that is nearest to a spot.
[[nodiscard]] std::uint32_t nearest_in(const KdTree& tree, const Spot& spot);

/// Of spots, at least one: the farthest from another.
[[nodiscard]] const Spot& farthest_of(const std::vector<Spot>& spots, const Spot& from);

/// The middle of the smallest ball around some spots, at least one, nearly.
[[nodiscard]] Spot middle_of(const std::vector<Spot>& spots);

class Middles {
 public:
  Middles(const siting_problem::Problem& problem, const Space& space)
      : problem_(problem), space_(space) {}

  /// The candidate nearest to a spot that is not open and may be.
  [[nodiscard]] std::uint32_t nearest_free(const Spot& spot,
                                           const std::vector<std::uint8_t>& open) const;
  /// Each facility to the middle of the spots that it serves, as near as a candidate is.
  void move(std::vector<std::uint32_t>& facilities,
            const std::vector<std::vector<Spot>>& served) const;
  /// The same of customers, each served by the nearest.
  void move(std::vector<std::uint32_t>& facilities,
            const std::vector<std::uint32_t>& customers) const;
  /// The same of the rims alone of what each serves: holes between facilities are on the rims of
  /// all around them, so that these draw together. Returns how far the farthest was before that.
  double draw_together(std::vector<std::uint32_t>& facilities,
                       const std::vector<std::uint32_t>& customers) const;

 private:
  const siting_problem::Problem& problem_;
  const Space& space_;
};

}  // namespace huan::siting
