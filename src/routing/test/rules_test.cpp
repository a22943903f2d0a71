// SPDX-License-Identifier: Apache-2.0
// Each rule by itself: a small problem whose answer changes when the rule is taken away.
#include <gtest/gtest.h>

#include <algorithm>

#include "drawn.hpp"

namespace huan::routing {
namespace {

/// The depot at 0 and a stop at each of the given distances along one road; speed 1.
Problem road(const std::vector<double>& stops, std::int64_t capacity) {
  Problem p;
  p.dimensions = {"kg"};
  p.ways = {Travel{}};
  p.places = {{0, 0}};
  for (const double x : stops) {
    p.places.push_back({x, 0});
    p.stops.push_back({.id = "s", .place = static_cast<Index>(p.places.size() - 1), .pickup = {1}});
  }
  p.vehicles = {Vehicle{.id = "A", .capacity = {capacity}, .start = 0, .end = 0}};
  return p;
}

std::vector<Index> order_of(const Route& route) {
  std::vector<Index> order;
  for (const Step& step : route.steps) {
    if (step.stop != kNone) {
      order.push_back(step.stop);
    }
  }
  return order;
}

std::size_t count_of(const Route& route, StepType type) {
  return static_cast<std::size_t>(std::count_if(
      route.steps.begin(), route.steps.end(), [&](const Step& step) { return step.type == type; }));
}

TEST(Rules, UnloadsOnTheWayWhereItIsNearest) {
  Problem p = road({10, 20, 30, 40}, 2);
  EXPECT_EQ(planned(p, 200).summary.unserved, 2U);
  p.facilities = {{.id = "far", .place = 4}, {.id = "near", .place = 2, .service_s = 5}};
  p.vehicles[0].unloads = true;
  Plan plan = planned(p, 300);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 80);
  EXPECT_EQ(count_of(plan.routes[0], StepType::unload), 1U);
  p.vehicles[0].empty_at_end = true;
  plan = planned(p, 300);
  EXPECT_EQ(count_of(plan.routes[0], StepType::unload), 2U);
  EXPECT_EQ(plan.routes[0].steps.back().load, (Load{0}));
}

TEST(Rules, CapsHoldOverAllTrips) {
  Problem p = road({10, 20, 30, 40}, 2);
  p.facilities = {{.id = "F", .place = 0}};
  p.vehicles[0].unloads = true;
  p.vehicles[0].caps.load_max = {3};
  EXPECT_EQ(planned(p, 200).summary.unserved, 1U);
  p.vehicles[0].caps = {};
  p.vehicles[0].caps.stops_max = 1;
  EXPECT_EQ(planned(p, 200).summary.unserved, 3U);
  p.vehicles[0].caps = {};
  p.vehicles[0].caps.distance_max = 119;  // all four take 40 and 80
  EXPECT_EQ(planned(p, 200).summary.unserved, 1U);
  p.vehicles[0].caps = {};
  p.vehicles[0].caps.duration_max_s = 59;
  EXPECT_GE(planned(p, 200).summary.unserved, 2U);
  p.vehicles[0].caps = {};
  p.vehicles[0].caps.unloads_max = 0;
  EXPECT_EQ(planned(p, 200).summary.unserved, 2U);
}

TEST(Rules, WindowsOfStopsShiftsAndFacilities) {
  Problem p = road({10, 20}, 9);
  p.stops[0].windows = {{30, 40}};
  p.stops[1].windows = {{0, 20}};
  Plan plan = planned(p, 100);
  EXPECT_EQ(order_of(plan.routes[0]), (std::vector<Index>{1, 0}));
  p.stops[0].windows = {{0, 5}, {12, 15}, {31, 40}};  // of several, the one that can be kept
  plan = planned(p, 100);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.routes[0].steps[2].arrival_s + plan.routes[0].steps[2].waiting_s, 31);
  p.vehicles[0].shifts[0].window = {0, 40};
  EXPECT_EQ(planned(p, 100).summary.unserved, 1U);
  p = road({10}, 9);
  p.facilities = {{.id = "F", .place = 0, .windows = {{0, 19}}}};
  p.vehicles[0].unloads = p.vehicles[0].empty_at_end = true;
  EXPECT_EQ(planned(p, 100).summary.unserved, 1U);
}

