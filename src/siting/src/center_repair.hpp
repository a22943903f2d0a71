// SPDX-License-Identifier: Apache-2.0
// A plan of a p-center made better hole by hole: the radius is set a little below the plan's; of
// the facilities near a customer who is then too far away, one moves to where it serves him and
// those whom nobody else serves, in the smallest ball around all of them. Where that is too large,
// the hole has moved on to somebody else.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "center_moves.hpp"
#include "random.hpp"

namespace huan::siting {

class CenterRepair {
 public:
  CenterRepair(const siting_problem::Problem& problem, const Space& space, Budget& budget);
  /// A plan with everybody nearer than before, and how far the farthest is; until smaller steps
  /// have failed or `share` of the limits is spent.
  double run(std::vector<std::uint32_t>& facilities, double share);

 private:
  bool reach(double radius, double share);
  void begin(double radius);
  void count(const Spot& spot, int by);
  void mend(std::uint32_t customer);
  [[nodiscard]] std::vector<Spot> only_by(std::size_t place) const;
  void move(std::size_t place, const Spot& to);

  const siting_problem::Problem& problem_;
  const Space& space_;
  Budget& budget_;
  Middles middles_;
  Random random_;
  std::vector<std::uint32_t> facilities_;
  std::vector<std::uint8_t> open_;
  KdTree tree_;                       ///< of the facilities' spots when the round began
  std::vector<std::uint32_t> rests_;  ///< by place: until so many moves
  std::uint32_t moves_{0};
  double limit_{0};                     ///< squared
  std::vector<std::uint32_t> times_;    ///< by customer: facilities within the radius
  std::vector<std::uint32_t> holes_;    ///< customers with none
  std::vector<std::uint32_t> hole_at_;  ///< by customer: place in holes_
};

}  // namespace huan::siting
