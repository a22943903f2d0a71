// SPDX-License-Identifier: Apache-2.0
#include "huan/rewards/rule.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"

namespace huan::rewards {
namespace {

constexpr const char* kRule =
    R"({"campaigns":[{"from":"2026-12-01","per_mille":2000,"to":"2026-12-31"}],"cap_per_visit":60,)"
    R"("per_kg":[{"material":"paper","points":2},{"material":"paper.occ","points":3}],)"
    R"("per_visit":5,"visits_per_day":2})";

Rule rule() { return *parse_rule(json::Document::parse(kRule)->root(), ""); }
base::Day day(const char* text) { return *base::parse_day(text); }
std::int64_t of(const std::vector<Brought>& lines, const char* on, std::int64_t earlier = 0) {
  return earned(rule(), {lines, day(on), earlier}).count();
}

TEST(Points, AreThoseOfTheVisitAndTheMassRoundedDown) {
  EXPECT_EQ(of({}, "2026-11-23"), 5);
  EXPECT_EQ(of({{"paper.news", base::Mass{1'900}}}, "2026-11-23"), 5 + 3);
  EXPECT_EQ(of({{"paper.occ", base::Mass{1'900}}}, "2026-11-23"), 5 + 5);
  // Halves of two lines add up before they are rounded.
  EXPECT_EQ(of({{"paper.news", base::Mass{750}}, {"paper.mixed", base::Mass{750}}}, "2026-11-23"),
            5 + 3);
  EXPECT_EQ(of({{"glass.clear", base::Mass{9'000}}}, "2026-11-23"), 5);
}

TEST(Points, CampaignsAndCapsHold) {
  const std::vector<Brought> ten{{"paper.news", base::Mass{10'000}}};
  EXPECT_EQ(of(ten, "2026-11-30"), 25);
  EXPECT_EQ(of(ten, "2026-12-01"), 50);
  EXPECT_EQ(of({{"paper.occ", base::Mass{1'000'000}}}, "2026-11-30"), 60) << "the cap";
  EXPECT_EQ(of(ten, "2026-11-30", 1), 25);
  EXPECT_EQ(of(ten, "2026-11-30", 2), 0) << "a third visit of a day earns nothing";
}

TEST(Points, RulesAndRewardsComeBackAsTheyWereWritten) {
  EXPECT_EQ(to_json(rule()), kRule);
  const char* soap =
      R"({"active":true,"en":"soap","place":"S-1","points":50,"stock":3,"zh":"香皂"})";
  EXPECT_EQ(to_json(*parse_reward(json::Document::parse(soap)->root(), "")), soap);
  for (
      const char* wrong :
      {R"({"per_visit":5})", R"({"cap_per_visit":-1})",
       R"({"cap_per_visit":1,"campaigns":[{"from":"2026-12-02","to":"2026-12-01","per_mille":1}]})"}) {
    EXPECT_FALSE(parse_rule(json::Document::parse(wrong)->root(), "").has_value()) << wrong;
  }
}

}  // namespace
}  // namespace huan::rewards
