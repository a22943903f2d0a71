// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/steady.hpp"

#include <gtest/gtest.h>

namespace huan::scales {
namespace {

using base::Mass;

Reading of(std::int64_t grams) {
  Reading reading;
  reading.mass = Mass{grams};
  return reading;
}

TEST(Steady, NeedsEnoughLikeReadingsOverTheTime) {
  Steady steady{{.count = 5, .over_ms = 1'000}};
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(steady.see(of(1'560'000), i * 100).at_rest);  // many, but soon
  }
  EXPECT_FALSE(steady.see(of(1'560'000), 999).at_rest);
  EXPECT_TRUE(steady.see(of(1'560'000), 1'000).at_rest);
  EXPECT_FALSE(steady.see(of(1'560'001), 1'100).at_rest);
  Steady slow{{.count = 5, .over_ms = 1'000}};
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(slow.see(of(7), i * 1'000).at_rest);  // long, but few
  }
  EXPECT_TRUE(slow.see(of(7), 4'000).at_rest);
}

TEST(Steady, ACreepWithinTheBandOfTheFirstOnly) {
  Steady steady{{.count = 3, .over_ms = 100, .band = Mass{10}}};
  for (int i = 0; i < 50; ++i) {
    EXPECT_FALSE(steady.see(of(i * 8), i * 60).at_rest) << i;  // each near the one before
  }
}

TEST(Steady, SilenceMotionAndOverloadBeginAnew) {
  Steady steady{{.count = 2, .over_ms = 0, .silence_ms = 500}};
  steady.see(of(5), 0);
  EXPECT_FALSE(steady.see(of(5), 501).at_rest);
  EXPECT_TRUE(steady.see(of(5), 900).at_rest);
  Reading moving = of(5);
  moving.at_rest = false;
  EXPECT_FALSE(steady.see(moving, 950).at_rest);
  EXPECT_FALSE(steady.see(of(5), 960).at_rest);
  Reading over = of(5);
  over.out_of_range = true;
  steady.see(of(5), 970);
  EXPECT_FALSE(steady.see(over, 980).at_rest);
  EXPECT_FALSE(steady.see(of(5), 990).at_rest);
  EXPECT_FALSE(steady.see(of(5), 10).at_rest);  // a clock that goes back
}

}  // namespace
}  // namespace huan::scales
