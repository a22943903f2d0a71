// SPDX-License-Identifier: Apache-2.0
// What a city publishes 统计公开: mass received by district and kind, and by district and month,
// with the cells left blank that would give a firm away to somebody who has both; how the
// catalogue's materials map onto every reporting scheme; and a dictionary that says what each field
// means. One scope for all of it: what places of the city received between two days, without what
// came from other cities.
//
//   HUAN_TRY(tables, public_tables(ask, {"mofcom", from, to, {}}));
//   to_csv(tables.by_district)
#pragma once

#include <string>
#include <vector>

#include "huan/oversight/reports.hpp"
#include "huan/publication/together.hpp"

namespace huan::oversight {

struct PublicAsk {
  std::string scheme;  ///< whose kinds stand as columns
  base::Day from;
  base::Day to;
  publication::Rule rule{};
};

/// A table as it is published: rows and columns end with their total.
struct PublicTable {
  std::string name;  ///< of its files
  std::string zh;
  std::string column_field;         ///< "kind", "month"
  std::vector<reports::Cell> rows;  ///< district of each row, "total" last
  std::vector<std::string> row_names;
  std::vector<std::string> columns;  ///< codes of kinds, or months; "total" last
  std::vector<std::string> column_names;
  publication::AmountTable amounts;
  publication::Blanks blanks;
};

/// material,scheme,item: a material may stand under an item of each scheme, an item holds many.
struct CategoryPair {
  std::string material;
  std::string scheme;
  std::string item;
};

struct PublicTables {
  PublicAsk ask;
  std::string city;
  std::string scope;  ///< in words
  std::vector<PublicTable> tables;
  std::vector<CategoryPair> categories;
};

/// bad_field: no such scheme, days the wrong way round; wrong_answer: a cell cannot be protected,
/// so nothing is published.
[[nodiscard]] base::Result<PublicTables> public_tables(const ReportAsk& ask, const PublicAsk& what);

/// district,name,kind,kind_name,mass_g,flag (district,name,month,mass_g,flag); flag is `c`
/// (confidential) where mass_g is empty.
[[nodiscard]] std::vector<std::vector<std::string>> open_rows(const PublicTable& table);
[[nodiscard]] std::vector<std::vector<std::string>> category_rows(const PublicTables& tables);
/// The same table with the dictionary, as one JSON object.
[[nodiscard]] std::string open_json(const PublicTables& tables, const PublicTable& table);
/// What the fields mean, the scope and the rules of suppression.
[[nodiscard]] std::string dictionary_json(const PublicTables& tables);

}  // namespace huan::oversight
