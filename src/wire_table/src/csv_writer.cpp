// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/csv_writer.hpp"

#include <algorithm>

namespace huan::wire_table {
namespace {

/// -12.5, +3, -1e9 are numbers to every program and no formula; -2+3 is one.
bool is_plain_number(std::string_view text) {
  text.remove_prefix(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  return !text.empty() && text != "." && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.';
  });
}

bool looks_like_formula(std::string_view text) {
  constexpr std::string_view kFullWidth[] = {"＝", "＋", "－", "＠"};  // some programs fold these
  return (!text.empty() && std::string_view{"=+-@\t\r\n"}.find(text[0]) != std::string_view::npos &&
          !is_plain_number(text)) ||
         std::any_of(std::begin(kFullWidth), std::end(kFullWidth),
                     [&](auto sign) { return text.starts_with(sign); });
}

}  // namespace

CsvWriter::CsvWriter(std::string& out) : out_(out) { out_.append("\xEF\xBB\xBF"); }

void CsvWriter::cell(std::string_view text) {
  if (!first_) {
    out_.push_back(',');
  }
  first_ = false;
  const bool formula = looks_like_formula(text);
  if (!formula && text.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    out_.append(text);
    return;
  }
  out_.append(formula ? "\"'" : "\"");
  for (const char c : text) {
    out_.append(c == '"' ? 2 : 1, c);
  }
  out_.push_back('"');
}

void CsvWriter::end_row() {
  out_.append("\r\n");
  first_ = true;
}

void CsvWriter::row(std::span<const std::string> cells) {
  for (const std::string& text : cells) {
    cell(text);
  }
  end_row();
}

void CsvWriter::row(std::initializer_list<std::string_view> cells) {
  for (const std::string_view text : cells) {
    cell(text);
  }
  end_row();
}

ErrorFile::ErrorFile(std::string& out, base::Language language,
                     std::span<const std::string> headers)
    : csv_(out), language_(language) {
  const bool zh = language == base::Language::zh;
  for (const std::string_view title :
       {zh ? "行" : "row", zh ? "列" : "column", zh ? "代码" : "code", zh ? "原因" : "reason",
        zh ? "详情" : "detail"}) {
    csv_.cell(title);
  }
  csv_.row(headers);
}

void ErrorFile::write(std::int64_t row, const base::Error& error,
                      std::span<const std::string> cells) {
  csv_.cell(std::to_string(row));
  csv_.cell(error.at);
  csv_.cell(base::name(error.code));
  csv_.cell(std::string{base::message(error.code, language_)} +
            (language_ == base::Language::zh ? "；" : "; ") +
            std::string{base::advice(error.code, language_)});
  csv_.cell(error.detail);
  csv_.row(cells);
}

}  // namespace huan::wire_table
