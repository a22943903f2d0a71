// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/judge.hpp"

#include <gtest/gtest.h>

#include "huan/norms/score.hpp"

namespace huan::norms {
namespace {

using base::Day;

const Day kToday = *base::parse_day("2025-06-30");
Day day(std::string_view text) { return *base::parse_day(text); }
Value amount(std::int64_t n) { return n; }

Fact fact(Value value, Origin origin = Origin::registry) {
  return {.value = std::move(value), .origin = origin};
}

Norm norm_of(Check check, Selector subject = {SubjectKind::place, {}, {}}) {
  Norm norm;
  norm.id = "t." + check.id;
  norm.subjects = {std::move(subject)};
  norm.checks = {std::move(check)};
  return norm;
}

Check check_of(std::string fact, Comparator comparator, std::optional<Value> threshold) {
  Check check;
  check.id = "1";
  check.fact = std::move(fact);
  check.comparator = comparator;
  check.threshold = std::move(threshold);
  return check;
}

struct Seen {
  Verdict verdict{Verdict::not_applicable};
  Reason reason{};
  Force force{};
  std::optional<Day> since;
  std::size_t findings{0};
  std::optional<std::int64_t> fact_needed;
  std::optional<std::int64_t> per_needed;
};

const Subject kStation{SubjectKind::place, "S-1", "", "station", "fixed", "130102"};
const Subject kDistrict{SubjectKind::district, "130102", "", "", "", "130102"};

Seen judge(const Norm& norm, const FactSet& facts, const Subject& subject = kStation,
           const FactTable& table = FactTable::known(), Day on = kToday) {
  const auto valid = validate(norm, table);
  EXPECT_TRUE(valid.has_value()) << (valid ? "" : valid.error().at + ": " + valid.error().detail);
  Seen seen;
  const std::vector<Norm> norms{norm};
  Judge{table, norms}.visit(subject, facts, on, [&](const Finding& finding) {
    seen.verdict = finding.verdict;
    seen.reason = finding.reason;
    seen.force = finding.force;
    seen.since = finding.since;
    ++seen.findings;
    if (!finding.checks.empty()) {
      seen.fact_needed = finding.checks.front().fact_needed;
      seen.per_needed = finding.checks.front().per_needed;
    }
  });
  return seen;
}

Verdict at_edge(Comparator comparator, std::int64_t value) {
  FactSet facts;
  facts.put("place.distance_to_housing", fact(amount(value)));
  return judge(norm_of(check_of("place.distance_to_housing", comparator, amount(1'000))), facts)
      .verdict;
}

TEST(Judge, HoldsEachComparatorAtItsEdge) {
  EXPECT_EQ(at_edge(Comparator::more_than, 1'000),
            Verdict::fail);  // 不宜…1000米以内: 1,000 is within
  EXPECT_EQ(at_edge(Comparator::more_than, 1'001), Verdict::pass);
  EXPECT_EQ(at_edge(Comparator::at_least, 1'000), Verdict::pass);
  EXPECT_EQ(at_edge(Comparator::at_least, 999), Verdict::fail);
  EXPECT_EQ(at_edge(Comparator::at_most, 1'000), Verdict::pass);
  EXPECT_EQ(at_edge(Comparator::at_most, 1'001), Verdict::fail);
  EXPECT_EQ(at_edge(Comparator::less_than, 1'000), Verdict::fail);
  EXPECT_EQ(at_edge(Comparator::less_than, 999), Verdict::pass);
  EXPECT_EQ(at_edge(Comparator::equals, 1'000), Verdict::pass);
  EXPECT_EQ(at_edge(Comparator::equals, 999), Verdict::fail);
  EXPECT_EQ(at_edge(Comparator::differs, 1'000), Verdict::fail);
  EXPECT_EQ(at_edge(Comparator::differs, 1), Verdict::pass);
}

TEST(Judge, SaysWhatWouldMakeItPass) {
  FactSet facts;
  facts.put("place.distance_to_housing", fact(amount(1'000)));
  const auto more = judge(
      norm_of(check_of("place.distance_to_housing", Comparator::more_than, amount(1'000))), facts);
  EXPECT_EQ(more.fact_needed, 1'001);
  facts.put("place.area", fact(amount(29)));
  EXPECT_EQ(
      judge(norm_of(check_of("place.area", Comparator::at_least, amount(30))), facts).fact_needed,
      30);
  EXPECT_EQ(
      judge(norm_of(check_of("place.area", Comparator::less_than, amount(29))), facts).fact_needed,
      28);
  EXPECT_EQ(
      judge(norm_of(check_of("place.area", Comparator::at_most, amount(20))), facts).fact_needed,
      20);
}

TEST(Judge, SpecialisedCentreOfExactlyTheAreaPassesAndACheckKnowsItsForm) {
  Norm norm;
  norm.id = "a17";
  norm.subjects = {{SubjectKind::place, {"sorting-centre"}, {}}};
  Check whole = check_of("place.area", Comparator::at_least, amount(20'000));
  whole.id = "17.1";
  whole.subjects = {{SubjectKind::place, {"sorting-centre"}, {"comprehensive"}}};
  Check part = check_of("place.area", Comparator::at_least, amount(15'000));
  part.id = "17.2";
  part.subjects = {{SubjectKind::place, {"sorting-centre"}, {"specialised"}}};
  norm.checks = {whole, part};
  FactSet facts;
  facts.put("place.area", fact(amount(15'000)));
  const Subject special{SubjectKind::place, "CS-1", "", "sorting-centre", "specialised", ""};
  const Subject both{SubjectKind::place, "CC-1", "", "sorting-centre", "comprehensive", ""};
  EXPECT_EQ(judge(norm, facts, special).verdict, Verdict::pass);
  EXPECT_EQ(judge(norm, facts, both).verdict, Verdict::fail);
  EXPECT_EQ(judge(norm, facts, kStation).findings, 0U);
}

TEST(Judge, RatioIsExactWithoutDivision) {
  Check check = check_of("district.households_urban", Comparator::at_most, amount(2'000));
  check.per = "district.places_urban.station";
  const Norm norm = norm_of(check, {SubjectKind::district, {}, {}});
  const auto with = [&](std::int64_t households, std::int64_t stations) {
    FactSet facts;
    facts.put("district.households_urban", fact(amount(households)));
    facts.put("district.places_urban.station", fact(amount(stations)));
    return judge(norm, facts, kDistrict);
  };
  EXPECT_EQ(with(4'000, 2).verdict, Verdict::pass);
  EXPECT_EQ(with(4'001, 2).verdict, Verdict::fail);
  EXPECT_EQ(with(4'001, 2).per_needed, 3);
  EXPECT_EQ(with(4'001, 2).fact_needed, 4'000);
  EXPECT_EQ(with(1, 0).verdict, Verdict::fail);  // households, but no station
  EXPECT_EQ(with(0, 0).verdict, Verdict::pass);
  EXPECT_EQ(with(std::int64_t{9'007'199'254'740'991}, 1).verdict, Verdict::fail);
}

TEST(Judge, ShareOfNothingIsNotKnown) {
  FactTable table = FactTable::known();
  ASSERT_TRUE(table.declare({"place.planned_area", SubjectKind::place, ValueType::amount, Unit::m2,
                             Origin::evidence, "", ""}));
  Check check = check_of("place.building_area", Comparator::at_least, amount(500'000));
  check.per = "place.planned_area";
  const Norm norm = norm_of(check);
  const auto with = [&](std::int64_t built, std::int64_t planned) {
    FactSet facts;
    facts.put("place.building_area", fact(amount(built)));
    facts.put("place.planned_area", fact(amount(planned), Origin::evidence));
    return judge(norm, facts, kStation, table);
  };
  EXPECT_EQ(with(5'000, 10'000).verdict, Verdict::pass);  // exactly one half
  EXPECT_EQ(with(4'999, 10'000).verdict, Verdict::fail);
  EXPECT_EQ(with(4'999, 10'000).fact_needed, 5'000);
  EXPECT_EQ(with(4'999, 10'000).per_needed, 9'998);
  EXPECT_EQ(with(0, 0).verdict, Verdict::not_known);
  EXPECT_EQ(with(0, 0).reason, Reason::divided_by_nothing);
}

TEST(Judge, WhatIsNotOnRecordIsNotKnownAndWhatRanOutFails) {
  const Norm norm = norm_of(
      check_of("enterprise.qualification.commerce_filing", Comparator::in_force, std::nullopt),
      {SubjectKind::enterprise, {}, {}});
  const Subject firm{SubjectKind::enterprise, "E-1", "", "", "", ""};
  FactSet facts;
  EXPECT_EQ(judge(norm, facts, firm).verdict, Verdict::not_known);
  EXPECT_EQ(judge(norm, facts, firm).reason, Reason::fact_missing);
  Fact licence = fact(true, Origin::record);
  licence.from = day("2024-01-01");
  licence.to = kToday;  // its last day counts
  facts.put("enterprise.qualification.commerce_filing", licence);
  EXPECT_EQ(judge(norm, facts, firm).verdict, Verdict::pass);
  EXPECT_EQ(judge(norm, facts, firm).since, day("2024-01-01"));
  licence.to = day("2025-06-29");
  facts.put("enterprise.qualification.commerce_filing", licence);
  const auto expired = judge(norm, facts, firm);
  EXPECT_EQ(expired.verdict, Verdict::fail);
  EXPECT_EQ(expired.reason, Reason::record_expired);
  EXPECT_EQ(expired.since, kToday);
  licence.from = day("2025-07-01");
  licence.to.reset();
  facts.put("enterprise.qualification.commerce_filing", licence);
  EXPECT_EQ(judge(norm, facts, firm).reason, Reason::not_yet);
}

TEST(Judge, ExpiredEvidenceIsNotKnownButFalseEvidenceFails) {
  FactTable table = FactTable::known();
  ASSERT_TRUE(table.declare({"place.walled", SubjectKind::place, ValueType::yes_no, Unit::none,
                             Origin::evidence, "", ""}));
  const Norm norm = norm_of(check_of("place.walled", Comparator::holds, std::nullopt));
  FactSet facts;
  Fact photo = fact(true, Origin::evidence);
  photo.to = day("2025-06-29");
  facts.put("place.walled", photo);
  EXPECT_EQ(judge(norm, facts, kStation, table).verdict, Verdict::not_known);
  EXPECT_EQ(judge(norm, facts, kStation, table).reason, Reason::evidence_expired);
  photo.to.reset();
  photo.value = false;
  facts.put("place.walled", photo);
  EXPECT_EQ(judge(norm, facts, kStation, table).verdict, Verdict::fail);
}

TEST(Judge, ARecordIsNoOlderThanTheNormLets) {
  FactTable table = FactTable::known();
  ASSERT_TRUE(table.declare({"enterprise.fire_drill", SubjectKind::enterprise, ValueType::yes_no,
                             Unit::none, Origin::record, "", ""}));
  Check check = check_of("enterprise.fire_drill", Comparator::in_force, std::nullopt);
  check.days_valid = 180;
  const Norm norm = norm_of(check, {SubjectKind::enterprise, {}, {}});
  const Subject firm{SubjectKind::enterprise, "E-1", "", "", "", ""};
  const auto held = [&](std::int32_t days_ago) {
    FactSet facts;
    Fact drill = fact(true, Origin::record);
    drill.from = Day{kToday.n - days_ago};
    facts.put("enterprise.fire_drill", drill);
    return judge(norm, facts, firm, table);
  };
  EXPECT_EQ(held(179).verdict, Verdict::pass);
  EXPECT_EQ(held(180).verdict, Verdict::fail);
  EXPECT_EQ(held(180).since, kToday);
}

TEST(Judge, StorageAgeSaysSinceWhen) {
  const Norm norm = norm_of(check_of("place.storage_days", Comparator::at_most, amount(2)));
  const auto aged = [&](std::int32_t days) {
    FactSet facts;
    Fact age = fact(amount(days), Origin::ledger);
    age.counts_from = Day{kToday.n - days};
    facts.put("place.storage_days", age);
    return judge(norm, facts);
  };
  EXPECT_EQ(aged(2).verdict, Verdict::pass);
  EXPECT_EQ(aged(3).verdict, Verdict::fail);
  EXPECT_EQ(aged(3).since, kToday);
  EXPECT_EQ(aged(10).since, (Day{kToday.n - 7}));
}

Condition test_of(std::string fact, Comparator comparator, std::optional<Value> value) {
  Condition condition;
  condition.op = Condition::Op::test;
  condition.fact = std::move(fact);
  condition.comparator = comparator;
  condition.value = std::move(value);
  return condition;
}
Condition tree(Condition::Op op, std::vector<Condition> parts) {
  Condition condition;
  condition.op = op;
  condition.parts = std::move(parts);
  return condition;
}

TEST(Judge, AConditionDecidesWhetherANormIsRaised) {
  // 若需设置中转站: two per town, only where there is one at all.
  Check check =
      check_of("district.places.transfer-station", Comparator::at_least, amount(2'000'000));
  check.per = "district.towns";
  Norm norm = norm_of(check, {SubjectKind::district, {}, {}});
  norm.condition = test_of("district.places.transfer-station", Comparator::more_than, amount(0));
  const auto with = [&](std::int64_t stations) {
    FactSet facts;
    facts.put("district.places.transfer-station", fact(amount(stations)));
    facts.put("district.towns", fact(amount(4)));
    return judge(norm, facts, kDistrict);
  };
  EXPECT_EQ(with(0).verdict, Verdict::not_applicable);
  EXPECT_EQ(with(0).reason, Reason::condition_not_met);
  EXPECT_EQ(with(7).verdict, Verdict::fail);
  EXPECT_EQ(with(8).verdict, Verdict::pass);
  EXPECT_EQ(judge(norm, FactSet{}, kDistrict).reason, Reason::condition_not_known);
}

TEST(Judge, ConditionsFollowThreeValuedLogic) {
  using Op = Condition::Op;
  const Condition big = test_of("place.area", Comparator::at_least, amount(100));
  const Condition fresh = test_of("place.opened", Comparator::more_than, Value{day("2022-01-01")});
  FactSet old_one;
  old_one.put("place.opened", fact(day("2020-01-01")));
  old_one.put("place.building_area", fact(amount(1)));
  FactSet new_one;
  new_one.put("place.opened", fact(day("2023-01-01")));
  new_one.put("place.building_area", fact(amount(1)));
  const auto reason = [&](const Condition& condition, const FactSet& facts) {
    Norm norm = norm_of(check_of("place.building_area", Comparator::at_least, amount(5'000)));
    norm.condition = condition;
    return judge(norm, facts).reason;
  };
  EXPECT_EQ(reason(fresh, old_one), Reason::condition_not_met);  // new ones only
  EXPECT_EQ(reason(fresh, new_one), Reason::not_met);
  EXPECT_EQ(reason(tree(Op::all, {big, fresh}), old_one), Reason::condition_not_met);
  EXPECT_EQ(reason(tree(Op::all, {big, fresh}), new_one), Reason::condition_not_known);
  EXPECT_EQ(reason(tree(Op::any, {big, fresh}), new_one), Reason::not_met);
  EXPECT_EQ(reason(tree(Op::any, {big, fresh}), old_one), Reason::condition_not_known);
  EXPECT_EQ(reason(tree(Op::negate, {fresh}), old_one), Reason::not_met);
  EXPECT_EQ(reason(tree(Op::negate, {big}), old_one), Reason::condition_not_known);
}

TEST(Judge, APlaceStandsInItsDistrict) {
  Norm norm = norm_of(check_of("place.area", Comparator::at_least, amount(30)));
  norm.condition = test_of("district.towns", Comparator::more_than, amount(0));
  FactSet district;
  district.put("district.towns", fact(amount(0)));
  FactSet place;
  place.put("place.area", fact(amount(1)));
  place.stands_in(&district);
  EXPECT_EQ(judge(norm, place).verdict, Verdict::not_applicable);
  district.put("district.towns", fact(amount(1)));
  EXPECT_EQ(judge(norm, place).verdict, Verdict::fail);
}

TEST(Judge, WithoutAThresholdNothingFails) {
  FactSet facts;
  facts.put("place.area", fact(amount(0)));
  const auto seen =
      judge(norm_of(check_of("place.area", Comparator::at_least, std::nullopt)), facts);
  EXPECT_EQ(seen.verdict, Verdict::not_applicable);
  EXPECT_EQ(seen.reason, Reason::threshold_not_stated);
}

TEST(Judge, ANormHoldsWithinItsPeriod) {
  Norm norm = norm_of(check_of("place.area", Comparator::at_least, amount(30)));
  norm.from = day("2024-11-01");
  norm.to = day("2027-10-31");
  FactSet facts;
  facts.put("place.area", fact(amount(1)));
  const auto on = [&](std::string_view text) {
    return judge(norm, facts, kStation, FactTable::known(), day(text)).reason;
  };
  EXPECT_EQ(on("2024-10-31"), Reason::not_in_force);
  EXPECT_EQ(on("2024-11-01"), Reason::not_met);
  EXPECT_EQ(on("2027-10-31"), Reason::not_met);
  EXPECT_EQ(on("2027-11-01"), Reason::not_in_force);
}

TEST(Score, MayNeverLowersAndEachArticleIsSeen) {
  Norm must = norm_of(check_of("place.area", Comparator::at_least, amount(30)));
  must.id = "must";
  Norm may = must;
  may.id = "may";
  may.force = Force::may;
  Norm mixed = must;
  mixed.id = "mixed";
  mixed.checks.front().force = Force::in_principle;
  mixed.checks.push_back(check_of("place.building_area", Comparator::at_least, amount(30)));
  mixed.checks.back().id = "2";
  mixed.checks.back().force = Force::may;
  Norm unknown = norm_of(check_of("place.sorting_area", Comparator::at_least, amount(1)));
  unknown.id = "unknown";
  FactSet facts;
  facts.put("place.area", fact(amount(30)));
  facts.put("place.building_area", fact(amount(1)));
  const FactTable table = FactTable::known();
  const auto board_of = [&](const std::vector<Norm>& norms) {
    ScoreBoard board;
    Judge{table, norms}.visit(kStation, facts, kToday,
                              [&](const Finding& finding) { board.add(kStation, finding); });
    return board;
  };
  const auto board = board_of({must, may, mixed, unknown});
  const Tally& tally = board.subjects().at("place S-1");
  EXPECT_EQ(tally.share(), 1'000'000);
  EXPECT_EQ(tally.pass, 2);
  EXPECT_EQ(tally.not_known, 1);
  EXPECT_EQ(tally.may_met, 1);
  EXPECT_EQ(tally.may_unmet, 1);
  facts.put("place.area", fact(amount(1)));
  const auto lower = board_of({must, may, mixed});
  EXPECT_EQ(lower.districts().at("130102").total.share(), 0);
  EXPECT_EQ(lower.districts().at("130102").by_norm.at("may").share(), std::nullopt);
  EXPECT_EQ(lower.all().by_norm.at("must").must_failed, 1);
  EXPECT_EQ(lower.all().by_norm.at("mixed").must_failed, 0);  // in principle
}

TEST(Judge, AsksOnlyForWhatNormsSpeakOf) {
  Norm norm = norm_of(check_of("place.area", Comparator::at_least, amount(30)));
  norm.condition = test_of("place.opened", Comparator::in_force, std::nullopt);
  const FactTable table = FactTable::known();
  const std::vector<Norm> norms{norm};
  EXPECT_EQ((Judge{table, norms}.asked()),
            (std::set<std::string, std::less<>>{"place.area", "place.opened"}));
}

}  // namespace
}  // namespace huan::norms
