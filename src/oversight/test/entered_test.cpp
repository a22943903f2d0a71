// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/entered.hpp"

#include <gtest/gtest.h>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using norms::FactSet;
using norms::FactTable;
using norms::SubjectKind;
using testing::day;

EnteredEvidence evidence(std::string key, std::string fact,
                         std::variant<bool, std::int64_t, std::string> value) {
  EnteredEvidence one;
  one.key = std::move(key);
  one.evidence.subject_kind = "place";
  one.evidence.subject = "S-1";
  one.evidence.fact = std::move(fact);
  one.evidence.value = std::move(value);
  one.evidence.source = "inspection";
  return one;
}

struct Put {
  FactSet facts;
  std::vector<std::string> notes;
};

Put put(const Entered& entered, std::string_view on) {
  Put result;
  FactTable table = FactTable::known();
  EXPECT_TRUE(table.declare({"place.walled", SubjectKind::place, norms::ValueType::yes_no,
                             norms::Unit::none, norms::Origin::evidence, "", ""}));
  entered.put_facts({.kind = SubjectKind::place, .id = "S-1"}, day(on), table, result.facts,
                    result.notes);
  return result;
}

TEST(Entered, TheOneInTermCountsElseTheOneThatEndedLast) {
  Entered entered;
  EnteredEvidence old_one = evidence("a", "place.walled", false);
  old_one.evidence.from = day("2024-01-01");
  old_one.evidence.to = day("2024-12-31");
  EnteredEvidence new_one = evidence("b", "place.walled", true);
  new_one.evidence.from = day("2025-02-01");
  new_one.evidence.to = day("2025-12-31");
  entered.add(old_one);
  entered.add(new_one);
  const auto seen = [&](std::string_view on) {
    const Put result = put(entered, on);
    const norms::Fact* fact = result.facts.find("place.walled");
    return fact == nullptr ? std::string("none") : fact->source;
  };
  EXPECT_EQ(seen("2024-06-30"), "inspection [evidence a]");
  EXPECT_EQ(seen("2025-01-15"), "inspection [evidence a]");  // ran out, the next is not yet
  EXPECT_EQ(seen("2025-06-30"), "inspection [evidence b]");
  EXPECT_EQ(seen("2026-06-30"), "inspection [evidence b]");
}

TEST(Entered, UnitsAreConvertedAndWhatDoesNotFitIsNamed) {
  Entered entered;
  EnteredEvidence far_off = evidence("d", "place.distance_to_housing", std::int64_t{2});
  far_off.evidence.unit = "km";
  entered.add(far_off);
  EnteredEvidence area = evidence("w", "place.area", std::int64_t{2});
  area.evidence.unit = "kg";
  entered.add(area);
  entered.add(evidence("u", "place.colour", true));
  entered.add(evidence("t", "place.located", std::string("yes")));
  entered.add(evidence("o", "place.opened", std::string("2020-01-01")));
  const Put result = put(entered, "2025-06-30");
  ASSERT_NE(result.facts.find("place.distance_to_housing"), nullptr);
  EXPECT_EQ(result.facts.find("place.distance_to_housing")->value,
            norms::Value{std::int64_t{2'000}});
  EXPECT_EQ(result.facts.find("place.opened")->value, norms::Value{day("2020-01-01")});
  EXPECT_EQ(result.facts.find("place.area"), nullptr);
  EXPECT_EQ(result.notes.size(), 3U);
}

TEST(Entered, WhatIsComputedStands) {
  Entered entered;
  entered.add(evidence("a", "place.area", std::int64_t{99}));
  FactSet facts;
  facts.put("place.area", {.value = std::int64_t{40}});
  std::vector<std::string> notes;
  entered.put_facts({.kind = SubjectKind::place, .id = "S-1"}, day("2025-06-30"),
                    FactTable::known(), facts, notes);
  EXPECT_EQ(facts.find("place.area")->value, norms::Value{std::int64_t{40}});
}

TEST(Entered, ValuesAreOfTheirDay) {
  Entered entered;
  const auto add = [&](std::string_view on, std::int64_t value, bool is_base) {
    EnteredValue one;
    one.key = std::string(on);
    one.value.indicator = "i";
    one.value.day = day(on);
    one.value.value = value;
    one.value.is_base = is_base;
    entered.add(std::move(one));
  };
  add("2025-06-30", 2, false);
  add("2024-12-31", 1, false);
  add("2020-12-31", 7, true);
  EXPECT_EQ(entered.value("i", day("2024-12-30")), nullptr);
  EXPECT_EQ(entered.value("i", day("2025-06-29"))->value.value, 1);
  EXPECT_EQ(entered.value("i", day("2026-06-30"))->value.value, 2);
  EXPECT_EQ(entered.base("i")->value.value, 7);
  EXPECT_EQ(entered.value("j", day("2026-06-30")), nullptr);
}

}  // namespace
}  // namespace huan::oversight
