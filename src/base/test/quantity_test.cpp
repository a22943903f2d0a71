// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/base/quantity.hpp"

namespace huan::base {
namespace {

TEST(Quantity, AddsAndCompares) {
  EXPECT_EQ((Mass{1'200} + Mass{300}).count(), 1'500);
  EXPECT_LT(Money{1}, Money{2});
  EXPECT_EQ((-Points{5}).count(), -5);
}

TEST(Quantity, ThrowsInsteadOfWrapping) {
  EXPECT_THROW((Mass{INT64_MAX} + Mass{1}), Overflow);
  EXPECT_THROW((Mass{INT64_MIN} - Mass{1}), Overflow);
  EXPECT_THROW(-Mass{INT64_MIN}, Overflow);
  EXPECT_THROW((void)checked_multiply(INT64_MAX, 2), Overflow);
}

TEST(MultiplyDivideRound, RoundsHalfAwayFromZero) {
  EXPECT_EQ(multiply_divide_round(1, 1, 2), 1);
  EXPECT_EQ(multiply_divide_round(-1, 1, 2), -1);
  EXPECT_EQ(multiply_divide_round(1, 1, 3), 0);
  EXPECT_EQ(multiply_divide_round(2, 1, 3), 1);
  EXPECT_EQ(multiply_divide_round(INT64_MAX, 1'000, 1'000), INT64_MAX);
}

TEST(MultiplyDivideRound, ThrowsWhenTheResultDoesNotFit) {
  EXPECT_THROW((void)multiply_divide_round(INT64_MAX, INT64_MAX, 1), Overflow);
}

}  // namespace
}  // namespace huan::base
