// SPDX-License-Identifier: Apache-2.0
// Declarations over HTTP: every move by every role, and nothing of another county or firm.
#include <array>

#include "statuses.hpp"

namespace huan::http {

void StatusesTest::ask_for_declarations() {
  const std::string list = "GET /api/v1/declarations";
  ask({list, "/api/v1/declarations?form=ten_kinds&term=2025&state=missing", 200});
  ask({list, "/api/v1/declarations?form=ten_kinds&term=2025-Q1", 400, "", {}, true, "bad_field"});
  ask({list, "/api/v1/declarations?form=nine_kinds", 404, "", {}, true, "not_found"});
  ask({list, "/api/v1/declarations?state=lost", 400, "", {}, true, "bad_field", "state"});
  ask({list, "/api/v1/declarations?at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string one = "GET /api/v1/declarations/{key}";
  ask({one, "/api/v1/declarations/none", 404, "", {}, true, "not_found", "key"});
  ask({one, "/api/v1/declarations/none?at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string fill = "POST /api/v1/declarations";
  const std::string forms = "/api/v1/declarations";
  const std::string again = R"({"form":"ten_kinds","term":"2026","reporter":"B1"})";
  ask({fill, forms, 200, again});
  ask({fill, forms, 201, R"({"form":"base.ten_kinds","term":"2026","reporter":"B2"})"});
  ask({fill, forms, 400, "{", {}, true, "bad_json"});
  ask({fill, forms, 404, R"({"form":"ten_kinds","reporter":"B9"})", {}, true, "not_found"});
  ask({fill, forms, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const std::string move = "POST /api/v1/declarations/{key}/{move}";
  const std::string to = "/api/v1/declarations/" + declaration_ + "/";
  ask({move, to + "confirm", 200, R"({"version":2})"});
  ask({move, to + "confirm", 400, R"({"version":3,"cells":[{"code":"gold"}]})"});
  ask({move, to + "submit", 412, R"({"version":2})", {}, true, "version_conflict", "/version"});
  ask({move, to + "accept", 412, R"({"version":3})", {}, true, "version_conflict", "state"});
  ask({move, to + "praise", 404, "{}", {}, true, "not_found", "move"});
  ask({move, to + "submit", 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({move, to + "submit", 200, R"({"version":3,"rest":true})"});
  ask({fill, forms, 412, again, {}, true, "version_conflict", "state"});
  const std::string handed_on = "GET /api/v1/declarations/sums";
  const std::string sums = "/api/v1/declarations/sums";
  ask({handed_on, sums + "?form=nine_kinds", 404, "", {}, true, "not_found"});
  ask({handed_on, sums + "?form=ten_kinds&at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string add_up = "POST /api/v1/declarations/sums";
  const auto city = get_json(sums + "?form=ten_kinds&term=2026");
  ask({add_up, sums, 200, Json{{"cities", {city}}}.dump()});
  ask({add_up, sums, 400, Json{{"cities", {city, city}}}.dump(), {}, true, "bad_field", "city"});
  ask({add_up, sums, 400, R"({"cities":[{}]})", {}, true, "bad_field", "/cities/0/city"});
  ask({add_up, sums, 400, R"({"cities":[]})", {}, true, "bad_field", "/cities"});
  ask({add_up, sums, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask_for_open_data();
}

/// Published is what was released, once, to anybody.
void StatusesTest::ask_for_open_data() {
  const std::string target = "/api/v1/open-data";
  const std::string release = "POST /api/v1/open-data";
  ask({release, target, 201, R"({"period":"2023","scheme":"mofcom"})"});
  ask({release, target, 409, R"({"period":"2023-Q4"})", {}, true, "already_closed", "period"});
  ask({release, target, 400, R"({"period":"2999"})", {}, true, "bad_field", "period"});
  ask({release, target, 400, R"({"period":"2022","scheme":"none"})", {}, true, "bad_field"});
  ask({release, target, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const std::string list = "GET /api/v1/open-data";
  ask({list, target, 200, "", {}, false});
  ask({list, target + "?after=1", 400, "", {}, false, "bad_field", "after"});
  const std::string one = "GET /api/v1/open-data/{period}";
  ask({one, target + "/2023", 200, "", {}, false});
  ask({one, target + "/2023?table=category_map", 200, "", {}, false});
  ask({one, target + "/2023?table=firms", 404, "", {}, false, "not_found", "table"});
  ask({one, target + "/2021", 404, "", {}, false, "not_found", "period"});
  ask({one, target + "/2023?format=csv", 400, "", {}, false, "bad_field", "format"});
  const std::string catalogue = "GET /api/v1/open-catalogue";
  ask({catalogue, "/api/v1/open-catalogue", 200, "", {}, false});
  ask({catalogue, "/api/v1/open-catalogue?city=none", 404, "", {}, false, "unknown_city", "city"});
  ask({catalogue, "/api/v1/open-catalogue?period=1", 400, "", {}, false, "bad_field", "period"});
  const std::string awards = "GET /api/v1/published-awards";
  ask({awards, "/api/v1/published-awards", 200, "", {}, false});
  ask({awards, "/api/v1/published-awards?city=none", 404, "", {}, false, "unknown_city", "city"});
  ask({awards, "/api/v1/published-awards?year=1", 400, "", {}, false, "bad_field", "year"});
  // Nobody writes one past its door.
  const std::string put = "PUT /api/v1/{kind}/{key}";
  ask({put, "/api/v1/settings/release.2020", 403, R"({"data":{}})", {}, true, "forbidden"});
}

namespace {

using access::Role;

class DeclarationsTest : public ApiTest {
 protected:
  DeclarationsTest() {
    keep_pack_rules("packs/x-nyc");
    const auto place = get_json("/api/v1/places/CD-101").at("data");
    for (const std::string firm : {"firm-1", "firm-2"}) {
      const std::string district = firm == "firm-1" ? "B1" : "B2";
      put("parties/" + firm, {{"kind", "enterprise"}, {"name", firm}, {"district", district}});
      auto here = place;
      here["operator"] = firm;
      here["district"] = district;
      put("places/P-" + firm, here);
    }
    auto bought = receive("L-1", 5'000);
    bought["place"] = "P-firm-1";
    bought["ticket"] = "T-1";
    EXPECT_EQ(post(bought).status, 200);
  }
  void put(const std::string& target, const Json& data) {
    const Json version{{"data", data}, {"time", "2025-12-01T00:00:00-05:00"}};
    const auto reply = send("PUT", "/api/v1/" + target, version.dump());
    EXPECT_EQ(reply.status, 201) << target << reply.body;
  }
  std::string token_of(Role role, const std::string& district, const std::string& firm) {
    app::TokenRequest request{std::string(access::name(role)), "own", "", 0, {}};
    request.limits = {"x-nyc", district, firm, "P-" + firm};
    return app::issue_token(*recorder_, clock_, request).value();
  }
  Reply as(const std::string& token, const std::string& method, const std::string& target,
           const Json& body = Json::object()) {
    return connect()
        .request(method, "/api/v1/declarations" + target, method == "GET" ? "" : body.dump(),
                 {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}})
        .value_or(Reply{});
  }
  Json county(const std::string& district) {
    return {{"form", "ten_kinds"}, {"term", "2026"}, {"reporter", district}};
  }
  Json firm(const std::string& id) {
    return {{"form", "enterprise_ledger"}, {"term", "2026-03"}, {"reporter", id}};
  }
};

TEST_F(DeclarationsTest, GoFromDraftToAcceptedAndSayWhoDidIt) {
  const auto county = token_of(Role::regulator_county, "B1", "none");
  const auto drafted = as(county, "POST", "", this->county("B1"));
  ASSERT_EQ(drafted.status, 201) << drafted.body;
  const std::string at = "/" + Json::parse(drafted.body).at("key").get<std::string>();
  EXPECT_EQ(as(county, "POST", at + "/confirm",
               {{"version", 1}, {"cells", {{{"code", "collected.paper"}, {"confirmed", "0.006"}}}}})
                .status,
            200);
  const auto unexplained = as(county, "POST", at + "/submit", {{"version", 2}, {"rest", true}});
  EXPECT_EQ(unexplained.status, 400) << unexplained.body;
  EXPECT_EQ(Json::parse(unexplained.body).at("at"), "/cells/collected.paper");
  const Json explained{{"version", 2},
                       {"rest", true},
                       {"cells", {{{"code", "collected.paper"}, {"explanation", "one more bag"}}}}};
  EXPECT_EQ(as(county, "POST", at + "/submit", explained).status, 200);
  const auto city = token_of(Role::regulator_city, "", "none");
  EXPECT_EQ(as(city, "POST", at + "/return", {{"version", 3}, {"note", "which bag?"}}).status, 200);
  EXPECT_EQ(as(county, "POST", at + "/submit", {{"version", 4}}).status, 200);
  EXPECT_EQ(as(city, "POST", at + "/accept", {{"version", 5}}).status, 200);
  const auto kept = Json::parse(as(county, "GET", at).body);
  EXPECT_EQ(kept.at("state"), "accepted");
  EXPECT_EQ(kept.at("revision"), 2);
  ASSERT_EQ(kept.at("history").size(), 6U);
  EXPECT_EQ(kept.at("history").at(3).at("note"), "which bag?");
  for (const Json& line : kept.at("lines")) {
    if (line.at("code") == "collected.paper") {
      EXPECT_EQ(line.at("filled"), 5'000);
      EXPECT_EQ(line.at("confirmed"), 6'000);
      EXPECT_EQ(line.at("difference"), 1'000);
    }
  }
}

TEST_F(DeclarationsTest, EveryRoleMovesNoMoreThanItsOwn) {
  const std::array all{Role::system_operator,  Role::regulator_city, Role::regulator_county,
                       Role::province,         Role::auditor,        Role::inspector,
                       Role::enterprise_admin, Role::station_clerk,  Role::driver,
                       Role::processor};
  for (const Role role : all) {
    const auto token = token_of(role, "B1", "firm-1");
    const bool everything = role == Role::system_operator || role == Role::regulator_city;
    const bool of_firm = role == Role::enterprise_admin || role == Role::processor;
    const bool of_county = role == Role::regulator_county;
    const auto may = [&](bool yes, const Json& body) {
      const auto reply = as(token, "POST", "", body);
      EXPECT_EQ(reply.status < 300, yes) << access::name(role) << body << reply.body;
      EXPECT_TRUE(yes || reply.status == 403) << access::name(role) << body << reply.body;
    };
    may(everything || of_county, county("B1"));
    may(everything, county("B2"));
    may(everything || of_firm, firm("firm-1"));
    may(everything, firm("firm-2"));
  }
}

TEST_F(DeclarationsTest, NobodySeesAnothersAndNobodyAcceptsTheirOwn) {
  const auto city = token_of(Role::regulator_city, "", "none");
  for (const auto& body : {county("B1"), county("B2"), firm("firm-1"), firm("firm-2")}) {
    EXPECT_EQ(as(city, "POST", "", body).status, 201);
  }
  const auto keys = [&](const std::string& token) {
    std::vector<std::string> seen;
    const auto page = Json::parse(as(token, "GET", "").body);
    for (const Json& one : page.at("items")) {
      seen.push_back(one.at("key"));
    }
    return seen;
  };
  using Keys = std::vector<std::string>;
  const std::string own = "base.enterprise_ledger.2026-03.firm-1";
  const auto of_firm = token_of(Role::enterprise_admin, "B1", "firm-1");
  EXPECT_EQ(keys(of_firm), Keys{own});
  const auto of_county = token_of(Role::regulator_county, "B1", "none");
  EXPECT_EQ(keys(of_county), (Keys{own, "base.ten_kinds.2026.B1"}));
  EXPECT_EQ(keys(city).size(), 4U);
  EXPECT_EQ(as(of_county, "GET", "/base.ten_kinds.2026.B2").status, 404);
  EXPECT_EQ(as(of_firm, "POST", "/" + own + "/submit", {{"version", 1}, {"rest", true}}).status,
            200);
  EXPECT_EQ(as(of_firm, "POST", "/" + own + "/accept", {{"version", 2}}).status, 403);
  EXPECT_EQ(as(of_county, "POST", "/" + own + "/accept", {{"version", 2}}).status, 200);
  EXPECT_EQ(as(of_county, "POST", "/base.ten_kinds.2026.B2/submit", {{"version", 1}}).status, 404);
  const Json forged{{"data", {{"state", "accepted"}, {"district", "B1"}}}};
  EXPECT_EQ(send("PUT", "/api/v1/declarations/base.ten_kinds.2026.B1", forged.dump(),
                 {{"If-Match", "\"1\""}})
                .status,
            405);
}

}  // namespace
}  // namespace huan::http
