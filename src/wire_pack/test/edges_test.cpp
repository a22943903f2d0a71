// SPDX-License-Identifier: Apache-2.0
// The packs' own articles judged where a text is easily misread: exactly at a border, under a
// condition, for new ones only.
#include <gtest/gtest.h>

#include <algorithm>

#include "huan/norms/judge.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {
namespace {

using norms::FactSet;
using norms::Subject;
using norms::SubjectKind;
using norms::Verdict;

const base::Day kDay = *base::parse_day("2025-06-30");
const Subject kComprehensive{SubjectKind::place, "C-1", "", "sorting-centre", "comprehensive"};
const Subject kSpecialised{SubjectKind::place, "C-2", "", "sorting-centre", "specialised"};

norms::Fact amount(std::int64_t value) {
  return {.value = value, .origin = norms::Origin::registry};
}

/// The verdict of one check; not applicable where the article is not about the subject.
class Edges : public ::testing::Test {
 protected:
  void read(const std::string& pack) { city_ = load("packs/" + pack).value(); }
  [[nodiscard]] Verdict check(const std::string& id, const Subject& subject,
                              const FactSet& facts) const {
    Verdict verdict = Verdict::not_applicable;
    int seen = 0;
    const norms::Judge judge{city_.rules.facts, city_.rules.norms};
    judge.visit(subject, facts, kDay, [&](const norms::Finding& finding) {
      for (const norms::CheckResult& result : finding.checks) {
        if (!finding.norm->inherited && result.check->id == id) {
          verdict = result.verdict;
          ++seen;
        }
      }
    });
    EXPECT_LE(seen, 1) << id;
    return verdict;
  }
  [[nodiscard]] Verdict at(const std::string& id, const Subject& subject, const std::string& fact,
                           std::int64_t value) const {
    FactSet facts;
    facts.put(fact, amount(value));
    return check(id, subject, facts);
  }

  City city_;
};

TEST_F(Edges, AThousandMetresFromHousingIsWithinThem) {
  read("yangquan");
  EXPECT_EQ(at("15.1", kComprehensive, "place.distance_to_housing", 1'000), Verdict::fail);
  EXPECT_EQ(at("15.1", kComprehensive, "place.distance_to_housing", 1'001), Verdict::pass);
  EXPECT_EQ(check("15.1", kComprehensive, FactSet{}), Verdict::not_known);
}

TEST_F(Edges, ASpecialisedCentreOfExactly15000Holds) {
  read("yangquan");
  EXPECT_EQ(at("17.3", kSpecialised, "place.area", 15'000), Verdict::pass);
  EXPECT_EQ(at("17.3", kSpecialised, "place.area", 14'999), Verdict::fail);
  EXPECT_EQ(at("17.3", kComprehensive, "place.area", 15'000), Verdict::not_applicable);
  EXPECT_EQ(at("17.1", kComprehensive, "place.area", 15'000), Verdict::fail);
  EXPECT_EQ(at("17.1", kComprehensive, "place.area", 20'000), Verdict::pass);
}

TEST_F(Edges, TransferStationsAreAskedAboutWhereThereIsOne) {
  read("yangquan");
  const Subject district{SubjectKind::district, "140302", "", "", "", "140302"};
  const auto judged = [&](std::int64_t stations) {
    FactSet facts;
    facts.put("district.places.transfer-station", amount(stations));
    facts.put("district.places_rural.transfer-station", amount(stations));
    facts.put("district.places_urban.transfer-station", amount(stations));
    facts.put("district.streets", amount(5));
    facts.put("district.towns", amount(3));
    bool found = false;
    Verdict verdict = Verdict::not_applicable;
    const norms::Judge judge{city_.rules.facts, city_.rules.norms};
    judge.visit(district, facts, kDay, [&](const norms::Finding& finding) {
      if (finding.norm->article == "14" && !finding.norm->inherited) {
        found = true;
        verdict = finding.verdict;
      }
    });
    EXPECT_TRUE(found || stations == 0);
    return verdict;
  };
  EXPECT_EQ(judged(0), Verdict::not_applicable);
  EXPECT_EQ(judged(1), Verdict::fail) << "two for each of three towns";
}

TEST_F(Edges, FiveThousandSquareMetresAreAskedOfNewCentresOnly) {
  read("pingdingshan");
  const auto opened = [&](std::string_view day) {
    FactSet facts;
    norms::Fact since{.value = *base::parse_day(day), .origin = norms::Origin::registry};
    facts.put("place.opened", since);
    facts.put("place.building_area", amount(4'999));
    facts.put("place.area", amount(4'999));
    Verdict verdict = Verdict::not_known;
    const norms::Judge judge{city_.rules.facts, city_.rules.norms};
    judge.visit(kComprehensive, facts, kDay, [&](const norms::Finding& finding) {
      verdict = finding.norm->id.ends_with(".3.area") ? finding.verdict : verdict;
    });
    return verdict;
  };
  EXPECT_EQ(opened("2015-05-01"), Verdict::not_applicable);
  EXPECT_EQ(opened("2024-05-01"), Verdict::fail);
}

}  // namespace
}  // namespace huan::wire_pack
