// SPDX-License-Identifier: Apache-2.0
// Lots, stock, statistics, registry, files, log, pages.
#include <algorithm>

#include "api_fixture.hpp"
#include "huan/base/text.hpp"
#include "huan/log/checkpoint.hpp"
#include "huan/log/merkle.hpp"
#include "huan/log/proof.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace huan::http {
namespace {

class ReadingTest : public ApiTest {
 protected:
  ReadingTest() {
    EXPECT_EQ(post({receive("L/1", 5000), receive("L-2", 3000)}).status, 200);
    EXPECT_EQ(post(ship("S-1", "L/1", 2000)).status, 200);
  }
};

TEST_F(ReadingTest, LotsAndTheirTrace) {
  const auto lot = get_json("/api/v1/lots/L%2F1");
  EXPECT_EQ(lot.at("lot"), "L/1");
  EXPECT_EQ(lot.at("mass_g"), 3000);
  EXPECT_EQ(get_json("/api/v1/lots/none", 404).at("code"), "unknown_lot");
  EXPECT_EQ(get_json("/api/v1/lots?limit=1").at("items").size(), 1U);
  const auto up = get_json("/api/v1/lots/L%2F1/trace?direction=up");
  EXPECT_EQ(up.at("lot"), "L/1");
  EXPECT_FALSE(up.at("shares").empty());
  EXPECT_EQ(get_json("/api/v1/lots/L%2F1/trace?direction=down").at("direction"), "down");
  EXPECT_EQ(get_json("/api/v1/lots/none/trace", 404).at("code"), "unknown_lot");
  EXPECT_EQ(get("/api/v1/lots/L-2/trace?direction=left").status, 400);
  EXPECT_EQ(get("/api/v1/lots/L-2/trace?depth=-1").status, 400);
  EXPECT_EQ(get_json("/api/v1/items/X", 404).at("code"), "unknown_item");
  EXPECT_TRUE(get_json("/api/v1/tickets?number=7").at("items").empty());
}

TEST_F(ReadingTest, StockAndShipmentsAsJsonAndCsv) {
  const auto stock = get_json("/api/v1/stock").at("items");
  ASSERT_EQ(stock.size(), 1U);
  EXPECT_EQ(stock.at(0).at("mass_g"), 6000);
  const auto csv = get("/api/v1/stock", {{"Accept", "text/csv"}});
  EXPECT_EQ(csv.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(csv.body,
            "\xEF\xBB\xBFplace,material,mass_g,pieces,lots\r\nCD-101,paper.mixed,6000,0,2\r\n");
  EXPECT_EQ(get("/api/v1/stock?format=csv").body, csv.body);
  EXPECT_EQ(get("/api/v1/stock", {{"Accept", "image/png"}}).status, 406);
  const auto shipments = get_json("/api/v1/shipments?state=open").at("items");
  ASSERT_EQ(shipments.size(), 1U);
  EXPECT_EQ(shipments.at(0).at("in_transit_g"), 2000);
  EXPECT_EQ(shipments.at(0).at("shipped_g"), 2000);
  EXPECT_EQ(shipments.at(0).at("arrived_g"), 0);
  EXPECT_TRUE(get_json("/api/v1/shipments?state=closed").at("items").empty());
  EXPECT_EQ(get_json("/api/v1/shipments/S-1").at("lines").at(0).at("shipped_g"), 2000);
  EXPECT_EQ(get_json("/api/v1/shipments/none", 404).at("code"), "unknown_shipment");
}

TEST_F(ReadingTest, PagesOfCsvAreLinkedAndTheWholeHasNoLimit) {
  const auto page = get("/api/v1/places?limit=10&format=csv");
  EXPECT_NE(page.header("link").find("after="), std::string::npos);
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(page.body), 11);
  const auto whole = get("/api/v1/places?format=csv");
  EXPECT_EQ(lines(whole.body), 60);
  EXPECT_EQ(whole.header("link"), "");
  EXPECT_EQ(get("/api/v1/places?limit=0").status, 400);
  EXPECT_EQ(get("/api/v1/places?limit=x").status, 400);
  EXPECT_EQ(get_json("/api/v1/places?limit=99999").at("items").size(), 59U);
}

TEST_F(ReadingTest, Statistics) {
  auto rows = get_json("/api/v1/statistics?by=month,flow&material=paper").at("items");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("month"), "2026-03");
  EXPECT_EQ(rows.at(0).at("flow"), "receive");
  EXPECT_EQ(rows.at(0).at("mass_g"), 8000);
  rows = get_json("/api/v1/statistics?by=day,origin&flow=receive&from=2026-03-01&to=2026-03-01")
             .at("items");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.at(0).at("origin"), "household");
  EXPECT_EQ(get_json("/api/v1/statistics?by=weather", 400).at("at"), "by");
  EXPECT_EQ(get_json("/api/v1/statistics?from=yesterday", 400).at("code"), "bad_time");
  EXPECT_EQ(get_json("/api/v1/statistics?material=gold", 404).at("code"), "unknown_material");
}

