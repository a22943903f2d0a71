// SPDX-License-Identifier: Apache-2.0
// Tables over the wire: tried first, taken in, the same again changes nothing; what cannot be taken
// comes back with its row and reason; everybody brings their own.
#include <chrono>
#include <thread>

#include "api_fixture.hpp"

namespace huan::http {
namespace {

const std::string kHead = "磅单号,时间,网点,品类,来源,净重(kg)\n";
const std::string kGood = "T-1,2026-03-03 08:30,CD-101,paper.mixed,居民,12.5\n";

class ImportsTest : public ApiTest {
 protected:
  Reply import(const std::string& target, const std::string& body, const std::string& token = "") {
    return connect()
        .request("POST", "/api/v1/imports/" + target, body,
                 {{"Content-Type", "text/csv"},
                  {"Authorization", "Bearer " + (token.empty() ? token_ : token)}})
        .value_or(Reply{});
  }
  Json report(const std::string& target, const std::string& body, const std::string& token = "") {
    const auto reply = import(target, body, token);
    EXPECT_EQ(reply.status, 202) << reply.body;
    const auto job = "/api/v1/jobs/" + Json::parse(reply.body).value("id", "");
    const Fields fields{{"Authorization", "Bearer " + (token.empty() ? token_ : token)}};
    const auto given_up = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (std::chrono::steady_clock::now() < given_up) {
      const auto seen = Json::parse(connect().get(job, fields)->body);
      if (seen["state"] == "done") {
        return Json::parse(connect().get(job + "/result", fields)->body);
      }
      if (seen["state"] == "failed") {
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << connect().get(job, fields)->body;
    return {};
  }
  std::string token_of(const std::string& role, const app::TokenLimits& limits) {
    app::TokenRequest request{role, role, "", 0, limits};
    return app::issue_token(*recorder_, clock_, request).value();
  }
  void put_place(const std::string& key, const std::string& firm, const std::string& district) {
    auto data = get_json("/api/v1/places/CD-101").at("data");
    data["operator"] = firm;
    data["district"] = district;
    data["name"] = "at " + key;
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    EXPECT_EQ(send("PUT", "/api/v1/places/" + key, version.dump()).status, 201);
  }
  std::size_t tickets() { return get_json("/api/v1/events?type=receive")["items"].size(); }
};

TEST_F(ImportsTest, ATrialRecordsNothingAndTheSameFileIsTakenOnce) {
  const auto file = kHead + kGood + "T-2,03/04/2026,CD-101,paper.mixed,居民,1\n" +
                    "T-3,2026-03-03 09:00,CD-999,paper.mixed,居民,1\n";
  const auto tried = report("tickets?dry_run=true", file);
  EXPECT_EQ(tried["posted"], 1);
  EXPECT_EQ(tried["refused"], 2);
  EXPECT_EQ(tried["rows"], 3);
  EXPECT_TRUE(tried["dry_run"].get<bool>());
  EXPECT_EQ(tried["sample"][0][0], "T-1");
  EXPECT_EQ(tickets(), 0U);
  const auto taken = report("tickets", file);
  EXPECT_EQ(taken["posted"], 1);
  EXPECT_EQ(tickets(), 1U);
  ASSERT_EQ(taken["errors"].size(), 2U);
  EXPECT_EQ(taken["errors"][0]["code"], "bad_time");
  EXPECT_EQ(taken["errors"][0]["column"], "时间");
  EXPECT_EQ(taken["errors"][0]["row"], 3);
  EXPECT_EQ(taken["errors"][1]["code"], "unknown_place");
  EXPECT_EQ(taken["errors"][1]["column"], "网点");
  const auto errors = taken["errors_file"].get<std::string>();
  EXPECT_NE(errors.find("T-3,2026-03-03 09:00,CD-999,paper.mixed,居民,1"), errors.npos) << errors;
  EXPECT_EQ(errors.find("T-1"), errors.npos) << errors;
  const auto again = report("tickets", file);
  EXPECT_EQ(again["posted"], 0);
  EXPECT_EQ(again["duplicate"], 1);
  EXPECT_EQ(tickets(), 1U);
}

/// However far apart rows are that speak of each other.
TEST_F(ImportsTest, ATrialSaysOfEachRowWhatItsImportSays) {
  constexpr int kApart = 2'100;  // further than what is judged at once
  const auto same = [this](const std::string& table, const std::string& file) {
    const auto tried = report(table + "?dry_run=true", file);
    const auto taken = report(table, file);
    for (const char* const what : {"rows", "posted", "duplicate", "refused", "errors"}) {
      EXPECT_EQ(tried[what], taken[what]) << table << " " << what;
    }
    return taken;
  };
  std::string file = kHead + kGood;
  for (int i = 0; i < kApart; ++i) {
    file += "R-" + std::to_string(i) + ",2026-03-03 08:30,CD-101,paper.mixed,居民,1\n";
  }
  const auto tickets =
      same("tickets", file + kGood + "T-1,2026-03-03 08:31,CD-101,paper.mixed,居民,2\n");
  EXPECT_EQ(tickets["posted"], kApart + 1);
  EXPECT_EQ(tickets["duplicate"], 1);
  ASSERT_EQ(tickets["errors"].size(), 1U);
  EXPECT_EQ(tickets["errors"][0]["code"], "id_conflict");
  std::string parties = "编号,类型,名称,区划代码,收购企业\nnew-firm,企业,新,B1,\n";
  for (int i = 0; i < kApart; ++i) {
    parties += "N-" + std::to_string(i) + ",自然人,,,\n";
  }
  const auto people =
      same("parties", parties + "N-last,自然人,,,new-firm\nN-none,自然人,,,nobody\n");
  EXPECT_EQ(people["posted"], kApart + 2);
  ASSERT_EQ(people["errors"].size(), 1U);
  EXPECT_EQ(people["errors"][0]["code"], "unknown_party");
}

TEST_F(ImportsTest, AMappingSaysWhatOtherHeadersMean) {
  const std::string file = "单据,何时,何处,何物,重\nA-1,2026-03-03 08:30,CD-101,paper.mixed,3\n";
  const auto unknown = import("tickets?dry_run=true", file);
  EXPECT_EQ(unknown.status, 422);
  const auto problem = Json::parse(unknown.body);
  EXPECT_EQ(problem["code"], "missing_column");
  EXPECT_EQ(problem["headers"], Json({"单据", "何时", "何处", "何物", "重"}));
  const auto mapped = report(
      "tickets?mapping=kind%20%3D%20%22tickets%22%0A%5Bcolumns%5D%0Aticket%3D%22%E5%8D%95%E6%8D%AE"
      "%22%0Atime%3D%22%E4%BD%95%E6%97%B6%22%0Aplace%3D%22%E4%BD%95%E5%A4%84%22%0Amaterial%3D%22"
      "%E4%BD%95%E7%89%A9%22%0Amass%3D%22%E9%87%8D%22%0A%5Bconstants%5D%0Aorigin%3D%22household%22",
      file);
  EXPECT_EQ(mapped["posted"], 1) << mapped.dump();
  EXPECT_EQ(tickets(), 1U);
}

TEST_F(ImportsTest, AnEnterpriseBringsItsOwnAlone) {
  for (const std::string firm : {"own-firm", "other-firm"}) {
    const Json data{{"kind", "enterprise"}, {"name", firm}, {"district", "B1"}};
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    EXPECT_EQ(send("PUT", "/api/v1/parties/" + firm, version.dump()).status, 201);
  }
  put_place("P-own", "own-firm", "B1");
  put_place("P-other", "other-firm", "B2");
  const auto firm = token_of("enterprise_admin", {"x-nyc", "", "own-firm", ""});
  const auto told = report("tickets",
                           kHead + "T-1,2026-03-03 08:30,P-own,paper.mixed,居民,1\n" +
                               "T-2,2026-03-03 08:30,P-other,paper.mixed,居民,1\n",
                           firm);
  EXPECT_EQ(told["posted"], 1);
  ASSERT_EQ(told["errors"].size(), 1U);
  EXPECT_EQ(told["errors"][0]["code"], "forbidden");
  EXPECT_EQ(told["errors"][0]["column"], "网点");
  // A new place of theirs needs no column for who runs it; another's stays as it is.
  const std::string head = "网点编号,类型,名称,行政区划";
  const auto places =
      report("places", head + "\nP-new,回收站点,New,B1\nP-other,回收站点,Taken,B2\n", firm);
  EXPECT_EQ(places["posted"], 1) << places.dump();
  EXPECT_EQ(get_json("/api/v1/places/P-new")["data"]["operator"], "own-firm");
  EXPECT_EQ(get_json("/api/v1/places/P-other")["version"], 1);
  const auto given = report("places", head + ",运营单位\nP-2,回收站点,A,B1,other-firm\n", firm);
  EXPECT_EQ(given["errors"][0]["code"], "forbidden");
  EXPECT_EQ(import("materials", "代码,名称\nx,y\n", firm).status, 422);
  const auto county = token_of("regulator_county", {"x-nyc", "B1", "", ""});
  const auto of_county =
      report("places", head + "\nC-1,回收站点,A,B1\nC-2,回收站点,B,B2\n", county);
  EXPECT_EQ(of_county["posted"], 1);
  EXPECT_EQ(of_county["errors"][0]["row"], 3);
  EXPECT_EQ(import("tickets", kHead + kGood, county).status, 403);
  const auto driver = token_of("driver", {"x-nyc", "", "own-firm", ""});
  EXPECT_EQ(import("places", head + "\nC-1,回收站点,A,B1\n", driver).status, 403);
}

TEST_F(ImportsTest, AFileHasSoManyRows) {
  std::string file = kHead;
  for (int i = 0; i < 200'001; ++i) {
    file += "T,when\n";
  }
  const auto told = report("tickets?dry_run=true", file);
  EXPECT_FALSE(told["complete"].get<bool>());
  EXPECT_EQ(told["refused"], 200'001);
  EXPECT_EQ(told["errors"].size(), 200U);
}

TEST_F(ImportsTest, APersonsDataGoesWhereItsSenderMayPutIt) {
  const std::string file = "编号,类型,名称,手机号\nPER-1,自然人,某甲,13812341234\n";
  const auto city = token_of("regulator_city", {"x-nyc", "", "", ""});
  const auto refused = report("parties", file, city);
  EXPECT_EQ(refused["errors"][0]["code"], "forbidden") << refused.dump();
  EXPECT_EQ(refused.dump().find("13812341234"), std::string::npos);
  const auto tried = report("parties?dry_run=true", file);
  EXPECT_EQ(tried["personal"]["set"], 2) << tried.dump();
  EXPECT_EQ(get("/api/v1/parties/PER-1").status, 404);
  const auto taken = report("parties", file);
  EXPECT_EQ(taken["posted"], 1);
  EXPECT_EQ(taken.dump().find("13812341234"), std::string::npos);
  EXPECT_NE(get("/api/v1/parties/PER-1/personal").body.find("1234"), std::string::npos);
}

/// Persons who sell to a firm are its own: nobody else's people see them, and it makes no firms.
TEST_F(ImportsTest, AFirmBringsItsOwnSellers) {
  for (const std::string firm : {"own-firm", "other-firm"}) {
    const Json data{{"kind", "enterprise"}, {"name", firm}, {"district", "B1"}};
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    EXPECT_EQ(send("PUT", "/api/v1/parties/" + firm, version.dump()).status, 201);
  }
  const auto firm = token_of("enterprise_admin", {"x-nyc", "", "own-firm", ""});
  const auto other = token_of("enterprise_admin", {"x-nyc", "", "other-firm", ""});
  const std::string head = "编号,类型,名称,手机号\n";
  const std::string file = head + "S-1,自然人,某甲,13812341234\nS-2,企业,某厂,\n";
  const auto told = report("parties", file, firm);
  EXPECT_EQ(told["posted"], 1) << told.dump();
  EXPECT_EQ(told["personal"]["set"], 2);
  ASSERT_EQ(told["errors"].size(), 1U);
  EXPECT_EQ(told["errors"][0]["row"], 3);
  EXPECT_EQ(told["errors"][0]["code"], "bad_field");
  EXPECT_EQ(told["errors_file"].get<std::string>().find("13812341234"), std::string::npos);
  EXPECT_EQ(get_json("/api/v1/parties/S-1")["data"]["party"], "own-firm");
  const auto as = [this](const std::string& token, const std::string& path) {
    return connect().get(path, {{"Authorization", "Bearer " + token}})->status;
  };
  EXPECT_EQ(as(firm, "/api/v1/parties/S-1"), 200);
  EXPECT_EQ(as(firm, "/api/v1/parties/S-1/personal"), 200);
  EXPECT_EQ(as(other, "/api/v1/parties/S-1"), 404);
  EXPECT_NE(as(other, "/api/v1/parties/S-1/personal"), 200);
  const auto taken = report("parties", head + "S-1,自然人,某乙,\n", other);
  EXPECT_EQ(taken["errors"][0]["code"], "forbidden") << taken.dump();
  const auto given = report("parties", "编号,类型,收购企业\nS-3,自然人,other-firm\n", firm);
  EXPECT_EQ(given["errors"][0]["code"], "forbidden") << given.dump();
}

}  // namespace
}  // namespace huan::http
