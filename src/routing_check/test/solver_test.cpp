// SPDX-License-Identifier: Apache-2.0
// The solver against the checker: seeded random days with every rule the solver takes, mixed. What
// it plans has to hold, to the last figure.
#include <gtest/gtest.h>

#include <algorithm>

#include "huan/routing/detours.hpp"
#include "huan/routing/solve.hpp"
#include "small_plan.hpp"

namespace huan::routing_check {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// 0 … n - 1
  std::uint64_t below(std::uint64_t n) {
    state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return (state_ >> 33U) % n;
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  double real(std::uint64_t n) { return static_cast<double>(below(n)); }

 private:
  std::uint64_t state_;
};

class NoClock final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return 0; }
};

Load amounts(Dice& dice, std::size_t dimensions, std::uint64_t n) {
  Load load;
  load.reserve(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    load.push_back(static_cast<std::int64_t>(dice.below(n)));
  }
  return load;
}

void add_ways(Dice& dice, Problem& p, std::size_t places) {
  p.places.reserve(places);
  for (std::size_t i = 0; i < places; ++i) {
    p.places.push_back({dice.real(60), dice.real(60)});
  }
  routing::Travel travel;
  if (dice.one_in(3)) {
    travel.metric = routing::Metric::matrix;
    for (std::size_t i = 0; i < places * places; ++i) {
      const bool self = i % (places + 1) == 0;
      travel.durations.push_back(self ? 0 : dice.one_in(30) ? kForever : dice.real(50));
      travel.distances.push_back(self ? 0 : dice.real(50));
    }
  } else {
    travel.metric = dice.one_in(2) ? routing::Metric::manhattan : routing::Metric::euclidean;
    travel.rounding = static_cast<routing::Rounding>(dice.below(3));
    travel.scale = dice.one_in(3) ? 10 : 1;
    travel.speed = dice.one_in(3) ? 10 : 1;
  }
  if (dice.one_in(4)) {
    travel.slices = {{50, 1.5}, {120, 0.8}};
  }
  p.ways = {travel};
}

Stop any_stop(Dice& dice, const Problem& p, std::size_t number, bool pickups) {
  Stop stop;
  stop.id = std::to_string(number);
  stop.place = static_cast<Index>(dice.below(p.places.size()));
  (pickups ? stop.pickup : stop.delivery) = amounts(dice, p.dimensions.size(), 9);
  if (dice.one_in(6)) {
    (pickups ? stop.delivery : stop.pickup) = amounts(dice, p.dimensions.size(), 5);
  }
  stop.service_s = dice.real(9);
  stop.setup_s = dice.one_in(3) ? 5 : 0;
  if (dice.one_in(2)) {
    const double from = dice.real(200);
    stop.windows = {{from, from + 20 + dice.real(100)}};
    if (dice.one_in(2)) {
      stop.windows.push_back({stop.windows[0].to + 10, stop.windows[0].to + 60});
    }
  }
  if (dice.one_in(6)) {
    stop.skills = {"crane"};
  }
  if (dice.one_in(8)) {
    stop.release_s = dice.real(100);
  }
  if (dice.one_in(8)) {
    stop.prize = dice.real(60);
  }
  if (dice.one_in(10)) {
    stop.vehicles = {0};
  }
  stop.priority = dice.one_in(5) ? 10 : 0;
  return stop;
}

