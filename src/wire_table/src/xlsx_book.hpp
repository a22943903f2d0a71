// SPDX-License-Identifier: Apache-2.0
// The parts of a workbook that are read before its rows: which sheets there are, how numbers are
// shown, shared strings.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "xlsx_number.hpp"
#include "zip_archive.hpp"

namespace huan::wire_table {

/// All shared strings in one piece of memory; views stay valid as long as the table.
class SharedStrings {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view at(std::size_t i) const;
  base::Result<void> load(ZipArchive& archive, const std::string& part, const TableLimits& limits);

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

struct XlsxBook {
  std::string sheet_name;
  std::string sheet_part;
  bool from_1904{false};
  std::vector<NumberKind> kinds;  ///< by the cell's style index
  SharedStrings strings;
};

/// `sheet` empty: the first visible sheet. Errors: bad_file (names the sheets when there is none of
/// that name), too_large.
base::Result<XlsxBook> load_book(ZipArchive& archive, std::string_view sheet,
                                 const TableLimits& limits);

/// `_x000D_` and its like in a stored string are characters that XML cannot write; `_x005F_` is the
/// underscore itself.
void append_unescaped(std::string_view stored, std::string& out);

}  // namespace huan::wire_table
