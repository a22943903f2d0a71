// SPDX-License-Identifier: Apache-2.0
// What the columns of a table mean: which header fills which field, in which unit, what its words
// stand for. A file with usual headers (磅单号, 时间, 网点, 品类, 净重(kg), …) needs no mapping;
// any other says it in TOML (docs/import.md). An error names the line of the mapping.
//
//   kind = "tickets"
//   offset = "-05:00"
//   month = "end"                              # a month stands for its last second
//   key = ["place", "time"]                    # what makes a row the same row in the next file
//   [columns]
//   time = "MONTH"
//   place = { text = "{BOROUGH_ID}{COMMUNITYDISTRICT:02}" }
//   [constants]
//   origin = "household"
//   [[lines]]                                  # one event for each such column
//   header = "PAPERTONSCOLLECTED"
//   material = "paper.mixed"
//   unit = "907184.74 g"
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/wire_table/decimal.hpp"
#include "huan/wire_table/moment.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {

/// tickets become receive events, the others records of the registry (vehicles: assets).
enum class TableKind : std::uint8_t { tickets, places, parties, vehicles, materials };
[[nodiscard]] std::string_view name(TableKind kind) noexcept;
[[nodiscard]] std::optional<TableKind> table_kind_from(std::string_view name) noexcept;

struct ColumnRule {
  std::vector<std::string> headers;  ///< the first that the table has
  std::string text;  ///< or a text with {HEADER} and {HEADER:04} (padded with zeros) in it
  std::optional<Unit> unit;
  std::int64_t line{0};  ///< of the mapping
};

struct LineRule {
  std::string header;
  std::string material;
  std::optional<Unit> unit;
  std::int64_t line{0};
};

struct Mapping {
  TableKind kind{TableKind::tickets};
  std::string city;                      ///< empty: the caller's
  std::optional<std::int32_t> offset_s;  ///< absent: the caller's
  MomentRule::Month month{MomentRule::Month::refused};
  std::int32_t day_at_s{0};
  std::vector<std::string> key;          ///< fields or headers; empty: see importer.hpp
  std::vector<std::string> blanks;       ///< cells that mean "not stated", as the empty one does
  std::int64_t amount_tolerance_fen{1};  ///< a stated amount may differ by that from price × mass
  std::int64_t header_row{0};            ///< 0: the first row of ten that has all required columns
  bool synonyms{true};                   ///< fields not named below are found by the usual headers
  TableOptions table;                    ///< sheet, delimiter, encoding
  std::map<std::string, ColumnRule, std::less<>> columns;
  std::map<std::string, std::string, std::less<>> constants;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> values;
  std::vector<LineRule> lines;
};

/// Errors: bad_mapping at "<name> line N".
[[nodiscard]] base::Result<Mapping> parse_mapping(std::string_view toml, std::string_view name);
/// The mapping of a file with usual headers.
[[nodiscard]] Mapping plain_mapping(TableKind kind);

}  // namespace huan::wire_table
