// SPDX-License-Identifier: Apache-2.0
#include "huan/app/phone_codes.hpp"

#include <gtest/gtest.h>

namespace huan::app {
namespace {

constexpr base::Instant kNow{1'000'000};
base::Instant after(std::int64_t s) { return {kNow.s + s}; }

TEST(PhoneCodes, AreGoodOnceAndForAWhile) {
  PhoneCodes codes;
  const auto code = codes.ask({"r1", "a"}, kNow);
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(code->size(), 6U);
  EXPECT_FALSE(codes.check("r2", *code, kNow).has_value());
  EXPECT_TRUE(codes.check("r1", *code, after(299)).has_value());
  EXPECT_FALSE(codes.check("r1", *code, after(299)).has_value());
  const auto old = codes.ask({"r1", "a"}, after(400));
  ASSERT_TRUE(old.has_value());
  EXPECT_FALSE(codes.check("r1", *old, after(701)).has_value());
}

TEST(PhoneCodes, AreNotGuessed) {
  PhoneCodes codes;
  const auto code = codes.ask({"r1", "a"}, kNow);
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(codes.check("r1", *code == "000000" ? "000001" : "000000", kNow).has_value());
  }
  EXPECT_FALSE(codes.check("r1", *code, kNow).has_value()) << "tried too often";
}

TEST(PhoneCodes, NobodyIsFloodedWithThem) {
  PhoneCodes codes({.pause_s = 60, .of_phone_per_hour = 3, .of_address_per_hour = 4});
  EXPECT_TRUE(codes.ask({"r1", "a"}, kNow).has_value());
  const auto soon = codes.ask({"r1", "b"}, after(1));
  ASSERT_FALSE(soon.has_value());
  EXPECT_EQ(soon.error().code, base::ErrorCode::too_many_requests);
  EXPECT_EQ(soon.error().detail, "59 seconds");
  EXPECT_TRUE(codes.ask({"r1", "b"}, after(60)).has_value());
  EXPECT_TRUE(codes.ask({"r1", "c"}, after(120)).has_value());
  EXPECT_FALSE(codes.ask({"r1", "d"}, after(600)).has_value()) << "three an hour";
  for (const char* phone : {"r2", "r3", "r4"}) {
    EXPECT_TRUE(codes.ask({phone, "a"}, after(2)).has_value());
  }
  EXPECT_FALSE(codes.ask({"r5", "a"}, after(3)).has_value()) << "four an hour from one address";
  EXPECT_TRUE(codes.ask({"r1", "e"}, after(3'601)).has_value());
}

TEST(PhoneCodes, MemoryIsBounded) {
  PhoneCodes codes({.entries_max = 30});
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    refused += codes.ask({"r" + std::to_string(i), "a" + std::to_string(i)}, kNow) ? 0 : 1;
  }
  EXPECT_GE(refused, 85);
  EXPECT_TRUE(codes.ask({"r", "a"}, after(3'700)).has_value());
}

}  // namespace
}  // namespace huan::app
