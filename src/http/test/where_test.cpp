// SPDX-License-Identifier: Apache-2.0
// The public page of one lot: it shows what became of it to whoever has the link, and nothing else
// to anybody.
#include "api_fixture.hpp"

namespace huan::http {
namespace {

class WhereTest : public ApiTest {
 protected:
  WhereTest() {
    EXPECT_EQ(post(receive("LOT-7", 5'000)).status, 200);
    EXPECT_EQ(post(receive("OTHER-7", 777'000)).status, 200);
    EXPECT_EQ(post(ship("SHIP-7", "LOT-7", 2'000)).status, 200);
  }
  std::string link(const std::string& lot = "LOT-7", const std::string& body = R"({"days":2})") {
    const auto reply = send("POST", "/api/v1/lots/" + lot + "/link", body);
    EXPECT_EQ(reply.status, 201) << reply.body;
    const auto path = Json::parse(reply.body, nullptr, false).value("path", "");
    EXPECT_TRUE(path.starts_with("/where#")) << path;
    return path.substr(path.find('#') + 1);
  }
  Reply shown(const std::string& link) {
    return connect().get("/api/v1/where/" + link).value_or(Reply{});
  }
};

TEST_F(WhereTest, ShowsFatesAndStepsWithoutNames) {
  const auto reply = shown(link());
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  const auto where = Json::parse(reply.body);
  EXPECT_EQ(where["lot"], "LOT-7");
  EXPECT_EQ(where["mass_g"], 5'000);
  EXPECT_EQ(where["material"]["code"], "paper.mixed");
  EXPECT_NE(where["material"]["zh"], "paper.mixed");
  std::int64_t grams = 0;
  for (const auto& fate : where["fates"]) {
    grams += fate["grams"].get<std::int64_t>();
  }
  EXPECT_EQ(grams, 5'000);
  ASSERT_FALSE(where["steps"].empty());
  EXPECT_EQ(where["steps"][0]["day"], "2026-03-02");
  for (const std::string name : {"CD-10", "SHIP-7", "OTHER-7", "777000", "operator", "tester"}) {
    EXPECT_EQ(reply.body.find(name), std::string::npos) << name;
  }
}

TEST_F(WhereTest, ALinkIsGoodForItsLotAlone) {
  const auto good = link();
  const auto dot = good.find('.');
  const auto other = link("OTHER-7");
  EXPECT_EQ(shown(other.substr(0, other.find('.')) + good.substr(dot)).status, 404);
  for (std::size_t at = 0; at < good.size(); at += 5) {
    auto damaged = good;
    damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(shown(damaged).status, 404) << at;
  }
  for (const auto& bad :
       std::vector<std::string>{".", "a", "a.b", good.substr(0, dot), good + "A"}) {
    EXPECT_EQ(shown(bad).status, 404) << bad;
  }
  EXPECT_EQ(shown(std::string(3'000, 'A') + ".A").status, 404);
  EXPECT_EQ(shown(good).status, 200);
}

TEST_F(WhereTest, ALinkEnds) {
  const auto good = link("LOT-7", R"({"days":1})");
  EXPECT_EQ(send("POST", "/api/v1/lots/LOT-7/link", R"({"days":0})").status, 400);
  EXPECT_EQ(send("POST", "/api/v1/lots/LOT-7/link", R"({"days":366})").status, 400);
  stop();
  base::ManualClock later({clock_.now().s + 86'400});
  api_ = std::make_unique<Api>(Parts{*store_, *recorder_, tracer_, later, &signer_,
                                     folder_ + "/files", folder_ + "/web", personal_.get()});
  server_ = std::move(http_server::Server::start({}, api_->router(), api_->observer())).value();
  EXPECT_EQ(shown(good).status, 404);
}

TEST_F(WhereTest, OnlyWhoSeesALotMayShowIt) {
  app::TokenRequest request{"enterprise_admin", "own", "", 0, {"x-nyc", "", "nobody", ""}};
  const auto token = app::issue_token(*recorder_, clock_, request).value();
  const auto reply = connect().request(
      "POST", "/api/v1/lots/LOT-7/link", "{}",
      {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(send("POST", "/api/v1/lots/NONE/link", "{}").status, 404);
}

}  // namespace
}  // namespace huan::http
