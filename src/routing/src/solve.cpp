// SPDX-License-Identifier: Apache-2.0
#include "huan/routing/solve.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "check.hpp"
#include "model.hpp"
#include "search.hpp"
#include "spatial_order.hpp"
#include "writing.hpp"

namespace huan::routing {

using base::Result;

namespace {

Result<void> check_options(const Problem& problem, const Options& options) {
  if (!(options.seconds >= 0) || (options.iterations && *options.iterations < 0)) {
    return bad_number("/seconds", "a budget is not below 0");
  }
  if (options.threads < 1 || options.threads > 16) {
    return bad_number("/threads", "from 1 to 16");
  }
  return check_given(problem, options.start, "/start");
}

Result<void> check_frozen(const Model& model) {
  Timetable timetable(model);
  timetable.hurry(false);
  for (std::size_t slot = 0; slot < model.slots.size(); ++slot) {
    const auto count = static_cast<std::size_t>(model.frozen_codes[slot]);
    const auto& given = model.given[slot];
    const std::span<const Code> codes(given.data(), count);
    if (count > 0 && !timetable.fits(static_cast<int>(slot), codes)) {
      return bad_field("/start", "the frozen visits of vehicle " +
                                     model.problem->vehicles[model.slots[slot].vehicle].id +
                                     " break a rule");
    }
  }
  return {};
}

/// What a vehicle has on board of a pair has to be left by it.
Result<void> check_left(const Model& model, const Solution& solution) {
  for (const int visit : solution.absent) {
    const int pickup = model.mate(visit);
    if (pickup >= 0 && model.open_pickup(pickup)) {
      const Index stop = model.stop_of[static_cast<std::size_t>(visit)];
      return bad_field("/start", "no way was found to deliver at " + model.problem->stops[stop].id +
                                     " what a frozen visit has picked up");
    }
  }
  return {};
}

struct Found {
  Solution solution;
  std::int64_t iterations{0};
  StopCause cause{StopCause::deadline};
};

/// Searches side by side from different seeds; the best counts, of equals the first. A budget in
/// iterations is spent by one search, so that the number of threads changes nothing.
std::vector<Found> search_all(const Model& model, const Options& options, const Stopwatch& watch,
                              const ProgressFn& progress) {
  const std::size_t count = options.iterations ? 1 : options.threads;
  std::vector<Found> found(count);
  std::atomic<bool> cancelled{false};
  const auto search = [&](std::size_t k) {
    Options own = options;
    own.seed = options.seed + 1'000'003 * k;
    const ProgressFn watched = [&, k](const Progress& at) {
      if (k == 0 && progress && !progress(at)) {
        cancelled = true;
      }
      return !cancelled;
    };
    Search one(model, own, watch, watched);
    found[k] = {one.run(), one.iterations(), one.cause()};
  };
  std::vector<std::thread> threads;
  threads.reserve(count - 1);
  for (std::size_t k = 1; k < count; ++k) {
    threads.emplace_back(search, k);
  }
  search(0);
  for (std::thread& thread : threads) {
    thread.join();
  }
  return found;
}

Result<Plan> solve_as_given(const Problem& problem, const Options& options, const Stopwatch& watch,
                            const ProgressFn& progress) {
  const Deadline until = options.iterations ? Deadline{} : Deadline{watch, options.seconds};
  const Model model(problem, options, until);
  HUAN_CHECK(check_frozen(model));
  const std::vector<Found> found = search_all(model, options, watch, progress);
  const auto best = std::min_element(
      found.begin(), found.end(),
      [](const Found& a, const Found& b) { return a.solution.cost < b.solution.cost; });
  HUAN_CHECK(check_left(model, best->solution));
  Plan plan = write_plan(model, best->solution);
  for (const Found& one : found) {
    plan.summary.iterations += one.iterations;
  }
  plan.summary.elapsed_s = options.iterations ? 0 : watch.elapsed_s();
  plan.summary.stopped = found.front().cause;
  return plan;
}

}  // namespace

Result<Plan> solve(const Problem& problem, const Options& options, const Stopwatch& watch,
                   const ProgressFn& progress) {
  HUAN_CHECK(check(problem));
  HUAN_CHECK(check_options(problem, options));
  HUAN_CHECK(unsupported(problem, options));
  if (!SpatialOrder::suits(problem)) {
    return solve_as_given(problem, options, watch, progress);
  }
  const SpatialOrder order(problem);
  HUAN_TRY(plan, solve_as_given(order.ordered(problem), options, watch, progress));
  order.restore(plan);
  return plan;
}

}  // namespace huan::routing
