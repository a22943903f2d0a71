// SPDX-License-Identifier: Apache-2.0
// People at the door: what a session is, how long, and what it needs to change anything.
#include "api_fixture.hpp"
#include "huan/app/accounts.hpp"

namespace huan::http {
namespace {

class SessionTest : public ApiTest {
 protected:
  /// The one-time password of a new account.
  std::string add(const std::string& account, const std::string& role = "operator") {
    app::AccountRequest request{account, "", {role}, {}};
    return accounts_.add({{access::Role::system_operator}}, request).value();
  }
  Reply log_in(const std::string& account, const std::string& password) {
    const Json body{{"account", account}, {"password", password}};
    return connect().post("/api/v1/session", body.dump()).value_or(Reply{});
  }
  static std::string cookie_of(const Reply& reply) {
    const auto whole = reply.header("set-cookie");
    return whole.substr(0, whole.find(';'));
  }
  static Fields fields_of(const Reply& reply) {
    return {{"Cookie", cookie_of(reply)},
            {"X-CSRF-Token", Json::parse(reply.body).at("csrf").get<std::string>()}};
  }
  Reply ask(const std::string& method, const std::string& target, const std::string& body,
            const Fields& fields) {
    return connect().request(method, target, body, fields).value_or(Reply{});
  }
  /// With a password of their own.
  Reply settled(const std::string& account) {
    const auto once = add(account);
    const auto first = log_in(account, once);
    const Json body{{"password", once}, {"fresh", "correct horse"}};
    return ask("PUT", "/api/v1/session/password", body.dump(), fields_of(first));
  }

  app::Accounts accounts_{{*store_, *recorder_, clock_}};
};

TEST_F(SessionTest, TheFirstPasswordIsGoodForAnotherOnly) {
  const auto once = add("wang");
  const auto first = log_in("wang", once);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_TRUE(Json::parse(first.body).at("must_change"));
  EXPECT_EQ(ask("GET", "/api/v1/stock", "", fields_of(first)).status, 403);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(first)).status, 200);
  const Json body{{"password", once}, {"fresh", "correct horse"}};
  const auto own = ask("PUT", "/api/v1/session/password", body.dump(), fields_of(first));
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_NE(cookie_of(own), cookie_of(first)) << "a session that was known before goes on";
  EXPECT_EQ(ask("GET", "/api/v1/stock", "", fields_of(own)).status, 200);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(first)).status, 401);
  EXPECT_EQ(log_in("wang", once).status, 401);
}

