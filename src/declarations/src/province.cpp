// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/province.hpp"

#include <algorithm>
#include <set>

#include "huan/base/quantity.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::declarations {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kCellsMax = 1'000;
constexpr std::size_t kCountiesMax = 10'000;
constexpr std::size_t kCodeMax = 100;
constexpr registry::IntegerRange kFigureRange{-9'007'199'254'740'991, 9'007'199'254'740'991};

void put_figure(json::Writer& w, std::string_view name, const std::optional<std::int64_t>& value) {
  w.key(name);
  value ? w.integer(*value) : w.null();
}

void put_names(json::Writer& w, std::string_view name, const std::vector<std::string>& list) {
  w.key(name).begin_array();
  for (const std::string& one : list) {
    w.string(one);
  }
  w.end_array();
}

std::vector<json::Value> listed_in(registry::Fields& fields, std::string_view name,
                                   std::size_t most) {
  std::vector<json::Value> out;
  if (const auto list = fields.array(name)) {
    if (list->size() > most) {
      fields.refuse(ErrorCode::too_large, name, "at most " + std::to_string(most));
      return out;
    }
    out.assign(list->elements().begin(), list->elements().end());
  } else {
    fields.refuse(ErrorCode::bad_field, name, "a list is expected");
  }
  return out;
}

/// Absent and null are no figure.
std::optional<std::int64_t> figure_in(registry::Fields& fields, std::string_view name) {
  const auto value = fields.any(name);
  if (!value || value->is_null()) {
    return std::nullopt;
  }
  if (!value->is_integer() || value->integer() < kFigureRange.min ||
      value->integer() > kFigureRange.max) {
    fields.refuse(ErrorCode::bad_number, name, "a whole number or null");
    return std::nullopt;
  }
  return value->integer();
}

Result<ReturnCell> parse_cell(json::Value value, const std::string& pointer) {
  registry::Fields f(value, pointer);
  ReturnCell cell;
  cell.code = f.name("cell", kCodeMax);
  cell.unit = f.text("unit", kCodeMax);
  cell.whole = figure_in(f, "whole");
  const auto counties = listed_in(f, "counties", kCountiesMax);
  HUAN_CHECK(f.finish());
  std::set<std::string, std::less<>> seen;
  for (const json::Value one : counties) {
    registry::Fields county(one, pointer + "/counties/" + std::to_string(cell.counties.size()));
    CountyFigure figure{county.name("id", kCodeMax), county.name("state"), std::nullopt};
    figure.value = figure_in(county, "value");
    HUAN_CHECK(county.finish());
    if (!seen.insert(figure.id).second) {
      return Error{ErrorCode::bad_field, county.pointer("id"), figure.id + " stands twice"};
    }
    cell.counties.push_back(std::move(figure));
  }
  return cell;
}

/// Everything in one form, one term, the same cells.
Result<void> check_alike(std::span<const CityReturn> cities) {
  std::set<std::string, std::less<>> seen;
  for (const CityReturn& city : cities) {
    const CityReturn& first = cities.front();
    if (!seen.insert(city.city).second) {
      return Error{ErrorCode::bad_field, "city", city.city + " stands twice"};
    }
    const bool alike =
        city.form == first.form && city.term == first.term &&
        std::ranges::equal(city.cells, first.cells, [](const ReturnCell& a, const ReturnCell& b) {
          return a.code == b.code && a.unit == b.unit;
        });
    if (!alike) {
      return Error{ErrorCode::bad_field, city.city,
                   city.form + " " + city.term + " is not what " + first.city + " returned: " +
                       first.form + " " + first.term + " with the same cells is expected"};
    }
  }
  return {};
}

void add_city(const CityReturn& city, const ReturnCell& cell, ProvinceSum& sum) {
  std::int64_t counties = 0;
  for (const CountyFigure& county : cell.counties) {
    if (county.value) {
      counties = base::checked_add(counties, *county.value);
    } else {
      sum.missing.push_back(city.city + "/" + county.id);
    }
  }
  sum.counties = base::checked_add(sum.counties, counties);
  if (!cell.whole) {
    sum.missing.push_back(city.city);
    return;
  }
  sum.cities = base::checked_add(sum.cities, *cell.whole);
  if (counties != *cell.whole) {
    sum.differing.push_back(city.city);
  }
}

}  // namespace

