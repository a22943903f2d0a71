// SPDX-License-Identifier: Apache-2.0
// Every status of the doors of orders, appeals, bulletins, case files, credit, anomalies, what is
// published and complaints; and who sees what of them.
#include "huan/draw/draw.hpp"
#include "statuses.hpp"

namespace huan::http {
namespace {

Json bulletin_wish(const std::string& key, const std::string& from) {
  return {{"key", key}, {"from", from}, {"to", "2099-01-01"}};
}

Json step(Json data, int version = 0) { return {{"data", std::move(data)}, {"version", version}}; }

Json case_of(const std::string& state) {
  return {{"type", "case"},
          {"about", {{"kind", "place"}, {"id", "W-9"}}},
          {"district", "B1"},
          {"title", "scales"},
          {"fields", {{"day", "2026-01-05"}, {"facts", {"a seal is missing"}}}},
          {"state", state}};
}

}  // namespace

std::string StatusAsker::set_up_complaint() {
  const Json issued{{"type", "deliverable"}, {"about", {{"id", "x-nyc"}, {"kind", "city"}}},
                    {"title", "Plan"},       {"fields", {{"day", "2026-03-01"}}},
                    {"state", "issued"},     {"evidence", {{{"source", "Plan"}, {"file", file_}}}}};
  const auto put = send("PUT", "/api/v1/dossiers/DL-1", Json{{"data", issued}}.dump());
  EXPECT_EQ(put.status, 201) << put.body;
  const auto filed = connect().post("/api/v1/complaints?city=x-nyc",
                                    R"({"what":"burns cables at night","place":"W-9"})");
  EXPECT_EQ(filed->status, 201) << filed->body;
  const auto opened = send("PUT", "/api/v1/case-files/C-0", step(case_of("opened")).dump());
  EXPECT_EQ(opened.status, 201) << opened.body;
  return Json::parse(filed->body).value("tracking", "");
}

void StatusesTest::ask_for_matters() {
  const auto wrong = [&](const std::string& path, const std::string& key, const Json& one) {
    const std::string door = "PUT /api/v1/" + path + "/{key}";
    const std::string target = "/api/v1/" + path + "/" + key;
    ask({door, target, 400, "{}", {}, true, "bad_field", "/data"});
    ask({door, target, 400, step({{"type", "draw"}}).dump(), {}, true, "bad_field"});
    ask({door, target, 415, "x", {{"Content-Type", "text/xml"}}, true});
    ask({door, target, 412, step(one, 77).dump(), {}, true, "version_conflict"});
    ask({"GET /api/v1/" + path, "/api/v1/" + path + "?type=task", 400, "", {}, true, "bad_field"});
  };
  const std::string nowhere(64, 'a');
  const std::string at = "/api/v1/inspections/D-1:1/";
  ask({"POST /api/v1/inspections/{key}/visit",
       at + "visit",
       422,
       Json{{"answers", {"x fail " + nowhere}}}.dump(),
       {},
       true,
       "unknown_evidence"});
  ask({"POST /api/v1/inspections/{key}/signatures",
       at + "signatures",
       422,
       Json{{"role", "subject"}, {"by_hand", nowhere}}.dump(),
       {},
       true,
       "unknown_evidence"});
  const auto orders = Json::parse(get("/api/v1/rectifications").body).at("items");
  ASSERT_EQ(orders.size(), 1U);
  auto order = orders[0].at("data");
  const std::string key = orders[0].at("key");
  order["state"] = "proof_sent";
  order["fields"]["proof"] = {"a new seal"};
  order["evidence"] = {{{"source", "photo"}}};
  wrong("rectifications", key, order);
  const std::string put = "PUT /api/v1/rectifications/{key}";
  ask({put, "/api/v1/rectifications/" + key, 200, step(order, 1).dump()});
  ask({put, "/api/v1/rectifications/D-1", 404, step(order).dump(), {}, true, "not_found", "key"});
  Json appeal{{"type", "credit_appeal"},
              {"about", {{"kind", "dossier"}, {"id", "D-1:1"}}},
              {"fields", {{"reason", "the seal was there"}}},
              {"state", "filed"}};
  const std::string appeals = "PUT /api/v1/credit-appeals/{key}";
  ask({appeals, "/api/v1/credit-appeals/CA-1", 201, step(appeal).dump()});
  ask({appeals, "/api/v1/credit-appeals/D-1", 404, step(appeal).dump(), {}, true, "not_found"});
  appeal["state"] = "upheld";
  appeal["fields"]["decision"] = "it was";
  appeal["evidence"] = {{{"source", "photo"}}};
  wrong("credit-appeals", "CA-1", appeal);
  ask({appeals, "/api/v1/credit-appeals/CA-1", 200, step(appeal, 1).dump()});
  ask({"GET /api/v1/draws", "/api/v1/draws?type=task", 400, "", {}, true, "bad_field"});
  const std::string draft = "POST /api/v1/bulletins";
  const auto wish = bulletin_wish("B-1", "2020-01-01");
  ask({draft, "/api/v1/bulletins", 201, wish.dump()});
  ask({draft, "/api/v1/bulletins", 412, wish.dump(), {}, true, "version_conflict"});
  ask({draft, "/api/v1/bulletins", 400, bulletin_wish("B-2", "x").dump(), {}, true, "bad_time"});
  ask({draft, "/api/v1/bulletins", 415, "x", {{"Content-Type", "text/xml"}}, true});
  auto drafted = Json::parse(get("/api/v1/bulletins").body).at("items")[0].at("data");
  drafted["state"] = "issued";
  wrong("bulletins", "B-1", drafted);
  auto issue = step(drafted, 1);
  issue["sign_as"] = "issuer";
  const std::string bulletins = "PUT /api/v1/bulletins/{key}";
  ask({bulletins, "/api/v1/bulletins/B-1", 200, issue.dump()});
  ask({bulletins, "/api/v1/bulletins/D-1", 404, issue.dump(), {}, true, "not_found", "key"});
}

void StatusesTest::ask_for_case_files() {
  const std::string put = "PUT /api/v1/case-files/{key}";
  ask({put, "/api/v1/case-files/C-1", 201, step(case_of("opened")).dump()});
  ask({put, "/api/v1/case-files/C-1", 200, step(case_of("opened"), 1).dump()});
  ask({put, "/api/v1/case-files/C-1", 412, step(case_of("opened"), 1).dump(), {}, true});
  ask({put, "/api/v1/case-files/C-1", 400, "{}", {}, true, "bad_field", "/data"});
  ask({put, "/api/v1/case-files/D-1", 404, step(case_of("opened")).dump(), {}, true, "not_found"});
  ask({put, "/api/v1/case-files/C-1", 415, "x", {{"Content-Type", "text/xml"}}, true});
  ask({"GET /api/v1/case-files", "/api/v1/case-files?type=draw", 400, "", {}, true, "bad_field"});
  const std::string bundle = "GET /api/v1/case-files/{key}/bundle";
  ask({bundle, "/api/v1/case-files/C-1/bundle", 200});
  ask({bundle, "/api/v1/case-files/D-1/bundle", 404, "", {}, true, "not_found"});
  ask({bundle, "/api/v1/case-files/none/bundle", 404, "", {}, true, "not_found"});
  ask({"GET /api/v1/credit", "/api/v1/credit?party=dsny", 200});
  const std::string proposals = "GET /api/v1/credit-proposals";
  ask({proposals, "/api/v1/credit-proposals?month=2026-03", 200});
  ask({proposals, "/api/v1/credit-proposals?month=3", 400, "", {}, true, "bad_time", "month"});
  const std::string watch = "POST /api/v1/anomalies";
  ask({watch, "/api/v1/anomalies?due_day=32", 400, "", {}, true, "bad_number", "due_day"});
  ask({watch, "/api/v1/anomalies?from=x", 400, "", {}, true, "bad_time", "from"});
  ask({watch, "/api/v1/anomalies", 202});
  const std::string behind = "GET /api/v1/anomalies/{id}/events";
  ask({behind, "/api/v1/anomalies/none/events", 404, "", {}, true, "not_found", "id"});
  ask({behind, "/api/v1/anomalies/none/events?hint=x", 400, "", {}, true, "bad_number", "hint"});
  const std::string hints = "/api/v1/anomalies/" + watched_ + "/events";
  ask({behind, hints + "?hint=9", 404, "", {}, true, "not_found", "hint"});
  ask({behind, hints + "?column=x", 400, "", {}, true, "bad_field", "column"});
  ask({behind, hints + "?column=shipments", 200});
}

void StatusesTest::ask_for_the_public() {
  const std::string list = "GET /api/v1/published";
  ask({list, "/api/v1/published?type=draw&district=B1&q=D-1", 200, "", {}, false});
  ask({list, "/api/v1/published?type=complaint", 400, "", {}, false, "bad_field", "type"});
  ask({"GET /api/v1/published/feed", "/api/v1/published/feed?x=1", 400, "", {}, false});
  const std::string text = "GET /api/v1/published-draws/{key}/{text}";
  ask({text, "/api/v1/published-draws/D-1/papers", 200, "", {}, false});
  ask({text, "/api/v1/published-draws/D-1/people", 404, "", {}, false, "not_found", "text"});
  ask({text, "/api/v1/published-draws/D-1/papers?x=1", 400, "", {}, false, "bad_field"});
  const std::string document = "GET /api/v1/published-files/{sha256}";
  const std::string of_file = "/api/v1/published-files/" + file_;
  const std::string none = "/api/v1/published-files/" + std::string(64, '0');
  ask({document, none, 404, "", {}, false, "not_found", "sha256"});
  ask({document, of_file, 200, "", {}, false});
  ask({document, of_file + "?x=1", 400, "", {}, false, "bad_field"});
  const auto shown = Json::parse(connect().get("/api/v1/published?type=deliverable")->body);
  EXPECT_EQ(shown.at("items").at(0).at("files").at(0).at("sha256"), file_);
  const std::string file = "POST /api/v1/complaints";
  const std::string what = R"({"what":"burns cables at night"})";
  ask({file, "/api/v1/complaints", 400, R"({"what":"call 138 0000 0001"})", {}, false, "bad_text"});
  ask({file, "/api/v1/complaints", 415, "x", {{"Content-Type", "text/xml"}}, false});
  ask({file, "/api/v1/complaints", 403, what, {{"Sec-Fetch-Site", "cross-site"}}, false});
  for (int n = 0; n < 4; ++n) {
    ask({file, "/api/v1/complaints", 201, what, {}, false});
  }
  ask({file, "/api/v1/complaints", 429, what, {}, false, "too_many_requests"});
  const std::string follow = "GET /api/v1/complaints/{tracking}";
  ask({follow, "/api/v1/complaints/none", 404, "", {}, false, "not_found", "tracking"});
  ask({follow, "/api/v1/complaints/none?x=1", 400, "", {}, false, "bad_field"});
}

class MattersTest : public StatusAsker {
 protected:
  Reply as(const std::string& role, const std::string& target) {
    app::TokenRequest request{role, "x", "", 0};
    request.limits = {"x-nyc", "B1", "E-9", ""};
    const auto token = app::issue_token(*recorder_, clock_, request).value();
    return connect().get(target, {{"Authorization", "Bearer " + token}}).value_or(Reply{});
  }
  std::size_t seen(const std::string& role, const std::string& target) {
    const auto reply = as(role, target);
    return reply.status == 200 ? Json::parse(reply.body).at("items").size() : 0;
  }
};

TEST_F(MattersTest, ThePublicSeesNoAccountOfAnInspectorAndRepeatsTheDraw) {
  const auto papers = connect().get("/api/v1/published-draws/D-1/papers")->body;
  const auto result = connect().get("/api/v1/published-draws/D-1/result")->body;
  EXPECT_EQ(papers.find("insp."), std::string::npos) << papers;
  EXPECT_EQ(result.find("insp."), std::string::npos) << result;
  EXPECT_TRUE(draw::verify(papers, result).has_value());
  const auto list = connect().get("/api/v1/published?type=draw")->body;
  EXPECT_EQ(list.find("insp."), std::string::npos);
  EXPECT_EQ(list.find("\"people\""), std::string::npos);
  EXPECT_NE(list.find("\"D-1\""), std::string::npos);
}

TEST_F(MattersTest, AComplaintIsSeenByOfficesAndByWhoHasItsNumber) {
  EXPECT_EQ(seen("regulator_county", "/api/v1/case-files?type=complaint"), 1U);
  EXPECT_EQ(as("enterprise_admin", "/api/v1/case-files").status, 403);
  EXPECT_EQ(seen("enterprise_admin", "/api/v1/dossiers?kind=complaint"), 0U);
  const auto own = Json::parse(connect().get("/api/v1/complaints/" + complaint_)->body);
  EXPECT_EQ(own.at("state"), "filed");
  EXPECT_FALSE(own.contains("what")) << "a number that somebody finds tells little";
  EXPECT_EQ(connect().get("/api/v1/published")->body.find("cables"), std::string::npos);
}

TEST_F(MattersTest, OrdersAreSeenByThoseWhomTheDrawSent) {
  const auto visited = send("POST", "/api/v1/inspections/D-1:1/visit",
                            R"({"answers":["x fail - seal"],"refusal":"nobody there"})");
  ASSERT_EQ(visited.status, 200) << visited.body;
  EXPECT_EQ(seen("regulator_county", "/api/v1/rectifications"), 1U);
  EXPECT_EQ(seen("inspector", "/api/v1/rectifications"), 0U) << "another inspector";
  EXPECT_EQ(seen("enterprise_admin", "/api/v1/rectifications"), 0U) << "another firm";
  const auto late = send("POST", "/api/v1/inspections/D-1:1/visit",
                         R"({"answers":["x pass -"],"day":"2001-01-01"})");
  EXPECT_EQ(late.status, 400) << "before it was drawn";
  const auto hand = send("POST", "/api/v1/inspections/D-1:1/signatures",
                         R"({"role":"subject","by_hand":")" + std::string(64, 'a') + "\"}");
  EXPECT_EQ(hand.status, 422) << "no such picture";
  const auto given = send("POST", "/api/v1/inspections/D-1:1/signatures",
                          R"({"role":"subject","by_hand":")" + file_ + "\"}");
  EXPECT_EQ(given.status, 200) << given.body;
  EXPECT_NE(given.body.find("/hand:" + file_), std::string::npos);
}

}  // namespace huan::http
