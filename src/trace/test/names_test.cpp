// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace huan::trace {
namespace {

TEST(LotNames, EveryFormComesBackAsItWas) {
  Slabs slabs;
  LotNames names(7, slabs);
  const std::vector<std::string> texts = {"L-7",
                                          "",
                                          "0",
                                          "000",
                                          "A000",
                                          "A0000",
                                          "A00",
                                          "S0013-20260101-00017",
                                          "123456789012345678901234567890",
                                          "999999999999999999",
                                          "1000000000000000000",
                                          "0190b5c0-7b1e-7cc3-98a1-3f5a2f4f0c11.1",
                                          "0190b5c0-7b1e-7cc3-98a1-3f5a2f4f0c11.12345678",
                                          "0190b5c0-7b1e-7cc3-98a1-3f5a2f4f0c11.01",
                                          "0190B5C0-7b1e-7cc3-98a1-3f5a2f4f0c11.1",
                                          "0190b5c0-7b1e-7cc3-98a1-3f5a2f4f0c11.",
                                          std::string(120, 'x'),
                                          std::string(120, '7'),
                                          std::string(119, 'y') + "1"};
  std::vector<std::uint32_t> offsets;
  for (const std::string& text : texts) {
    const LotNames::Code code = names.code(text);
    offsets.push_back(names.add(code));
    EXPECT_EQ(names.hash(code), names.hash_at(offsets.back()));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string back;
    names.append_to(offsets[i], back);
    EXPECT_EQ(back, texts[i]);
    const auto code = names.find_code(texts[i]);
    ASSERT_TRUE(code.has_value());
    for (std::size_t j = 0; j < texts.size(); ++j) {
      EXPECT_EQ(names.equals(offsets[j], *code), i == j) << texts[i] << " / " << texts[j];
    }
  }
  EXPECT_FALSE(names.find_code("B0000").has_value());
  EXPECT_FALSE(names.find_code(std::string(121, 'x')).has_value());
}

TEST(NameTable, OneNumberForOneText) {
  Slabs slabs;
  NameTable table(3, slabs);
  std::mt19937 random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = "place-" + std::to_string(random() % 7000);
    seen.insert(text);
    const std::uint32_t id = table.intern(text);
    EXPECT_EQ(table.text(id), text);
    EXPECT_EQ(table.find(text), id);
  }
  EXPECT_EQ(table.size(), seen.size());
  EXPECT_EQ(table.find("place-x"), NameTable::kNone);
}

}  // namespace
}  // namespace huan::trace
