// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {
namespace {

using routing::kForever;
using routing::kNone;
using routing::Rounding;

Instance good_vrplib(std::string_view text) {
  auto instance = read(text, {.format = Format::vrplib});
  EXPECT_TRUE(instance) << (instance ? "" : instance.error().at + ": " + instance.error().detail);
  return instance ? *instance : Instance{};
}

std::string refusal_of_vrplib(std::string_view text) {
  const auto instance = read(text, {.format = Format::vrplib});
  return instance ? "accepted"
                  : std::string{base::name(instance.error().code)} + " " + instance.error().at +
                        ": " + instance.error().detail;
}

std::string file(const std::string& type, const std::string& headers, const std::string& sections) {
  return "NAME : \tX-n3\t\nCOMMENT : \"a: b\"\nTYPE : \t" + type + "\t\nDIMENSION : 3\n" + headers +
         "EDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\t\n1\t0\t0\n2\t3.0\t4.2\n3 6 8\n"
         "DEMAND_SECTION\n1 0\n2 7\n3 9\n" +
         sections + "DEPOT_SECTION\n\t1\n\t-1\nEOF\n";
}

TEST(Vrplib, CvrpRoundsToTheNearestAndNumbersAsTheFile) {
  const auto p = good_vrplib(file("CVRP", "CAPACITY : 100\n", "")).problem;
  EXPECT_EQ(p.name, "X-n3");
  ASSERT_EQ(p.stops.size(), 2U);
  EXPECT_EQ(p.stops[0].id, "2");
  EXPECT_EQ(p.stops[1].id, "3");
  EXPECT_EQ(p.stops[1].delivery, (routing::Load{9}));
  EXPECT_EQ(p.ways[0].rounding, Rounding::nearest);
  EXPECT_EQ(p.ways[0].scale, 1);
  EXPECT_EQ(p.vehicles.size(), 2U);
  EXPECT_EQ(p.vehicles[0].capacity, (routing::Load{100}));
}

TEST(Vrplib, DimacsSetsCutOffTenths) {
  const std::string windows = "TIME_WINDOW_SECTION\n1 0 90\n2 5 10\n3 6 20\n";
  const auto plain =
      good_vrplib(file("VRPTW", "VEHICLES : 5\nSERVICE_TIME : 9\nCAPACITY : 100\n", windows));
  EXPECT_EQ(plain.problem.ways[0].rounding, Rounding::down);
  EXPECT_EQ(plain.problem.ways[0].speed, 10);
  EXPECT_EQ(plain.problem.vehicles.size(), 5U);
  EXPECT_EQ(plain.problem.vehicles[0].shifts[0].window, (routing::Window{0, 90}));
  EXPECT_EQ(plain.problem.stops[0].windows[0], (routing::Window{5, 10}));
  EXPECT_EQ(plain.problem.stops[0].service_s, 9);
  routing::Plan plan;
  plan.summary.distance = 123;
  EXPECT_NEAR(objective(plain, plan).value(), 12.3, 1e-9);  // published in whole units
  const auto trips = good_vrplib(file("MTVRPTWR", "VEHICLES: 2\nCAPACITY: 10\n",
                                      windows + "RELEASE_TIME_SECTION\n1 0\n2 4\n3 0\n"
                                                "VEHICLES_RELOAD_DEPOT_SECTION\n1 1\n2 1\n"));
  EXPECT_EQ(objective(trips, plan), 123);  // published in tenths
  EXPECT_EQ(trips.problem.stops[0].release_s, 4);
  ASSERT_EQ(trips.problem.facilities.size(), 1U);
  EXPECT_TRUE(trips.problem.facilities[0].reloads);
  EXPECT_EQ(trips.problem.facilities[0].windows[0], (routing::Window{0, 90}));
  EXPECT_TRUE(trips.problem.vehicles[1].unloads);
}

TEST(Vrplib, SeveralDepotsAndAMaximumDuration) {
  const std::string text =
      "TYPE: MDVRPTW\nDIMENSION: 3\nVEHICLES: 2\nVEHICLES_MAX_DURATION: 450\n"
      "EDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n"
      "SERVICE_TIME_SECTION\n1 0\n2 0\n3 5\nVEHICLES_DEPOT_SECTION\n1 1\n2 2\n"
      "DEPOT_SECTION\n1\n2\nEOF\n";
  const auto p = good_vrplib(text).problem;
  ASSERT_EQ(p.stops.size(), 1U);
  EXPECT_EQ(p.stops[0].id, "3");
  EXPECT_EQ(p.stops[0].service_s, 5);
  EXPECT_EQ(p.vehicles[1].start, 1U);
  EXPECT_EQ(p.vehicles[1].caps.duration_max_s, 450);
  EXPECT_EQ(p.ways[0].scale, 1000);
  EXPECT_EQ(p.ways[0].speed, 1000);
}

TEST(Vrplib, FleetsDifferInCapacityCostAndClients) {
  const auto instance = good_vrplib(
      file("HFVRP", "VEHICLES: 2\n",
           "CAPACITY_SECTION\n1 50\n2 60\nVEHICLES_FIXED_COST_SECTION\n1 24600\n2 30500\n"
           "VEHICLES_UNIT_DISTANCE_COST_SECTION\n1 83\n2 92\n"
           "VEHICLES_ALLOWED_CLIENTS_SECTION\n1 2\n2 2 3\n"));
  const auto& p = instance.problem;
  EXPECT_EQ(p.vehicles[1].capacity, (routing::Load{60}));
  EXPECT_NEAR(p.vehicles[0].costs.fixed, 246, 1e-9);
  EXPECT_NEAR(p.vehicles[0].costs.per_distance, 0.00083, 1e-12);
  EXPECT_EQ(p.objective.goals.back().goal, routing::Goal::cost);
  EXPECT_EQ(p.stops[0].vehicles, (std::vector<routing::Index>{0, 1}));
  EXPECT_EQ(p.stops[1].vehicles, (std::vector<routing::Index>{1}));
  routing::Plan plan;
  plan.summary.cost = 351.5;
  EXPECT_EQ(objective(instance, plan), 351.5);
}

TEST(Vrplib, ReadsMatrices) {
  const std::string head = "TYPE: CVRP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\n";
  const auto full = good_vrplib(head +
                                "EDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 2\n"
                                "3 0 4\n5 6 0\nDEPOT_SECTION\n1\n-1\nEOF\n");
  EXPECT_EQ(full.problem.ways[0].durations, (std::vector<double>{0, 1, 2, 3, 0, 4, 5, 6, 0}));
  const auto lower =
      good_vrplib(head + "EDGE_WEIGHT_FORMAT: LOWER_ROW\nEDGE_WEIGHT_SECTION\n1\n2 3\nEOF\n");
  EXPECT_EQ(lower.problem.ways[0].durations, (std::vector<double>{0, 1, 2, 1, 0, 3, 2, 3, 0}));
  EXPECT_EQ(refusal_of_vrplib(
                head + "EDGE_WEIGHT_FORMAT: LOWER_ROW\nEDGE_WEIGHT_SECTION\n1\n2 3 4\nEOF\n"),
            "bad_field line 7: more weights than the format has");
}

TEST(Vrplib, NamesWhatIsWrong) {
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "CAPACITY : lots\n", "")),
            "bad_number line 5: CAPACITY: `lots` is not a number");
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "COLOUR : red\n", "")),
            "not_supported line 5: COLOUR is not read");
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "", "BACKHAUL_SECTION\n1 0\n")),
            "not_supported line 14: BACKHAUL_SECTION is not read");
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "", "SERVICE_TIME_SECTION\n1 0\n2 0\n2 0\n")),
            "bad_field line 17: node stands twice");
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "", "SERVICE_TIME_SECTION\n1 0\n2 0\n")),
            "bad_field line 16: 2 rows where 3 are expected");
  EXPECT_EQ(refusal_of_vrplib(file("CVRP", "", "DEMAND_SECTION\n")),
            "bad_field line 14: DEMAND_SECTION stands twice");
  EXPECT_EQ(refusal_of_vrplib("DIMENSION: 100001\n"),
            "bad_number line 1: DIMENSION: `100001` is not from 1 to 100000");
  EXPECT_EQ(refusal_of_vrplib("1 2 3\n"), "bad_file line 1: a keyword is expected here");
  EXPECT_EQ(refusal_of_vrplib(""), "bad_file : holds none of VRPLIB's keywords");
  EXPECT_EQ(refusal_of_vrplib("NAME: x\n"), "bad_field line 1: DIMENSION is missing");
}

}  // namespace
}  // namespace huan::wire_routing
