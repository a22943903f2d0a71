// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_report/xlsx.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace huan::wire_report {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using reports::Cell;

constexpr std::size_t kRowsMax = 1'000'000;
constexpr std::size_t kTextMax = 32'000;  // a cell of the format holds 32,767 characters
constexpr std::size_t kNameMax = 31;      // of a sheet, in characters
constexpr std::size_t kDigitsMax = 15;
constexpr double kColumnWidth = 16;

/// The first `most` characters (not bytes) of a text.
std::string first_characters(const std::string& text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t n = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && n++ == most) {
      break;
    }
  }
  return text.substr(0, at);
}

/// What a sheet may be called, once: without []:*?/\ and apostrophes.
std::string sheet_name(const std::string& heading, std::set<std::string>& taken) {
  std::string clean = heading.empty() ? "表" : heading;
  std::replace_if(
      clean.begin(), clean.end(),
      [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; }, ' ');
  std::string name = first_characters(clean, kNameMax);
  for (int n = 2; !taken.insert(name).second; ++n) {
    const std::string tail = " " + std::to_string(n);
    name = first_characters(clean, kNameMax - tail.size()) + tail;
  }
  return name;
}

std::optional<double> exact_number(const std::string& decimal) {
  double value = 0;
  const char* end = decimal.data() + decimal.size();
  const auto parsed = std::from_chars(decimal.data(), end, value);
  const auto digits =
      std::count_if(decimal.begin(), decimal.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool exact = parsed.ec == std::errc() && parsed.ptr == end &&
                     digits <= static_cast<std::ptrdiff_t>(kDigitsMax);
  return exact ? std::optional(value) : std::nullopt;
}

class Book {
 public:
  explicit Book(const std::string& path) : book_(workbook_new(path.c_str())) {}
  ~Book() {
    if (book_ != nullptr) {
      workbook_close(book_);
    }
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  [[nodiscard]] bool is_open() const { return book_ != nullptr; }
  lxw_error close() { return workbook_close(std::exchange(book_, nullptr)); }
  lxw_format* bold() {
    if (bold_ == nullptr) {
      bold_ = workbook_add_format(book_);
      format_set_bold(bold_);
    }
    return bold_;
  }
  /// The name that its sheet will have.
  std::string name(const std::string& heading) { return sheet_name(heading, taken_); }
  lxw_worksheet* sheet(const std::string& name) {
    return workbook_add_worksheet(book_, name.c_str());
  }
  lxw_chart* chart(reports::ChartKind kind) {
    return workbook_add_chart(
        book_, kind == reports::ChartKind::columns ? LXW_CHART_COLUMN : LXW_CHART_BAR);
  }

 private:
  lxw_workbook* book_;
  lxw_format* bold_{nullptr};
  std::set<std::string> taken_;
};

/// One sheet, filled row by row.
class Sheet {
 public:
  Sheet(lxw_worksheet* sheet, lxw_format* bold) : sheet_(sheet), bold_(bold) {
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, kA4);
    worksheet_fit_to_pages(sheet_, 1, 0);
  }
  void text(lxw_col_t column, const std::string& value, bool bold = false) {
    if (!value.empty()) {
      const std::string held = first_characters(value, kTextMax);
      ok_ = ok_ && worksheet_write_string(sheet_, row_, column, held.c_str(),
                                          bold ? bold_ : nullptr) == LXW_NO_ERROR;
    }
  }
  void cell(lxw_col_t column, const Cell& cell) {
    const auto value = cell.number ? exact_number(cell.text) : std::nullopt;
    if (value) {
      ok_ = ok_ && worksheet_write_number(sheet_, row_, column, *value, nullptr) == LXW_NO_ERROR;
    } else {
      text(column, cell.text);
    }
  }
  void number(lxw_col_t column, double value) {
    ok_ = ok_ && worksheet_write_number(sheet_, row_, column, std::isfinite(value) ? value : 0,
                                        nullptr) == LXW_NO_ERROR;
  }
  void next() { ++row_; }
  void freeze() { worksheet_freeze_panes(sheet_, row_, 0); }
  void widths(std::size_t columns) {
    worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(columns), kColumnWidth, nullptr);
  }
  void chart(lxw_chart* chart, lxw_col_t column) {
    lxw_chart_options options{};
    options.x_scale = kChartScale;
    options.y_scale = kChartScale;
    ok_ = ok_ && chart != nullptr &&
          worksheet_insert_chart_opt(sheet_, 1, column, chart, &options) == LXW_NO_ERROR;
  }
  [[nodiscard]] lxw_row_t row() const { return row_; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  static constexpr double kChartScale = 1.5;
  static constexpr std::uint8_t kA4 = 9;
  lxw_worksheet* sheet_;
  lxw_format* bold_;
  lxw_row_t row_{0};
  bool ok_{true};
};

void put_front(const reports::Report& report, Sheet& sheet) {
  sheet.text(0, report.title, true);
  sheet.next();
  sheet.text(0, report.subtitle);
  sheet.next();
  for (const auto& [name, value] : report.facts) {
    sheet.text(0, name);
    sheet.text(1, value);
    sheet.next();
  }
}

/// Where the chart's bars stand as cells.
struct BarCells {
  std::string sheet;
  lxw_row_t first{0};
  lxw_col_t labels{0};
  std::size_t bars{0};
};

/// The program's own chart object over the cells, so that it follows whoever changes them.
void draw(const reports::Chart& wanted, const BarCells& at, Book& book, Sheet& sheet) {
  lxw_chart* chart = book.chart(wanted.kind);
  lxw_chart_series* series = chart == nullptr ? nullptr : chart_add_series(chart, nullptr, nullptr);
  if (series != nullptr) {
    const auto last = static_cast<lxw_row_t>(at.first + at.bars - 1);
    const auto values = static_cast<lxw_col_t>(at.labels + 1);
    chart_series_set_categories(series, at.sheet.c_str(), at.first, at.labels, last, at.labels);
    chart_series_set_values(series, at.sheet.c_str(), at.first, values, last, values);
    chart_series_set_name(series, wanted.unit.c_str());
    chart_title_set_name(chart, (wanted.title + "（" + wanted.unit + "）").c_str());
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    if (wanted.kind == reports::ChartKind::bars) {
      chart_axis_set_reverse(chart->y_axis);  // the first on top, as on the page
    }
  }
  sheet.chart(series == nullptr ? nullptr : chart, static_cast<lxw_col_t>(at.labels + 3));
}

/// A chart whose bars are not the table's: they are written beside it.
BarCells put_bars(const reports::Chart& chart, lxw_col_t column, Sheet& sheet) {
  sheet.text(column, chart.title, true);
  sheet.text(static_cast<lxw_col_t>(column + 1), chart.unit, true);
  sheet.next();
  BarCells at{"", sheet.row(), column, chart.bars.size()};
  for (const reports::Bar& bar : chart.bars) {
    sheet.text(column, bar.label);
    sheet.number(static_cast<lxw_col_t>(column + 1), bar.value);
    sheet.next();
  }
  return at;
}

/// Are the table's rows the chart's bars, label and amount?
bool same_rows(const reports::Section& section) {
  const auto& rows = section.table.rows;
  return section.table.columns.size() == 2 && rows.size() == section.chart->bars.size() &&
         std::equal(rows.begin(), rows.end(), section.chart->bars.begin(),
                    [](const auto& row, const reports::Bar& bar) {
                      return row.size() == 2 && row[0].text == bar.label && row[1].number;
                    });
}

void put_section(const reports::Section& section, const std::string& name, Book& book,
                 Sheet& sheet) {
  sheet.widths(std::max<std::size_t>(section.table.columns.size(), 2));
  if (!section.note.empty()) {
    sheet.text(0, section.note);
    sheet.next();
  }
  lxw_col_t column = 0;
  for (const std::string& title : section.table.columns) {
    sheet.text(column++, title, true);
  }
  sheet.next();
  sheet.freeze();
  const lxw_row_t first = sheet.row();
  for (const auto& row : section.table.rows) {
    column = 0;
    for (const Cell& cell : row) {
      sheet.cell(column++, cell);
    }
    sheet.next();
  }
  if (section.chart && !section.chart->bars.empty()) {
    BarCells at = same_rows(section) ? BarCells{"", first, 0, section.chart->bars.size()}
                                     : put_bars(*section.chart, 0, sheet);
    at.sheet = name;
    draw(*section.chart, at, book, sheet);
  }
}

}  // namespace

