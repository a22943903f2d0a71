// SPDX-License-Identifier: Apache-2.0
// 25 years of a real city through its mapping, against sums made here by other means: the cells cut
// out by hand, exact integers of tenths of a ton, one division.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"
#include "huan/wire_table/importer.hpp"

namespace huan::wire_table {
namespace {

constexpr const char* kFile = "tests/data/nyc/monthly_tonnage_1990_2015.csv";
constexpr const char* kMapping = "packs/x-nyc/import/tonnage.toml";

std::string read(const char* path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Splits a line of this file: commas, and quotes around figures with a separator.
std::vector<std::string> cut(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back().push_back(c);
    }
  }
  return cells;
}

struct Sums {
  std::map<std::string, std::int64_t> grams;  ///< by material
  std::map<std::string, std::int64_t> events;
};

/// Grams of "262.2" short tons: tenths × 9071847400 / 100 000 rounded half up (no figure is
/// negative).
std::int64_t grams_of(const std::string& cell) {
  std::string digits;
  for (const char c : cell) {
    if (c != '.') {
      digits.push_back(c);
    }
  }
  EXPECT_EQ(cell.size() - cell.find('.'), 2U) << cell;
  return (std::stoll(digits) * 90'718'474 + 500) / 1'000;
}

Sums by_hand(const std::string& text) {
  Sums sums;
  std::istringstream lines{text};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto cells = cut(line);
    for (const auto& [column, material] :
         {std::pair{4U, "paper.mixed"}, std::pair{5U, "mixed.mgp"}}) {
      if (!cells.at(column).empty() && grams_of(cells[column]) > 0) {
        sums.grams[material] += grams_of(cells[column]);
        ++sums.events[material];
      }
    }
  }
  return sums;
}

Sums imported(std::string text, std::set<std::string>& ids) {
  Sums sums;
  const auto mapping = parse_mapping(read(kMapping), kMapping);
  auto table = open_table_bytes(std::move(text), mapping->table);
  auto importer = Importer::open(std::move(*table), *mapping, {});
  while (auto row = (*importer)->next()) {
    EXPECT_TRUE(row->record) << row->row << row->error->detail;
    const auto document = json::Document::parse(row->record->json);
    const auto event = ledger::parse_event(document->root());
    EXPECT_TRUE(event.has_value()) << event.error().at << event.error().detail;
    const auto& line = event->outputs.at(0);
    sums.grams[line.material] += line.mass.count();
    ++sums.events[line.material];
    ids.insert(row->record->id.text());
  }
  EXPECT_EQ((*importer)->counts().rows, 17'685);
  EXPECT_EQ((*importer)->counts().zeros, 2);
  EXPECT_EQ((*importer)->counts().blanks, 2'434 + 2'077);
  return sums;
}

TEST(NycTonnage, EqualsTheSumsMadeByHand) {
  const std::string text = read(kFile);
  const Sums expected = by_hand(text);
  std::set<std::string> ids;
  const Sums sums = imported(text, ids);
  EXPECT_EQ(sums.grams, expected.grams);
  EXPECT_EQ(sums.events, expected.events);
  EXPECT_EQ(sums.events.at("paper.mixed"), 15'250);
  EXPECT_EQ(sums.events.at("mixed.mgp"), 15'607);
  EXPECT_EQ(ids.size(), 15'250U + 15'607U);
}

TEST(NycTonnage, AReorderedFileGivesTheSameIds) {
  const std::string text = read(kFile);
  std::istringstream lines{text};
  std::string header;
  std::getline(lines, header);
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) {
    rows.push_back(line);
  }
  std::string reordered = header + '\n';
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    reordered += *row + '\n';
  }
  std::set<std::string> ids;
  std::set<std::string> again;
  EXPECT_EQ(imported(text, ids).grams, imported(reordered, again).grams);
  EXPECT_EQ(ids, again);
}

}  // namespace
}  // namespace huan::wire_table
