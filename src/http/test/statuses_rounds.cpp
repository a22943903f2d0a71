// SPDX-License-Identifier: Apache-2.0
// The statuses of dispatch: planned, laid by hand, published, driven, closed.
#include "statuses.hpp"

namespace huan::http {

void StatusAsker::set_up_rounds() {
  const auto put = [&](const std::string& target, const Json& data) {
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    const auto reply = send("PUT", "/api/v1/" + target, version.dump());
    EXPECT_EQ(reply.status, 201) << target << reply.body;
  };
  const Json location{{"lat_e7", 407'128'000}, {"lng_e7", -740'060'000}, {"datum", "wgs84"}};
  put("places/SC-round", {{"kind", "sorting-centre"},
                          {"form", "comprehensive"},
                          {"name", "centre"},
                          {"district", place_.at("district")},
                          {"status", "active"},
                          {"community", "round-here"},
                          {"location", location}});
  put("assets/V-round", {{"kind", "vehicle"}, {"place", "SC-round"}, {"capacity_g", 3'000'000}});
  auto wish = order_wish("13800000088", 0);
  wish["community"] = "round-here";
  const auto booked = send("POST", "/api/v1/orders", wish.dump());
  EXPECT_EQ(booked.status, 201) << booked.body;
  round_order_ = Json::parse(booked.body).at("key").get<std::string>();
  round_day_ = Json::parse(booked.body).at("order").at("slot").at("day").get<std::string>();
  const auto begun = send("POST", "/api/v1/rounds?iterations=10&day=" + round_day_, "");
  EXPECT_EQ(begun.status, 202) << begun.body;
  const auto job = Json::parse(begun.body).at("id").get<std::string>();
  Json view;
  do {
    view = Json::parse(get("/api/v1/jobs/" + job).body);
  } while (view.at("state") == "waiting" || view.at("state") == "running");
  EXPECT_EQ(view.at("state"), "done") << view.dump();
}

void StatusesTest::ask_for_rounds() {
  const Fields media{{"Content-Type", "text/xml"}};
  const std::string day = "day=" + round_day_;
  const std::string all = "/api/v1/rounds";
  ask({"GET /api/v1/rounds", all + "?" + day, 200});
  ask({"GET /api/v1/rounds", all + "?day=x", 400, "", {}, true, "bad_time", "day"});
  ask({"POST /api/v1/rounds", all + "?iterations=10&day=2030-01-01", 202});
  ask({"POST /api/v1/rounds", all + "?seconds=0", 400, "", {}, true, "bad_number", "seconds"});
  ask({"POST /api/v1/rounds", all + "?party=nobody", 404, "", {}, true, "not_found", "/party"});
  const std::string laid =
      R"({"rounds":[{"vehicle":"V-round","stops":["o:)" + round_order_ + R"(","u:SC-round"]}]})";
  const std::string wrong = R"({"rounds":[{"vehicle":"none","stops":[]}]})";
  for (const std::string door : {"PUT /api/v1/rounds", "POST /api/v1/rounds/check"}) {
    const auto target = door.substr(door.find(' ') + 1) + "?" + day;
    ask({door, target, 200, laid});
    ask({door, target, 400, wrong, {}, true, "bad_field", "/rounds/0/vehicle"});
    ask({door, target, 415, "", media, true, "unsupported_media"});
  }
  ask({"GET /api/v1/rounds/review", all + "/review?day=x", 400, "", {}, true, "bad_time", "day"});
  const std::string publish = "POST /api/v1/rounds/publish";
  ask({publish, all + "/publish?" + day, 400, "", {}, true, "bad_field"});
  ask({publish, all + "/publish?day=2020-01-01", 404, "", {}, true, "not_found", "day"});
  const std::string own = all + "/" + round_day_ + "/V-round";
  ask({"GET /api/v1/rounds/{day}/{vehicle}", all + "/" + round_day_ + "/none", 404});
  const std::string assign = "PUT /api/v1/rounds/{day}/{vehicle}/driver";
  ask({assign, own + "/driver", 200, R"({"driver":"li"})"});
  ask({assign, own + "/driver", 400, "{}", {}, true, "bad_field", "/driver"});
  ask({assign, own + "/driver", 415, "", media, true, "unsupported_media"});
  const std::string step = "POST /api/v1/rounds/{day}/{vehicle}/steps";
  const std::string arrived = R"({"stop":"o:)" + round_order_ + R"(","to":"arrived"})";
  ask({step, own + "/steps", 409, arrived, {}, true, "in_use", "/state"});  // a draft
  ask({publish, all + "/publish?" + day, 200});
  ask_to_drive_rounds();
}

void StatusesTest::ask_to_drive_rounds() {
  const std::string own = "/api/v1/rounds/" + round_day_ + "/V-round";
  const std::string step = "POST /api/v1/rounds/{day}/{vehicle}/steps";
  const std::string door = "o:" + round_order_;
  const auto at = [](const std::string& stop, const std::string& more) {
    return R"({"stop":")" + stop + R"(",)" + more + "}";
  };
  ask({step, own + "/steps", 400, at(door, R"("to":"done")"), {}, true, "bad_field", "/to"});
  ask({step, own + "/steps", 404, at("none", R"("to":"arrived")"), {}, true, "not_found", "/stop"});
  ask({step, own + "/steps", 415, "", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({step, own + "/steps", 200, at(door, R"("to":"arrived")")});
  ask({"PUT /api/v1/rounds/{day}/{vehicle}/driver",
       own + "/driver",
       409,
       R"({"driver":"wu"})",
       {},
       true,
       "in_use"});
  ask({step,
       own + "/steps",
       422,
       at(door, R"("to":"weighed","loaded":[{"material":"no.such","mass_g":5}])"),
       {},
       true,
       "unknown_material"});
  const std::string close = "POST /api/v1/rounds/{day}/{vehicle}/close";
  ask({close, own + "/close", 409, "", {}, true, "in_use", "/state"});
  ask({step, own + "/steps", 200, at(door, R"("to":"refused","reason":"wet")")});
  ask({step, own + "/steps", 200, at("u:1:SC-round", R"("to":"missed","reason":"full")")});
  ask({close, own + "/close", 200});
  ask({close, "/api/v1/rounds/" + round_day_ + "/none/close", 404, "", {}, true, "not_found"});
  ask({"GET /api/v1/handovers",
       "/api/v1/handovers?place=none",
       404,
       "",
       {},
       true,
       "unknown_place",
       "place"});
}

}  // namespace huan::http
