// SPDX-License-Identifier: Apache-2.0
#include "huan/app/attempts.hpp"

#include <gtest/gtest.h>

namespace huan::app {
namespace {

constexpr base::Instant kStart{1'000'000};
base::Instant later(std::int64_t s) { return {kStart.s + s}; }

TEST(Attempts, AFewAreFreeAndThenEachWaitIsTwiceAsLong) {
  Attempts attempts({.of_account = 3, .of_address = 100});
  for (int i = 0; i < 2; ++i) {
    attempts.failed("wang", "192.0.2.7", kStart);
    EXPECT_EQ(attempts.wait_s("wang", "192.0.2.7", kStart), 0);
  }
  for (const std::int64_t wait : {30, 60, 120, 240, 480, 900, 900}) {
    attempts.failed("wang", "192.0.2.7", kStart);
    EXPECT_EQ(attempts.wait_s("wang", "192.0.2.7", kStart), wait);
  }
  EXPECT_EQ(attempts.wait_s("wang", "", later(900)), 0);
  EXPECT_EQ(attempts.wait_s("li", "192.0.2.7", kStart), 0) << "the address has failed nine times";
  attempts.succeeded("wang");
  EXPECT_EQ(attempts.wait_s("wang", "", kStart), 0);
}

TEST(Attempts, AnAddressWaitsWhateverNamesItTries) {
  Attempts attempts({.of_account = 5, .of_address = 10});
  for (int i = 0; i < 10; ++i) {
    attempts.failed("name-" + std::to_string(i), "192.0.2.7", kStart);
  }
  EXPECT_EQ(attempts.wait_s("somebody", "192.0.2.7", kStart), 30);
  EXPECT_EQ(attempts.wait_s("somebody", "192.0.2.8", kStart), 0);
  attempts.succeeded("name-1");
  EXPECT_EQ(attempts.wait_s("name-1", "192.0.2.7", kStart), 30) << "a good login forgives no other";
}

TEST(Attempts, AnHourLaterNothingIsHeldAgainstAnybody) {
  Attempts attempts({.of_account = 1});
  attempts.failed("wang", "192.0.2.7", kStart);
  EXPECT_EQ(attempts.wait_s("wang", "192.0.2.7", later(1)), 29);
  attempts.failed("wang", "192.0.2.7", later(3'000));
  EXPECT_EQ(attempts.wait_s("wang", "192.0.2.7", later(6'600)), 0);
  attempts.failed("wang", "192.0.2.7", later(6'600));
  EXPECT_EQ(attempts.wait_s("wang", "192.0.2.7", later(6'600)), 30) << "counted from one again";
}

TEST(Attempts, KeepsNoMoreThanItsLimitAndForgetsTheOldestFirst) {
  Attempts attempts({.of_account = 1, .of_address = 1'000'000, .entries_max = 100});
  for (int i = 0; i < 5'000; ++i) {
    attempts.failed("name-" + std::to_string(i), "192.0.2.7", later(i / 10));
    ASSERT_LE(attempts.entries(), 100U);
  }
  EXPECT_GT(attempts.wait_s("name-4999", "", later(500)), 0);
  EXPECT_EQ(attempts.wait_s("name-1", "", later(20)), 0) << "made room for others";
  EXPECT_EQ(attempts.entries(), 100U);
  attempts.failed("fresh", "192.0.2.9", later(10'000));
  EXPECT_EQ(attempts.entries(), 2U) << "what nobody asks for any more goes at once";
}

TEST(Attempts, ALongNameIsOneEntryAsItsBeginningIs) {
  Attempts attempts({.of_account = 1});
  const std::string name(80, 'x');
  attempts.failed(name + "1", "", kStart);
  EXPECT_EQ(attempts.wait_s(name + "2", "elsewhere", kStart), 30);
}

}  // namespace
}  // namespace huan::app