TEST(Rules, BreaksAreTakenBetweenStopsInTheirWindow) {
  Problem p = road({10, 20, 30}, 9);
  for (Stop& stop : p.stops) {
    stop.service_s = 10;
  }
  p.vehicles[0].shifts[0].breaks = {{"lunch", {{35, 45}}, 20, 0, {}}};
  const Plan plan = planned(p, 100);
  EXPECT_EQ(plan.summary.unserved, 0U);
  ASSERT_EQ(count_of(plan.routes[0], StepType::rest), 1U);
  const auto rest = std::find_if(plan.routes[0].steps.begin(), plan.routes[0].steps.end(),
                                 [](const Step& step) { return step.type == StepType::rest; });
  const double begin = rest->arrival_s + rest->waiting_s;
  EXPECT_GE(begin, 35);
  EXPECT_LE(begin, 45);
  EXPECT_EQ(plan.routes[0].summary.break_s, 20);
  p.vehicles[0].shifts[0].window = {0, 105};  // 60 of driving, 30 of service and 20 of break
  EXPECT_EQ(planned(p, 100).summary.unserved, 1U);
}

TEST(Rules, DeliveriesAndPickupsShareTheVehicle) {
  Problem p = road({10, 20}, 5);
  p.stops[0].pickup = {4};
  p.stops[1].pickup = {};
  p.stops[1].delivery = {4};
  Plan plan = planned(p, 100);
  ASSERT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(order_of(plan.routes[0]), (std::vector<Index>{1, 0}));
}

TEST(Rules, ReleasesHoldTheTripBack) {
  Problem p = road({10, 20}, 9);
  p.stops[0].pickup = p.stops[1].pickup = {};
  p.stops[0].delivery = p.stops[1].delivery = {1};
  p.stops[1].release_s = 100;
  p.stops[0].windows = {{0, 50}};
  EXPECT_EQ(planned(p, 100).summary.unserved, 1U);
  p.facilities = {{.id = "F", .place = 0, .reloads = true}};
  p.vehicles[0].unloads = true;
  p.vehicles[0].capacity = {1};
  const Plan plan = planned(p, 100);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 60);
}

TEST(Rules, SkillsAndAllowedVehicles) {
  Problem p = road({10, 20}, 9);
  p.vehicles.push_back(p.vehicles[0]);
  p.vehicles[1].skills = {"crane"};
  p.stops[0].skills = {"crane"};
  p.stops[1].vehicles = {0};
  const Plan plan = planned(p, 100);
  ASSERT_EQ(plan.routes.size(), 2U);
  EXPECT_EQ(order_of(plan.routes[0]), (std::vector<Index>{1}));
  EXPECT_EQ(order_of(plan.routes[1]), (std::vector<Index>{0}));
}

TEST(Rules, PrioritiesAndPrizes) {
  Problem p = road({10, 20, 30}, 1);
  p.stops[1].priority = 5;
  Plan plan = planned(p, 100);
  ASSERT_EQ(plan.routes.size(), 1U);
  EXPECT_EQ(order_of(plan.routes[0]), (std::vector<Index>{1}));
  p.vehicles[0].capacity = {9};
  p.stops[2].prize = 15;  // and costs 20 more to reach
  EXPECT_EQ(planned(p, 100).unserved.at(0).stop, 2U);
  p.stops[2].prize = 25;
  EXPECT_EQ(planned(p, 100).summary.unserved, 0U);
}

TEST(Rules, VisitsKeepToTheirDays) {
  Problem p = road({10, 10, 10, 10}, 2);
  p.days = 4;
  p.vehicles[0].shifts.clear();
  for (std::uint32_t day = 0; day < 4; ++day) {
    p.vehicles[0].shifts.push_back({day, {}, {}});
  }
  for (Stop& stop : p.stops) {
    stop.visits.times = 2;
    stop.visits.gap_days_min = 2;
  }
  const Plan plan = planned(p, 500);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 80);
  std::vector<std::vector<std::uint32_t>> days(4);
  for (const Route& route : plan.routes) {
    for (const Index stop : order_of(route)) {
      days[stop].push_back(p.vehicles[0].shifts[route.shift].day);
    }
  }
  for (const auto& visited : days) {
    ASSERT_EQ(visited.size(), 2U);
    EXPECT_GE(visited[1] - visited[0], 2U);
  }
}

