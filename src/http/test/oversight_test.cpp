// SPDX-License-Identifier: Apache-2.0
// Findings, scores and indicators of the rules on record.
#include <cstdlib>
#include <filesystem>

#include "huan/app/pack_rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_pack/text.hpp"
#include "statuses.hpp"

namespace huan::http {
namespace {

/// What stands in a pack's folder; nothing where rules are on record already.
void keep_rules_of(const std::string& folder, app::Recorder& recorder) {
  const auto folders = registry::read_pack_folders(folder);
  ASSERT_TRUE(folders);
  const auto city = wire_pack::parse(*folders);
  ASSERT_TRUE(city);
  const std::string text = wire_pack::to_text(*folders, city->pack);
  const auto kept = app::keep_first_rules(recorder, city->pack, {text, city->pack.records_from});
  ASSERT_TRUE(kept) << kept.error().detail;
}

}  // namespace

void StatusesTest::ask_for_oversight() {
  const std::string list = "GET /api/v1/findings";
  ask({list, "/api/v1/findings?at=2026-03-01&verdict=fail,not_known", 200});
  ask({list, "/api/v1/findings?at=today", 400, "", {}, true, "bad_time", "at"});
  ask({list, "/api/v1/findings?verdict=guilty", 400, "", {}, true, "bad_field", "verdict"});
  ask({list, "/api/v1/findings?after=x", 400, "", {}, true, "bad_number", "after"});
  ask({"GET /api/v1/scores", "/api/v1/scores?subject=CD-101", 200});
  ask({"GET /api/v1/scores", "/api/v1/scores?at=x", 400, "", {}, true, "bad_time", "at"});
  ask({"GET /api/v1/indicators", "/api/v1/indicators?at=2026-03-01", 200});
  ask({"GET /api/v1/indicators", "/api/v1/indicators?at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string behind = "GET /api/v1/indicators/{id}/events";
  ask({behind, "/api/v1/indicators/none/events", 404, "", {}, true, "not_found", "id"});
  ask({behind, "/api/v1/indicators/none/events?at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string counted = "GET /api/v1/indicators/{id}/counted";
  ask({counted, "/api/v1/indicators/none/counted", 404, "", {}, true, "not_found", "id"});
  ask({counted, "/api/v1/indicators/none/counted?at=x", 400, "", {}, true, "bad_time", "at"});
  const std::string history = "GET /api/v1/findings/history";
  ask({history, "/api/v1/findings/history?since=x", 400, "", {}, true, "bad_time", "since"});
  ask({history, "/api/v1/findings/history?after=x", 400, "", {}, true, "bad_number", "after"});
  const std::string keep = "POST /api/v1/findings";
  ask({keep, "/api/v1/findings", 200, "{}"});
  ask({keep, "/api/v1/findings", 400, R"({"a":1})", {}, true, "bad_field", "/a"});
  ask({keep, "/api/v1/findings", 415, "x", {{"Content-Type", "text/xml"}}, true});
  ask({history, "/api/v1/findings/history?subject=CD-101", 200});
  for (const std::string door :
       {"rules", "tasks", "dispatch", "campaigns", "key-projects", "evaluation"}) {
    const std::string path = "/api/v1/" + door;
    ask({"GET " + path, path + "?at=2026-06-01", 200});
    ask({"GET " + path, path + "?at=x", 400, "", {}, true, "bad_time", "at"});
    ask({"GET " + path, path + "?at=1900-01-01", 200});  // nothing was on record then
  }
  ask({"GET /api/v1/rules", "/api/v1/rules?inherited=true", 200});
  ask({"GET /api/v1/rules", "/api/v1/rules?inherited=yes", 400, "", {}, true, "bad_field"});
  ask({"GET /api/v1/tasks", "/api/v1/tasks?inherited=yes", 400, "", {}, true, "bad_field"});
  keep_rules_of("packs/x-nyc", *recorder_);
  ask({"GET /api/v1/tasks", "/api/v1/tasks?unit=commerce&inherited=true", 200});
  const std::string report = "GET /api/v1/reports/{report}";
  const std::string reports = "/api/v1/reports/";
  ask({report, reports + "ledger?form=ten_kinds&term=2025", 200});
  ask({report, reports + "notice?form=ten_kinds&term=2025&format=xlsx", 200});
  ask({report, reports + "assessment?at=2026-06-01", 200});
  ask({report, reports + "dossier?subject=CD-101", 200});
  if (std::getenv("HUAN_CHROMIUM") != nullptr || std::filesystem::exists("/usr/bin/chromium")) {
    ask({report, reports + "notice?form=ten_kinds&term=2025&format=pdf", 200});
  }
  ask({report, reports + "dossier?subject=none", 404, "", {}, true, "not_found", "subject"});
  ask({report, reports + "notice?document=none", 404, "", {}, true, "not_found", "document"});
  ask({report, reports + "poem", 404, "", {}, true, "not_found", "report"});
  ask({report, reports + "indicators?format=doc", 400, "", {}, true, "bad_field", "format"});
  ask({report, reports + "ledger?form=ten_kinds&term=x", 400, "", {}, true, "bad_field"});
  const std::string draw = "POST /api/v1/dispatch";
  ask({draw, "/api/v1/dispatch", 200, "{}"});
  ask({draw, "/api/v1/dispatch", 400, R"({"a":1})", {}, true, "bad_field", "/a"});
  ask({draw, "/api/v1/dispatch", 415, "x", {{"Content-Type", "text/xml"}}, true});
  const Json land{{"about", {{"id", "B1"}, {"kind", "district"}}},
                  {"state", "wanted"},
                  {"district", "B1"},
                  {"title", "a station"},
                  {"type", "land"},
                  {"fields", {{"facility", "station"}}}};
  const std::string put = "PUT /api/v1/{kind}/{key}";
  ask({put, "/api/v1/dossiers/land-1", 201, Json{{"data", land}}.dump()});
  auto odd = land;
  odd["state"] = "built";
  ask({put,
       "/api/v1/dossiers/land-2",
       400,
       Json{{"data", odd}}.dump(),
       {},
       true,
       "bad_field",
       "/data/state"});
  const std::string open = "POST /api/v1/evaluation";
  const std::string opened = R"({"district":"B1","key":"self-1","kind":"self_check"})";
  ask({open, "/api/v1/evaluation", 200, opened});
  ask({open, "/api/v1/evaluation", 412, opened, {}, true, "version_conflict"});
  ask({open,
       "/api/v1/evaluation",
       400,
       R"({"key":"self-2","kind":"exam"})",
       {},
       true,
       "bad_field"});
  ask({open, "/api/v1/evaluation", 400, "{}", {}, true, "bad_field", "/key"});
  ask({open, "/api/v1/evaluation", 415, "x", {{"Content-Type", "text/xml"}}, true});
  const std::string sign = "POST /api/v1/dossiers/{key}/signatures";
  const std::string at = "/api/v1/dossiers/land-1/signatures";
  ask({sign, at, 200, R"({"role":"planner"})"});
  ask({sign, at, 400, "{}", {}, true, "bad_field", "/role"});
  ask({sign,
       at,
       400,
       R"({"role":"planner","state":"built"})",
       {},
       true,
       "bad_field",
       "/data/state"});
  ask({sign,
       "/api/v1/dossiers/none/signatures",
       404,
       R"({"role":"a"})",
       {},
       true,
       "not_found",
       "key"});
  ask({sign, at, 415, "x", {{"Content-Type", "text/xml"}}, true});
}

namespace {

constexpr std::string_view kPackToml =
    "name = \"rules\"\ncity = \"x-nyc\"\nversion = \"1\"\nzh = \"纽约\"\nen = \"New York\"\n"
    "source = \"made up for a test\"\nutc_offset = \"-05:00\"\ntime_zone = \"America/New_York\"\n"
    "records_from = \"1990-01-01T00:00:00-05:00\"\n";
constexpr std::string_view kDistricts =
    "code,name,level\nB1,Manhattan,borough\nB2,Bronx,borough\nB3,Brooklyn,borough\n"
    "B4,Queens,borough\nB5,Staten Island,borough\n";

class OversightTest : public ApiTest {
 protected:
  void keep_rules(std::string_view norms, std::string_view indicators) {
    std::string text;
    json::Writer w(text);
    w.begin_object().key("folders").begin_array().begin_object().key("files").begin_object();
    w.member("districts.csv", kDistricts).member("indicators.toml", indicators);
    w.member("norms.toml", norms).member("pack.toml", kPackToml).end_object();
    w.member("name", "rules").end_object().end_array().member("pack", "rules");
    w.member("version", "1").end_object();
    const auto pack = registry::load_pack("packs/x-nyc");
    ASSERT_TRUE(pack);
    const auto kept = app::keep_first_rules(*recorder_, *pack, {text, pack->records_from});
    ASSERT_TRUE(kept) << kept.error().detail;
  }
};

TEST_F(OversightTest, WithoutRulesThereIsNothingToFind) {
  EXPECT_TRUE(get_json("/api/v1/findings").at("items").empty());
  EXPECT_TRUE(get_json("/api/v1/indicators").at("items").empty());
  EXPECT_TRUE(get_json("/api/v1/scores").at("pack").is_null());
}

TEST_F(OversightTest, ShowsTheRowsOfParentsWhenAsked) {
  keep_pack_rules("packs/x-nyc");
  const auto own = get_json("/api/v1/rules").at("rules").at("norms");
  const auto all = get_json("/api/v1/rules?inherited=true").at("rules").at("norms");
  EXPECT_TRUE(own.empty());
  EXPECT_GT(all.size(), 0U);
}

TEST_F(OversightTest, AnIndicatorLeadsToTheEventsThatItSums) {
  constexpr std::string_view kIndicatorHead =
      "unit = \"吨\"\nbase_reason = \"/\"\nresponsible_reason = \"/\"\nclause = \"1\"\n"
      "targets = [{ value = \"1\", comparator = \">=\", deadline = \"2026\" }]\n";
  const std::string head(kIndicatorHead);
  keep_rules("", "[[indicator]]\ncode = \"in\"\nzh = \"量\"\nen = \"mass\"\n" + head +
                     "formula = { window = \"calendar_year\", measure = { source = \"ledger\", "
                     "quantity = \"mass\", flows = [\"receive\"] } }\n"
                     "[[indicator]]\ncode = \"said\"\nzh = \"报\"\nen = \"said\"\n" +
                     head);
  EXPECT_EQ(post({receive("L-1", 5000), receive("L-2", 3000)}).status, 200);
  const auto all = get_json("/api/v1/indicators?at=2026-12-31").at("items");
  ASSERT_EQ(all.size(), 2U);
  const auto basis = all.at(0).at("standing").at("basis").at(0);
  EXPECT_EQ(basis.at("source"), "ledger");
  EXPECT_EQ(basis.at("from"), "2026-01-01");
  EXPECT_EQ(basis.at("to"), "2026-12-31");
  EXPECT_EQ(basis.at("value"), 8000);
  const auto events = get_json("/api/v1/indicators/rules.in/events?at=2026-12-31").at("items");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events.at(0).at("mass_g").get<int>() + events.at(1).at("mass_g").get<int>(), 8000);
  EXPECT_TRUE(
      get_json("/api/v1/indicators/rules.in/events?at=2026-12-31&district=B2").at("items").empty());
  EXPECT_EQ(get_json("/api/v1/indicators/rules.said/events", 400).at("at"), "part");
  EXPECT_EQ(get_json("/api/v1/indicators/rules.in/events?part=denominator", 400).at("at"), "part");
  EXPECT_EQ(get_json("/api/v1/indicators/none/events", 404).at("at"), "id");
}

TEST_F(OversightTest, RulesOnRecordAreJudgedAndPaged) {
  keep_rules(
      "[[norm]]\narticle = \"1\"\nchapter = \"1\"\nclause = \"1\"\nclass = \"N\"\nforce = "
      "\"must\"\n"
      "subjects = [{ kind = \"place\" }]\nzh = \"库存不过二日\"\nen = \"nothing stays over two "
      "days\"\n"
      "[[norm.checks]]\nid = \"1.1\"\nzh = \"二日\"\nen = \"two days\"\nfact = "
      "\"place.storage_days\"\n"
      "comparator = \"<=\"\nthreshold = 2\nunit = \"day\"\n",
      "");
  EXPECT_EQ(post({receive("L-1", 5000)}).status, 200);
  const auto fails = get_json("/api/v1/findings?verdict=fail&at=2026-12-31").at("items");
  ASSERT_EQ(fails.size(), 1U);
  EXPECT_EQ(fails.at(0).at("subject"), "CD-101");
  EXPECT_EQ(fails.at(0).at("to_pass"), "bring to place.storage_days 2 day");
  const auto remedy = fails.at(0).at("finding").at("checks").at(0).at("to_pass");
  EXPECT_EQ(remedy.at("zh"), "在库最长天数达到 2 天");
  EXPECT_EQ(remedy.at("en"), "bring days since its oldest lot with stock came in to 2 days");
  EXPECT_EQ(fails.at(0).at("finding").at("checks").at(0).at("seen").at("origin"), "ledger");
  const auto page = get_json("/api/v1/findings?limit=2&at=2026-12-31");
  EXPECT_EQ(page.at("items").size(), 2U);
  EXPECT_EQ(page.at("next"), "2");
  const auto last = get_json("/api/v1/findings?after=58&at=2026-12-31");
  EXPECT_EQ(last.at("items").size(), 1U);
  EXPECT_TRUE(last.at("next").is_null());
  const auto scores = get_json("/api/v1/scores?at=2026-12-31");
  EXPECT_EQ(scores.at("total").at("total").at("fail"), 1);
  EXPECT_EQ(scores.at("total").at("total").at("pass"), 58);
}

}  // namespace
}  // namespace huan::http
