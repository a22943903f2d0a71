// SPDX-License-Identifier: Apache-2.0
// Each rule with a plan that breaks it, by a known amount, and one that just holds it.
#include "small_plan.hpp"

namespace huan::routing_check {
namespace {

const Plan kBoth = plan_of({job(0), job(1)});

TEST(Rules, ASoundPlanHolds) {
  EXPECT_EQ(broken_by_order(small_day(), kBoth), "");
  EXPECT_EQ(broken_by_order(small_day(), plan_of({job(0)})), "") << "the other is listed unserved";
}

TEST(Rules, EveryNumberOfThePlanIsWorkedOutAgain) {
  const Problem p = small_day();
  const Plan sound = timed(p, kBoth);
  EXPECT_EQ(sound.summary.distance, 20);
  EXPECT_EQ(sound.summary.duration_s, 25);
  const auto spoilt = [&](auto spoil) {
    Plan plan = sound;
    spoil(plan);
    return broken(p, plan);
  };
  EXPECT_EQ(spoilt([](Plan& x) { x.summary.distance += 1; }), "figures 1");
  EXPECT_EQ(spoilt([](Plan& x) { x.routes[0].summary.cost -= 2; }), "figures -2, figures 2");
  EXPECT_EQ(spoilt([](Plan& x) { x.routes[0].steps[1].load = {5}; }), "figures");
  EXPECT_EQ(spoilt([](Plan& x) { x.routes[0].summary.pickup = {9}; }), "figures");
  EXPECT_EQ(spoilt([](Plan& x) { x.summary.unserved = 1; }), "figures 1");
  EXPECT_EQ(spoilt([](Plan& x) { x.summary.vehicles = 2; }), "figures 1");
}

TEST(Rules, ARouteNamesWhatIsThere) {
  const Problem p = small_day();
  const auto form = [&](auto spoil) {
    Plan plan = timed(p, kBoth);
    spoil(plan.routes[0]);
    return broken(p, plan).substr(0, 4);
  };
  EXPECT_EQ(form([](Route& r) { r.vehicle = 1; }), "form");
  EXPECT_EQ(form([](Route& r) { r.shift = 1; }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps.resize(1); }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps[1].stop = 2; }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps[1].type = StepType::end; }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps[1].type = StepType::pickup; }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps[1].waiting_s = -1; }), "form");
  EXPECT_EQ(form([](Route& r) { r.steps[1].arrival_s = -kForever; }), "form");
  EXPECT_EQ(broken_by_order(p, plan_of({route_of(0, {job(0)}), route_of(0, {job(1)})})), "form");
}

TEST(Rules, WaysTakeTheirTime) {
  const Problem p = small_day();
  Plan plan = timed(p, kBoth);
  plan.routes[0].steps[2].arrival_s -= 2;
  plan.routes[0].steps[2].waiting_s += 2;
  plan.routes[0].summary.waiting_s += 2;
  plan.summary.waiting_s += 2;
  EXPECT_EQ(broken(p, plan), "travel_time 2 s");
}

TEST(Rules, SlicesAndFactorsSlowTheWay) {
  Problem p = small_day();
  p.vehicles[0].travel_factor = 2;
  EXPECT_EQ(timed(p, kBoth).summary.travel_s, 40);
  p.vehicles[0].travel_factor = 1;
  p.vehicles[0].shifts[0].window = {0, 100};
  p.stops[0].windows = {{5, 5}};
  p.ways[0].slices = {{9, 3}};  // the way to the second is begun at 7: 2 s done at 9, 3 × 3 s more
  const Plan plan = timed(p, kBoth);
  EXPECT_EQ(plan.routes[0].steps[2].arrival_s, 18);
  EXPECT_EQ(broken(p, plan), "");
}

TEST(Rules, AHoleInTheMatrixIsNoWay) {
  Problem p = small_day();
  p.ways[0].metric = routing::Metric::matrix;
  p.ways[0].durations.assign(16, 1);
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  p.ways[0].durations[1 * 4 + 2] = kForever;
  EXPECT_EQ(broken_by_order(p, kBoth).substr(0, 11), "unreachable");
}

