// SPDX-License-Identifier: Apache-2.0
// A pack's CSV file: RFC 4180, UTF-8, a header, every row as wide as the header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::registry {

struct CsvRow {
  std::size_t line{0};  ///< where it begins, from 1
  std::vector<std::string> cells;
};

class CsvRows {
 public:
  /// `file` is the name that errors give. bad_pack.
  static base::Result<CsvRows> parse(std::string file, std::string_view text);

  /// All of `wanted` must be there, and nothing that is neither in it nor in `allowed`.
  [[nodiscard]] base::Result<void> expect(const std::vector<std::string_view>& wanted,
                                          const std::vector<std::string_view>& allowed) const;
  [[nodiscard]] const std::vector<CsvRow>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  /// The cell, empty when the column is absent.
  [[nodiscard]] std::string_view cell(const CsvRow& row, std::string_view column) const;
  [[nodiscard]] base::Error error(const CsvRow& row, std::string_view column,
                                  std::string_view expected) const;

 private:
  std::string file_;
  std::vector<std::string> header_;
  std::vector<CsvRow> rows_;
};

}  // namespace huan::registry
