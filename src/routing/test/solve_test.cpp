// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "drawn.hpp"

namespace huan::routing {
namespace {

/// The shortest tours by trying every order and every way of cutting it.
double shortest_by_force(const Problem& p) {
  std::vector<std::size_t> order(p.stops.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto ways = [&](Index a, Index b) {
    return std::hypot(p.places[a].x - p.places[b].x, p.places[a].y - p.places[b].y);
  };
  double best = kForever;
  do {
    for (unsigned cuts = 0; cuts < 1U << (order.size() - 1); ++cuts) {
      double sum = 0;
      std::int64_t load = 0;
      Index at = 0;
      bool fits = true;
      for (std::size_t k = 0; k < order.size(); ++k) {
        const Stop& stop = p.stops[order[k]];
        sum += ways(at, stop.place);
        load += stop.pickup[0];
        fits = fits && load <= p.vehicles[0].capacity[0];
        at = stop.place;
        if (k + 1 == order.size() || ((cuts >> k) & 1U) != 0) {
          sum += ways(at, 0);
          at = 0;
          load = 0;
        }
      }
      best = fits ? std::min(best, sum) : best;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(Solve, FindsTheShortestToursOfSmallProblems) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Problem p = drawn({.stops = 6, .vehicles = 6, .capacity = 20, .seed = seed});
    const Plan plan = planned(p, 3000);
    EXPECT_EQ(plan.summary.unserved, 0U);
    EXPECT_NEAR(plan.summary.distance, shortest_by_force(p), 1e-6) << seed;
  }
}

TEST(Solve, SameSeedAndIterationsGiveTheSamePlan) {
  const Problem p = drawn({.stops = 40, .vehicles = 8, .capacity = 40, .seed = 5});
  const Plan a = planned(p, 2000);
  const Plan b = planned(p, 2000);
  ASSERT_EQ(a.routes.size(), b.routes.size());
  EXPECT_EQ(a.summary.distance, b.summary.distance);
  for (std::size_t r = 0; r < a.routes.size(); ++r) {
    ASSERT_EQ(a.routes[r].steps.size(), b.routes[r].steps.size());
    for (std::size_t k = 0; k < a.routes[r].steps.size(); ++k) {
      const Step& step = a.routes[r].steps[k];
      EXPECT_EQ(step.stop, b.routes[r].steps[k].stop);
      EXPECT_EQ(step.place, step.stop == kNone ? 0 : p.stops[step.stop].place);
    }
  }
}

TEST(Solve, DegenerateProblems) {
  EXPECT_EQ(planned(Problem{}, 10).routes.size(), 0U);
  Problem none = drawn({.stops = 3, .vehicles = 1, .capacity = 99, .seed = 1});
  none.vehicles.clear();
  EXPECT_EQ(planned(none, 10).summary.unserved, 3U);
  const Problem one = drawn({.stops = 1, .vehicles = 1, .capacity = 99, .seed = 1});
  EXPECT_EQ(planned(one, 10).routes.size(), 1U);
  Problem heap = drawn({.stops = 9, .vehicles = 2, .capacity = 99, .seed = 1});
  std::fill(heap.places.begin(), heap.places.end(), Place{4, 4});
  EXPECT_EQ(planned(heap, 50).summary.distance, 0);
  EXPECT_EQ(planned(heap, 50).summary.unserved, 0U);
}

TEST(Solve, WhatIsTooLargeOrCannotBeReachedIsLeftOut) {
  Problem p = drawn({.stops = 4, .vehicles = 4, .capacity = 30, .seed = 2});
  p.stops[1].pickup = {31};
  Plan plan = planned(p, 200);
  ASSERT_EQ(plan.unserved.size(), 1U);
  EXPECT_EQ(plan.unserved[0].stop, 1U);
  p.stops[1].pickup = {1};
  p.ways[0].metric = Metric::matrix;
  p.ways[0].durations.assign(25, 1);
  for (std::size_t i = 0; i < 5; ++i) {
    p.ways[0].durations[i * 5 + 3] = kForever;  // nothing leads to stop 2
  }
  plan = planned(p, 200);
  ASSERT_EQ(plan.unserved.size(), 1U);
  EXPECT_EQ(plan.unserved[0].stop, 2U);
}

TEST(Solve, FewestVehiclesComeFirstWhenAskedFor) {
  Problem p = drawn({.stops = 12, .vehicles = 12, .capacity = 1000, .seed = 3});
  for (Place& place : p.places) {  // two far heaps: two vehicles would drive no further than one
    place = {place.x < 50 ? 1.0 : 99.0, 50};
  }
  p.places[0] = {50, 50};
  p.objective.goals = {{Goal::unserved, 1}, {Goal::vehicles, 1}, {Goal::distance, 1}};
  EXPECT_EQ(planned(p, 500).routes.size(), 1U);
}

TEST(Solve, RefusesWhatItCannotDo) {
  Problem p = drawn({.stops = 2, .vehicles = 1, .capacity = 9, .seed = 1});
  p.days = 3;
  p.stops[0].visits.growth = {2};
  p.stops[0].visits.limit = {4};
  EXPECT_TRUE(unsupported(p, Options{}));
  p.stops[0].visits.patterns.assign(2001, {0, 1, 2});
  const auto result = solve(p, Options{}, StoppedWatch{});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::not_supported);
  EXPECT_EQ(result.error().at, "/stops/0/visits/patterns");
  p.stops[0].visits.growth = {};
  EXPECT_EQ(unsupported(p, Options{}).error().at, "/stops/0/visits");
  p.stops[0].visits = {.patterns = {{0, 2}}, .days = {0, 1}};
  EXPECT_EQ(unsupported(p, Options{}).error().code, base::ErrorCode::bad_field)
      << "its one pattern has a day that is not allowed";
  p.stops[0].visits = {.stored = {5}, .limit = {4}};
  EXPECT_EQ(unsupported(p, Options{}).error().code, base::ErrorCode::bad_field)
      << "it overflows before anybody can come";
  p.stops[0].visits = {.growth = {2}, .limit = {4}};
  p.pairs = {{.pickup = 0, .delivery = 1}};
  EXPECT_EQ(unsupported(p, Options{}).error().at, "/pairs/0");
  p.stops[0].visits = {.times = 2};
  EXPECT_EQ(unsupported(p, Options{}).error().at, "/pairs/0") << "one stop twice, the other once";
  p.stops[1].visits = {.times = 2, .gap_days_min = 2};
  EXPECT_TRUE(unsupported(p, Options{})) << "both on days 0 and 2";
}

/// Five milliseconds pass each time it is asked, whoever asks.
class TickingWatch final : public Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override {
    return 0.005 * static_cast<double>(ticks_.fetch_add(1));
  }

 private:
  mutable std::atomic<int> ticks_{0};
};

TEST(Solve, EndsAtItsDeadlineAndWhenItIsCancelled) {
  const Problem p = drawn({.stops = 30, .vehicles = 6, .capacity = 40, .seed = 7});
  Options options;
  options.seconds = 1;
  const TickingWatch watch;
  auto plan = solve(p, options, watch);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->summary.stopped, StopCause::deadline);
  EXPECT_EQ(plan->summary.unserved, 0U);
  EXPECT_LT(watch.elapsed_s(), 1.05);
  options.seconds = 1e9;
  plan = solve(p, options, TickingWatch{}, [](const Progress&) { return false; });
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->summary.stopped, StopCause::cancelled);
  options.seconds = 0;
  EXPECT_TRUE(solve(p, options, TickingWatch{}).has_value());
}