TEST_F(ReadingTest, TheEventsOfASumAddUpToIt) {
  const auto sums = get_json("/api/v1/statistics?by=flow,material,place");
  for (const auto& sum : sums.at("items")) {
    std::string asked = "/api/v1/statistics/events?limit=1";
    for (const char* axis : {"flow", "material", "place"}) {
      asked += std::string("&") + axis + "=" + sum.at(axis).get<std::string>();
    }
    std::int64_t mass = 0;
    for (std::string after; true;) {
      const auto page = get_json(asked + (after.empty() ? "" : "&after=" + after));
      for (const auto& one : page.at("items")) {
        mass += one.at("mass_g").get<std::int64_t>();
        EXPECT_EQ(one.at("record").at("event").at("id"), one.at("id"));
      }
      if (page.at("next").is_null()) {
        break;
      }
      after = page.at("next").get<std::string>();
    }
    EXPECT_EQ(mass, sum.at("mass_g").get<std::int64_t>()) << asked;
  }
  EXPECT_TRUE(get_json("/api/v1/statistics/events?flow=receive&to=2020-01-01").at("items").empty());
  EXPECT_EQ(get_json("/api/v1/statistics/events?flow=rain", 400).at("at"), "flow");
  EXPECT_EQ(get_json("/api/v1/statistics/events?after=x", 400).at("code"), "bad_number");
  EXPECT_EQ(get_json("/api/v1/statistics/events?material=gold", 404).at("code"),
            "unknown_material");
}