TEST(Rules, WorkTakesItsTime) {
  const Problem p = small_day();
  Plan plan = timed(p, kBoth);
  plan.routes[0].steps[1].service_s = 1;
  EXPECT_EQ(broken(p, plan).substr(0, 16), "service_time 1 s");
}

TEST(Rules, SetupCountsOncePerPlace) {
  Problem p = small_day();
  p.stops[0].setup_s = 10;
  p.stops[1].setup_s = 20;
  p.stops[1].place = 1;
  EXPECT_EQ(timed(p, kBoth).summary.service_s, 15);
  p.vehicles[0].service_factor = 2;
  EXPECT_EQ(timed(p, kBoth).summary.service_s, 30);
}

TEST(Rules, Windows) {
  Problem p = small_day();
  p.stops[1].windows = {{0, 3}, {6, 11.5}};
  EXPECT_EQ(broken_by_order(p, kBoth), "window_late 0.5 s");
  p.stops[1].windows = {{0, 3}, {6, 12}};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  Plan plan = timed(p, kBoth);
  p.stops[1].windows = {{12.25, 20}};
  EXPECT_EQ(broken(p, plan), "window_early 0.25 s");
}

TEST(Rules, Shift) {
  Problem p = small_day();
  p.vehicles[0].shifts[0].window = {0, 24};
  EXPECT_EQ(broken_by_order(p, kBoth), "shift_late 1 s");
  p.vehicles[0].shifts[0].window = {0, 25};
  const Plan plan = timed(p, kBoth);
  EXPECT_EQ(broken(p, plan), "");
  p.vehicles[0].shifts[0].window = {0.5, 30};
  EXPECT_EQ(broken(p, plan), "shift_early 0.5 s");
}

TEST(Rules, LoadsInEachDimension) {
  Problem p = small_day();
  p.vehicles[0].capacity = {9};
  EXPECT_EQ(broken_by_order(p, kBoth), "load 1 kg");
  p.dimensions = {"kg", "m3"};
  p.stops[0].pickup = {4, 7};
  p.vehicles[0].capacity = {10, 6};
  EXPECT_EQ(broken_by_order(p, kBoth), "load 1 m3, load 1 m3");
  p.vehicles[0].capacity = {10, 7};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
}

TEST(Rules, DeliveriesAreOnBoardFromTheStart) {
  Problem p = small_day();
  p.stops[0] = Stop{.id = "1", .place = 1, .pickup = {}, .delivery = {8}};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  p.stops[0].delivery = {11};
  EXPECT_EQ(broken_by_order(p, plan_of({job(0)})), "load 1 kg");
  p.stops[0].delivery = {8};  // and 6 more picked up before it is left
  EXPECT_EQ(broken_by_order(p, plan_of({job(1), job(0)})), "load 4 kg");
}

TEST(Rules, UnloadingBeginsANewTrip) {
  Problem p = small_day();
  p.vehicles[0].capacity = {6};
  EXPECT_EQ(broken_by_order(p, kBoth), "load 4 kg");
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), unload(0), job(1)})), "");
}

TEST(Rules, DeliveriesAreTakenOnBoardOnlyWhereTheVehicleReloads) {
  Problem p = small_day();
  p.stops[0] = Stop{.id = "1", .place = 1, .delivery = {8}};
  p.stops[1] = Stop{.id = "2", .place = 2, .delivery = {7}};
  const Plan plan = plan_of({job(0), unload(0), job(1)});
  EXPECT_EQ(broken_by_order(p, plan), "load 5 kg");
  p.facilities[0].reloads = true;
  EXPECT_EQ(broken_by_order(p, plan), "");
}

TEST(Rules, EmptyAtTheEnd) {
  Problem p = small_day();
  p.vehicles[0].empty_at_end = true;
  EXPECT_EQ(broken_by_order(p, kBoth), "empty_at_end 10 kg");
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), job(1), unload(0)})), "");
  p.vehicles[0].start_load = {1};
  EXPECT_EQ(broken_by_order(p, plan_of({unload(0), job(0)})), "empty_at_end 4 kg");
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), job(1), unload(0)})), "load 1 kg");
}

