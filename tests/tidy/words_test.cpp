// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <gtest/gtest.h>

namespace huan::tidy {
namespace {

const std::string kLicence = "// SPDX-License-Identifier: Apache-2.0\n";

TEST(Words, OfTheProjectBelongToIt) {
  const Complaints found = banned_words(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Words, AreFoundWhereverTheyStand) {
  const std::string text =
      std::string("// TO") + "DO: later\nopen(\"/tm" + "p/x\")\nTODOS and mkstemp(\"aXXXXXX\")\n";
  EXPECT_EQ(banned_words(tree_of({{"a.cpp", text}})).size(), 2U);
}

TEST(Licence, IsInEverySource) {
  const Complaints found = missing_licences(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
  EXPECT_EQ(
      missing_licences(tree_of({{"a.cpp", "int a;\n"}, {"b.cpp", kLicence}, {"c.md", ""}})).size(),
      1U);
}

TEST(WhiteSpace, OfTheProjectIsClean) {
  const Complaints found = white_space(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(WhiteSpace, IsFoundAtEndsAndAsTabs) {
  EXPECT_EQ(white_space(tree_of({{"a.cpp", "a \nb\tc\nd\r\ne"}})).size(), 4U);
  EXPECT_EQ(white_space(tree_of({{"Makefile", "a:\n\techo\n"}})).size(), 0U);
}

TEST(Cpp, OfTheProjectIsAsWeWriteIt) {
  const Complaints found = unwanted_cpp(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Cpp, IsFoundWhenItIsNot) {
  EXPECT_EQ(
      unwanted_cpp(
          tree_of({{"a.cpp", "void f() { assert(x); static_assert(true); HUAN_ASSERT(x); }\n"}}))
          .size(),
      1U);
  EXPECT_EQ(unwanted_cpp(tree_of({{"a.hpp", "using namespace std;\n"}})).size(), 2U);
  EXPECT_EQ(unwanted_cpp(tree_of({{"a.hpp", "#pragma once\n// assert(x) in a comment\n"}})).size(),
            0U);
}

}  // namespace
}  // namespace huan::tidy
