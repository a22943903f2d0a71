// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/read.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "huan/wire_siting/answer_json.hpp"

namespace huan::wire_siting {
namespace {

using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

Problem must(std::string_view bytes, Format format, Kind kind = Kind::pmedian) {
  auto problem = read(bytes, {format, kind, std::nullopt});
  EXPECT_TRUE(problem.has_value()) << problem.error().at << ": " << problem.error().detail;
  return problem ? std::move(*problem) : Problem{};
}

void expect_refused(std::string_view bytes, Format format, ErrorCode code, std::string_view at) {
  const auto problem = read(bytes, {format, Kind::pmedian, std::nullopt});
  ASSERT_FALSE(problem.has_value());
  EXPECT_EQ(problem.error().code, code) << base::name(problem.error().code);
  EXPECT_EQ(problem.error().at, at) << problem.error().detail;
}

TEST(Read, ShortestWaysWithTheLastOfARepeatedEdge) {
  const Problem problem = must("4 5 2\n1 2 9\n2 3 1\n2 1 3\n3 4 1\n1 4 100\n", Format::pmed);
  EXPECT_EQ(problem.p, 2);
  EXPECT_EQ(problem.table[1], 3);   // the later 3, not the 9
  EXPECT_EQ(problem.table[3], 5);   // over 2 and 3
  EXPECT_EQ(problem.table[12], 5);  // both ways
}

TEST(Read, UnconnectedVerticesAreInfinitelyFar) {
  const Problem problem = must("3 1 1\n1 2 9\n", Format::pmed);
  EXPECT_TRUE(std::isinf(problem.table[2]));
}

TEST(Read, GraphFilesThatAreWrong) {
  expect_refused("4 1 2\n1 5 9\n", Format::pmed, ErrorCode::bad_file, "line 2");
  expect_refused("4 1 2\n1 2 -9\n", Format::pmed, ErrorCode::bad_file, "line 2");
  expect_refused("4 2 2\n1 2 9\n", Format::pmed, ErrorCode::bad_file, "line 3");
  expect_refused("4 1 2\n1 2 9\n3 4 5\n", Format::pmed, ErrorCode::bad_file, "line 3");
  expect_refused("99999999 1 2\n", Format::pmed, ErrorCode::bad_file, "line 1");
}

TEST(Read, TheBestKnownValueOfAHeaderIsNotLookedAt) {
  constexpr std::string_view kBody = " 3 1 50\n 1 0 0 4\n 2 3 4 5\n 3 6 8 6\n";
  const Problem with = must(" 7 713\n" + std::string{kBody}, Format::pmedcap, Kind::capacitated);
  const Problem without = must(" 7\n" + std::string{kBody}, Format::pmedcap, Kind::capacitated);
  const Problem nonsense =
      must(" 7 best is unknown\n" + std::string{kBody}, Format::pmedcap, Kind::capacitated);
  EXPECT_EQ(with.customer_count, 3U);
  EXPECT_EQ(with.metric, Metric::planar_floor);
  EXPECT_EQ(with.capacity, (std::vector<double>{50, 50, 50}));
  EXPECT_EQ(with.demand, without.demand);
  EXPECT_EQ(with.demand, nonsense.demand);
}

TEST(Read, CapacityBeforeDemand) {
  const Problem problem = must("2 1\n 1.5 2 720 50\n 3 4 700 4\n", Format::cpmp, Kind::capacitated);
  EXPECT_EQ(problem.capacity, (std::vector<double>{720, 700}));
  EXPECT_EQ(problem.demand, (std::vector<double>{50, 4}));
}

TEST(Read, TsplibCoordinates) {
  const Problem problem = must(
      "NAME : x\nCOMMENT : a : b\nTYPE: TSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE : EUC_2D\n"
      "NODE_COORD_SECTION\n1 1.5e3 2\n2 3 4\nEOF\n",
      Format::tsplib);
  EXPECT_EQ(problem.customer_count, 2U);
  EXPECT_EQ(problem.customers[0].x, 1500);
  expect_refused("NAME : x\nDIMENSION : 1\nEDGE_WEIGHT_TYPE : GEO\nNODE_COORD_SECTION\n1 1 1\n",
                 Format::tsplib, ErrorCode::not_supported, "line 3");
}

TEST(Read, SetCoverByRowAndByColumn) {
  const Problem rows = must("2 3\n1 2 3\n2\n1 2\n1\n3\n", Format::scp, Kind::cover);
  EXPECT_EQ(rows.links.size(), 3U);
  EXPECT_EQ(rows.cost, (std::vector<double>{1, 2, 3}));
  const Problem columns = must("2 3\n1 1 1\n2 1 1\n7 2 2 1\n", Format::scp, Kind::cover);
  EXPECT_EQ(columns.links.size(), 4U);
  EXPECT_EQ(columns.cost, (std::vector<double>{1, 2, 7}));
}

TEST(Read, CsvWithQuotesAndRoles) {
  const Problem problem = must(
      "id,lon,lat,demand,role,status\r\n\"a,1\",114.5,38.0,10,customer,\r\n"
      "b,114.6,38.1,,candidate,required\r\n",
      Format::csv);
  EXPECT_EQ(problem.metric, Metric::great_circle);
  ASSERT_EQ(problem.customer_count, 1U);
  EXPECT_EQ(problem.customer_ids[0], "a,1");
  EXPECT_EQ(problem.weight, (std::vector<double>{10}));
  EXPECT_EQ(problem.required, (std::vector<std::uint8_t>{1}));
}

TEST(Read, CsvThatIsWrong) {
  expect_refused("id,lon,lat\na,38.0,114.5\n", Format::csv, ErrorCode::bad_coordinates, "line 2");
  expect_refused("id,lon,lat\na,114.5,\n", Format::csv, ErrorCode::bad_coordinates, "line 2");
  expect_refused("id,lon,lat\na,114.5,38\nb,114.5,38\n", Format::csv, ErrorCode::duplicate_point,
                 "line 3");
  expect_refused("id,lon,lat\na,114.5,38\na,114.6,38\n", Format::csv, ErrorCode::duplicate_point,
                 "line 3");
  expect_refused("id,lon\na,114.5\n", Format::csv, ErrorCode::missing_column, "line 1");
  expect_refused("id,x,y,weight\na,1,2,heavy\n", Format::csv, ErrorCode::bad_number, "line 2");
  expect_refused("id,lon,lat,datum\na,114.5,38,BD-09\n", Format::csv, ErrorCode::bad_coordinates,
                 "datum");
}

TEST(Read, SizesOfCandidates) {
  const Problem csv =
      must("id,x,y,demand,capacity,cost,sizes\na,0,0,1,9,1,5:10 9:12.5\nb,1,1,1,7,3,\n",
           Format::csv, Kind::facility);
  ASSERT_EQ(csv.sizes.size(), 2U);
  ASSERT_EQ(csv.sizes[0].size(), 2U);
  EXPECT_EQ(csv.sizes[0][1].capacity, 9);
  EXPECT_EQ(csv.sizes[0][1].cost, 12.5);
  EXPECT_TRUE(must("id,x,y,sizes\na,0,0,5:10\n", Format::csv).sizes.empty());
  expect_refused("id,x,y,sizes\na,0,0,5-10\n", Format::csv, ErrorCode::bad_number, "line 2");
  constexpr std::string_view kBefore =
      "{\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","
      "\"coordinates\":[114.5,38.0]},\"properties\":{\"demand\":2,\"sizes\":";
  const Problem json =
      must(std::string{kBefore} + "[{\"capacity\":4,\"cost\":1},{\"capacity\":8,\"cost\":1.5}]}}]}",
           Format::geojson, Kind::facility);
  ASSERT_EQ(json.sizes.size(), 1U);
  EXPECT_EQ(json.sizes[0][1].cost, 1.5);
  expect_refused(std::string{kBefore} + "[{\"capacity\":4}]}}]}", Format::geojson,
                 ErrorCode::bad_field, "/features/0/properties/sizes");
}

TEST(Read, GeoJsonInAnotherDatumIsMoved) {
  constexpr std::string_view kFeatures =
      "\"features\":[{\"type\":\"Feature\",\"id\":7,\"geometry\":{\"type\":\"Point\","
      "\"coordinates\":[114.5,38.0]},\"properties\":{\"weight\":2.5}}]}";
  const Problem plain = must("{" + std::string{kFeatures}, Format::geojson);
  const Problem moved = must("{\"datum\":\"GCJ-02\"," + std::string{kFeatures}, Format::geojson);
  EXPECT_EQ(plain.customer_ids[0], "7");
  EXPECT_EQ(plain.weight[0], 2.5);
  const double shift = std::abs(plain.customers[0].x - moved.customers[0].x);
  EXPECT_GT(shift, 1e-3);
  EXPECT_LT(shift, 1e-2);
  expect_refused("{\"datum\":\"BD-09\"," + std::string{kFeatures}, Format::geojson,
                 ErrorCode::bad_coordinates, "datum");
}

TEST(Read, GeoJsonThatIsWrong) {
  const auto point = [](std::string_view coordinates) {
    return "{\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","
           "\"coordinates\":" +
           std::string{coordinates} + "}}]}";
  };
  expect_refused(point("[38.0,114.5]"), Format::geojson, ErrorCode::bad_coordinates, "/features/0");
  expect_refused(point("[38.0]"), Format::geojson, ErrorCode::bad_coordinates,
                 "/features/0/geometry/coordinates");
  expect_refused(point("[0,0]"), Format::geojson, ErrorCode::bad_coordinates, "/features/0");
  expect_refused("{\"features\":[{\"geometry\":null}]}", Format::geojson,
                 ErrorCode::bad_coordinates, "/features/0/geometry");
  expect_refused("{\"features\":3}", Format::geojson, ErrorCode::bad_field, "/features");
}

TEST(Answer, ComesBackAsItWasWritten) {
  const Problem problem = must("4 3 2\n1 2 9\n2 3 1\n3 4 1\n", Format::pmed);
  Answer answer;
  answer.upper = 9.25;
  answer.lower = 8.125;
  answer.facilities = {0, 2};
  answer.assignment = {0, 2, 2, siting_problem::kNobody};
  answer.proof.bound = 8.125;
  answer.proof.nodes = {{{0.1, 1e-300, 3, 4}, 2, 1, 2}, {{1, 2, 3, 4}}, {{0, 0, 0, 0}}};
  const auto back = read_answer(to_json(problem, answer), problem);
  ASSERT_TRUE(back.has_value()) << back.error().at << ": " << back.error().detail;
  EXPECT_EQ(back->upper, answer.upper);
  EXPECT_EQ(back->lower, answer.lower);
  EXPECT_EQ(back->facilities, answer.facilities);
  EXPECT_EQ(back->assignment, answer.assignment);
  ASSERT_EQ(back->proof.nodes.size(), 3U);
  EXPECT_EQ(back->proof.nodes[0].multipliers, answer.proof.nodes[0].multipliers);
  EXPECT_EQ(back->proof.nodes[0].branch, 2U);
  EXPECT_EQ(back->proof.nodes[0].when_closed, 2U);
  EXPECT_EQ(back->proof.nodes[1].branch, siting_problem::kNobody);
}

TEST(Answer, OfAnotherProblemIsRefused) {
  const Problem problem = must("2 1 1\n1 2 9\n", Format::pmed);
  const auto back = read_answer(
      R"({"assignment":[1,1],"facilities":[3],"lower":1,"status":"optimal","upper":1})", problem);
  ASSERT_FALSE(back.has_value());
  EXPECT_EQ(back.error().at, "/facilities/0");
}

}  // namespace
}  // namespace huan::wire_siting
