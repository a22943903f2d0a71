// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/evaluate.hpp"

#include <gtest/gtest.h>

namespace huan::indicators {
namespace {

using base::Day;
Day day(std::string_view text) { return *base::parse_day(text); }

Indicator counted(std::optional<std::int64_t> base, std::int64_t target) {
  Indicator indicator;
  indicator.id = "i";
  indicator.unit = *unit_from("个");
  indicator.base.value = base;
  indicator.base.year = 2021;
  indicator.base.reason = base ? "" : "/";
  indicator.targets = {
      {target, "", Comparator::bare, TargetKind::level, base::parse_day("2025-12-31")}};
  indicator.responsible = {"商务局"};
  indicator.formula.measure.source = MeasureSource::registry;
  indicator.formula.measure.quantity = Quantity::number;
  indicator.to = day("2025-12-31");
  EXPECT_TRUE(validate(indicator).has_value());
  return indicator;
}

Indicator yearly_mass(std::int64_t target) {
  Indicator indicator = counted(100, target);
  indicator.unit = *unit_from("吨");
  indicator.formula.measure.source = MeasureSource::ledger;
  indicator.formula.measure.quantity = Quantity::mass;
  indicator.formula.measure.flows = {"receive"};
  indicator.formula.window = Window::calendar_year;
  EXPECT_TRUE(validate(indicator).has_value());
  return indicator;
}

Observations seen(const Indicator& indicator, Day on, std::optional<std::int64_t> value) {
  Observations all;
  for (const Day needed : days_needed(indicator, on)) {
    all.measure.push_back({needed, value, {}, "", "registry", {}});
  }
  return all;
}

TEST(Evaluate, GivesProgressPaceAndALineToTheDeadline) {
  const Indicator indicator = counted(1'000, 2'000);
  const Day on = day("2024-12-31");
  const Standing standing = evaluate(indicator, seen(indicator, on, 1'600), on);
  ASSERT_EQ(standing.targets.size(), 1U);
  const TargetStanding& target = standing.targets[0];
  EXPECT_EQ(standing.value, 1'600);
  EXPECT_FALSE(standing.expired);
  EXPECT_EQ(target.progress_ppm, 600'000);
  EXPECT_EQ(target.pace_needed, 33);  // 400 in 365 days, 30 at a time, rounded up
  ASSERT_TRUE(target.forecast);
  EXPECT_EQ(target.forecast->method, Method::linear);
  EXPECT_EQ(target.forecast->value, 1'799);  // 600 in 1,096 days, 365 more
  EXPECT_EQ(target.status, Status::behind);
  EXPECT_EQ(evaluate(indicator, seen(indicator, on, 1'900), on).targets[0].status,
            Status::on_track);
}

TEST(Evaluate, BareNumberIsJudgedAsAtLeastAndExactly) {
  Indicator indicator = counted(1, 10);
  const Day on = day("2024-01-01");
  const auto status = [&](std::int64_t value, Comparator comparator) {
    indicator.targets[0].comparator = comparator;
    indicator.targets[0].deadline = day("2023-12-31");
    indicator.to = indicator.targets[0].deadline;
    return evaluate(indicator, seen(indicator, on, value), on).targets[0].status;
  };
  EXPECT_EQ(status(10, Comparator::bare), Status::met);
  EXPECT_EQ(status(9, Comparator::bare), Status::missed);
  EXPECT_EQ(status(10, Comparator::at_least), Status::met);
  EXPECT_EQ(status(10, Comparator::more_than), Status::missed);
  EXPECT_EQ(status(11, Comparator::more_than), Status::met);
  EXPECT_EQ(status(10, Comparator::at_most), Status::met);
  EXPECT_EQ(status(10, Comparator::less_than), Status::missed);
}

TEST(Evaluate, WithoutABaseProgressIsNotKnown) {
  const Indicator indicator = counted(std::nullopt, 10);
  const Day on = day("2024-06-30");
  Observations known = seen(indicator, on, 5);
  const auto without = evaluate(indicator, known, on).targets[0];
  EXPECT_EQ(without.progress_ppm, std::nullopt);
  EXPECT_EQ(without.progress_missing, Missing::base_not_stated);
  EXPECT_EQ(without.status, Status::open);
  known.base = 0;
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].progress_ppm, 500'000);
}

TEST(Evaluate, NoChangeAskedHasNoProgress) {
  const Indicator indicator = counted(35, 35);
  const Day on = day("2024-06-30");
  const auto target = evaluate(indicator, seen(indicator, on, 36), on).targets[0];
  EXPECT_EQ(target.progress_missing, Missing::no_change_asked);
  EXPECT_EQ(target.progress_ppm, std::nullopt);
}

TEST(Evaluate, NothingDeclaredIsNotKnown) {
  Indicator indicator = counted(1, 10);
  indicator.formula.measure = {};
  const Day on = day("2024-06-30");
  const Standing standing = evaluate(indicator, seen(indicator, on, std::nullopt), on);
  EXPECT_EQ(standing.value, std::nullopt);
  EXPECT_EQ(standing.missing, Missing::nothing_declared);
  EXPECT_EQ(standing.targets[0].status, Status::not_known);
}

TEST(Evaluate, AfterThePlansEndTheResultIsFinal) {
  const Indicator indicator = counted(1, 10);
  const Day on = day("2026-11-21");
  EXPECT_EQ(days_needed(indicator, on), std::vector<Day>{day("2025-12-31")});
  const Standing standing = evaluate(indicator, seen(indicator, on, 9), on);
  EXPECT_TRUE(standing.expired);
  EXPECT_EQ(standing.day, day("2025-12-31"));
  EXPECT_EQ(standing.targets[0].status, Status::missed);
  EXPECT_FALSE(standing.targets[0].forecast);
  EXPECT_FALSE(standing.targets[0].pace_needed);
  const Day last = day("2025-12-31");  // the last day is within
  EXPECT_FALSE(evaluate(indicator, seen(indicator, last, 9), last).expired);
}

TEST(Evaluate, EachTargetIsJudgedOnItsOwnDeadline) {
  Indicator indicator = counted(0, 30);
  indicator.targets.insert(
      indicator.targets.begin(),
      {19, "", Comparator::at_least, TargetKind::level, base::parse_day("2023-12-31")});
  const Day on = day("2024-06-30");
  ASSERT_EQ(days_needed(indicator, on), (std::vector<Day>{on, day("2023-12-31")}));
  Observations known = seen(indicator, on, 25);
  known.measure[1].value = 18;
  const Standing standing = evaluate(indicator, known, on);
  EXPECT_EQ(standing.targets[0].value, 18);
  EXPECT_EQ(standing.targets[0].status, Status::missed);
  EXPECT_EQ(standing.targets[1].value, 25);
  EXPECT_TRUE(standing.targets[0].passed);
  EXPECT_FALSE(standing.targets[1].passed);
}

TEST(Evaluate, RatioOfNothingIsRefused) {
  Indicator indicator = counted(std::nullopt, 600'000);
  indicator.unit = *unit_from("%");
  indicator.formula.shape = Shape::ratio;
  indicator.formula.measure.quantity = Quantity::communities_served;
  indicator.formula.denominator = indicator.formula.measure;
  indicator.formula.denominator->quantity = Quantity::communities;
  ASSERT_TRUE(validate(indicator).has_value());
  const Day on = day("2024-06-30");
  Observations known = seen(indicator, on, 3);
  known.denominator = known.measure;
  known.denominator[0].value = 0;
  EXPECT_EQ(evaluate(indicator, known, on).missing, Missing::divided_by_nothing);
  known.denominator[0].value = 4;
  EXPECT_EQ(evaluate(indicator, known, on).value, 750'000);
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].status, Status::met);
}

TEST(Evaluate, GrowthNeedsItsBaseYear) {
  Indicator indicator = yearly_mass(50'000);
  indicator.unit = *unit_from("%");
  indicator.base = {std::nullopt, "", 2020, "not stated"};
  indicator.formula.shape = Shape::growth;
  ASSERT_TRUE(validate(indicator).has_value());
  const Day on = day("2025-12-31");
  Observations known = seen(indicator, on, 1'050);
  EXPECT_EQ(evaluate(indicator, known, on).missing, Missing::base_not_stated);
  known.base = 1'000;
  EXPECT_EQ(evaluate(indicator, known, on).value, 50'000);
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].status, Status::met);
  known.base = 0;
  EXPECT_EQ(evaluate(indicator, known, on).missing, Missing::divided_by_nothing);
}

TEST(Evaluate, AYearThatRunsIsHeldAgainstTheTrailingYear) {
  const Indicator indicator = yearly_mass(1'300);
  const Day on = day("2025-06-15");
  Observations known = seen(indicator, on, 500);
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].missing, Missing::less_than_a_year);
  known.history.first = month_of(day("2022-06-01"));
  known.history.values.assign(36, 100);
  const Standing standing = evaluate(indicator, known, on);
  EXPECT_EQ(standing.value, 500);  // the year so far
  EXPECT_EQ(standing.targets[0].value, 1'200);
  ASSERT_TRUE(standing.targets[0].forecast);
  EXPECT_EQ(standing.targets[0].forecast->value, 1'200);  // five months known, seven to come
  EXPECT_EQ(standing.targets[0].forecast->low, 1'200);
  EXPECT_EQ(standing.targets[0].status, Status::behind);
  EXPECT_EQ(evaluate(indicator, seen(indicator, on, 1'300), on).targets[0].status, Status::met);
  const Day end = day("2025-12-31");
  EXPECT_EQ(evaluate(indicator, seen(indicator, end, 1'299), end).targets[0].value, 1'299);
}

TEST(Evaluate, StatementsAreMetOrNot) {
  Indicator indicator = counted(std::nullopt, 1);
  indicator.unit = *unit_from("");
  indicator.targets[0].value.reset();
  indicator.targets[0].text = "issued";
  indicator.formula.measure = {};
  const Day on = day("2024-06-30");
  Observations known = seen(indicator, on, std::nullopt);
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].status, Status::not_known);
  known.measure[0].met = false;
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].status, Status::open);
  known.measure[0].met = true;
  EXPECT_EQ(evaluate(indicator, known, on).targets[0].status, Status::met);
}

TEST(Evaluate, BothReadingsAreJudged) {
  Indicator indicator = counted(100, 300);
  indicator.readings = {{"三", "newly built", std::nullopt, 400, std::nullopt}};
  const Day on = day("2025-06-30");
  const Standing standing = evaluate(indicator, seen(indicator, on, 300), on);
  EXPECT_EQ(standing.targets[0].status, Status::met);
  ASSERT_EQ(standing.readings.size(), 1U);
  EXPECT_EQ(standing.readings[0].met, false);
  EXPECT_EQ(standing.readings[0].progress_ppm, 666'666);
}

TEST(Window, BeginsWhereTheFormulaSays) {
  Formula formula;
  formula.window = Window::calendar_year;
  EXPECT_EQ(window_begins(formula, day("2025-06-15")), day("2025-01-01"));
  formula.window = Window::trailing_year;
  EXPECT_EQ(window_begins(formula, day("2025-06-15")), day("2024-06-01"));
  formula.window = Window::as_of;
  EXPECT_EQ(window_begins(formula, day("2025-06-15")), std::nullopt);
}

}  // namespace
}  // namespace huan::indicators
