// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/public_tables.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "huan/base/quantity.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using publication::AmountTable;
using publication::Blank;
using store::Axis;

const std::string kTotal = "total";
const std::string kOthers = "other";  ///< what stands under no item of the scheme

/// Grams by firm.
using Firms = std::map<std::string, std::int64_t, std::less<>>;

void add_to(Firms& firms, const std::string& firm, std::int64_t mass_g) {
  std::int64_t& sum = firms[firm];
  sum = base::checked_add(sum, mass_g);
}

/// Cells by row and column; totals hold each firm once.
class CellTally {
 public:
  CellTally(std::size_t rows, std::size_t columns)
      : rows_(rows + 1), columns_(columns + 1), cells_((rows + 1) * (columns + 1)) {}
  void add(std::size_t row, std::size_t column, const store::StatisticsRow& from) {
    for (const std::size_t r : {row, rows_ - 1}) {
      for (const std::size_t c : {column, columns_ - 1}) {
        add_to(cells_[r * columns_ + c], from.operator_id, from.mass_g);
      }
    }
  }
  [[nodiscard]] AmountTable amounts() const {
    AmountTable table{rows_, columns_, {}};
    table.cells.reserve(cells_.size());
    for (const Firms& firms : cells_) {
      publication::Amount amount;
      for (const auto& [firm, mass] : firms) {
        amount.value = base::checked_add(amount.value, mass);
        amount.contributors.push_back(mass);
      }
      table.cells.push_back(std::move(amount));
    }
    return table;
  }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::vector<Firms> cells_;
};

void visit_received(const ReportAsk& ask, const PublicAsk& what, Axis axis,
                    const std::function<void(const store::StatisticsRow&)>& visit) {
  store::StatisticsQuery query;
  query.by = {axis, Axis::operator_id, Axis::material, Axis::cls};
  query.from = what.from;
  query.to = what.to;
  query.flows = {"receive"};
  ask.reading.statistics(ask.city.code, query, [&](const store::StatisticsRow& row) {
    if (!row.cls.starts_with("other-city:")) {
      visit(row);
    }
    return true;
  });
}

Result<void> close_table(const PublicAsk& what, AmountTable amounts, PublicTable& table) {
  table.amounts = std::move(amounts);
  table.blanks = publication::suppress(table.amounts, what.rule);
  if (table.blanks.unprotected > 0) {
    return Error{ErrorCode::wrong_answer, table.name,
                 std::to_string(table.blanks.unprotected) +
                     " cells cannot be protected: publish a longer period or fewer kinds"};
  }
  return {};
}

std::size_t place_in(const std::vector<std::string>& list, std::string_view one) {
  return static_cast<std::size_t>(std::ranges::find(list, one) - list.begin());
}

Result<PublicTable> district_table(const ReportAsk& ask, const PublicAsk& what,
                                   const registry::Scheme& scheme) {
  PublicTable table;
  table.name = "collected_by_district_and_kind";
  table.zh = "各县（市、区）分品类回收量";
  table.row_field = "district";
  std::vector<std::string> districts;
  for (const auto& district : ask.forms.pack.districts) {
    districts.push_back(district.code);
    table.row_names.push_back(district.zh);
  }
  districts.push_back("unknown");
  table.row_names.insert(table.row_names.end(), {"不详", "合计"});
  for (const registry::Label& item : scheme.items) {
    table.columns.push_back(item.code);
    table.column_names.push_back(item.zh);
  }
  table.columns.push_back(kOthers);
  table.column_names.insert(table.column_names.end(), {"其他", "合计"});
  CellTally tally(districts.size(), table.columns.size());
  visit_received(ask, what, Axis::district, [&](const store::StatisticsRow& row) {
    const auto item = ask.forms.pack.catalogue.item(row.material, scheme.label.code);
    const std::size_t column = std::min(place_in(table.columns, item), table.columns.size() - 1);
    const std::size_t at = std::min(place_in(districts, row.district), districts.size() - 1);
    tally.add(at, column, row);
  });
  for (const std::string& code : districts) {
    table.rows.push_back(reports::text(code));
  }
  table.rows.push_back(reports::text(kTotal));
  table.columns.push_back(kTotal);
  HUAN_CHECK(close_table(what, tally.amounts(), table));
  return table;
}

/// Its total is the other table's: it is left out where that one is blank.
Result<PublicTable> month_table(const ReportAsk& ask, const PublicAsk& what) {
  PublicTable table;
  table.name = "collected_by_month";
  table.zh = "各月回收量";
  table.row_field = "month";
  std::vector<std::string> months;
  const auto month_text = [](base::Day day) { return base::format_day(day).substr(0, 7); };
  visit_received(ask, what, Axis::month, [&](const store::StatisticsRow& row) {
    if (months.empty() || months.back() != month_text(row.day)) {
      months.push_back(month_text(row.day));
    }
  });
  // Two columns that say the same: the form that the rules for tables with totals know.
  CellTally tally(months.size(), 1);
  visit_received(ask, what, Axis::month, [&](const store::StatisticsRow& row) {
    tally.add(place_in(months, month_text(row.day)), 0, row);
  });
  for (const std::string& month : months) {
    table.rows.push_back(reports::text(month));
  }
  table.rows.push_back(reports::text(kTotal));
  table.row_names = months;
  table.row_names.emplace_back("合计");
  table.columns = {"all", kTotal};
  table.column_names = {"全部", "合计"};
  HUAN_CHECK(close_table(what, tally.amounts(), table));
  return table;
}

bool total_is_blank(const PublicTable& table) { return table.blanks.cells.back() != Blank::shown; }

std::vector<CategoryPair> category_pairs(const registry::Pack& pack) {
  std::vector<CategoryPair> pairs;
  for (const registry::Material& material : pack.catalogue.materials()) {
    if (pack.catalogue.leaf(material.code) == nullptr) {
      continue;
    }
    for (const registry::Scheme& scheme : pack.schemes) {
      const auto item = pack.catalogue.item(material.code, scheme.label.code);
      if (!item.empty() && item != "-") {
        pairs.push_back({material.code, scheme.label.code, std::string(item)});
      }
    }
  }
  return pairs;
}

}  // namespace

Result<PublicTables> public_tables(const ReportAsk& ask, const PublicAsk& what) {
  const auto& schemes = ask.forms.pack.schemes;
  const auto scheme = std::ranges::find_if(
      schemes, [&](const registry::Scheme& one) { return one.label.code == what.scheme; });
  if (scheme == schemes.end()) {
    return Error{ErrorCode::bad_field, "scheme", "a code of the pack's schemes is expected"};
  }
  if (what.to < what.from) {
    return Error{ErrorCode::bad_field, "period", "ends before it begins"};
  }
  PublicTables out;
  out.ask = what;
  out.city = ask.city.code;
  out.scope =
      "places of the city, mass received (flow `receive`), without what came from other "
      "cities; by the city's local days";
  HUAN_TRY(districts, district_table(ask, what, *scheme));
  HUAN_TRY(months, month_table(ask, what));
  const bool hidden = total_is_blank(districts) || total_is_blank(months);
  out.tables.push_back(std::move(districts));
  if (!hidden) {
    out.tables.push_back(std::move(months));
  }
  out.categories = category_pairs(ask.forms.pack);
  return out;
}

}  // namespace huan::oversight
