// SPDX-License-Identifier: Apache-2.0
// The statuses of logging in and out, and of accounts.
#include "huan/app/accounts.hpp"
#include "huan/crypto/totp.hpp"
#include "statuses.hpp"

namespace huan::http {
namespace {

std::string from_base32(const std::string& text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    held = held << 5U | static_cast<std::uint32_t>(kLetters.find(c));
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(held >> bits & 0xFFU);
    }
  }
  return bytes;
}

}  // namespace

void StatusesTest::ask_for_sessions() {
  app::Accounts accounts({*store_, *recorder_, clock_});
  const auto password = accounts.add({{access::Role::system_operator}}, {"wang", "", {"operator"}});
  const std::string door = "POST /api/v1/session";
  const std::string target = "/api/v1/session";
  const auto body = [](const std::string& account, const std::string& word) {
    return Json{{"account", account}, {"password", word}}.dump();
  };
  const Probe good{door, target, 200, body("wang", *password), {}, false};
  const auto logged = send_it(good);
  check(good, logged);
  ask({door, target, 400, R"({"account":"wang"})", {}, false, "bad_field", "/password"});
  ask({door, target, 401, body("wang", "wrong"), {}, false, "unauthorized"});
  ask({door, target, 403, good.body, {{"Sec-Fetch-Site", "cross-site"}}, false, "forbidden"});
  ask({door, target, 415, "", {{"Content-Type", "text/xml"}}, false, "unsupported_media"});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(send_it({door, target, 401, body("nobody", "wrong"), {}, false}).status, 401);
  }
  ask({door, target, 429, body("nobody", "wrong"), {}, false, "too_many_requests"});
  const std::string change = "PUT /api/v1/session/password";
  const auto cookie = logged.header("set-cookie").substr(0, logged.header("set-cookie").find(';'));
  const Fields fields{{"Cookie", cookie},
                      {"X-CSRF-Token", Json::parse(logged.body).at("csrf").get<std::string>()}};
  const auto fresh = [](const std::string& old, const std::string& word) {
    return Json{{"password", old}, {"fresh", word}}.dump();
  };
  const std::string own = target + "/password";
  ask({change, own, 400, fresh(*password, "short"), fields, false, "bad_field", "/fresh"});
  ask({change, own, 401, fresh("wrong", "correct horse"), fields, false, "unauthorized"});
  ask({change, own, 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({change, own, 200, fresh(*password, "correct horse"), fields, false});
  const auto again = send_it({door, target, 200, body("wang", "correct horse"), {}, false});
  const Fields now{
      {"Cookie", again.header("set-cookie").substr(0, again.header("set-cookie").find(';'))},
      {"X-CSRF-Token", Json::parse(again.body).at("csrf").get<std::string>()}};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(send_it({change, own, 401, fresh("wrong", "another horse"), now, false}).status, 401);
  }
  ask({change, own, 429, fresh("wrong", "another horse"), now, false, "too_many_requests"});
  const std::string out = "DELETE /api/v1/session";
  ask({out, target + "?everywhere=maybe", 400, "", {}, true, "bad_field", "everywhere"});
  ask({out, target, 204, "", now, false});
  ask({"POST /api/v1/login",
       "/api/v1/login",
       403,
       "{}",
       {{"Origin", "https://other.cn"}},
       false,
       "forbidden"});
  ask({"POST /api/v1/logout",
       "/api/v1/logout",
       403,
       "{}",
       {{"Origin", "https://other.cn"}},
       false,
       "forbidden"});
}

