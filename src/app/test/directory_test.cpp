// SPDX-License-Identifier: Apache-2.0
#include "huan/app/directory.hpp"

#include <gtest/gtest.h>

namespace huan::app {
namespace {

TEST(Directory, OneSlipOfThePenIsForgiven) {
  EXPECT_TRUE(sounds_like("棉一东社区回收站", "棉一东"));
  EXPECT_TRUE(sounds_like("棉一东社区回收站", "棉一冬社区"));
  EXPECT_TRUE(sounds_like("棉一东社区回收站", "棉一社区"));
  EXPECT_FALSE(sounds_like("棉一东社区回收站", "棉二西社区"));
  EXPECT_FALSE(sounds_like("棉一东社区回收站", "棉二"));
  EXPECT_TRUE(sounds_like("Old Market Station", "old maket"));
  EXPECT_FALSE(sounds_like("", "a"));
  EXPECT_TRUE(sounds_like("a", ""));
}

TEST(Directory, DistancesAreThoseOfTheSphere) {
  const registry::Degrees a{380'000'000, 1'145'000'000};
  EXPECT_EQ(metres_between(a, a), 0);
  EXPECT_NEAR(static_cast<double>(metres_between(a, {381'000'000, 1'145'000'000})), 11'119, 2);
  EXPECT_NEAR(static_cast<double>(metres_between(a, {380'000'000, 1'146'000'000})), 8'762, 2);
}

}  // namespace
}  // namespace huan::app