TEST_F(ReadingTest, StatisticsAreASpreadsheetWithNames) {
  const auto sheet = get("/api/v1/statistics?by=material,flow&material=paper&format=xlsx",
                         {{"Accept-Language", "en"}});
  ASSERT_EQ(sheet.status, 200) << sheet.body;
  EXPECT_EQ(sheet.header("content-type"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const auto rows_of = [&](const std::string& name) {
    wire_table::TableOptions options;
    options.sheet = name;
    auto table = wire_table::open_table_bytes(sheet.body, options).value();
    std::vector<std::vector<std::string>> rows;
    while (table->next().value()) {
      rows.emplace_back(table->row().cells.begin(), table->row().cells.end());
    }
    return rows;
  };
  const auto has = [](const auto& rows, const std::vector<std::string>& wanted) {
    return std::ranges::any_of(
        rows, [&](const auto& row) { return !std::ranges::search(row, wanted).empty(); });
  };
  EXPECT_TRUE(has(rows_of(""), {"material", "paper"})) << "what was asked";
  const auto rows = rows_of("Sums");
  EXPECT_TRUE(
      has(rows, {"Material", "Name", "Flow", "Mass (kg)", "Pieces", "Money (yuan)", "Count"}));
  const auto sums = get_json("/api/v1/statistics?by=material,flow&material=paper").at("items");
  ASSERT_FALSE(sums.empty());
  for (const auto& sum : sums) {
    const auto row = std::ranges::find_if(rows, [&](const std::vector<std::string>& one) {
      return one.size() >= 7 && one[0] == sum.at("material").get<std::string>() &&
             one[2] == sum.at("flow").get<std::string>();
    });
    ASSERT_NE(row, rows.end());
    EXPECT_FALSE((*row)[1].empty()) << "its name";
    EXPECT_EQ(std::stod((*row)[3]) * 1000, sum.at("mass_g").get<double>());
    EXPECT_EQ(std::stod((*row)[6]), sum.at("count").get<double>());
  }
  EXPECT_EQ(get("/api/v1/statistics?by=day&format=pdf").status, 400);
}

TEST_F(ReadingTest, RegistryEditsNameWhatTheyWereMadeOn) {
  const auto place = get("/api/v1/places/CD-101");
  EXPECT_EQ(place.header("etag"), "\"1\"");
  EXPECT_EQ(get("/api/v1/places/CD-101", {{"If-None-Match", "\"1\""}}).status, 304);
  auto data = Json::parse(place.body).at("data");
  data["name"] = "新名";
  const auto body = Json{{"data", data}}.dump();
  const std::string target = "/api/v1/places/CD-101";
  EXPECT_EQ(send("PUT", target, body).status, 428);
  EXPECT_EQ(send("PUT", target, body, {{"If-Match", "\"7\""}}).status, 412);
  EXPECT_EQ(send("PUT", target, body, {{"If-None-Match", "*"}}).status, 412);
  const auto edited = send("PUT", target, body, {{"If-Match", "\"1\""}});
  EXPECT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.header("etag"), "\"2\"");
  EXPECT_EQ(get_json(target).at("data").at("name"), "新名");
  EXPECT_EQ(get_json(target + "?versions=all").at("items").size(), 2U);
  EXPECT_NE(get_json(target + "?at=2020-01-01T00:00:00-05:00").at("data").at("name"), "新名");
  const auto made = send("PUT", "/api/v1/places/CD-NEW", body);
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(send("PUT", "/api/v1/places/CD-BAD", R"({"data":{"nonsense":1}})").status, 400);
  EXPECT_EQ(send("PUT", "/api/v1/places/CD-BAD", R"({"date":{}})").status, 400);
  EXPECT_EQ(get("/api/v1/place/CD-101").status, 404);
  EXPECT_EQ(get("/api/v1/secrets").status, 404);
  EXPECT_EQ(get_json("/api/v1/cities").at("items").at(0).at("city"), "x-nyc");
}

TEST_F(ReadingTest, FilesByTheirContent) {
  const auto kept =
      send("POST", "/api/v1/files?name=a%22b.txt", "a paper", {{"Content-Type", "text/plain"}});
  ASSERT_EQ(kept.status, 201) << kept.body;
  const auto url = Json::parse(kept.body).at("url").get<std::string>();
  const auto file = get(url);
  EXPECT_EQ(file.body, "a paper");
  EXPECT_EQ(file.header("content-security-policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(file.header("content-disposition"),
            "inline; filename=\"ab.txt\"; filename*=UTF-8''a%22b.txt");
  EXPECT_EQ(get("/api/v1/files/" + std::string(64, '0')).status, 404);
  EXPECT_EQ(get("/api/v1/files/..%2f..%2fetc%2fpasswd").status, 404);
}

TEST_F(ReadingTest, TheLogProvesItself) {
  const auto note = get("/api/v1/log/x-nyc/checkpoint").body;
  auto key = get("/api/v1/log/x-nyc/key").body;
  key.pop_back();
  const auto verifier = log::Verifier::parse(key);
  ASSERT_TRUE(verifier);
  const auto checkpoint = log::open_checkpoint(note, *verifier);
  ASSERT_TRUE(checkpoint);
  const auto proof = get_json("/api/v1/log/x-nyc/inclusion?seq=5");
  EXPECT_EQ(proof.at("size"), checkpoint->size);
  log::Proof path;
  for (const auto& hash : proof.at("proof")) {
    path.push_back(*crypto::digest_from_hex(hash.get<std::string>()));
  }
  EXPECT_TRUE(log::verify_inclusion({4, checkpoint->size},
                                    log::leaf_hash(proof.at("header").get<std::string>()), path,
                                    checkpoint->root));
  EXPECT_EQ(get_json("/api/v1/log/x-nyc/consistency?from=3").at("to"), checkpoint->size);
  EXPECT_EQ(get("/api/v1/log/x-nyc/inclusion?seq=999999").status, 404);
  EXPECT_EQ(get("/api/v1/log/x-nyc/inclusion").status, 400);
  EXPECT_EQ(get("/api/v1/log/nowhere/checkpoint").status, 404);
}

TEST_F(ReadingTest, PagesLoginAndFigures) {
  const auto root = connect().get("/");
  EXPECT_EQ(root->body, "<!doctype html>the page");
  EXPECT_EQ(root->header("x-frame-options"), "DENY");
  EXPECT_EQ(connect().get("/lots/some/view")->body, root->body);
  EXPECT_NE(connect().get("/assets/a.js")->header("cache-control").find("immutable"),
            std::string::npos);
  EXPECT_EQ(connect().get("/assets/none.js")->status, 404);
  EXPECT_EQ(connect().get("/api/v1/none/none/none")->status, 404);
  EXPECT_EQ(connect().get("/..%2fa.db")->status, 404);
  const auto link = app::issue_token(*recorder_, clock_, {"operator", "", "login", 60}).value();
  EXPECT_EQ(connect().get("/api/v1/stock", {{"Authorization", "Bearer " + link}})->status, 401);
  const auto login = connect().post("/api/v1/login", Json{{"token", link}}.dump());
  ASSERT_EQ(login->status, 200);
  EXPECT_EQ(connect().post("/api/v1/login", Json{{"token", link}}.dump())->status, 401);
  const auto set = login->header("set-cookie");
  EXPECT_NE(set.find("HttpOnly; SameSite=Strict"), std::string::npos);
  const auto cookie = set.substr(0, set.find(';'));
  EXPECT_EQ(connect().get("/api/v1/stock", {{"Cookie", "a=b; " + cookie}})->status, 200);
  const auto event = receive("L-9", 1).dump();
  EXPECT_EQ(connect().post("/api/v1/events", event, {{"Cookie", cookie}})->status, 403);
  EXPECT_EQ(
      connect()
          .post("/api/v1/events", event, {{"Cookie", cookie}, {"Sec-Fetch-Site", "cross-site"}})
          ->status,
      403);
  const auto me = connect().get("/api/v1/session", {{"Cookie", cookie}});
  const auto csrf = Json::parse(me->body).at("csrf").get<std::string>();
  const Fields ours{{"Cookie", cookie}, {"Origin", "http://localhost"}, {"X-CSRF-Token", csrf}};
  EXPECT_EQ(connect().post("/api/v1/events", event, ours)->status, 200);
  const auto metrics = get("/metrics").body;
  EXPECT_NE(
      metrics.find(
          "huan_http_requests_total{method=\"POST\",route=\"/api/v1/events\",status=\"200\"}"),
      std::string::npos);
  EXPECT_NE(metrics.find("huan_records_total"), std::string::npos);
}

}  // namespace
}  // namespace huan::http
