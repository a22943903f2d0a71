// SPDX-License-Identifier: Apache-2.0
#include "xlsx_sheet.hpp"

#include <charconv>
#include <utility>

namespace huan::wire_table {
namespace {

using base::ErrorCode;

constexpr std::int64_t kRowsMax = 1'048'576;
constexpr std::size_t kColumnsMax =
    16'384;  // of the format; the limit for cells with content is lower

template <class Integer>
std::optional<Integer> integer(std::string_view text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                  : std::nullopt;
}

/// "BC12" -> 54; nullopt when it does not begin with one to three capital letters.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' &&
         letters < 4) {
    column = column * 26 + static_cast<std::size_t>(reference[letters++] - 'A' + 1);
  }
  return letters == 0 || column > kColumnsMax ? std::nullopt : std::optional{column - 1};
}

}  // namespace

const SheetRow* SheetHandler::take() {
  if (taken_ < ready_count_) {
    return &ready_[taken_++];
  }
  taken_ = 0;
  ready_count_ = 0;
  return nullptr;
}

void SheetHandler::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row" && !in_row_) {
    start_row(attributes);
  } else if (name == "c" && in_row_ && !in_cell_) {
    start_cell(attributes);
  } else if (in_cell_) {
    aids_ += name == "rPh" ? 1 : 0;
    in_value_ = aids_ == 0 && (name == "v" || (name == "t" && type_ == "inlineStr"));
  }
}

void SheetHandler::start_row(const XmlAttributes& attributes) {
  const auto reference = attributes.find("r");
  const auto number =
      reference ? integer<std::int64_t>(*reference) : std::optional{row_.number + 1};
  if (!number || *number <= row_.number || *number > kRowsMax) {
    return refuse(ErrorCode::bad_file, "the rows are not in order");
  }
  in_row_ = true;
  row_.number = *number;
  row_.text.clear();
  row_.cells.clear();
  row_bytes_ = 0;
  column_ = 0;
}

void SheetHandler::start_cell(const XmlAttributes& attributes) {
  in_cell_ = true;
  const auto reference = attributes.find("r");
  const auto column = reference ? column_of(*reference) : std::optional{column_};
  if (!column || *column < column_) {
    return refuse(ErrorCode::bad_file, "the cells of a row are not in order");
  }
  cell_column_ = *column;
  column_ = *column + 1;
  type_ = attributes.find("t").value_or("n");
  style_ = integer<std::size_t>(attributes.find("s").value_or("0")).value_or(0);
  value_.clear();
}

void SheetHandler::text(std::string_view part) {
  if (in_value_) {
    value_.append(part);
    if (value_.size() > limits_.cell_bytes_max) {
      refuse(ErrorCode::too_large,
             "a cell is larger than " + std::to_string(limits_.cell_bytes_max) + " bytes");
    }
  }
}

void SheetHandler::end(std::string_view name) {
  in_value_ = false;
  if (name == "rPh" && aids_ > 0) {
    --aids_;
  } else if (name == "c" && in_cell_) {
    end_cell();
  } else if (name == "row" && in_row_ && !in_cell_) {
    end_row();
  }
}

void SheetHandler::end_cell() {
  in_cell_ = false;
  aids_ = 0;
  if (value_.empty()) {
    return;
  }
  if (type_ == "s") {
    add_shared();
  } else if (type_ == "b") {
    add_text(value_ == "1" || value_ == "true" ? "TRUE" : "FALSE");
  } else if (type_ == "n") {
    add_number();
  } else if (type_ == "inlineStr" || type_ == "str") {
    std::string plain;
    append_unescaped(value_, plain);
    add_text(plain);
  } else {
    add_text(
        value_);  // "d": ISO 8601 already; "e": #DIV/0! and its like, for the importer to refuse
  }
}

void SheetHandler::add_shared() {
  const auto index = integer<std::size_t>(value_);
  if (!index || *index >= book_.strings.size()) {
    return refuse(ErrorCode::bad_file, "a cell refers to a text that is not there");
  }
  add({cell_column_, true, *index, book_.strings.at(*index).size()});
}

void SheetHandler::add_number() {
  const NumberKind kind = style_ < book_.kinds.size() ? book_.kinds[style_] : NumberKind::plain;
  if (kind != NumberKind::plain) {
    if (const auto date = workbook_date(value_, kind, book_.from_1904)) {
      return add_text(*date);
    }
  }
  add_text(workbook_number(value_));
}

void SheetHandler::add_text(std::string_view text) {
  add({cell_column_, false, row_.text.size(), text.size()});
  row_.text.append(text);
}

void SheetHandler::add(SheetCell cell) {
  row_bytes_ += cell.size;
  if (cell.column >= limits_.columns_max) {
    refuse(ErrorCode::too_large, "more than " + std::to_string(limits_.columns_max) + " columns");
  } else if (row_bytes_ > limits_.row_bytes_max) {
    refuse(ErrorCode::too_large,
           "the row is larger than " + std::to_string(limits_.row_bytes_max) + " bytes");
  } else {
    row_.cells.push_back(cell);
  }
}

void SheetHandler::end_row() {
  in_row_ = false;
  if (row_.cells.empty()) {
    return;
  }
  if (ready_count_ == ready_.size()) {
    ready_.emplace_back();
  }
  const std::int64_t number = row_.number;
  std::swap(ready_[ready_count_++], row_);
  row_.number = number;
}

}  // namespace huan::wire_table
