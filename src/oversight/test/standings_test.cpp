// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/standings.hpp"
#include "huan/oversight/counted.hpp"

#include <gtest/gtest.h>

#include <random>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using indicators::Indicator;
using indicators::Measure;
using indicators::MeasureSource;
using indicators::Quantity;
using testing::day;
using testing::SmallCity;

Indicator of(Measure measure, indicators::Window window) {
  Indicator indicator;
  indicator.id = "i";
  indicator.base.reason = "/";
  indicator.responsible_reason = "/";
  indicator.targets = {{100, "", indicators::Comparator::at_least, indicators::TargetKind::level,
                        base::parse_day("2025-12-31")}};
  indicator.formula.measure = std::move(measure);
  indicator.formula.window = window;
  const bool mass = indicator.formula.measure.source == MeasureSource::ledger;
  indicator.unit = *indicators::unit_from(mass ? "吨" : "个");
  EXPECT_TRUE(indicators::validate(indicator).has_value());
  return indicator;
}

std::optional<std::int64_t> value(SmallCity& city, const Indicator& indicator, std::string_view on,
                                  const std::string& district = {}) {
  const std::vector<Indicator> all{indicator};
  const auto reading = city.read();
  return stand(*reading, city.name, {city.pack, all}, day(on), district)[0].standing.value;
}

Measure ledger(std::vector<std::string> flows) {
  Measure measure;
  measure.source = MeasureSource::ledger;
  measure.flows = std::move(flows);
  return measure;
}

const std::vector<std::string> kMaterials{"paper.occ", "paper.news", "metal.al", "metal"};
const std::vector<std::string> kFlows{"receive", "ship", "accept"};
const std::vector<std::string> kClasses{"household", "commercial", "other-city:130200"};
const std::vector<std::string> kPlaces{"S-1", "CC-1"};
const std::vector<std::string> kDistricts{"130102", "130104"};

template <class T>
const T& one_of(const std::vector<T>& list, std::mt19937& draw) {
  return list[draw() % list.size()];
}

/// A measure with some filters of each kind, and what it means said a second time.
struct Question {
  Measure measure;
  bool paper{false};
  [[nodiscard]] bool counts(const ledger::RollupDelta& row) const {
    const auto in = [](const std::vector<std::string>& list, const std::string& one) {
      return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
    };
    return in(measure.flows, row.flow) && in(measure.districts, row.district) &&
           in(measure.classes, row.cls) && (!paper || row.material.substr(0, 5) == "paper") &&
           (measure.not_classes.empty() || row.cls.substr(0, 5) != "other") &&
           (measure.place_kinds.empty() || row.place != "CC-1");
  }
};

Question question(std::mt19937& draw) {
  Question asked;
  asked.measure = ledger({one_of(kFlows, draw)});
  if (draw() % 2 == 0) {
    asked.paper = true;
    asked.measure.materials = {"paper"};
  }
  if (draw() % 3 == 0) {
    asked.measure.districts = {one_of(kDistricts, draw)};
  } else if (draw() % 3 == 0) {
    asked.measure.districts = {"130102", "130199"};
  }
  if (draw() % 3 == 0) {
    asked.measure.classes = {one_of(kClasses, draw)};
  }
  if (draw() % 2 == 0) {
    asked.measure.not_classes = {"other-city:*"};
  }
  if (draw() % 3 == 0) {
    asked.measure.place_kinds = {"station"};
  }
  return asked;
}

SmallCity network() {
  SmallCity city;
  for (const char* name : {"paper", "paper.occ", "paper.news", "metal", "metal.al"}) {
    const std::string code = name;
    const std::size_t dot = code.find('.');
    const std::string parent =
        dot == std::string::npos ? "" : R"(,"parent":")" + code.substr(0, dot) + "\"";
    city.put("material", code,
             R"({"zh":"x","en":"x","schemes":{"ten":")" + code.substr(0, 5) + "\"}" + parent + "}");
  }
  city.put(
      "place", "S-1",
      R"({"kind":"station","name":"a","district":"130102","community":"c1","output_t_per_year":5})");
  city.put("place", "S-2", R"({"kind":"station","name":"b","district":"130104","community":"c2"})",
           "2025-03-01");
  city.put(
      "place", "CC-1",
      R"({"kind":"sorting-centre","form":"specialised","name":"c","district":"130102","operator":"E-1","output_t_per_year":50000})");
  city.put(
      "party", "E-1",
      R"({"kind":"enterprise","name":"甲","titles":[{"kind":"key_enterprise","to":"2025-04-30"}]})");
  city.pack.communities = {{"c1", "", "130102", "", true},
                           {"c2", "", "130104", "", false},
                           {"c3", "", "130104", "", false}};
  return city;
}

