// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"

namespace huan::wire_routing {
namespace {

using routing::Goal;
using routing::kForever;
using routing::kNone;
using routing::StepType;

Instance good_vroom(std::string_view text) {
  auto instance = read(text, {.format = Format::vroom});
  EXPECT_TRUE(instance) << (instance ? "" : instance.error().at + ": " + instance.error().detail);
  return instance ? *instance : Instance{};
}

std::string refusal_of_vroom(std::string_view text) {
  const auto instance = read(text, {.format = Format::vroom});
  return instance ? "accepted"
                  : std::string{base::name(instance.error().code)} + " " + instance.error().at +
                        ": " + instance.error().detail;
}

std::string replaced_in(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

/// Jobs, a shipment, a break, skills, priorities and a matrix, as VROOM takes them.
const std::string kVroom = R"({
 "vehicles":[{"id":1,"description":"truck","start_index":0,"end_index":0,"capacity":[4,9],"skills":[1,14],
   "time_window":[28800,43200],"speed_factor":2,"max_tasks":5,"max_travel_time":9000,"max_distance":70000,
   "costs":{"fixed":100,"per_hour":7200,"per_km":250},"colour":"custom fields are passed over",
   "breaks":[{"id":7,"time_windows":[[32400,34200]],"service":300,"max_load":[2]}]}],
 "jobs":[{"id":1,"description":"a","service":300,"setup":60,"delivery":[1],"location_index":1,"skills":[1],
   "priority":10,"time_windows":[[32400,36000],[37000,38000]],"location":[1.98,48.70]},
  {"id":2,"pickup":[1,2],"location_index":2}],
 "shipments":[{"amount":[1],"skills":[14],"priority":3,
   "pickup":{"id":4,"service":10,"location_index":1},"delivery":{"id":4,"service":20,"location_index":2}}],
 "matrices":{"car":{"durations":[[0,10,20],[11,0,null],[21,31,0]],"distances":[[0,1,2],[1,0,3],[2,3,0]]}}})";

TEST(Vroom, TakesItsOwnFieldsUnchanged) {
  const Instance instance = good_vroom(kVroom);
  const auto& p = instance.problem;
  ASSERT_EQ(p.stops.size(), 4U);
  EXPECT_EQ(p.stops[0].id, "1");
  EXPECT_EQ(p.stops[0].delivery, (routing::Load{1}));
  EXPECT_EQ(p.stops[0].setup_s, 60);
  EXPECT_EQ(p.stops[0].priority, 10U);
  EXPECT_EQ(p.stops[0].windows.size(), 2U);
  EXPECT_EQ(p.stops[0].skills, (std::vector<std::string>{"1"}));
  EXPECT_EQ(p.stops[1].pickup, (routing::Load{1, 2}));
  EXPECT_EQ(p.stops[3].service_s, 20);
  ASSERT_EQ(p.pairs.size(), 1U);
  EXPECT_EQ(p.pairs[0].load, (routing::Load{1}));
  EXPECT_EQ(p.dimensions.size(), 2U);
  const auto& v = p.vehicles[0];
  EXPECT_EQ(v.travel_factor, 0.5);
  EXPECT_EQ(v.costs.per_travel_hour, 7200);
  EXPECT_EQ(v.costs.per_distance, 0.25);
  EXPECT_EQ(v.costs.fixed, 100);
  EXPECT_EQ(v.caps.stops_max, 5U);
  EXPECT_EQ(v.caps.travel_max_s, 9000);
  EXPECT_EQ(v.caps.distance_max, 70'000);
  EXPECT_EQ(v.shifts[0].window, (routing::Window{28'800, 43'200}));
  EXPECT_EQ(v.shifts[0].breaks[0].id, "7");
  EXPECT_EQ(v.shifts[0].breaks[0].load_max, (routing::Load{2}));
  EXPECT_FALSE(v.unloads);
  EXPECT_EQ(p.ways[0].durations[5], kForever) << "null is no way";
  EXPECT_EQ(p.objective.goals.back().goal, Goal::cost);
}

TEST(Vroom, AbsentCostsAreSecondsOfDriving) {
  const auto p = good_vroom(R"({"vehicles":[{"id":1,"start":[2.35,48.86]}],
    "jobs":[{"id":5,"location":[2.36,48.85]},{"id":6,"location":[2.35,48.86]}]})")
                     .problem;
  EXPECT_EQ(p.vehicles[0].costs.per_travel_hour, 3600);
  EXPECT_EQ(p.vehicles[0].end, kNone);
  EXPECT_EQ(p.places.size(), 2U) << "the same place is one";
  EXPECT_EQ(p.ways[0].metric, routing::Metric::great_circle);
  EXPECT_EQ(p.ways[0].scale, 1.4);
}

TEST(Vroom, OurFieldsExtendIt) {
  const Instance instance =
      good_vroom(R"({"days":6,"dimensions":["kg","m3"],"materials":["paper","glass"],
   "objective":{"goals":["unserved",{"goal":"vehicles","weight":2}],"lexicographic":false},
   "ways":{"truck":{"metric":"manhattan","factor":1,"speed":2,"rounding":"nearest","unit":"m",
           "slices":[{"from":25200,"factor":1.5}]}},
   "facilities":[{"id":"dump","location":[5,5],"time_windows":[[0,60000]],"service":600,"capacity":[9000],
                  "materials":["glass"],"reloads":true}],
   "zones":[{"id":"old town","open":[[0,25200]],"exempt":["electric"],
     "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}],
   "vehicles":[{"id":"T-1","class":"diesel","profile":"truck","start":[0,0],"end":[0,0],"capacity":[900,12],
     "shifts":[{"day":0,"time_window":[0,9000]},{"day":3,"breaks":[{"service":60,"after_work":16200}]}],
     "max_load":[4000],"max_duration":28800,"max_overtime":3600,"max_unloads":4,"empty_at_end":true,
     "start_load":[10],"service_factor":1.25,"facilities":["dump"],
     "costs":{"per_shift_hour":60,"per_overtime_hour":90}}],
   "jobs":[{"id":1,"location":[3,4],"pickup":[100,1],"release":60,"prize":12.5,"vehicles":["T-1"],
     "material":"glass","visits":{"times":2,"gap_days_min":2,"patterns":[[0,3]],"stored":[5],"growth":[2],
     "limit":[40]}}],
   "reference":[{"vehicle":"T-1","shift":1,"steps":[{"type":"job","id":1},{"type":"unload","facility":"dump"}]}]})");
  const auto& p = instance.problem;
  EXPECT_EQ(p.days, 6U);
  EXPECT_EQ(p.dimensions[1], "m3");
  EXPECT_EQ(p.objective.goals[1].weight, 2);
  EXPECT_FALSE(p.objective.lexicographic);
  EXPECT_EQ(p.ways[0].metric, routing::Metric::manhattan);
  EXPECT_EQ(p.ways[0].slices[0].factor, 1.5);
  EXPECT_FALSE(instance.great_circle);
  const auto& f = p.facilities[0];
  EXPECT_TRUE(f.reloads);
  EXPECT_EQ(f.materials, (std::vector<routing::Index>{1}));
  EXPECT_EQ(f.capacity_per_day, (routing::Load{9000}));
  EXPECT_EQ(p.zones[0].rings[0].size(), 4U);
  EXPECT_EQ(p.zones[0].exempt, (std::vector<std::string>{"electric"}));
  const auto& v = p.vehicles[0];
  EXPECT_TRUE(v.unloads && v.empty_at_end);
  EXPECT_EQ(v.shifts[1].day, 3U);
  EXPECT_EQ(v.shifts[1].breaks[0].after_work_s, 16'200);
  EXPECT_EQ(v.caps.load_max, (routing::Load{4000}));
  EXPECT_EQ(v.caps.duration_max_s, 28'800);
  EXPECT_EQ(v.caps.overtime_max_s, 3600);
  EXPECT_EQ(v.caps.unloads_max, 4U);
  EXPECT_EQ(v.costs.per_hour, 60);
  EXPECT_EQ(v.costs.per_overtime_hour, 90);
  EXPECT_EQ(v.service_factor, 1.25);
  EXPECT_EQ(v.start_load, (routing::Load{10}));
  const auto& s = p.stops[0];
  EXPECT_EQ(s.release_s, 60);
  EXPECT_EQ(s.prize, 12.5);
  EXPECT_EQ(s.vehicles, (std::vector<routing::Index>{0}));
  EXPECT_EQ(s.material, 1U);
  EXPECT_EQ(s.visits.patterns[0], (std::vector<std::uint32_t>{0, 3}));
  EXPECT_EQ(s.visits.limit, (routing::Load{40}));
  ASSERT_EQ(p.reference.size(), 1U);
  EXPECT_EQ(p.reference[0].visits[1].facility, 0U);
}

TEST(Vroom, NamesThePointer) {
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"id\":2,", "\"id\":1,")),
            "bad_field /jobs/1/id: id 1 stands twice");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"location_index\":2}", "\"location_index\":3}")),
            "bad_number /jobs/1/location_index: out of range");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "[11,0,null]", "[11,0]")),
            "bad_field /matrices/car/durations/1: a row of 3 numbers is expected");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "[11,0,null]", "[11,0,-1]")),
            "bad_number /matrices/car/durations/1/2: a number from 0 on, or null, is expected");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"priority\":10", "\"priority\":101")),
            "bad_number /jobs/0/priority: out of range");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "[28800,43200]", "[43200,28800]")),
            "bad_field /vehicles/0/time_window: the window ends before it begins");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "[37000,38000]", "[35000,38000]")),
            "bad_field /jobs/0/time_windows/1: windows rise and do not overlap");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"capacity\":[4,9]", "\"capacity\":[4]")),
            "bad_field /vehicles/0/capacity: has 1 numbers where loads have 2");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"delivery\":[1]", "\"delivery\":[1.5]")),
            "bad_number /jobs/0/delivery/0: a whole number is expected");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"id\":2,", "\"id\":2,\"service_per_type\":{},")),
            "not_supported /jobs/1/service_per_type: times by type of vehicle");
  EXPECT_EQ(refusal_of_vroom("{}"), "bad_field : vehicles is missing");
  EXPECT_EQ(refusal_of_vroom("[]"), "bad_field : an object is expected");
  EXPECT_EQ(refusal_of_vroom(R"({"vehicles":[{"id":1,"profile":"bike","start_index":0}],
                        "matrices":{"car":{"durations":[[0]]}}})"),
            "bad_field /vehicles/0: there is no matrix of profile bike");
  EXPECT_EQ(refusal_of_vroom(R"({"vehicles":[{"id":1,"start":[200,0]}]})"),
            "bad_coordinates /vehicles/0/start: [longitude, latitude] in degrees");
}

