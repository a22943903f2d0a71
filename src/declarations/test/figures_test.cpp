// SPDX-License-Identifier: Apache-2.0
// Filled cells against a plain fold of the rows that shares nothing with the filler but the rows.
#include "huan/declarations/figures.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace huan::declarations {
namespace {

registry::Material material(const std::string& code, const std::string& item) {
  registry::Material out;
  out.code = code;
  const auto dot = code.rfind('.');
  out.parent = dot == std::string::npos ? "" : code.substr(0, dot);
  if (!item.empty()) {
    out.schemes["ten"] = item;
  }
  return out;
}

registry::Catalogue catalogue() {
  auto made = registry::Catalogue::make(
      {material("metal", ""), material("metal.steel", "steel"), material("metal.steel.rebar", ""),
       material("metal.copper", "nonferrous"), material("paper", "paper"),
       material("paper.occ", ""), material("paper.wet", "-")});
  EXPECT_TRUE(made);
  return std::move(*made);
}

registry::Scheme ten() {
  return {{"ten", "十种", "ten"},
          {{"steel", "废钢铁", "steel"},
           {"nonferrous", "废有色金属", "others"},
           {"paper", "废纸", "paper"}},
          ""};
}

CellRule ledger(const std::string& code, std::vector<std::string> flows) {
  CellRule rule;
  rule.code = code;
  rule.zh = "回收量";
  rule.en = "collected";
  rule.unit = *indicators::unit_from("吨");
  rule.source = CellSource::measure;
  rule.measure.source = indicators::MeasureSource::ledger;
  rule.measure.flows = std::move(flows);
  return rule;
}

CellRule total(const std::string& code, std::vector<std::string> parts) {
  CellRule rule = ledger(code, {});
  rule.measure = {};
  rule.source = CellSource::total;
  rule.parts = std::move(parts);
  return rule;
}

std::vector<Cell> cells() {
  CellRule items = ledger("collected", {"receive"});
  items.each_item = true;
  CellRule processed = ledger("processed", {"in"});
  processed.measure.place_kinds = {"processor"};
  const registry::Scheme scheme = ten();
  const std::vector<CellRule> rules{items, total("all", {"collected"}), processed};
  return expand(rules, &scheme);
}

TEST(Cells, AreOneAnItem) {
  const auto made = cells();
  ASSERT_EQ(made.size(), 5U);
  EXPECT_EQ(made[0].code, "collected.steel");
  EXPECT_EQ(made[0].zh, "回收量·废钢铁");
  EXPECT_EQ(made[3].parts, (std::vector<std::string>{"collected.steel", "collected.nonferrous",
                                                     "collected.paper"}));
}

TEST(Cells, RefuseWhatCannotBeComputed) {
  const registry::Scheme scheme = ten();
  const std::vector<CellRule> above{ledger("a", {"receive"})};
  const auto at = [&](const CellRule& rule, const registry::Scheme* of = nullptr) {
    const auto valid = validate(rule, above, of);
    return valid ? std::string("accepted") : valid.error().at;
  };
  EXPECT_EQ(at(ledger("b", {"receive"})), "accepted");
  EXPECT_EQ(at(ledger("a", {"receive"})), "code");
  EXPECT_EQ(at(ledger("b.c", {"receive"})), "code");
  EXPECT_EQ(at(total("b", {"a"})), "accepted");
  EXPECT_EQ(at(total("b", {"b"})), "total") << "a sum of itself";
  EXPECT_EQ(at(total("b", {"z"})), "total");
  CellRule count = total("b", {"a"});
  count.unit = *indicators::unit_from("个");
  EXPECT_EQ(at(count), "unit");
  CellRule items = ledger("b", {"receive"});
  items.each_item = true;
  EXPECT_EQ(at(items), "each");
  EXPECT_EQ(at(items, &scheme), "accepted");
  CellRule pieces = ledger("b", {"receive"});
  pieces.measure.quantity = indicators::Quantity::pieces;
  EXPECT_NE(at(pieces), "accepted") << "pieces are not written in tonnes";
}

struct Raw {
  std::string district;
  std::string place;
  std::string material;
  std::string flow;
  std::int64_t mass_g{0};
};

/// What each raw row counts under, said by hand.
std::map<std::string, std::int64_t> plain_fold(const std::vector<Raw>& rows,
                                               const std::string& district) {
  const std::map<std::string, std::string> item{{"metal.steel", "steel"},
                                                {"metal.steel.rebar", "steel"},
                                                {"metal.copper", "nonferrous"},
                                                {"paper.occ", "paper"}};
  std::map<std::string, std::int64_t> sums;
  for (const Raw& row : rows) {
    if (!district.empty() && row.district != district) {
      continue;
    }
    const auto found = item.find(row.material);
    if (row.flow == "receive" && found != item.end()) {
      sums["collected." + found->second] += row.mass_g;
      sums["all"] += row.mass_g;
    }
    if (row.flow == "in" && row.place == "P") {
      sums["processed"] += row.mass_g;
    }
  }
  return sums;
}

std::vector<Raw> some_rows(std::uint64_t seed) {
  const std::vector<std::string> districts{"d1", "d2", "d3"};
  const std::vector<std::string> materials{"metal.steel", "metal.steel.rebar", "metal.copper",
                                           "paper.occ", "paper.wet"};
  const std::vector<std::string> flows{"receive", "in", "sell"};
  std::mt19937_64 random(seed);
  std::vector<Raw> rows;
  rows.reserve(200);
  for (int i = 0; i < 200; ++i) {
    rows.push_back({districts[random() % 3], random() % 2 == 0 ? "P" : "S", materials[random() % 5],
                    flows[random() % 3], static_cast<std::int64_t>(random() % 1'000'000) - 1'000});
  }
  return rows;
}

TEST(FilledCells, EqualAPlainFoldOfTheRows) {
  const auto made = cells();
  const auto books = catalogue();
  registry::Place processor;
  processor.kind = registry::PlaceKind::processor;
  registry::Place station;
  station.kind = registry::PlaceKind::station;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto rows = some_rows(seed);
    Filler filler(made, books,
                  [&](std::string_view id) { return id == "P" ? &processor : &station; });
    for (const std::string reporter : {"d1", "d2", "d3", ""}) {
      filler.know(reporter);
    }
    for (const Raw& row : rows) {
      const LedgerRow seen{
          row.district, row.place, row.material, row.flow, "", row.mass_g, 0, 0, 1};
      filler.add(row.district, seen);
      filler.add("", seen);
    }
    for (const std::string reporter : {"d1", "d2", "d3", ""}) {
      auto expected = plain_fold(rows, reporter);
      const Values values = filler.values(reporter);
      for (std::size_t i = 0; i < made.size(); ++i) {
        EXPECT_EQ(values[i], expected[made[i].code]) << made[i].code << " seed " << seed;
      }
    }
  }
}

TEST(FilledCells, AreNotKnownUntilSomebodySaysSo) {
  const auto made = cells();
  const auto books = catalogue();
  Filler filler(made, books, [](std::string_view) { return nullptr; });
  EXPECT_FALSE(filler.values("d1")[0]);
  EXPECT_FALSE(filler.values("d1")[3]) << "a total of nothing known";
  filler.know("d1");
  EXPECT_EQ(filler.values("d1")[3], 0);
}

}  // namespace
}  // namespace huan::declarations
