// SPDX-License-Identifier: Apache-2.0
#include "huan/json/canonical.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "huan/json/document.hpp"

namespace huan::json {
namespace {

std::string form(std::string_view text) {
  ParseOptions options;
  options.allow_fractions = true;
  const auto document = Document::parse(text, options);
  return document.has_value() ? canonical(document->root()) : "refused: " + document.error().detail;
}

// RFC 8785, section 3.2.2 and 3.2.3.
TEST(Canonical, WritesTheExampleOfTheStandard) {
  EXPECT_EQ(form(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

// RFC 8785, section 3.2.3: order of keys by UTF-16 code units.
TEST(Canonical, SortsKeysByUtf16CodeUnits) {
  EXPECT_EQ(
      form(
          R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
      "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})"),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small "
      "Letter O With "
      "Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter "
      "Dalet With "
      "Dagesh\"}");
}

TEST(Canonical, ComparesPrefixesAndAllPlanes) {
  EXPECT_TRUE(key_less("", "a"));
  EXPECT_TRUE(key_less("a", "ab"));
  EXPECT_FALSE(key_less("ab", "a"));
  EXPECT_FALSE(key_less("a", "a"));
  EXPECT_TRUE(key_less("\uD7FF", "\U00010000"));
  EXPECT_TRUE(key_less("\U0010FFFF", "\uE000"));
  EXPECT_TRUE(key_less("\U00010000", "\U00010001"));
  EXPECT_TRUE(key_less("\uE000", "\uFFFF"));
}

TEST(Canonical, EscapesOnlyWhatItMust) {
  std::string all;
  for (char c = 1; c < 0x7F; ++c) {
    all += c;
  }
  EXPECT_EQ(
      quote(all),
      R"("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014)"
      R"(\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f !\"#$%&'()*+,-./0123456789:;<=>?@)"
      R"(ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~")");
  EXPECT_EQ(form(R"("\u007f\u2028\/")"), "\"\x7F\u2028/\"");
  EXPECT_EQ(form(R"({"k\u0022":{"z":1,"a":[]},"b":{}})"), R"({"b":{},"k\"":{"a":[],"z":1}})");
}

TEST(Canonical, WritesIntegersPlainly) {
  EXPECT_EQ(form("[ -0, 0, 7, -9007199254740991, 9007199254740991 ]"),
            "[0,0,7,-9007199254740991,9007199254740991]");
}

// RFC 8785, appendix B.
TEST(Canonical, WritesDoublesAsEcmaScriptDoes) {
  struct Sample {
    std::uint64_t bits;
    std::string text;
  };
  for (const Sample& sample : {
           Sample{0x0000000000000000, "0"},
           Sample{0x8000000000000000, "0"},
           Sample{0x0000000000000001, "5e-324"},
           Sample{0x8000000000000001, "-5e-324"},
           Sample{0x7fefffffffffffff, "1.7976931348623157e+308"},
           Sample{0xffefffffffffffff, "-1.7976931348623157e+308"},
           Sample{0x4340000000000000, "9007199254740992"},
           Sample{0xc340000000000000, "-9007199254740992"},
           Sample{0x4430000000000000, "295147905179352830000"},
           Sample{0x44b52d02c7e14af5, "9.999999999999997e+22"},
           Sample{0x44b52d02c7e14af6, "1e+23"},
           Sample{0x44b52d02c7e14af7, "1.0000000000000001e+23"},
           Sample{0x444b1ae4d6e2ef4e, "999999999999999700000"},
           Sample{0x444b1ae4d6e2ef4f, "999999999999999900000"},
           Sample{0x444b1ae4d6e2ef50, "1e+21"},
           Sample{0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
           Sample{0x3eb0c6f7a0b5ed8d, "0.000001"},
           Sample{0x41b3de4355555553, "333333333.3333332"},
           Sample{0x41b3de4355555554, "333333333.33333325"},
           Sample{0x41b3de4355555555, "333333333.3333333"},
           Sample{0x41b3de4355555556, "333333333.3333334"},
           Sample{0x41b3de4355555557, "333333333.33333343"},
           Sample{0xbecbf647612f3696, "-0.0000033333333333333333"},
           Sample{0x43143ff3c1cb0959, "1424953923781206.2"},
       }) {
    std::string text;
    number(std::bit_cast<double>(sample.bits), text);
    EXPECT_EQ(text, sample.text);
  }
}

}  // namespace
}  // namespace huan::json
