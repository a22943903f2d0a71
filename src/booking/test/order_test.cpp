// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/order.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::booking {
namespace {

constexpr const char* kOrder =
    R"({"about_fen":1680,"bulky":{"dismantle":true,"floor":6,"lift":false},"channel":"web",)"
    R"("community":"130102001001","customer":"R1","district":"130102",)"
    R"("lines":[{"estimate_g":12000,"material":"paper.occ"},{"material":"bulky","pieces":2}],)"
    R"("party":"E-1","place":"S-1","quote":{"lines":[{"fen":140,"material":"paper.occ","per":"kg"}],)"
    R"("until":"2026-11-29"},"slot":{"day":"2026-11-23","from":"09:00","to":"12:00"},)"
    R"("state":"weighed","street":"130102001","weighed":{"differences":["less:paper.occ"],)"
    R"("lines":[{"fen":140,"mass_g":8000,"material":"paper.occ","per":"kg"}],"total_fen":1120}})";

base::Result<Order> read(const std::string& text) {
  const auto document = json::Document::parse(text);
  return parse_order(document->root(), "/data");
}

TEST(Order, ComesBackAsItWasWritten) {
  const auto order = read(kOrder);
  ASSERT_TRUE(order.has_value()) << order.error().at << order.error().detail;
  EXPECT_EQ(to_json(*order), kOrder);
  EXPECT_EQ(order->slot.from_min, 540);
}

TEST(Order, RefusesWhatIsNotOfItsForm) {
  const std::string good = kOrder;
  const auto with = [&](const std::string& what, const std::string& by) {
    std::string text = good;
    text.replace(text.find(what), what.size(), by);
    return read(text);
  };
  EXPECT_FALSE(with("\"weighed\",\"street\"", "\"eaten\",\"street\"").has_value());
  EXPECT_FALSE(with("\"09:00\"", "\"12:30\"").has_value());
  EXPECT_FALSE(with("\"09:00\"", "\"9:00\"").has_value());
  EXPECT_FALSE(with("12000", "0").has_value());
  EXPECT_FALSE(with("\"pieces\":2", "\"pieces\":-1").has_value());
  EXPECT_FALSE(with("\"channel\":\"web\"", "\"channel\":\"fax\"").has_value());
  EXPECT_FALSE(with("\"channel\":\"web\"", "\"phone\":\"13800000000\"").has_value());
}

TEST(Order, WhatIsHeavyTakesMoreOfASlot) {
  auto order = *read(kOrder);
  EXPECT_EQ(units_of(order), 4);
  order.bulky->lift = true;
  EXPECT_EQ(units_of(order), 3);
  order.bulky->dismantle = false;
  EXPECT_EQ(units_of(order), 2);
  order.bulky.reset();
  EXPECT_EQ(units_of(order), 1);
}

}  // namespace
}  // namespace huan::booking
