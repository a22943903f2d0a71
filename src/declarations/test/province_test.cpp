// SPDX-License-Identifier: Apache-2.0
// County, city and province agree to the gram whatever way the rows fall; a gram too many, a county
// that is missing and a city that comes twice are said by name.
#include "huan/declarations/province.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <random>

#include "huan/declarations/figures.hpp"
#include "huan/json/document.hpp"

namespace huan::declarations {
namespace {

std::vector<Cell> two_cells() {
  std::vector<Cell> cells(2);
  for (std::size_t i = 0; i < 2; ++i) {
    cells[i].code = i == 0 ? "all" : "steel";
    cells[i].unit = *indicators::unit_from("吨");
    cells[i].source = CellSource::measure;
    cells[i].measure.source = indicators::MeasureSource::ledger;
    cells[i].measure.flows = {"receive"};
  }
  cells[1].measure.materials = {"steel"};
  return cells;
}

CityReturn city(const std::string& code, const std::vector<std::int64_t>& counties,
                std::int64_t whole) {
  CityReturn out{code, "base.ten_kinds", "2025", {}};
  ReturnCell cell{"all", "吨", {}, whole};
  for (const std::int64_t value : counties) {
    cell.counties.push_back({code + std::to_string(cell.counties.size()), "accepted", value});
  }
  out.cells.push_back(std::move(cell));
  return out;
}

/// Rows at random over cities and counties: filled in for each county, for each city and added up
/// by hand over everything, they have to agree.
TEST(Province, AgreesWithAFoldOfAllRowsToTheGram) {
  std::mt19937_64 random(3);
  const auto cells = two_cells();
  const registry::Catalogue none;
  std::vector<CityReturn> cities;
  std::int64_t all = 0;
  std::int64_t steel = 0;
  for (int c = 0; c < 11; ++c) {
    const std::string code = "1401" + std::to_string(10 + c);
    Filler by_county{cells, none, {}};
    Filler by_city{cells, none, {}};
    const std::size_t counties = 1 + random() % 14;
    for (std::size_t k = 0; k < counties; ++k) {
      by_county.know(std::to_string(k));
    }
    by_city.know(code);
    for (int row = 0; row < 500; ++row) {
      const bool is_steel = random() % 3 == 0;
      LedgerRow one;
      one.material = is_steel ? "steel" : "paper";
      one.flow = random() % 4 == 0 ? "ship" : "receive";
      one.mass_g = static_cast<std::int64_t>(random() % 40'000'000) - 100'000;
      by_county.add(std::to_string(random() % counties), one);
      by_city.add(code, one);
      if (one.flow == "receive") {
        all += one.mass_g;
        steel += is_steel ? one.mass_g : 0;
      }
    }
    std::vector<Part> parts;
    for (std::size_t k = 0; k < counties; ++k) {
      const std::string id = std::to_string(k);
      parts.push_back({id, id, State::accepted, by_county.values(id)});
    }
    cities.push_back(return_of(cells, parts, by_city.values(code)));
    cities.back().city = code;
    cities.back().form = "f";
    cities.back().term = "2025";
  }
  const auto sums = add_up(cities);
  ASSERT_TRUE(sums);
  ASSERT_EQ(sums->size(), 2U);
  EXPECT_EQ(sums->at(0).counties, all);
  EXPECT_EQ(sums->at(0).cities, all);
  EXPECT_EQ(sums->at(1).counties, steel);
  EXPECT_EQ(sums->at(1).cities, steel);
  EXPECT_TRUE(all_exact(*sums));
}

TEST(Province, SeesAGramTooManyAndSaysWhere) {
  const std::vector<CityReturn> cities{city("140100", {5, 7}, 12), city("140300", {1, 2}, 4)};
  const auto sums = add_up(cities);
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->front().counties, 15);
  EXPECT_EQ(sums->front().cities, 16);
  EXPECT_EQ(sums->front().differing, std::vector<std::string>{"140300"});
  EXPECT_FALSE(all_exact(*sums));
}

TEST(Province, TwoWrongsDoNotMakeARight) {
  const std::vector<CityReturn> cities{city("140100", {5}, 6), city("140300", {5}, 4)};
  const auto sums = add_up(cities);
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->front().counties, sums->front().cities);
  EXPECT_EQ(sums->front().differing.size(), 2U);
  EXPECT_FALSE(all_exact(*sums));
}

TEST(Province, NamesWhoIsMissing) {
  auto one = city("140100", {5, 7}, 12);
  one.cells[0].counties[1].value.reset();
  auto other = city("140300", {1}, 1);
  other.cells[0].whole.reset();
  const auto sums = add_up(std::vector{one, other});
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->front().missing, (std::vector<std::string>{"140100/1401001", "140300"}));
}

TEST(Province, RefusesWhatDoesNotBelongTogether) {
  const auto refused = [](std::vector<CityReturn> cities) {
    const auto sums = add_up(cities);
    return sums ? std::string() : std::string(base::name(sums.error().code));
  };
  EXPECT_EQ(refused({city("1", {1}, 1), city("1", {1}, 1)}), "bad_field");
  auto later = city("2", {1}, 1);
  later.term = "2026";
  EXPECT_EQ(refused({city("1", {1}, 1), later}), "bad_field");
  auto pieces = city("2", {1}, 1);
  pieces.cells[0].unit = "个";
  EXPECT_EQ(refused({city("1", {1}, 1), pieces}), "bad_field");
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(refused({city("1", {kMost}, kMost), city("2", {1}, 1)}), "bad_number");
}

TEST(CityReturnText, ReadsBackAndRefusesTheRest) {
  auto one = city("140100", {5, -7}, -2);
  one.cells[0].counties[1].value.reset();
  const std::string text = to_json(one);
  const auto document = json::Document::parse(text);
  ASSERT_TRUE(document);
  const auto read = parse_return(document->root());
  ASSERT_TRUE(read) << read.error().at << read.error().detail;
  EXPECT_EQ(to_json(*read), text);
  const std::map<std::string, std::string> bad{
      {"[]", ""},
      {R"({"city":"1","form":"f","term":"2025"})", "/cells"},
      {R"({"city":"1","form":"f","term":"2025","cells":[{}]})", "/cells/0/cell"},
      {R"({"city":"1","form":"f","term":"2025","cells":[{"cell":"a","unit":"吨","counties":[],)"
       R"("whole":"7"}]})",
       "/cells/0/whole"},
      {R"({"city":"1","form":"f","term":"2025","cells":[{"cell":"a","unit":"吨","whole":7,)"
       R"("counties":[{"id":"x","state":"draft","value":1},{"id":"x","state":"draft","value":1}]}]})",
       "/cells/0/counties/1/id"}};
  for (const auto& [body, at] : bad) {
    const auto parsed = json::Document::parse(body);
    ASSERT_TRUE(parsed) << body;
    const auto refused = parse_return(parsed->root());
    ASSERT_FALSE(refused) << body;
    EXPECT_EQ(refused.error().at, at);
  }
}

}  // namespace
}  // namespace huan::declarations
