// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/material.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::registry {
namespace {

using base::Mass;

Material node(std::string code, std::string parent) {
  Material m;
  m.code = std::move(code);
  m.parent = std::move(parent);
  m.zh = m.en = m.code;
  return m;
}

std::vector<Material> tree() {
  auto paper = node("paper", "");
  paper.schemes = {{"mofcom", "paper"}, {"sjz", "paper"}};
  paper.tolerance = Tolerance{5, Mass{2000}};
  auto occ = node("paper.occ", "paper");
  occ.schemes = {{"sjz", "-"}};
  return {node("paper_x", ""), occ, paper, node("paper.news", "paper")};
}

TEST(Catalogue, LeavesAreWhatHasNothingBelow) {
  const auto catalogue = Catalogue::make(tree());
  ASSERT_TRUE(catalogue);
  EXPECT_NE(catalogue->leaf("paper.occ"), nullptr);
  EXPECT_NE(catalogue->leaf("paper_x"), nullptr);
  EXPECT_EQ(catalogue->leaf("paper"), nullptr);
  EXPECT_NE(catalogue->find("paper"), nullptr);
  EXPECT_EQ(catalogue->leaf("paper.none"), nullptr);
  EXPECT_EQ(catalogue->leaves("paper").size(), 2U);
  EXPECT_EQ(catalogue->leaves("").size(), 3U);
}

TEST(Catalogue, InheritsMappingAndTolerance) {
  const auto catalogue = Catalogue::make(tree());
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(catalogue->item("paper.occ", "mofcom"), "paper");
  EXPECT_EQ(catalogue->item("paper.occ", "sjz"), "");
  EXPECT_EQ(catalogue->item("paper.news", "sjz"), "paper");
  EXPECT_EQ(catalogue->item("paper_x", "mofcom"), "");
  EXPECT_EQ(catalogue->tolerance("paper.occ").per_mille, 5);
  EXPECT_EQ(catalogue->tolerance("paper_x").per_mille, 10);
}

TEST(Catalogue, RefusesOrphansAndDoubles) {
  auto orphan = tree();
  orphan.push_back(node("glass.clear", "glass"));
  const auto first = Catalogue::make(orphan);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().at, "glass.clear");
  auto twice = tree();
  twice.push_back(node("paper.occ", "paper"));
  EXPECT_FALSE(Catalogue::make(twice));
}

TEST(Tolerance, TheLargerOfBothHolds) {
  const Tolerance tolerance{5, Mass{2000}};
  EXPECT_FALSE(beyond(tolerance, Mass{100000}, Mass{98000}));
  EXPECT_TRUE(beyond(tolerance, Mass{100000}, Mass{97999}));
  EXPECT_FALSE(beyond(tolerance, Mass{1000000}, Mass{1005000}));
  EXPECT_TRUE(beyond(tolerance, Mass{1000000}, Mass{1005001}));
}

TEST(Material, AnyOneQualificationIsEnough) {
  Material lead = node("battery.lead_acid", "battery");
  lead.requires_any = {"hazardous_permit", "lead_acid_collection"};
  Party party;
  EXPECT_FALSE(qualified(party, lead, base::Day{0}));
  party.qualifications.push_back({"lead_acid_collection", "", {}, {}});
  EXPECT_TRUE(qualified(party, lead, base::Day{0}));
  EXPECT_TRUE(qualified(Party{}, node("paper", ""), base::Day{0}));
}

TEST(Material, ReadAndWritten) {
  const auto document = json::Document::parse(
      R"({"zh":"废铅蓄电池","en":"lead-acid batteries","unit":"kg","hazardous":true,)"
      R"("requires":["hazardous_permit"],"tolerance":{"per_mille":3,"absolute_g":500},)"
      R"("schemes":{"mofcom":"battery"},"parent":"battery","source":"[M]"})");
  ASSERT_TRUE(document);
  const auto material = parse_material("battery.lead_acid", document->root(), "/data");
  ASSERT_TRUE(material) << material.error().detail;
  EXPECT_EQ(material->parent, "battery");
  const auto text = to_json(*material);
  const auto again = json::Document::parse(text);
  ASSERT_TRUE(again);
  const auto second = parse_material("battery.lead_acid", again->root(), "/data");
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_EQ(to_json(*second), text);
  EXPECT_FALSE(parse_material("battery.", document->root(), "/data"));
  EXPECT_FALSE(parse_material("other.lead", document->root(), "/data"));
}

}  // namespace
}  // namespace huan::registry