TEST_F(SessionTest, TheCookieIsOutOfReachAndTheAnswerSaysWhatIsAllowed) {
  const auto reply = settled("wang");
  const auto cookie = reply.header("set-cookie");
  for (const std::string part : {"HttpOnly", "SameSite=Strict", "Path=/"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  }
  EXPECT_EQ(cookie.find("Secure"), std::string::npos) << "there is no TLS here";
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  const auto body = Json::parse(reply.body);
  EXPECT_EQ(body.at("account"), "wang");
  EXPECT_EQ(body.at("roles"), Json::array({"operator"}));
  EXPECT_NE(body.at("permissions").dump().find("accounts.write"), std::string::npos);
  EXPECT_EQ(reply.body.find("huan_"), std::string::npos) << "the secret stands in the cookie alone";
}

TEST_F(SessionTest, MapsAskNothingOutsideButTheConfiguredTiles) {
  const auto policy = [this] { return get("/").header("content-security-policy"); };
  const auto own = policy();
  EXPECT_NE(own.find("img-src 'self' data: blob:;"), std::string::npos) << own;
  EXPECT_EQ(own.find("https:"), std::string::npos) << own;
  EXPECT_TRUE(get_json("/api/v1/session").at("tiles").is_null());
  const std::string url = "https://Tiles.example:8443/m/{z}/{x}/{y}.png?key=a;b,c";
  tiles_ = TileService::parse(url, "© <Tiles> Example").value();
  api_->close();
  stop();
  serve(*personal_);
  auto with = policy();
  const std::string added = " https://Tiles.example:8443";
  const auto at = with.find("img-src 'self' data: blob:" + added + ";");
  ASSERT_NE(at, std::string::npos) << with;
  EXPECT_EQ(with.erase(with.find(added), added.size()), own) << "that origin, there, and no more";
  const auto tiles = get_json("/api/v1/session").at("tiles");
  EXPECT_EQ(tiles, (Json{{"attribution", "© <Tiles> Example"}, {"url", url}}));
  EXPECT_EQ(Json::parse(settled("wang").body).at("tiles"), tiles);
}

TEST_F(SessionTest, AnAddressOfTilesNamesOneHostAndItsPlaces) {
  const auto refused = [](const std::string& url, const std::string& by = "© A") {
    const auto made = TileService::parse(url, by);
    return !made && made.error().code == base::ErrorCode::bad_config &&
           !made.error().detail.empty();
  };
  const std::string rest = "/{z}/{x}/{y}.png";
  for (const std::string host :
       {"https://a.example", "https://a.example:1", "http://127.0.0.1:9", "http://localhost"}) {
    EXPECT_EQ(TileService::parse(host + rest, "© A").value().origin, host);
    EXPECT_EQ(TileService::parse(host + "?l={z}&y={y}&x={x}", "© A").value().origin, host);
  }
  for (const std::string host : {"",
                                 "ftp://a.example",
                                 "//a.example",
                                 "http://a.example",
                                 "http://127.evil.example",
                                 "http://127.0.0.1.evil.example",
                                 "https://",
                                 "https://:443",
                                 "https://*.a.example",
                                 "https://u:p@a.example",
                                 "https://a.example:0",
                                 "https://a.example:65536",
                                 "https://a.example:",
                                 "https://{s}.a.example",
                                 "https://a.example;script-src *",
                                 "https://a.example\r\nX: y",
                                 "https://a.example'",
                                 "https://a.example,b",
                                 "https://[::1]",
                                 "https://地图.example"}) {
    EXPECT_TRUE(refused(host + rest)) << host;
  }
  for (const std::string path : {"", "/{z}/{x}.png", "/{z}/{x}/{y}/{z}", "/{z}/{x}/{y}/{s}",
                                 "/{z}/{x}/{y}#a", "/{z}/{x}/{y} b", "/{z}/{x}/{y}\""}) {
    EXPECT_TRUE(refused("https://a.example" + path)) << path;
  }
  EXPECT_TRUE(refused("https://a.example" + rest + std::string(1'000, 'a')));
  for (const std::string by : {"", "  ", "\xff"}) {
    EXPECT_TRUE(refused("https://a.example" + rest, by));
  }
  EXPECT_TRUE(refused("https://a.example" + rest, std::string(301, 'a')));
}

TEST_F(SessionTest, AChangeNeedsTheHeaderAndOurOwnPages) {
  const auto session = settled("wang");
  const auto cookie = std::pair<std::string, std::string>("Cookie", cookie_of(session));
  const auto proof = fields_of(session).back();
  const auto posted = [&](Fields fields) {
    fields.emplace_back("Content-Type", "application/json");
    return ask("POST", "/api/v1/events", receive("", 5).dump(), fields).status;
  };
  EXPECT_EQ(posted({cookie}), 403);
  EXPECT_EQ(posted({cookie, {"X-CSRF-Token", ""}}), 403);
  EXPECT_EQ(posted({cookie, {"X-CSRF-Token", std::string(32, 'a')}}), 403);
  EXPECT_EQ(posted({cookie, proof, {"Sec-Fetch-Site", "cross-site"}}), 403);
  EXPECT_EQ(posted({cookie, proof, {"Sec-Fetch-Site", "same-site"}}), 403);
  EXPECT_EQ(posted({cookie, proof, {"Origin", "https://other.cn"}}), 403);
  const auto other = settled("li");
  EXPECT_EQ(posted({cookie, fields_of(other).back()}), 403) << "another session's";
  EXPECT_NE(posted({cookie, proof}), 403);
  EXPECT_NE(posted({cookie, proof, {"Sec-Fetch-Site", "same-origin"}}), 403);
}

TEST_F(SessionTest, LoggingOutEndsItOnTheServer) {
  const auto here = settled("wang");
  const auto there = log_in("wang", "correct horse");
  EXPECT_EQ(ask("DELETE", "/api/v1/session", "", fields_of(here)).status, 204);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(here)).status, 401);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(there)).status, 200);
  const auto third = log_in("wang", "correct horse");
  EXPECT_EQ(ask("DELETE", "/api/v1/session?everywhere=true", "", fields_of(there)).status, 204);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(third)).status, 401);
}

TEST_F(SessionTest, DisabledMeansNow) {
  const auto session = settled("wang");
  EXPECT_TRUE(accounts_.disable({{access::Role::system_operator}}, "wang", true));
  api_->close();
  stop();
  serve(*personal_);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields_of(session)).status, 401);
  EXPECT_EQ(log_in("wang", "correct horse").status, 401);
}

