// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/quote.hpp"

#include <gtest/gtest.h>

namespace huan::booking {
namespace {

using registry::MaterialUnit;
using registry::Price;
using registry::PriceSide;

const base::Day kUntil = *base::parse_day("2026-11-29");

Price price(const char* material, std::int64_t fen, const char* place = "",
            MaterialUnit per = MaterialUnit::mass) {
  Price one;
  one.material = material;
  one.price = base::Money{fen};
  one.place = place;
  one.per = per;
  return one;
}

OrderLine line(const char* material, std::int64_t grams) {
  OrderLine one;
  one.material = material;
  one.estimate = base::Mass{grams};
  return one;
}

WeighedLine weighed(const char* material, std::int64_t grams) {
  return {material, base::Mass{grams}, {}, {}};
}

TEST(Quote, ThePlacesOwnPriceBeforeTheCitysAndTheLeafBeforeTheBranch) {
  std::vector<Price> prices{price("paper", 60), price("paper.occ", 140), price("paper", 70, "S-1"),
                            price("paper.occ", 150, "S-2")};
  EXPECT_EQ(price_of(prices, "S-9", "paper.occ")->price.count(), 140);
  EXPECT_EQ(price_of(prices, "S-1", "paper.occ")->price.count(), 70);
  EXPECT_EQ(price_of(prices, "S-2", "paper.occ")->price.count(), 150);
  EXPECT_EQ(price_of(prices, "S-9", "paper.news")->price.count(), 60);
  EXPECT_EQ(price_of(prices, "S-9", "glass"), nullptr);
  prices.front().side = PriceSide::sell;
  EXPECT_EQ(price_of(prices, "S-9", "paper.news"), nullptr);
}

TEST(Quote, LocksItsPricesUntilItsDayAndNoLonger) {
  Order order;
  order.place = "S-1";
  order.lines = {line("paper.occ", 12'000), line("glass", 1'000)};
  order.quote = quote_for(order.lines, {price("paper.occ", 140)}, "S-1", kUntil);
  ASSERT_EQ(order.quote.lines.size(), 1U);
  EXPECT_EQ(about(order.lines, order.quote).count(), 1'680);
  Weighed door;
  door.lines = {weighed("paper.occ", 10'005), weighed("glass", 900)};
  put_prices(door, order, {price("paper.occ", 90)}, kUntil);
  EXPECT_EQ(door.total.count(), 1'401);  // 1400.7, half up
  EXPECT_FALSE(door.lines[1].price.has_value());
  put_prices(door, order, {price("paper.occ", 90)}, base::Day{kUntil.n + 1});
  EXPECT_EQ(door.total.count(), 900);  // 900.45
}

TEST(Quote, PiecesArePaidByThePiece) {
  const QuoteLine fridge{"weee.fridge", base::Money{5'000}, MaterialUnit::piece};
  EXPECT_EQ(amount_of(fridge, base::Mass{60'000}, base::Count{2}).count(), 10'000);
  EXPECT_EQ(amount_of(fridge, base::Mass{60'000}, {}).count(), 0);
}

TEST(Quote, SaysHowTheDoorDiffersFromTheEstimate) {
  Order order;
  order.lines = {line("paper", 10'000), line("glass", 3'000), line("plastic", 1'000)};
  Weighed door;
  door.lines = {weighed("paper.occ", 7'000), weighed("glass", 6'000), weighed("metal.steel", 500)};
  EXPECT_EQ(differences(order, door),
            (std::vector<std::string>{"more:glass", "absent:plastic", "other:metal.steel"}));
  door.lines = {weighed("paper.occ", 6'999), weighed("glass", 4'999), weighed("plastic", 1)};
  EXPECT_EQ(differences(order, door), std::vector<std::string>{"less:paper"});
}

}  // namespace
}  // namespace huan::booking
