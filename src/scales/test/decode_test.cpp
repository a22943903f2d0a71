// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/decode.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/scales/encode.hpp"

namespace huan::scales {
namespace {

using base::Mass;

std::vector<Reading> read_all(std::string_view bytes, const DecoderOptions& options,
                              std::size_t step = 1'000, Tally* tally = nullptr) {
  Decoder decoder{options};
  std::vector<Reading> readings;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    decoder.feed(bytes.substr(at, step), readings);
  }
  if (tally != nullptr) {
    *tally = decoder.tally();
  }
  return readings;
}

std::vector<std::int64_t> grams(const std::vector<Reading>& readings) {
  std::vector<std::int64_t> masses;
  masses.reserve(readings.size());
  for (const Reading& reading : readings) {
    masses.push_back(reading.mass.count());
  }
  return masses;
}

using Grams = std::vector<std::int64_t>;

// Captured on a weighbridge.
TEST(Yaohua, ReadsTheCaptures) {
  const std::string bytes = *base::unhex("022b30303030303030314203") +
                            *base::unhex("022b30303135363030313903") +
                            *base::unhex("022b30303136353030313903");
  EXPECT_EQ(grams(read_all(bytes, {})), (Grams{0, 1'560'000, 1'650'000}));
  EXPECT_EQ(grams(read_all(bytes, {}, 1)), (Grams{0, 1'560'000, 1'650'000}));
}

TEST(Yaohua, FindsTheNextFrameAfterNoise) {
  const std::string frame = *base::unhex("022b30303135363030313903");
  Tally tally;
  const auto readings =
      read_all(frame.substr(4) + "\x02\x02+" + frame + frame.substr(0, 7) + frame, {}, 3, &tally);
  EXPECT_EQ(grams(readings), (Grams{1'560'000, 1'560'000}));
  EXPECT_EQ(tally.frames, 2U);
  EXPECT_EQ(tally.skipped, 8U + 3U + 7U);
}

TEST(Yaohua, AFlippedBitIsNoWeight) {
  const std::string frame = *base::unhex("022b30303135363030313903");
  for (std::size_t i = 0; i < frame.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string broken = frame;
      broken[i] = static_cast<char>(static_cast<unsigned char>(broken[i]) ^ (1U << bit));
      EXPECT_TRUE(read_all(broken, {}).empty()) << i << " " << bit;
    }
  }
}

