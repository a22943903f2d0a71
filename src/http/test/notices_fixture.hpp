// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api_fixture.hpp"
#include "huan/app/notices.hpp"
#include "huan/app/notifier.hpp"
#include "huan/app/orders.hpp"
#include "huan/app/push.hpp"

namespace huan::http {

class HandClock final : public base::Clock {
 public:
  base::Instant now() override { return at; }
  void set(const char* time) { at = *base::parse_time(time); }
  base::Instant at{*base::parse_time("2026-03-02T12:00:00-05:00")};
};

class NoticeTest : public ApiTest {
 protected:
  static constexpr const char* kPhone = "13800007777";

  void SetUp() override {
    booking::Service service;
    service.windows.push_back({0x7F, 540, 720, 9});
    service.windows.push_back({0x7F, 780, 900, 9});
    service.horizon_days = 14;
    ASSERT_TRUE(app::offer_service(*recorder_, "x-nyc", "CD-101", service, {"tester"}));
  }
  app::OrderParts order_parts() { return {*recorder_, *personal_, clock_}; }
  booking::Slot slot(std::int16_t from) {
    return {base::Day{base::day_of(clock_.now(), -18'000).n + 2}, from, 0};
  }
  app::KeptOrder book(const std::string& phone = kPhone) {
    app::OrderRequest wish;
    wish.city = "x-nyc";
    wish.phone = phone;
    wish.address = "3-2-501";
    wish.order.place = "CD-101";
    wish.order.channel = "hotline";
    wish.order.slot = slot(540);
    wish.order.lines.push_back({"paper.mixed", base::Mass{5'000}, {}, ""});
    wish.by = {"tester"};
    auto kept = app::book_order(order_parts(), wish);
    EXPECT_TRUE(kept) << kept.error().at << kept.error().detail;
    return *kept;
  }
  void bring(const std::string& key, booking::State to, std::optional<booking::Slot> other = {},
             std::optional<booking::Weighed> weighed = {}) {
    app::OrderMove move;
    move.city = "x-nyc";
    move.key = key;
    move.to = to;
    move.slot = other;
    move.weighed = std::move(weighed);
    move.mover = booking::Mover::desk;
    move.by = {"tester"};
    const auto moved = app::move_order(order_parts(), move);
    EXPECT_TRUE(moved) << moved.error().at << moved.error().detail;
  }
  app::Notifier notifier() {
    return app::Notifier(
        {*recorder_, *store_, *personal_, hand_,
         [this](const std::string& line) {
           if (answer_ == app::Sent::yes) {
             lines_.push_back(Json::parse(line));
           }
           return answer_;
         },
         [this](const app::PushRule&, const app::PushSubscription& to, const std::string& text) {
           pushed_.push_back(Json::parse(text));
           return to.endpoint == kBrowser ? browser_ : app::Sent::never;
         },
         [this](store::Reading&, const store::CityRow&) { return troubles_; }});
  }
  /// As a browser would give it, with the key of the standard's example.
  app::PushSubscription browser() {
    return {
        kBrowser,
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg", true};
  }
  std::size_t browsers_of(const std::string& party) {
    return app::push_of(*store_->snapshot(), *personal_, {"x-nyc", party}).size();
  }
  /// What the clerk of a place reads; asks as that clerk from then on.
  Json staff_of(const std::string& place) {
    app::TokenRequest clerk{"station_clerk", place, "", 60};
    clerk.limits.organisation = "dsny";
    clerk.limits.place = place;
    token_ = app::issue_token(*recorder_, clock_, clerk).value();
    return get_json("/api/v1/notices")["items"];
  }
  std::string last() const { return lines_.empty() ? "" : lines_.back().at("notice"); }

  HandClock hand_;
  static constexpr const char* kBrowser = "https://fcm.googleapis.com/fcm/send/1";
  app::Sent answer_{app::Sent::yes};
  app::Sent browser_{app::Sent::yes};
  std::vector<Json> pushed_;
  std::vector<app::Notice> troubles_;
  std::vector<Json> lines_;
};

}  // namespace huan::http