/// One vehicle with a shift on each of so many days.
void add_shifts(Problem& p, std::uint32_t days) {
  p.days = days;
  p.vehicles[0].shifts.clear();
  p.vehicles[0].shifts.reserve(days);
  for (std::uint32_t day = 0; day < days; ++day) {
    p.vehicles[0].shifts.push_back({day, {}, {}});
  }
}

TEST(Rules, OfPatternsOfUnequalLengthTheCheaperIsKept) {
  Problem p = road({10, 20}, 9);
  add_shifts(p, 4);
  p.stops[0].visits.patterns = {{1}, {0, 2, 3}};
  p.stops[1].visits.patterns = {{0, 2, 3}};
  Plan plan = planned(p, 300);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 120) << "three times beside the other, not once alone";
  EXPECT_EQ(plan.routes.size(), 3U);
  p.stops[1].visits.patterns = {{1, 2}, {0, 1, 3}};
  plan = planned(p, 300);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 80) << "once beside the other";
  EXPECT_EQ(plan.summary.pickup, (Load{3}));
  p.vehicles[0].capacity = {0};
  plan = planned(p, 50);
  ASSERT_EQ(plan.unserved.size(), 2U);
  EXPECT_EQ(plan.unserved[0].visits, 1U);
  EXPECT_EQ(plan.unserved[1].visits, 2U);
}

TEST(Rules, TwelveVisitsInAMonthAreSpreadWithoutListingTheirDays) {
  Problem p = road({10, 20}, 9);
  add_shifts(p, 31);
  p.stops[0].visits = {.times = 12, .gap_days_min = 2, .gap_days_max = 4};
  p.stops[1].visits.days = {5, 17};
  p.stops[1].visits.times = 2;
  const Plan plan = planned(p, 300);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(plan.summary.distance, 10 * 20 + 2 * 40);
  std::vector<std::uint32_t> days;
  days.reserve(plan.routes.size());
  for (const Route& route : plan.routes) {
    days.push_back(p.vehicles[0].shifts[route.shift].day);
  }
  std::sort(days.begin(), days.end());
  ASSERT_EQ(days.size(), 12U);
  for (std::size_t i = 1; i < days.size(); ++i) {
    EXPECT_GE(days[i] - days[i - 1], 2U);
    EXPECT_LE(days[i] - days[i - 1], 4U);
  }
}

TEST(Rules, SlowHoursMakeWaysLonger) {
  Problem p = road({10}, 9);
  p.vehicles[0].shifts[0].window = {0, 100};
  p.ways[0].slices = {{5, 3}, {50, 1}};
  p.stops[0].windows = {{0, 20}};
  const Plan plan = planned(p, 50);
  ASSERT_EQ(plan.routes.size(), 1U);
  EXPECT_NEAR(plan.routes[0].steps[1].arrival_s, 20, 1e-6);  // 5 s at full speed, 15 s at a third
  p.stops[0].windows = {{0, 19}};
  EXPECT_EQ(planned(p, 50).summary.unserved, 1U);
}

TEST(Rules, TimeCanBeWhatCounts) {
  Problem p = road({10, 12}, 9);
  p.stops[0].windows = {{50, 60}};
  p.stops[1].windows = {{0, 1000}};
  p.objective.goals = {{Goal::unserved, 1}, {Goal::time, 1}};
  EXPECT_EQ(planned(p, 100).summary.duration_s, 24);
}

TEST(Rules, MaterialsGoWhereTheyAreTaken) {
  Problem p = road({10, 20}, 9);
  p.materials = {"paper", "glass"};
  p.stops[0].material = 0;
  p.stops[1].material = 1;
  p.facilities = {{.id = "paper", .place = 1, .materials = {0}},
                  {.id = "glass", .place = 2, .materials = {1}}};
  p.vehicles[0].unloads = p.vehicles[0].empty_at_end = true;
  const Plan plan = planned(p, 300);
  EXPECT_EQ(plan.summary.unserved, 0U);
  EXPECT_EQ(count_of(plan.routes[0], StepType::unload), 2U);
  p.facilities.pop_back();
  const Plan less = planned(p, 300);
  ASSERT_EQ(less.unserved.size(), 1U);
  EXPECT_EQ(less.unserved[0].stop, 1U);
  EXPECT_EQ(less.unserved[0].reasons.at(0).code, ReasonCode::facility);
}

