// SPDX-License-Identifier: Apache-2.0
// CSV that spreadsheet programs open well and safely: UTF-8 with a mark, CRLF, quotes where needed,
// and an apostrophe before text that would be taken for a formula (= + - @, tab or CR at the
// front). Plain numbers keep their sign.
//
//   std::string out;
//   CsvWriter csv{out};
//   csv.row({"批次", "重量(kg)"});
//   csv.row({lot, "-12.5"});
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "huan/base/error.hpp"

namespace huan::wire_table {

class CsvWriter {
 public:
  /// Appends to `out`, which has to outlive the writer; the caller may take the text away and clear
  /// it between rows.
  explicit CsvWriter(std::string& out);
  void cell(std::string_view text);
  void end_row();
  void row(std::span<const std::string> cells);
  void row(std::initializer_list<std::string_view> cells);

 private:
  std::string& out_;
  bool first_{true};
};

/// What comes back to the sender of a table: row, column, code, reason and the row's cells as they
/// were (with personal data already blotted out: Importer::cells()).
class ErrorFile {
 public:
  ErrorFile(std::string& out, base::Language language, std::span<const std::string> headers);
  void write(std::int64_t row, const base::Error& error, std::span<const std::string> cells);

 private:
  CsvWriter csv_;
  base::Language language_;
};

}  // namespace huan::wire_table
