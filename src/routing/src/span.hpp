// SPDX-License-Identifier: Apache-2.0
// A piece of a route in time: how long it takes at least, and between which begins it takes no
// longer. Pieces are joined in constant time (Vidal et al. 2013, §4.3), so that the duration of a
// route with a visit more is known without working the route out.
#pragma once

#include <algorithm>

#include "model.hpp"
#include "timing.hpp"

namespace huan::routing {

struct Span {
  double duration{0};
  double earliest{0};       ///< begins: before this one waits
  double latest{kForever};  ///< after this one is late; below `earliest` by more than kSlack: never
};

[[nodiscard]] inline Span span_of(const Site& site, double service) {
  return {service, site.from, site.to};
}

[[nodiscard]] inline bool in_time(const Span& span) {
  return span.earliest <= span.latest + kSlack;
}

/// `way`: from the end of a to the begin of b.
[[nodiscard]] inline Span joined(const Span& a, const Span& b, double way) {
  if (!in_time(a)) {
    return a;  // waiting must not make up for being late before
  }
  const double offset = a.duration + way;
  const double wait = std::max(0.0, b.earliest - offset - a.latest);
  return {a.duration + b.duration + way + wait, std::max(b.earliest - offset, a.earliest) - wait,
          std::min(b.latest - offset, a.latest)};
}

}  // namespace huan::routing
