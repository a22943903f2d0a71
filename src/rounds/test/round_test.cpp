// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/round.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::rounds {
namespace {

Stop full_stop() {
  Stop stop;
  stop.id = "o:r4k-1001";
  stop.kind = StopKind::visit;
  stop.ref = "r4k-1001";
  stop.place = "S-1";
  stop.party = "E-001";
  stop.at = {380'533'000, 1'145'262'600};
  stop.mass = base::Mass{12'000};
  stop.from_s = 9 * 3'600;
  stop.to_s = 12 * 3'600;
  stop.priority = 40;
  stop.arrive_s = 9 * 3'600 + 300;
  stop.leave_s = 9 * 3'600 + 780;
  stop.state = StopState::refused;
  stop.reason = "wet";
  stop.arrived_at = *base::parse_time("2026-11-23T01:05:00Z");
  stop.ended_at = *base::parse_time("2026-11-23T01:09:00Z");
  stop.loaded = {{"paper.occ", base::Mass{5}}};
  stop.shipment = "R1";
  return stop;
}

TEST(Round, ComesBackAsItWasWritten) {
  Round round;
  round.day = *base::parse_day("2026-11-23");
  round.vehicle = "V-1";
  round.driver = "li";
  round.party = "E-001";
  round.state = RoundState::published;
  round.capacity = base::Mass{3'000'000};
  round.stops = {full_stop()};
  const std::string text = to_json(round);
  const auto again = parse_round(json::Document::parse(text)->root(), "");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(to_json(*again), text);
}

TEST(Sheet, ComesBackAsItWasWritten) {
  Sheet sheet;
  sheet.day = *base::parse_day("2026-11-23");
  sheet.vehicles = {"V-1"};
  sheet.left_out = {{full_stop(), {{"capacity", "V-1", 500, "g"}}}};
  sheet.alerts = {{"S-1", "today", base::Mass{5}, base::Mass{6}, 40'200}};
  sheet.idle = {{"V-2", "pass"}};
  const std::string text = to_json(sheet);
  const auto again = parse_sheet(json::Document::parse(text)->root(), "");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(to_json(*again), text);
}

TEST(Round, WhatIsNoRoundIsRefused) {
  const std::string good = to_json(Round{});
  for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
           {"\"draft\"", "\"driving\""},
           {"\"leave\":\"00:00\"", "\"leave\":\"0:00\""},
           {"\"capacity_g\":0", "\"capacity_g\":-1"},
           {"\"stops\":[]", "\"stops\":[{}]"},
           {"\"stops\":[]", "\"stops\":{}"}}) {
    std::string bad = good;
    const auto found = bad.find(what);
    ASSERT_NE(found, std::string::npos) << what;
    bad.replace(found, what.size(), with);
    EXPECT_FALSE(parse_round(json::Document::parse(bad)->root(), "").has_value()) << bad;
  }
}

TEST(Rule, EveryMemberHasADefaultAndTimesAreInOrder) {
  const auto rule = parse_rule(json::Document::parse("{}")->root(), "");
  ASSERT_TRUE(rule.has_value());
  EXPECT_EQ(to_json(*parse_rule(json::Document::parse(to_json(*rule))->root(), "")),
            to_json(*rule));
  EXPECT_FALSE(parse_rule(json::Document::parse(R"({"from":"18:00","to":"07:00"})")->root(), "")
                   .has_value());
  EXPECT_FALSE(parse_rule(json::Document::parse(R"({"speed_km_h":0})")->root(), "").has_value());
  EXPECT_EQ(clock_of(25 * 3'600 + 599), "25:09");
}

}  // namespace
}  // namespace huan::rounds
