// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/award.hpp"

#include <gtest/gtest.h>

namespace huan::dossiers {
namespace {

std::vector<duties::Award> malls() {
  duties::Award award;
  award.row.code = "malls";
  award.criteria = {"可循环包装 / reusable packaging", "绿色宣传 / promotion", "专区"};
  duties::Award open;
  open.row.code = "open";
  return {award, open};
}

std::string judged(const std::string& award, const std::string& state,
                   std::vector<std::string> met) {
  registry::Dossier dossier;
  dossier.type = "award";
  dossier.state = state;
  dossier.fields["award"] = award;
  dossier.fields["criteria_met"] = std::move(met);
  const auto result = judge_award(malls(), dossier);
  return result ? std::string{} : result.error().at + " " + result.error().detail;
}

TEST(Award, IsOneOfThePacks) {
  EXPECT_EQ(judged("malls", "applied", {}), "");
  EXPECT_EQ(judged("parks", "applied", {}), "/data/fields/award no award of the pack: parks");
}

TEST(Award, NamesCriteriaByNumberOrWords) {
  EXPECT_EQ(judged("malls", "checked", {"1", "绿色宣传", "专区"}), "");
  EXPECT_EQ(judged("malls", "checked", {"reusable packaging", "绿色宣传 / promotion"}), "");
  for (const char* other : {"0", "4", "-1", "包装", "", "promotions"}) {
    EXPECT_TRUE(judged("malls", "checked", {other}).starts_with("/data/fields/criteria_met"))
        << other;
  }
}

TEST(Award, IsGivenToWhoMeetsAllCriteria) {
  EXPECT_EQ(judged("malls", "awarded", {"1", "2", "3"}), "");
  const std::string wanting = judged("malls", "awarded", {"3", "1", "1"});
  EXPECT_NE(wanting.find("绿色宣传"), std::string::npos) << wanting;
  EXPECT_EQ(judged("open", "awarded", {}), "") << "a list without criteria";
}

}  // namespace
}  // namespace huan::dossiers