TEST(Rules, FacilitiesHaveHoursRoomAndMaterials) {
  Problem p = small_day();
  const Plan plan = plan_of({job(0), job(1), unload(0)});
  const double at = timed(p, plan).routes[0].steps[3].arrival_s;
  p.facilities[0].windows = {{0, at}};
  EXPECT_EQ(broken_by_order(p, plan), "");
  p.facilities[0].windows = {{0, at - 0.5}};
  EXPECT_EQ(broken_by_order(p, plan), "facility_hours 0.5 s");
  p.facilities[0].windows = {};
  p.facilities[0].capacity_per_day = {10};
  EXPECT_EQ(broken_by_order(p, plan), "");
  p.facilities[0].capacity_per_day = {9};
  EXPECT_EQ(broken_by_order(p, plan), "facility_capacity 1 kg");
  p.facilities[0].capacity_per_day = {};
  p.facilities[0].materials = {0};
  p.stops[0].material = 0;
  EXPECT_EQ(broken_by_order(p, plan), "");
  p.stops[1].material = 1;
  EXPECT_EQ(broken_by_order(p, plan), "facility_material");
}

TEST(Rules, AFacilitysRoomIsThatOfADayOverAllVehicles) {
  Problem p = small_day();
  p.vehicles.push_back(p.vehicles[0]);
  p.facilities[0].capacity_per_day = {9};
  const Plan plan = plan_of({route_of(0, {job(0), unload(0)}), route_of(1, {job(1), unload(0)})});
  EXPECT_EQ(broken_by_order(p, plan), "facility_capacity 1 kg");
  p.days = 2;
  p.vehicles[1].shifts[0].day = 1;
  EXPECT_EQ(broken_by_order(p, plan), "");
}

TEST(Rules, AVehicleGoesToItsOwnFacilities) {
  Problem p = small_day();
  p.facilities.push_back(p.facilities[0]);
  p.vehicles[0].facilities = {1};
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), unload(0)})), "facility_allowed");
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), unload(1)})), "");
  p.vehicles[0].unloads = false;
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), unload(1)})), "facility_allowed");
}

Problem with_break(const Break& given) {
  Problem p = small_day();
  p.vehicles[0].shifts[0].breaks = {given};
  return p;
}

TEST(Rules, BreaksAreTakenInTheirWindows) {
  const Plan plan = plan_of({job(0), rest(0), job(1)});
  Problem p = with_break({.id = "lunch", .windows = {{8, 9}}, .duration_s = 30});
  EXPECT_EQ(broken_by_order(p, kBoth), "break_missing 30 s");
  EXPECT_EQ(broken_by_order(p, plan), "");
  Plan moved = timed(p, plan);
  p.vehicles[0].shifts[0].breaks[0].windows = {{9.5, 20}};
  EXPECT_EQ(broken(p, moved), "break_early 1.5 s");
  p.vehicles[0].shifts[0].breaks[0].windows = {{0, 7.5}};
  EXPECT_EQ(broken(p, moved), "break_late 0.5 s");
  p.vehicles[0].shifts[0].breaks[0].windows = {{8, 9}};
  p.vehicles[0].shifts[0].breaks[0].duration_s = 31;
  EXPECT_EQ(broken(p, moved), "break_duration 1 s");
}

TEST(Rules, ABreakIsWhereTheVehicleIsAndInItsTurn) {
  Problem p = with_break({.id = "1", .windows = {}, .duration_s = 1});
  Plan plan = timed(p, plan_of({job(0), rest(0), job(1)}));
  plan.routes[0].steps[2].place = 3;
  EXPECT_NE(broken(p, plan).find("form"), std::string::npos);
  p.vehicles[0].shifts[0].breaks.push_back({.id = "2", .windows = {}, .duration_s = 1});
  EXPECT_EQ(broken_by_order(p, plan_of({rest(0), job(0), rest(1)})), "");
  EXPECT_EQ(broken_by_order(p, plan_of({rest(1), job(0), rest(0)})), "break_missing 1 s, form");
}

TEST(Rules, ABreakComesAfterSoMuchWork) {
  const Plan plan = plan_of({job(0), rest(0), job(1)});
  EXPECT_EQ(broken_by_order(with_break({.duration_s = 1, .after_work_s = 7}), plan), "");
  EXPECT_EQ(broken_by_order(with_break({.duration_s = 1, .after_work_s = 6}), plan),
            "break_late 1 s");
}

