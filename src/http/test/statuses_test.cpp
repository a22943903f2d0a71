// SPDX-License-Identifier: Apache-2.0
// openapi.yaml against the running server: every status that is described for a door is provoked
// there, and what comes back has the described media type, members and headers. An answer that is
// not described fails too.
#include "statuses.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kOverBody = (32U << 20U) + 1;

/// Doors of which no status of that number can be provoked on purpose, and why.
const std::map<std::string, std::string>& not_provoked() {
  static const std::map<std::string, std::string> all{
      {"any 408", "needs ten seconds of patience; stream_test.cpp has it with shorter limits"},
      {"any 500", "is a bug of ours; server_test.cpp has a handler that throws"},
      {"any 503", "needs a full queue; server_test.cpp has it with a short one"},
      {"DELETE /api/v1/session 200", "needs an identity provider; tests/e2e/oidc_test.mjs has one"},
      {"GET /readyz 503", "needs a store that fails under the server"},
  };
  return all;
}

}  // namespace

void StatusesTest::ask_of_all() {
  for (const auto& [door, operation] : doors_) {
    const auto target = good_target(door);
    const std::string more = target.find('?') == std::string::npos ? "?" : "&";
    const auto statuses = operation.at("responses");
    if (!operation.contains("security")) {
      ask({door, target, 401, "", {}, false, "unauthorized"});
      ask({door, target + more + "zzz=1", 400, "{}", {}, true, "bad_field", "zzz"});
    }
    for (const auto& parameter : told_.parameters(operation)) {
      if (parameter.at("name") == "city" && parameter.at("in") == "query") {
        ask({door,
             target + more + "city=nowhere",
             404,
             door.starts_with("PUT") ? R"({"data":{}})" : "{}",
             {},
             true,
             "unknown_city",
             "city"});
      }
    }
    const bool by_link = door.ends_with("{link}");  // which somebody has to make first
    if (method_of(door) == "GET" && statuses.contains("200") && !door.ends_with("/stream") &&
        !by_link) {
      ask({door, target, 200});
    }
    if (told_.is_list(operation)) {
      ask({door, target, 200, "", {{"Accept", "text/csv"}}});
      ask({door, target + more + "limit=1", 200});
      ask({door, target + more + "limit=0", 400, "", {}, true, "bad_number", "limit"});
      ask({door, target + more + "format=xml", 400, "", {}, true, "bad_field", "format"});
      ask({door, target, 406, "", {{"Accept", "image/png"}}, true, "not_acceptable"});
    }
    if (operation.contains("requestBody")) {
      ask({door, target, 413, std::string(kOverBody, ' '), {}, true, "too_large"});
    }
  }
}

