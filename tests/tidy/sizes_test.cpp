// SPDX-License-Identifier: Apache-2.0
#include "sizes.hpp"

#include <gtest/gtest.h>

namespace huan::tidy {
namespace {

std::string lines(std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    text += '\n';
  }
  return text;
}

std::size_t complaints_of(const std::string& path, const std::string& text,
                          std::string_view ratchet) {
  return sizes(tree_of({{path, text}}), ratchet).size();
}

TEST(Sizes, OfTheProjectOnlyFall) {
  const Complaints found = sizes(project(), project().files.at("tests/tidy/ratchet.txt"));
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Sizes, HaveALimitForEachKindOfFile) {
  EXPECT_EQ(complaints_of("src/a/src/a.cpp", lines(500), ""), 0U);
  EXPECT_EQ(complaints_of("src/a/src/a.cpp", lines(501), ""), 1U);
  EXPECT_EQ(complaints_of("src/a/src/a.hpp", lines(301), ""), 1U);
  EXPECT_EQ(complaints_of("web/src/a.vue", lines(501), ""), 1U);
  EXPECT_EQ(complaints_of("docs/a.md", lines(900), ""), 0U);
}

TEST(Sizes, OfFunctionsCountInTheProductOnly) {
  const std::string text = "void f() {" + lines(70) + "}\n";
  EXPECT_EQ(complaints_of("src/a/src/a.cpp", text, ""), 1U);
  EXPECT_EQ(complaints_of("src/a/test/a_test.cpp", text, ""), 0U);
  EXPECT_EQ(complaints_of("src/a/src/a.cpp", "void f() {" + lines(69) + "}\n", ""), 0U);
}

TEST(Sizes, StoredMayOnlyFall) {
  EXPECT_EQ(complaints_of("a.cpp", lines(600), "600 a.cpp\n"), 0U);
  EXPECT_EQ(complaints_of("a.cpp", lines(601), "600 a.cpp\n"), 1U) << "grown";
  EXPECT_EQ(complaints_of("a.cpp", lines(599), "600 a.cpp # long\n"), 1U) << "to be lowered";
  EXPECT_EQ(complaints_of("a.cpp", lines(400), "600 a.cpp\n"), 1U) << "to be taken out";
  EXPECT_EQ(complaints_of("a.cpp", lines(801), "801 a.cpp\n"), 1U) << "over what any file may have";
}

}  // namespace
}  // namespace huan::tidy
