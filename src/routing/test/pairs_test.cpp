// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "drawn.hpp"

namespace huan::routing {
namespace {

/// Stops 2k and 2k + 1 are a pair with the load that stop 2k was drawn with.
Problem drawn_pairs(const Drawing& drawing) {
  Problem p = drawn(drawing);
  for (Index k = 0; k + 1 < p.stops.size(); k += 2) {
    p.pairs.push_back({.pickup = k, .delivery = k + 1, .load = p.stops[k].pickup});
    p.stops[k].pickup.clear();
    p.stops[k + 1].pickup.clear();
  }
  return p;
}

/// The shortest tour of one vehicle by trying every order.
double by_force(const Problem& p) {
  std::vector<Index> order(p.stops.size());
  std::iota(order.begin(), order.end(), 0U);
  double best = kForever;
  do {
    double sum = 0;
    std::int64_t board = 0;
    Index at = 0;
    bool fits = true;
    std::vector<bool> seen(p.stops.size(), false);
    for (const Index stop : order) {
      const Pair& pair = p.pairs[stop / 2];
      fits = fits && (stop == pair.pickup || seen[pair.pickup]);
      board += stop == pair.pickup ? pair.load[0] : -pair.load[0];
      fits = fits && board <= p.vehicles[0].capacity[0];
      seen[stop] = true;
      const Index to = p.stops[stop].place;
      sum += std::hypot(p.places[at].x - p.places[to].x, p.places[at].y - p.places[to].y);
      at = to;
    }
    sum += std::hypot(p.places[at].x - p.places[0].x, p.places[at].y - p.places[0].y);
    best = fits ? std::min(best, sum) : best;
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

/// Both stops of each pair in one route, in order; the load that the steps say is what adds up.
void expect_pairs_hold(const Problem& p, const Plan& plan) {
  std::map<Index, Index> pair_of;
  for (Index k = 0; k < p.pairs.size(); ++k) {
    pair_of[p.pairs[k].pickup] = k;
    pair_of[p.pairs[k].delivery] = k;
  }
  for (const Route& route : plan.routes) {
    std::map<Index, int> on_board;
    std::int64_t load = 0;
    for (const Step& step : route.steps) {
      if (step.stop == kNone) {
        continue;
      }
      const Index pair = pair_of.at(step.stop);
      const bool taken = p.pairs[pair].pickup == step.stop;
      EXPECT_EQ(step.type, taken ? StepType::pickup : StepType::delivery);
      on_board[pair] += taken ? 1 : -1;
      EXPECT_GE(on_board[pair], 0) << "left before it was taken";
      load += taken ? p.pairs[pair].load[0] : -p.pairs[pair].load[0];
      EXPECT_EQ(step.load[0], load);
      EXPECT_LE(load, p.vehicles[route.vehicle].capacity[0]);
    }
    EXPECT_EQ(load, 0);
  }
}

TEST(Pairs, TheShortestTourIsFound) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Problem p = drawn_pairs({.stops = 8, .vehicles = 1, .capacity = 12, .seed = seed});
    const Plan plan = planned(p, 3000);
    EXPECT_EQ(plan.summary.unserved, 0U) << seed;
    expect_pairs_hold(p, plan);
    EXPECT_NEAR(plan.summary.distance, by_force(p), 1e-6) << seed;
  }
}

TEST(Pairs, ManyVehiclesWithWindows) {
  Problem p = drawn_pairs({.stops = 40, .vehicles = 8, .capacity = 15, .seed = 4});
  for (std::size_t i = 0; i < p.stops.size(); ++i) {
    const double from = 40.0 * static_cast<double>(i % 5);
    p.stops[i].windows = {{from, from + 400}};
    p.stops[i].service_s = 3;
  }
  const Plan plan = planned(p, 2000);
  EXPECT_EQ(plan.summary.unserved, 0U);
  expect_pairs_hold(p, plan);
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      if (step.stop != kNone) {
        const Window& window = p.stops[step.stop].windows.front();
        EXPECT_LE(step.arrival_s + step.waiting_s, window.to + 1e-6);
        EXPECT_GE(step.arrival_s + step.waiting_s, window.from - 1e-6);
      }
    }
  }
}

TEST(Pairs, WhatIsTooLargeIsLeftOutWhole) {
  Problem p = drawn_pairs({.stops = 6, .vehicles = 2, .capacity = 12, .seed = 2});
  p.pairs[1].load = {13};
  const Plan plan = planned(p, 500);
  ASSERT_EQ(plan.unserved.size(), 2U);
  EXPECT_EQ(plan.unserved[0].stop, p.pairs[1].pickup);
  EXPECT_EQ(plan.unserved[1].stop, p.pairs[1].delivery);
  for (const Unserved& unserved : plan.unserved) {
    ASSERT_FALSE(unserved.reasons.empty());
    EXPECT_EQ(unserved.reasons.front().code, ReasonCode::capacity);
    EXPECT_EQ(unserved.reasons.front().amount, 1);
  }
  expect_pairs_hold(p, plan);
}

TEST(Pairs, ASkillOfOneStopBindsBoth) {
  Problem p = drawn_pairs({.stops = 4, .vehicles = 2, .capacity = 20, .seed = 6});
  p.vehicles[1].skills = {"crane"};
  p.stops[3].skills = {"crane"};
  const Plan plan = planned(p, 500);
  EXPECT_EQ(plan.summary.unserved, 0U);
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      if (step.stop == 2 || step.stop == 3) {
        EXPECT_EQ(route.vehicle, 1U);
      }
    }
  }
}

TEST(Pairs, AreBroughtOnTheDaysOfBothStops) {
  Problem p = drawn_pairs({.stops = 12, .vehicles = 2, .capacity = 15, .seed = 3});
  p.days = 5;
  for (Vehicle& vehicle : p.vehicles) {
    vehicle.shifts.clear();
    for (std::uint32_t day = 0; day < p.days; ++day) {
      vehicle.shifts.push_back({day, {}, {}});
    }
  }
  p.stops[0].visits = {.times = 2, .gap_days_min = 3};
  p.stops[1].visits = {.patterns = {{0, 3}, {0, 1, 2}, {1, 3}}};
  p.stops[2].visits = {.times = 3};
  p.stops[3].visits = {.times = 3};
  p.stops[4].visits.days = {4};
  const Plan plan = planned(p, 2000);
  EXPECT_EQ(plan.summary.unserved, 0U);
  expect_pairs_hold(p, plan);
  std::vector<std::vector<std::uint32_t>> days(p.stops.size());
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      if (step.stop != kNone) {
        days[step.stop].push_back(p.vehicles[route.vehicle].shifts[route.shift].day);
      }
    }
  }
  for (auto& list : days) {
    std::sort(list.begin(), list.end());
  }
  EXPECT_EQ(days[0], (std::vector<std::uint32_t>{0, 3})) << "the one pattern that both can keep";
  EXPECT_EQ(days[2].size(), 3U);
  EXPECT_EQ(days[2], days[3]);
  EXPECT_EQ(days[4], (std::vector<std::uint32_t>{4}));
  for (std::size_t stop = 0; stop < days.size(); stop += 2) {
    EXPECT_EQ(days[stop], days[stop + 1]);
  }
}

}  // namespace
}  // namespace huan::routing
