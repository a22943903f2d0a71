// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/release.hpp"

#include <algorithm>
#include <array>

#include "huan/declarations/term.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using publication::Blank;

constexpr std::string_view kReleasePrefix = "release.";
constexpr std::string_view kCategoryMap = "category_map";
constexpr base::Instant kLatest{INT64_MAX};

std::string text_of(json::Value object, std::string_view name) {
  const auto found = object.is_object() ? object.find(name) : std::nullopt;
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

/// Elements of a member; none where it is no list.
std::vector<json::Value> list_in(json::Value object, std::string_view name) {
  std::vector<json::Value> out;
  if (!object.is_object()) {
    return out;
  }
  if (const auto found = object.find(name); found && found->is_array()) {
    out.assign(found->elements().begin(), found->elements().end());
  }
  return out;
}

void put_texts(json::Writer& w, const std::vector<std::string>& texts) {
  w.begin_array();
  for (const std::string& one : texts) {
    w.string(one);
  }
  w.end_array();
}

void put_released(json::Writer& w, const PublicTable& table) {
  const bool kinds = table.column_field == "kind";
  w.begin_object().key("columns");
  put_texts(
      w, kinds ? std::vector<std::string>{"district", "name", "kind", "kind_name", "mass_g", "flag"}
               : std::vector<std::string>{"district", "name", "month", "mass_g", "flag"});
  w.member("name", table.name).key("rows").begin_array();
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool shown = table.blanks.at(r, c) == Blank::shown;
      w.begin_array().string(table.rows[r].text).string(table.row_names[r]);
      w.string(table.columns[c]);
      if (kinds) {
        w.string(table.column_names[c]);
      }
      shown ? w.integer(table.amounts.at(r, c).value) : w.null();
      w.string(shown ? "" : "c").end_array();
    }
  }
  w.end_array().member("zh", table.zh).end_object();
}

std::string cell_of(json::Value value) {
  if (value.is_string()) {
    return reports::harmless(std::string(value.string()));
  }
  return value.is_integer() ? std::to_string(value.integer()) : std::string();
}

std::vector<std::string> cells_of(json::Value list) {
  std::vector<std::string> cells;
  if (list.is_array()) {
    cells.reserve(list.size());
    for (const json::Value one : list.elements()) {
      cells.push_back(cell_of(one));
    }
  }
  return cells;
}

std::vector<std::vector<std::string>> rows_in(json::Value object, std::string_view name) {
  std::vector<std::vector<std::string>> rows;
  for (const json::Value row : list_in(object, name)) {
    rows.push_back(cells_of(row));
  }
  return rows;
}

std::optional<Release> release_of(json::Value data) {
  Release release;
  release.period = text_of(data, "period");
  const auto from = base::parse_day(text_of(data, "from"));
  const auto to = base::parse_day(text_of(data, "to"));
  const auto tables = list_in(data, "tables");
  if (!from || !to || tables.empty()) {
    return std::nullopt;
  }
  release.from = *from;
  release.to = *to;
  release.scheme = text_of(data, "scheme");
  for (const json::Value table : tables) {
    release.tables.push_back(text_of(table, "name"));
  }
  json::Writer w(release.data);
  w.value(data);
  return release;
}

}  // namespace

Result<duties::Term> release_period(std::string_view text) {
  for (const auto period : {duties::Period::year, duties::Period::quarter, duties::Period::month}) {
    if (const auto term = declarations::parse_term(period, std::string(text))) {
      return *term;
    }
  }
  return Error{ErrorCode::bad_field, "period", "2025, 2025-Q1 or 2025-03"};
}

std::string release_key(std::string_view period) {
  return std::string(kReleasePrefix) + std::string(period);
}

std::vector<Release> releases(store::RegistryReading& reading, const CityName& city) {
  std::vector<Release> found;
  visit_records(reading, city.code, registry::Kind::setting, kLatest,
                [&](const store::RegistryRow& row, json::Value data) {
                  auto release =
                      row.key.starts_with(kReleasePrefix) ? release_of(data) : std::nullopt;
                  if (release) {
                    found.push_back(std::move(*release));
                  }
                });
  std::ranges::sort(found, {}, &Release::period);
  return found;
}

Result<void> may_release(const std::vector<Release>& before, const duties::Term& term,
                         base::Day today) {
  if (term.last >= today) {
    return Error{ErrorCode::bad_field, "period", "a period that has ended: figures still come in"};
  }
  for (const Release& one : before) {
    if (term.first <= one.to && one.from <= term.last) {
      return Error{ErrorCode::already_closed, "period",
                   one.period + " is published and has days of it: one cut of the same figures"};
    }
  }
  return {};
}

std::string release_json(const PublicTables& tables, std::string_view period) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("categories").begin_array();
  const auto categories = category_rows(tables);
  for (auto row = categories.begin() + 1; row != categories.end(); ++row) {
    put_texts(w, *row);
  }
  w.end_array().key("dictionary").raw(dictionary_json(tables));
  w.member("from", base::format_day(tables.ask.from)).member("period", period);
  w.member("scheme", tables.ask.scheme).key("tables").begin_array();
  for (const PublicTable& table : tables.tables) {
    put_released(w, table);
  }
  w.end_array().member("to", base::format_day(tables.ask.to)).end_object();
  return out;
}

std::vector<std::vector<std::string>> release_rows(const Release& release, std::string_view table) {
  const auto document = json::Document::parse(release.data, json::kStored);
  if (!document) {
    return {};
  }
  const json::Value data = document->root();
  std::vector<std::vector<std::string>> rows;
  if (table == kCategoryMap) {
    rows = rows_in(data, "categories");
    rows.insert(rows.begin(), {"material", "scheme", "item"});
    return rows;
  }
  for (const json::Value one : list_in(data, "tables")) {
    if (text_of(one, "name") == table) {
      rows = rows_in(one, "rows");
      std::vector<std::string> columns;
      for (const json::Value column : list_in(one, "columns")) {
        columns.push_back(cell_of(column));
      }
      rows.insert(rows.begin(), std::move(columns));
    }
  }
  return rows;
}

}  // namespace huan::oversight
