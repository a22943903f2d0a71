// SPDX-License-Identifier: Apache-2.0
// The statuses of dispatch: planned, laid by hand, published, driven, closed.
#include "huan/track_store/track_store.hpp"
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
  put("assets/B-round",
      {{"kind", "device"}, {"place", "SC-round"}, {"code", "b-round"}, {"protocol", "mqtt-bin"}});
  const auto opened = send("POST", "/api/v1/devices/B-round/open", R"({"door":"1"})");
  EXPECT_EQ(opened.status, 202) << opened.body;
  command_ = Json::parse(opened.body).value("command", "");
  track_store::TrackStore tracks(folder_ + "/tracks.db");
  tracks.put_terminal("13900000000", {"x-nyc", "V-round"});
  tracks.keep(
      {{{"x-nyc", "V-round"}, {clock_.now(), 40'712'800, -74'006'000, 300, 0, true, true}}});
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

void StatusesTest::ask_for_passes() {
  const std::string at = "/api/v1/vehicle-passes/";
  const std::string put = "PUT /api/v1/vehicle-passes/{key}";
  const auto step = [](const Json& fields, const std::string& state, int version) {
    const Json data{{"type", "vehicle_pass"}, {"about", {{"kind", "vehicle"}, {"id", "V-round"}}},
                    {"state", state},         {"from", "2026-01-01"},
                    {"to", "2026-01-31"},     {"fields", fields}};
    return Json{{"data", data}, {"version", version}}.dump();
  };
  Json fields{{"purpose", "rounds"}, {"hours", {"07:00-09:00"}}};
  ask({put, at + "VP-1", 201, step(fields, "applied", 0)});
  ask({put, at + "VP-1", 200, step(fields, "applied", 1)});
  ask({put, at + "VP-1", 412, step(fields, "applied", 1), {}, true, "version_conflict"});
  ask({put, at + "VP-1", 415, "x", {{"Content-Type", "text/xml"}}, true});
  ask({put, at + "D-1", 404, step(fields, "applied", 0), {}, true, "not_found", "key"});
  fields["zones"] = {"none"};
  ask({put,
       at + "VP-2",
       400,
       step(fields, "applied", 0),
       {},
       true,
       "bad_field",
       "/data/fields/zones"});
  ask({"GET /api/v1/vehicle-passes", "/api/v1/vehicle-passes?type=task", 400, "", {}, true});
  const std::string list = "GET /api/v1/pass-standings";
  ask({list, "/api/v1/pass-standings?vehicle=V-round&standing=applied", 200});
  ask({list, "/api/v1/pass-standings?day=x", 400, "", {}, true, "bad_time", "day"});
  const auto seen = Json::parse(get("/api/v1/pass-standings?vehicle=V-round").body).at("items");
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].at("standing"), "applied");
  EXPECT_EQ(seen[0].at("hours"), "07:00-09:00");
}

void StatusesTest::ask_for_timetables() {
  Json moves = get_json("/api/v1/places/CD-101").at("data");
  moves["kind"] = "station";
  moves["form"] = "mobile";
  moves["location"] = {{"datum", "wgs84"}, {"lat_e7", 407'000'000}, {"lng_e7", -740'000'000}};
  const std::string any = "PUT /api/v1/{kind}/{key}";
  for (const char* key : {"M-1", "M-2"}) {
    ask({any, "/api/v1/places/" + std::string(key), 201, Json{{"data", moves}}.dump()});
  }
  const Json& spot = moves.at("location");
  const auto halt = [&](const char* from, const char* to) {
    return Json{{"days", {1, 2}},
                {"from", from},
                {"to", to},
                {"name", "Pier"},
                {"lat_e7", spot.at("lat_e7")},
                {"lng_e7", spot.at("lng_e7")}};
  };
  Json week{{"vehicle", "V-round"}, {"halts", {halt("08:00", "09:00")}}};
  const auto sent = [&](int version) {
    return Json{{"timetable", week}, {"version", version}}.dump();
  };
  const std::string put = "PUT /api/v1/mobile-stations/{place}";
  const std::string at = "/api/v1/mobile-stations/";
  ask({put, at + "none", 404, sent(0), {}, true, "unknown_place", "place"});
  ask({put, at + "CD-101", 400, sent(0), {}, true, "bad_field", "place"});
  ask({put, at + "M-1", 415, "x", {{"Content-Type", "text/xml"}}, true});
  ask({put, at + "M-1", 400, R"({"timetable":{"halts":[]}})", {}, true, "bad_field", "/version"});
  ask({put, at + "M-1", 201, sent(0)});
  ask({put, at + "M-1", 412, sent(0), {}, true, "version_conflict", "/version"});
  ask({put, at + "M-1", 200, sent(1)});
  // One vehicle is one station at a time; on a day by its date the other is left out.
  ask({put, at + "M-2", 400, sent(0), {}, true, "bad_field", "/timetable/halts/0"});
  const Json meets{{"data", week}};
  ask({any,
       "/api/v1/settings/halts:M-2",
       400,
       meets.dump(),
       {},
       true,
       "bad_field",
       "/data/halts/0"});
  ask({any, "/api/v1/settings/halts:CD-101", 400, meets.dump(), {}, true, "bad_field", "key"});
  week["vehicle"] = "none";
  ask({put, at + "M-2", 422, sent(0), {}, true, "unknown_vehicle", "/timetable/vehicle"});
  week.erase("vehicle");
  week["halts"].push_back(halt("08:30", "10:00"));
  ask({put, at + "M-2", 400, sent(0), {}, true, "bad_field", "/timetable/halts/1"});
  week["halts"][1] = halt("09:00", "10:00");
  std::swap(week["halts"][1]["lat_e7"], week["halts"][1]["lng_e7"]);
  ask({put, at + "M-2", 400, sent(0), {}, true, "bad_coordinates", "/timetable/halts/1/lat_e7"});
  for (const char* key : {"booking", "booking:CD-101", "rounds", "points", "push"}) {
    ask({any, "/api/v1/settings/" + std::string(key), 400, R"({"data":{"hours":1}})", {}, true});
  }
  const auto seen = get_json("/api/v1/mobile-stations").at("items");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].at("days"), "1 2");
  EXPECT_EQ(seen[0].at("version"), 2);
  EXPECT_FALSE(seen[1].contains("from")) << "a station without a timetable";
}

