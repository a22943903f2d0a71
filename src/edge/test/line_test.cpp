// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <vector>

#include "huan/scales/decode.hpp"
#include "huan/scales/encode.hpp"

namespace huan::edge {
namespace {

TEST(ParseLine, SaysWhatItTakes) {
  const auto tcp = parse_line("tcp:10.0.0.7:4001").value();
  EXPECT_EQ(tcp.name + "|" + tcp.port, "10.0.0.7|4001");
  const auto serial = parse_line("serial:/dev/ttyUSB0@1200").value();
  EXPECT_TRUE(serial.serial);
  EXPECT_EQ(serial.baud, 1'200U);
  EXPECT_EQ(parse_line("serial:/dev/ttyS0").value().baud, 9'600U);
  for (const char* bad : {"", "tcp:", "tcp:host", "tcp::1", "tcp:h:0", "tcp:h:65536",
                          "serial:ttyS0", "serial:/dev/ttyS0@7", "udp:h:1"}) {
    EXPECT_FALSE(parse_line(bad)) << bad;
  }
}

// A pseudo terminal is a serial device to whoever opens it.
TEST(Line, ReadsASerialDevice) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(master, 0);
  ASSERT_EQ(::grantpt(master), 0);
  ASSERT_EQ(::unlockpt(master), 0);
  Line line{parse_line("serial:" + std::string{::ptsname(master)} + "@9600").value()};
  ASSERT_TRUE(line.open());
  scales::Reading truth;
  truth.mass = base::Mass{13'000};  // its frame has a CR and bytes that a cooked line would eat
  const scales::DecoderOptions options{.protocol = scales::Protocol::toledo};
  const std::string frame = scales::encode(truth, options, 3);
  ASSERT_EQ(::write(master, frame.data(), frame.size()), static_cast<ssize_t>(frame.size()));
  std::string bytes;
  for (int i = 0; i < 50 && bytes.size() < frame.size(); ++i) {
    ASSERT_TRUE(line.read(bytes, 100));
  }
  EXPECT_EQ(bytes, frame);
  EXPECT_TRUE(line.write(scales::yaohua_command('A', scales::Ask::gross)));
  char asked[6];
  EXPECT_EQ(::read(master, asked, sizeof asked), 6);
  ::close(master);
  bool broke = false;
  for (int i = 0; i < 50 && !broke; ++i) {
    broke = !line.read(bytes, 20);
  }
  EXPECT_TRUE(broke);
}

}  // namespace
}  // namespace huan::edge
