// SPDX-License-Identifier: Apache-2.0
// steps.csv: code,block,from,to,clause,zh,en,note; one a dated item of a schedule.
#include "files.hpp"
#include "huan/registry/csv_rows.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Result;
using registry::CsvRow;
using registry::CsvRows;

Result<base::Day> day(const CsvRows& csv, const CsvRow& row, std::string_view column) {
  const auto day = base::parse_day(csv.cell(row, column));
  if (!day) {
    return csv.error(row, column, "a date like 2026-11-21 is expected");
  }
  return *day;
}

Result<duties::Step> read_step(const CsvRows& csv, const CsvRow& row, std::string_view pack) {
  duties::Step out;
  out.row.code = csv.cell(row, "code");
  out.row.clause = csv.cell(row, "clause");
  out.row.zh = csv.cell(row, "zh");
  out.row.en = csv.cell(row, "en");
  out.row.note = csv.cell(row, "note");
  out.row.pack = pack;
  out.block = csv.cell(row, "block");
  for (const std::string_view column : {"code", "clause", "zh", "en", "block"}) {
    if (csv.cell(row, column).empty()) {
      return csv.error(row, column, "text is expected");
    }
  }
  HUAN_TRY(from, day(csv, row, "from"));
  HUAN_TRY(to, day(csv, row, "to"));
  if (to < from) {
    return csv.error(row, "to", "a day not before `from` is expected");
  }
  out.from = from;
  out.to = to;
  return out;
}

}  // namespace

Result<void> read_steps(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  const auto found = files.find("steps.csv");
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(csv, CsvRows::parse(found->first, found->second));
  HUAN_CHECK(csv.expect({"code", "block", "from", "to", "clause", "zh", "en"}, {"note"}));
  if (csv.rows().size() > kRowsMax) {
    return csv.error(csv.rows()[kRowsMax], {}, "at most 20000 rows");
  }
  std::set<std::string, std::less<>> seen;
  std::vector<duties::Step> steps;
  for (const CsvRow& row : csv.rows()) {
    HUAN_TRY(step, read_step(csv, row, pack.name));
    if (!seen.insert(step.row.code).second) {
      return csv.error(row, "code", "a code that stands once is expected");
    }
    steps.push_back(std::move(step));
  }
  if (const auto both = duties::overlapping_blocks(steps)) {
    return csv.error(csv.rows()[both->second], "from",
                     "blocks whose days do not overlap are expected: " +
                         steps[both->first].row.code + " of block " + steps[both->first].block +
                         " runs to " + base::format_day(steps[both->first].to));
  }
  for (duties::Step& step : steps) {
    rules.duties.steps.push_back(std::move(step));
  }
  return {};
}

}  // namespace huan::wire_pack
