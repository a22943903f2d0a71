// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timetable.hpp"
#include "timing.hpp"

namespace huan::routing {

struct Solution {
  std::vector<std::vector<Code>> routes;  ///< by slot
  std::vector<int> absent;
  double cost{kForever};  ///< with the penalties of what is absent
};

}  // namespace huan::routing
