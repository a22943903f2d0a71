// SPDX-License-Identifier: Apache-2.0
// Every status of the doors of draws and inspections, and whom an inspector sees.
#include <chrono>
#include <thread>

#include "statuses.hpp"

namespace huan::http {

void StatusAsker::commit_draw(const std::string& key) {
  constexpr std::int64_t kAheadS = 2;
  const base::Instant known{clock_.now().s + kAheadS};
  const Json plan = {{"key", key},
                     {"item", "station.order"},
                     {"count", 1},
                     {"source", "lottery"},
                     {"known_at", base::format_time({known.s}, 0)}};
  const auto early = send("POST", "/api/v1/draws", plan.dump());
  EXPECT_EQ(early.status, 201) << early.body;
  while (clock_.now().s < known.s) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void StatusAsker::put_for_inspections(const std::string& kind, const std::string& key,
                                      const Json& data) {
  const auto outcome = recorder_->put("x-nyc", {kind, key, data.dump(), "", "", -1}, {"tester"});
  EXPECT_EQ(outcome.status, app::Status::posted) << key << " " << outcome.error.detail;
}

void StatusAsker::set_up_inspection() {
  put_for_inspections(
      "place", "W-9",
      {{"kind", "station"}, {"name", "station"}, {"district", "B1"}, {"status", "active"}});
  for (const std::string who : {"a", "b"}) {
    put_for_inspections("dossier", "I-" + who,
                        {{"type", "inspector"},
                         {"about", {{"kind", "city"}, {"id", "x-nyc"}}},
                         {"fields", {{"account", "inspector/insp." + who + "@B1"}}},
                         {"state", "on_duty"}});
  }
  commit_draw("D-1");
  const auto seeded =
      send("POST", "/api/v1/draws/D-1/seed", R"({"value":"03 07","evidence":"page"})");
  EXPECT_EQ(seeded.status, 200) << seeded.body;
  const auto drawn = send("POST", "/api/v1/draws/D-1/run", "{}");
  EXPECT_EQ(drawn.status, 200) << drawn.body;
}

void StatusesTest::ask_for_inspections() {
  const auto wrong = [&](const std::string& door, const std::string& target,
                         const std::string& body) {
    ask({door, target, 400, body, {}, true, "bad_field"});
    ask({door, target, 415, "x", {{"Content-Type", "text/xml"}}, true});
  };
  const std::string draws = "POST /api/v1/draws";
  wrong(draws, "/api/v1/draws", R"({"a":1})");
  const std::string past =
      R"({"key":"D-9","item":"station.order","source":"x","known_at":"2001-01-01T00:00:00Z"})";
  ask({draws, "/api/v1/draws", 400, past, {}, true, "bad_field", "/known_at"});
  const std::string ahead =
      R"({"key":"D-3","item":"station.order","source":"x","known_at":"2099-01-01T00:00:00Z"})";
  ask({draws, "/api/v1/draws", 201, ahead});
  const std::string seed = "POST /api/v1/draws/{key}/seed";
  const std::string value = R"({"value":"1","evidence":"page"})";
  wrong(seed, "/api/v1/draws/D-3/seed", value);
  ask({seed, "/api/v1/draws/none/seed", 404, value, {}, true, "not_found", "key"});
  commit_draw("D-2");
  ask({seed, "/api/v1/draws/D-2/seed", 200, value});
  const std::string run = "POST /api/v1/draws/{key}/run";
  wrong(run, "/api/v1/draws/D-3/run", "{}");
  ask({run, "/api/v1/draws/none/run", 404, "{}", {}, true, "not_found", "key"});
  ask({run, "/api/v1/draws/D-2/run", 200, "{}"});
  const std::string text = "GET /api/v1/draws/{key}/{text}";
  ask({text, "/api/v1/draws/D-1/result", 200});
  ask({text, "/api/v1/draws/D-1/other", 404, "", {}, true, "not_found", "text"});
  const std::string visit = "POST /api/v1/inspections/{key}/visit";
  wrong(visit, "/api/v1/inspections/D-1:1/visit", R"({"answers":["x maybe -"]})");
  ask({visit, "/api/v1/inspections/none/visit", 404, R"({"answers":[]})", {}, true, "not_found"});
  ask({visit, "/api/v1/inspections/D-1:1/visit", 200, R"({"answers":["x fail - seal"]})"});
  const std::string sign = "POST /api/v1/inspections/{key}/signatures";
  wrong(sign, "/api/v1/inspections/D-1:1/signatures", R"({"state":"published"})");
  ask({sign, "/api/v1/inspections/none/signatures", 404, "{}", {}, true, "not_found", "key"});
  ask({sign, "/api/v1/inspections/D-1:1/signatures", 200, R"({"role":"subject"})"});
  const std::string list = "GET /api/v1/inspections/{key}/checklist";
  ask({list, "/api/v1/inspections/none/checklist", 404, "", {}, true, "not_found", "key"});
}

class InspectionsTest : public StatusAsker {
 protected:
  Reply as_inspector(const std::string& name, const std::string& target) {
    app::TokenRequest request{"inspector", name, "", 0};
    request.limits.district = "B1";
    const auto token = app::issue_token(*recorder_, clock_, request).value();
    return connect().get(target, {{"Authorization", "Bearer " + token}}).value_or(Reply{});
  }
};

TEST_F(InspectionsTest, AnInspectorSeesWhatTheDrawGaveAndNothingElse) {
  const auto count = [&](const std::string& name) {
    return Json::parse(as_inspector(name, "/api/v1/inspections").body).at("items").size();
  };
  EXPECT_EQ(count("insp.a"), 1U);
  EXPECT_EQ(count("insp.z"), 0U);
  EXPECT_EQ(as_inspector("insp.a", "/api/v1/inspections/D-1:1/checklist").status, 200);
  EXPECT_EQ(as_inspector("insp.z", "/api/v1/inspections/D-1:1/checklist").status, 404);
  EXPECT_EQ(as_inspector("insp.z", "/api/v1/dossiers/D-1:1").status, 404);
  const auto all = Json::parse(as_inspector("insp.z", "/api/v1/dossiers?kind=inspection").body);
  EXPECT_EQ(all.at("items").size(), 0U);
}

}  // namespace huan::http