TEST(Solve, ThreadsChangeNothingWhenIterationsAreGiven) {
  const Problem p = drawn({.stops = 30, .vehicles = 6, .capacity = 40, .seed = 8});
  Options options;
  options.iterations = 1000;
  const auto one = solve(p, options, StoppedWatch{});
  options.threads = 2;
  const auto two = solve(p, options, StoppedWatch{});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->summary.distance, two->summary.distance);
  ASSERT_EQ(one->routes.size(), two->routes.size());
  for (std::size_t r = 0; r < one->routes.size(); ++r) {
    EXPECT_EQ(one->routes[r].steps.size(), two->routes[r].steps.size());
    EXPECT_EQ(one->routes[r].summary.distance, two->routes[r].summary.distance);
  }
}

TEST(Solve, TwoSearchesSideBySideGiveTheBetterPlan) {
  const Problem p = drawn({.stops = 30, .vehicles = 6, .capacity = 40, .seed = 8});
  Options options;
  options.seconds = 1;
  options.threads = 2;
  const auto plan = solve(p, options, TickingWatch{});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->summary.unserved, 0U);
  options.threads = 0;
  EXPECT_EQ(solve(p, options, TickingWatch{}).error().at, "/threads");
}

/// Each stop so often that visits made and visits missing are what it asks for.
void expect_all_told(const Problem& p, const Plan& plan, std::uint32_t asked) {
  std::vector<std::uint32_t> told(p.stops.size(), 0);
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      if (step.stop != kNone) {
        ++told[step.stop];
      }
    }
  }
  for (const Unserved& unserved : plan.unserved) {
    told[unserved.stop] += unserved.visits;
  }
  EXPECT_EQ(told, std::vector<std::uint32_t>(p.stops.size(), asked));
}

TEST(Solve, AFleetForAThirdOfTheStopsIsFilledAndNobodyIsForgotten) {
  Problem p = drawn({.stops = 120, .vehicles = 2, .capacity = 20, .seed = 11});
  for (Stop& stop : p.stops) {
    stop.pickup = {1};
  }
  Plan plan = planned(p, 2000);
  expect_all_told(p, plan, 1);
  EXPECT_EQ(plan.summary.unserved, 80U);
  EXPECT_LT(plan.summary.distance, 400) << "those that lie best, not any forty";
  p.days = 2;
  for (Vehicle& vehicle : p.vehicles) {
    vehicle.shifts = {{.day = 0}, {.day = 1}};
  }
  for (Stop& stop : p.stops) {
    stop.visits.times = 2;
  }
  plan = planned(p, 1000);
  expect_all_told(p, plan, 2);
  EXPECT_EQ(plan.summary.unserved, 160U);
  for (Index k = 0; k < p.stops.size(); k += 2) {
    p.pairs.push_back({.pickup = k, .delivery = k + 1, .load = {1}});
    p.stops[k].pickup.clear();
    p.stops[k + 1].pickup.clear();
    p.stops[k].visits.times = p.stops[k + 1].visits.times = 1;
  }
  for (Vehicle& vehicle : p.vehicles) {
    vehicle.caps.stops_max = 20;
  }
  plan = planned(p, 1000);
  expect_all_told(p, plan, 1);
  EXPECT_EQ(plan.summary.unserved, 40U);
}

TEST(Solve, AThousandStopsWithoutATableOfDistances) {
  Problem p = drawn({.stops = 1200, .vehicles = 200, .capacity = 60, .seed = 9});
  const Plan plan = planned(p, 100);
  EXPECT_EQ(plan.summary.unserved, 0U);
  for (const Route& route : plan.routes) {
    std::int64_t load = 0;
    for (const Step& step : route.steps) {
      load += step.stop != kNone ? p.stops[step.stop].pickup[0] : 0;
    }
    EXPECT_LE(load, 60);
  }
}

}  // namespace
}  // namespace huan::routing
