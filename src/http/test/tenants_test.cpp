// SPDX-License-Identifier: Apache-2.0
// Every door × every role, and the rows of another tenant behind each of them: nothing of theirs
// comes out, nothing of theirs is changed.
#include <set>

#include "api_fixture.hpp"
#include "huan/access/decide.hpp"
#include "rules.hpp"

namespace huan::http {
namespace {

/// All names of the other tenant have this in them, and their masses these digits.
constexpr std::string_view kOther = "ZZOTHER";
constexpr std::string_view kOtherMass = "7654321";

class TenantsTest : public ApiTest {
 protected:
  TenantsTest() {
    const auto place = get_json("/api/v1/places/CD-101").at("data");
    const Json firm{{"kind", "enterprise"}, {"name", "A"}};
    for (const std::string key : {"own-firm", "ZZOTHER-FIRM"}) {
      auto data = firm;
      data["name"] = key;
      data["district"] = key == "own-firm" ? "B1" : "B2";
      put("parties/" + key, data);
      put("assets/V-" + key, {{"kind", "scale"}, {"class", "III"}, {"party", key}});
      auto here = place;
      here["operator"] = key;
      here["district"] = data["district"];
      here["name"] = "at " + key;
      put("places/P-" + key, here);
    }
    put("tasks/ZZOTHER-TASK", {{"a", 1}});
    const auto posted =
        post({at("P-own-firm", "L-OWN", 5000), at("P-ZZOTHER-FIRM", "ZZOTHER-LOT", 7654321)});
    EXPECT_EQ(posted.status, 200) << posted.body;
    auto leaving = ship("ZZOTHER-SHIP", "ZZOTHER-LOT", 10);
    leaving["place"] = "P-ZZOTHER-FIRM";
    leaving["to"]["place"] = "CD-201";
    EXPECT_EQ(post(leaving).status, 200);
  }

  void put(const std::string& target, const Json& data) {
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    const auto reply = send("PUT", "/api/v1/" + target, version.dump());
    EXPECT_EQ(reply.status, 201) << target << reply.body;
  }
  Json at(const std::string& place, const std::string& lot, std::int64_t mass_g) {
    auto event = receive(lot, mass_g);
    event["place"] = place;
    event["ticket"] = (lot == "L-OWN" ? "T-" : "ZZOTHER-") + std::to_string(++tickets_);
    event["outputs"][0]["pieces"] = 1;
    event["outputs"][0]["items"] = {{{"code", "I-" + lot}, {"kind", "bag"}}};
    (lot == "L-OWN" ? own_event_ : other_event_) = event.at("id").get<std::string>();
    return event;
  }
  /// A token of the role at the own tenant.
  std::string token_of(access::Role role, const std::string& scope = "", std::int64_t valid_s = 0) {
    app::TokenRequest request{std::string(access::name(role)), "own", scope, valid_s, {}};
    request.limits = {"x-nyc", "B1", "own-firm", "P-own-firm"};
    return app::issue_token(*recorder_, clock_, request).value();
  }
  Reply ask(const std::string& method, const std::string& target, const std::string& token,
            const std::string& body = "", const std::string& type = "application/json") {
    Fields fields{{"Content-Type", type}};
    if (!token.empty()) {
      fields.emplace_back("Authorization", "Bearer " + token);
    }
    return connect().request(method, target, body, fields).value_or(Reply{});
  }
  /// Something of the own tenant's behind the pattern.
  std::string own_target(std::string target) const {
    const std::pair<std::string, std::string> filled[] = {{"parties/{key}", "parties/own-firm"},
                                                          {"events/{id}", "events/" + own_event_},
                                                          {"{kind}/{key}", "places/P-own-firm"},
                                                          {"{kind}", "places"},
                                                          {"{lot}", "L-OWN"},
                                                          {"{code}", "I-L-OWN"},
                                                          {"{shipment}", "none"},
                                                          {"{city}", "x-nyc"},
                                                          {"{id}", "none"},
                                                          {"{sha256}", "none"},
                                                          {"{path...}", "index.html"},
                                                          {"{link}", "none"},
                                                          {"{account}", "nobody"},
                                                          {"{token}", "none"}};
    for (const auto& [name, value] : filled) {
      if (const auto found = target.find(name); found != std::string::npos) {
        target.replace(found, name.size(), value);
      }
    }
    return target;
  }
  static bool stays_open(const std::string& pattern) { return pattern.ends_with("/stream"); }
  /// What a role may not do at a door, from the table alone.
  static bool refused(access::Role role, const Rule& rule) {
    const auto reach = access::reach(role, *rule.action);
    const bool limited = reach != access::Scope::all && reach != access::Scope::own;
    return reach == access::Scope::none || (limited && rule.rows == Rows::whole);
  }
  std::vector<std::pair<std::string, std::string>> doors() { return api_->router().routes(); }