TEST(Vroom, NamesThePointerOfWhatTheProblemFinds) {
  const std::string visits = "\"visits\":{\"times\":2},";
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "\"id\":2,", "\"id\":2," + visits)),
            "bad_number /jobs/1/visits/times: from 1 to the days of the horizon");
  EXPECT_EQ(refusal_of_vroom(replaced_in(kVroom, "{\"id\":4,\"service\":20,",
                                         "{\"id\":4,\"service\":20," + visits)),
            "bad_number /shipments/0/delivery/visits/times: from 1 to the days of the horizon");
  const Instance instance = good_vroom(kVroom);
  const auto told = [&](const std::string& at) {
    return in_own_words(instance, {base::ErrorCode::bad_field, at, ""}).at;
  };
  EXPECT_EQ(told("/pairs/0"), "/shipments/0");
  EXPECT_EQ(told("/stops/2/place"), "/shipments/0/pickup/place");
  EXPECT_EQ(told("/ways/0/slices"), "/ways/car/slices");
  EXPECT_EQ(told("/vehicles/0/costs"), "/vehicles/0/costs");
  EXPECT_EQ(told("/days"), "/days");
}

TEST(Vroom, ZonesHaveAnOutlineAndHours) {
  const auto refusal_of_zone = [](const std::string& open, const std::string& ring) {
    return refusal_of_vroom(R"({"zones":[{"id":"z","open":)" + open +
                            R"(,"geometry":{"type":"Polygon","coordinates":[)" + ring +
                            R"(]}}],"vehicles":[{"id":1,"start":[0,0]}],
                            "jobs":[{"id":1,"location":[6,0]}]})");
  };
  const std::string ring = "[[2,-1],[4,-1],[4,1],[2,-1]]";
  EXPECT_EQ(refusal_of_zone("[[0,0]]", ring), "accepted");
  EXPECT_EQ(refusal_of_zone("[[0,0]]", "[]"),
            "bad_field /zones/0/geometry/coordinates/0: an outline has at least three corners");
  EXPECT_EQ(refusal_of_zone("[]", ring),
            "bad_field /zones/0/open: no hours: leave it out if they are any, or give [[0, 0]] "
            "for never");
}