TEST(Yaohua, SpeaksCommandMode) {
  EXPECT_EQ(
      base::hex(
          {reinterpret_cast<const std::uint8_t*>(yaohua_command('A', Ask::handshake).data()), 6}),
      "024141303003");
  EXPECT_EQ(yaohua_command('A', Ask::gross).substr(3, 2), "03");
  Reading truth;
  truth.mass = Mass{12'345};
  truth.tare = Mass{2'000};
  std::string replies = yaohua_reply(yaohua_command('A', Ask::handshake), 'A', truth);
  for (const Ask ask : {Ask::gross, Ask::tare, Ask::net}) {
    const std::string reply = yaohua_reply(yaohua_command('A', ask), 'A', truth);
    EXPECT_EQ(reply.size(), 14U);
    replies += reply;
  }
  EXPECT_TRUE(yaohua_reply(yaohua_command('B', Ask::gross), 'A', truth).empty());
  const auto readings = read_all(replies, {}, 2);
  EXPECT_EQ(grams(readings), (Grams{12'345, 2'000, 10'345}));
  EXPECT_EQ(readings[2].shows, Shows::net);
}

TEST(Yaohua, DecimalsAndUnitsAreExact) {
  Reading truth;
  truth.mass = Mass{-1'230};
  EXPECT_EQ(grams(read_all(encode(truth, {}, 2), {})), (Grams{-1'230}));
  DecoderOptions pounds;
  pounds.unit = Unit::lb;
  EXPECT_EQ(mass_of({1, 0, Unit::lb}).count(), 454);
  EXPECT_EQ(mass_of({10'000, 0, Unit::lb}).count(), 4'535'924);
  EXPECT_EQ(mass_of({5, 4, Unit::kg}).count(), 1);  // 0.5 g, away from zero
  EXPECT_EQ(mass_of({-5, 4, Unit::kg}).count(), -1);
}

TEST(Toledo, ReadsWeightTareAndState) {
  Reading truth;
  truth.mass = Mass{-560};
  truth.tare = Mass{1'000};
  truth.shows = Shows::net;
  truth.at_rest = false;
  const DecoderOptions options{.protocol = Protocol::toledo};
  const std::string frame = encode(truth, options, 2);
  EXPECT_EQ(frame.size(), 18U);
  EXPECT_EQ(read_all(frame, options, 1), (std::vector{truth}));
  auto opposite = options;
  opposite.sign_bit_negative = false;
  EXPECT_EQ(grams(read_all(frame, opposite)), (Grams{560}));
  auto without = options;
  without.checksum = false;
  EXPECT_EQ(encode(truth, without, 2).size(), 17U);
  EXPECT_EQ(grams(read_all(encode(truth, without, 2), without)), (Grams{-560}));
}

TEST(Toledo, RefusesWrongSumsAndServiceModes) {
  const DecoderOptions options{.protocol = Protocol::toledo};
  Reading truth;
  truth.mass = Mass{560'000};
  std::string frame = encode(truth, options, 0);
  Tally tally;
  frame[6] = '9';
  EXPECT_TRUE(read_all(frame, options, 1'000, &tally).empty());
  EXPECT_EQ(tally.checksums, 1U);
  auto without = options;
  without.checksum = false;
  std::string expanded = encode(truth, without, 0);
  expanded[3] = 0x30;
  EXPECT_TRUE(read_all(expanded, without, 1'000, &tally).empty());
  EXPECT_EQ(tally.unusable, 1U);
}

TEST(Ascii, ReadsLines) {
  const DecoderOptions options{.protocol = Protocol::ascii};
  const auto readings = read_all(
      "4kg\r\nST,GS,+  1.234kg\r\nUS,NT,- 0.5kg\nOL,GS,+------kg\r\nww001.560kg\rwn-0000.1kg\r\n"
      "ST,GS,+ 1.2.3kg\r\nST,XX,+ 1kg\r\nST,GS,+ 1st\r\n",
      options, 5);
  EXPECT_EQ(grams(readings), (Grams{1'234, -500, 0, 1'560, -100}));
  EXPECT_EQ(readings[0].at_rest, true);
  EXPECT_EQ(readings[1].at_rest, false);
  EXPECT_TRUE(readings[2].out_of_range);
  EXPECT_EQ(readings[3].at_rest, std::nullopt);
}

TEST(Ascii, ALineWithoutEndTakesNoMemory) {
  const DecoderOptions options{.protocol = Protocol::ascii};
  Tally tally;
  const std::string endless(100'000, '9');
  const auto readings =
      read_all(endless + "ST,GS,+ 1.234kg\r\nST,GS,+ 2.000kg\r\n", options, 17, &tally);
  EXPECT_EQ(grams(readings), (Grams{2'000}));
  EXPECT_GT(tally.skipped, 100'000U);
}

// What an indicator sends comes out again, in each protocol, however it is cut.
TEST(Decoder, GivesBackWhatWasEncoded) {
  for (const Protocol protocol : {Protocol::yaohua, Protocol::toledo, Protocol::ascii}) {
    const DecoderOptions options{.protocol = protocol};
    std::string bytes;
    Grams truth;
    std::uint64_t state = 7;
    for (int i = 0; i < 500; ++i) {
      state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      Reading reading;
      reading.mass = Mass{static_cast<std::int64_t>((state >> 33U) % 999'999) - 300'000};
      reading.tare = Mass{17};
      truth.push_back(reading.mass.count());
      bytes += encode(reading, options, 3);
    }
    EXPECT_EQ(grams(read_all(bytes, options, 1)), truth) << name(protocol);
    EXPECT_EQ(grams(read_all(bytes, options, 97)), truth) << name(protocol);
    EXPECT_EQ(parse_protocol(name(protocol)), protocol);
  }
}

}  // namespace
}  // namespace huan::scales
