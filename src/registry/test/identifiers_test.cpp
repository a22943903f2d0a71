// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/identifiers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace huan::registry {
namespace {

const base::Day kToday = base::day_of(base::Civil{2026, 11, 21});

TEST(Uscc, PublishedCodesPass) {
  for (const char* code : {"91350100M000100Y43", "914403001922038216"}) {
    EXPECT_TRUE(check_uscc(code)) << code;
  }
}

TEST(Uscc, EveryChangeOfOneCharacterIsSeen) {
  const std::string good = "91350100M000100Y43";
  const std::string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char c : alphabet) {
      std::string other = good;
      other[i] = c;
      EXPECT_EQ(check_uscc(other).has_value(), other == good) << other;
    }
  }
}

TEST(Uscc, InnerCheckAloneDecidesToo) {
  // Characters 9–16 and 17 changed, the outer check made to fit: only the organisation code is
  // wrong.
  std::string code = "914403001922038226";
  bool outer_fitted = false;
  for (const char c : std::string{"0123456789ABCDEFGHJKLMNPQRTUWXY"}) {
    code[17] = c;
    const auto checked = check_uscc(code);
    ASSERT_FALSE(checked);
    outer_fitted = outer_fitted || checked.error().detail.find("organisation") != std::string::npos;
  }
  EXPECT_TRUE(outer_fitted);
}

TEST(Uscc, FormIsChecked) {
  EXPECT_FALSE(check_uscc(""));
  EXPECT_FALSE(check_uscc("91350100M000100Y4"));
  EXPECT_FALSE(check_uscc("91350100I000100Y43"));
  EXPECT_FALSE(check_uscc("91350100m000100y43"));
}

TEST(IdNumber, StandardExamplePassesAndDateIsReal) {
  EXPECT_TRUE(check_id_number("11010519491231002X", kToday));
  EXPECT_FALSE(check_id_number("110105194912310021", kToday));
  EXPECT_FALSE(check_id_number("11010519491331002X", kToday));
  EXPECT_FALSE(check_id_number("11010519491231002x", kToday));
  EXPECT_FALSE(check_id_number("11010519491231002X", base::day_of(base::Civil{1949, 12, 30})));
}

TEST(IdNumber, ErrorDoesNotRepeatTheNumber) {
  const auto checked = check_id_number("110105194912310021", kToday);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, base::ErrorCode::bad_identifier);
  EXPECT_EQ(checked.error().detail.find("1949"), std::string::npos);
}

TEST(Division, ProvinceDecides) {
  EXPECT_TRUE(check_division("130102"));
  EXPECT_TRUE(check_division("810000"));
  EXPECT_FALSE(check_division("180102"));
  EXPECT_FALSE(check_division("13010"));
  EXPECT_FALSE(check_division("13010a"));
}

TEST(Vin, CheckCharacter) {
  EXPECT_TRUE(check_vin("1M8GDM9AXKP042788"));
  EXPECT_TRUE(check_vin("11111111111111111"));
  EXPECT_FALSE(check_vin("1M8GDM9A1KP042788"));
  EXPECT_FALSE(check_vin("1M8GDM9AXKP04278"));
  EXPECT_FALSE(check_vin("1M8GDM9AXKPO42788"));
}

TEST(Plate, UsualFormsGiveNoWarning) {
  for (const char* plate :
       {"冀A12345", "冀AD12345", "冀A12345D", "冀A1234学", "冀A1234挂", "京AF0236X"}) {
    if (std::string{plate} == "京AF0236X") {
      EXPECT_TRUE(plate_warning(plate)) << plate;
    } else {
      EXPECT_FALSE(plate_warning(plate)) << plate;
    }
  }
}

TEST(Plate, OthersOnlyWarn) {
  for (const char* plate : {"", "A12345", "冀I12345", "冀AO2345", "冀A1234567", "\xff\xff\xff"}) {
    EXPECT_TRUE(plate_warning(plate)) << plate;
  }
}

TEST(PersonalNumber, FoundInsideText) {
  EXPECT_TRUE(holds_personal_number("联系13812341234", kToday));
  EXPECT_TRUE(holds_personal_number("证件11010519491231002X号", kToday));
  EXPECT_FALSE(holds_personal_number("合成企业 001", kToday));
  EXPECT_FALSE(holds_personal_number("138123412345", kToday));
  EXPECT_FALSE(holds_personal_number("914403001922038216", kToday));
}

}  // namespace
}  // namespace huan::registry
