// SPDX-License-Identifier: Apache-2.0
// Answers of road servers in both dialects, as they are written and as they should not be.
#include "huan/wire_routing/roads.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace huan::wire_routing {
namespace {

using routing::Place;

const std::vector<Place> kThree{{113.5, 37.8}, {113.6, 37.9}, {113.7, 37.85}};

TEST(Roads, TableIsAskedForInBlocks) {
  const auto list = blocks(3, 2);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[1].column, 2U);
  EXPECT_EQ(list[1].columns, 1U);
  const auto osrm = table_request(RoadDialect::osrm, "car", kThree, list[1]);
  EXPECT_EQ(osrm.method, "GET");
  EXPECT_EQ(osrm.path,
            "/table/v1/driving/113.500000,37.800000;113.600000,37.900000;113.700000,37.850000"
            "?annotations=duration,distance&sources=0;1&destinations=2");
  EXPECT_EQ(table_request(RoadDialect::osrm, "truck", kThree, list[3]).path,
            "/table/v1/truck/113.700000,37.850000?annotations=duration,distance&sources=0"
            "&destinations=0");
  const auto valhalla = table_request(RoadDialect::valhalla, "car", kThree, list[3]);
  EXPECT_EQ(valhalla.path, "/sources_to_targets");
  EXPECT_NE(valhalla.body.find(R"("costing":"auto")"), std::string::npos);
  EXPECT_EQ(valhalla.body.find("exclude"), std::string::npos);
}

TEST(Roads, DetoursAreThoseOfWaysThatZonesName) {
  const Rings zone{{{113.6, 37.8}, {113.7, 37.8}, {113.7, 37.9}}};
  const auto asked = table_request(RoadDialect::valhalla, "car", kThree, {0, 2, 0, 2}, zone);
  EXPECT_NE(asked.body.find(R"("exclude_polygons":[[[113.6,37.8],[113.7,37.8],[113.7,37.9]]])"),
            std::string::npos)
      << asked.body;
  routing::Problem problem;
  problem.ways.resize(1);
  problem.zones = {routing::Zone{.id = "Z", .ways = {{2, 0}, {0, 1}, {0, 2}}}};
  RoadTable table = empty_table(2);
  table.seconds = {0, 70, routing::kForever, 0};
  table.metres = {0, 900, routing::kForever, 0};
  take_detours(problem, 0, {0, 2}, table);  // place 1 lies in the zone
  ASSERT_EQ(problem.ways[0].detours.size(), 1U);
  EXPECT_EQ(problem.ways[0].detours[0].to, 2U);
  EXPECT_EQ(problem.ways[0].detours[0].duration_s, 70);
}

TEST(Roads, BothDialectsFillTheSameTable) {
  const Block whole{0, 2, 0, 2};
  RoadTable osrm = empty_table(2);
  ASSERT_TRUE(take_table(RoadDialect::osrm,
                         R"({"code":"Ok","durations":[[0,60.5],[null,0]],)"
                         R"("distances":[[0,900],[null,0]]})",
                         whole, osrm));
  EXPECT_EQ(osrm.seconds, (std::vector<double>{0, 60.5, routing::kForever, 0}));
  RoadTable valhalla = empty_table(2);
  ASSERT_TRUE(take_table(RoadDialect::valhalla,
                         R"({"units":"kilometers","sources_to_targets":[[)"
                         R"({"time":0,"distance":0},{"time":60.5,"distance":0.9}],[)"
                         R"({"time":null,"distance":null},{"time":0,"distance":0}]]})",
                         whole, valhalla));
  EXPECT_EQ(valhalla.seconds, osrm.seconds);
  EXPECT_EQ(valhalla.metres, osrm.metres);
}

