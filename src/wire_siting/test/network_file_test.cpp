// SPDX-License-Identifier: Apache-2.0
// A network's file with zones and years in and out, and what is refused of it; the report's page.
#include <gtest/gtest.h>

#include "huan/siting/network.hpp"
#include "huan/siting_report/report.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/network_report.hpp"

namespace huan::wire_siting {
namespace {

using base::ErrorCode;
using siting_problem::Network;

std::string file(const std::string& more_members, const std::string& more_features) {
  return R"({"type":"FeatureCollection","origin":"synthetic: <seed 1>",)" + more_members +
         R"("tiers":[{"name":"station","rate":3,"reach_m":3000},{"name":"processor","rate":1}],
"features":[)" +
         more_features +
         R"({"type":"Feature","geometry":{"type":"Point","coordinates":[114.50,38.00]},
"properties":{"kind":"home","id":"a","households":900,"district":"d&e","mass":100}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[114.50,38.00]},
"properties":{"kind":"station","id":"S-1","cost":9000,"district":"d&e"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[114.52,38.00]},
"properties":{"kind":"station","id":"S-2","cost":9000,"district":"d&e"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[114.55,38.00]},
"properties":{"kind":"processor","id":"P","standing":"existing","district":"d&e"}}]})";
}

const std::string kZone =
    R"({"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[114.49,37.99],[114.51,37.99],
[114.51,38.01],[114.49,38.01],[114.49,37.99]]]},"properties":{"kind":"zone","name":"wells"}},)";
const std::string kAway =
    R"("rules":[{"name":"away","kind":"away_from_zones","tier":"station","zone":"wells","metres":50}],)";

void expect_refused(const std::string& bytes, ErrorCode code, std::string_view at) {
  const auto network = read_network(bytes);
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().code, code) << network.error().detail;
  EXPECT_EQ(network.error().at, at) << network.error().detail;
}

TEST(NetworkFile, ZonesAndPeriodsComeBackAsTheyWent) {
  const auto network =
      read_network(file(kAway + R"("periods":[{"name":"2026","budget":9000}],)", kZone));
  ASSERT_TRUE(network.has_value()) << network.error().at << network.error().detail;
  ASSERT_EQ(network->zones.size(), 1U);
  EXPECT_TRUE(network->zones[0].filled);
  EXPECT_EQ(network->zones[0].lines[0].size(), 4U);
  EXPECT_EQ(network->periods[0].budget, 9'000);
  const std::string text = to_geojson(*network);
  const auto again = read_network(text);
  ASSERT_TRUE(again.has_value()) << again.error().at << again.error().detail;
  EXPECT_EQ(to_geojson(*again), text);
}

TEST(NetworkFile, EveryShapeOfAZoneIsRead) {
  const auto with = [](const std::string& geometry) {
    return file("", R"({"type":"Feature","geometry":)" + geometry +
                        R"(,"properties":{"kind":"zone","name":"z"}},)");
  };
  for (const char* good :
       {R"({"type":"Point","coordinates":[114,38]})",
        R"({"type":"MultiPoint","coordinates":[[114,38],[115,38]]})",
        R"({"type":"LineString","coordinates":[[114,38],[115,38]]})",
        R"({"type":"MultiLineString","coordinates":[[[114,38],[115,38]]]})",
        R"({"type":"MultiPolygon","coordinates":[[[[114,38],[115,38],[115,39],[114,38]]]]})"}) {
    EXPECT_TRUE(read_network(with(good)).has_value()) << good;
  }
  expect_refused(with(R"({"type":"Circle","coordinates":[114,38]})"), ErrorCode::bad_field,
                 "/features/0/geometry/type");
  expect_refused(with(R"({"type":"Polygon","coordinates":[[[114,38],[115,38],[115,39]]]})"),
                 ErrorCode::bad_coordinates, "/features/0/geometry/coordinates");
  expect_refused(with(R"({"type":"LineString","coordinates":[[38,114]]})"),
                 ErrorCode::bad_coordinates, "/features/0/geometry/coordinates");
  expect_refused(with(R"({"type":"Polygon","coordinates":[]})"), ErrorCode::bad_coordinates,
                 "/features/0/geometry/coordinates");
}

TEST(NetworkFile, WhatYearsCannotBeIsNamed) {
  expect_refused(file(R"("periods":[{"name":"2026"}],)", ""), ErrorCode::bad_field,
                 "/periods/0/budget");
  expect_refused(file(R"("periods":{"2026":3},)", ""), ErrorCode::bad_field, "/periods");
  expect_refused(file(R"("periods":[{"name":"2026","budget":"9"}],)", ""), ErrorCode::bad_number,
                 "/periods/0/budget");
}

TEST(NetworkFile, ARuleOfNoZoneCannotBeAsked) {
  const auto network = read_network(file(kAway, ""));
  ASSERT_TRUE(network.has_value());
  const auto checked = siting::check_network(*network);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::bad_problem);
  EXPECT_EQ(checked.error().at, "away");
}

TEST(NetworkPage, SaysEverythingWithoutAnAddressOrAScript) {
  const auto network =
      read_network(file(kAway + R"("periods":[{"name":"2026","budget":9000}],)", kZone));
  ASSERT_TRUE(network.has_value());
  siting::Limits limits;
  limits.iterations = 2'000;
  const auto report = siting_report::plan_network(*network, {nullptr, {}, true}, limits);
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  PageWords words;
  words.document = {{"station", 1, 2, "文件 <1>", "document <1>"}};
  for (const auto language : {base::Language::zh, base::Language::en}) {
    words.language = language;
    const std::string page = report_page(*network, *report, words);
    EXPECT_EQ(page.find("://"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<seed"), std::string::npos);
    EXPECT_NE(page.find("synthetic: &lt;seed 1&gt;"), std::string::npos);
    EXPECT_NE(page.find("d&amp;e"), std::string::npos);
    EXPECT_NE(page.find("&lt;1&gt;"), std::string::npos);
    EXPECT_NE(page.find("2026"), std::string::npos);
    EXPECT_NE(page.find("<svg"), std::string::npos);
    EXPECT_NE(page.find("@media print"), std::string::npos);
  }
  const std::string json = report_json(*network, *report);
  EXPECT_NE(json.find("\"step\":\"100 metres nearer\""), std::string::npos);
  EXPECT_NE(json.find("\"years\":[{\"budget\":9000"), std::string::npos);
  const auto back = read_network_plan(json, *network);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->open, report->plan.open);
}

}  // namespace
}  // namespace huan::wire_siting
