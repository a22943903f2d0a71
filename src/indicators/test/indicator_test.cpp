// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/indicator.hpp"

#include <gtest/gtest.h>

namespace huan::indicators {
namespace {

Indicator good() {
  Indicator indicator;
  indicator.id = "shijiazhuang.10";
  indicator.unit = *unit_from("万吨");
  indicator.base = {1'494'500'000'000, "", 2021, ""};
  indicator.targets = {{2'000'000'000'000, "", Comparator::at_least, TargetKind::level,
                        base::parse_day("2025-12-31")}};
  indicator.responsible_reason = "column lost";
  indicator.formula.measure.source = MeasureSource::ledger;
  indicator.formula.measure.flows = {"receive"};
  indicator.formula.window = Window::calendar_year;
  return indicator;
}

std::string why(const Indicator& indicator) {
  const auto valid = validate(indicator);
  return valid ? "" : valid.error().at;
}

TEST(Indicator, IsRefusedWithThePlaceThatIsWrong) {
  EXPECT_EQ(why(good()), "");
  Indicator bad = good();
  bad.base = {};
  EXPECT_EQ(why(bad), "base/reason");
  bad = good();
  bad.responsible_reason.clear();
  EXPECT_EQ(why(bad), "responsible_reason");
  bad = good();
  bad.unit = *unit_from("个");
  EXPECT_EQ(why(bad), "unit");
  bad = good();
  bad.formula.measure.flows.clear();
  EXPECT_EQ(why(bad), "formula/measure/flows");
  bad = good();
  bad.formula.window = Window::as_of;
  EXPECT_EQ(why(bad), "formula/window");
  bad = good();
  bad.from = base::parse_day("2026-01-01");
  EXPECT_EQ(why(bad), "targets/0/deadline");
  bad = good();
  bad.targets.push_back(bad.targets[0]);
  bad.targets[1].deadline = base::parse_day("2024-12-31");
  EXPECT_EQ(why(bad), "targets/1/deadline");
  bad = good();
  bad.formula.shape = Shape::ratio;
  EXPECT_EQ(why(bad), "formula/denominator");
  bad.formula.denominator = bad.formula.measure;
  EXPECT_EQ(why(bad), "unit");
  bad.unit = *unit_from("%");
  EXPECT_EQ(why(bad), "");
  bad.formula.denominator->quantity = Quantity::events;
  EXPECT_EQ(why(bad), "formula/denominator");
  bad = good();
  bad.unit = *unit_from("%");
  bad.formula.shape = Shape::growth;
  EXPECT_EQ(why(bad), "");
  bad.formula.growth_base = 0;
  EXPECT_EQ(why(bad), "formula/growth_base");
}

TEST(Amount, IsReadExactlyAndWrittenShortest) {
  const Unit wan = *unit_from("万吨");
  EXPECT_EQ(parse_amount("149.45", wan), 1'494'500'000'000);
  EXPECT_EQ(format_amount(1'494'500'000'000, wan), "149.45");
  EXPECT_EQ(parse_amount("200", wan), 2'000'000'000'000);
  EXPECT_EQ(format_amount(2'000'000'000'000, wan), "200");
  const Unit percent = *unit_from("%");
  EXPECT_EQ(parse_amount("2.3", percent), 23'000);
  EXPECT_EQ(format_amount(-23'000, percent), "-2.3");
  EXPECT_EQ(parse_amount("0.00001", percent), std::nullopt);  // finer than a millionth
  const Unit pieces = *unit_from("个");
  EXPECT_EQ(parse_amount("1.5", pieces), std::nullopt);
  EXPECT_EQ(parse_amount("1.0", pieces), 1);
  EXPECT_EQ(parse_amount("", pieces), std::nullopt);
  EXPECT_EQ(parse_amount("1.", pieces), std::nullopt);
  EXPECT_EQ(parse_amount("-", pieces), std::nullopt);
  EXPECT_EQ(parse_amount("99999999999999999999", pieces), std::nullopt);
  EXPECT_EQ(parse_amount("9007199254740992", pieces), std::nullopt);
  EXPECT_EQ(unit_from("furlong"), std::nullopt);
}

}  // namespace
}  // namespace huan::indicators