Vehicle any_vehicle(Dice& dice, const Problem& p, std::size_t number) {
  Vehicle vehicle;
  vehicle.id = std::to_string(number);
  vehicle.capacity = {12, 15};
  vehicle.start = dice.one_in(6) ? kNone : static_cast<Index>(dice.below(2));
  vehicle.end = dice.one_in(6) ? kNone : static_cast<Index>(dice.below(2));
  vehicle.costs = {dice.real(50), 1, dice.real(3) * 60, 0, 0, 10};
  vehicle.travel_factor = dice.one_in(4) ? 1.25 : 1;
  vehicle.service_factor = dice.one_in(4) ? 1.5 : 1;
  vehicle.unloads = !p.facilities.empty() && !dice.one_in(4);
  vehicle.empty_at_end = vehicle.unloads && dice.one_in(2);
  if (dice.one_in(4)) {
    vehicle.start_load = {3};
  }
  if (dice.one_in(2)) {
    vehicle.skills = {"crane"};
  }
  vehicle.shifts[0].window = {dice.real(40), 260 + dice.real(100)};
  if (dice.one_in(3)) {
    vehicle.shifts[0].breaks = {
        Break{.id = "1", .windows = {{100, 150}}, .duration_s = dice.real(30)}};
    if (dice.one_in(2)) {
      vehicle.shifts[0].breaks.push_back(
          Break{.id = "2", .windows = {{160, 220}}, .duration_s = dice.real(20)});
    }
    if (dice.one_in(2)) {
      vehicle.shifts[0].breaks.back().after_work_s = 60 + dice.real(120);
    }
    if (dice.one_in(3)) {
      vehicle.shifts[0].breaks.front().windows.clear();
      vehicle.shifts[0].breaks.front().load_max = {static_cast<std::int64_t>(dice.below(12))};
    }
  }
  vehicle.vehicle_class = dice.one_in(2) ? "light" : "heavy";
  if (dice.one_in(3)) {
    vehicle.caps.duration_max_s = 150 + dice.real(100);
    vehicle.caps.overtime_max_s = dice.one_in(2) ? 20 : 0;
  }
  if (dice.one_in(3)) {
    vehicle.caps.stops_max = static_cast<std::uint32_t>(2 + dice.below(6));
    vehicle.caps.load_max = {20, 25};
  }
  if (dice.one_in(5)) {
    vehicle.caps.travel_max_s = 150;
    vehicle.caps.unloads_max = 2;
    vehicle.caps.distance_max = 900;
  }
  return vehicle;
}

/// A square, some places and ways by number, or both.
routing::Zone any_zone(Dice& dice, const Problem& p) {
  routing::Zone zone;
  zone.id = "Z";
  const double from = dice.real(120);
  zone.open = {{from, from + 40 + dice.real(100)}};
  if (dice.one_in(2)) {
    zone.open.push_back({zone.open[0].to + dice.real(50), zone.open[0].to + 150});
  }
  if (dice.one_in(3)) {
    zone.exempt = {"light"};
  }
  if (dice.one_in(2)) {
    const double x = dice.real(50);
    const double y = dice.real(50);
    const double side = 5 + dice.real(20);
    zone.rings = {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}};
    return zone;
  }
  zone.places = {static_cast<Index>(2 + dice.below(p.places.size() - 2))};
  for (std::uint64_t k = dice.below(6); k > 0; --k) {
    zone.ways.emplace_back(static_cast<Index>(dice.below(p.places.size())),
                           static_cast<Index>(dice.below(p.places.size())));
  }
  return zone;
}

void add_goals(Dice& dice, Problem& p) {
  using routing::Goal;
  if (dice.one_in(3)) {
    p.objective.goals = {
        {Goal::unserved, 1}, {Goal::prizes, 1}, {Goal::vehicles, 1}, {Goal::cost, 1}};
  } else if (dice.one_in(2)) {
    p.objective.goals = {{Goal::unserved, 1},
                         {Goal::cost, 1},
                         {Goal::compactness, 2},
                         {Goal::balance, 1},
                         {Goal::stability, 50}};
    p.objective.lexicographic = dice.one_in(2);
    for (Index v = 0; v < p.vehicles.size(); ++v) {
      p.reference.push_back({.vehicle = v, .visits = {{.stop = v}, {.stop = (v + 1) % 3}}});
    }
  }
}

/// Some stops fill up over a few days, with shifts on each of them.
void add_days(Dice& dice, Problem& p) {
  p.days = 3;
  for (Vehicle& vehicle : p.vehicles) {
    const routing::Shift shift = vehicle.shifts[0];
    for (const std::uint32_t day : {1U, 2U}) {
      vehicle.shifts.push_back(shift);
      vehicle.shifts.back().day = day;
    }
  }
  for (std::size_t i = 0; i < p.stops.size(); i += 2) {
    Stop& stop = p.stops[i];
    if (!stop.pickup.empty()) {
      stop.visits.stored = stop.pickup;
      stop.visits.growth = {1 + static_cast<std::int64_t>(dice.below(3)), 1};
      stop.visits.limit = {stop.pickup[0] + 4, 40};
      if (dice.one_in(2)) {
        stop.visits.patterns = {{0, 2}, {1, 2}, {0, 1, 2}};
      }
    }
  }
}

