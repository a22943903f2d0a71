// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/decimal.hpp"

#include <gtest/gtest.h>

namespace huan::wire_table {
namespace {

Decimal parsed(std::string_view text) {
  const auto value = parse_decimal(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value ? *value : Decimal{-1, 99};
}

TEST(Decimal, KeepsWhatIsWritten) {
  EXPECT_EQ(parsed("12.3"), (Decimal{123, 1}));
  EXPECT_EQ(parsed("0012.300"), (Decimal{123, 1}));
  EXPECT_EQ(parsed("-0.5"), (Decimal{-5, 1}));
  EXPECT_EQ(parsed(".5"), (Decimal{5, 1}));
  EXPECT_EQ(parsed("+7."), (Decimal{7, 0}));
  EXPECT_EQ(parsed("0.0"), (Decimal{0, 0}));
  EXPECT_EQ(parsed("999999999999999999"), (Decimal{999'999'999'999'999'999, 0}));
  EXPECT_EQ(parsed("0.000000000000000001"), (Decimal{1, 18}));
}

TEST(Decimal, FoldsFullWidthAndSeparators) {
  EXPECT_EQ(parsed("１，２３４．５"), (Decimal{12345, 1}));
  EXPECT_EQ(parsed("　12.5\u00A0"), (Decimal{125, 1}));
  EXPECT_EQ(parsed("1,234,567"), (Decimal{1234567, 0}));
  EXPECT_EQ(parsed("−3"), (Decimal{-3, 0}));
}

TEST(Decimal, RefusesWhatIsNotClearlyANumber) {
  for (const char* text : {"",
                           " ",
                           ".",
                           "-",
                           "12,5",
                           "1,23,456",
                           ",123",
                           "1234,567",
                           "1,234,",
                           "1 234",
                           "1e5",
                           "0x10",
                           "12kg",
                           "1.2.3",
                           "--1",
                           "1-",
                           "NaN",
                           "十二",
                           "1234567890123456789",
                           "0.1234567890123456789",
                           "1,234.5,6"}) {
    EXPECT_FALSE(parse_decimal(text).has_value()) << text;
  }
}

TEST(Decimal, AnErrorNeverCutsACharacter) {
  const auto value = parse_decimal(std::string(59, 'x') + "废纸板");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().detail, '"' + std::string(59, 'x') + "\" is not a number");
}

TEST(Decimal, RoundsHalfAwayFromZeroOnce) {
  const Decimal short_ton{90'718'474, 2};
  EXPECT_EQ(*to_whole({2622, 1}, short_ton), 237'863'839);  // 262.2 × 907184.74 = 237863838.828
  EXPECT_EQ(*to_whole({5, 1}, {1, 0}), 1);
  EXPECT_EQ(*to_whole({-5, 1}, {1, 0}), -1);
  EXPECT_EQ(*to_whole({49, 2}, {1, 0}), 0);
  EXPECT_EQ(*to_whole({15, 1}, {1, 0}), 2);
  EXPECT_EQ(*to_whole({25, 1}, {1, 0}), 3);  // not to even
  EXPECT_EQ(*to_whole({123, 1}, {1000, 0}), 12'300);
  EXPECT_EQ(*to_whole({1, 18}, {999'999'999'999'999'999, 0}), 1);
}

TEST(Decimal, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(*to_whole({9'007'199'254'740'991, 0}, {1, 0}), 9'007'199'254'740'991);
  EXPECT_FALSE(to_whole({9'007'199'254'740'992, 0}, {1, 0}).has_value());
  EXPECT_FALSE(to_whole({-999'999'999'999'999'999, 0}, {999'999'999'999'999'999, 0}).has_value());
}

TEST(Decimal, ExactConversionRefusesWhatWouldBeRounded) {
  EXPECT_EQ(*to_exact({1850, 0}, 100'000, 1'000'000), 185);  // 1850 yuan a tonne
  EXPECT_EQ(*to_exact({185, 2}, 100, 1), 185);
  EXPECT_FALSE(to_exact({18555, 1}, 100'000, 1'000'000).has_value());
}

TEST(Unit, KnowsTheUsualNames) {
  const auto grams = [](std::string_view name) {
    return to_whole({1, 0}, unit_named(name)->factor).value();
  };
  EXPECT_EQ(grams("kg"), 1'000);
  EXPECT_EQ(grams("ＫＧ"), 1'000);
  EXPECT_EQ(grams("吨"), 1'000'000);
  EXPECT_EQ(grams("公斤"), 1'000);
  EXPECT_EQ(grams("斤"), 500);
  EXPECT_EQ(grams("g"), 1);
  EXPECT_EQ(unit_named("short tons")->factor, (Decimal{90'718'474, 2}));
  EXPECT_EQ(unit_named("907184.74 g")->factor, (Decimal{90'718'474, 2}));
  EXPECT_EQ(unit_named("1,000 g")->factor, (Decimal{1'000, 0}));
  EXPECT_FALSE(unit_named("ton").has_value());
  EXPECT_FALSE(unit_named("-5 g").has_value());
  EXPECT_FALSE(unit_named("5 kg").has_value());
  EXPECT_FALSE(unit_named("").has_value());
}

TEST(Unit, PricesAreFenAKilogramOrAPiece) {
  const auto fen = [](Decimal value, std::string_view name) {
    const auto unit = unit_named(name);
    EXPECT_TRUE(unit && unit->dimension == Dimension::price) << name;
    return to_exact(value, unit->factor.mantissa, unit->divide);
  };
  EXPECT_EQ(*fen({185, 2}, "元/kg"), 185);
  EXPECT_EQ(*fen({185, 2}, "元/公斤"), 185);
  EXPECT_EQ(*fen({1850, 0}, "元/吨"), 185);
  EXPECT_EQ(*fen({9, 1}, "元/斤"), 180);
  EXPECT_TRUE(unit_named("元/台")->per_piece);
  EXPECT_FALSE(unit_named("kg/元").has_value());
}

TEST(Amount, TheCellsOwnUnitIsKept) {
  const auto tonnes = parse_amount("3.5吨");
  ASSERT_TRUE(tonnes.has_value());
  EXPECT_EQ(tonnes->value, (Decimal{35, 1}));
  EXPECT_EQ(tonnes->unit->factor, (Decimal{1'000'000, 0}));
  EXPECT_EQ(parse_amount("￥1,200.50")->value, (Decimal{12005, 1}));
  EXPECT_EQ(parse_amount("12.5 kg")->value, (Decimal{125, 1}));
  EXPECT_FALSE(parse_amount("12 ton").has_value());
  EXPECT_FALSE(parse_amount("kg").has_value());
}

TEST(Blank, OnlySpacesAreBlank) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t　\u00A0"));
  EXPECT_FALSE(is_blank("0"));
  EXPECT_FALSE(is_blank("-"));
}

}  // namespace
}  // namespace huan::wire_table
