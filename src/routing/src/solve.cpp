// SPDX-License-Identifier: Apache-2.0
#include "huan/routing/solve.hpp"

#include "check.hpp"
#include "model.hpp"
#include "search.hpp"
#include "writing.hpp"

namespace huan::routing {

using base::Result;

Result<Plan> solve(const Problem& problem, const Options& options, const Stopwatch& watch,
                   const ProgressFn& progress) {
  HUAN_CHECK(check(problem));
  HUAN_CHECK(check_given(problem, options.start, "/start"));
  HUAN_CHECK(unsupported(problem, options));
  if (!(options.seconds >= 0) || (options.iterations && *options.iterations < 0)) {
    return bad_number("/seconds", "a budget is not below 0");
  }
  const Model model(problem, options);
  Search search(model, options, watch, progress);
  const Solution& solution = search.run();
  Plan plan = write_plan(model, solution);
  plan.summary.iterations = search.iterations();
  plan.summary.elapsed_s = options.iterations ? 0 : watch.elapsed_s();
  plan.summary.stopped = search.cause();
  return plan;
}

}  // namespace huan::routing