TEST(Rules, ABreakIsTakenWithSoMuchOnBoard) {
  const Plan plan = plan_of({job(0), rest(0), job(1)});
  EXPECT_EQ(broken_by_order(with_break({.duration_s = 1, .load_max = {4}}), plan), "");
  EXPECT_EQ(broken_by_order(with_break({.duration_s = 1, .load_max = {3}}), plan),
            "break_load 1 kg");
}

TEST(Rules, CapsHoldOverAllTrips) {
  const Plan plan = plan_of({job(0), unload(0), job(1), unload(0)});
  const auto capped = [&](auto cap) {
    Problem p = small_day();
    cap(p.vehicles[0].caps);
    return broken_by_order(p, plan);
  };
  const routing::RouteSummary sum = timed(small_day(), plan).routes[0].summary;
  using Caps = routing::ShiftCaps;
  EXPECT_EQ(capped([&](Caps& c) { c.distance_max = sum.distance; }), "");
  EXPECT_EQ(capped([&](Caps& c) { c.distance_max = sum.distance - 1; }), "distance 1 m");
  EXPECT_EQ(capped([&](Caps& c) { c.duration_max_s = sum.duration_s; }), "");
  EXPECT_EQ(capped([&](Caps& c) { c.duration_max_s = sum.duration_s - 2; }), "duration 2 s");
  EXPECT_EQ(capped([&](Caps& c) {
              c.duration_max_s = sum.duration_s - 2;
              c.overtime_max_s = 2;
            }),
            "");
  EXPECT_EQ(capped([&](Caps& c) { c.travel_max_s = sum.travel_s; }), "");
  EXPECT_EQ(capped([&](Caps& c) { c.travel_max_s = sum.travel_s - 3; }), "travel 3 s");
  EXPECT_EQ(capped([](Caps& c) { c.stops_max = 2; }), "");
  EXPECT_EQ(capped([](Caps& c) { c.stops_max = 1; }), "stops 1");
  EXPECT_EQ(capped([](Caps& c) { c.unloads_max = 2; }), "");
  EXPECT_EQ(capped([](Caps& c) { c.unloads_max = 1; }), "unloads 1");
  EXPECT_EQ(capped([](Caps& c) { c.load_max = {10}; }), "");
  EXPECT_EQ(capped([](Caps& c) { c.load_max = {8}; }), "shift_load 2 kg");
}

TEST(Rules, SkillsAndAllowedVehicles) {
  Problem p = small_day();
  p.stops[0].skills = {"crane"};
  EXPECT_EQ(broken_by_order(p, kBoth), "skills");
  p.vehicles[0].skills = {"lift", "crane"};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  p.vehicles.push_back(p.vehicles[0]);
  p.stops[1].vehicles = {1};
  EXPECT_EQ(broken_by_order(p, kBoth), "vehicle");
  EXPECT_EQ(broken_by_order(p, plan_of({route_of(1, {job(0), job(1)})})), "");
}

TEST(Rules, ATripWaitsForWhatItBrings) {
  Problem p = small_day();
  p.stops[1] = Stop{.id = "2", .place = 2, .delivery = {1}, .release_s = 6};
  const Plan plan = timed(p, kBoth);
  EXPECT_EQ(plan.routes[0].steps[0].arrival_s, 6);
  EXPECT_EQ(broken(p, plan), "");
  p.stops[1].release_s = 6.5;
  EXPECT_EQ(broken(p, plan), "release 0.5 s");
  p.facilities[0].reloads = true;
  p.stops[1].release_s = 60;
  const Plan two = timed(p, plan_of({job(0), unload(0), job(1)}));
  EXPECT_EQ(broken(p, two), "");
  EXPECT_NEAR(two.routes[0].steps[3].arrival_s, 60 + std::sqrt(40), 1e-9);
  p.stops[1].release_s = 61;
  EXPECT_EQ(broken(p, two), "release 1 s");
}

