// SPDX-License-Identifier: Apache-2.0
// The rows of one worksheet as its XML goes by. Shared strings are referred to, not copied, so that
// a small sheet that names a long string a million times stays small.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsx_book.hpp"
#include "xml_stream.hpp"

namespace huan::wire_table {

struct SheetCell {
  std::size_t column{0};
  bool shared{false};
  std::size_t at{0};  ///< index of the shared string, or offset in the row's text
  std::size_t size{0};
};

struct SheetRow {
  std::int64_t number{0};
  std::string text;
  std::vector<SheetCell> cells;
};

class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const XlsxBook& book, const TableLimits& limits) : book_(book), limits_(limits) {}
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void text(std::string_view part) override;
  void end(std::string_view name) override;

  /// Rows that are complete, in order; nullptr when the next block is needed.
  [[nodiscard]] const SheetRow* take();
  /// The row that is being read: where an error stands.
  [[nodiscard]] std::int64_t row_number() const { return row_.number; }

 private:
  void start_row(const XmlAttributes& attributes);
  void start_cell(const XmlAttributes& attributes);
  void end_cell();
  void end_row();
  void add_shared();
  void add_number();
  void add_text(std::string_view text);
  void add(SheetCell cell);

  const XlsxBook& book_;
  const TableLimits& limits_;
  std::vector<SheetRow> ready_;
  std::size_t ready_count_{0};
  std::size_t taken_{0};
  SheetRow row_;
  std::size_t row_bytes_{0};
  std::size_t column_{0};  ///< of the next cell when it does not say
  std::size_t cell_column_{0};
  std::string type_;
  std::size_t style_{0};
  std::string value_;
  bool in_row_{false};
  bool in_cell_{false};
  bool in_value_{false};
  int aids_{0};
};

}  // namespace huan::wire_table
