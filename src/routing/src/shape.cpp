// SPDX-License-Identifier: Apache-2.0
// What a route costs beside its ways: its time, its detours, its shape.
#include <algorithm>

#include "tours.hpp"

namespace huan::routing {

double Tours::time_cost(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  if (slot.per_duration <= 0 && slot.per_overtime <= 0 && durations_.empty() && !slot.detours) {
    return 0;
  }
  double duration = 0;
  double detours = 0;
  if (model_->spans) {
    duration = before(end(route)).duration;
  } else if (timetable_.fits(route, codes(route))) {
    duration = timetable_.duration();
    detours = timetable_.detour_cost();
  }
  if (!durations_.empty()) {
    durations_[static_cast<std::size_t>(route)] = duration;
  }
  const double over = std::max(0.0, duration - slot.caps->duration_max_s);
  return detours + slot.per_duration * duration + (over > 0 ? slot.per_overtime * over : 0);
}

double Tours::imbalance() const {
  double least = kForever;
  double most = 0;
  for (std::size_t r = 0; r < durations_.size(); ++r) {
    if (stops_[r] > 0) {
      least = std::min(least, durations_[r]);
      most = std::max(most, durations_[r]);
    }
  }
  return least < kForever ? most - least : 0;
}

/// What the route adds to compactness and stability.
double Tours::shape_cost(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  double cost = 0;
  if (model_->stability > 0) {
    for (const int i : chain_) {
      cost += is_visit(i) ? model_->away(i, slot) : 0;
    }
  }
  if (model_->compactness <= 0) {
    return cost;
  }
  double least = kForever;
  for (const int i : chain_) {
    double sum = 0;
    for (const int j : chain_) {
      sum += is_visit(i) && is_visit(j) ? slot.ways->distance(node(i).place, node(j).place) : 0;
    }
    if (is_visit(i) && sum < least) {
      least = sum;
      middles_[static_cast<std::size_t>(route)] = node(i).place;
    }
  }
  return cost + (least < kForever ? model_->compactness * least : 0);
}

}  // namespace huan::routing
