// SPDX-License-Identifier: Apache-2.0
// Places in the order of a Hilbert curve through them: what is near in the plane is near in the
// tables, too. The search reads the ways between neighbours most; as files number their places,
// each of these reads is one of another line of memory (2 to 3 times as slow from 1,000 places on).
#pragma once

#include <vector>

#include "huan/routing/plan.hpp"
#include "huan/routing/problem.hpp"

namespace huan::routing {

class SpatialOrder {
 public:
  explicit SpatialOrder(const Problem& problem);
  /// Whether ways are measured between coordinates: matrices stay as they are given.
  [[nodiscard]] static bool suits(const Problem& problem);
  /// The same problem with its places numbered along the curve.
  [[nodiscard]] Problem ordered(const Problem& problem) const;
  /// Gives the places in a plan of the ordered problem their own numbers back.
  void restore(Plan& plan) const;

 private:
  std::vector<Index> given_;  ///< by rank: the place's own number
  std::vector<Index> rank_;   ///< the other way round
};

}  // namespace huan::routing