TEST(Roads, WrongAnswersNameTheirPlace) {
  const Block whole{0, 2, 0, 2};
  RoadTable table = empty_table(2);
  const auto at = [&](RoadDialect dialect, const char* text) {
    const auto taken = take_table(dialect, text, whole, table);
    return taken ? std::string{"taken"} : taken.error().at + " " + taken.error().detail;
  };
  EXPECT_EQ(at(RoadDialect::osrm, R"({"code":"TooBig","message":"Too many table coordinates"})"),
            "/code the server says: Too many table coordinates");
  EXPECT_EQ(at(RoadDialect::osrm, R"({"code":"Ok","durations":[[0,1]],"distances":[[0,1]]})"),
            "/durations 2 rows are expected");
  EXPECT_EQ(
      at(RoadDialect::osrm, R"({"code":"Ok","durations":[[0,-1],[1,0]],"distances":[[0,1],[1,0]]})")
          .substr(0, 14),
      "/durations/0/1");
  EXPECT_EQ(at(RoadDialect::valhalla, R"({"error":"No path could be found for input"})"),
            "/error the server says: No path could be found for input");
  EXPECT_EQ(at(RoadDialect::valhalla, R"({"sources_to_targets":[[],[]]})"),
            "/sources_to_targets/0 2 columns are expected");
  EXPECT_NE(at(RoadDialect::valhalla, "[1]"), "taken");
  EXPECT_NE(at(RoadDialect::valhalla, "{"), "taken");
}

TEST(Roads, LinesAreRead) {
  const auto osrm = read_line(
      RoadDialect::osrm,
      R"({"code":"Ok","routes":[{"geometry":{"coordinates":[[113.5,37.8],[113.6,37.9]]}}]})");
  ASSERT_TRUE(osrm);
  EXPECT_EQ(osrm->size(), 2U);
  // 38.5, -120.2; 40.7, -120.95 with six decimals.
  const auto line =
      read_line(RoadDialect::valhalla, R"({"trip":{"legs":[{"shape":"_izlhA~rlgdF_{geC~ywl@"}]}})");
  ASSERT_TRUE(line);
  ASSERT_EQ(line->size(), 2U);
  EXPECT_NEAR((*line)[0].y, 38.5, 1e-9);
  EXPECT_NEAR((*line)[0].x, -120.2, 1e-9);
  EXPECT_NEAR((*line)[1].y, 40.7, 1e-9);
  EXPECT_NEAR((*line)[1].x, -120.95, 1e-9);
  for (const char* shape : {"_izlhA~rlgdF_", "\\u0001", "____________"}) {
    EXPECT_FALSE(read_line(RoadDialect::valhalla,
                           std::string{R"({"trip":{"legs":[{"shape":")"} + shape + "\"}]}}"));
  }
}

TEST(Roads, LineThatCutsACornerEnters) {
  const std::vector<std::vector<Place>> square{{{0, 0}, {2, 0}, {2, 2}, {0, 2}}};
  EXPECT_TRUE(enters({{-1, 1}, {3, 1}}, square));
  EXPECT_TRUE(enters({{1, 1}}, square));
  EXPECT_FALSE(enters({{-1, 3}, {3, 3}}, square));
  EXPECT_TRUE(enters({{-1, 1.5}, {1, 3.5}, {1, 1}}, square));
}

TEST(Roads, TableTakesThePlaceOfGreatCircles) {
  const auto read_text = read(R"({"vehicles":[{"id":1,"start":[113.5,37.8]}],)"
                              R"("jobs":[{"id":1,"location":[113.6,37.9]}]})",
                              {});
  ASSERT_TRUE(read_text);
  Instance instance = *read_text;
  ASSERT_EQ(open_profiles(instance).size(), 1U);
  RoadTable table = empty_table(2);
  table.seconds = {0, 100, 120, 0};
  table.metres = {0, 1000, 1100, 0};
  take_roads(instance, 0, table);
  EXPECT_TRUE(open_profiles(instance).empty());
  EXPECT_FALSE(instance.great_circle);
  EXPECT_TRUE(routing::check(instance.problem));
}

}  // namespace
}  // namespace huan::wire_routing
