// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/apportion.hpp"

#include <gtest/gtest.h>

namespace huan::ledger {
namespace {

using Parts = std::vector<std::int64_t>;

Parts split(std::int64_t total, const Parts& weights) { return apportion(total, weights); }

TEST(Apportion, IsExactWhereItDivides) {
  EXPECT_EQ(split(100, {1, 1}), (Parts{50, 50}));
  EXPECT_EQ(split(100, {3, 1}), (Parts{75, 25}));
  EXPECT_EQ(split(7, {0, 7, 0}), (Parts{0, 7, 0}));
  EXPECT_EQ(split(0, {5, 5}), (Parts{0, 0}));
}

TEST(Apportion, LargestRemainderGetsTheRest) {
  EXPECT_EQ(split(10, {1, 2}), (Parts{3, 7}));        // 3.33 6.67
  EXPECT_EQ(split(10, {2, 3, 2}), (Parts{3, 4, 3}));  // 2.86 4.29 2.86
}

TEST(Apportion, TiesGoToTheEarlier) {
  EXPECT_EQ(split(1, {1, 1, 1}), (Parts{1, 0, 0}));
  EXPECT_EQ(split(2, {1, 1, 1}), (Parts{1, 1, 0}));
  EXPECT_EQ(split(5, {2, 2}), (Parts{3, 2}));
}

TEST(Apportion, HoldsAtTheLargestMasses) {
  constexpr std::int64_t kBig = 1'000'000'000'000;
  const Parts parts = split(kBig, {kBig, kBig - 1, 1});
  EXPECT_EQ(parts[0] + parts[1] + parts[2], kBig);
  EXPECT_EQ(parts[0], kBig / 2);
}

}  // namespace
}  // namespace huan::ledger