TEST(Rules, Pairs) {
  Problem p = small_day();
  p.stops[0].pickup = p.stops[1].pickup = {};
  p.pairs = {Pair{.pickup = 0, .delivery = 1, .load = {10}}};
  EXPECT_EQ(broken_by_order(p, plan_of({pickup(0), delivery(1)})), "");
  EXPECT_EQ(broken_by_order(p, plan_of({pickup(0)})), "pair");
  EXPECT_EQ(broken_by_order(p, plan_of({delivery(1), pickup(0)})), "pair, pair");
  EXPECT_EQ(broken_by_order(p, plan_of({pickup(0), unload(0), delivery(1)})), "pair");
  p.pairs[0].load = {11};
  EXPECT_EQ(broken_by_order(p, plan_of({pickup(0), delivery(1)})), "load 1 kg");
}

TEST(Rules, ZonesHoldForStops) {
  Problem p = small_day();
  p.zones = {routing::Zone{.id = "old town", .open = {{0, 7}}, .places = {1}}};
  p.stops[0].windows = {{5, 5}};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  p.zones[0].open = {{0, 6}, {8, 20}};
  EXPECT_EQ(broken_by_order(p, kBoth), "zone 1 s");
  p.zones[0].exempt = {"electric"};
  EXPECT_EQ(broken_by_order(p, kBoth), "zone 1 s");
  p.vehicles[0].vehicle_class = "electric";
  EXPECT_EQ(broken_by_order(p, kBoth), "");
}

TEST(Rules, ZonesHoldForTheDrivenWay) {
  Problem p = small_day();
  p.stops[0].windows = {{5, 5}};
  p.zones = {routing::Zone{.id = "z", .open = {{0, 10}}, .ways = {{1, 2}}}};  // driven from 7 to 12
  EXPECT_EQ(broken_by_order(p, kBoth), "zone 2 s");
  p.zones[0].open = {{7, 12}};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  // A strip across the second way, from 2/5 to 3/5 of it: entered at 9, left at 10.
  p.zones[0].ways = {};
  p.zones[0].rings = {{{4.2, 0}, {4.8, 0}, {4.8, 20}, {4.2, 20}}};
  p.zones[0].open = {{8.9, 10.1}, {11, 99}};
  EXPECT_EQ(broken_by_order(p, kBoth), "");
  p.zones[0].open = {{9.25, 99}};
  EXPECT_EQ(broken_by_order(p, kBoth), "zone 0.25 s");
}

TEST(Rules, ZonesHoldForDetours) {
  Problem p = small_day();
  p.stops[0].windows = {{5, 5}};
  p.zones = {routing::Zone{.id = "z", .open = {{0, 1}}, .ways = {{1, 2}}}};
  Plan round = kBoth;
  round.routes[0].steps[2].around = true;
  EXPECT_EQ(broken_by_order(p, round), "form") << "no such way is known";
  p.ways[0].detours = {{.from = 1, .to = 2, .duration_s = 9, .distance = 9}};
  EXPECT_EQ(broken_by_order(p, kBoth), "zone 5 s");
  EXPECT_EQ(broken_by_order(p, round), "");
  const Plan driven = timed(p, round);
  EXPECT_NEAR(driven.routes[0].steps[2].arrival_s, 16, 1e-9);
  EXPECT_NEAR(driven.routes[0].summary.distance, 24, 1e-9);
  p.zones[0].places = {2};
  EXPECT_EQ(broken_by_order(p, round), "zone 9 s, zone 3 s") << "it ends inside";
  // Along lines that a strip crosses from 2/10 to 3/10 of them.
  p.zones = {
      routing::Zone{.id = "z", .open = {{0, 1}}, .rings = {{{-4, 5}, {-3, 5}, {-3, 3}, {-4, 3}}}}};
  p.ways[0].detours[0].corners = {{-7, 4}, {-7, 8}};
  EXPECT_EQ(broken_by_order(p, round), "zone 1 s");
  EXPECT_NEAR(timed(p, round).routes[0].summary.distance, 5 + 10 + 4 + 13 + 10, 1e-9)
      << "as long as its lines, whatever is said";
}

TEST(Rules, EveryVisitIsMadeOrSaidToBeMissing) {
  const Problem p = small_day();
  Plan plan = timed(p, plan_of({job(0)}));
  plan.unserved.clear();
  plan.summary.unserved = 0;
  plan.summary.objective[0].value = 0;
  EXPECT_EQ(broken(p, plan), "visits 1");
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), job(0), job(1)})).substr(0, 10), "load 4 kg,");
  Problem wide = p;
  wide.vehicles[0].capacity = {};
  EXPECT_EQ(broken_by_order(wide, plan_of({job(0), job(0), job(1)})), "visits 1, days 1 days");
}

