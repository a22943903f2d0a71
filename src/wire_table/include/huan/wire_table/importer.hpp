// SPDX-License-Identifier: Apache-2.0
// A table, row by row, as records for the write path: tickets become receive events, the other
// kinds records of the registry. Rows do not depend on each other; a bad row is an error with its
// row, column and reason, and the next one is read. Nothing is guessed: a blank cell is not zero, a
// word without a translation is refused. Assumed units are in plan().
//
// Identity, so that importing again changes nothing (events.md §1 "same again"). An id is the UUID
// v8 of SHA-256 over "huan-import/1", the table's kind, the city, and then: with a key (the
// mapping's; for tickets by default place and ticket number, where the row has one) the key's
// values; without one the event's whole content and how often it came before in this file. Where a
// row gives several events, the column's header is added. So a re-ordered file gives the same ids;
// an edited row keeps its id where there is a key (the ledger answers id_conflict: send a
// correction) and is a new event where there is none. Records of the registry: their key and their
// content.
//
//   HUAN_TRY(table, open_table_file(path, mapping.table));
//   HUAN_TRY(importer, Importer::open(std::move(table), mapping, options));
//   while (auto row = importer->next()) {
//     row->record ? post(row->record->json) : errors.write(row->row, *row->error,
//     importer->cells());
//   }
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/vault/field.hpp"
#include "huan/wire_table/mapping.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {

struct ImportOptions {
  std::string city;                 ///< where the mapping names none
  std::int32_t offset_s{8 * 3600};  ///< of local times, where the mapping names none: the pack's
  base::Instant now;                ///< from when registry records hold that state no time
  std::map<std::string, std::string, std::less<>>
      constants;  ///< for fields that the table does not have
  /// The id of what the register calls so (field place, party, vehicle, material, operator …);
  /// nullopt: not on record.
  std::function<std::optional<std::string>(std::string_view field, std::string_view text)> resolve;
};

/// How the columns were understood, for the user to confirm.
struct PlannedColumn {
  std::string field;
  std::string header;   ///< as in the table; for constants "= value"
  std::string unit;     ///< as stated, or as assumed
  bool assumed{false};  ///< no unit is stated
};
struct ImportPlan {
  std::int64_t header_row{0};
  std::vector<PlannedColumn> columns;
  std::vector<std::string> ignored;  ///< headers that nothing was made of
};

struct ImportRecord {
  base::Uuid id;
  std::string kind;  ///< "receive", or the registry's kind: "place", "party", "asset", "material"
  std::string key;   ///< of the registry record; empty for events
  std::string json;  ///< the event, or the registry record as version 1
  std::vector<vault::FieldValue> personal{};  ///< of a party, for the vault; never to be logged
  std::optional<base::Day> keep_until{};      ///< of that
};

/// `at` of an error is the column's header.
struct RowResult {
  std::int64_t row{0};
  std::optional<ImportRecord> record;
  std::optional<base::Error> error;
  bool fatal{false};  ///< the file cannot be read any further
};

struct ImportCounts {
  std::int64_t rows{0};  ///< below the header, blank ones left out
  std::int64_t records{0};
  std::int64_t errors{0};
  std::int64_t blanks{0};  ///< cells of [[lines]] that state nothing
  std::int64_t zeros{0};   ///< cells of [[lines]] that state zero: nothing to record
};

class Importer {
 public:
  /// Reads up to the header. Errors: missing_column, bad_file, bad_mapping, unknown_city.
  static base::Result<std::unique_ptr<Importer>> open(std::unique_ptr<TableReader> table,
                                                      Mapping mapping, ImportOptions options);
  ~Importer();
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  /// nullopt at the end, or behind a fatal error.
  std::optional<RowResult> next();

  [[nodiscard]] const ImportPlan& plan() const;
  [[nodiscard]] const ImportCounts& counts() const;
  /// The header's cells, and those of the row of the last result with personal data blotted out:
  /// for the error file.
  [[nodiscard]] const std::vector<std::string>& headers() const;
  [[nodiscard]] std::vector<std::string> cells() const;
  /// The header of the column that a pointer into the record speaks of ("/outputs/0/mass_g" is
  /// 净重(kg)); the pointer itself when no column does. People know columns.
  [[nodiscard]] std::string column_of(std::string_view pointer) const;

 private:
  struct State;
  explicit Importer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace huan::wire_table
