// SPDX-License-Identifier: Apache-2.0
#include "pack_tables.hpp"

#include <algorithm>
#include <set>

#include "huan/base/text.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/csv_rows.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::Result;

/// Cells read as the field of a record with the column's name.
const std::vector<std::string_view> kIntegers{"district_year",
                                              "capacity_g_per_day",
                                              "storage_limit_g",
                                              "storage_days_max",
                                              "area_m2",
                                              "building_area_m2",
                                              "sorting_area_m2",
                                              "output_t_per_year",
                                              "households",
                                              "capacity_g",
                                              "volume_l",
                                              "max_g",
                                              "interval_g",
                                              "tare_g",
                                              "fen"};
const std::vector<std::string_view> kLists{"materials"};
const std::vector<std::string_view> kFlags{"synthetic"};

bool in(const std::vector<std::string_view>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// True for a cell that stands in JSON as it is; any other is sent as text and refused by its
/// field.
bool is_literal(std::string_view column, std::string_view cell) {
  return (in(kFlags, column) && (cell == "true" || cell == "false")) ||
         (in(kIntegers, column) && base::parse_integer(cell));
}

/// `elv:2025-01-01:2027-12-31;weee` → [{"kind":"elv","from":…,"to":…},{"kind":"weee"}]
std::string terms_text(std::string_view cell) {
  ListText list;
  while (!cell.empty()) {
    auto term = cell.substr(0, cell.find(';'));
    cell.remove_prefix(std::min(term.size() + 1, cell.size()));
    ObjectText o;
    for (const std::string_view part : {"kind", "from", "to"}) {
      const auto text = term.substr(0, term.find(':'));
      term.remove_prefix(std::min(text.size() + 1, term.size()));
      o.optional(part, text);
    }
    list.add(o.text());
  }
  return list.text();
}

std::string list_text(std::string_view cell) {
  ListText list;
  while (!cell.empty()) {
    const auto part = cell.substr(0, cell.find(';'));
    cell.remove_prefix(std::min(part.size() + 1, cell.size()));
    list.add(json::quote(part));
  }
  return list.text();
}

/// The row as the data of a record; `id` is its key, `lat_e7`, `lng_e7`, `datum` its location.
std::string row_json(const CsvRows& csv, const CsvRow& row) {
  ObjectText o;
  for (const std::string& column : csv.header()) {
    const auto cell = csv.cell(row, column);
    if (cell.empty() || column == "id" || column == "lng_e7" || column == "datum") {
      continue;
    }
    if (column == "lat_e7") {
      const auto datum = csv.cell(row, "datum");
      const auto lng = base::parse_integer(csv.cell(row, "lng_e7"));
      const auto lat = base::parse_integer(cell);
      ObjectText at;
      at.raw("lat_e7", lat ? std::to_string(*lat) : "null");
      at.raw("lng_e7", lng ? std::to_string(*lng) : "null");
      at.put("datum", datum.empty() ? std::string_view{"wgs84"} : datum);
      o.raw("location", at.text());
    } else if (column == "qualifications" || column == "titles" || column == "passes") {
      o.raw(column, terms_text(cell));
    } else if (in(kLists, column)) {
      o.raw(column, list_text(cell));
    } else if (is_literal(column, cell)) {
      o.raw(column, cell);
    } else {
      o.put(column, cell);
    }
  }
  return o.text();
}

/// Reads every row as a record of one kind and hands key and data to `keep`.
template <class Keep>
Result<void> read_records(const PackFiles& files, const std::string& file, Kind kind, Keep keep) {
  const auto found = files.find(file);
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(file, found->second));
  std::set<std::string, std::less<>> keys;
  for (const CsvRow& row : csv.rows()) {
    const std::string key{csv.cell(row, "id")};
    if (!base::is_name(key, base::kShortNameMax) || !keys.insert(key).second) {
      return csv.error(row, "id", "an id of 1 to 40 ASCII characters that stands once is expected");
    }
    const auto document = json::Document::parse(row_json(csv, row));
    if (!document) {
      return csv.error(row, {}, document.error().detail);
    }
    auto data = parse_data(kind, key, document->root());
    if (!data) {
      const std::string& at = data.error().at;
      return csv.error(row, at.starts_with("/data/") ? at.substr(6) : at, data.error().detail);
    }
    keep(key, std::move(*data));
  }
  return {};
}

Result<std::int64_t> number(const CsvRows& csv, const CsvRow& row, std::string_view column,
                            std::int64_t max) {
  const auto cell = csv.cell(row, column);
  if (cell.empty()) {
    return std::int64_t{0};
  }
  const auto value = base::parse_integer(cell);
  if (!value || *value < 0 || *value > max) {
    return csv.error(row, column,
                     "a whole number from 0 to " + std::to_string(max) + " is expected");
  }
  return *value;
}

Result<std::optional<Degrees>> seat(const CsvRows& csv, const CsvRow& row) {
  const auto lat_cell = csv.cell(row, "lat_e7");
  const auto lng_cell = csv.cell(row, "lng_e7");
  if (lat_cell.empty() && lng_cell.empty()) {
    return std::optional<Degrees>{};
  }
  const auto lat = base::parse_integer(lat_cell);
  const auto lng = base::parse_integer(lng_cell);
  constexpr std::int64_t kNorthE7 = 900'000'000;
  constexpr std::int64_t kEastE7 = 1'800'000'000;
  if (!lat || !lng || *lat < -kNorthE7 || *lat > kNorthE7 || *lng < -kEastE7 || *lng > kEastE7) {
    return csv.error(row, "lat_e7", "degrees × 10⁷, latitude and longitude together, are expected");
  }
  return std::optional{Degrees{static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lng)}};
}