TEST(Standings, SumsEqualAFoldOverEveryRowForRandomFormulas) {
  SmallCity city = network();
  std::mt19937 draw{20'261'122};
  std::vector<ledger::RollupDelta> rows;
  const base::Day first = day("2024-01-15");
  for (int i = 0; i < 400; ++i) {
    ledger::RollupDelta row;
    row.day = {first.n + static_cast<std::int32_t>(draw() % 600)};
    row.place = one_of(kPlaces, draw);
    row.operator_id = "E-1";
    row.district = one_of(kDistricts, draw);
    row.material = one_of(kMaterials, draw);
    row.flow = one_of(kFlows, draw);
    row.cls = one_of(kClasses, draw);
    row.mass_g = static_cast<std::int64_t>(draw() % 1'000'000);
    row.count = 1;
    city.rollup(row);
    rows.push_back(std::move(row));
  }
  const auto reading = city.read();
  int compared = 0;
  for (int i = 0; i < 300; ++i) {
    const Question asked = question(draw);
    const base::Day from{first.n + static_cast<std::int32_t>(draw() % 500)};
    const base::Day to{from.n + static_cast<std::int32_t>(draw() % 400)};
    std::int64_t expected = 0;
    for (const ledger::RollupDelta& row : rows) {
      expected += row.day >= from && row.day <= to && asked.counts(row) ? row.mass_g : 0;
    }
    const auto sum = sum_measure(*reading, city.name, asked.measure, from, to);
    ASSERT_EQ(sum.value_or(0), expected) << "question " << i;
    compared += expected > 0 ? 1 : 0;
  }
  EXPECT_GT(compared, 150);
}

TEST(Standings, SchemesResolveToLeaves) {
  SmallCity city = network();
  ledger::RollupDelta row;
  row.day = day("2025-05-01");
  row.flow = "receive";
  row.material = "paper.occ";
  row.mass_g = 7;
  city.rollup(row);
  row.material = "metal.al";
  row.mass_g = 11;
  city.rollup(row);
  Measure measure = ledger({"receive"});
  measure.scheme = "ten";
  measure.items = {"paper"};
  EXPECT_EQ(value(city, of(measure, indicators::Window::calendar_year), "2025-06-30"), 7);
  measure.items = {"glass"};
  EXPECT_EQ(value(city, of(measure, indicators::Window::calendar_year), "2025-06-30"), 0);
  // Before the ledger began nothing is known, which is not nothing.
  EXPECT_EQ(value(city, of(measure, indicators::Window::calendar_year), "2024-06-30"),
            std::nullopt);
}

TEST(Standings, RegistryIsCountedOnTheDay) {
  SmallCity city = network();
  Measure measure;
  measure.source = MeasureSource::registry;
  measure.quantity = Quantity::number;
  measure.place_kinds = {"station"};
  const auto counted = [&](std::string_view on, const std::string& district = {}) {
    const std::vector<Indicator> all{of(measure, indicators::Window::as_of)};
    const auto reading = city.read();
    const auto named = stand(*reading, city.name, {city.pack, all}, day(on), district);
    const Basis& basis = named.front().basis.front();
    std::set<std::string> ids;  // each thing once, and what they add is the value
    std::int64_t sum = 0;
    each_counted(basis.measure, read_city(*reading, city.name, basis.to.value()), city.pack,
                 [&](const Counted& one) {
                   EXPECT_TRUE(ids.insert(std::string(one.id)).second) << one.id;
                   sum += one.amount;
                 });
    EXPECT_EQ(basis.value.value_or(0), sum);
    return value(city, all.front(), on, district);
  };
  EXPECT_EQ(counted("2025-02-28"), 1);
  EXPECT_EQ(counted("2025-03-01"), 2);
  EXPECT_EQ(counted("2025-03-01", "130104"), 1);
  measure.surroundings = indicators::Surroundings::rural;
  EXPECT_EQ(counted("2025-03-01"), 1);
  measure.quantity = Quantity::communities_served;
  EXPECT_EQ(counted("2025-03-01"), 1);
  measure.quantity = Quantity::communities;
  EXPECT_EQ(counted("2025-03-01"), 2);
  measure = {};
  measure.source = MeasureSource::registry;
  measure.quantity = Quantity::number;
  measure.of = "parties";
  measure.titles = {"key_enterprise"};
  EXPECT_EQ(counted("2025-04-30"), 1);
  EXPECT_EQ(counted("2025-05-01"), 0);
  // After the plan's end its last day counts.
  EXPECT_EQ(counted("2026-11-21"), 0);
}

TEST(Standings, DeclaredValuesAndBasesAreUsed) {
  SmallCity city = network();
  Indicator indicator = of({}, indicators::Window::as_of);
  EXPECT_EQ(value(city, indicator, "2025-06-30"), std::nullopt);
  city.put("indicator_value", "v1",
           R"({"day":"2025-03-31","indicator":"i","source":"季报","value":60})");
  city.put("indicator_value", "v0",
           R"({"day":"2021-12-31","indicator":"i","is_base":true,"source":"年鉴","value":20})");
  EXPECT_EQ(value(city, indicator, "2025-06-30"), 60);
  const std::vector<Indicator> all{indicator};
  const auto reading = city.read();
  const auto standing = stand(*reading, city.name, {city.pack, all}, day("2025-06-30"))[0].standing;
  EXPECT_EQ(standing.base, 20);
  EXPECT_EQ(standing.targets[0].progress_ppm, 500'000);
  EXPECT_EQ(standing.source, "declared: 季报 [indicator_value v1]");
  EXPECT_EQ(value(city, indicator, "2025-06-30", "130102"), std::nullopt);
}

}  // namespace
}  // namespace huan::oversight
