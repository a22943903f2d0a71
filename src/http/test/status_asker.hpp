// SPDX-License-Identifier: Apache-2.0
// Asks the running server and holds what it answers against the API description.
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "api_fixture.hpp"
#include "description.hpp"
#include "huan/app/orders.hpp"

namespace huan::http {

struct Probe {
  std::string door;    ///< as described: "GET /api/v1/lots/{lot}"
  std::string target;  ///< as sent
  int status{200};
  std::string body{};
  Fields fields{};
  bool token{true};
  std::string code{};  ///< of the problem; empty: any
  std::string at{};    ///< where it says it is; empty: anywhere
};

inline std::string method_of(const std::string& door) { return door.substr(0, door.find(' ')); }

class StatusAsker : public ApiTest {
 protected:
  StatusAsker() : told_(std::string(openapi_yaml())), doors_(told_.doors()) {
    auto bag = receive("L-1", 5000);
    bag["ticket"] = "7-0001";
    bag["outputs"][0]["pieces"] = 1;
    bag["outputs"][0]["items"] = {{{"code", "I-1"}, {"kind", "bag"}}};
    EXPECT_EQ(post({bag, receive("L-2", 3000), receive("L-3", 20)}).status, 200);
    event_ = bag.at("id").get<std::string>();
    EXPECT_EQ(post(ship("S-1", "L-2", 2000)).status, 200);
    const std::string photo("\x89PNG\r\n\x1a\n a paper", 16);
    const auto kept = send("POST", "/api/v1/files", photo, {{"Content-Type", "image/png"}});
    EXPECT_EQ(kept.status, 201) << kept.body;
    file_ = Json::parse(kept.body).at("sha256").get<std::string>();
    place_ = Json::parse(get("/api/v1/places/CD-101").body).at("data");
    keep_pack_rules("packs/x-nyc");
    const auto draft = send("POST", "/api/v1/declarations",
                            R"({"form":"ten_kinds","term":"2026","reporter":"B1"})");
    EXPECT_EQ(draft.status, 201) << draft.body;
    declaration_ = Json::parse(draft.body).at("key").get<std::string>();
    const auto open = send("POST", "/api/v1/open-data", R"({"period":"2024"})");
    EXPECT_EQ(open.status, 201) << open.body;
    booking::Service service;
    service.windows = {{0x7F, 0, 720, 4}, {0x7F, 540, 720, 0}};
    EXPECT_TRUE(app::offer_service(*recorder_, "x-nyc", "CD-101", service, {"tester"}));
    auto wish = order_wish("13800000001", 0);
    wish["lines"][0]["photo"] = file_;
    const auto booked = send("POST", "/api/v1/orders", wish.dump());
    EXPECT_EQ(booked.status, 201) << booked.body;
    order_ = Json::parse(booked.body).at("key").get<std::string>();
    job_ = Json::parse(send("POST", "/api/v1/site?format=pmed", "2 1 1\n1 2 5\n").body).at("id");
    while (Json::parse(get("/api/v1/jobs/" + job_).body).at("state") != "done") {
    }
    watched_ = set_up_watch();
    invoice_ = set_up_invoice();
    subsidy_ = set_up_subsidy();
    set_up_rounds();
    set_up_inspection();
    complaint_ = set_up_complaint();
  }