void StatusesTest::ask_for_accounts() {
  const std::string many = "POST /api/v1/accounts";
  const std::string target = "/api/v1/accounts";
  const Json li{{"account", "li"},
                {"roles", {"station_clerk"}},
                {"city", "x-nyc"},
                {"organisation", "dsny"},
                {"place", "CD-101"}};
  ask({many, target, 201, li.dump()});
  ask({many, target, 409, li.dump(), {}, true, "id_conflict", "/account"});
  ask({many,
       target,
       400,
       R"({"account":"L I","roles":["auditor"]})",
       {},
       true,
       "bad_field",
       "/account"});
  ask({many,
       target,
       400,
       R"({"account":"lu","roles":["driver"]})",
       {},
       true,
       "bad_field",
       "/organisation"});
  ask({many, target, 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const std::string one = "PUT /api/v1/accounts/{account}";
  ask({one, target + "/li", 204, R"({"disabled":true})"});
  ask({one, target + "/li", 400, R"({"disabled":1})", {}, true, "bad_field", "/disabled"});
  ask({one, target + "/none", 404, R"({"disabled":true})", {}, true, "not_found", "account"});
  ask({one, target + "/li", 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask_for_identities();
  const std::string reset = "POST /api/v1/accounts/{account}/password";
  ask({reset, target + "/li/password", 200});
  ask({reset, target + "/none/password", 404, "", {}, true, "not_found", "account"});
  const std::string tokens = "POST /api/v1/tokens";
  const Json scales{{"label", "scales"},
                    {"role", "enterprise_admin"},
                    {"days", 9},
                    {"city", "x-nyc"},
                    {"organisation", "dsny"}};
  const Probe good{tokens, "/api/v1/tokens", 201, scales.dump()};
  const auto made = send_it(good);
  check(good, made);
  ask({tokens,
       "/api/v1/tokens",
       400,
       R"({"label":"a","role":"operator"})",
       {},
       true,
       "bad_field",
       "/days"});
  ask({tokens,
       "/api/v1/tokens",
       415,
       "",
       {{"Content-Type", "text/xml"}},
       true,
       "unsupported_media"});
  const std::string forget = "DELETE /api/v1/tokens/{token}";
  ask({forget, "/api/v1/tokens/none", 404, "", {}, true, "not_found", "token"});
  ask({forget, "/api/v1/tokens/" + Json::parse(made.body).at("id").get<std::string>(), 204});
  ask_for_second_factors();
}

void StatusesTest::ask_for_identities() {
  const std::string target = "/api/v1/accounts";
  const std::string link = "PUT /api/v1/accounts/{account}/identity";
  const std::string unlink = "DELETE /api/v1/accounts/{account}/identity";
  const auto who = R"({"issuer":"https://id.cn","subject":"u-1"})";
  ask({link, target + "/li/identity", 204, who});
  ask({link, target + "/li/identity", 409, who, {}, true, "id_conflict", "account"});
  ask({link, target + "/li/identity", 400, R"({"subject":"u"})", {}, true, "bad_field", "/issuer"});
  ask({link, target + "/none/identity", 404, who, {}, true, "not_found", "account"});
  ask({link,
       target + "/li/identity",
       415,
       "",
       {{"Content-Type", "text/xml"}},
       true,
       "unsupported_media"});
  ask({unlink, target + "/li/identity", 204});
  ask({unlink, target + "/li/identity", 404, "", {}, true, "not_found", "account"});
  ask({"GET /api/v1/oidc", "/api/v1/oidc", 200, "", {}, false});
  ask({"GET /api/v1/oidc/login", "/api/v1/oidc/login", 303, "", {}, false});
  ask({"GET /api/v1/oidc/return", "/api/v1/oidc/return?code=a&state=b", 303, "", {}, false});
}

void StatusesTest::ask_for_links() {
  const std::string make = "POST /api/v1/lots/{lot}/link";
  const Probe shared{make, "/api/v1/lots/L-1/link", 201, "{}"};
  const auto path = send_it(shared);
  check(shared, path);
  ask({make, "/api/v1/lots/L-1/link", 400, R"({"days":0})", {}, true, "bad_field", "/days"});
  ask({make, "/api/v1/lots/none/link", 404, "{}", {}, true, "unknown_lot", "lot"});
  ask({make,
       "/api/v1/lots/L-1/link",
       415,
       "",
       {{"Content-Type", "text/xml"}},
       true,
       "unsupported_media"});
  const std::string where = "GET /api/v1/where/{link}";
  const auto secret = Json::parse(path.body).at("path").get<std::string>().substr(7);
  ask({where, "/api/v1/where/" + secret, 200, "", {}, false});
  ask({where, "/api/v1/where/a.b", 404, "", {}, false, "not_found", "link"});
}

void StatusesTest::ask_for_second_factor_without_the_key() {
  app::Accounts accounts({*store_, *recorder_, clock_});
  const auto once = accounts.add({{access::Role::system_operator}}, {"qian", "", {"auditor"}, {}});
  const Json login{{"account", "qian"}, {"password", *once}};
  const auto first = connect().post("/api/v1/session", login.dump());
  const auto cookie = first->header("set-cookie");
  const Fields own{{"Cookie", cookie.substr(0, cookie.find(';'))},
                   {"X-CSRF-Token", Json::parse(first->body).at("csrf").get<std::string>()}};
  ask({"POST /api/v1/session/totp", "/api/v1/session/totp", 409, Json{{"password", *once}}.dump(),
       own, false, "vault_locked"});
}

void StatusesTest::ask_for_second_factors() {
  app::Accounts accounts({*store_, *recorder_, clock_});
  const auto once = accounts.add({{access::Role::system_operator}}, {"zhao", "", {"auditor"}, {}});
  const Json login{{"account", "zhao"}, {"password", *once}};
  const auto first = connect().post("/api/v1/session", login.dump());
  const auto cookie = first->header("set-cookie");
  const Fields own{{"Cookie", cookie.substr(0, cookie.find(';'))},
                   {"X-CSRF-Token", Json::parse(first->body).at("csrf").get<std::string>()}};
  const std::string begin = "POST /api/v1/session/totp";
  const std::string confirm = "PUT /api/v1/session/totp";
  const std::string target = "/api/v1/session/totp";
  const auto proof = Json{{"password", *once}}.dump();
  ask({begin, target, 400, "{}", own, false, "bad_field", "/password"});
  ask({begin, target, 401, R"({"password":"wrong"})", own, false, "unauthorized"});
  ask({begin, target, 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const Probe good{begin, target, 200, proof, own, false};
  const auto told = send_it(good);
  check(good, told);
  ask({confirm, target, 400, R"({"totp":"000000x"})", own, false, "bad_field", "/totp"});
  ask({confirm, target, 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const auto secret = from_base32(Json::parse(told.body).at("secret").get<std::string>());
  const auto step = static_cast<std::uint64_t>(clock_.now().s / 30);
  const auto now = crypto::totp(secret, step);
  ask({confirm, target, 204, Json{{"totp", now}}.dump(), own, false});
  auto again = login;
  const std::string door = "POST /api/v1/session";
  ask({door, "/api/v1/session", 401, again.dump(), {}, false, "unauthorized", "/totp"});
  again["totp"] = now;
  ask({door, "/api/v1/session", 401, again.dump(), {}, false, "unauthorized", "/totp"});
  again["totp"] = crypto::totp(secret, step + 1);
  ask({door, "/api/v1/session", 200, again.dump(), {}, false});
  ask({begin, target, 401, proof, own, false, "unauthorized", "/totp"});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(send_it({begin, target, 401, R"({"password":"wrong"})", own, false}).status, 401);
  }
  ask({begin, target, 429, proof, own, false, "too_many_requests"});
}

}  // namespace huan::http