Result<District> district_of(const CsvRows& csv, const CsvRow& row) {
  District out;
  out.code = csv.cell(row, "code");
  out.zh = csv.cell(row, "name");
  out.en = csv.cell(row, "name_en");
  out.level = csv.cell(row, "level");
  out.parent = csv.cell(row, "parent");
  if (!base::is_name(out.code, base::kShortNameMax)) {
    return csv.error(row, "code", "a district code is expected");
  }
  if (out.zh.empty() || out.level.empty()) {
    return csv.error(row, out.zh.empty() ? "name" : "level", "text is expected");
  }
  HUAN_TRY(population, number(csv, row, "population", 2'000'000'000));
  HUAN_TRY(households, number(csv, row, "households", 2'000'000'000));
  HUAN_TRY(urban, number(csv, row, "urban_per_myriad", 10'000));
  HUAN_TRY(radius, number(csv, row, "radius_m", 500'000));
  HUAN_TRY(at, seat(csv, row));
  out.population = population;
  out.households = households;
  out.urban_per_myriad = urban;
  out.radius_m = radius;
  out.seat = at;
  return out;
}

Result<void> read_districts(const PackFiles& files, Pack& pack) {
  const auto found = files.find("districts.csv");
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(found->first, found->second));
  HUAN_CHECK(csv.expect({"code", "name", "level"},
                        {"name_en", "parent", "population", "households", "urban_per_myriad",
                         "lat_e7", "lng_e7", "radius_m", "point_source"}));
  std::set<std::string, std::less<>> codes;
  for (const CsvRow& row : csv.rows()) {
    HUAN_TRY(district, district_of(csv, row));
    if (!codes.insert(district.code).second) {
      return csv.error(row, "code", "a code that stands once is expected");
    }
    pack.districts.push_back(std::move(district));
  }
  return {};
}

Result<void> read_streets(const PackFiles& files, Pack& pack) {
  const auto found = files.find("streets.csv");
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(found->first, found->second));
  HUAN_CHECK(csv.expect({"code", "name", "district"}, {}));
  std::set<std::string, std::less<>> districts;
  for (const District& district : pack.districts) {
    districts.insert(district.code);
  }
  std::set<std::string, std::less<>> codes;
  for (const CsvRow& row : csv.rows()) {
    Street street{std::string{csv.cell(row, "code")}, std::string{csv.cell(row, "name")},
                  std::string{csv.cell(row, "district")}};
    if (!base::is_name(street.code, base::kShortNameMax) || !codes.insert(street.code).second) {
      return csv.error(row, "code", "a code that stands once is expected");
    }
    if (!districts.contains(street.district)) {
      return csv.error(row, "district", "a code of districts.csv is expected");
    }
    pack.streets.push_back(std::move(street));
  }
  return {};
}

Result<void> read_communities(const PackFiles& files, Pack& pack) {
  const auto found = files.find("villages.csv");
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(found->first, found->second));
  HUAN_CHECK(csv.expect({"code", "name", "street", "kind"}, {}));
  std::map<std::string, std::string, std::less<>> streets;
  for (const Street& street : pack.streets) {
    streets.emplace(street.code, street.district);
  }
  std::set<std::string, std::less<>> codes;
  for (const CsvRow& row : csv.rows()) {
    const auto street = streets.find(csv.cell(row, "street"));
    if (street == streets.end()) {
      return csv.error(row, "street", "a code of streets.csv is expected");
    }
    const auto kind = csv.cell(row, "kind");
    if (kind != "urban" && kind != "rural") {
      return csv.error(row, "kind", "urban or rural is expected");
    }
    Community community{std::string{csv.cell(row, "code")}, std::string{csv.cell(row, "name")},
                        street->second, street->first, kind == "urban"};
    if (!base::is_name(community.code, base::kShortNameMax) ||
        !codes.insert(community.code).second) {
      return csv.error(row, "code", "a code that stands once is expected");
    }
    pack.communities.push_back(std::move(community));
  }
  return {};
}

}  // namespace

Result<void> read_pack_tables(const PackFiles& files, Pack& pack) {
  HUAN_CHECK(read_districts(files, pack));
  HUAN_CHECK(read_streets(files, pack));
  HUAN_CHECK(read_communities(files, pack));
  HUAN_CHECK(
      read_records(files, "parties.csv", Kind::party, [&](const std::string& key, Data data) {
        pack.stated.parties.push_back({key, std::get<Party>(std::move(data))});
      }));
  HUAN_CHECK(read_records(files, "places.csv", Kind::place, [&](const std::string& key, Data data) {
    pack.stated.places.push_back({key, std::get<Place>(std::move(data))});
  }));
  HUAN_CHECK(read_records(files, "assets.csv", Kind::asset, [&](const std::string& key, Data data) {
    pack.stated.assets.push_back({key, std::get<Asset>(std::move(data))});
  }));
  return read_records(files, "prices.csv", Kind::price, [&](const std::string& key, Data data) {
    pack.prices.emplace_back(key, std::get<Price>(std::move(data)));
  });
}

}  // namespace huan::registry