TEST_F(SessionTest, AnUnknownNameAnswersAsAWrongPasswordDoes) {
  settled("wang");
  const auto wrong = log_in("wang", "wrong");
  const auto unknown = log_in("nobody", "wrong");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(log_in("wang", "wrong").status, 401);
    EXPECT_EQ(log_in("nobody", "wrong").status, 401);
  }
  const auto locked = log_in("wang", "correct horse");
  EXPECT_EQ(locked.status, 429) << "the right password does not open what is locked";
  EXPECT_EQ(log_in("nobody", "wrong").status, 429);
  EXPECT_FALSE(locked.header("retry-after").empty());
}

TEST_F(SessionTest, ALoginLinkIsAnOperatorsSession) {
  const auto link = app::issue_token(*recorder_, clock_, {"operator", "demo", "login", 60}).value();
  const auto reply = connect().post("/api/v1/login", Json{{"token", link}}.dump());
  ASSERT_EQ(reply->status, 200);
  const auto me = ask("GET", "/api/v1/session", "", {{"Cookie", cookie_of(*reply)}});
  ASSERT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(Json::parse(me.body).at("account"), "demo");
  EXPECT_EQ(Json::parse(me.body).at("roles"), Json::array({"operator"}));
  EXPECT_EQ(connect().post("/api/v1/login", Json{{"token", link}}.dump())->status, 401);
  const Fields fields{{"Cookie", cookie_of(*reply)},
                      {"X-CSRF-Token", Json::parse(me.body).at("csrf").get<std::string>()}};
  EXPECT_EQ(ask("DELETE", "/api/v1/session", "", fields).status, 204);
  EXPECT_EQ(ask("GET", "/api/v1/session", "", fields).status, 401);
}

TEST_F(SessionTest, ABearerTokenIsNoSession) {
  const auto me = get_json("/api/v1/session");
  EXPECT_TRUE(me.at("csrf").is_null());
  EXPECT_EQ(me.at("account"), "tester");
  EXPECT_EQ(
      send("PUT", "/api/v1/session/password", R"({"password":"a","fresh":"correct horse"})").status,
      403);
}

TEST_F(SessionTest, WhoIsActiveStaysInAndWhoIsIdleDoesNot) {
  base::ManualClock manual(clock_.now());
  app::Accounts accounts({*store_, *recorder_, manual});
  const auto once = accounts.add({{access::Role::system_operator}}, {"sun", "", {"auditor"}, {}});
  const auto secret = accounts.log_in({"sun", *once, "", "192.0.2.7"})->secret;
  const auto in = [&] { return app::authenticate(*store_->snapshot(), manual, secret); };
  const auto keep = [&] { app::keep_session(*recorder_, manual, *in()); };
  const auto began = manual.now();
  keep();
  EXPECT_EQ(in()->expires.s, began.s + app::kSessionIdleS);
  manual.advance(app::kSessionIdleS / 2 - 1);
  keep();
  EXPECT_EQ(in()->expires.s, began.s + app::kSessionIdleS)
      << "nothing is written in its first half";
  manual.advance(2);
  keep();
  EXPECT_EQ(in()->expires.s, manual.now().s + app::kSessionIdleS);
  while (manual.now().s + app::kSessionIdleS - 60 < began.s + app::kSessionMaxS) {
    manual.advance(app::kSessionIdleS - 60);
    ASSERT_TRUE(in());
    keep();
  }
  EXPECT_EQ(in()->expires.s, began.s + app::kSessionMaxS) << "twelve hours are the end";
  manual.set({began.s + app::kSessionMaxS});
  EXPECT_FALSE(in());
  EXPECT_EQ(app::sweep_tokens(*recorder_, manual), 1U);
}

TEST_F(SessionTest, AnIdleSessionEnds) {
  base::ManualClock manual(clock_.now());
  app::Accounts accounts({*store_, *recorder_, manual});
  const auto once = accounts.add({{access::Role::system_operator}}, {"sun", "", {"auditor"}, {}});
  const auto secret = accounts.log_in({"sun", *once, "", "192.0.2.7"})->secret;
  manual.advance(app::kSessionIdleS - 1);
  const auto late = app::authenticate(*store_->snapshot(), manual, secret);
  ASSERT_TRUE(late);
  manual.advance(1);
  EXPECT_FALSE(app::authenticate(*store_->snapshot(), manual, secret));
  app::keep_session(*recorder_, manual, *late);
  EXPECT_FALSE(app::authenticate(*store_->snapshot(), manual, secret)) << "the dead stay dead";
}

}  // namespace
}  // namespace huan::http
