// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/totp.hpp"

#include <gtest/gtest.h>

namespace huan::crypto {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";  // RFC 6238, appendix B

TEST(Totp, AsTheStandardsTableHasIt) {
  const std::pair<std::int64_t, const char*> table[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [time_s, code] : table) {
    EXPECT_EQ(totp(kSecret, static_cast<std::uint64_t>(time_s / 30), 8), code) << time_s;
  }
}

TEST(Totp, HotpsTable) {  // RFC 4226, appendix D
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t count = 0; count < 10; ++count) {
    EXPECT_EQ(totp(kSecret, count), codes[count]);
  }
}

TEST(Totp, IsGoodForOneStepAroundNowAndOnce) {
  EXPECT_EQ(totp_step(kSecret, "287082", 59, 0), 1);
  EXPECT_EQ(totp_step(kSecret, "287082", 89, 0), 1) << "a clock that is behind";
  EXPECT_EQ(totp_step(kSecret, "287082", 0, 0), 1) << "a clock that is ahead";
  EXPECT_FALSE(totp_step(kSecret, "287082", 90, 0)) << "too late";
  EXPECT_FALSE(totp_step(kSecret, "287082", 59, 1)) << "used before";
  EXPECT_FALSE(totp_step(kSecret, "287083", 59, 0));
  EXPECT_FALSE(totp_step(kSecret, "", 59, 0));
  EXPECT_FALSE(totp_step(kSecret, "0287082", 59, 0));
}

TEST(Totp, SecretsAreShownInBase32) {  // RFC 4648, section 10
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foo"), "MZXW6");
  EXPECT_EQ(base32("foob"), "MZXW6YQ");
  EXPECT_EQ(base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

}  // namespace
}  // namespace huan::crypto
