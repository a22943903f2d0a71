// SPDX-License-Identifier: Apache-2.0
// Tables from outside: rows of text cells, one after the other, from CSV or XLSX. Files are
// hostile: memory is bounded whatever they hold, and what is malformed ends the reading with an
// error that names the row.
//
// Guarantees: cells are clean UTF-8 without U+0000; a cell has at most 64 KiB, a row at most 512
// cells and 1 MiB. Not guaranteed: that rows are equally long (missing cells are blank), or that
// the first row is a header.
//
//   HUAN_TRY(table, open_table_file("tickets.csv", {}));
//   while (true) {
//     HUAN_TRY(more, table->next());
//     if (!more) break;
//     use(table->row().number, table->row().cells);
//   }
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/wire_table/byte_source.hpp"

namespace huan::wire_table {

struct Row {
  std::int64_t number{0};               ///< from 1, as a spreadsheet program shows it
  std::vector<std::string_view> cells;  ///< valid until the next row is read
};

struct TableLimits {
  std::size_t cell_bytes_max{std::size_t{64} << 10};
  std::size_t columns_max{512};
  std::size_t row_bytes_max{std::size_t{1} << 20};
  // XLSX only: the archive is refused beyond these, before or while it is unpacked.
  std::int64_t entries_max{2'000};
  std::uint64_t entry_bytes_max{std::uint64_t{1} << 30};
  std::uint64_t total_bytes_max{std::uint64_t{2} << 30};
  std::uint64_t ratio_max{200};                            ///< unpacked : packed of one entry …
  std::uint64_t ratio_free_bytes{std::uint64_t{8} << 20};  ///< … asked beyond this size
  std::size_t shared_bytes_max{std::size_t{128} << 20};    ///< text of all shared strings
};

enum class Encoding { detect, utf8, gb18030 };

struct TableOptions {
  TableLimits limits;
  std::string name;                     ///< of the file, for error messages
  std::string sheet;                    ///< XLSX: empty takes the first visible sheet
  Encoding encoding{Encoding::detect};  ///< CSV
  char delimiter{0};                    ///< CSV: 0 looks at the first row for `,` `;` or tab
};

class TableReader {
 public:
  virtual ~TableReader() = default;
  /// false at the end. After an error the reader answers the same error again.
  virtual base::Result<bool> next() = 0;
  [[nodiscard]] const Row& row() const { return row_; }
  /// What was recognised, for the user: "CSV, GB18030, ','" or "XLSX, sheet 磅单".
  [[nodiscard]] virtual std::string description() const = 0;

 protected:
  Row row_;
};

/// CSV (RFC 4180; CRLF, LF or CR; blank lines are skipped but counted). Encoding: a UTF-8 mark,
/// else the first block with bytes above 0x7F decides: UTF-8 if it is well formed, else GB18030
/// (which holds GBK and GB 2312). UTF-16 is refused. Errors: bad_encoding, bad_file, too_large; all
/// at "<name> row N".
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_csv(
    std::unique_ptr<ByteSource> source, const TableOptions& options);

/// XLSX from a file or from bytes. Refused as bad_file: what is no such archive, passwords, macros,
/// document type declarations; as too_large: what unpacks beyond the limits.
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_xlsx_file(
    const std::filesystem::path& path, const TableOptions& options);
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_xlsx_bytes(
    std::string bytes, const TableOptions& options);

/// Either, told apart by the first bytes, never by the file's name.
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_table_file(
    const std::filesystem::path& path, const TableOptions& options);
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_table_bytes(
    std::string bytes, const TableOptions& options);

}  // namespace huan::wire_table
