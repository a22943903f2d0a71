// SPDX-License-Identifier: Apache-2.0
#include "huan/tracks/codec.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace huan::tracks {
namespace {

/// A vehicle that reports every ten seconds, driving and standing.
Track drive(int reports) {
  Track track;
  std::uint64_t state = 11;
  Fix fix;
  fix.time = base::Instant{1'790'000'000};
  fix.lat_e6 = 38'041'390;
  fix.lng_e6 = 114'478'610;
  fix.located = true;
  for (int i = 0; i < reports; ++i) {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const auto draw = static_cast<std::int32_t>(state >> 40U);
    const bool stands = i / 60 % 3 == 2;
    fix.speed_dmh = stands ? std::uint16_t{0} : static_cast<std::uint16_t>(300 + draw % 100);
    fix.direction = static_cast<std::uint16_t>((fix.direction + draw % 20) % 360);
    fix.lat_e6 += stands ? 0 : draw % 700 - 200;
    fix.lng_e6 += stands ? 0 : draw % 900 - 300;
    fix.ignition = !stands;
    track.push_back(fix);
    fix.time.s += 10;
  }
  return track;
}

TEST(Codec, GivesBackWhatWentInInFewBytes) {
  const Track track = drive(8'640);
  const std::string bytes = encode(track);
  EXPECT_EQ(decode(bytes).value(), track);
  EXPECT_LT(bytes.size(), track.size() * 8);
  EXPECT_EQ(decode(encode({})).value(), Track{});
}

TEST(Codec, DoorsAndLoadTakeBytesOnlyWhereTheyChange) {
  Track track = drive(1'000);
  const std::string plain = encode(track);
  for (std::size_t i = 300; i < 600; ++i) {
    track[i].doors = i < 310 ? 0x14 : 0;
    track[i].load = 3;
  }
  const std::string bytes = encode(track);
  EXPECT_EQ(decode(bytes).value(), track);
  EXPECT_EQ(bytes.size(), plain.size() + 3 * 2 - 1);  // opened, closed, unloaded: 0 is one byte
}

TEST(Codec, TakesTheWidestSteps) {
  Fix low;
  low.time = base::Instant{-4'000'000'000};
  low.lat_e6 = std::numeric_limits<std::int32_t>::min();
  low.lng_e6 = std::numeric_limits<std::int32_t>::max();
  Fix high;
  high.time = base::Instant{9'000'000'000'000};
  high.lat_e6 = std::numeric_limits<std::int32_t>::max();
  high.lng_e6 = std::numeric_limits<std::int32_t>::min();
  high.speed_dmh = std::numeric_limits<std::uint16_t>::max();
  high.direction = 359;
  const Track track{low, high, low, high};
  EXPECT_EQ(decode(encode(track)).value(), track);
}

TEST(Codec, RefusesWhatIsCutOffOrOutOfRange) {
  const std::string bytes = encode(drive(3));
  const Track whole = decode(bytes).value();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto part = decode(std::string_view{bytes}.substr(0, size));
    EXPECT_TRUE(!part || part->size() < whole.size()) << size;
  }
  EXPECT_FALSE(decode("\x03"));
  EXPECT_FALSE(decode(std::string{"\x01\x18"}));          // doors in a track that has none
  EXPECT_FALSE(decode(std::string{"\x02\x18\x80\x02"}));  // 128
  EXPECT_FALSE(decode(std::string{"\x01"} + std::string(30, '\xff')));
  EXPECT_FALSE(decode(std::string{"\x01\x10"}));
}

TEST(Ordered, PutsLateReportsInTheirPlaceAndSecondsOnce) {
  Track track = drive(5);
  const Track in_order = track;
  std::swap(track[1], track[3]);
  Fix again = track[0];
  again.lat_e6 += 1;
  track.push_back(again);
  EXPECT_EQ(ordered(track), in_order);
}

}  // namespace
}  // namespace huan::tracks
