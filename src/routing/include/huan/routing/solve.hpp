// SPDX-License-Identifier: Apache-2.0
// Finds a plan for a Problem within a budget. Guarantees: the plan breaks no rule of the problem
// (what cannot be served is listed, with reasons); the same problem, seed and budget in iterations
// give the same plan on any number of threads; it ends within 50 ms of its deadline if that is at
// least 100 ms. Does not: prove a plan best; read files, clocks or the environment.
//
//   Options options;
//   options.seconds = 10;
//   Result<Plan> plan = solve(problem, options, watch);
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/routing/plan.hpp"
#include "huan/routing/problem.hpp"

namespace huan::routing {

/// Time as the caller measures it: CPU seconds for benchmarks, a wall clock for people. With more
/// than one thread it is asked by each of them.
class Stopwatch {
 public:
  virtual ~Stopwatch() = default;
  /// Seconds since the search may have begun; never falls.
  [[nodiscard]] virtual double elapsed_s() const = 0;
};

struct Options {
  double seconds{10};                        ///< unless iterations are given; at least 0
  std::optional<std::int64_t> iterations{};  ///< instead of seconds, at least 0
  std::uint64_t seed{1};
  std::uint32_t threads{1};         ///< 1–16
  std::vector<GivenRoute> start{};  ///< warm start; frozen visits stay
};

struct Progress {
  double elapsed_s{0};
  std::int64_t iterations{0};
  double fraction{0};  ///< of the budget, 0–1
  double best{0};      ///< the search's own measure; falls
  std::uint32_t routes{0};
  std::uint32_t unserved{0};
};
/// Called now and then (at least each 100 ms or so) from the calling thread; false ends the search
/// with the best plan so far.
using ProgressFn = std::function<bool(const Progress&)>;

/// Errors: those of check(), and not_supported with the field's pointer for what the model can say
/// but the solver cannot do yet (see unsupported()).
[[nodiscard]] base::Result<Plan> solve(const Problem& problem, const Options& options,
                                       const Stopwatch& watch, const ProgressFn& progress = {});

/// The first field of the problem that solve() would refuse as not_supported; nothing if none.
[[nodiscard]] base::Result<void> unsupported(const Problem& problem, const Options& options);

}  // namespace huan::routing
