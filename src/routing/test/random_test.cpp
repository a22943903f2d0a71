// SPDX-License-Identifier: Apache-2.0
// Problems with many rules at once, drawn from a seed: what the search holds to be in order has to
// be so when the route is worked out, and every visit is made once or named as missing.
#include <gtest/gtest.h>

#include <algorithm>

#include "drawn.hpp"

namespace huan::routing {
namespace {

void add_rules(Problem& p, Random& random) {
  for (Stop& stop : p.stops) {
    const double from = random.unit() * 300;
    if (random.below(2) == 0) {
      stop.windows = {{from, from + 50 + random.unit() * 200}};
    }
    if (random.below(6) == 0) {
      stop.windows.push_back({600, 700});
    }
    stop.service_s = random.below(20);
    stop.setup_s = random.below(8) == 0 ? 5 : 0;
    stop.release_s = random.below(10) == 0 ? 60 : 0;
    if (random.below(4) == 0) {
      std::swap(stop.pickup, stop.delivery);
    }
    if (random.below(8) == 0) {
      stop.prize = random.unit() * 60;
    }
  }
  const bool unloads = random.below(2) == 0;
  if (unloads) {
    p.facilities = {{.id = "a", .place = 1, .service_s = 10, .reloads = true},
                    {.id = "b", .place = 2, .windows = {{0, 500}}, .reloads = true}};
  }
  for (Vehicle& vehicle : p.vehicles) {
    vehicle.unloads = unloads;
    vehicle.empty_at_end = unloads && random.below(2) == 0;
    vehicle.shifts[0].window = {random.unit() * 50, 800};
    if (random.below(2) == 0) {
      vehicle.shifts[0].breaks = {{"rest", {{150, 300}}, 30, 0, {}}};
    }
    vehicle.caps.duration_max_s = random.below(3) == 0 ? 500 : kForever;
    vehicle.caps.distance_max = random.below(4) == 0 ? 350 : kForever;
    vehicle.end = random.below(6) == 0 ? kNone : vehicle.end;
    vehicle.costs = {10, 1, random.unit() * 20, 0, 0, 0};
  }
  if (random.below(3) == 0) {
    p.ways[0].slices = {{100, 1.5}, {250, 1}};
  }
  if (random.below(2) == 0) {
    p.objective.goals = {{Goal::unserved, 1}, {Goal::cost, 1}};
  }
}

TEST(Random, EveryVisitIsMadeOnceOrNamed) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    Problem p = drawn({.stops = 14, .vehicles = 4, .capacity = 25, .seed = seed});
    add_rules(p, random);
    const Plan plan = planned(p, 120);
    std::vector<int> made(p.stops.size(), 0);
    for (const Route& route : plan.routes) {
      double last = 0;
      for (const Step& step : route.steps) {
        EXPECT_GE(step.arrival_s, last - 1e-6) << seed;
        last = step.arrival_s + step.waiting_s + step.setup_s + step.service_s;
        EXPECT_LE(step.load[0], 25) << seed;
        if (step.stop != kNone) {
          ++made[step.stop];
          const double begin = step.arrival_s + step.waiting_s;
          const auto& windows = p.stops[step.stop].windows;
          EXPECT_TRUE(windows.empty() || std::any_of(windows.begin(), windows.end(),
                                                     [&](const Window& w) {
                                                       return begin >= w.from - 1e-6 &&
                                                              begin <= w.to + 1e-6;
                                                     }))
              << seed;
        }
      }
      EXPECT_LE(last, 800 + 1e-6) << seed;
    }
    for (const Unserved& unserved : plan.unserved) {
      ++made[unserved.stop];
      EXPECT_FALSE(unserved.reasons.empty()) << seed;
      const bool lost = unserved.reasons.size() == 1 &&
                        unserved.reasons[0].code == ReasonCode::search &&
                        p.stops[unserved.stop].prize.has_value();
      EXPECT_FALSE(lost) << seed;
    }
    EXPECT_TRUE(std::all_of(made.begin(), made.end(), [](int n) { return n == 1; })) << seed;
  }
}

}  // namespace
}  // namespace huan::routing