void StatusesTest::ask_for_events() {
  const std::string list = "GET /api/v1/events";
  ask({list, "/api/v1/events?type=receive&place=CD-101&order=desc", 200});
  ask({list, "/api/v1/events?order=sideways", 400, "", {}, true, "bad_field", "order"});
  ask({list, "/api/v1/events?type=recieve", 400, "", {}, true, "bad_field", "type"});
  ask({list, "/api/v1/events?material=a%20b", 400, "", {}, true, "bad_field", "material"});
  ask({list, "/api/v1/events?to=soon", 400, "", {}, true, "bad_time", "to"});
  ask({list, "/api/v1/events?after=x", 400, "", {}, true, "bad_number", "after"});
  const std::string one = "GET /api/v1/events/{id}";
  ask({one, "/api/v1/events/no-uuid", 404, "", {}, true, "unknown_event"});
  const std::string in = "POST /api/v1/events";
  const std::string target = "/api/v1/events";
  const auto good = receive("L-9", 1).dump();
  ask({in, target, 200, good});
  ask({in, target, 200, good});  // a duplicate
  ask({in, target + "?mode=each", 200, "[" + receive("L-9", 1).dump() + ",{}]"});
  ask({in, target, 400, "[{}", {}, true, "bad_json"});
  ask({in, target, 422, "{", {}, true, "bad_json"});
  ask({in, target + "?mode=some", 400, good, {}, true, "bad_field", "mode"});
  ask({in, target, 422, receive("L-9", 1).dump(), {}, true, "lot_exists", "/outputs/0/lot"});
  ask({in, target, 422, ship("S-2", "none", 1).dump(), {}, true, "unknown_lot", "/inputs/0/lot"});
  ask({in, target, 415, "<event/>", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const auto login = app::issue_token(*recorder_, clock_, {"operator", "", "login", 60}).value();
  const auto session = connect().post("/api/v1/login", Json{{"token", login}}.dump());
  const auto cookie = "huan_session=" + Json::parse(session->body).at("token").get<std::string>();
  for (const auto& [door, operation] : doors_) {
    if (operation.at("responses").contains("403") && method_of(door) != "GET" &&
        !operation.contains("security")) {
      ask({door, good_target(door), 403, "{}", {{"Cookie", cookie}}, false, "forbidden"});
    }
  }
  app::TokenRequest driver{"driver", "", "", 60};
  driver.limits.organisation = "E-1";
  const auto other = "Bearer " + app::issue_token(*recorder_, clock_, driver).value();
  ask({"GET /api/v1/accounts",
       "/api/v1/accounts",
       403,
       "",
       {{"Authorization", other}},
       false,
       "forbidden"});
  const std::string stream = "GET /api/v1/events/stream";
  ask({stream,
       "/api/v1/events/stream?last_event_id=x",
       400,
       "",
       {},
       true,
       "bad_number",
       "last_event_id"});
  ask({stream,
       "/api/v1/events/stream",
       400,
       "",
       {{"Last-Event-ID", "-1"}},
       true,
       "bad_number",
       "Last-Event-ID"});
  expect_stream(stream, "/api/v1/events/stream");
}

void StatusesTest::ask_for_stock() {
  ask({"GET /api/v1/lots", "/api/v1/lots?place=CD-101&material=paper.mixed&stock=false", 200});
  ask({"GET /api/v1/lots", "/api/v1/lots?stock=maybe", 400, "", {}, true, "bad_field", "stock"});
  ask({"GET /api/v1/lots/{lot}", "/api/v1/lots/none", 404, "", {}, true, "unknown_lot"});
  const std::string trace = "GET /api/v1/lots/{lot}/trace";
  ask({trace, "/api/v1/lots/L-2/trace?direction=down&depth=2&limit=0", 200});
  ask({trace, "/api/v1/lots/L-2/trace?direction=in", 400, "", {}, true, "bad_field", "direction"});
  ask({trace, "/api/v1/lots/L-2/trace?limit=x", 400, "", {}, true, "bad_number", "limit"});
  ask({trace, "/api/v1/lots/none/trace", 404, "", {}, true, "unknown_lot"});
  ask({"GET /api/v1/items/{code}", "/api/v1/items/none", 404, "", {}, true, "unknown_item"});
  const std::string tickets = "GET /api/v1/tickets";
  ask({tickets, "/api/v1/tickets", 400, "", {}, true, "bad_field", "number"});
  ask({tickets, "/api/v1/tickets?number=x", 400, "", {}, true, "bad_number", "number"});
  ask({tickets, "/api/v1/tickets?number=-1", 400, "", {}, true, "bad_number", "number"});
  ask({"GET /api/v1/stock", "/api/v1/stock?place=CD-101&material=paper.mixed", 200});
  const std::string shipments = "GET /api/v1/shipments";
  ask({shipments, "/api/v1/shipments?state=open", 200});
  ask({shipments, "/api/v1/shipments?state=lost", 400, "", {}, true, "bad_field", "state"});
  ask({"GET /api/v1/shipments/{shipment}",
       "/api/v1/shipments/none",
       404,
       "",
       {},
       true,
       "unknown_shipment"});
  const std::string sums = "GET /api/v1/statistics";
  ask({sums, "/api/v1/statistics?by=day,month,district,place,operator,material,flow,origin", 200});
  ask({sums, "/api/v1/statistics?by=weather", 400, "", {}, true, "bad_field", "by"});
  ask({sums, "/api/v1/statistics?from=yesterday", 400, "", {}, true, "bad_time", "from"});
  ask({sums, "/api/v1/statistics?flow=flood", 400, "", {}, true, "bad_field", "flow"});
  ask({sums,
       "/api/v1/statistics?material=gold",
       404,
       "",
       {},
       true,
       "unknown_material",
       "material"});
  const std::string behind = "GET /api/v1/statistics/events";
  ask({behind, "/api/v1/statistics/events?flow=receive&material=paper", 200});
  ask({behind, "/api/v1/statistics/events?flow=flood", 400, "", {}, true, "bad_field", "flow"});
  ask({behind, "/api/v1/statistics/events?after=x", 400, "", {}, true, "bad_number", "after"});
  ask({behind, "/api/v1/statistics/events?material=gold", 404, "", {}, true, "unknown_material"});
}

void StatusesTest::ask_for_records() {
  ask({"GET /api/v1/{kind}", "/api/v1/places?kind=district&district=B1&party=dsny", 200});
  ask({"GET /api/v1/{kind}", "/api/v1/secrets", 404, "", {}, true, "not_found"});
  const std::string one = "GET /api/v1/{kind}/{key}";
  ask({one, "/api/v1/places/CD-101?versions=all", 200});
  ask({one, "/api/v1/places/CD-101?at=2026-01-01T00:00:00Z", 200});
  ask({one, "/api/v1/places/CD-101", 304, "", {{"If-None-Match", "\"1\""}}});
  ask({one, "/api/v1/places/CD-101?at=now", 400, "", {}, true, "bad_time", "at"});
  ask({one, "/api/v1/places/CD-101?versions=two", 400, "", {}, true, "bad_field", "versions"});
  ask({one, "/api/v1/places/none", 404, "", {}, true, "not_found"});
  const std::string put = "PUT /api/v1/{kind}/{key}";
  const std::string target = "/api/v1/places/CD-101";
  const auto body = Json{{"data", place_}}.dump();
  const auto id = ids_.next().text();
  ask({put, "/api/v1/places/P-1", 201, Json{{"data", place_}, {"id", id}}.dump()});
  ask({put,
       "/api/v1/places/P-2",
       409,
       Json{{"data", place_}, {"id", id}}.dump(),
       {},
       true,
       "id_conflict",
       "/id"});
  ask({put, target, 200, body, {{"If-Match", "\"1\""}}});
  ask({put, target, 412, body, {{"If-Match", "\"1\""}}, true, "version_conflict", "If-Match"});
  ask({put,
       target,
       412,
       body,
       {{"If-None-Match", "*"}},
       true,
       "version_conflict",
       "If-None-Match"});
  ask({put, target, 428, body, {}, true, "precondition_required", "If-Match"});
  ask({put, target, 400, body, {{"If-Match", "W/\"1\""}}, true, "bad_field", "If-Match"});
  ask({put,
       target,
       400,
       R"({"data":{"nonsense":1}})",
       {{"If-Match", "\"2\""}},
       true,
       "",
       "/data/kind"});
  ask_for_references();
  ask({put, target, 415, body, {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({put, "/api/v1/secrets/P-1", 404, body, {}, true, "not_found"});
}

/// What a record names has to be there.
void StatusesTest::ask_for_references() {
  const auto refused = [&](const std::string& target, const Json& data, const std::string& code,
                           const std::string& at) {
    ask({"PUT /api/v1/{kind}/{key}",
         "/api/v1/" + target,
         422,
         Json{{"data", data}}.dump(),
         {},
         true,
         code,
         at});
  };
  auto place = place_;
  place["district"] = "B9";
  refused("places/P-3", place, "unknown_district", "/data/district");
  place = place_;
  place["operator"] = "nobody";
  refused("places/P-3", place, "unknown_party", "/data/operator");
  place = place_;
  place["materials"].push_back("gold");
  refused("places/P-3", place, "unknown_material",
          "/data/materials/" + std::to_string(place["materials"].size() - 1));
  Json asset{{"kind", "scale"}, {"class", "III"}, {"party", "nobody"}};
  refused("assets/W-1", asset, "unknown_party", "/data/party");
  asset["party"] = "dsny";
  asset["place"] = "nowhere";
  refused("assets/W-1", asset, "unknown_place", "/data/place");
  Json price{{"material", "gold"}, {"fen", 120}, {"side", "buy"}, {"per", "kg"}};
  refused("prices/p-1", price, "unknown_material", "/data/material");
  refused("contracts/c-1", {{"party", "nobody"}, {"place", "CD-101"}}, "unknown_party",
          "/data/party");
  const Json party{
      {"kind", "enterprise"}, {"name", "A"}, {"affiliation", "chain"}, {"affiliated_to", "nobody"}};
  refused("parties/E-1", party, "unknown_party", "/data/affiliated_to");
}

void StatusesTest::ask_for_files_and_log() {
  const std::string up = "POST /api/v1/files";
  const std::string text = "text/plain; charset=utf-8";
  ask({up, "/api/v1/files?name=a.txt", 201, "a paper", {{"Content-Type", text}}});
  ask({up,
       "/api/v1/files?name=" + std::string(300, 'a'),
       400,
       "a",
       {{"Content-Type", text}},
       true,
       "bad_text",
       "name"});
  ask({up,
       "/api/v1/files",
       415,
       "MZ",
       {{"Content-Type", "application/x-msdownload"}},
       true,
       "unsupported_media"});
  ask({up,
       "/api/v1/files",
       415,
       "no image",
       {{"Content-Type", "image/png"}},
       true,
       "unsupported_media"});
  const std::string down = "GET /api/v1/files/{sha256}";
  ask({down, "/api/v1/files/" + file_, 304, "", {{"If-None-Match", "\"" + file_ + "\""}}});
  ask({down, "/api/v1/files/" + std::string(64, '0'), 404, "", {}, true, "not_found"});
  for (const std::string what : {"checkpoint", "key", "inclusion?seq=1", "consistency"}) {
    ask({"GET /api/v1/log/{city}/" + what.substr(0, what.find('?')),
         "/api/v1/log/nowhere/" + what,
         404,
         "",
         {},
         true,
         "unknown_city"});
  }
  const std::string path = "/api/v1/log/x-nyc/";
  const std::string inclusion = "GET /api/v1/log/{city}/inclusion";
  ask({inclusion, path + "inclusion", 400, "", {}, true, "bad_field", "seq"});
  ask({inclusion, path + "inclusion?seq=9999", 404, "", {}, true, "not_found", "seq"});
  ask({inclusion, path + "inclusion?seq=1&size=9999", 404, "", {}, true, "not_found", "size"});
  ask({inclusion, path + "inclusion?seq=9&size=3", 400, "", {}, true, "bad_number", "size"});
  ask({inclusion, path + "inclusion?id=" + event_, 200});
  const std::string consistency = "GET /api/v1/log/{city}/consistency";
  ask({consistency, path + "consistency?from=3&to=5", 200});
  ask({consistency, path + "consistency?from=5&to=3", 400, "", {}, true, "bad_number", "from"});
  ask({consistency, path + "consistency?from=3&to=9999", 404, "", {}, true, "not_found", "to"});
}

void StatusesTest::ask_for_service() {
  const std::string login = "POST /api/v1/login";
  const auto secret = app::issue_token(*recorder_, clock_, {"operator", "", "login", 60}).value();
  ask({login, "/api/v1/login", 200, Json{{"token", secret}}.dump(), {}, false});
  ask({login, "/api/v1/login", 401, Json{{"token", secret}}.dump(), {}, false, "unauthorized"});
  ask({login, "/api/v1/login", 400, "{}", {}, false, "bad_field", "/token"});
  ask({login, "/api/v1/login", 400, "token", {}, false, "bad_json"});
  ask({login, "/api/v1/login", 415, "token", {{"Content-Type", "text/xml"}}, false});
  ask({"POST /api/v1/logout", "/api/v1/logout", 204, "", {}, false});
}

/// What may come before any door: checked at one of them, since no door has a part in it.
void StatusesTest::ask_for_anything() {
  const std::string door = "GET /healthz";
  const std::string target = "/healthz";
  for (const std::string bad : {"%", "%zz", "%ff", "%00"}) {
    ask({door, target + "?x=" + bad, 400, "", {}, true, "bad_text", "query"});
  }
  ask({door, "/%ff", 400, "", {}, true, "bad_text", "path"});
  ask({door, "/api/v2/stock", 404, "", {}, true, "not_found"});
  ask({door, target, 413, std::string(kOverBody, ' '), {}, true, "too_large"});
  ask({door, target + "?x=" + std::string(9000, 'x'), 414, "", {}, true, "uri_too_long"});
  ask({door, target, 415, "x", {{"Content-Encoding", "br"}}, true, "unsupported_media"});
  ask({door, target, 431, "", {{"X-Long", std::string(40000, 'x')}}, true, "too_large"});
  ask({door, target, 501, "", {{"Upgrade", "websocket"}}});
  const auto other = connect().request("DELETE", target, "", with_token()).value_or(Reply{});
  check({door, "another method", 405, "", {}, true, "method_not_allowed"}, other);
  EXPECT_EQ(other.header("allow"), "GET, HEAD, OPTIONS");
  auto old = connect();
  old.send("GET /healthz HTTP/0.9\r\nHost: x\r\n\r\n");
  check({door, "an old version", 505}, old.read_reply().value_or(Reply{}));
}

/// A recorder that takes no more work is what a server has that is about to stop.
void StatusesTest::ask_when_stopping() {
  const auto secret = app::issue_token(*recorder_, clock_, {"operator", "", "login", 60}).value();
  recorder_->stop();
  ask({"POST /api/v1/events",
       "/api/v1/events",
       503,
       receive("L-20", 1).dump(),
       {},
       true,
       "overloaded"});
  ask({"PUT /api/v1/{kind}/{key}",
       "/api/v1/places/P-20",
       503,
       Json{{"data", place_}}.dump(),
       {},
       true,
       "overloaded"});
  const std::string personal = "/api/v1/parties/dsny/personal?purpose=a";
  ask({"GET /api/v1/parties/{key}/personal", personal, 503, "", {}, true, "overloaded"});
  ask({"PUT /api/v1/parties/{key}/personal",
       personal,
       503,
       R"({"fields":{"email":"a@b.cn"}})",
       {},
       true,
       "overloaded"});
  ask({"DELETE /api/v1/parties/{key}/personal", personal, 503, "", {}, true, "overloaded"});
  ask({"GET /api/v1/parties/{key}/personal/copy",
       "/api/v1/parties/dsny/personal/copy?purpose=a",
       503,
       "",
       {},
       true,
       "overloaded"});
  ask({"POST /api/v1/files",
       "/api/v1/files",
       503,
       "a",
       {{"Content-Type", "text/plain"}},
       true,
       "overloaded"});
  ask({"POST /api/v1/login",
       "/api/v1/login",
       503,
       Json{{"token", secret}}.dump(),
       {},
       false,
       "overloaded"});
}

void StatusesTest::expect_all_seen() const {
  std::set<std::string> described;
  for (const auto& [status, response] : told_.any_door()) {
    described.insert("any " + status);
  }
  for (const auto& [door, operation] : doors_) {
    for (const auto& [status, response] : told_.responses(operation)) {
      described.insert(door + " " + status);
    }
  }
  for (const auto& status : described) {
    const bool excused = not_provoked().count(status) == 1;
    EXPECT_NE(seen_.count(status) == 1, excused)
        << status << (excused ? ": provoked, take it off the list" : ": never provoked");
  }
  for (const auto& [status, reason] : not_provoked()) {
    EXPECT_EQ(described.count(status), 1U) << status << " is not described any more";
  }
}

TEST_F(StatusesTest, EveryDescribedStatusIsAnsweredAsDescribedAndNoOther) {
  ask_of_all();
  ask_for_events();
  ask_for_stock();
  ask_for_oversight();
  ask_for_declarations();
  ask_for_invoices();
  ask_for_buying();
  ask_for_subsidies();
  ask_for_records();
  ask_for_personal_data();
  ask_for_files_and_log();
  ask_for_plans();
  ask_for_sessions();
  ask_for_accounts();
  ask_for_links();
  ask_for_inspections();
  ask_for_matters();
  ask_for_case_files();
  ask_for_the_public();
  ask_for_rounds();
  ask_for_passes();
  ask_for_timetables();
  ask_for_tracks();
  ask_for_devices();
  ask_for_orders();
  ask_for_residents();
  ask_for_service();
  ask_for_anything();
  ask_without_the_key();
  ask_when_stopping();
  expect_all_seen();
}

}  // namespace huan::http
