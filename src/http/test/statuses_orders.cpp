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
  ask({begin, session, 200, proof(sent_.at("code").get<std::string>()), {}, false});
}

}  // namespace huan::http