CityReturn return_of(const std::vector<Cell>& cells, std::span<const Part> parts,
                     const Values& whole) {
  CityReturn city;
  for (const CellSum& sum : reconcile(cells, parts, whole)) {
    ReturnCell cell{cells[sum.cell].code, cells[sum.cell].unit.text, {}, sum.whole};
    cell.counties.reserve(parts.size());
    for (const Part& part : parts) {
      cell.counties.push_back({part.id, part.state ? std::string(name(*part.state)) : "missing",
                               part.values.at(sum.cell)});
    }
    city.cells.push_back(std::move(cell));
  }
  return city;
}

std::string to_json(const CityReturn& city) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("cells").begin_array();
  for (const ReturnCell& cell : city.cells) {
    w.begin_object().member("cell", cell.code).key("counties").begin_array();
    for (const CountyFigure& county : cell.counties) {
      w.begin_object().member("id", county.id).member("state", county.state);
      put_figure(w, "value", county.value);
      w.end_object();
    }
    w.end_array().member("unit", cell.unit);
    put_figure(w, "whole", cell.whole);
    w.end_object();
  }
  w.end_array().member("city", city.city).member("form", city.form);
  w.member("term", city.term).end_object();
  return out;
}

Result<CityReturn> parse_return(json::Value value) {
  registry::Fields f(value, "");
  CityReturn city;
  city.city = f.name("city");
  city.form = f.name("form", kCodeMax);
  city.term = f.name("term");
  const auto cells = listed_in(f, "cells", kCellsMax);
  HUAN_CHECK(f.finish());
  city.cells.reserve(cells.size());
  for (const json::Value one : cells) {
    HUAN_TRY(cell, parse_cell(one, "/cells/" + std::to_string(city.cells.size())));
    city.cells.push_back(std::move(cell));
  }
  return city;
}

Result<std::vector<ProvinceSum>> add_up(std::span<const CityReturn> cities) {
  std::vector<ProvinceSum> sums;
  if (cities.empty()) {
    return sums;
  }
  HUAN_CHECK(check_alike(cities));
  try {
    for (std::size_t i = 0; i < cities.front().cells.size(); ++i) {
      ProvinceSum sum;
      sum.code = cities.front().cells[i].code;
      sum.unit = cities.front().cells[i].unit;
      for (const CityReturn& city : cities) {
        add_city(city, city.cells[i], sum);
      }
      sums.push_back(std::move(sum));
    }
  } catch (const base::Overflow&) {
    return Error{ErrorCode::bad_number, "cells", "the sum is out of range"};
  }
  return sums;
}

bool all_exact(const std::vector<ProvinceSum>& sums) {
  return std::ranges::all_of(sums, &ProvinceSum::exact);
}

std::string province_json(std::span<const CityReturn> cities,
                          const std::vector<ProvinceSum>& sums) {
  std::string out;
  json::Writer w(out);
  std::vector<std::string> codes;
  codes.reserve(cities.size());
  for (const CityReturn& city : cities) {
    codes.push_back(city.city);
  }
  w.begin_object();
  put_names(w, "cities", codes);
  w.member("form", cities.empty() ? std::string() : cities.front().form);
  w.key("items").begin_array();
  for (const ProvinceSum& sum : sums) {
    w.begin_object().member("cell", sum.code).member("cities", sum.cities);
    w.member("counties", sum.counties);
    put_names(w, "differing", sum.differing);
    put_names(w, "missing", sum.missing);
    w.member("unit", sum.unit).end_object();
  }
  w.end_array().member("ok", all_exact(sums));
  w.member("term", cities.empty() ? std::string() : cities.front().term).end_object();
  return out;
}

}  // namespace huan::declarations
