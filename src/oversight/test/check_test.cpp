// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/check.hpp"

#include <gtest/gtest.h>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using norms::Comparator;
using norms::SubjectKind;
using norms::Verdict;
using testing::SmallCity;

norms::Value amount(std::int64_t n) { return n; }

norms::Norm norm_of(std::string id, SubjectKind kind, std::string fact, Comparator comparator,
                    std::optional<norms::Value> threshold) {
  norms::Norm norm;
  norm.id = std::move(id);
  norm.subjects = {{kind, {}, {}}};
  norms::Check check;
  check.id = "1";
  check.fact = std::move(fact);
  check.comparator = comparator;
  check.threshold = std::move(threshold);
  norm.checks = {check};
  return norm;
}

using Seen = std::map<std::string, Verdict>;  // "norm subject"

class Check : public ::testing::Test {
 protected:
  Check() {
    city_.pack.districts = {{"130102", "长安区", "", "district", "", 1'000, 400, 7'500, {}, 0},
                            {"130104", "桥西区", "", "district", "", 500, 0, 0, {}, 0}};
    city_.pack.streets = {{"130102001", "建北街道", "130102"}, {"130102100", "某镇", "130102"}};
    city_.pack.communities = {{"c1", "社区", "130102", "130102001", true},
                              {"c2", "村", "130102", "130102100", false}};
    city_.put("place", "S-1",
              R"({"kind":"station","form":"fixed","name":"一","district":"130102",)"
              R"("community":"c1","operator":"E-1","area_m2":30,"materials":["paper"]})");
    city_.put(
        "place", "S-2",
        R"({"kind":"station","form":"fixed","name":"二","district":"130102","community":"c2"})");
    city_.put("place", "S-3",
              R"({"kind":"station","name":"三","district":"130104","status":"closed"})");
    city_.put("party", "E-1",
              R"({"kind":"enterprise","name":"甲","qualifications":[)"
              R"({"kind":"commerce_filing","from":"2024-01-01","to":"2025-06-29"}]})");
    city_.put("asset", "V-1", R"({"kind":"vehicle","party":"E-1","number":"017"})");
    city_.put(
        "asset", "W-1",
        R"({"kind":"scale","place":"S-1","verified_on":"2025-01-01","verified_until":"2025-12-31"})");
  }

  Seen check(const std::vector<norms::Norm>& norms, std::string_view on,
             const std::string& subject = {}) {
    for (const norms::Norm& norm : norms) {
      const auto valid = norms::validate(norm, table_);
      EXPECT_TRUE(valid.has_value()) << valid.error().detail;
    }
    Seen seen;
    const auto reading = city_.read();
    report_ = check_norms(*reading, city_.name, {city_.pack, table_, norms},
                          {*base::parse_day(on), subject},
                          [&](const norms::Subject& who, const norms::Finding& finding) {
                            seen[finding.norm->id + " " + who.id] = finding.verdict;
                          });
    return seen;
  }

  SmallCity city_;
  norms::FactTable table_ = norms::FactTable::known();
  CheckReport report_;
};

TEST_F(Check, StorageAgeComesFromTheOldestOpenLot) {
  city_.lot("a", "S-1", "2025-06-28", 5);
  city_.lot("b", "S-2", "2025-06-27", 5);
  city_.lot("gone", "S-1", "2025-06-01", 0);
  const std::vector<norms::Norm> norms{
      norm_of("a12", SubjectKind::place, "place.storage_days", Comparator::at_most, amount(2))};
  EXPECT_EQ(check(norms, "2025-06-30"),
            (Seen{{"a12 S-1", Verdict::pass}, {"a12 S-2", Verdict::fail}}));
  EXPECT_EQ(report_.subjects.at(SubjectKind::place), 2);  // the closed one is not judged
  // Before the last record the lots of that time are not known.
  EXPECT_EQ(check(norms, "2025-06-29").at("a12 S-2"), Verdict::not_known);
}

TEST_F(Check, RegistryIsReadAsItHeldOnTheDay) {
  city_.put("place", "S-1", R"({"kind":"station","name":"一","district":"130102","area_m2":29})",
            "2025-07-01");
  const std::vector<norms::Norm> norms{
      norm_of("a4", SubjectKind::place, "place.area", Comparator::at_least, amount(30))};
  EXPECT_EQ(check(norms, "2025-06-30"),
            (Seen{{"a4 S-1", Verdict::pass}, {"a4 S-2", Verdict::not_known}}));
  EXPECT_EQ(check(norms, "2025-07-01").at("a4 S-1"), Verdict::fail);
  EXPECT_EQ(check(norms, "2025-06-30", "S-1").size(), 1U);
  EXPECT_TRUE(check(norms, "2019-12-31").empty());
}

