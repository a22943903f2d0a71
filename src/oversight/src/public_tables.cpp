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
  if (axis != Axis::district) {
    query.by.push_back(Axis::district);
  }
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

std::size_t place_in(const std::vector<std::string>& list, std::string_view one) {
  return static_cast<std::size_t>(std::ranges::find(list, one) - list.begin());
}

/// Districts as rows, those of the pack and one for the rest.
struct Districts {
  std::vector<std::string> codes;
  [[nodiscard]] std::size_t row_of(std::string_view district) const {
    return std::min(place_in(codes, district), codes.size() - 1);
  }
};

PublicTable district_rows(const ReportAsk& ask, Districts& districts) {
  PublicTable table;
  for (const auto& district : ask.forms.pack.districts) {
    districts.codes.push_back(district.code);
    table.row_names.push_back(district.zh);
  }
  districts.codes.push_back("unknown");
  table.row_names.insert(table.row_names.end(), {"不详", "合计"});
  for (const std::string& code : districts.codes) {
    table.rows.push_back(reports::text(code));
  }
  table.rows.push_back(reports::text(kTotal));
  return table;
}

PublicTable by_kind(const ReportAsk& ask, const PublicAsk& what, const registry::Scheme& scheme) {
  Districts districts;
  PublicTable table = district_rows(ask, districts);
  table.name = "collected_by_district_and_kind";
  table.zh = "各县（市、区）分品类回收量";
  table.column_field = "kind";
  for (const registry::Label& item : scheme.items) {
    table.columns.push_back(item.code);
    table.column_names.push_back(item.zh);
  }
  table.columns.push_back(kOthers);
  table.column_names.insert(table.column_names.end(), {"其他", "合计"});
  CellTally tally(districts.codes.size(), table.columns.size());
  visit_received(ask, what, Axis::district, [&](const store::StatisticsRow& row) {
    const auto item = ask.forms.pack.catalogue.item(row.material, scheme.label.code);
    const std::size_t column = std::min(place_in(table.columns, item), table.columns.size() - 1);
    tally.add(districts.row_of(row.district), column, row);
  });
  table.columns.push_back(kTotal);
  table.amounts = tally.amounts();
  return table;
}

/// The months of the period that have anything; one alone is the other table's totals.
PublicTable by_month(const ReportAsk& ask, const PublicAsk& what) {
  Districts districts;
  PublicTable table = district_rows(ask, districts);
  table.name = "collected_by_district_and_month";
  table.zh = "各县（市、区）各月回收量";
  table.column_field = "month";
  std::map<std::string, std::vector<store::StatisticsRow>> months;
  visit_received(ask, what, Axis::month, [&](const store::StatisticsRow& row) {
    months[base::format_day(row.day).substr(0, 7)].push_back(row);
  });
  CellTally tally(districts.codes.size(), months.size());
  for (const auto& [month, rows] : months) {
    for (const store::StatisticsRow& row : rows) {
      tally.add(districts.row_of(row.district), table.columns.size(), row);
    }
    table.columns.push_back(month);
  }
  table.column_names = table.columns;
  table.columns.push_back(kTotal);
  table.column_names.emplace_back("合计");
  table.amounts = tally.amounts();
  return table;
}

/// All tables of a release are guarded at once: together they give no more away than one by one.
Result<void> close_tables(const PublicAsk& what, std::vector<PublicTable>& tables) {
  std::vector<AmountTable> amounts;
  amounts.reserve(tables.size());
  for (const PublicTable& table : tables) {
    amounts.push_back(table.amounts);
  }
  auto blanks = publication::suppress_together(amounts, what.rule);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (blanks[i].unprotected > 0) {
      return Error{ErrorCode::wrong_answer, tables[i].name,
                   std::to_string(blanks[i].unprotected) +
                       " cells cannot be protected: publish a longer period or fewer kinds"};
    }
    tables[i].blanks = std::move(blanks[i]);
  }
  return {};
}

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
  out.tables.push_back(by_kind(ask, what, *scheme));
  if (auto months = by_month(ask, what); months.columns.size() > 2) {
    out.tables.push_back(std::move(months));
  }
  HUAN_CHECK(close_tables(what, out.tables));
  out.categories = category_pairs(ask.forms.pack);
  return out;
}

}  // namespace huan::oversight
