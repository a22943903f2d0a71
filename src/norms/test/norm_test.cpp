// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/norm.hpp"

#include <gtest/gtest.h>

namespace huan::norms {
namespace {

Norm good() {
  Norm norm;
  norm.id = "yangquan.a4";
  norm.subjects = {{SubjectKind::place, {"station"}, {}}};
  Check check;
  check.id = "4.1";
  check.fact = "place.area";
  check.comparator = Comparator::at_least;
  check.threshold = Value{std::int64_t{30}};
  norm.checks = {check};
  return norm;
}

std::string why(const Norm& norm) {
  const auto valid = validate(norm, FactTable::known());
  return valid ? "" : valid.error().at;
}

TEST(Norm, IsRefusedWithThePlaceThatIsWrong) {
  EXPECT_EQ(why(good()), "");
  Norm norm = good();
  norm.checks[0].fact = "place.colour";
  EXPECT_EQ(why(norm), "checks/0/fact");
  norm = good();
  norm.checks[0].fact = "district.*";
  EXPECT_EQ(why(norm), "checks/0/fact");
  norm = good();
  norm.checks[0].threshold = Value{true};
  EXPECT_EQ(why(norm), "checks/0/threshold");
  norm = good();
  norm.checks[0].comparator = Comparator::holds;
  EXPECT_EQ(why(norm), "checks/0/comparator");
  norm = good();
  norm.checks[0].comparator = Comparator::in_force;
  EXPECT_EQ(why(norm), "checks/0/threshold");
  norm = good();
  norm.checks[0].fact = "vehicle.capacity";
  EXPECT_EQ(why(norm), "checks/0/fact");
  norm = good();
  norm.checks.push_back(norm.checks[0]);
  EXPECT_EQ(why(norm), "checks/1/id");
  norm = good();
  norm.from = base::Day{10};
  norm.to = base::Day{9};
  EXPECT_EQ(why(norm), "to");
  norm = good();
  norm.checks[0].per = "place.form";
  EXPECT_EQ(why(norm), "checks/0/per");
  norm = good();
  norm.condition.op = Condition::Op::any;
  EXPECT_EQ(why(norm), "condition");
  norm.condition.parts.resize(1);
  norm.condition.parts[0].op = Condition::Op::test;
  norm.condition.parts[0].fact = "place.opened";
  norm.condition.parts[0].comparator = Comparator::more_than;
  EXPECT_EQ(why(norm), "condition/0/value");
  norm.condition.parts[0].value = Value{base::Day{1}};
  EXPECT_EQ(why(norm), "");
  norm.subjects.clear();
  EXPECT_EQ(why(norm), "subjects");
}

TEST(FactTable, KnowsNamesAndPatternsAndTakesEvidenceOnly) {
  FactTable table = FactTable::known();
  ASSERT_NE(table.find("place.area"), nullptr);
  EXPECT_EQ(table.find("place.area")->unit, Unit::m2);
  ASSERT_NE(table.find("place.takes.paper.occ"), nullptr);
  EXPECT_EQ(table.find("place.takes.paper.occ")->type, ValueType::yes_no);
  EXPECT_EQ(table.find("place.takes."), nullptr);
  EXPECT_EQ(table.find("place.takes"), nullptr);
  EXPECT_EQ(table.find("place.area.x"), nullptr);
  EXPECT_EQ(table.find(""), nullptr);
  const auto own = [](std::string name, Origin origin) {
    return FactType{
        std::move(name), SubjectKind::place, ValueType::yes_no, Unit::none, origin, "", ""};
  };
  EXPECT_FALSE(table.declare(own("place.area", Origin::evidence)).has_value());
  EXPECT_FALSE(table.declare(own("place.smell", Origin::ledger)).has_value());
  EXPECT_FALSE(table.declare(own("district.smell", Origin::evidence)).has_value());
  EXPECT_FALSE(table.declare(own("place.", Origin::evidence)).has_value());
  EXPECT_FALSE(table.declare(own("place.Smell", Origin::evidence)).has_value());
  EXPECT_TRUE(table.declare(own("place.smell", Origin::evidence)).has_value());
  EXPECT_FALSE(table.declare(own("place.smell", Origin::evidence)).has_value());
  EXPECT_NE(table.find("place.smell"), nullptr);
}

TEST(Unit, ConvertsExactlyOrNotAtAll) {
  EXPECT_EQ(convert(1, Unit::km, Unit::m), 1'000);
  EXPECT_EQ(convert(50, Unit::percent, Unit::ppm), 500'000);
  EXPECT_EQ(convert(5, Unit::myriad_t_per_year, Unit::t_per_year), 50'000);
  EXPECT_EQ(convert(1'500, Unit::m, Unit::km), std::nullopt);
  EXPECT_EQ(convert(1, Unit::year, Unit::day), std::nullopt);
  EXPECT_EQ(convert(1, Unit::m, Unit::m2), std::nullopt);
  EXPECT_EQ(convert(INT64_MAX, Unit::t, Unit::g), std::nullopt);
  for (const auto unit : {Unit::none, Unit::ppm, Unit::ha, Unit::t_per_year, Unit::piece}) {
    EXPECT_EQ(unit_from(name(unit)), unit);
  }
}

TEST(Names, ReadBackAsTheyAreWritten) {
  for (const auto comparator : {Comparator::at_least, Comparator::differs, Comparator::in_force}) {
    EXPECT_EQ(comparator_from(name(comparator)), comparator);
  }
  EXPECT_EQ(force_from("in_principle"), Force::in_principle);
  EXPECT_EQ(norm_class_from("R"), NormClass::record);
  EXPECT_EQ(certainty_from("M"), Certainty::general);
  EXPECT_EQ(subject_kind_from("shipment"), SubjectKind::shipment);
  EXPECT_EQ(origin_from("hearsay"), std::nullopt);
}

}  // namespace
}  // namespace huan::norms
