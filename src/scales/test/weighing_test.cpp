// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/weighing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huan::scales {
namespace {

using base::Mass;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr PlatformOptions kOptions{.steady = {.count = 3, .over_ms = 200},
                                   .zero_band = Mass{20'000},
                                   .start = Mass{500'000},
                                   .second_tolerance = Mass{20'000}};

/// A platform on which loads are put, ten readings a second.
struct Yard {
  Platform platform{kOptions};
  std::int64_t ms{0};

  void stand(std::int64_t grams, std::int64_t second = -1) {
    for (int i = 0; i < 4; ++i, ms += 100) {
      Reading reading;
      reading.mass = Mass{grams};
      platform.see(reading, ms);
      if (second >= 0) {
        reading.mass = Mass{second};
        platform.see_second(reading, ms);
      }
    }
  }
  std::string refusal() {
    const auto taken = platform.take(ms);
    return taken ? "" : taken.error().detail;
  }
};

TEST(Platform, TakesOnceBetweenTwoReturnsToZero) {
  Yard yard;
  EXPECT_EQ(yard.refusal(), "the indicator is silent");
  yard.stand(10'000);
  EXPECT_EQ(yard.refusal(), "no load: 10000 g on the platform");
  yard.stand(8'000'000);
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings, IsEmpty());
  yard.stand(9'000'000);
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings, ElementsAre(Finding::no_zero_return));
  yard.stand(0);
  yard.stand(9'000'000);
  const auto taken = yard.platform.take(yard.ms).value();
  EXPECT_THAT(taken.findings, IsEmpty());
  EXPECT_EQ(taken.mass, Mass{9'000'000});
}

TEST(Platform, ALoadThereBeforeTheFirstZeroIsNamed) {
  Yard yard;
  yard.stand(8'000'000);
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings, ElementsAre(Finding::no_zero_return));
}

TEST(Platform, MovingOverloadedAndSilentAreRefused) {
  Yard yard;
  yard.stand(0);
  Reading reading;
  reading.mass = Mass{700'000};
  yard.platform.see(reading, yard.ms);
  EXPECT_EQ(yard.refusal(), "the load does not rest yet");
  reading.out_of_range = true;
  yard.platform.see(reading, yard.ms);
  EXPECT_EQ(yard.refusal(), "the load is out of the scale's range");
  yard.stand(700'000);
  yard.ms += 2'200;
  EXPECT_EQ(yard.refusal(), "the indicator is silent");
  EXPECT_FALSE(yard.platform.now(yard.ms)->at_rest);
}

TEST(Platform, ComparesTwoIndicators) {
  Yard yard;
  yard.stand(0, 0);
  yard.stand(8'000'000, 8'020'000);
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings, IsEmpty());
  yard.stand(0, 0);
  yard.stand(8'000'000, 8'020'001);
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings,
              ElementsAre(Finding::indicators_differ));
  yard.stand(0, 0);
  yard.stand(8'000'000);
  yard.ms += 1'800;
  EXPECT_THAT(yard.platform.take(yard.ms).value().findings,
              ElementsAre(Finding::indicators_differ));  // the second fell silent
}

TEST(Tare, InBothOrdersAndOnRecord) {
  EXPECT_EQ(net_of(TareMode::gross_first, {Mass{9'000}, Mass{2'000}}).value().net(), Mass{7'000});
  EXPECT_EQ(net_of(TareMode::tare_first, {Mass{2'000}, Mass{9'000}}).value().net(), Mass{7'000});
  EXPECT_EQ(net_of(TareMode::tare_first, {Mass{9'000}, Mass{2'000}}).error().code,
            base::ErrorCode::bad_number);
  const TareOnRecord tare{Mass{2'000}, *base::parse_day("2026-03-31")};
  EXPECT_THAT(net_of(tare, Mass{9'000}, *base::parse_day("2026-03-31")).value().findings,
              IsEmpty());
  const auto late = net_of(tare, Mass{9'000}, *base::parse_day("2026-04-01")).value();
  EXPECT_THAT(late.findings, ElementsAre(Finding::tare_expired));
  EXPECT_EQ(late.net.net(), Mass{7'000});
}

TEST(Tare, AgainstWhatTheVehicleWeighedBefore) {
  const std::vector<Mass> before{Mass{5'000'000}, Mass{9'900'000}, Mass{5'010'000}};
  const TareBand band{.ppm = 3'000, .absolute = Mass{10'000}};
  EXPECT_EQ(judge_tare(Mass{5'025'030}, before, band), std::nullopt);
  EXPECT_EQ(judge_tare(Mass{5'025'031}, before, band), Finding::tare_outside_band);
  EXPECT_EQ(judge_tare(Mass{1}, {}, band), std::nullopt);
}

TEST(Serial, GapsAndRepetitions) {
  EXPECT_EQ(judge_serial(7, 8), std::nullopt);
  EXPECT_EQ(judge_serial(7, 9), Finding::serial_gap);
  EXPECT_EQ(judge_serial(7, 7), Finding::serial_again);
  EXPECT_EQ(name(Finding::serial_again), "serial_again");
}

}  // namespace
}  // namespace huan::scales
