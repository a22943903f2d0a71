// SPDX-License-Identifier: Apache-2.0
#include "functions.hpp"

#include <gtest/gtest.h>

namespace huan::tidy {
namespace {

std::string found(std::string_view text) {
  std::string out;
  for (const Function& f : functions_of(text)) {
    out += f.name + "@" + std::to_string(f.line) + "+" + std::to_string(f.lines) + " ";
  }
  return out;
}

TEST(Functions, AreFoundInNamespacesAndClasses) {
  EXPECT_EQ(found("namespace a {\nint f(int x) {\n  return x;\n}\n}\n"), "f@2+3 ");
  EXPECT_EQ(
      found(
          "class A : public B {\n public:\n  int g() const { return 1; }\n};\nvoid A::h() {\n}\n"),
      "g@3+1 A::h@5+2 ");
  EXPECT_EQ(found("extern \"C\" int f(int x) {\n  return x;\n}\n"), "f@1+3 ");
}

TEST(Functions, HoldTheirLambdasAndBranches) {
  EXPECT_EQ(found("void f() {\n  if (x) {\n    run([] {\n    });\n  }\n}\nvoid g() {}\n"),
            "f@1+6 g@7+1 ");
}

TEST(Functions, AreNotInitializersEnumsOrLiterals) {
  EXPECT_EQ(found("constexpr int kA[]{f(1), 2};\nauto b = g({1});\nenum class E { a, b };\n"), "");
  EXPECT_EQ(found("const char* k = \"{ f() {\";\nchar c = '{';\nint n = 1'000;\nvoid f() {}\n"),
            "f@4+1 ");
  EXPECT_EQ(found("auto t = R\"x(\nvoid f() {\n)x\";\n// void g() {\n#define H() {\nvoid i() {}\n"),
            "i@6+1 ");
}

TEST(Functions, MayInitializeMembersTakeDefaultsAndBeOperators) {
  EXPECT_EQ(found("A::A(int x) : a_{x}, b_(x) {\n  run();\n}\n"), "A::A@1+3 ");
  EXPECT_EQ(found("void f(B b = {}) {\n}\n"), "f@1+2 ");
  EXPECT_EQ(
      found("A& operator=(const A& a) {\n}\nbool operator==(A a, A b) { return a.n == b.n; }\n"),
      "operator_@1+2 operator_@3+1 ");
  EXPECT_EQ(found("template <class T = int>\nT f() {\n}\n"), "f@2+2 ");
}

}  // namespace
}  // namespace huan::tidy