void StatusesTest::ask_for_tracks() {
  const std::string day = base::format_day(base::day_of(clock_.now(), -5 * 3'600));
  const std::string one = "GET /api/v1/tracks/{day}/{vehicle}";
  ask({"GET /api/v1/tracks", "/api/v1/tracks?day=x", 400, "", {}, true, "bad_time", "day"});
  ask({one, "/api/v1/tracks/" + day + "/V-round", 200});
  ask({one, "/api/v1/tracks/x/V-round", 400, "", {}, true, "bad_time", "day"});
  ask({one, "/api/v1/tracks/" + day + "/none", 404, "", {}, true, "not_found", "vehicle"});
  const auto seen = Json::parse(get("/api/v1/tracks?day=" + day).body).at("items");
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].at("reports"), 1);
  const auto drive = Json::parse(get("/api/v1/tracks/" + day + "/V-round").body);
  EXPECT_EQ(drive.at("fixes").size(), 1U);
  EXPECT_EQ(drive.at("pass"), "not_in_force");  // applied for, that is all
}

void StatusesTest::ask_for_devices() {
  const std::string report = "POST /api/v1/device-reports";
  const std::string at = "/api/v1/device-reports";
  const Fields media{{"Content-Type", "text/xml"}};
  const Json health{
      {"device", "B-round"},
      {"heard", base::format_time(clock_.now(), 0)},
      {"troubles", {{{"what", "full"}, {"door", "1"}, {"since", "2026-01-05T08:00:00Z"}}}},
      {"doors", {{{"door", "1"}, {"fill_pct", 95}}}}};
  const Json stranger{{"device", "B-none"}};
  ask({report, at, 200, Json{{"devices", {health, stranger}}}.dump()});
  ask({report, at, 400, R"({"devices":[{"device":"B-round","fill":1}]})", {}, true, "bad_field"});
  ask({report, at, 415, "x", media, true});
  const std::string open = "POST /api/v1/devices/{device}/open";
  ask({open, "/api/v1/devices/B-none/open", 404, R"({"door":"1"})", {}, true, "not_found"});
  ask({open, "/api/v1/devices/B-round/open", 400, R"({"door":"a b"})", {}, true, "bad_text"});
  ask({open, "/api/v1/devices/B-round/open", 415, "x", media, true});
  ask({"GET /api/v1/devices", "/api/v1/devices?state=trouble&protocol=mqtt-bin", 200});
  const auto shown = Json::parse(get("/api/v1/devices?state=trouble").body).at("items");
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].at("since"), "2026-01-05T08:00:00Z");
  EXPECT_EQ(shown[0].at("doors")[0].at("fill_pct"), 95);
  ask({open, "/api/v1/devices/B-round/open", 202, R"({"door":"1"})"});
  const auto sent = send("POST", "/api/v1/devices/B-round/open", R"({"door":"1"})");
  const std::string id = Json::parse(sent.body).at("command");
  const std::string follow = "GET /api/v1/device-commands/{id}";
  const auto status = [&] {
    return Json::parse(get("/api/v1/device-commands/" + id).body).value("status", "");
  };
  ask({follow, "/api/v1/device-commands/" + id, 200});
  ask({follow, "/api/v1/device-commands/none", 404, "", {}, true, "not_found", "id"});
  EXPECT_EQ(status(), "queued");
  const Json fetch{{"fetch", {"B-round"}}};
  const auto open_now = Json::parse(send("POST", at, fetch.dump()).body).at("open");
  ASSERT_FALSE(open_now.empty());
  EXPECT_EQ(open_now.back().at("command"), id);
  EXPECT_EQ(status(), "sent");
  const Json done{{"commands", {{{"command", id}, {"status", "done"}}}}};
  EXPECT_EQ(send("POST", at, done.dump()).status, 200);
  EXPECT_EQ(status(), "done");
}

}  // namespace huan::http
