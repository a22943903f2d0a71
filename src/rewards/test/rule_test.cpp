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
  Visit visit;
  visit.lines = lines;
  visit.day = day(on);
  visit.earlier_today = earlier;
  return earned(rule(), visit).count();
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

TEST(Points, LimitsWithholdWhatNobodyBringsByHandOrTooOften) {
  const Rule limited = *parse_rule(
      json::Document::parse(
          R"({"cap_per_visit":60,"per_visit":5,"visits_per_day":9,"limits":{"day_mass_max_g":300000,)"
          R"("gap_s":60,"mass_max_g":200000,"place_visits_per_day":2}})")
          ->root(),
      "");
  EXPECT_EQ(to_json(*parse_rule(json::Document::parse(to_json(limited))->root(), "")),
            to_json(limited));
  Visit visit;
  visit.day = day("2026-11-23");
  visit.lines = {{"paper.occ", base::Mass{200'000}}};
  EXPECT_EQ(withheld(limited, visit), "");
  EXPECT_EQ(earned(limited, visit).count(), 5);
  visit.lines.push_back({"paper.occ", base::Mass{1}});
  EXPECT_EQ(withheld(limited, visit), "mass_max");
  EXPECT_EQ(earned(limited, visit).count(), 0);
  visit.lines = {{"paper.occ", base::Mass{100'000}}};
  visit.mass_today = base::Mass{200'000};
  EXPECT_EQ(withheld(limited, visit), "");
  visit.mass_today = base::Mass{200'001};
  EXPECT_EQ(withheld(limited, visit), "day_mass_max");
  visit.mass_today = {};
  visit.since_last_s = 59;
  EXPECT_EQ(withheld(limited, visit), "gap");
  visit.since_last_s = 60;
  visit.earlier_here = 2;
  EXPECT_EQ(withheld(limited, visit), "place_visits_per_day");
  visit.earlier_today = 9;
  EXPECT_EQ(withheld(limited, visit), "visits_per_day");
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