  std::string own_event_;
  std::string other_event_;
  int tickets_{0};
};

constexpr std::array kLimited{access::Role::regulator_county, access::Role::inspector,
                              access::Role::enterprise_admin, access::Role::station_clerk,
                              access::Role::driver,           access::Role::processor};

TEST_F(TenantsTest, OnlyTheseDoorsAreOpen) {
  std::set<std::string> open;
  for (const auto& [method, pattern] : doors()) {
    if (!rule_of(method, pattern).action) {
      open.insert(method + " " + pattern);
    }
  }
  EXPECT_EQ(open, (std::set<std::string>{"GET /",
                                         "GET /{path...}",
                                         "GET /healthz",
                                         "GET /readyz",
                                         "GET /docs/errors",
                                         "GET /api/openapi.yaml",
                                         "POST /api/v1/login",
                                         "POST /api/v1/logout",
                                         "POST /api/v1/session",
                                         "GET /api/v1/oidc",
                                         "GET /api/v1/oidc/login",
                                         "GET /api/v1/oidc/return",
                                         "GET /api/v1/where/{link}",
                                         "GET /api/v1/published",
                                         "GET /api/v1/published/feed",
                                         "GET /api/v1/published-awards",
                                         "GET /api/v1/open-catalogue",
                                         "GET /api/v1/published-draws/{key}/{text}",
                                         "GET /api/v1/published-files/{sha256}",
                                         "POST /api/v1/complaints",
                                         "GET /api/v1/complaints/{tracking}",
                                         "GET /api/v1/order-states",
                                         "GET /api/v1/rewards",
                                         "GET /api/v1/slots",
                                         "GET /api/v1/directory",
                                         "GET /api/v1/directory/{key}",
                                         "GET /api/v1/published-prices",
                                         "GET /api/v1/catalogue",
                                         "POST /api/v1/residents/code",
                                         "POST /api/v1/residents/session",
                                         "GET /api/v1/open-data",
                                         "GET /api/v1/open-data/{period}"}));
}

TEST_F(TenantsTest, NobodyComesInWithoutASessionOrWithAnOldOne) {
  const auto old = token_of(access::Role::system_operator, "", -5);
  const auto link = token_of(access::Role::system_operator, "login", 60);
  for (const auto& [method, pattern] : doors()) {
    if (!rule_of(method, pattern).action) {
      continue;
    }
    for (const std::string& token : std::vector<std::string>{"", old, link, "huan_none"}) {
      EXPECT_EQ(ask(method, own_target(pattern), token, "{}").status, 401) << method << pattern;
    }
  }
}

TEST_F(TenantsTest, EveryDoorAsksTheTableForEveryRole) {
  for (std::size_t r = 0; r < access::kRoles; ++r) {
    const auto role = static_cast<access::Role>(r);
    const auto token = token_of(role);
    for (const auto& [method, pattern] : doors()) {
      const auto& rule = rule_of(method, pattern);
      const bool ends_it = method == "DELETE" && pattern == "/api/v1/session";
      const bool of_people = pattern.starts_with("/api/v1/session/");
      if (!rule.action || ends_it || of_people) {
        continue;
      }
      if (stays_open(pattern) && !refused(role, rule)) {
        continue;
      }
      const auto reply = ask(method, own_target(pattern), token, "{}");
      EXPECT_NE(reply.status, 401) << access::name(role) << " " << method << pattern;
      EXPECT_EQ(reply.status == 403, refused(role, rule))
          << access::name(role) << " " << method << " " << pattern << "\n"
          << reply.status << reply.body;
    }
  }
}

TEST_F(TenantsTest, ACookieAloneChangesNothingAnywhere) {
  const auto link = token_of(access::Role::system_operator, "login", 60);
  const auto session = connect().post("/api/v1/login", Json{{"token", link}}.dump());
  const auto cookie = "huan_session=" + Json::parse(session->body).at("token").get<std::string>();
  for (const auto& [method, pattern] : doors()) {
    if (rule_of(method, pattern).action && method != "GET") {
      const auto reply = connect().request(method, own_target(pattern), "{}", {{"Cookie", cookie}});
      EXPECT_EQ(reply->status, 403) << method << pattern;
    }
  }
}

TEST_F(TenantsTest, ListsShowNothingOfAnothers) {
  const std::vector<std::string> lists{"events?order=desc",
                                       "events?place=P-ZZOTHER-FIRM",
                                       "lots?stock=false",
                                       "lots?place=P-ZZOTHER-FIRM",
                                       "stock",
                                       "stock?place=P-ZZOTHER-FIRM",
                                       "shipments",
                                       "statistics?by=place",
                                       "statistics?by=operator,district",
                                       "statistics?by=month,material",
                                       "statistics",
                                       "statistics?place=P-ZZOTHER-FIRM",
                                       "statistics?by=material&district=B2",
                                       "places",
                                       "places?district=B2",
                                       "places?party=ZZOTHER-FIRM",
                                       "parties",
                                       "assets",
                                       "assets?party=ZZOTHER-FIRM",
                                       "contracts",
                                       "tasks",
                                       "tickets?number=2",
                                       "cities",
                                       "jobs"};
  for (const auto role : kLimited) {
    const auto token = token_of(role);
    for (const auto& list : lists) {
      for (const std::string format : {"", "csv"}) {
        const auto more = list.find('?') == std::string::npos ? "?" : "&";
        const auto target = "/api/v1/" + list + (format.empty() ? "" : more + ("format=" + format));
        const auto reply = ask("GET", target, token);
        EXPECT_EQ(reply.body.find(kOther), std::string::npos)
            << access::name(role) << target << reply.body.substr(0, 500);
        EXPECT_EQ(reply.body.find(kOtherMass), std::string::npos)
            << access::name(role) << target << reply.body.substr(0, 500);
      }
    }
  }
}

TEST_F(TenantsTest, TheOwnIsThere) {
  for (const auto role : {access::Role::enterprise_admin, access::Role::station_clerk}) {
    const auto token = token_of(role);
    for (const std::string& target : std::vector<std::string>{
             "events", "lots", "stock", "statistics?by=place", "places", "events/" + own_event_,
             "lots/L-OWN", "lots/L-OWN/trace", "items/I-L-OWN", "tickets?number=1",
             "places/P-own-firm", "parties/own-firm", "assets/V-own-firm"}) {
      const auto reply = ask("GET", "/api/v1/" + target, token);
      EXPECT_EQ(reply.status, 200) << target << reply.body;
      EXPECT_TRUE(reply.body.find("own-firm") != std::string::npos ||
                  reply.body.find("L-OWN") != std::string::npos || target.starts_with("tickets"))
          << target << reply.body;
    }
  }
  const auto county = token_of(access::Role::regulator_county);
  EXPECT_NE(ask("GET", "/api/v1/stock", county).body.find("P-own-firm"), std::string::npos);
  const auto city = token_of(access::Role::regulator_city);
  EXPECT_NE(ask("GET", "/api/v1/stock", city).body.find(kOther), std::string::npos);
}

TEST_F(TenantsTest, SingleThingsOfAnothersAreNotThere) {
  for (const auto role : kLimited) {
    const auto token = token_of(role);
    for (const std::string& target : std::vector<std::string>{
             "events/" + other_event_, "lots/ZZOTHER-LOT", "lots/ZZOTHER-LOT/trace",
             "lots/ZZOTHER-LOT/trace?direction=down", "items/I-ZZOTHER-LOT",
             "shipments/ZZOTHER-SHIP", "places/P-ZZOTHER-FIRM",
             "places/P-ZZOTHER-FIRM?versions=all", "places/P-ZZOTHER-FIRM?at=2126-01-01T00:00:00Z",
             "parties/ZZOTHER-FIRM", "assets/V-ZZOTHER-FIRM", "tasks/ZZOTHER-TASK",
             "parties/ZZOTHER-FIRM/personal", "parties/ZZOTHER-FIRM/personal?purpose=payout",
             "parties/ZZOTHER-FIRM/personal/accesses"}) {
      const auto reply = ask("GET", "/api/v1/" + target, token);
      EXPECT_TRUE(reply.status == 404 || reply.status == 403)
          << access::name(role) << " " << target << reply.status << reply.body;
      EXPECT_EQ(reply.body.find(kOtherMass), std::string::npos) << target;
    }
  }
}

TEST_F(TenantsTest, NothingOfAnothersIsChanged) {
  const auto place = get_json("/api/v1/places/P-ZZOTHER-FIRM").at("data");
  const auto mine = get_json("/api/v1/places/P-own-firm").at("data");
  const auto theirs = other_event_;
  auto stolen = mine;
  stolen["operator"] = "ZZOTHER-FIRM";
  stolen["district"] = "B2";
  for (const auto role : kLimited) {
    const auto token = token_of(role);
    const auto name = access::name(role);
    const auto event = at("P-ZZOTHER-FIRM", "ZZOTHER-NEW", 1);
    EXPECT_EQ(ask("POST", "/api/v1/events", token, event.dump()).status, 403) << name;
    const Json both{at("P-own-firm", "L-OWN-2", 1), event};
    EXPECT_EQ(ask("POST", "/api/v1/events?mode=each", token, both.dump()).status, 403) << name;
    const Json undo{
        {"id", ids_.next().text()}, {"type", "correct"},  {"time", "2026-03-03T08:00:00-05:00"},
        {"place", "P-own-firm"},    {"corrects", theirs}, {"replacement", nullptr},
        {"reason", "mine"}};
    EXPECT_EQ(ask("POST", "/api/v1/events", token, undo.dump()).status, 403) << name;
    for (const auto& [target, data] :
         {std::pair{"places/P-ZZOTHER-FIRM", mine}, std::pair{"places/P-own-firm", stolen},
          std::pair{"places/P-NEW", place}, std::pair{"tasks/T-1", Json{{"a", 1}}},
          std::pair{"materials/ZZ", Json{{"zh", "a"}}},
          std::pair{"prices/ZZ",
                    Json{{"material", "paper.mixed"}, {"place", "P-ZZOTHER-FIRM"}, {"fen", 9}}},
          std::pair{"prices/ZZ", Json{{"material", "paper.mixed"}, {"fen", 9}}}}) {
      EXPECT_EQ(
          ask("PUT", std::string("/api/v1/") + target, token, Json{{"data", data}}.dump()).status,
          403)
          << name << target;
    }
    EXPECT_EQ(ask("PUT", "/api/v1/parties/ZZOTHER-FIRM/personal?purpose=a", token,
                  R"({"fields":{"phone":"13812341234"}})")
                      .status /
                  100,
              4)
        << name;
  }
  EXPECT_EQ(get("/api/v1/lots/ZZOTHER-NEW").status, 404);
  EXPECT_EQ(get("/api/v1/lots/L-OWN-2").status, 404);
  EXPECT_EQ(get_json("/api/v1/places/P-ZZOTHER-FIRM").at("version"), 1);
}

TEST_F(TenantsTest, OnesOwnIsRecorded) {
  const auto token = token_of(access::Role::station_clerk);
  const auto reply = ask("POST", "/api/v1/events", token, at("P-own-firm", "L-OWN", 1).dump());
  EXPECT_EQ(reply.status, 422) << "lot_exists, not forbidden: " << reply.body;
  auto event = receive("L-MINE", 3);
  event["place"] = "P-own-firm";
  EXPECT_EQ(ask("POST", "/api/v1/events", token, event.dump()).status, 200);
  auto mine = get_json("/api/v1/places/P-own-firm").at("data");
  mine["name"] = "renamed";
  const auto admin = token_of(access::Role::enterprise_admin);
  Json price{{"material", "paper.mixed"}, {"place", "P-own-firm"}, {"fen", 90}};
  EXPECT_EQ(ask("PUT", "/api/v1/prices/mine", admin, Json{{"data", price}}.dump()).status, 201);
  price["place"] = "P-ZZOTHER-FIRM";
  put("prices/theirs", price);
  price["place"] = "P-own-firm";  // theirs would become mine
  EXPECT_EQ(ask("PUT", "/api/v1/prices/theirs", admin, Json{{"data", price}}.dump()).status, 403);
  const Fields fields{{"Content-Type", "application/json"},
                      {"Authorization", "Bearer " + admin},
                      {"If-Match", "\"1\""}};
  EXPECT_EQ(connect()
                .request("PUT", "/api/v1/places/P-own-firm", Json{{"data", mine}}.dump(), fields)
                ->status,
            200);
}

TEST_F(TenantsTest, ATraceAcrossTenantsKeepsTheOthersNames) {
  auto leaving = ship("SHARED", "ZZOTHER-LOT", 40);
  leaving["place"] = "P-ZZOTHER-FIRM";
  leaving["to"]["place"] = "P-own-firm";
  ASSERT_EQ(post(leaving).status, 200);
  const auto arrived = post(
      Json{{"id", ids_.next().text()},
           {"type", "accept"},
           {"time", "2026-03-03T08:00:00-05:00"},
           {"place", "P-own-firm"},
           {"shipment", "SHARED"},
           {"lines", {{{"material", "paper.mixed"}, {"accepted_g", 40}, {"lot", "L-ARRIVED"}}}},
           {"final", true}});
  ASSERT_EQ(arrived.status, 200) << arrived.body;
  const auto token = token_of(access::Role::enterprise_admin);
  const auto trace = ask("GET", "/api/v1/lots/L-ARRIVED/trace", token);
  ASSERT_EQ(trace.status, 200) << trace.body;
  EXPECT_EQ(trace.body.find(kOther), std::string::npos) << trace.body;
  EXPECT_EQ(trace.body.find(other_event_), std::string::npos);
  EXPECT_NE(trace.body.find("household"), std::string::npos) << "its origin is told all the same";
  const auto whole = get("/api/v1/lots/L-ARRIVED/trace");
  EXPECT_NE(whole.body.find(kOther), std::string::npos) << "else nothing was hidden";
  EXPECT_EQ(ask("GET", "/api/v1/shipments/SHARED", token).status, 200);
}

TEST_F(TenantsTest, LiveEventsAreOnesOwn) {
  const auto token = token_of(access::Role::enterprise_admin);
  auto listener = connect();
  listener.send(
      "GET /api/v1/events/stream?last_event_id=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
      token + "\r\n\r\n");
  auto heard = listener.read_until("P-own-firm");
  EXPECT_EQ(post(at("P-ZZOTHER-FIRM", "ZZOTHER-LIVE", 1)).status, 200);
  auto mine = receive("L-LIVE", 3);
  mine["place"] = "P-own-firm";
  EXPECT_EQ(post(mine).status, 200);
  heard += listener.read_until(mine.at("id").get<std::string>());
  EXPECT_NE(heard.find(mine.at("id").get<std::string>()), std::string::npos) << heard;
  EXPECT_EQ(heard.find(kOther), std::string::npos) << heard;
  EXPECT_EQ(heard.find(other_event_), std::string::npos) << heard;
}

TEST_F(TenantsTest, JobsAreOnesOwn) {
  const auto token = token_of(access::Role::enterprise_admin);
  const auto job = ask("POST", "/api/v1/site?format=pmed", token_, "2 1 1\n1 2 5\n", "text/plain");
  const auto asked =
      job.status == 202 ? job : send("POST", "/api/v1/site?format=pmed", "2 1 1\n1 2 5\n");
  ASSERT_EQ(asked.status, 202) << asked.body;
  const auto id = Json::parse(asked.body).at("id").get<std::string>();
  for (const std::string tail : {"", "/result", "/stream"}) {
    EXPECT_EQ(ask("GET", "/api/v1/jobs/" + id + tail, token).status, 404) << tail;
  }
  EXPECT_EQ(ask("DELETE", "/api/v1/jobs/" + id, token).status, 404);
}

TEST_F(TenantsTest, AnotherCityIsNotThere) {
  app::TokenRequest request{"operator", "far", "", 0, {}};
  request.limits.city = "x-far";
  const auto token = app::issue_token(*recorder_, clock_, request).value();
  for (const std::string& target : std::vector<std::string>{
           "stock?city=x-nyc", "stock", "events/stream?city=x-nyc", "log/x-nyc/checkpoint",
           "log/x-nyc/inclusion?seq=1", "places?city=x-nyc"}) {
    EXPECT_EQ(ask("GET", "/api/v1/" + target, token).status, 404) << target;
  }
  EXPECT_EQ(ask("POST", "/api/v1/events?city=x-nyc", token, receive("L-X", 1).dump()).status, 404);
  EXPECT_EQ(ask("POST", "/api/v1/events", token, receive("L-X", 1).dump()).status, 404);
  EXPECT_EQ(ask("POST", "/api/v1/files?city=x-nyc", token, "a", "text/plain").status, 404);
  EXPECT_EQ(ask("GET", "/api/v1/cities", token).body.find("x-nyc"), std::string::npos);
}

}  // namespace
}  // namespace huan::http
