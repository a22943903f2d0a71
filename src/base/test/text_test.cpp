// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/base/text.hpp"

namespace huan::base {
namespace {

TEST(Utf8, AcceptsWellFormedText) { EXPECT_TRUE(is_clean_utf8("废纸 paper \xF0\x9F\x93\xA6")); }

TEST(Utf8, RefusesNulOverlongSurrogatesAndCutSequences) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view text : {"a\0b"sv, "\xC0\x80"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv,
                                      "\xF4\x90\x80\x80"sv, "\xE5\xBA"sv, "\x80"sv, "\xFF"sv}) {
    EXPECT_FALSE(is_clean_utf8(text));
  }
}

TEST(Base64, FollowsRfc4648) {
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(unbase64("Zm9vYg==").value_or("?"), "foob");
  EXPECT_FALSE(unbase64("Zm9vYh==").has_value());
  EXPECT_FALSE(unbase64("Zm9").has_value());
}

TEST(Percent, RoundTripsOneSegment) {
  EXPECT_EQ(percent_encode("L/7 废"), "L%2F7%20%E5%BA%9F");
  EXPECT_EQ(percent_decode("L%2F7%20%e5%ba%9f").value_or("?"), "L/7 废");
  for (const char* text : {"%", "%2", "a%2", "%zz"}) {
    EXPECT_FALSE(percent_decode(text).has_value()) << text;
  }
}

TEST(Integer, IsStrict) {
  EXPECT_EQ(parse_integer("-42"), -42);
  for (const char* text : {"", "-", "+1", "01", "1.0", "1e3", " 1", "9223372036854775808"}) {
    EXPECT_FALSE(parse_integer(text).has_value()) << text;
  }
}

TEST(Pointer, EscapesTildeAndSlash) { EXPECT_EQ(pointer_token("a/b~c"), "a~1b~0c"); }

}  // namespace
}  // namespace huan::base
