// SPDX-License-Identifier: Apache-2.0
// How far it is and how long it takes, straight from the problem.
#pragma once

#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing_check {

using routing::Index;
using routing::kForever;
using routing::kNone;
using routing::Load;
using routing::Problem;

/// a is over b by more than the tolerance.
[[nodiscard]] bool exceeds(double a, double b);

[[nodiscard]] std::int64_t amount_at(const Load& load, std::size_t dimension);
void add_to(Load& sum, const Load& load, std::int64_t sign = 1);

/// A way as it is driven: the first one, or its detour.
struct Way {
  Index from{kNone};
  Index to{kNone};
  bool around{false};
};
/// The profile's detour for the way; nullptr if it has none.
[[nodiscard]] const routing::Detour* detour_of(const routing::Travel& travel, const Way& way);
/// Its corners, the ends among them.
[[nodiscard]] std::vector<routing::Place> line_of(const Problem& problem,
                                                  const routing::Travel& travel, const Way& way);
/// As the profile measures a straight line.
[[nodiscard]] double measured(const routing::Travel& travel, const routing::Place& a,
                              const routing::Place& b);

/// 0 where either end is nowhere (kNone), and from a place to itself.
[[nodiscard]] double distance_of(const Problem& problem, const routing::Travel& travel,
                                 const Way& way);
/// Seconds at the speed of no slice.
[[nodiscard]] double nominal_time(const Problem& problem, const routing::Travel& travel,
                                  const Way& way);
/// Seconds on the way when it is begun at `depart`, `factor` being the vehicle's.
[[nodiscard]] double driving_time(const Problem& problem, const routing::Vehicle& vehicle,
                                  const Way& way, double depart);

}  // namespace huan::routing_check
