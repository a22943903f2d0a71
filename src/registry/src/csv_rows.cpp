// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/csv_rows.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kRowsMax = 2'000'000;

std::string position(const std::string& file, std::size_t line) {
  return file + " line " + std::to_string(line);
}

/// Cuts rows off the front of a text.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  /// False when a quoted cell does not end or goes on behind its closing quote.
  bool row(CsvRow& out) {
    out.line = line_;
    while (true) {
      std::string cell;
      if (!this->cell(cell)) {
        return false;
      }
      out.cells.push_back(std::move(cell));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      return end_of_row();
    }
  }

 private:
  bool cell(std::string& out) {
    if (at_ >= text_.size() || text_[at_] != '"') {
      const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
      out = text_.substr(at_, end - at_);
      at_ = end;
      return true;
    }
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\r' ||
                 text_[at_] == '\n';
        }
        ++at_;
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
      out += text_[at_];
    }
    return false;
  }

  bool end_of_row() {
    at_ += at_ < text_.size() && text_[at_] == '\r' ? 1 : 0;
    if (at_ < text_.size() && text_[at_] != '\n') {
      return false;
    }
    ++at_;
    ++line_;
    return true;
  }

  std::string_view text_;
  std::size_t at_{0};
  std::size_t line_{1};
};

bool holds(const std::vector<std::string_view>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

base::Result<CsvRows> CsvRows::parse(std::string file, std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  text.remove_prefix(text.starts_with(kMark) ? kMark.size() : 0);
  if (!base::is_clean_utf8(text)) {
    return Error{ErrorCode::bad_pack, file, "UTF-8 text is expected"};
  }
  CsvRows out;
  out.file_ = std::move(file);
  Cutter cutter(text);
  while (!cutter.done()) {
    CsvRow row;
    if (!cutter.row(row)) {
      return Error{ErrorCode::bad_pack, position(out.file_, row.line),
                   "a quoted cell is expected to end before the next comma or line"};
    }
    if (out.header_.empty()) {
      out.header_ = std::move(row.cells);
      continue;
    }
    if (row.cells.size() == 1 && row.cells[0].empty()) {
      continue;
    }
    if (row.cells.size() != out.header_.size() || out.rows_.size() == kRowsMax) {
      return Error{ErrorCode::bad_pack, position(out.file_, row.line),
                   std::to_string(out.header_.size()) + " cells are expected, found " +
                       std::to_string(row.cells.size())};
    }
    out.rows_.push_back(std::move(row));
  }
  if (out.header_.empty()) {
    return Error{ErrorCode::bad_pack, position(out.file_, 1), "a line of column names is expected"};
  }
  return out;
}

base::Result<void> CsvRows::expect(const std::vector<std::string_view>& wanted,
                                   const std::vector<std::string_view>& allowed) const {
  for (const auto column : wanted) {
    if (std::find(header_.begin(), header_.end(), column) == header_.end()) {
      return Error{ErrorCode::bad_pack, position(file_, 1),
                   "the column " + std::string{column} + " is expected"};
    }
  }
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const bool twice = std::find(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(i),
                                 header_[i]) != header_.begin() + static_cast<std::ptrdiff_t>(i);
    if (twice || (!holds(wanted, header_[i]) && !holds(allowed, header_[i]))) {
      return Error{ErrorCode::bad_pack, position(file_, 1),
                   "the column " + header_[i] + (twice ? " stands twice" : " is not known")};
    }
  }
  return {};
}

std::string_view CsvRows::cell(const CsvRow& row, std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  return found == header_.end()
             ? std::string_view{}
             : std::string_view{row.cells[static_cast<std::size_t>(found - header_.begin())]};
}

Error CsvRows::error(const CsvRow& row, std::string_view column, std::string_view expected) const {
  std::string at = position(file_, row.line);
  if (!column.empty()) {
    at += " column " + std::string{column};
  }
  return Error{ErrorCode::bad_pack, std::move(at), std::string{expected}};
}

}  // namespace huan::registry