/// Of the other stops some are visited on days that go together, and some are pairs.
void add_rounds(Dice& dice, Problem& p) {
  for (std::size_t i = 1; i < p.stops.size(); i += 2) {
    routing::Visits& visits = p.stops[i].visits;
    if (dice.one_in(3)) {
      visits.patterns = {{1}, {0, 2}, {0, 1, 2}};
    } else if (dice.one_in(2)) {
      visits.times = 2;
      visits.gap_days_min = 1 + static_cast<std::uint32_t>(dice.below(2));
    }
  }
  for (std::size_t i = 1; i + 2 < p.stops.size() && dice.one_in(2); i += 4) {
    for (const std::size_t one : {i, i + 2}) {
      p.stops[one].pickup.clear();
      p.stops[one].delivery.clear();
      p.stops[one].prize.reset();
      p.stops[one].visits = p.stops[i].visits;
    }
    const auto kg = static_cast<std::int64_t>(1 + dice.below(5));
    p.pairs.push_back({static_cast<Index>(i), static_cast<Index>(i + 2), {kg}});
  }
}

/// Ways round the outline, and some of the ways by number.
void add_ways_round(Dice& dice, Problem& p) {
  routing::add_detours(p);
  routing::Travel& travel = p.ways[0];
  for (const routing::Zone& zone : p.zones) {
    for (const auto& [from, to] : zone.ways) {
      if (from != to && dice.one_in(2)) {
        travel.detours.push_back({from, to, dice.real(70), dice.real(70), {}});
      }
    }
  }
  std::sort(travel.detours.begin(), travel.detours.end(), [](const auto& a, const auto& b) {
    return std::pair{a.from, a.to} < std::pair{b.from, b.to};
  });
  const auto same = [](const auto& a, const auto& b) { return a.from == b.from && a.to == b.to; };
  travel.detours.erase(std::unique(travel.detours.begin(), travel.detours.end(), same),
                       travel.detours.end());
}

Problem any_day(std::uint64_t seed) {
  Dice dice{seed};
  Problem p;
  p.dimensions = {"kg", "m3"};
  add_ways(dice, p, 4 + dice.below(12));
  for (std::uint64_t f = dice.below(3); f > 0; --f) {
    Facility facility;
    facility.id = "F" + std::to_string(f);
    facility.place = static_cast<Index>(dice.below(p.places.size()));
    facility.service_s = dice.real(6);
    facility.reloads = !dice.one_in(3);
    if (dice.one_in(4)) {
      facility.capacity_per_day = {static_cast<std::int64_t>(10 + dice.below(40))};
    }
    if (dice.one_in(3)) {
      facility.windows = {{20, 120}, {150, 300}};
    }
    p.facilities.push_back(facility);
  }
  const bool pickups = dice.one_in(2);
  for (std::size_t i = 3 + dice.below(16); i > 0; --i) {
    p.stops.push_back(any_stop(dice, p, i, pickups));
  }
  for (std::size_t i = 1 + dice.below(3); i > 0; --i) {
    p.vehicles.push_back(any_vehicle(dice, p, i));
  }
  for (std::uint64_t z = dice.below(3); z > 1; --z) {
    p.zones.push_back(any_zone(dice, p));
  }
  add_goals(dice, p);
  if (pickups && dice.one_in(3)) {
    add_days(dice, p);
    add_rounds(dice, p);
  }
  if (seed % 2 == 0) {
    add_ways_round(dice, p);
  }
  return p;
}

TEST(Solver, WhatItPlansHolds) {
  constexpr std::uint64_t kDays = 400;
  std::size_t solved = 0;
  std::size_t round = 0;
  for (std::uint64_t seed = 1; seed <= kDays; ++seed) {
    const Problem p = any_day(seed);
    routing::Options options;
    options.iterations = 60;
    options.seed = seed;
    const auto plan = routing::solve(p, options, NoClock{});
    if (!plan) {
      ASSERT_EQ(plan.error().code, base::ErrorCode::not_supported) << plan.error().detail;
      continue;
    }
    ++solved;
    for (const auto& route : plan->routes) {
      round += static_cast<std::size_t>(std::count_if(
          route.steps.begin(), route.steps.end(), [](const Step& step) { return step.around; }));
    }
    EXPECT_EQ(broken(p, *plan), "") << "seed " << seed;
  }
  EXPECT_GE(solved, kDays / 2);
  EXPECT_GE(round, 5U) << "some drive round a zone";
}

}  // namespace
}  // namespace huan::routing_check
