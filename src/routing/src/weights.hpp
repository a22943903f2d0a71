// SPDX-License-Identifier: Apache-2.0
// The goals of a problem as one number for the search: earlier goals of a lexicographic objective
// weigh so much that nothing later makes up for them.
#pragma once

#include "huan/routing/problem.hpp"

namespace huan::routing {

struct Weights {
  double vehicles{0};
  double cost{0};
  double time{0};
  double travel{0};
  double distance{0};
  double prizes{1};
  double compactness{0};
  double balance{0};
  double stability{0};
  double reach{1};  ///< more than serving any one visit can cost, vehicles apart
  bool vehicles_before_ways{false};
};

[[nodiscard]] Weights weights_of(const Problem& problem);

}  // namespace huan::routing
