// SPDX-License-Identifier: Apache-2.0
// How time passes at a site and over a break, forwards (earliest) and backwards (latest). A state
// is the number of the slot's breaks that have been taken; breaks are taken in their order, where
// the vehicle stands, after a visit.
#pragma once

#include <algorithm>
#include <vector>

#include "model.hpp"

namespace huan::routing {

inline constexpr double kSlack = 1e-7;  ///< well below kTolerance

/// The begin of service of one who arrives then; kForever if too late.
[[nodiscard]] inline double begin_at(const Site& site, double arrival) {
  if (site.windows == nullptr) {
    const double begin = std::max(arrival, site.from);
    return begin <= site.to + kSlack ? begin : kForever;
  }
  for (const Window& window : *site.windows) {
    if (arrival <= window.to + kSlack) {
      return std::max(arrival, window.from);
    }
  }
  return kForever;
}

/// The latest begin of service that is not after `begin`; -kForever if there is none.
[[nodiscard]] inline double latest_begin(const Site& site, double begin) {
  if (site.windows == nullptr) {
    const double latest = std::min(begin, site.to);
    return latest >= site.from - kSlack ? latest : -kForever;
  }
  for (auto window = site.windows->rbegin(); window != site.windows->rend(); ++window) {
    if (begin >= window->from - kSlack) {
      return std::min(begin, window->to);
    }
  }
  return -kForever;
}

[[nodiscard]] inline double break_begin(const Break& rest, double from) {
  if (rest.windows.empty()) {
    return from;
  }
  for (const Window& window : rest.windows) {
    if (from <= window.to + kSlack) {
      return std::max(from, window.from);
    }
  }
  return kForever;
}

[[nodiscard]] inline double latest_break(const Break& rest, double begin) {
  if (rest.windows.empty()) {
    return begin;
  }
  for (auto window = rest.windows.rbegin(); window != rest.windows.rend(); ++window) {
    if (begin >= window->from - kSlack) {
      return std::min(begin, window->to);
    }
  }
  return -kForever;
}

/// `ready[k]`: when the service is over, k breaks taken. Adds those that can be taken here.
inline void take_breaks(const std::vector<Break>& breaks, double* ready) {
  for (std::size_t k = 0; k < breaks.size(); ++k) {
    const double begin = ready[k] < kForever ? break_begin(breaks[k], ready[k]) : kForever;
    ready[k + 1] = std::min(ready[k + 1], begin + breaks[k].duration_s);
  }
}

/// The same backwards: `leave[k]` is the latest that a vehicle with k breaks taken may leave.
inline void take_breaks_back(const std::vector<Break>& breaks, double* leave) {
  for (std::size_t k = breaks.size(); k > 0; --k) {
    const double begin = leave[k] > -kForever
                             ? latest_break(breaks[k - 1], leave[k] - breaks[k - 1].duration_s)
                             : -kForever;
    leave[k - 1] = std::max(leave[k - 1], begin);
  }
}

}  // namespace huan::routing
