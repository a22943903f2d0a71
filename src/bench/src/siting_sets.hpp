// SPDX-License-Identifier: Apache-2.0
// Sets of places that are made here and not read: uniform points of a fixed seed, and a pack's
// whole network.
#pragma once

#include <string_view>
#include <vector>

#include "benches.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::bench {

struct LargeSet {
  const char* name;
  siting_problem::Kind kind;
  std::uint32_t customers;
  std::uint32_t candidates;  ///< the first of the customers, or points of their own when fewer
  std::int64_t p;
  double radius;  ///< of a square 21,475 wide
  double seconds;
};

[[nodiscard]] const std::vector<LargeSet>& large_sets();
[[nodiscard]] siting_problem::Problem large_problem(const LargeSet& set);

/// Plans the network of a pack (`data`, or Shanxi's counties), then again after one station was
/// dropped: what it takes, and what is lost beside planning anew. False when something is wrong.
[[nodiscard]] bool bench_tiered(const Options& options);

}  // namespace huan::bench
