// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {
namespace {

using routing::Goal;
using routing::kForever;

Instance good(std::string_view text, Format format, Aim aim = Aim::own) {
  auto instance = read(text, {.format = format, .aim = aim});
  EXPECT_TRUE(instance) << (instance ? "" : instance.error().at + ": " + instance.error().detail);
  return instance ? *instance : Instance{};
}

std::string refusal(std::string_view text, Format format) {
  const auto instance = read(text, {.format = format});
  return instance ? "accepted"
                  : std::string{base::name(instance.error().code)} + " " + instance.error().at +
                        ": " + instance.error().detail;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

const std::string kSolomon =
    "C1\n\nVEHICLE\nNUMBER     CAPACITY\n  2         200\n\nCUSTOMER\n"
    "CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n \n"
    "    0      40         50          0          0       1236          0   \r\n"
    "    1      45         68         10        912        967         90   \n"
    "    7      45.5       70         30        825        870         90";

TEST(Solomon, ReadsFleetDepotAndCustomers) {
  const Instance instance = good(kSolomon, Format::solomon);
  const auto& p = instance.problem;
  EXPECT_EQ(p.name, "C1");
  ASSERT_EQ(p.vehicles.size(), 2U);
  EXPECT_EQ(p.vehicles[1].capacity, (routing::Load{200}));
  EXPECT_EQ(p.vehicles[1].shifts[0].window, (routing::Window{0, 1236}));
  ASSERT_EQ(p.stops.size(), 2U);
  EXPECT_EQ(p.stops[1].id, "7");
  EXPECT_EQ(p.stops[1].delivery, (routing::Load{30}));
  EXPECT_EQ(p.stops[1].service_s, 90);
  EXPECT_EQ(p.stops[1].windows[0], (routing::Window{825, 870}));
  EXPECT_EQ(p.places[p.stops[1].place].x, 45.5);
  EXPECT_EQ(p.ways[0].rounding, routing::Rounding::none);
}

TEST(Solomon, NamesLineAndField) {
  EXPECT_EQ(refusal(replaced(kSolomon, "912", "x12"), Format::solomon),
            "bad_number line 11: READY TIME: `x12` is not a number");
  EXPECT_EQ(refusal(replaced(kSolomon, "967", "911"), Format::solomon),
            "bad_field line 11: DUE DATE is before READY TIME");
  EXPECT_EQ(refusal(replaced(kSolomon, " 10 ", " 1e99 "), Format::solomon),
            "bad_number line 11: DEMAND: `1e99` is not from 0 to 1000000000");
  EXPECT_EQ(refusal(replaced(kSolomon, " 10 ", " nan "), Format::solomon),
            "bad_number line 11: DEMAND: `nan` is not a number");
  EXPECT_EQ(refusal(replaced(kSolomon, " 10 ", " 1.5 "), Format::solomon),
            "bad_number line 11: DEMAND: `1.5` is not a whole number");
  EXPECT_EQ(refusal(replaced(kSolomon, "       200", ""), Format::solomon),
            "bad_field line 5: CAPACITY is missing");
  EXPECT_EQ(refusal(replaced(kSolomon, "VEHICLE", "FLEET"), Format::solomon),
            "bad_file line 3: VEHICLE is expected here");
  EXPECT_EQ(refusal("", Format::solomon),
            "bad_file line 0: the text ends where the name is expected");
  EXPECT_EQ(refusal(kSolomon + "\n    1 45 70 30 825 870 90\n", Format::solomon),
            "bad_field customer 1: stands twice");
}

TEST(Aims, ChooseTheGoals) {
  const auto goals = [](Aim aim) {
    std::vector<Goal> out;
    const Instance instance = good(kSolomon, Format::solomon, aim);
    out.reserve(instance.problem.objective.goals.size());
    for (const auto& goal : instance.problem.objective.goals) {
      out.push_back(goal.goal);
    }
    return out;
  };
  EXPECT_EQ(goals(Aim::own), (std::vector{Goal::unserved, Goal::distance}));
  EXPECT_EQ(goals(Aim::distance), (std::vector{Goal::unserved, Goal::distance}));
  EXPECT_EQ(goals(Aim::vehicles), (std::vector{Goal::unserved, Goal::vehicles, Goal::distance}));
}

const std::string kCordeau =
    "2 2 2 2\n0 80\n300 0\n"
    " 1 37 52 0   7 1 4 1 2 4 8\n 2 49 49 5  30 1 4 1 2 4 8\n"
    " 3 20 20 0 0 0 0\n 4 30 40 0 0 0 0\n";

TEST(Cordeau, ReadsDepotsBehindTheCustomers) {
  const auto p = good(kCordeau, Format::cordeau).problem;
  ASSERT_EQ(p.vehicles.size(), 4U);
  EXPECT_EQ(p.vehicles[0].start, 2U);
  EXPECT_EQ(p.vehicles[0].capacity, (routing::Load{80}));
  EXPECT_EQ(p.vehicles[0].caps.duration_max_s, kForever);
  EXPECT_EQ(p.vehicles[2].start, 3U);
  EXPECT_TRUE(p.vehicles[2].capacity.empty());
  EXPECT_EQ(p.vehicles[2].caps.duration_max_s, 300);
  EXPECT_EQ(p.stops[1].service_s, 5);
  EXPECT_EQ(p.stops[1].delivery, (routing::Load{30}));
}

TEST(Cordeau, WindowsOfType6StandBehindThePatterns) {
  const auto p =
      good("6 1 1 1\n100 10\n1 3 4 5 6 1 2 1 2 20 40\n2 0 0 0 0 0 0 0 90\n", Format::cordeau)
          .problem;
  EXPECT_EQ(p.stops[0].windows[0], (routing::Window{20, 40}));
  EXPECT_EQ(p.vehicles[0].shifts[0].window, (routing::Window{0, 90}));
}

TEST(Cordeau, NamesWhatIsWrong) {
  EXPECT_EQ(refusal("1 4 50 4\n", Format::cordeau).substr(0, 21), "not_supported line 1:");
  EXPECT_EQ(refusal(replaced(kCordeau, " 4 30 40 0 0 0 0\n", ""), Format::cordeau),
            "bad_file line 6: the text ends where a depot is expected");
  EXPECT_EQ(refusal(kCordeau + "5 1 1 0 0 0 0\n", Format::cordeau),
            "bad_file line 8: the text goes on behind the last depot");
  EXPECT_EQ(refusal(replaced(kCordeau, "49 49", "49 inf"), Format::cordeau),
            "bad_number line 5: y: `inf` is not a number");
}

const std::string kKim =
    "280.0 \t// vehicle capacity\n400.0\t// a day\n500\t// stops\n3600\t// lunch\n40\t// MPH\n"
    "Stop_ID\tX(feet) ...\n"
    "0   1215029.00   3461398.00  0400 1500 0  9999.00 0\n"
    "1   1229125.00   3460107.00  0000 2400 1600  9999.00 2\t\t\t\r\n\n"
    "3   1208344.00   3469904.00  0775 2400 180    12.50 1\n";

TEST(Kim, AllRulesAreHard) {
  const Instance instance = good(kKim, Format::kim);
  const auto& p = instance.problem;
  ASSERT_EQ(p.stops.size(), 1U);
  EXPECT_EQ(p.dimensions, (std::vector<std::string>{"yd3/10"}));
  EXPECT_EQ(p.stops[0].id, "3");
  EXPECT_EQ(p.stops[0].pickup, (routing::Load{125}));
  EXPECT_EQ(p.stops[0].windows[0], (routing::Window{7 * 3600 + 75 * 60, 86'400}));
  ASSERT_EQ(p.facilities.size(), 1U);
  EXPECT_EQ(p.facilities[0].id, "1");
  EXPECT_EQ(p.facilities[0].service_s, 1600);
  ASSERT_EQ(p.vehicles.size(), 1U);
  const auto& v = p.vehicles[0];
  EXPECT_EQ(v.capacity, (routing::Load{2'800}));
  EXPECT_EQ(v.caps.load_max, (routing::Load{4'000}));
  EXPECT_EQ(v.caps.stops_max, 500U);
  EXPECT_TRUE(v.unloads && v.empty_at_end);
  EXPECT_EQ(v.shifts[0].window, (routing::Window{4 * 3600, 15 * 3600}));
  EXPECT_EQ(v.shifts[0].breaks[0].windows[0], (routing::Window{11 * 3600, 12 * 3600}));
  EXPECT_EQ(v.shifts[0].breaks[0].duration_s, 3600);
  // The authors' own example: 15,387 ft are 262.3 s.
  EXPECT_NEAR(15'387 / p.ways[0].speed, 262.3, 0.05);
}

TEST(Kim, NamesWhatIsWrong) {
  EXPECT_EQ(refusal(replaced(kKim, "0775 2400", "0775 0700"), Format::kim),
            "bad_field line 10: Late_St_Time is before Early_St_Time");
  EXPECT_EQ(refusal(replaced(kKim, "9999.00 0", "9999.00 1"), Format::kim),
            "bad_field line 10: one row of Stop_Type 0 is expected");
  EXPECT_EQ(refusal(replaced(kKim, "12.50 1", "12.50 3"), Format::kim),
            "bad_number line 10: Stop_Type: `3` is not from 0 to 2");
  EXPECT_EQ(refusal(replaced(kKim, "\n3  ", "\n1  "), Format::kim),
            "bad_field line 10: Stop_ID 1 stands twice");
  EXPECT_EQ(refusal(replaced(kKim, "12.50", "12.5004"), Format::kim),
            "bad_number : loads have at most three decimals");
}

const std::string kPeriodic = R"({"type":"FeatureCollection",
 "info":{"numVehicles":2,"maxDuration":149,"maxCapacity":107,"planningHorizon":4},
 "features":[
  {"properties":{"id":0,"type":"depot"},"geometry":{"coordinates":[9.1,45.4]}},
  {"properties":{"id":1,"type":"customer","frequency":2.0,"demand":23.0,"service":6.0},
   "geometry":{"coordinates":[9.1,45.5]}},
  {"properties":{"id":2,"type":"customer","frequency":1,"demand":5,"service":1.5},
   "geometry":{"coordinates":[9,45]}},
  {"properties":{"id":3,"type":"intermediateFacility"},"geometry":{"coordinates":[9.2,45.5]}}],
 "duration":[[0,16.0,1,2],[15,0,3,4],[1,2,0,5],[7,8,9,0]]})";

TEST(Periodic, VisitsAreEvenlySpread) {
  const Instance instance = good(kPeriodic, Format::pvrpif);
  const auto& p = instance.problem;
  EXPECT_EQ(p.days, 4U);
  EXPECT_EQ(p.stops[0].visits.times, 2U);
  EXPECT_EQ(p.stops[0].visits.patterns, (std::vector<std::vector<std::uint32_t>>{{0, 2}, {1, 3}}));
  EXPECT_TRUE(p.stops[1].visits.patterns.empty());
  EXPECT_EQ(p.stops[1].service_s, 90);
  EXPECT_EQ(p.facilities[0].id, "3");
  ASSERT_EQ(p.vehicles.size(), 2U);
  EXPECT_EQ(p.vehicles[0].shifts.size(), 4U);
  EXPECT_EQ(p.vehicles[0].caps.duration_max_s, 149 * 60);
  EXPECT_EQ(p.ways[0].durations[4], 900);
  EXPECT_EQ(p.ways[0].distances[4], 15);
}

TEST(Periodic, NamesThePointer) {
  EXPECT_EQ(refusal(replaced(kPeriodic, "\"demand\":23.0,", ""), Format::pvrpif),
            "bad_field /features/1/properties: demand is missing");
  EXPECT_EQ(refusal(replaced(kPeriodic, "\"frequency\":2.0", "\"frequency\":9"), Format::pvrpif),
            "bad_number /features/1/properties/frequency: from 1 to the days of the horizon");
  EXPECT_EQ(refusal(replaced(kPeriodic, "[7,8,9,0]", "[7,8,9]"), Format::pvrpif),
            "bad_field /duration/3: a row of 4 numbers is expected");
  EXPECT_EQ(refusal(replaced(kPeriodic, "[7,8", "[7,-8"), Format::pvrpif),
            "bad_number /duration/3/1: a number from 0 on, or null, is expected");
}

TEST(Objective, IsTheSetsOwn) {
  routing::Plan plan;
  plan.summary.distance = 52'800;
  EXPECT_EQ(objective(good(kKim, Format::kim), plan), 10);
  EXPECT_EQ(objective(good(kSolomon, Format::solomon), plan), 52'800);
}

}  // namespace
}  // namespace huan::wire_routing
