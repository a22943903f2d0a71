// SPDX-License-Identifier: Apache-2.0
// Public tables as rows and as JSON with their dictionary.
#include "huan/json/writer.hpp"
#include "huan/oversight/public_tables.hpp"

namespace huan::oversight {
namespace {

using publication::Blank;

void put_rule(json::Writer& w, const PublicTables& tables) {
  const publication::Rule& rule = tables.ask.rule;
  w.key("suppression").begin_object();
  w.member("contributors_min", static_cast<std::int64_t>(rule.contributors_min));
  w.member("protection_ppm", rule.protection_ppm);
  w.member("two_largest_ppm", rule.two_largest_ppm);
  w.member("words",
           "A cell is left blank (flag c) when fewer firms than contributors_min stand behind it, "
           "or the two largest make up two_largest_ppm or more; further cells are left blank so "
           "that nobody who has all tables of the release can work out such a cell more closely "
           "than protection_ppm.");
  w.end_object();
}

/// A month's name is the month.
bool has_names(const PublicTable& table) { return table.column_field == "kind"; }

void put_meaning(json::Writer& w, const char* name, const char* type, const char* means) {
  w.begin_object().member("means", means).member("name", name).member("type", type).end_object();
}

void put_dictionary(json::Writer& w, const PublicTables& tables) {
  w.member("city", tables.city).key("fields").begin_array();
  put_meaning(w, "district", "text", "code of the district, GB/T 2260, or total");
  put_meaning(w, "month", "text", "year and month, or total");
  put_meaning(w, "name", "text", "name of the district");
  put_meaning(w, "kind", "text", "item of the scheme, other, or total");
  put_meaning(w, "kind_name", "text", "its name");
  put_meaning(w, "mass_g", "integer", "grams; empty where the flag is c");
  put_meaning(w, "flag", "text", "c: confidential; empty: shown");
  put_meaning(w, "material", "text", "leaf of the catalogue (category_map)");
  put_meaning(w, "scheme", "text", "reporting scheme (category_map)");
  put_meaning(w, "item", "text", "item of that scheme that the material counts under");
  w.end_array().member("from", base::format_day(tables.ask.from));
  w.member("scheme", tables.ask.scheme).member("scope", tables.scope);
  put_rule(w, tables);
  w.member("to", base::format_day(tables.ask.to));
}

}  // namespace

std::vector<std::vector<std::string>> open_rows(const PublicTable& table) {
  const bool named = has_names(table);
  std::vector<std::vector<std::string>> rows{{"district", "name", table.column_field}};
  if (named) {
    rows.front().push_back(table.column_field + "_name");
  }
  rows.front().insert(rows.front().end(), {"mass_g", "flag"});
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool shown = table.blanks.at(r, c) == Blank::shown;
      auto& row = rows.emplace_back(std::vector<std::string>{
          table.rows[r].text, reports::harmless(table.row_names[r]), table.columns[c]});
      if (named) {
        row.push_back(reports::harmless(table.column_names[c]));
      }
      row.push_back(shown ? std::to_string(table.amounts.at(r, c).value) : std::string());
      row.emplace_back(shown ? "" : "c");
    }
  }
  return rows;
}

std::vector<std::vector<std::string>> category_rows(const PublicTables& tables) {
  std::vector<std::vector<std::string>> rows{{"material", "scheme", "item"}};
  rows.reserve(tables.categories.size() + 1);
  for (const CategoryPair& pair : tables.categories) {
    rows.push_back({pair.material, pair.scheme, pair.item});
  }
  return rows;
}

std::string open_json(const PublicTables& tables, const PublicTable& table) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("dictionary").begin_object();
  put_dictionary(w, tables);
  w.end_object().key("items").begin_array();
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool shown = table.blanks.at(r, c) == Blank::shown;
      w.begin_object().member("district", table.rows[r].text);
      w.member("flag", shown ? "" : "c").member(table.column_field, table.columns[c]);
      if (has_names(table)) {
        w.member(table.column_field + "_name", table.column_names[c]);
      }
      w.key("mass_g");
      shown ? w.integer(table.amounts.at(r, c).value) : w.null();
      w.member("name", table.row_names[r]).end_object();
    }
  }
  w.end_array().member("name", table.name).member("zh", table.zh).end_object();
  return out;
}

std::string dictionary_json(const PublicTables& tables) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  put_dictionary(w, tables);
  w.end_object();
  return out;
}

}  // namespace huan::oversight
