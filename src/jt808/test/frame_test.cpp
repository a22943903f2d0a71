// SPDX-License-Identifier: Apache-2.0
#include "huan/jt808/frame.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "huan/base/text.hpp"
#include "huan/jt808/message.hpp"

namespace huan::jt808 {
namespace {

std::vector<std::string> deframed(std::string_view bytes, std::size_t step) {
  Deframer deframer;
  std::vector<std::string> messages;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    deframer.feed(bytes.substr(at, step),
                  [&](std::string_view message) { messages.emplace_back(message); });
  }
  return messages;
}

std::string hex_of(const std::string& bytes) {
  return base::hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// The standard's example: 30 7E 08 7D 55 goes as 7E 30 7D 02 08 7D 01 55 7E.
TEST(Frame, EscapesAsTheStandardSays) {
  const std::string body = *base::unhex("307e087d");
  EXPECT_EQ(hex_of(frame(body)), "7e307d02087d013b7e");  // check 30^7E^08^7D = 3B
  EXPECT_EQ(hex_of(frame(*base::unhex("03"))), "7e03037e");
  EXPECT_EQ(hex_of(frame(*base::unhex("7e00"))), "7e7d02007d027e");  // an escaped check
}

TEST(Deframer, TakesFramesHoweverTheyAreCutAndNoise) {
  const std::string one = std::string(12, '\x7d') + "~" + std::string(20, '\0');
  const std::string two(40, '\x7e');
  const std::string bytes = "noise" + frame(one) + frame(two).substr(1) + "\x7e\x7e" + frame(one);
  for (const std::size_t step : {1U, 2U, 3U, 7U, 1'000U}) {
    EXPECT_EQ(deframed(bytes, step), (std::vector<std::string>{one, two, one})) << step;
  }
}

TEST(Deframer, RefusesWhatDoesNotHoldAndIsBounded) {
  Deframer deframer;
  int taken = 0;
  const auto take = [&](std::string_view) { ++taken; };
  std::string wrong = frame(std::string(20, 'x'));
  wrong[5] = 'y';
  deframer.feed(wrong, take);
  deframer.feed("\x7e" + std::string(1'000'000, 'x'), take);
  deframer.feed(frame(std::string(kMessageMax, 'x')), take);
  deframer.feed(std::string{"\x7ewith a wrong \x7d\x05 escape\x7e"}, take);
  deframer.feed("\x7eshort\x7e", take);
  EXPECT_EQ(taken, 0);
  EXPECT_EQ(deframer.tally().broken, 5U);
  deframer.feed(frame(std::string(kMessageMax - 1, 'x')), take);
  EXPECT_EQ(taken, 1);
}

TEST(Message, OfBothEditionsComesBack) {
  for (const bool edition_2019 : {false, true}) {
    Message message;
    message.id = 0x0200;
    message.edition_2019 = edition_2019;
    message.version = edition_2019 ? 1 : 0;
    message.phone = edition_2019 ? "00000000013912345678" : "013912345678";
    message.serial = 65'535;
    message.part = Part{3, 2};
    message.body = "abc";
    const std::string bytes = to_bytes(message);
    EXPECT_EQ(bytes.size(), (edition_2019 ? 21U : 16U) + 3U);
    const auto back = parse_message(bytes).value();
    EXPECT_EQ(back.phone, message.phone);
    EXPECT_EQ(back.serial, 65'535);
    EXPECT_EQ(back.part->index, 2);
    EXPECT_EQ(back.body, "abc");
    EXPECT_EQ(back.edition_2019, edition_2019);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(parse_message(std::string_view{bytes}.substr(0, size))) << size;
    }
    std::string encrypted = bytes;
    encrypted[2] = static_cast<char>(static_cast<unsigned char>(encrypted[2]) | 0x04U);
    EXPECT_FALSE(parse_message(encrypted));
    std::string letters = bytes;
    letters[edition_2019 ? 5 : 4] = '\x0a';
    EXPECT_FALSE(parse_message(letters));
  }
}

Fix sample() {
  Fix fix;
  fix.time = *base::parse_time("2026-11-21T08:30:05+08:00");
  fix.lat_e6 = 38'041'390;
  fix.lng_e6 = 114'478'610;
  fix.altitude_m = -12;
  fix.speed_dmh = 456;
  fix.direction = 359;
  fix.alarms = 0x80000001;
  fix.located = true;
  fix.ignition = true;
  return fix;
}

// A report of the public protocol guides, byte by byte.
TEST(Location, ReadsTheLayout) {
  const auto bytes = base::unhex(
      "00000001"
      "00000003"
      "02447cae"
      "06d2cfd2"
      "0032"
      "01c8"
      "005a"
      "261121083005"
      "0104000003e8"
      "300115");
  const Fix fix = parse_location(*bytes).value();
  EXPECT_EQ(fix.time, sample().time);
  EXPECT_EQ(fix.lat_e6, 38'042'798);
  EXPECT_EQ(fix.lng_e6, 114'479'058);
  EXPECT_EQ(fix.altitude_m, 50);
  EXPECT_EQ(fix.speed_dmh, 456);
  EXPECT_EQ(fix.direction, 90);
  EXPECT_TRUE(fix.located);
  EXPECT_EQ(fix.doors, 0);
  EXPECT_EQ(fix.load, 0);
  std::string open = *bytes;
  open.replace(4, 4, std::string{"\x00\x02\x83\x03", 4});  // doors 3 and 5, full
  EXPECT_EQ(parse_location(open).value().doors, 0x14);
  EXPECT_EQ(parse_location(open).value().load, 3);
  EXPECT_FALSE(parse_location(bytes->substr(0, 27)));
  EXPECT_FALSE(parse_location(*bytes + "\x01"));
  EXPECT_FALSE(parse_location(*bytes + "\x01\x05zzzz"));
}

TEST(Location, ComesBackAndRefusesWhatThereIsNot) {
  Fix fix = sample();
  fix.lat_e6 = -33'000'001;
  fix.lng_e6 = -70'000'001;
  fix.doors = 0x1F;
  fix.load = 1;
  const std::string body = location_body(fix);
  EXPECT_EQ(body.size(), 28U);
  EXPECT_EQ(parse_location(body).value(), fix);
  EXPECT_EQ(parse_batch(batch_body({fix, sample()})).value(), (std::vector{fix, sample()}));
  for (const auto& [at, value] : std::vector<std::pair<std::size_t, char>>{{8, '\x7f'},
                                                                           {12, '\x7f'},
                                                                           {20, '\x7f'},
                                                                           {23, '\x13'},
                                                                           {24, '\x32'},
                                                                           {25, '\x24'},
                                                                           {26, '\x60'},
                                                                           {27, '\x0a'}}) {
    std::string bad = body;
    bad[at] = value;
    EXPECT_FALSE(parse_location(bad)) << at;
  }
  std::string batch = batch_body({fix});
  EXPECT_FALSE(parse_batch(batch + "x"));
  batch[1] = 2;
  EXPECT_FALSE(parse_batch(batch));
}

}  // namespace
}  // namespace huan::jt808