TEST(Rules, WhatIsFrozenStaysAndTheRestIsPlannedAnew) {
  const Problem p = road({10, 20, 30}, 9);
  Options options;
  options.iterations = 200;
  options.start = {
      {.vehicle = 0, .shift = 0, .visits = {{2, kNone}, {0, kNone}, {1, kNone}}, .frozen = 2}};
  auto plan = solve(p, options, StoppedWatch{});
  ASSERT_TRUE(plan);
  EXPECT_EQ(order_of(plan->routes[0]), (std::vector<Index>{2, 0, 1}));
  options.start[0].frozen = 0;
  plan = solve(p, options, StoppedWatch{});
  EXPECT_EQ(plan->summary.distance, 60);
  options.iterations = 0;  // the plan in force is where the search begins
  EXPECT_EQ(order_of(solve(p, options, StoppedWatch{})->routes[0]), (std::vector<Index>{2, 0, 1}));
}

const Reason* find(const Plan& plan, ReasonCode code) {
  for (const Reason& reason : plan.unserved.at(0).reasons) {
    if (reason.code == code) {
      return &reason;
    }
  }
  return nullptr;
}

TEST(Rules, ReasonsSayByHowMuchAndServeOnceTheyAreGone) {
  Problem p = road({10, 20}, 9);
  p.stops[1].pickup = {12};
  Plan plan = planned(p, 100);
  ASSERT_NE(find(plan, ReasonCode::capacity), nullptr);
  EXPECT_EQ(find(plan, ReasonCode::capacity)->amount, 3);
  EXPECT_EQ(find(plan, ReasonCode::capacity)->unit, "kg");
  p.vehicles[0].capacity = {11};  // larger by less than what both need
  p.stops[1].pickup = {11};
  plan = planned(p, 100);
  ASSERT_NE(find(plan, ReasonCode::fleet_capacity), nullptr);
  EXPECT_EQ(find(plan, ReasonCode::fleet_capacity)->amount, 1);
  p.vehicles[0].capacity = {12};
  EXPECT_EQ(planned(p, 100).summary.unserved, 0U);
  p.stops[1].windows = {{0, 15}};
  plan = planned(p, 100);
  ASSERT_NE(find(plan, ReasonCode::windows), nullptr);
  EXPECT_EQ(find(plan, ReasonCode::windows)->amount, 5);
  p.stops[1].windows = {{0, 20}};
  EXPECT_EQ(planned(p, 100).summary.unserved, 0U);
  p.vehicles[0].caps.duration_max_s = 39;
  plan = planned(p, 100);
  ASSERT_NE(find(plan, ReasonCode::duration), nullptr);
  EXPECT_NEAR(find(plan, ReasonCode::duration)->amount, 1, 1e-9);
  p.vehicles[0].caps.duration_max_s = 40;
  EXPECT_EQ(planned(p, 100).summary.unserved, 0U);
}

/// The matrix says that the short way is dear: the plan takes the long one, and its cost is the
/// matrix's.
TEST(Rules, GivenCostsCountInsteadOfDistances) {
  Problem p;
  p.dimensions = {"kg"};
  p.places.resize(3);
  Travel travel;
  travel.metric = Metric::matrix;
  travel.durations = {0, 1, 9, 1, 0, 1, 9, 1, 0};
  travel.costs = {0, 100, 1, 100, 0, 1, 1, 1, 0};
  p.ways = {travel};
  for (const Index place : {1U, 2U}) {
    Stop stop;
    stop.id = std::to_string(place);
    stop.place = place;
    stop.pickup = {1};
    p.stops.push_back(stop);
  }
  Vehicle vehicle;
  vehicle.id = "1";
  vehicle.start = 0;
  vehicle.end = 0;
  vehicle.capacity = {2};
  vehicle.costs.per_travel_hour = 3600;
  p.vehicles = {vehicle};
  p.objective.goals = {{Goal::unserved, 1}, {Goal::cost, 1}};
  EXPECT_EQ(planned(p, 200).summary.cost, 102);
  p.vehicles.push_back(vehicle);
  p.vehicles[0].capacity = {1};
  p.vehicles[1].capacity = {1};
  EXPECT_EQ(planned(p, 200).summary.cost, 202);
  p.ways[0].costs[1] = kForever;
  Options options;
  options.iterations = 10;
  const auto refused = solve(p, options, StoppedWatch{});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().at, "/ways/0/costs/0/1");
}

}  // namespace
}  // namespace huan::routing