/// Visits of stop 0 on these days by one vehicle.
std::string on_days(const routing::Visits& visits, const std::vector<std::uint32_t>& days) {
  Problem p = small_day();
  p.days = 6;
  p.stops.resize(1);
  p.stops[0].visits = visits;
  p.vehicles[0].shifts.clear();
  p.vehicles[0].shifts.reserve(p.days);
  for (std::uint32_t day = 0; day < p.days; ++day) {
    p.vehicles[0].shifts.push_back({.day = day});
  }
  std::vector<Route> routes;
  routes.reserve(days.size());
  for (const std::uint32_t day : days) {
    routes.push_back(route_of(0, {job(0)}, day));
  }
  return broken_by_order(p, plan_of(routes));
}

/// What is said to be missing when nobody comes, or on these days only.
std::uint32_t missing(const routing::Visits& visits, const std::vector<Route>& routes) {
  Problem p = small_day();
  p.days = 6;
  p.stops.resize(1);
  p.stops[0].visits = visits;
  p.vehicles[0].shifts.clear();
  p.vehicles[0].shifts.reserve(p.days);
  for (std::uint32_t day = 0; day < p.days; ++day) {
    p.vehicles[0].shifts.push_back({.day = day});
  }
  const Plan plan = timed(p, plan_of(routes));
  return plan.unserved.empty() ? 0 : plan.unserved[0].visits;
}

TEST(Rules, OfUnequalPatternsTheShortestThatHasTheDaysCounts) {
  const routing::Visits visits{.patterns = {{0, 2, 4}, {1, 5}, {3}}};
  EXPECT_EQ(missing(visits, {}), 1U);
  EXPECT_EQ(missing(visits, {route_of(0, {job(0)}, 2)}), 2U);
  EXPECT_EQ(missing(visits, {route_of(0, {job(0)}, 5)}), 1U);
  EXPECT_EQ(missing(visits, {route_of(0, {job(0)}, 3)}), 0U);
}

TEST(Rules, Days) {
  EXPECT_EQ(on_days({.times = 2}, {0, 5}), "");
  EXPECT_EQ(on_days({.times = 2, .gap_days_min = 3}, {1, 4}), "");
  EXPECT_EQ(on_days({.times = 2, .gap_days_min = 3}, {1, 3}), "days 1 days");
  EXPECT_EQ(on_days({.times = 2, .gap_days_max = 3}, {1, 5}), "days 1 days");
  EXPECT_EQ(on_days({.times = 2, .patterns = {{0, 3}, {1, 4}}}, {1, 4}), "");
  EXPECT_EQ(on_days({.times = 2, .patterns = {{0, 3}, {1, 4}}}, {1, 3}), "days 2 days");
  EXPECT_EQ(on_days({.patterns = {{0, 2, 4}, {1, 5}, {3}}}, {0, 2, 4}), "");
  EXPECT_EQ(on_days({.patterns = {{0, 2, 4}, {1, 5}, {3}}}, {3}), "");
  EXPECT_EQ(on_days({.patterns = {{0, 2, 4}, {1, 5}, {3}}}, {1, 3}), "visits 1, days 2 days");
  EXPECT_EQ(on_days({.times = 1, .days = {2, 4}}, {4}), "");
  EXPECT_EQ(on_days({.times = 1, .days = {2, 4}}, {3}), "days 1 days");
  EXPECT_EQ(on_days({.times = 1}, {0, 1}), "visits 1");
}

TEST(Rules, AStoreNeverOverflows) {
  // 3 kg stand there, 2 more each day: 7 on day 2, then 6 on day 5.
  const routing::Visits visits{.stored = {3}, .growth = {2}, .limit = {7}};
  EXPECT_EQ(on_days(visits, {2}), "");
  EXPECT_EQ(on_days(visits, {3}), "storage 2 kg");
  EXPECT_EQ(on_days(visits, {0}), "storage 3 kg") << "10 on the last day";
}

}  // namespace
}  // namespace huan::routing_check
