// SPDX-License-Identifier: Apache-2.0
// Types of dossier: those of the base are whole, a city may lay down its own, what cannot be is
// refused.
#include <gtest/gtest.h>

#include <set>

#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {
namespace {

const char* const kCity =
    "name=\"x-six\"\ncity=\"x-six\"\nversion=\"1\"\nzh=\"六市\"\nen=\"Six\"\n"
    "utc_offset=\"+08:00\"\ntime_zone=\"Asia/Shanghai\"\n"
    "records_from=\"2026-01-01T00:00:00+08:00\"\neffective_from=\"2026-01-01\"\n";

const char* const kDrill = R"([[dossier]]
code = "drill"
clause = "ours"
zh = "演练"
en = "drill"
about = ["place"]
fields = [{ name = "day", zh = "日", en = "day", type = "day" }]
states = [
  { code = "held", zh = "a", en = "a", first = true, needs = ["day"], next = ["void"], gives = true },
  { code = "void", zh = "b", en = "b", ended = true },
]
)";

const char* const kFact =
    "[[fact]]\nname=\"place.drill\"\nsubject=\"place\"\ntype=\"yes_no\"\norigin=\"record\"\n"
    "zh=\"演练\"\nen=\"drill\"\n";

std::string read(const std::string& dossiers) {
  const auto city =
      parse({{"six/", {{"pack.toml", kCity}, {"norms.toml", kFact}, {"dossiers.toml", dossiers}}}});
  return city ? "accepted" : city.error().at + ": " + city.error().detail;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(DossierFile, TheBaseLaysDownWhatTheDocumentsAskFor) {
  const auto base = load("packs/yangquan");
  ASSERT_TRUE(base) << base.error().at << base.error().detail;
  std::set<std::string> codes;
  for (const duties::DossierType& type : base->rules.duties.dossier_types) {
    EXPECT_TRUE(codes.insert(type.row.code).second) << type.row.code;
    EXPECT_FALSE(type.row.clause.empty());
  }
  for (const char* code : {"task_report", "deliverable", "contact", "meeting", "dispatch_rule",
                           "reminder", "notice", "evaluation", "award", "cleanup", "project",
                           "land", "estate", "title", "safety", "survey"}) {
    EXPECT_TRUE(codes.contains(code)) << code;
  }
  std::set<std::string> facts;  // what a city gives stands beside what the base gives
  for (const duties::DossierGift& gift : base->rules.duties.dossier_gifts) {
    facts.insert(gift.fact);
  }
  EXPECT_TRUE(facts.contains("enterprise.drill_held"));
  EXPECT_TRUE(facts.contains("person.trained"));
}

TEST(DossierFile, ACityLaysDownItsOwn) {
  EXPECT_EQ(read(kDrill), "accepted");
  EXPECT_EQ(read(std::string(kDrill) + "[[gives]]\ndossier=\"drill\"\nfact=\"place.drill\"\n"),
            "accepted");
}

TEST(DossierFile, WhatCannotBeIsRefused) {
  const std::pair<std::string, const char*> wrong[] = {
      {with(kDrill, "next = [\"void\"]", "next = [\"gone\"]"), "found gone"},
      {with(kDrill, "first = true, ", ""), "nothing leads to the state held"},
      {with(kDrill, "needs = [\"day\"]", "needs = [\"dya\"]"), "found dya"},
      {with(kDrill, "about = [\"place\"]", "about = [\"planet\"]"), "found planet"},
      {with(kDrill, "about = [\"place\"]", "about = []"), "one or more"},
      {with(kDrill, "type = \"day\"", "type = \"choice\""), "a choice has choices"},
      {with(kDrill, "ended = true", "edned = true"), "edned"},
      {std::string(kDrill) + kDrill, "once"},
      {std::string(kDrill) + "[[gives]]\ndossier=\"drlil\"\nfact=\"place.drill\"\n", "a type of"},
      {std::string(kDrill) + "[[gives]]\ndossier=\"drill\"\nfact=\"place.area\"\n", "people enter"},
      {std::string(kDrill) + "[[gives]]\ndossier=\"drill\"\nfact=\"place.drill\"\nfield=\"day\"\n",
       "of the fact's type"},
  };
  for (const auto& [text, expected] : wrong) {
    const std::string said = read(text);
    EXPECT_NE(said.find(expected), std::string::npos) << expected << "\n" << said;
    EXPECT_NE(said.find("dossiers.toml line "), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace huan::wire_pack
