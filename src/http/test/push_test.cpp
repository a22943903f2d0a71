// SPDX-License-Identifier: Apache-2.0
// Browsers that are told: whose, of what, and which services are spoken to.
#include "huan/app/push.hpp"

#include "huan/app/staff_notices.hpp"
#include "huan/rounds/round.hpp"
#include "notices_fixture.hpp"

namespace huan::http {
namespace {

TEST_F(NoticeTest, TellBrowsersAndKeepNobodyWaitingForThem) {
  auto first = notifier();
  (void)first.run("x-nyc");
  const auto mine = book();
  const std::string customer = mine.order.customer;
  app::NoticeChoice choice;
  choice.channel = app::NoticeChannel::push;
  app::keep_notice_choice(*recorder_, "x-nyc", customer, choice);
  ASSERT_TRUE(app::keep_push({*recorder_, *personal_}, {"x-nyc", customer}, browser()));
  ASSERT_TRUE(app::keep_push({*recorder_, *personal_}, {"x-nyc", customer}, browser()));
  EXPECT_EQ(browsers_of(customer), 1U) << "the same browser again";
  browser_ = app::Sent::later;
  (void)book("13800008888");
  EXPECT_EQ(first.run("x-nyc"), 1U) << "the other one, by phone";
  EXPECT_EQ(lines_.back()["phone"], "13800008888");
  browser_ = app::Sent::yes;
  EXPECT_EQ(notifier().run("x-nyc"), 1U) << "what waited, after a restart";
  EXPECT_EQ(lines_.size(), 1U);
  EXPECT_EQ(pushed_.back()["title"], "Order accepted");
  EXPECT_EQ(pushed_.back()["url"], "/m#/mine");
  browser_ = app::Sent::later;
  bring(mine.key, booking::State::on_way);
  EXPECT_EQ(first.run("x-nyc"), 0U);
  // Noon of the second day from now, where it is never quiet.
  hand_.at.s = (base::day_of(clock_.now(), -18'000).n + 2) * std::int64_t{86'400} + 43'200 + 18'000;
  EXPECT_EQ(first.run("x-nyc"), 0U);
  browser_ = app::Sent::yes;
  const auto before = pushed_.size();
  EXPECT_EQ(first.run("x-nyc"), 0U) << "given up after a day";
  EXPECT_EQ(pushed_.size(), before);
  browser_ = app::Sent::gone;
  bring(mine.key, booking::State::nobody_home);
  (void)first.run("x-nyc");
  EXPECT_EQ(browsers_of(customer), 0U);
}

TEST_F(NoticeTest, TakeBrowsersOfListedServicesAloneFromWhoeverIsTold) {
  app::TokenRequest clerk{"station_clerk", "", "", 60};
  clerk.limits.organisation = "dsny";
  clerk.limits.place = "CD-101";
  token_ = app::issue_token(*recorder_, clock_, clerk).value();
  const std::string door = "/api/v1/push-subscriptions";
  Json sent{{"endpoint", kBrowser},
            {"expirationTime", nullptr},
            {"keys", {{"auth", browser().auth}, {"p256dh", browser().key}}},
            {"lang", "en"}};
  const auto kept = send("POST", door, sent.dump());
  ASSERT_EQ(kept.status, 200) << kept.body;
  const Json shown = get_json(door);
  EXPECT_EQ(shown["items"][0]["service"], "https://fcm.googleapis.com");
  EXPECT_EQ(shown["key"].get<std::string>().size(), 87U);
  EXPECT_EQ(browsers_of("dsny"), 1U);
  for (const char* hostile :
       {"http://fcm.googleapis.com/1", "https://127.0.0.1/1", "https://fcm.googleapis.com:8443/1",
        "https://fcm.googleapis.com@10.0.0.1/1", "https://fcm.googleapis.com.example/1",
        "https://.push.apple.com/1", "https://push.apple.com/1", "https://fcm.googleapis.com",
        "https://x.push.apple.com#.example/1", "file:///etc/passwd", "https:///1", ""}) {
    sent["endpoint"] = hostile;
    EXPECT_EQ(send("POST", door, sent.dump()).status, 400) << hostile;
  }
  sent["endpoint"] = kBrowser;
  sent["keys"]["p256dh"] = browser().auth;
  EXPECT_EQ(send("POST", door, sent.dump()).status, 400) << "no key of a browser";
  EXPECT_EQ(send("POST", door, std::string(5'000, ' ')).status, 413);
  EXPECT_EQ(send("DELETE", door + "/" + std::string(16, '0'), "").status, 404);
  EXPECT_EQ(send("DELETE", door + "/" + Json::parse(kept.body)["id"].get<std::string>(), "").status,
            200);
  EXPECT_EQ(browsers_of("dsny"), 0U);
}

TEST_F(NoticeTest, TellADriversBrowserOfTheOwnRoundAtAnyHour) {
  auto first = notifier();
  (void)first.run("x-nyc");
  const auto lay = [&](std::size_t stops, rounds::RoundState state) {
    rounds::Round round;
    round.day = base::day_of(hand_.now(), -18'000);
    round.vehicle = "V-1";
    round.driver = "li.si";
    round.party = "dsny";
    round.state = state;
    round.stops.resize(stops);
    for (std::size_t n = 0; n < stops; ++n) {
      const std::string place = "S-" + std::to_string(n);
      round.stops[n].id = "s:" + place;
      round.stops[n].kind = rounds::StopKind::station;
      round.stops[n].ref = round.stops[n].place = place;
    }
    const auto kept = recorder_->put(
        "x-nyc", {"route", "2026-03-02:V-1", rounds::to_json(round), "", "", -1}, {"tester"});
    EXPECT_NE(kept.status, app::Status::refused) << kept.error.detail;
  };
  hand_.set("2026-03-02T23:30:00-05:00");
  lay(1, rounds::RoundState::published);
  EXPECT_EQ(first.run("x-nyc"), 0U) << "nobody asked for it";
  const std::string driver = app::party_of_driver("li.si");
  ASSERT_TRUE(app::keep_push({*recorder_, *personal_}, {"x-nyc", driver}, browser()));
  lay(2, rounds::RoundState::draft);
  EXPECT_EQ(first.run("x-nyc"), 0U) << "not published";
  lay(2, rounds::RoundState::published);
  EXPECT_EQ(first.run("x-nyc"), 1U);
  EXPECT_EQ(pushed_.back()["title"], "Round changed");
  EXPECT_EQ(pushed_.back()["url"], "/driver");
  lay(2, rounds::RoundState::published);
  EXPECT_EQ(first.run("x-nyc"), 0U) << "the same stops";
  lay(3, rounds::RoundState::published);
  EXPECT_EQ(notifier().run("x-nyc"), 1U) << "after a restart";
  EXPECT_TRUE(lines_.empty()) << "by no other way";
}

TEST_F(NoticeTest, TellAFirmsBrowsersOfDevicesOnceAndOfManyAsOne) {
  const auto trouble = [&](const std::string& device) {
    app::Notice notice;
    notice.kind = app::NoticeKind::device_full;
    notice.key = device;
    notice.customer = "dsny";
    notice.when = "2026-03-01 08:00";
    notice.time = *base::parse_time("2026-02-20T08:00:00-05:00");
    notice.id = app::notice_id("device " + device);
    return notice;
  };
  ASSERT_TRUE(app::keep_push({*recorder_, *personal_}, {"x-nyc", "dsny"}, browser()));
  auto first = notifier();
  (void)first.run("x-nyc");
  troubles_ = {trouble("B-1")};
  hand_.at.s += 60;
  EXPECT_EQ(first.run("x-nyc"), 1U);
  EXPECT_EQ(pushed_.back()["title"], "Bin full");
  EXPECT_EQ(pushed_.back()["url"], "/notices");
  EXPECT_EQ(notifier().run("x-nyc"), 0U) << "once, after a restart, too";
  for (int n = 2; n < 40; ++n) {
    troubles_.push_back(trouble("B-" + std::to_string(n)));
  }
  hand_.at.s += 59;
  EXPECT_EQ(first.run("x-nyc"), 0U) << "looked at once a minute";
  hand_.at.s += 1;
  EXPECT_EQ(first.run("x-nyc"), 1U);
  EXPECT_EQ(pushed_.back()["body"],
            "38 devices are offline, full or faulty, B-2 among them: see the board.");
  troubles_.clear();
  hand_.at.s += 60;
  EXPECT_EQ(first.run("x-nyc"), 0U);
  troubles_ = {trouble("B-1")};
  hand_.set("2026-03-02T23:00:00-05:00");
  EXPECT_EQ(first.run("x-nyc"), 0U) << "at night";
  hand_.set("2026-03-03T06:00:00-05:00");
  EXPECT_EQ(first.run("x-nyc"), 1U) << "it came again";
}

}  // namespace
}  // namespace huan::http
