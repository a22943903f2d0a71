// SPDX-License-Identifier: Apache-2.0
// The statuses of logging in and out, and of accounts.
#include "huan/app/accounts.hpp"
#include "statuses.hpp"

namespace huan::http {

void StatusesTest::ask_for_sessions() {
  app::Accounts accounts({*store_, *recorder_, clock_});
  const auto password = accounts.add({{access::Role::operator_}}, {"wang", "", {"operator"}});
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

}  // namespace huan::http
