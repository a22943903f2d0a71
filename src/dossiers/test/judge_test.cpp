// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/judge.hpp"

#include <gtest/gtest.h>

namespace huan::dossiers {
namespace {

using base::ErrorCode;
using registry::Dossier;

duties::DossierType type_of_drill() {
  duties::DossierType type;
  type.row.code = "drill";
  type.about = {"enterprise"};
  type.fields = {{"day", "", "", duties::FieldType::day, "", {}},
                 {"attended", "", "", duties::FieldType::amount, "count", {}},
                 {"kind", "", "", duties::FieldType::choice, "", {"fire", "flood"}}};
  duties::DossierState planned;
  planned.code = "planned";
  planned.first = true;
  planned.next = {"planned", "held"};
  duties::DossierState held;
  held.code = "held";
  held.needs = {"day", "from"};
  held.evidence = true;
  held.signed_by = {"safety"};
  held.by = {"operator"};
  held.ended = true;
  type.states = {planned, held};
  return type;
}

Dossier planned() {
  Dossier dossier;
  dossier.type = "drill";
  dossier.about_kind = "enterprise";
  dossier.about = "E-1";
  dossier.state = "planned";
  return dossier;
}

Dossier held(const std::string& by) {
  Dossier dossier = planned();
  dossier.state = "held";
  dossier.from = base::parse_day("2025-06-01");
  dossier.fields["day"] = std::string("2025-06-01");
  dossier.evidence.push_back({"photos", "", {}});
  dossier.signatures.push_back({"safety", by, *dossier.from, content_digest(dossier)});
  return dossier;
}

class JudgeTest : public ::testing::Test {
 protected:
  std::string judged(const Dossier* before, const Dossier& after,
                     std::string_view role = "operator", std::string_view by = "ann") {
    const auto result = judge_step({type_, before, after, role, by});
    return result ? std::string{}
                  : std::string(base::name(result.error().code)) + " " + result.error().at;
  }
  duties::DossierType type_ = type_of_drill();
  Dossier before_ = planned();
};

TEST_F(JudgeTest, GoesTheWayThatTheTableSays) {
  EXPECT_EQ(judged(nullptr, planned()), "");
  EXPECT_EQ(judged(&before_, planned()), "");
  EXPECT_EQ(judged(&before_, held("ann")), "");
  EXPECT_EQ(judged(nullptr, held("ann")), "bad_field /data/state");  // it does not begin so
  const Dossier done = held("ann");
  EXPECT_EQ(judged(&done, planned()), "bad_field /data/state");
  Dossier odd = planned();
  odd.state = "lost";
  EXPECT_EQ(judged(nullptr, odd), "bad_field /data/state");
  EXPECT_EQ(judged(&before_, held("ann"), "enterprise_admin"), "forbidden /data/state");
}

TEST_F(JudgeTest, AsksForWhatHasToBeThere) {
  Dossier one = held("ann");
  one.fields.clear();
  EXPECT_EQ(judged(&before_, one), "bad_field /data/signatures");  // signed something else
  one.signatures.clear();
  EXPECT_EQ(judged(&before_, one), "bad_field /data/fields/day");
  one = held("ann");
  one.evidence.clear();
  one.signatures.clear();
  EXPECT_EQ(judged(&before_, one), "bad_field /data/evidence");
  one = held("ann");
  one.signatures.clear();
  EXPECT_EQ(judged(&before_, one), "bad_field /data/signatures");
}

TEST_F(JudgeTest, EachSignsForThemselvesAndUnderWhatItSays) {
  EXPECT_EQ(judged(&before_, held("bob")), "forbidden /data/signatures");
  Dossier done = held("bob");
  type_.states[1].next = {"held"};
  EXPECT_EQ(judged(&done, done), "");  // what bob signed before stands
  Dossier changed = done;
  changed.fields["attended"] = std::int64_t{9};
  EXPECT_EQ(judged(&done, changed), "bad_field /data/signatures");  // it is not what bob signed
  EXPECT_TRUE(is_signed(done, "safety"));
  EXPECT_FALSE(is_signed(changed, "safety"));
  EXPECT_FALSE(is_signed(done, "lead"));
}

TEST_F(JudgeTest, FieldsAreOfTheirTypes) {
  const std::pair<const char*, registry::DossierValue> wrong[] = {{"day", std::string("June")},
                                                                  {"day", std::int64_t{3}},
                                                                  {"attended", std::string("9")},
                                                                  {"kind", std::string("quake")},
                                                                  {"who", true}};
  for (const auto& [name, value] : wrong) {
    Dossier one = planned();
    one.fields[name] = value;
    EXPECT_EQ(judged(nullptr, one), std::string("bad_field /data/fields/") + name);
  }
  Dossier other = planned();
  other.about = "E-2";
  EXPECT_EQ(judged(&before_, other), "bad_field /data/about");
  other.about_kind = "place";
  EXPECT_EQ(judged(nullptr, other), "bad_field /data/about/kind");
}

}  // namespace
}  // namespace huan::dossiers
