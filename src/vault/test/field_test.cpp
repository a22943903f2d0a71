// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/field.hpp"

#include <gtest/gtest.h>

namespace huan::vault {
namespace {

const base::Day kToday = base::day_of(base::Civil{2026, 11, 21});

TEST(Masked, ShowsAsMuchAsAClerkNeedsToRecognise) {
  EXPECT_EQ(masked(Field::name, "张三"), "张*");
  EXPECT_EQ(masked(Field::name, "欧阳甲乙"), "欧***");
  EXPECT_EQ(masked(Field::name, "张"), "*");
  EXPECT_EQ(masked(Field::phone, "13812341234"), "138****1234");
  EXPECT_EQ(masked(Field::phone, "86001234"), "86****34");
  EXPECT_EQ(masked(Field::phone, "12345"), "****");
  EXPECT_EQ(masked(Field::id_number, "11010519491231002X"), "1101**********002X");
  EXPECT_EQ(masked(Field::bank_account, "6222021234567890123"), "****0123");
  EXPECT_EQ(masked(Field::address, "河北省石家庄市长安区某某路某号"), "河北省石家庄****");
  EXPECT_EQ(masked(Field::address, "某某路某号"), "****");
  EXPECT_EQ(masked(Field::contact, "李四"), "李*");
  EXPECT_EQ(masked(Field::other_document, "E12345678"), "****");
  EXPECT_EQ(masked(Field::email, "someone@example.org"), "****@example.org");
}

TEST(Checked, FormsOfEachField) {
  EXPECT_EQ(*checked(Field::id_number, "11010519491231002x", kToday), "11010519491231002X");
  EXPECT_EQ(checked(Field::id_number, "110105194912310021", kToday).error().code,
            base::ErrorCode::bad_identifier);
  EXPECT_TRUE(checked(Field::phone, "+86 138-1234-1234", kToday));
  EXPECT_FALSE(checked(Field::phone, "call me", kToday));
  EXPECT_FALSE(checked(Field::bank_account, "1234", kToday));
  EXPECT_FALSE(checked(Field::bank_account, "   ", kToday));
  EXPECT_FALSE(checked(Field::id_number, " ", kToday));
  EXPECT_EQ(*checked(Field::bank_account, "6222 0212 3456 7890", kToday), "6222021234567890");
  EXPECT_EQ(*checked(Field::bank_account, "gb29nwbk60161331926819", kToday),
            "GB29NWBK60161331926819");
  EXPECT_FALSE(checked(Field::name, "", kToday));
  EXPECT_FALSE(checked(Field::name, "\xff", kToday));
  EXPECT_FALSE(checked(Field::name, std::string(401, 'a'), kToday));
}

TEST(Checked, ErrorsDoNotRepeatTheValue) {
  for (const Field field : {Field::phone, Field::bank_account, Field::id_number, Field::email}) {
    const auto result = checked(field, "secret-13812341234567", kToday);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().detail.find("138"), std::string::npos);
  }
}

TEST(FieldNames, GoBothWays) {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    EXPECT_EQ(field_from(name(field)), field);
  }
  EXPECT_FALSE(field_from("face"));
}

}  // namespace
}  // namespace huan::vault