TEST(Vroom, WithoutAVehicleThePlanNamesEachStop) {
  const Instance instance =
      good_vroom(R"({"vehicles":[],"jobs":[{"id":5,"location":[114.5,38]}]})");
  const routing::Plan plan{.unserved = {{.stop = 0}}};
  EXPECT_NE(write_plan(instance, plan, {})
                .find(R"("unassigned":[{"id":5,"type":"job","location":[114.5,38])"),
            std::string::npos);
}

const std::string kPlanned = replaced_in(
    kVroom, "\"description\":\"truck\",",
    R"("steps":[{"type":"start"},{"type":"job","id":1,"service_after":33000},{"type":"break"},
       {"type":"pickup","id":4},{"type":"job","id":2},{"type":"delivery","id":4},{"type":"end"}],)");

TEST(Vroom, PlanModeTimesTheGivenStepsAndNamesWhatTheyBreak) {
  // From the first stop there is no way to the third: the holes of the matrix are closed.
  const Instance instance = good_vroom(replaced_in(kPlanned, "null", "30"));
  const routing::Plan plan = given_plan(instance);
  ASSERT_EQ(plan.routes.size(), 1U);
  const auto& steps = plan.routes[0].steps;
  ASSERT_EQ(steps.size(), 7U);
  EXPECT_EQ(steps[1].arrival_s + steps[1].waiting_s, 33'000);
  EXPECT_EQ(steps[2].type, StepType::rest);
  const auto report = routing_check::check(instance.problem, plan);
  EXPECT_TRUE(report.holds()) << routing_check::name(report.violations[0].rule);
  EXPECT_EQ(warm_start(instance)[0].visits.size(), 4U);
  const auto late =
      given_plan(good_vroom(replaced_in(replaced_in(kPlanned, "null", "30"), "34200", "33000")));
  const auto broken = routing_check::check(
      good_vroom(replaced_in(replaced_in(kPlanned, "null", "30"), "34200", "33000")).problem, late);
  ASSERT_EQ(broken.violations.size(), 1U);
  EXPECT_EQ(broken.violations[0].rule, routing_check::Rule::break_late);
  EXPECT_EQ(broken.violations[0].amount, 360);
  const std::string text =
      write_plan(good_vroom(replaced_in(kPlanned, "null", "30")), late, broken);
  EXPECT_NE(text.find(R"("violations":[{"cause":"delay","duration":360,"rule":"break_late")"),
            std::string::npos)
      << text;
}

TEST(Plans, WhatIsWrittenIsReadAgain) {
  const Instance instance = good_vroom(replaced_in(kPlanned, "null", "30"));
  const routing::Plan plan = given_plan(instance);
  const std::string text = write_plan(instance, plan, {});
  const auto again = read_plan(text, instance);
  ASSERT_TRUE(again) << again.error().at << again.error().detail;
  EXPECT_EQ(write_plan(instance, *again, {}), text);
  EXPECT_TRUE(routing_check::check(instance.problem, *again).holds());
  const auto spoilt = read_plan(replaced_in(text, "\"cost\":", "\"cost\":1"), instance);
  ASSERT_TRUE(spoilt);
  EXPECT_FALSE(routing_check::check(instance.problem, *spoilt).holds());
}

TEST(Plans, DetoursAreReadAndWritten) {
  const Instance instance = good_vroom(R"({"matrices":{"car":{"durations":[[0,5,9],[5,0,5],[9,5,0]],
      "around":{"durations":[[0,8,null],[7,0,6],[9,9,0]]}}},
    "zones":[{"id":"z","open":[[0,0]],"ways":[[0,1],[0,2],[1,0]]}],
    "vehicles":[{"id":1,"start_index":0,"end_index":0,"steps":[{"type":"start"},
      {"type":"job","id":1,"around":true},{"type":"end","around":true}]}],
    "jobs":[{"id":1,"location_index":1}]})");
  const auto& detours = instance.problem.ways[0].detours;
  ASSERT_EQ(detours.size(), 2U) << "of the ways that the zone names";
  EXPECT_EQ(detours[1].duration_s, 7);
  const routing::Plan plan = given_plan(instance);
  EXPECT_EQ(plan.routes[0].summary.travel_s, 15);
  EXPECT_TRUE(routing_check::check(instance.problem, plan).holds());
  const std::string text = write_plan(instance, plan, {});
  EXPECT_NE(text.find(R"("waiting_time":0,"around":true)"), std::string::npos) << text;
  const auto again = read_plan(text, instance);
  ASSERT_TRUE(again);
  EXPECT_EQ(write_plan(instance, *again, {}), text);
  const Instance drawn = good_vroom(R"({"ways":{"car":{"metric":"manhattan"}},
    "zones":[{"id":"z","open":[[0,0]],"geometry":{"type":"Polygon","coordinates":[[[2,-1],[4,-1],[4,1],[2,1],[2,-1]]]}}],
    "vehicles":[{"id":1,"start":[0,0],"end":[0,0],"steps":[{"type":"start"},
      {"type":"job","id":1,"around":true},{"type":"end","around":true}]}],
    "jobs":[{"id":1,"location":[6,0]}]})");
  const std::string lines = write_plan(drawn, given_plan(drawn), {});
  EXPECT_NE(lines.find(R"("around":true,"via":[[1.999,)"), std::string::npos) << lines;
  EXPECT_TRUE(routing_check::check(drawn.problem, given_plan(drawn)).holds());
  EXPECT_NE(write_geojson(drawn, given_plan(drawn)).find(R"("coordinates":[[0,0],[1.999,)"),
            std::string::npos);
}

