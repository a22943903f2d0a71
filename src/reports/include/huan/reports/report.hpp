// SPDX-License-Identifier: Apache-2.0
// A report 报表 as a value: a title, a few facts, sections with a table or a chart. It says what is
// printed, not how: the same report becomes a page, a spreadsheet or a PDF.
//
//   Report report{"季度台账", "2025-Q1", {{"截止", "2025-04-10"}}, {}};
//   report.sections.push_back({"各县", "", table, std::nullopt});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace huan::reports {

/// Text, or a decimal number as text ("149.45"); an empty number is not known.
struct Cell {
  std::string text;
  bool number{false};
};
[[nodiscard]] Cell text(std::string value);
[[nodiscard]] Cell number(std::string decimal);
[[nodiscard]] Cell number(std::int64_t value);

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
};

struct Bar {
  std::string label;
  double value{0};
};

enum class ChartKind : std::uint8_t {
  bars,    ///< one below the other: districts, kinds
  columns  ///< side by side: months
};

struct Chart {
  ChartKind kind{ChartKind::bars};
  std::string title;
  std::string unit;
  std::vector<Bar> bars;  ///< not negative; others are drawn as nothing
};

struct Section {
  std::string heading;
  std::string note;
  Table table;
  std::optional<Chart> chart{};
};

struct Report {
  std::string title;
  std::string subtitle;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<Section> sections;
};

/// What a spreadsheet program would take for a formula (a text that begins with = + - @, a tab or a
/// line's end) with an apostrophe before it; anything else as it is. For CSV, which has no types.
[[nodiscard]] std::string harmless(const std::string& text);

}  // namespace huan::reports
