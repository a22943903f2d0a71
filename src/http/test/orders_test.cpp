// SPDX-License-Identifier: Apache-2.0
// Booking through the real server: who may see and move what, a slot that many want at once, the
// way from the booking to the receive event, and codes that prove a phone.
#include <atomic>
#include <thread>

#include "api_fixture.hpp"
#include "huan/app/orders.hpp"
#include "huan/app/scope.hpp"

namespace huan::http {
namespace {

class OrdersTest : public ApiTest {
 protected:
  OrdersTest() {
    booking::Service service;
    service.notice_min = 0;
    service.horizon_days = 3;
    service.windows = {{0x7F, 0, 1440, 5}};
    EXPECT_TRUE(app::offer_service(*recorder_, "x-nyc", "CD-101", service, {"tester"}));
    const auto slots = get_json("/api/v1/slots?place=CD-101").at("items");
    day_ = slots.back().at("day").get<std::string>();
    free_ = slots.back().at("free").get<int>();
  }

  /// Who has a session says no phone.
  [[nodiscard]] Json wish(const std::string& phone) const {
    auto body = wish();
    body["phone"] = phone;
    return body;
  }
  [[nodiscard]] Json wish() const {
    return {{"address", "7 Elm St, door 3"},
            {"called", "Ms Lee"},
            {"place", "CD-101"},
            {"slot", {{"day", day_}, {"from", "00:00"}}},
            {"lines", {{{"material", "paper.mixed"}, {"estimate_g", 5'000}}}}};
  }
  Reply move(const std::string& key, const std::string& state, const Json& body,
             const Fields& fields) {
    return connect()
        .request("POST", "/api/v1/orders/" + key + "/moves/" + state, body.dump(), fields)
        .value_or(Reply{});
  }
  /// The headers of a resident who proved their phone.
  Fields resident(const std::string& phone) {
    const auto asked =
        connect().post("/api/v1/residents/code", Json{{"phone", phone}}.dump()).value_or(Reply{});
    EXPECT_EQ(asked.status, 202) << asked.body;
    const Json proof{{"phone", phone}, {"code", sent_.at("code")}};
    const auto begun = connect().post("/api/v1/residents/session", proof.dump()).value_or(Reply{});
    EXPECT_EQ(begun.status, 200) << begun.body;
    const auto cookie = begun.header("set-cookie");
    return {{"Cookie", cookie.substr(0, cookie.find(';'))},
            {"X-CSRF-Token", Json::parse(begun.body).at("csrf").get<std::string>()},
            {"Content-Type", "application/json"}};
  }
  std::string day_;
  int free_{0};
};

TEST_F(OrdersTest, ASlotIsNeverOverbookedByManyAtOnce) {
  std::atomic<int> booked{0};
  std::atomic<int> full{0};
  std::vector<std::thread> callers;
  callers.reserve(16);
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&, i] {
      const auto body = wish("1380000" + std::to_string(1000 + i)).dump();
      const auto reply = send("POST", "/api/v1/orders", body);
      booked += reply.status == 201 ? 1 : 0;
      full += reply.status == 409 ? 1 : 0;
    });
  }
  for (auto& caller : callers) {
    caller.join();
  }
  EXPECT_EQ(booked, free_);
  EXPECT_EQ(full, 16 - free_);
  EXPECT_EQ(get_json("/api/v1/slots?place=CD-101").at("items").back().at("free"), 0);
  EXPECT_EQ(get_json("/api/v1/orders?day=" + day_).at("items").size(),
            static_cast<std::size_t>(free_));
}

TEST_F(OrdersTest, AResidentSeesAndMovesTheirOwnAndNothingElse) {
  const auto mine = resident("13800001234");
  const auto other = resident("13900005678");
  const auto reply = connect().request("POST", "/api/v1/orders", wish().dump(), mine);
  ASSERT_EQ(reply->status, 201) << reply->body;
  const auto kept = Json::parse(reply->body);
  const auto key = kept.at("key").get<std::string>();
  EXPECT_EQ(kept.at("door_code").get<std::string>().size(), 6U);
  for (const std::string& target :
       std::vector<std::string>{"/api/v1/orders/" + key, "/api/v1/orders/" + key + "/contact"}) {
    EXPECT_EQ(connect().get(target, mine)->status, 200) << target;
    EXPECT_EQ(connect().get(target, other)->status, 404) << target;
  }
  EXPECT_EQ(move(key, "cancelled", Json::object(), other).status, 404);
  EXPECT_EQ(Json::parse(connect().get("/api/v1/orders", other)->body).at("items").size(), 0U);
  EXPECT_EQ(Json::parse(connect().get("/api/v1/orders", mine)->body).at("items").size(), 1U);
  for (const char* target : {"/api/v1/events", "/api/v1/parties", "/api/v1/stock"}) {
    EXPECT_EQ(connect().get(target, mine)->status, 403) << target;
  }
  auto bare = mine;
  bare.erase(bare.begin() + 1);
  EXPECT_EQ(move(key, "cancelled", Json::object(), bare).status, 403) << "a cookie alone";
  EXPECT_EQ(move(key, "cancelled", Json::object(), mine).status, 200);
}

TEST_F(OrdersTest, FromTheBookingToTheLedgerByTheTableAlone) {
  const auto mine = resident("13800001234");
  const auto reply = connect().request("POST", "/api/v1/orders", wish().dump(), mine);
  const auto kept = Json::parse(reply->body);
  const auto key = kept.at("key").get<std::string>();
  const Json door{{"weighed", {{"lines", {{{"material", "paper.mixed"}, {"mass_g", 5'500}}}}}}};
  const auto desk = with_token({{"Content-Type", "application/json"}});
  EXPECT_EQ(move(key, "weighed", door, desk).status, 400) << "nobody is on the way yet";
  EXPECT_EQ(move(key, "on_way", Json::object(), desk).status, 200);
  EXPECT_EQ(move(key, "cancelled", Json::object(), mine).status, 409) << "too late";
  EXPECT_EQ(move(key, "weighed", door, mine).status, 403) << "the customer does not weigh";
  EXPECT_EQ(move(key, "weighed", door, desk).status, 200);
  EXPECT_EQ(move(key, "disputed", Json::object(), mine).status, 200);
  EXPECT_EQ(move(key, "weighed", door, desk).status, 200) << "weighed again before their eyes";
  const auto done = move(key, "done", Json::object(), mine);
  ASSERT_EQ(done.status, 200) << done.body;
  const auto event = Json::parse(done.body).at("order").at("event").get<std::string>();
  const auto record = get("/api/v1/events/" + event);
  EXPECT_EQ(record.status, 200);
  EXPECT_NE(record.body.find("5500"), std::string::npos) << record.body;
  EXPECT_NE(record.body.find(key), std::string::npos);
  EXPECT_EQ(record.body.find("Elm"), std::string::npos) << "no address in an event";
  EXPECT_EQ(move(key, "done", Json::object(), mine).status, 400) << "once";
  EXPECT_EQ(connect().get("/api/v1/orders/" + key + "/contact", desk)->status, 404) << "ended";
}

TEST_F(OrdersTest, SentAgainItIsTheSameOrder) {
  auto body = wish("13800001234");
  body["id"] = ids_.next().text();
  const auto first = send("POST", "/api/v1/orders", body.dump());
  const auto again = send("POST", "/api/v1/orders", body.dump());
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(Json::parse(first.body).at("key"), Json::parse(again.body).at("key"));
  EXPECT_EQ(get_json("/api/v1/slots?place=CD-101").at("items").back().at("free"), free_ - 1);
}

TEST_F(OrdersTest, TheDeskFindsWhoCallsAndNobodyElse) {
  ASSERT_EQ(send("POST", "/api/v1/orders", wish("138 0000 1234").dump()).status, 201);
  const auto known = send("POST", "/api/v1/callers", R"({"phone":"+86 13800001234"})");
  ASSERT_EQ(known.status, 200) << known.body;
  EXPECT_EQ(Json::parse(known.body).at("items").size(), 1U);
  EXPECT_NE(known.body.find("***"), std::string::npos);
  EXPECT_EQ(known.body.find("Elm St, door 3"), std::string::npos) << "masked";
  const auto unknown = send("POST", "/api/v1/callers", R"({"phone":"13999999999"})");
  EXPECT_EQ(Json::parse(unknown.body).at("items").size(), 0U);
}

TEST_F(OrdersTest, CodesAreNotGuessedNorTellWhoIsKnown) {
  const auto ask = [&](const std::string& phone) {
    return connect().post("/api/v1/residents/code", Json{{"phone", phone}}.dump())->body;
  };
  const auto fresh = ask("13800001234");
  static_cast<void>(resident("13900005678"));
  EXPECT_EQ(fresh, ask("13700001111"));
  for (int i = 0; i < 7; ++i) {
    const auto wrong =
        connect().post("/api/v1/residents/session", R"({"phone":"13800001234","code":"x"})");
    EXPECT_EQ(wrong->status, 401);
  }
  EXPECT_EQ(connect().post("/api/v1/residents/code", R"({"phone":"13800001234"})")->status, 429);
}

TEST_F(OrdersTest, NobodyWritesAnOrderPastTheTable) {
  const auto put = send("PUT", "/api/v1/orders/r1-1001", R"({"data":{"state":"done"}})");
  EXPECT_EQ(put.status, 405) << put.body;
  const app::RegistryPut past{"order", "r1-1001", R"({"state":"done"})", "", "", -1};
  EXPECT_FALSE(app::may_register(*store_->snapshot(), "x-nyc", past, {}).has_value());
}

TEST_F(OrdersTest, ThePublicSeesPlacesPricesAndTheCatalogue) {
  auto station = get_json("/api/v1/places/CD-101").at("data");
  station["kind"] = "station";
  station["name"] = "Elm Street";
  station["location"] = {{"lat_e7", 407'000'000}, {"lng_e7", -740'000'000}, {"datum", "wgs84"}};
  const Json version{{"data", station}, {"time", "2026-01-01T00:00:00-05:00"}};
  const auto put = send("PUT", "/api/v1/places/ST-1", version.dump());
  ASSERT_EQ(put.status, 201) << put.body;
  const auto reply = connect().get("/api/v1/directory?q=elm%20stret&near=40.7,-74.01");
  const auto found = Json::parse(reply->body).at("items");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at("key"), "ST-1");
  EXPECT_NEAR(found[0].at("metres").get<double>(), 843, 2);
  EXPECT_NE(connect().get("/api/v1/directory?near=91,0")->status, 200);
  EXPECT_EQ(connect().get("/api/v1/directory?zzz=1")->status, 400);
  const auto csv = connect().get("/api/v1/directory?format=csv");
  EXPECT_NE(csv->body.find("ST-1"), std::string::npos);
  EXPECT_EQ(csv->body.find("CD-101"), std::string::npos) << "an area is no place to go to";
  const auto history = Json::parse(connect().get("/api/v1/directory/ST-1")->body);
  EXPECT_GE(history.at("items").size(), 1U);
  EXPECT_NE(connect().get("/api/v1/catalogue")->body.find("paper.mixed"), std::string::npos);
  EXPECT_EQ(connect().get("/api/v1/published-prices")->status, 200);
}

}  // namespace
}  // namespace huan::http
