// SPDX-License-Identifier: Apache-2.0
#include "stock.hpp"

#include <gtest/gtest.h>

namespace huan::simulator {
namespace {

const MaterialId kOcc = material("paper.occ");

Lot lot(const char* id, std::int64_t mass, std::int64_t time) {
  return {id, kOcc, mass, 0, false, time};
}

TEST(stock, takes_whole_lots_in_order_of_time) {
  Stock stock;
  stock.add(lot("b", 200, 20));
  stock.add(lot("a", 100, 10));
  stock.add(lot("c", 300, 30));
  const auto taken = stock.take(kOcc, {350, false, 10});
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].id, "a");
  EXPECT_EQ(taken[1].id, "b");
  EXPECT_EQ(stock.mass_g(), 300);
  EXPECT_EQ(stock.oldest_s(), 30);
}

TEST(stock, splits_the_last_lot_when_it_may) {
  Stock stock;
  stock.add(lot("a", 100, 10));
  stock.add(lot("b", 200, 20));
  const auto taken = stock.take(kOcc, {150, true, 10});
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[1].id, "b");
  EXPECT_EQ(taken[1].mass_g, 50);
  EXPECT_EQ(stock.mass_g(), 150);
}

TEST(stock, never_splits_what_is_counted) {
  Stock stock;
  Lot counted = lot("a", 100, 10);
  counted.pieces = 3;
  stock.add(counted);
  EXPECT_TRUE(stock.take(kOcc, {60, true, 10}).empty());
  EXPECT_EQ(stock.mass_g(), 100);
}

TEST(stock, a_correction_changes_or_brings_back_a_lot) {
  Stock stock;
  stock.add(lot("a", 100, 10));
  stock.add(lot("b", 100, 20));
  stock.change(lot("a", 0, 10), -40);
  EXPECT_EQ(stock.mass_g(), 160);
  stock.change(lot("a", 0, 10), -400);  // more than is left: gone, the rest is an imbalance
  EXPECT_EQ(stock.mass_g(), 100);
  stock.change(lot("a", 0, 10), 30);
  EXPECT_EQ(stock.oldest_s(), 10);
  EXPECT_EQ(stock.take(kOcc, {30, false, 10}).front().id, "a");
}

TEST(shares, sum_up_and_give_the_rest_to_the_largest_remainders) {
  EXPECT_EQ(shares(10, {1, 1, 1}), (std::vector<std::int64_t>{4, 3, 3}));
  EXPECT_EQ(shares(7, {2, 5, 0}), (std::vector<std::int64_t>{2, 5, 0}));
  EXPECT_EQ(shares(1'000'000'000'000, {3, 3, 1})[2], 142'857'142'857);
}

}  // namespace
}  // namespace huan::simulator
