// SPDX-License-Identifier: Apache-2.0
#include "modules.hpp"

#include <gtest/gtest.h>

namespace huan::tidy {
namespace {

std::string declared_edges() { return project().files.at("tests/tidy/edges.txt"); }

const std::string kDeclared = "0 base:\n1 ledger: base\n1 trace: base\n";

Tree ledger_with(const std::string& path, const std::string& text) {
  return tree_of(
      {{"src/ledger/CMakeLists.txt", "huan_module(NAME ledger TIER 1 SOURCES src/post.cpp)"},
       {"src/ledger/src/post.cpp", "#include \"huan/base/error.hpp\"\n"},
       {"src/trace/src/walk.cpp", "#include \"huan/base/error.hpp\"\n"},
       {path, text}});
}

TEST(Edges, OfTheProjectAreAsDeclared) {
  const Complaints found = edges(project(), declared_edges());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Edges, FindWhatIsNotDeclared) {
  EXPECT_EQ(text_of(edges(ledger_with("src/ledger/src/x.hpp", ""), kDeclared)), "");
  EXPECT_EQ(
      edges(ledger_with("src/ledger/src/x.hpp", "\n#include \"huan/trace/walk.hpp\"\n"), kDeclared)
          .size(),
      1U);
  EXPECT_EQ(edges(ledger_with("src/ledger/test/x_test.cpp", "#include \"huan/trace/walk.hpp\"\n"),
                  kDeclared)
                .size(),
            0U);
  EXPECT_EQ(edges(ledger_with("src/base/test/x_test.cpp", "#include \"huan/trace/walk.hpp\"\n"),
                  kDeclared)
                .size(),
            1U);
}

TEST(Edges, HoldTheListAgainstTheTiers) {
  const Tree tree = ledger_with("src/ledger/src/x.cpp", "#include \"huan/trace/walk.hpp\"\n");
  EXPECT_EQ(edges(tree, "0 base:\n1 trace: base\n1 ledger: base trace\n").size(), 1U)
      << "of one tier";
  EXPECT_EQ(edges(tree, "0 base:\n2 trace: base\n1 ledger: base trace\n").size(), 1U)
      << "of a higher tier";
  EXPECT_EQ(edges(tree, "0 base:\n1 ledger: base trace\n0 trace: base\n").size(), 1U)
      << "stands below";
  EXPECT_EQ(edges(tree, "0 base:\n0 trace: base\n2 ledger: base trace\n").size(), 1U)
      << "CMake says tier 1";
  EXPECT_EQ(edges(tree, "0 base:\n0 trace: base\n0 spare:\n1 ledger: base trace spare\n").size(),
            1U)
      << "unused";
}

TEST(Engines, OfTheProjectArePure) {
  const Complaints found = impurities(project(), declared_edges());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Engines, AreImpureWhenTheyPrintOrReadTheClock) {
  EXPECT_EQ(
      impurities(ledger_with("src/ledger/src/x.cpp", "void f() { std::cout << 1; }\n"), kDeclared)
          .size(),
      1U);
  EXPECT_EQ(impurities(
                ledger_with("src/ledger/src/x.cpp", "auto t = std::chrono::system_clock::now();\n"),
                kDeclared)
                .size(),
            1U);
  EXPECT_EQ(impurities(ledger_with("src/ledger/src/x.cpp", "// std::cout\nvoid snprintf_like();\n"),
                       kDeclared)
                .size(),
            0U);
}

TEST(Orphans, AreNotInTheProject) {
  const Complaints found = orphans(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Orphans, AreFilesOfNoTarget) {
  EXPECT_EQ(text_of(orphans(tree_of({{"src/a/CMakeLists.txt", "src/x.cpp huan/a/x.hpp"},
                                     {"src/a/src/x.cpp", "#include \"y.hpp\"\n"},
                                     {"src/a/src/y.hpp", ""},
                                     {"src/a/include/huan/a/x.hpp", ""}}))),
            "");
  EXPECT_EQ(orphans(tree_of({{"src/a/CMakeLists.txt", ""},
                             {"src/a/src/x.cpp", ""},
                             {"src/a/src/y.hpp", ""},
                             {"src/a/include/huan/a/x.hpp", ""}}))
                .size(),
            3U);
}

}  // namespace
}  // namespace huan::tidy