  /// A watch that has found a shipment with neither vehicle nor seal.
  std::string set_up_watch() {
    const auto job = send("POST", "/api/v1/anomalies?from=2026-03-01&to=2026-03-31", "");
    EXPECT_EQ(job.status, 202) << job.body;
    const auto id = Json::parse(job.body).at("id").get<std::string>();
    while (get_json("/api/v1/jobs/" + id).at("state") != "done") {
    }
    return id;
  }
  /// A collection in the window that begins at that hour, a day from now.
  Json order_wish(const std::string& phone, int hour) {
    const auto slots = get_json("/api/v1/slots?place=CD-101").at("items");
    return {{"phone", phone},
            {"address", "7 Elm St"},
            {"place", "CD-101"},
            {"slot", {{"day", slots.back().at("day")}, {"from", hour == 0 ? "00:00" : "09:00"}}},
            {"lines", {{{"material", "paper.mixed"}, {"estimate_g", 5'000}}}}};
  }

  /// A vehicle and a centre, and the day of the order planned with them: a round without a driver.
  void set_up_rounds();
  /// A draw, D-1, of one station, and the inspection that it opened, D-1:1.
  void set_up_inspection();
  void put_for_inspections(const std::string& kind, const std::string& key, const Json& data);
  /// A complaint from the public, and a case, C-0: the tracking number.
  std::string set_up_complaint();
  /// Commits to a draw and waits until its seed can be known.
  void commit_draw(const std::string& key);
  /// A buyer, a seller and an issued invoice between them: its key.
  std::string set_up_invoice();
  /// A statement of B-1: its key.
  std::string set_up_subsidy();
  void sell_glass(const std::string& lot);
  std::string buy_for_invoices();  ///< the id of a receive event
  void put_for_invoices(const std::string& kind, const std::string& key, const Json& data);

  /// Something that is there, behind each door.
  std::string good_target(const std::string& door) const {
    static const std::map<std::string, std::string> filled{
        {"{lot}", "L-1"},           {"{code}", "I-1"},     {"{shipment}", "S-1"},
        {"{city}", "x-nyc"},        {"{kind}", "places"},  {"{key}", "CD-101"},
        {"{account}", "nobody"},    {"{token}", "none"},   {"{move}", "confirm"},
        {"{state}", "cancelled"},   {"{text}", "papers"},  {"{period}", "2024"},
        {"{report}", "indicators"}, {"{table}", "places"}, {"{place}", "M-1"},
    };
    auto target = door.substr(door.find(' ') + 1);
    const std::pair<std::string, std::string> own[] = {
        {"parties/{key}", "parties/dsny"},
        {"declarations/{key}", "declarations/" + declaration_},
        {"orders/{key}", "orders/" + order_},
        {"draws/{key}", "draws/D-1"},
        {"complaints/{tracking}", "complaints/" + complaint_},
        {"case-files/{key}", "case-files/C-0"},
        {"vehicle-passes/{key}", "vehicle-passes/VP-1"},
        {"inspections/{key}", "inspections/D-1:1"},
        {"rounds/{day}/{vehicle}", "rounds/" + round_day_ + "/V-round"},
        {"tracks/{day}/{vehicle}", "tracks/2026-01-05/V-round"},
        {"device-commands/{id}", "device-commands/" + command_},
        {"anomalies/{id}", "anomalies/" + watched_},
        {"devices/{device}", "devices/B-round"},
        {"invoices/{key}", "invoices/" + invoice_},
        {"subsidies/{key}", "subsidies/" + subsidy_},
        {"registrations/{event}", "registrations/0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d0001"},
        {"jobs/{id}", "jobs/" + job_},
    };
    for (const auto& [name, value] : own) {
      if (const auto one = target.find(name); one != std::string::npos) {
        target.replace(one, name.size(), value);
      }
    }
    if (const auto one = target.find("indicators/{id}"); one != std::string::npos) {
      target.replace(
          one, 15, target.ends_with("counted") ? "indicators/x-nyc.there" : "indicators/x-nyc.in");
    }
    if (target == "/api/v1/handovers") {
      return target + "?place=SC-round&day=" + round_day_;
    }
    if (target.ends_with("/subsidies/due")) {
      return target + "?tier=county&party=B-1&year=2026";
    }
    if (target == "/api/v1/points" || target == "/api/v1/residents/notices") {
      return target + "?party=R-1";
    }
    for (const auto& [name, value] : filled) {
      if (const auto at = target.find(name); at != std::string::npos) {
        target.replace(at, name.size(), value);
      }
    }
    for (const auto& [name, value] : {std::pair{"{id}", event_}, std::pair{"{sha256}", file_}}) {
      if (const auto at = target.find(name); at != std::string::npos) {
        target.replace(at, std::string(name).size(), value);
      }
    }
    if (target.ends_with("/registration-rule")) {
      return target + "?material=metal.copper&seller=B-1";
    }
    if (target.ends_with("/invoices/limit")) {
      return target + "?seller=P-1";
    }
    if (target.ends_with("/invoices/filing") || target.ends_with("/filing/named")) {
      const std::string whose = target.ends_with("/named") ? "purpose=a&" : "";
      return target + "?" + whose + "party=B-1&form=agent_return&month=2026-11";
    }
    const bool needs_number = target == "/api/v1/tickets";
    const bool needs_seq = target.ends_with("/inclusion");
    const bool needs_purpose = target.ends_with("/personal/copy") || target.ends_with("/named");
    const bool needs_place = target == "/api/v1/slots";
    const bool needs_form = door == "GET /api/v1/declarations/sums";
    return target + (needs_place     ? "?place=CD-101"
                     : needs_form    ? "?form=ten_kinds"
                     : needs_number  ? "?number=1"
                     : needs_seq     ? "?seq=1"
                     : needs_purpose ? "?purpose=own"
                                     : "");
  }

  Reply send_it(const Probe& probe) {
    auto fields = probe.token ? with_token(probe.fields) : probe.fields;
    RawClient client(server_->port(), std::chrono::seconds(20));
    return client.request(method_of(probe.door), probe.target, probe.body, fields)
        .value_or(Reply{});
  }

  void check_problem(const Probe& probe, const Reply& reply) {
    const auto problem = Json::parse(reply.body, nullptr, false);
    ASSERT_TRUE(problem.is_object());
    EXPECT_EQ(problem.value("status", 0), reply.status);
    EXPECT_NE(reply.header("content-language"), "");
    if (!probe.code.empty()) {
      EXPECT_EQ(problem.value("code", ""), probe.code) << reply.body;
    }
    if (!probe.at.empty()) {
      EXPECT_EQ(problem.value("at", ""), probe.at) << reply.body;
    }
  }

  void check_headers(const Reply& reply, const Json& response) {
    const auto headers = response.value("headers", Json::object());
    for (const auto& [name, header] : headers.items()) {
      std::string lower = name;
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](char c) { return static_cast<char>(std::tolower(c)); });
      const bool is_last_page = name == "Link";  // no next page, no link: reading_test.cpp has both
      EXPECT_TRUE(is_last_page || !reply.header(lower).empty()) << name;
    }
  }

  void check_body(const Reply& reply, const Json& response) {
    if (!response.contains("content")) {
      EXPECT_EQ(reply.body, "");
      return;
    }
    const Json& content = response.at("content");
    auto type = reply.header("content-type");
    type = type.substr(0, type.find(';'));
    const auto name = content.contains(type) ? type : std::string("*/*");
    ASSERT_TRUE(content.contains(name)) << "answered " << type;
    if (type.ends_with("json") && name != "*/*") {
      const auto body = Json::parse(reply.body, nullptr, false);
      const auto faults = told_.faults(body, content.at(name).at("schema"));
      EXPECT_EQ(faults, std::vector<std::string>{}) << reply.body.substr(0, 2000);
    }
  }

  /// Asks, holds the answer against the description, and notes that the status was seen.
  void ask(const Probe& probe) {
    SCOPED_TRACE(probe.door + " -> " + std::to_string(probe.status) + ": " + probe.target);
    check(probe, send_it(probe));
  }
  void check(const Probe& probe, const Reply& reply) {
    ASSERT_EQ(reply.status, probe.status) << reply.body.substr(0, 2000);
    const auto status = std::to_string(reply.status);
    const auto own = told_.responses(doors_.at(probe.door));
    const auto any = told_.any_door();
    const auto found = own.find(status);
    const auto general = any.find(status);
    ASSERT_TRUE(found != own.end() || general != any.end()) << "is not described";
    const Json& response = found != own.end() ? found->second : general->second;
    check_headers(reply, response);
    check_body(reply, response);
    if (reply.status >= 400) {
      check_problem(probe, reply);
    }
    seen_.insert((found != own.end() ? probe.door : "any") + " " + status);
  }

  /// Its body has no end: the head is looked at.
  void expect_stream(const std::string& door, const std::string& target) {
    auto follower = connect();
    follower.send("GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
                  "\r\n\r\n");
    const auto head = follower.read_until("\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 ")) << head;
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos) << head;
    seen_.insert(door + " 200");
  }

  Description told_;
  std::map<std::string, Json> doors_;
  std::set<std::string> seen_;
  std::string event_;
  std::string file_;
  std::string job_;
  std::string watched_;
  std::string round_day_;
  std::string command_{};
  std::string round_order_;
  std::string order_;
  std::string declaration_;
  std::string invoice_;
  std::string subsidy_;
  std::string complaint_;
  Json place_;
};

}  // namespace huan::http