Result<void> write_xlsx(const reports::Report& report, const std::string& path) {
  for (const reports::Section& section : report.sections) {
    if (section.table.rows.size() > kRowsMax) {
      return Error{ErrorCode::too_large, section.heading, "a sheet holds a million rows"};
    }
  }
  const bool writable = std::ofstream(path, std::ios::binary).good();
  Book book(writable ? path : "");
  if (!writable || !book.is_open()) {
    return Error{ErrorCode::bad_file, path, "cannot be written"};
  }
  bool ok = true;
  Sheet front(book.sheet(book.name(report.title)), book.bold());
  front.widths(2);
  put_front(report, front);
  ok = front.ok();
  for (const reports::Section& section : report.sections) {
    const std::string name = book.name(section.heading);
    Sheet sheet(book.sheet(name), book.bold());
    put_section(section, name, book, sheet);
    ok = ok && sheet.ok();
  }
  if (book.close() != LXW_NO_ERROR || !ok) {
    return Error{ErrorCode::bad_file, path, "cannot be written"};
  }
  return {};
}

Result<std::string> xlsx_bytes(const reports::Report& report) {
  std::error_code failed;
  std::string path = (std::filesystem::temp_directory_path(failed) / "huan-report-XXXXXX").string();
  const int file = failed ? -1 : ::mkstemp(path.data());
  if (file < 0) {
    return Error{ErrorCode::bad_file, path, "cannot be written"};
  }
  ::close(file);
  const auto written = write_xlsx(report, path);
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  std::filesystem::remove(path, failed);
  return written ? Result<std::string>(std::move(bytes)) : Result<std::string>(written.error());
}

}  // namespace huan::wire_report