TEST(Plans, UnloadingStepsNameTheirFacilityAndHaveNoId) {
  const Instance instance = good_vroom(R"({"facilities":[{"id":"dump","location":[1,1]}],
    "vehicles":[{"id":1,"start":[0,0],"end":[0,0],
      "steps":[{"type":"job","id":9},{"type":"unload","facility":"dump"}]}],
    "jobs":[{"id":9,"location":[0,1],"pickup":[4]}]})");
  const std::string text = write_plan(instance, given_plan(instance), {});
  EXPECT_NE(text.find(R"({"type":"unload","facility":"dump","location":[1,1],"setup":0)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"({"type":"job","id":9,"location":[0,1])"), std::string::npos);
  EXPECT_NE(text.find(R"("great_circle_times":1.4)"), std::string::npos);
  const std::string drawn = write_geojson(instance, given_plan(instance));
  EXPECT_NE(drawn.find(R"("coordinates":[[0,0],[0,1],[1,1],[0,0]])"), std::string::npos) << drawn;
}

TEST(Plans, NameWhatTheyGetWrong) {
  const Instance instance = good_vroom(kVroom);
  const auto told = [&](std::string_view text) {
    const auto plan = read_plan(text, instance);
    return plan ? "accepted" : plan.error().at + ": " + plan.error().detail;
  };
  EXPECT_EQ(told("{}"), ": routes is missing");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":3,"steps":[]}]})"),
            "/routes/0/vehicle: there is no vehicle 3");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":1,"steps":[{"type":"pickup","id":1}]}]})"),
            "/routes/0/steps/0/id: there is no pickup 1");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":1,"steps":[{"type":"unload","facility":1}]}]})"),
            "/routes/0/steps/0/facility: there is no facility 1");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":1,"steps":[{"type":"break","id":8}]}]})"),
            "/routes/0/steps/0/id: the shift has no break 8");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":1,"steps":[{"type":"fly"}]}]})"),
            "/routes/0/steps/0/type: start, job, pickup, delivery, unload, break or end");
  EXPECT_EQ(told(R"({"routes":[{"vehicle":1,"shift":1,"steps":[]}]})"),
            "/routes/0/shift: out of range");
}

}  // namespace
}  // namespace huan::wire_routing
