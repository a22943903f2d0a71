// SPDX-License-Identifier: Apache-2.0
// Notices: what is sent to whom, when, once; and what residents read and choose.
#include "huan/app/notices.hpp"

#include "huan/app/points.hpp"
#include "huan/app/staff_notices.hpp"
#include "notices_fixture.hpp"

namespace huan::http {
namespace {

TEST_F(NoticeTest, TellAnOrdersWholeWayOnceAndNotAgainAfterARestart) {
  auto first = notifier();
  EXPECT_EQ(first.run("x-nyc"), 0U) << "what was before is not told";
  const auto kept = book();
  EXPECT_EQ(first.run("x-nyc"), 1U);
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(last(), "order_booked");
  EXPECT_EQ(lines_[0]["phone"], kPhone);
  EXPECT_EQ(lines_[0]["channel"], "sms");
  EXPECT_NE(lines_[0]["zh"].get<std::string>().find(kept.key), std::string::npos);
  bring(kept.key, booking::State::booked, slot(780));
  auto second = notifier();
  EXPECT_EQ(second.run("x-nyc"), 1U);
  EXPECT_EQ(last(), "order_moved");
  EXPECT_NE(lines_.back()["zh"].get<std::string>().find("13:00–15:00"), std::string::npos);
  bring(kept.key, booking::State::planned);
  EXPECT_EQ(second.run("x-nyc"), 0U);
  bring(kept.key, booking::State::booked, slot(780));
  EXPECT_EQ(second.run("x-nyc"), 0U) << "at the same time as before";
  bring(kept.key, booking::State::on_way);
  booking::Weighed weighed;
  weighed.lines.push_back({"paper.mixed", base::Mass{5'100}, {}, {}});
  bring(kept.key, booking::State::weighed, {}, weighed);
  EXPECT_EQ(second.run("x-nyc"), 2U);
  EXPECT_EQ(last(), "order_weighed");
  bring(kept.key, booking::State::done);
  EXPECT_EQ(second.run("x-nyc"), 1U);
  EXPECT_EQ(last(), "order_done");
  EXPECT_EQ(second.run("x-nyc"), 0U);
  std::set<std::string> ids;
  for (const Json& line : lines_) {
    ids.insert(line.at("id"));
  }
  EXPECT_EQ(ids.size(), lines_.size());
  const Json shown = get_json("/api/v1/residents/notices?party=" + kept.order.customer);
  ASSERT_EQ(shown["items"].size(), 5U);
  EXPECT_EQ(shown["items"][0]["kind"], "order_done");
  EXPECT_EQ(shown["items"][4]["kind"], "order_booked");
}

TEST_F(NoticeTest, WaitForTheEndOfQuietHoursAcrossARestartAndKeepOutWhatIsUnwanted) {
  auto first = notifier();
  (void)first.run("x-nyc");
  const auto kept = book();
  hand_.set("2026-03-02T23:30:00-05:00");
  EXPECT_EQ(first.run("x-nyc"), 0U);
  auto second = notifier();
  hand_.set("2026-03-03T06:59:00-05:00");
  EXPECT_EQ(second.run("x-nyc"), 0U);
  hand_.set("2026-03-03T07:00:00-05:00");
  EXPECT_EQ(second.run("x-nyc"), 1U);
  EXPECT_EQ(second.run("x-nyc"), 0U);
  const std::string door = "/api/v1/residents/notices?party=" + kept.order.customer;
  const Json choice{{"channel", "wechat"},
                    {"off", {"order_on_way"}},
                    {"quiet_from", "00:00"},
                    {"quiet_to", "00:00"}};
  const auto chosen = send("PUT", door, choice.dump());
  ASSERT_EQ(chosen.status, 200) << chosen.body;
  EXPECT_EQ(get_json(door)["choice"], choice);
  bring(kept.key, booking::State::on_way);
  EXPECT_EQ(second.run("x-nyc"), 0U);
  bring(kept.key, booking::State::nobody_home);
  hand_.set("2026-03-03T23:30:00-05:00");
  EXPECT_EQ(second.run("x-nyc"), 1U) << "never quiet";
  EXPECT_EQ(last(), "order_missed");
  EXPECT_EQ(lines_.back()["channel"], "wechat");
  auto none = choice;
  none["channel"] = "none";
  ASSERT_EQ(send("PUT", door, none.dump()).status, 200);
  bring(kept.key, booking::State::cancelled);
  EXPECT_EQ(second.run("x-nyc"), 0U);
  EXPECT_EQ(get_json(door)["items"][0]["kind"], "order_cancelled") << "their page has it";
}

TEST_F(NoticeTest, StayUntilAGatewayTakesThem) {
  auto first = notifier();
  (void)first.run("x-nyc");
  const auto kept = book();
  bring(kept.key, booking::State::on_way);
  answer_ = app::Sent::later;
  EXPECT_EQ(first.run("x-nyc"), 0U);
  auto second = notifier();
  EXPECT_EQ(second.run("x-nyc"), 0U);
  answer_ = app::Sent::yes;
  EXPECT_EQ(second.run("x-nyc"), 2U);
  EXPECT_EQ(lines_.front()["notice"], "order_booked") << "in their order";
  bring(kept.key, booking::State::missed);
  answer_ = app::Sent::never;
  EXPECT_EQ(second.run("x-nyc"), 0U);
  answer_ = app::Sent::yes;
  EXPECT_EQ(second.run("x-nyc"), 0U) << "refused for good";
}

TEST_F(NoticeTest, ForgetWhatSomebodyChoseWhenTheirDataIsErased) {
  const std::string customer = book().order.customer;
  app::NoticeChoice choice;
  choice.channel = app::NoticeChannel::push;
  app::keep_notice_choice(*recorder_, "x-nyc", customer, choice);
  ASSERT_TRUE(app::keep_push({*recorder_, *personal_}, {"x-nyc", customer}, browser()));
  ASSERT_TRUE(personal_->erase({"tester", "asked for"}, {"x-nyc", customer}));
  EXPECT_EQ(browsers_of(customer), 0U);
  EXPECT_EQ(app::notice_choice(*store_->snapshot(), "x-nyc", customer).channel,
            app::NoticeChannel::sms);
}

TEST_F(NoticeTest, TellAnInstitutionOfAContractsVisitThatWasMissed) {
  const Json contract{
      {"data",
       {{"party", "dsny"},
        {"place", "CD-101"},
        {"materials", {"paper.mixed"}},
        {"visits", {{{"days", {1, 2, 3, 4, 5, 6, 7}}, {"from", "09:00"}, {"to", "11:00"}}}}}},
      {"time", "2026-01-01T00:00:00-05:00"}};
  const auto put = send("PUT", "/api/v1/contracts/K-1", contract.dump());
  ASSERT_EQ(put.status, 201) << put.body;
  auto first = notifier();
  (void)first.run("x-nyc");
  const auto city = *store_->snapshot()->city("x-nyc");
  const base::Day day = base::day_of(hand_.now(), city.offset_s);
  const app::OrderParts parts{*recorder_, *personal_, hand_};
  EXPECT_EQ(app::standing_visits(parts, city, day, {"tester"}).visits.size(), 1U);
  EXPECT_EQ(first.run("x-nyc"), 0U) << "that it is due says the contract";
  hand_.at.s += 86'400;
  (void)app::standing_visits(parts, city, day, {"tester"});
  EXPECT_EQ(first.run("x-nyc"), 1U);
  EXPECT_EQ(last(), "visit_missed");
  EXPECT_EQ(lines_.back()["party"], "dsny");
  EXPECT_EQ(lines_.back()["channel"], "party");
  const auto again = app::standing_visits(parts, city, day, {"tester"});
  ASSERT_EQ(again.visits.size(), 1U) << "it stays to be seen";
  EXPECT_EQ(again.visits[0].order.state, booking::State::missed);
  EXPECT_TRUE(again.refused.empty());
  EXPECT_EQ(first.run("x-nyc"), 0U) << "missed once";
  const auto shown = [&](const std::string& firm) {
    const auto reading = store_->snapshot();
    return app::missed_visit_notices(
        {*reading, city, hand_.now()},
        [&](const booking::Order& order) { return order.customer == firm; });
  };
  ASSERT_EQ(shown("dsny").size(), 1U);
  EXPECT_EQ(shown("dsny")[0].kind, app::NoticeKind::visit_missed);
  EXPECT_TRUE(shown("others").empty());
  hand_.at.s += 4 * 86'400;
  EXPECT_TRUE(shown("dsny").empty()) << "long ago";
}

TEST_F(NoticeTest, TellAnEnterpriseOfAStationAtItsLimitOnceADay) {
  const Json place{
      {"data",
       {{"kind", "station"},
        {"name", "full"},
        {"district", "B1"},
        {"status", "active"},
        {"operator", "dsny"},
        {"storage_limit_g", 1'000},
        {"location", {{"lat_e7", 407'128'000}, {"lng_e7", -740'060'000}, {"datum", "wgs84"}}}}},
      {"time", "2026-01-01T00:00:00-05:00"}};
  const auto put = send("PUT", "/api/v1/places/FULL-1", place.dump());
  ASSERT_EQ(put.status, 201) << put.body;
  auto brought = receive("L-full", 5'000);
  brought["place"] = "FULL-1";
  brought["time"] = "2026-03-01T10:00:00-05:00";
  const auto kept = post(brought);
  ASSERT_EQ(kept.status, 200) << kept.body;
  auto first = notifier();
  EXPECT_EQ(first.run("x-nyc"), 1U);
  ASSERT_FALSE(lines_.empty());
  EXPECT_EQ(last(), "storage_exceeded");
  EXPECT_EQ(lines_.back()["party"], "dsny");
  EXPECT_EQ(lines_.back()["data"]["key"], "FULL-1");
  hand_.at.s += 3'600;
  EXPECT_EQ(notifier().run("x-nyc"), 0U) << "after a restart, too";
  hand_.at.s += 86'400;
  EXPECT_EQ(first.run("x-nyc"), 1U) << "the next day it is still full";
  EXPECT_TRUE(staff_of("CD-101").empty()) << "another place";
  const Json full = staff_of("FULL-1");
  ASSERT_EQ(full.size(), 1U) << full.dump();
  EXPECT_EQ(full[0]["kind"], "storage_exceeded");
  EXPECT_EQ(full[0]["key"], "FULL-1");
  EXPECT_FALSE(full[0]["read"].get<bool>());
  const Json read{{"read", {full[0]["id"]}}};
  ASSERT_EQ(send("PUT", "/api/v1/notices", read.dump()).status, 200);
  EXPECT_TRUE(get_json("/api/v1/notices")["items"][0]["read"].get<bool>());
}

TEST_F(NoticeTest, TellStaffOfDevicesThatAreFullFaultyOrOffline) {
  for (const char* device : {"B-1", "B-2"}) {
    const Json bin{
        {"data",
         {{"kind", "device"}, {"place", "CD-101"}, {"code", device}, {"protocol", "mqtt-bin"}}},
        {"time", "2026-01-01T00:00:00-05:00"}};
    const auto put = send("PUT", std::string("/api/v1/assets/") + device, bin.dump());
    ASSERT_EQ(put.status, 201) << put.body;
  }
  const auto now = base::format_time(clock_.now(), 0);
  const Json report{
      {"devices",
       {{{"device", "B-1"},
         {"heard", now},
         {"troubles",
          {{{"what", "full"}, {"door", "1"}, {"since", "2026-01-05T08:00:00Z"}},
           {{"what", "E7"}, {"door", "1"}, {"since", "2026-01-06T08:00:00Z"}}}}},
        {{"device", "B-2"}, {"heard", "2026-01-02T08:00:00Z"}, {"troubles", Json::array()}}}}};
  const auto kept = send("POST", "/api/v1/device-reports", report.dump());
  ASSERT_EQ(kept.status, 200) << kept.body;
  const Json told = staff_of("CD-101");
  ASSERT_EQ(told.size(), 3U) << told.dump();
  EXPECT_EQ(told[0]["kind"], "device_faulty");
  EXPECT_NE(told[0]["zh"].get<std::string>().find("E7"), std::string::npos);
  EXPECT_EQ(told[1]["kind"], "device_full");
  EXPECT_EQ(told[1]["en"], "B-1 has been full since 2026-01-05 03:00: have it cleared.");
  EXPECT_EQ(told[2]["kind"], "device_dead");
  EXPECT_EQ(told[2]["key"], "B-2");
  const auto reading = store_->snapshot();
  const auto standing = api_->devices_in_trouble(*reading, *reading->city("x-nyc"));
  ASSERT_EQ(standing.size(), 3U);
  EXPECT_EQ(standing[0].id, told[1]["id"].get<std::string>());
  EXPECT_EQ(standing[0].customer, reading->registered("x-nyc", "place", "CD-101")->party);
}

TEST_F(NoticeTest, TellOfPointsThatEndTwoWeeksBefore) {
  rewards::Rule rule;
  rule.cap_per_visit = 100;
  rule.expire_months = 2;
  ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
  const Json person{{"data", {{"kind", "resident"}}}, {"time", "2026-01-01T00:00:00-05:00"}};
  ASSERT_EQ(send("PUT", "/api/v1/parties/R-1", person.dump()).status, 201);
  ASSERT_TRUE(personal_->put({"tester", "a test"}, {"x-nyc", "R-1"},
                             {{{vault::Field::phone, kPhone}}, {}}));
  auto brought = receive("L-points", 1'000);
  brought["from"]["party"] = "R-1";
  brought["points"] = 40;
  brought["time"] = "2026-01-10T10:00:00-05:00";
  ASSERT_EQ(post(brought).status, 200);
  hand_.set("2026-03-17T12:00:00-05:00");
  auto first = notifier();
  (void)first.run("x-nyc");
  EXPECT_EQ(last(), "") << "more than two weeks ahead";
  hand_.set("2026-03-18T03:00:00-05:00");
  EXPECT_EQ(first.run("x-nyc"), 0U) << "at night";
  hand_.set("2026-03-18T12:00:00-05:00");
  EXPECT_EQ(first.run("x-nyc"), 1U);
  EXPECT_EQ(last(), "points_expiring");
  EXPECT_EQ(lines_.back()["data"]["points"], 40);
  EXPECT_EQ(lines_.back()["data"]["when"], "2026-04-01");
  EXPECT_EQ(first.run("x-nyc"), 0U);
  EXPECT_EQ(notifier().run("x-nyc"), 0U);
}

}  // namespace
}  // namespace huan::http
