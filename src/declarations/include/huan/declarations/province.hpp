// SPDX-License-Identifier: Apache-2.0
// From county to city to province 逐级汇总: a city's return holds, cell by cell of one form and
// term, what each of its counties declared and what the city counts itself. A province adds the
// returns of its cities up: the counties' figures to their city, the cities' to the whole, both in
// the smallest unit, so that a gram too many is seen and said where. Whatever a return says it is,
// its sums are done again here.
//
//   HUAN_TRY(city, parse_return(document.root()));
//   HUAN_TRY(sums, add_up(cities));       // sums[0].counties == sums[0].cities
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "huan/declarations/reconcile.hpp"
#include "huan/json/value.hpp"

namespace huan::declarations {

struct CountyFigure {
  std::string id;
  std::string state;                  ///< of its declaration; "missing" when there is none
  std::optional<std::int64_t> value;  ///< smallest units
};

struct ReturnCell {
  std::string code;
  std::string unit;  ///< as people write it
  std::vector<CountyFigure> counties;
  std::optional<std::int64_t> whole;  ///< the city's own count
};

struct CityReturn {
  std::string city;
  std::string form;
  std::string term;
  std::vector<ReturnCell> cells;
};

/// Of what was reconciled; cells that do not add up are left out.
[[nodiscard]] CityReturn return_of(const std::vector<Cell>& cells, std::span<const Part> parts,
                                   const Values& whole);
[[nodiscard]] std::string to_json(const CityReturn& city);
/// bad_field with a pointer; at most 1,000 cells of 10,000 counties each.
[[nodiscard]] base::Result<CityReturn> parse_return(json::Value value);

struct ProvinceSum {
  std::string code;
  std::string unit;
  std::int64_t counties{0};            ///< sum of what counties declared
  std::int64_t cities{0};              ///< sum of what cities count
  std::vector<std::string> differing;  ///< cities whose counties do not add up to them
  std::vector<std::string> missing;    ///< "city" without an own count, "city/county" without any
  [[nodiscard]] bool exact() const { return differing.empty() && missing.empty(); }
};

/// bad_field: a city twice, or returns of another form, term, cells or units; bad_number: out of
/// range.
[[nodiscard]] base::Result<std::vector<ProvinceSum>> add_up(std::span<const CityReturn> cities);

/// {"cities":[…],"form","items":[{"cell","cities","counties","differing","missing","unit"}],"ok",
/// "term"}
[[nodiscard]] std::string province_json(std::span<const CityReturn> cities,
                                        const std::vector<ProvinceSum>& sums);
[[nodiscard]] bool all_exact(const std::vector<ProvinceSum>& sums);

}  // namespace huan::declarations
