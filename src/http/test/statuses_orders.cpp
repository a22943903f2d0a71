// SPDX-License-Identifier: Apache-2.0
// The statuses of booking and of residents' sessions.
#include "huan/app/points.hpp"
#include "statuses.hpp"

namespace huan::http {

void StatusesTest::ask_for_orders() {
  const std::string xml = "text/xml";
  const Fields media{{"Content-Type", xml}};
  const std::string many = "POST /api/v1/orders";
  const std::string target = "/api/v1/orders";
  ask({many, target, 201, order_wish("13800000002", 0).dump()});
  ask({many, target, 400, "{}", {}, true, "bad_field"});
  ask({many, target, 409, order_wish("13800000003", 9).dump(), {}, true, "in_use", "/slot"});
  ask({many, target, 415, "", media, true, "unsupported_media"});
  auto unknown = order_wish("13800000004", 0);
  unknown["lines"][0]["material"] = "no.such";
  ask({many, target, 422, unknown.dump(), {}, true, "unknown_material", "/lines"});
  const std::string own = target + "/" + order_;
  ask({"GET /api/v1/orders/{key}", target + "/none", 404, "", {}, true, "not_found", "key"});
  ask({"GET /api/v1/orders/{key}/contact", target + "/none/contact", 404});
  const std::string move = "POST /api/v1/orders/{key}/moves/{state}";
  ask({move, own + "/moves/weighed", 400, "{}", {}, true, "bad_field", "/state"});
  ask({move, own + "/moves/nosuch", 404, "{}", {}, true, "not_found", "state"});
  ask({move, own + "/moves/on_way", 415, "", media, true, "unsupported_media"});
  ask({move, own + "/moves/on_way", 200, "{}"});
  ask({move, own + "/moves/cancelled", 409, "{}", {}, true, "in_use", "/state"});
  ask({move,
       own + "/moves/weighed",
       422,
       R"({"weighed":{"lines":[{"material":"no.such","mass_g":5}]}})",
       {},
       true,
       "unknown_material"});
  ask_for_photos(own);
  const std::string caller = "POST /api/v1/callers";
  ask({caller, "/api/v1/callers", 200, R"({"phone":"13800000001"})"});
  ask({caller, "/api/v1/callers", 400, R"({"phone":"x"})", {}, true, "bad_field", "/phone"});
  ask({caller, "/api/v1/callers", 415, "", media, true, "unsupported_media"});
  ask({"GET /api/v1/slots",
       "/api/v1/slots?place=none",
       404,
       "",
       {},
       true,
       "unknown_place",
       "place"});
  ask_for_points();
  ask({"GET /api/v1/directory/{key}", "/api/v1/directory/none", 404, "", {}, false, "not_found"});
}

void StatusesTest::ask_for_photos(const std::string& own) {
  const std::string send_one = "POST /api/v1/order-photos";
  const std::string target = "/api/v1/order-photos";
  const Fields png{{"Content-Type", "image/png"}};
  const std::string image("\x89PNG\r\n\x1a\n and more", 17);
  ask({send_one, target, 201, image, png});
  ask({send_one, target, 400, "", png, true, "bad_field"});
  ask({send_one, target, 413, std::string((2U << 20U) + 1, 'x'), png, true, "too_large"});
  ask({send_one, target, 415, "<script>", png, true, "unsupported_media", "Content-Type"});
  ask({send_one,
       target,
       415,
       "%PDF-1",
       {{"Content-Type", "application/pdf"}},
       true,
       "unsupported_media",
       "Content-Type"});
  auto seen = order_wish("13800000005", 0);
  const std::string digest = crypto::hex(crypto::sha256(image));
  seen["lines"][0]["photo"] = std::string(64, '0');
  ask({"POST /api/v1/orders", "/api/v1/orders", 422, seen.dump(), {}, true, "unknown_evidence"});
  seen["lines"][0]["photo"] = digest;
  ask({"POST /api/v1/orders", "/api/v1/orders", 201, seen.dump()});
  const auto orders =
      Json::parse(send("POST", "/api/v1/callers", R"({"phone":"13800000005"})").body)["items"];
  const std::string key = orders[0]["key"];
  const std::string shown = "GET /api/v1/orders/{key}/photos/{sha256}";
  ask({shown, "/api/v1/orders/" + key + "/photos/" + digest, 200});
  // That it is on record is not enough: it is not this order's.
  ask({shown, own + "/photos/" + digest, 404, "", {}, true, "not_found", "sha256"});
  for (int n = 0; n < 30; ++n) {
    (void)send("POST", target, image, png);
  }
  ask({send_one, target, 429, image, png, true, "too_many_requests"});
}

void StatusesTest::ask_for_points() {
  const app::KeptReward soap{"soap", 0, {"香皂", "soap", "CD-101", 5, 10, true}};
  EXPECT_TRUE(app::offer_reward(*recorder_, "x-nyc", soap, {"tester"}));
  const Json person{{"data", {{"kind", "resident"}}}, {"time", "2026-01-01T00:00:00-05:00"}};
  EXPECT_EQ(send("PUT", "/api/v1/parties/R-1", person.dump()).status, 201);
  auto brought = receive("L-points", 1'000);
  brought["from"]["party"] = "R-1";
  brought["points"] = 7;
  EXPECT_EQ(post(brought).status, 200);
  const std::string spend = "POST /api/v1/redemptions";
  const std::string target = "/api/v1/redemptions";
  Json wanted{{"id", ids_.next().text()}, {"party", "R-1"}, {"reward", "soap"}};
  ask({spend, target, 201, wanted.dump()});
  ask({spend, target, 200, wanted.dump()});
  wanted["id"] = ids_.next().text();
  ask({spend, target, 422, wanted.dump(), {}, true, "insufficient_points"});
  ask({spend, target, 400, "{}", {}, true, "bad_field", "/id"});
  wanted["reward"] = "none";
  ask({spend, target, 404, wanted.dump(), {}, true, "not_found", "/reward"});
  wanted["reward"] = "soap";
  wanted["id"] = event_;
  ask({spend, target, 409, wanted.dump(), {}, true, "id_conflict", "/id"});
  const Fields media{{"Content-Type", "text/xml"}};
  ask({spend, target, 415, "", media, true, "unsupported_media"});
  ask_for_payouts();
}

void StatusesTest::ask_for_payouts() {
  rewards::Rule rule;
  rule.payout = rewards::PayoutRate{1, "CD-101"};
  EXPECT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
  const std::string ask_one = "POST /api/v1/payouts";
  const std::string target = "/api/v1/payouts";
  Json wanted{{"id", ids_.next().text()}, {"party", "R-1"}, {"amount", 1}};
  ask({ask_one, target, 400, wanted.dump(), {}, true, "bad_field", "/account"});
  wanted["account"] = "6222021234567890128";
  ask({ask_one, target, 201, wanted.dump()});
  wanted["party"] = "R-2";
  ask({ask_one, target, 409, wanted.dump(), {}, true, "id_conflict", "/id"});
  wanted["party"] = "R-1";
  wanted["id"] = ids_.next().text();
  wanted["amount"] = 1'000;
  ask({ask_one, target, 422, wanted.dump(), {}, true, "insufficient_points"});
  const Fields media{{"Content-Type", "text/xml"}};
  ask({ask_one, target, 415, "", media, true, "unsupported_media"});
  ask({"GET /api/v1/payouts", target + "?state=none", 400, "", {}, true, "bad_field", "state"});
  const std::string cancel = "POST /api/v1/payouts/{key}/cancel";
  ask({cancel, target + "/none/cancel", 404, "", {}, true, "not_found", "key"});
  ask({cancel, target + "/R-1-10001/cancel", 200});
  ask({cancel, target + "/R-1-10001/cancel", 409, "", {}, true, "in_use", "/state"});
}

void StatusesTest::ask_for_residents() {
  const Fields media{{"Content-Type", "text/xml"}};
  const Fields elsewhere{{"Sec-Fetch-Site", "cross-site"}};
  const std::string ask_code = "POST /api/v1/residents/code";
  const std::string code = "/api/v1/residents/code";
  const std::string phone = R"({"phone":"13800000009"})";
  ask({ask_code, code, 202, phone, {}, false});
  ask({ask_code, code, 429, phone, {}, false, "too_many_requests"});
  ask({ask_code, code, 400, R"({"phone":"none"})", {}, false, "bad_field", "/phone"});
  ask({ask_code, code, 403, phone, elsewhere, false, "forbidden"});
  ask({ask_code, code, 415, "", media, false, "unsupported_media"});
  const std::string begin = "POST /api/v1/residents/session";
  const std::string session = "/api/v1/residents/session";
  const auto proof = [](const std::string& digits) {
    return Json{{"phone", "13800000009"}, {"code", digits}}.dump();
  };
  ask({begin, session, 400, "{}", {}, false, "bad_field", "/phone"});
  ask({begin, session, 401, proof("x"), {}, false, "unauthorized"});
  ask({begin, session, 403, proof("x"), elsewhere, false, "forbidden"});
  ask({begin, session, 415, "", media, false, "unsupported_media"});
  const std::string choose = "PUT /api/v1/residents/notices";
  const std::string notices = "/api/v1/residents/notices";
  const std::string choice = R"({"off":["order_on_way"],"quiet_from":"21:00","quiet_to":"08:00"})";
  ask({choose, notices + "?party=R-1", 200, choice});
  ask({choose, notices + "?party=R-1", 400, "{}", {}, true, "bad_field", "/quiet_from"});
  ask({choose, notices, 400, choice, {}, true, "bad_field", "party"});
  ask({choose, notices + "?party=R-1", 415, "", media, true, "unsupported_media"});
  const std::string pushed = "/api/v1/push-subscriptions";
  const std::string browser = Json{{"endpoint", "https://fcm.googleapis.com/fcm/send/1"},
                                   {"keys",
                                    {{"auth", "BTBZMqHH6r4Tts7J_aSIgg"},
                                     {"p256dh",
                                      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"
                                      "AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}}}
                                  .dump();
  app::TokenRequest clerk{"station_clerk", "", "", 60};
  clerk.limits.organisation = "dsny";
  clerk.limits.place = "CD-101";
  const auto word = "Bearer " + app::issue_token(*recorder_, clock_, clerk).value();
  const Fields firm{{"Authorization", word}};
  const Fields markup{{"Authorization", word}, {"Content-Type", "text/xml"}};
  const std::string drop = "DELETE " + pushed + "/{id}";
  const std::string staff = "/api/v1/notices";
  const std::string none_read = R"({"read":[]})";
  ask({"GET " + staff, staff, 200, "", firm, false});
  ask({"PUT " + staff, staff, 200, none_read, firm, false});
  ask({"PUT " + staff, staff, 400, R"({"read":["x"]})", {}, true, "bad_field", "/read"});
  ask({"PUT " + staff, staff, 415, none_read, markup, false, "unsupported_media"});
  ask({"GET " + pushed, pushed, 200, "", firm, false});
  ask({"POST " + pushed, pushed, 200, browser, firm, false});
  ask({"POST " + pushed, pushed, 415, browser, markup, false, "unsupported_media"});
  ask({"POST " + pushed, pushed, 400, browser, {}, true, "bad_field"});
  ask({drop, pushed + "/ebb5f17c49e258c9", 200, "", firm, false});
  ask({drop, pushed + "/1", 404, "", firm, false, "not_found", "id"});
  ask({drop, pushed + "/1", 400, "", {}, true, "bad_field"});
  ask({begin, session, 200, proof(sent_.at("code").get<std::string>()), {}, false});
}

}  // namespace huan::http
