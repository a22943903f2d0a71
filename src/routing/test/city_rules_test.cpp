// SPDX-License-Identifier: Apache-2.0
// Zones with hours, stops that fill up, facilities with so much room, breaks by work and load,
// goals of shape: small days whose plan is known, and each reason relaxed until the stop is served.
#include "drawn.hpp"
#include "huan/routing/detours.hpp"

namespace huan::routing {
namespace {

/// The depot at 0, stops 10 and 20 to the right; a second is a unit.
Problem line_of_two() {
  Problem p = drawn({.stops = 2, .vehicles = 1, .capacity = 100, .seed = 1});
  p.places = {{0, 0}, {10, 0}, {20, 0}};
  p.stops[0].pickup = {4};
  p.stops[1].pickup = {6};
  p.vehicles[0].shifts[0].window = {0, 200};
  return p;
}

Step step_of(const Plan& plan, Index stop) {
  for (const Route& route : plan.routes) {
    for (const Step& step : route.steps) {
      if (step.stop == stop) {
        return step;
      }
    }
  }

  ADD_FAILURE() << "stop " << stop << " is not visited";
  return {};
}

const Reason* reason_of(const Plan& plan, ReasonCode code) {
  for (const Unserved& unserved : plan.unserved) {
    for (const Reason& reason : unserved.reasons) {
      if (reason.code == code) {
        return &reason;
      }
    }
  }
  return nullptr;
}

TEST(Zones, OnePathThatPassesThroughWaitsForTheOpening) {
  Problem p = line_of_two();
  p.vehicles[0].shifts[0].window = {30, 200};
  // A strip across the way between 12 and 15, open from 50 on.
  p.zones = {
      Zone{.id = "Z", .open = {{50, 200}}, .rings = {{{12, -1}, {15, -1}, {15, 1}, {12, 1}}}}};
  const Plan plan = planned(p, 50);
  EXPECT_TRUE(plan.unserved.empty());
  EXPECT_NEAR(step_of(plan, 1).arrival_s, 58, 1e-6) << "two before the strip at 48";
  p.zones[0].exempt = {"light"};
  p.vehicles[0].vehicle_class = "light";
  EXPECT_NEAR(step_of(planned(p, 50), 1).arrival_s, 50, 1e-6);
}

TEST(Zones, OneDrivesRoundWhereWaitingTakesTooLongOrCostsMore) {
  Problem p = line_of_two();
  // The strip again, from 150 on. Round it, it is 20.141 from the depot and 10.336 between the
  // stops.
  p.zones = {
      Zone{.id = "Z", .open = {{150, 200}}, .rings = {{{12, -1}, {15, -1}, {15, 1}, {12, 1}}}}};
  add_detours(p);
  const auto driven = [&](double closes) {
    p.vehicles[0].shifts[0].window.to = closes;
    const Plan plan = planned(p, 50);
    EXPECT_TRUE(plan.unserved.empty()) << closes;
    return plan.summary.distance;
  };
  EXPECT_NEAR(driven(200), 40, 1e-6) << "waits";
  EXPECT_NEAR(driven(170), 40.141, 1e-3)
      << "round it on the way there, through it back from 145 on";
  EXPECT_NEAR(driven(100), 40.477, 1e-3) << "round it both times";
  EXPECT_TRUE(step_of(planned(p, 50), 1).around);
  p.objective.goals = {{Goal::unserved, 1}, {Goal::time, 1}};
  p.vehicles[0].shifts[0].window.to = 200;
  EXPECT_NEAR(planned(p, 50).summary.duration_s, 40.477, 1e-3);
  p.vehicles[0].caps.distance_max = 40.1;
  EXPECT_NEAR(planned(p, 50).summary.distance, 40, 1e-6) << "waits, for it may not drive so far";
}

TEST(Zones, DetoursByNumberAreTakenByTheHour) {
  Problem p = line_of_two();
  Travel& travel = p.ways[0];
  travel.metric = Metric::matrix;
  travel.durations = {0, 10, 20, 10, 0, 10, 20, 10, 0};
  p.zones = {Zone{.id = "Z", .open = {{0, 0}}, .ways = {{0, 2}, {1, 2}}}};
  EXPECT_EQ(planned(p, 50).unserved.size(), 1U);
  travel.detours = {{.from = 1, .to = 2, .duration_s = 30, .distance = 33}};
  const Plan plan = planned(p, 50);
  EXPECT_TRUE(plan.unserved.empty());
  EXPECT_NEAR(plan.summary.distance, 63, 1e-6) << "10, 33 round, 20 back";
  EXPECT_NEAR(plan.summary.travel_s, 60, 1e-6);
  p.zones[0].places = {2};
  EXPECT_EQ(planned(p, 50).unserved.size(), 1U) << "what ends inside is inside";
  travel.detours.push_back({.from = 1, .to = 2});
  const auto twice = check(p);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().at, "/ways/0/detours");
}

TEST(Zones, StopInsideIsServedWithinTheHours) {
  Problem p = line_of_two();
  p.stops[1].service_s = 10;
  p.zones = {Zone{.id = "Z", .open = {{60, 80}}, .places = {2}}};
  const Step step = step_of(planned(p, 50), 1);
  EXPECT_GE(step.arrival_s, 60 - 1e-6);
  EXPECT_LE(step.arrival_s + step.waiting_s + step.service_s, 80 + 1e-6);
  p.stops[1].service_s = 25;
  const Plan late = planned(p, 50);
  ASSERT_EQ(late.unserved.size(), 1U);
  const Reason* reason = reason_of(late, ReasonCode::zone);
  ASSERT_NE(reason, nullptr);
  EXPECT_EQ(reason->unit, "s");
  EXPECT_NEAR(reason->amount, 5, 1e-6);
  p.zones[0].open[0].to += reason->amount;
  EXPECT_TRUE(planned(p, 50).unserved.empty());
}

TEST(Zones, WayByNumberIsClosedToThoseWithoutARight) {
  Problem p = line_of_two();
  p.zones = {Zone{.id = "Z", .open = {{0, 0}}, .ways = {{0, 2}, {1, 2}}}};
  const Plan plan = planned(p, 50);
  ASSERT_EQ(plan.unserved.size(), 1U);
  EXPECT_EQ(plan.unserved[0].stop, 1U);
  EXPECT_NE(reason_of(plan, ReasonCode::zone), nullptr);
  p.zones[0].ways = {{0, 2}};
  EXPECT_TRUE(planned(p, 50).unserved.empty()) << "by way of the other stop";
}

TEST(Forecasts, StationIsClearedBeforeItsLimitAndOnTheCheapDay) {
  Problem p = line_of_two();
  p.days = 4;
  p.vehicles[0].shifts = {{.day = 0}, {.day = 1}, {.day = 2}, {.day = 3}};
  p.stops[0].visits = {.stored = {10}, .growth = {10}, .limit = {30}};
  p.stops[1].visits.days = {2};
  const Plan plan = planned(p, 400);
  EXPECT_TRUE(plan.unserved.empty());
  ASSERT_EQ(plan.routes.size(), 1U) << "both on day 2, when 30 stand there";
  EXPECT_EQ(plan.routes[0].shift, 2U);
  EXPECT_EQ(plan.summary.pickup, (Load{36}));
  // With less room it has to be cleared twice, and the vehicle holds what has grown since.
  p.stops[0].visits.limit = {20};
  const Plan twice = planned(p, 400);
  EXPECT_TRUE(twice.unserved.empty());
  EXPECT_EQ(twice.summary.routes, 3U - 1U);
}

TEST(Forecasts, PatternsSayOnWhichDaysAStationMayBeCleared) {
  Problem p = line_of_two();
  p.days = 4;
  p.vehicles[0].shifts = {{.day = 0}, {.day = 1}, {.day = 2}, {.day = 3}};
  p.stops[0].visits = {.stored = {10}, .growth = {10}, .limit = {30}};
  p.stops[0].visits.patterns = {{0, 3}, {2, 3}, {1, 2, 3}};
  p.stops[1].visits.days = {2};
  const Plan plan = planned(p, 400);
  EXPECT_TRUE(plan.unserved.empty());
  EXPECT_EQ(plan.routes.size(), 2U) << "on day 2 beside the other, when 30 stand there, and on 3";
  EXPECT_EQ(plan.summary.pickup, (Load{46}));
  p.stops[0].visits.limit = {
      20};  // day 2 is too late for the first, and day 3 for the second of two
  const Plan thrice = planned(p, 400);
  EXPECT_TRUE(thrice.unserved.empty());
  EXPECT_EQ(thrice.routes.size(), 3U);
  p.vehicles[0].capacity = {0};
  const Plan none = planned(p, 50);
  ASSERT_FALSE(none.unserved.empty());
  EXPECT_EQ(none.unserved[0].visits, 2U) << "as many as the shortest pattern has";
}

TEST(Forecasts, WhatNoVehicleCanTakeIsSaidWithTheAmount) {
  Problem p = line_of_two();
  p.days = 2;
  p.vehicles[0].shifts = {{.day = 0}, {.day = 1}};
  p.vehicles[0].capacity = {15};
  p.stops[0].visits = {.stored = {18}, .limit = {40}};
  const Plan plan = planned(p, 100);
  ASSERT_EQ(plan.unserved.size(), 1U);
  const Reason* reason = reason_of(plan, ReasonCode::capacity);
  ASSERT_NE(reason, nullptr);
  EXPECT_EQ(reason->amount, 3);
  EXPECT_EQ(reason->unit, "kg");
  p.vehicles[0].capacity = {18};
  EXPECT_TRUE(planned(p, 100).unserved.empty());
}

Problem two_and_a_facility() {
  Problem p = line_of_two();
  p.facilities = {Facility{.id = "F", .place = 0}};
  p.vehicles[0].unloads = true;
  p.vehicles[0].empty_at_end = true;
  return p;
}

TEST(Rooms, FacilityTakesSoMuchADayFromAllVehicles) {
  Problem p = two_and_a_facility();
  p.vehicles.push_back(p.vehicles[0]);
  p.vehicles[1].id = "1";
  p.vehicles[0].capacity = p.vehicles[1].capacity = {6};
  p.facilities[0].capacity_per_day = {9};
  const Plan plan = planned(p, 100);
  ASSERT_EQ(plan.unserved.size(), 1U);
  const Reason* reason = reason_of(plan, ReasonCode::facility);
  ASSERT_NE(reason, nullptr);
  EXPECT_EQ(reason->amount, 1);
  EXPECT_EQ(reason->unit, "kg");
  p.facilities[0].capacity_per_day = {10};
  EXPECT_TRUE(planned(p, 100).unserved.empty());
}

TEST(Rooms, WhatIsFullHereGoesElsewhere) {
  Problem p = two_and_a_facility();
  p.facilities[0].capacity_per_day = {6};
  p.places.push_back({0, 50});
  p.facilities.push_back(Facility{.id = "G", .place = 3});
  const Plan plan = planned(p, 200);
  EXPECT_TRUE(plan.unserved.empty());
  EXPECT_GT(plan.summary.distance, 100);
}

TEST(Breaks, AreDueAfterSoMuchWork) {
  Problem p = line_of_two();
  for (Stop& stop : p.stops) {
    stop.service_s = 10;
  }
  p.vehicles[0].shifts[0].breaks = {Break{.id = "b", .duration_s = 5, .after_work_s = 30}};
  const auto rest_at = [&] {
    const Plan plan = planned(p, 50);
    EXPECT_TRUE(plan.unserved.empty());
    for (const Step& step : plan.routes.at(0).steps) {
      if (step.type == StepType::rest) {
        return step.arrival_s + step.waiting_s - plan.routes[0].steps[0].arrival_s;
      }
    }
    return -1.0;
  };
  EXPECT_NEAR(rest_at(), 20, 1e-6) << "behind the first stop: behind the second it is 40";
  p.vehicles[0].shifts[0].breaks[0].after_work_s = 19;
  EXPECT_EQ(planned(p, 50).unserved.size(), 2U);
}

TEST(Breaks, WaitUntilThereIsLittleOnBoard) {
  Problem p = line_of_two();
  p.vehicles[0].shifts[0].breaks = {Break{.id = "b", .duration_s = 5, .load_max = {5}}};
  const Plan plan = planned(p, 50);
  for (const Step& step : plan.routes.at(0).steps) {
    if (step.type == StepType::rest) {
      EXPECT_LE(step.load.at(0), 5);
    }
  }
  p.vehicles[0].shifts[0].breaks[0].load_max = {3};
  EXPECT_EQ(planned(p, 50).unserved.size(), 2U);
}

TEST(Caps, DrivingIsLimitedAtTheSpeedsOfTheHour) {
  Problem p = line_of_two();
  p.ways[0].slices = {{0, 2}};
  p.vehicles[0].caps.travel_max_s = 79;
  const Plan plan = planned(p, 50);
  ASSERT_EQ(plan.unserved.size(), 1U);
  const Reason* reason = reason_of(plan, ReasonCode::travel);
  ASSERT_NE(reason, nullptr);
  EXPECT_NEAR(reason->amount, 1, 1e-6);
  p.vehicles[0].caps.travel_max_s += reason->amount;
  EXPECT_TRUE(planned(p, 50).unserved.empty());
}

TEST(Loads, DeliveriesStayOnBoardAtAFacilityThatOnlyTakes) {
  Problem p = two_and_a_facility();
  p.stops[1].pickup = {};
  p.stops[1].delivery = {97};
  const Plan plan = planned(p, 50);
  EXPECT_TRUE(plan.unserved.empty());
  // 4 are picked up first only if there is room beside the 97.
  EXPECT_LT(step_of(plan, 1).arrival_s, step_of(plan, 0).arrival_s);
  p.vehicles[0].capacity = {96};
  EXPECT_EQ(planned(p, 50).unserved.size(), 1U);
}

TEST(Pairs, DeliveryOfAFrozenPickupIsStillPlanned) {
  Problem p = line_of_two();
  p.stops[0].pickup = p.stops[1].pickup = {};
  p.pairs = {{.pickup = 0, .delivery = 1, .load = {5}}};
  Options options;
  options.iterations = 50;
  options.start = {{.vehicle = 0, .visits = {{.stop = 0}}, .frozen = 1}};
  const auto plan = solve(p, options, StoppedWatch{});
  ASSERT_TRUE(plan) << plan.error().detail;
  EXPECT_TRUE(plan->unserved.empty());
  p.stops[1].windows = {{0, 5}};
  EXPECT_EQ(solve(p, options, StoppedWatch{}).error().at, "/start");
}

TEST(Goals, StabilityKeepsYesterdaysVehicles) {
  Problem p = drawn({.stops = 8, .vehicles = 2, .capacity = 100, .seed = 3});
  for (Index i = 0; i < 8; ++i) {
    p.reference.push_back({.vehicle = i % 2, .visits = {{.stop = i}}});
  }
  p.objective = {{{Goal::unserved, 1}, {Goal::stability, 1}, {Goal::distance, 1}}, true};
  const Plan plan = planned(p, 300);
  EXPECT_EQ(plan.summary.objective.at(1).value, 0);
  p.objective.goals = {{Goal::unserved, 1}, {Goal::distance, 1}, {Goal::stability, 1}};
  const Plan free = planned(p, 300);
  EXPECT_GT(free.summary.objective.at(2).value, 0);
  EXPECT_LT(free.summary.distance, plan.summary.distance);
}

TEST(Goals, BalanceAndCompactnessAreWeighed) {
  Problem p = drawn({.stops = 12, .vehicles = 3, .capacity = 20, .seed = 5});
  const Goal goals[] = {Goal::balance, Goal::compactness};
  for (const Goal goal : goals) {
    p.objective = {{{Goal::distance, 1}, {goal, 0}}, false};
    const double without = planned(p, 600).summary.objective.at(1).value;
    p.objective = {{{Goal::distance, 1}, {goal, 20}}, false};
    EXPECT_LT(planned(p, 600).summary.objective.at(1).value, without);
  }
}

}  // namespace
}  // namespace huan::routing
