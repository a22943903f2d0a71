// SPDX-License-Identifier: Apache-2.0
// campaigns.toml: `[[campaign]]`, `[[award]]`; quotas.csv: one an award, district and year.
#include <algorithm>
#include <array>
#include <tuple>

#include "files.hpp"
#include "huan/base/text.hpp"
#include "huan/registry/csv_rows.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::ErrorCode;
using base::Result;
using registry::CsvRow;
using registry::CsvRows;
using registry::Fields;

constexpr std::int64_t kCountMax = 1'000'000;

Result<std::int64_t> number(const CsvRows& csv, const CsvRow& row, std::string_view column,
                            registry::IntegerRange range) {
  const auto value = base::parse_integer(csv.cell(row, column));
  if (!value || *value < range.min || *value > range.max) {
    return csv.error(row, column,
                     "a whole number from " + std::to_string(range.min) + " to " +
                         std::to_string(range.max) + " is expected");
  }
  return *value;
}

Result<duties::Quota> read_quota(const CsvRows& csv, const CsvRow& row,
                                 const registry::Pack& pack) {
  duties::Quota out;
  out.award = csv.cell(row, "award");
  out.district = csv.cell(row, "district");
  out.clause = csv.cell(row, "clause");
  out.pack = pack.name;
  if (out.clause.empty()) {
    return csv.error(row, "clause", "text is expected");
  }
  HUAN_TRY(year, number(csv, row, "year", {1980, 2199}));
  HUAN_TRY(at_least, number(csv, row, "at_least", {0, kCountMax}));
  out.year = static_cast<std::int32_t>(year);
  out.at_least = at_least;
  if (!csv.cell(row, "at_most").empty()) {
    HUAN_TRY(at_most, number(csv, row, "at_most", {at_least, kCountMax}));
    out.at_most = at_most;
  }
  const auto cumulative = csv.cell(row, "cumulative");
  if (cumulative != "true" && cumulative != "false") {
    return csv.error(row, "cumulative", "true or false is expected");
  }
  out.cumulative = cumulative == "true";
  return out;
}

Result<void> check_quota(const CsvRows& csv, const CsvRow& row, const duties::Quota& quota,
                         const registry::Pack& pack, const Rules& rules) {
  const auto& awards = rules.duties.awards;
  if (std::none_of(awards.begin(), awards.end(), [&](const duties::Award& award) {
        return award.row.pack == pack.name && award.row.code == quota.award;
      })) {
    return csv.error(row, "award", "the code of an award in campaigns.toml is expected");
  }
  if (!quota.district.empty() && std::none_of(pack.districts.begin(), pack.districts.end(),
                                              [&](const registry::District& district) {
                                                return district.code == quota.district;
                                              })) {
    return csv.error(row, "district", "a code of districts.csv is expected");
  }
  return {};
}

Result<void> read_quotas(const registry::PackFiles& files, const registry::Pack& pack,
                         Rules& rules) {
  const auto found = files.find("quotas.csv");
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(found->first, found->second));
  HUAN_CHECK(
      csv.expect({"award", "district", "year", "at_least", "cumulative", "clause"}, {"at_most"}));
  if (csv.rows().size() > kRowsMax) {
    return csv.error(csv.rows()[kRowsMax], {}, "at most 20000 rows");
  }
  std::set<std::tuple<std::string, std::string, std::int32_t>> seen;
  for (const CsvRow& row : csv.rows()) {
    HUAN_TRY(quota, read_quota(csv, row, pack));
    HUAN_CHECK(check_quota(csv, row, quota, pack, rules));
    if (!seen.emplace(quota.award, quota.district, quota.year).second) {
      return csv.error(row, "year", "one quota an award, district and year is expected");
    }
    rules.duties.quotas.push_back(std::move(quota));
  }
  return {};
}

}  // namespace

Result<void> read_campaigns(const registry::PackFiles& files, const registry::Pack& pack,
                            Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "campaigns.toml"));
  std::set<std::string, std::less<>> seen;
  HUAN_CHECK(toml.each("campaign", [&](Fields& f) -> Result<void> {
    duties::Campaign out;
    out.row = read_row(f, pack.name, seen);
    const auto from = f.optional_day("from");
    const auto to = f.optional_day("to");
    if (!from || !to || *to < *from) {
      f.refuse(ErrorCode::bad_field, from ? "to" : "from",
               "two days, `to` not before `from`, are expected");
      return {};
    }
    out.from = *from;
    out.to = *to;
    rules.duties.campaigns.push_back(std::move(out));
    return {};
  }));
  seen.clear();
  HUAN_CHECK(toml.each("award", [&](Fields& f) -> Result<void> {
    duties::Award out;
    out.row = read_row(f, pack.name, seen);
    out.criteria = read_texts(f, "criteria");
    rules.duties.awards.push_back(std::move(out));
    return {};
  }));
  HUAN_CHECK(toml.finish());
  return read_quotas(files, pack, rules);
}

}  // namespace huan::wire_pack
