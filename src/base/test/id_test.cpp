// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/base/id.hpp"

namespace huan::base {
namespace {

TEST(Uuid, ReadsEitherCaseAndWritesLower) {
  const auto id = Uuid::parse("0192F8C4-1A2B-7C3D-8E4F-5A6B7C8D9E0F");
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->text(), "0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e0f");
}

TEST(Uuid, RefusesEverythingElse) {
  for (const char* text :
       {"", "0192f8c41a2b7c3d8e4f5a6b7c8d9e0f", "0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e0",
        "0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e0g", "0192f8c4_1a2b-7c3d-8e4f-5a6b7c8d9e0f"}) {
    EXPECT_FALSE(Uuid::parse(text).has_value()) << text;
  }
}

TEST(Uuid, MarksItsVersionAndVariant) {
  EXPECT_EQ(make_uuid_v7(0x0192F8C41A2B, 0xFFFF, 0xFFFFFFFFFFFFFFFFULL).text(),
            "0192f8c4-1a2b-7fff-bfff-ffffffffffff");
  EXPECT_EQ(make_uuid_v8({}).text(), "00000000-0000-8000-8000-000000000000");
}

TEST(Names, AreVisibleAsciiWithoutSpacePercentAndQuestionMark) {
  EXPECT_TRUE(is_name("L-7/A.1#x", kLongNameMax));
  EXPECT_FALSE(is_name("", kLongNameMax));
  EXPECT_FALSE(is_name("a b", kLongNameMax));
  EXPECT_FALSE(is_name("a%b", kLongNameMax));
  EXPECT_FALSE(is_name(".", kLongNameMax));
  EXPECT_FALSE(is_name("..", kLongNameMax));
  EXPECT_TRUE(is_name("...", kLongNameMax));
  EXPECT_TRUE(is_name(".a", kLongNameMax));
  EXPECT_FALSE(is_name("a?b", kLongNameMax));
  EXPECT_FALSE(is_name("站", kLongNameMax));
  EXPECT_FALSE(is_name(std::string(41, 'a'), kShortNameMax));
}

TEST(City, IsSixDigitsOrAnXName) {
  EXPECT_TRUE(is_city("130100"));
  EXPECT_TRUE(is_city("x-nyc"));
  EXPECT_FALSE(is_city("13010"));
  EXPECT_FALSE(is_city("x-"));
  EXPECT_FALSE(is_city("x-NYC"));
}

}  // namespace
}  // namespace huan::base
