// SPDX-License-Identifier: Apache-2.0
// How far it is and how long it takes, straight from the problem.
#pragma once

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

/// 0 where either end is nowhere (kNone), and from a place to itself.
[[nodiscard]] double distance_between(const Problem& problem, const routing::Travel& travel,
                                      Index from, Index to);
/// Seconds at the speed of no slice.
[[nodiscard]] double nominal_time(const Problem& problem, const routing::Travel& travel, Index from,
                                  Index to);
/// Seconds on the way when it is begun at `depart`, `factor` being the vehicle's.
[[nodiscard]] double driving_time(const Problem& problem, const routing::Vehicle& vehicle,
                                  Index from, Index to, double depart);

}  // namespace huan::routing_check