TEST_F(Check, DistrictsAreCounted) {
  norms::Norm urban = norm_of("a1", SubjectKind::district, "district.households_urban",
                              Comparator::at_most, amount(300));
  urban.checks[0].per = "district.places_urban.station";
  norms::Norm streets =
      norm_of("s", SubjectKind::district, "district.places.station", Comparator::equals, amount(2));
  norms::Norm towns =
      norm_of("t", SubjectKind::district, "district.towns", Comparator::equals, amount(1));
  norms::Norm served =
      norm_of("v", SubjectKind::district, "district.served.station", Comparator::equals, amount(2));
  const Seen seen = check({urban, streets, towns, served}, "2025-06-30");
  EXPECT_EQ(seen.at("a1 130102"), Verdict::pass);  // 400 × 75 % = 300 for one station
  EXPECT_EQ(seen.at("a1 130104"), Verdict::not_known);
  EXPECT_EQ(seen.at("s 130102"), Verdict::pass);
  EXPECT_EQ(seen.at("s 130104"), Verdict::fail);
  EXPECT_EQ(seen.at("t 130102"), Verdict::pass);
  EXPECT_EQ(seen.at("v 130102"), Verdict::pass);
  EXPECT_EQ(report_.board.districts().at("130102").total.pass, 4);
}

TEST_F(Check, ATransferStationsArticleIsNotRaisedWhereThereIsNone) {
  norms::Norm norm = norm_of("a14", SubjectKind::district, "district.places.transfer-station",
                             Comparator::at_least, amount(2'000'000));
  norm.checks[0].per = "district.towns";
  norm.condition.op = norms::Condition::Op::test;
  norm.condition.fact = "district.places.transfer-station";
  norm.condition.comparator = Comparator::more_than;
  norm.condition.value = amount(0);
  EXPECT_EQ(check({norm}, "2025-06-30").at("a14 130102"), Verdict::not_applicable);
  city_.put("place", "T-1", R"({"kind":"transfer-station","name":"转","district":"130102"})");
  EXPECT_EQ(check({norm}, "2025-06-30").at("a14 130102"), Verdict::fail);
}

TEST_F(Check, RecordsOfPartiesVehiclesAndScalesDecide) {
  const std::vector<norms::Norm> norms{
      norm_of("filing", SubjectKind::enterprise, "enterprise.qualification.commerce_filing",
              Comparator::in_force, std::nullopt),
      norm_of("police", SubjectKind::enterprise, "enterprise.qualification.police_filing",
              Comparator::in_force, std::nullopt),
      norm_of("number", SubjectKind::vehicle, "vehicle.numbered", Comparator::holds, std::nullopt),
      norm_of("verified", SubjectKind::scale, "scale.verified", Comparator::in_force, std::nullopt),
      norm_of("at", SubjectKind::place, "place.qualification.commerce_filing", Comparator::in_force,
              std::nullopt)};
  const Seen seen = check(norms, "2025-06-30");
  EXPECT_EQ(seen.at("filing E-1"), Verdict::fail);
  EXPECT_EQ(seen.at("police E-1"), Verdict::not_known);
  EXPECT_EQ(seen.at("number V-1"), Verdict::pass);
  EXPECT_EQ(seen.at("verified W-1"), Verdict::pass);
  EXPECT_EQ(seen.at("at S-1"), Verdict::fail);
  EXPECT_EQ(seen.at("at S-2"), Verdict::not_known);
  EXPECT_EQ(check(norms, "2025-06-29").at("filing E-1"), Verdict::pass);
  EXPECT_EQ(check(norms, "2026-01-01").at("verified W-1"), Verdict::fail);
}

TEST_F(Check, EvidenceIsUsedAndPersonsComeFromIt) {
  ASSERT_TRUE(table_.declare({"person.trained", SubjectKind::person, norms::ValueType::yes_no,
                              norms::Unit::none, norms::Origin::record, "", ""}));
  city_.put("evidence", "t1",
            R"({"fact":"person.trained","source":"培训","subject":"P-1","subject_kind":"person",)"
            R"("to":"2025-12-31","value":true})");
  city_.put(
      "evidence", "x",
      R"({"fact":"place.unheard_of","source":"s","subject":"S-1","subject_kind":"place","value":true})");
  const std::vector<norms::Norm> norms{
      norm_of("a6", SubjectKind::person, "person.trained", Comparator::in_force, std::nullopt),
      norm_of("a4", SubjectKind::place, "place.area", Comparator::at_least, amount(30))};
  EXPECT_EQ(check(norms, "2025-06-30").at("a6 P-1"), Verdict::pass);
  EXPECT_EQ(report_.notes.size(), 1U);
  EXPECT_EQ(check(norms, "2026-01-01").at("a6 P-1"), Verdict::fail);
  city_.put("evidence", "t1",
            R"({"fact":"person.trained","source":"培训","subject":"P-1","subject_kind":"person",)"
            R"("value":true,"withdrawn":true})");
  EXPECT_FALSE(check(norms, "2025-06-30").contains("a6 P-1"));
}

}  // namespace
}  // namespace huan::oversight
