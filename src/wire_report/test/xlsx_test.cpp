// SPDX-License-Identifier: Apache-2.0
// What is written reads back through our own reader of spreadsheets.
#include "huan/wire_report/xlsx.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_report {
namespace {

using reports::number;
using reports::text;

struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-xlsx-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

reports::Report report() {
  reports::Report out{"季度台账", "2025-Q1", {{"市", "石家庄"}}, {}};
  out.sections.push_back({"各县",
                          "",
                          {{"县", "吨", "说明"},
                           {{text("长安区"), number("149.45"), text("=1+1")},
                            {text("桥西区"), number(""), text("@SUM(A1)")},
                            {text("新华区"), number("1234567890123456789"), text("-3")}}},
                          std::nullopt});
  return out;
}

std::vector<std::vector<std::string>> rows_of(const std::string& file, const std::string& sheet) {
  wire_table::TableOptions options;
  options.sheet = sheet;
  auto table = wire_table::open_table_file(file, options);
  EXPECT_TRUE(table) << table.error().detail;
  std::vector<std::vector<std::string>> rows;
  while (table && (*table)->next().value_or(false)) {
    std::vector<std::string> row;
    for (const auto& cell : (*table)->row().cells) {
      row.emplace_back(cell);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

TEST(Xlsx, ReadsBackCellByCell) {
  const Folder folder;
  const std::string file = folder.path + "/a.xlsx";
  const auto written = write_xlsx(report(), file);
  ASSERT_TRUE(written) << written.error().detail;
  const auto rows = rows_of(file, "各县");
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(rows, (Rows{{"县", "吨", "说明"},
                        {"长安区", "149.45", "=1+1"},
                        {"桥西区", "", "@SUM(A1)"},
                        {"新华区", "1234567890123456789", "-3"}}));
}

TEST(Xlsx, SheetsAreCalledWhatSheetsMayBeCalled) {
  const Folder folder;
  auto bad = report();
  bad.sections.push_back(bad.sections.front());
  bad.sections.push_back({"[a]/b:*?" + std::string(40, 'x'), "", {{"k"}, {{number(7)}}}, {}});
  const auto written = write_xlsx(bad, folder.path + "/a.xlsx");
  ASSERT_TRUE(written) << written.error().detail;
  EXPECT_EQ(rows_of(folder.path + "/a.xlsx", "各县 2").size(), 4U);
}

/// The bytes of a file; names of the parts of a spreadsheet stand in them as they are.
std::string bytes_of(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Xlsx, ChartsAreChartsOverTheirCells) {
  const Folder folder;
  auto charted = report();
  const std::string file = folder.path + "/a.xlsx";
  ASSERT_TRUE(write_xlsx(charted, file));
  EXPECT_EQ(bytes_of(file).find("xl/charts/chart1.xml"), std::string::npos);
  const reports::Chart chart{reports::ChartKind::columns, "各月", "吨", {{"1月", 2.5}, {"2月", 3}}};
  charted.sections.push_back(
      {"图",
       "",
       {{"月", "吨"}, {{text("1月"), number("2.5")}, {text("2月"), number("3")}}},
       chart});
  charted.sections.push_back({"单图", "", {}, chart});
  charted.sections.push_back({"空图", "", {}, reports::Chart{}});
  ASSERT_TRUE(write_xlsx(charted, file));
  const std::string bytes = bytes_of(file);
  EXPECT_NE(bytes.find("xl/charts/chart1.xml"), std::string::npos);
  EXPECT_NE(bytes.find("xl/charts/chart2.xml"), std::string::npos);
  EXPECT_EQ(bytes.find("xl/charts/chart3.xml"), std::string::npos) << "of nothing there is none";
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(rows_of(file, "图"), (Rows{{"月", "吨"}, {"1月", "2.5"}, {"2月", "3"}}))
      << "its own table";
  const auto beside = rows_of(file, "单图");
  ASSERT_GE(beside.size(), 3U);
  EXPECT_EQ(beside.back(), (std::vector<std::string>{"2月", "3"}));
}

TEST(Xlsx, InMemoryIsTheSameSpreadsheet) {
  const Folder folder;
  const auto bytes = xlsx_bytes(report());
  ASSERT_TRUE(bytes);
  std::ofstream{folder.path + "/a.xlsx", std::ios::binary} << *bytes;
  EXPECT_EQ(rows_of(folder.path + "/a.xlsx", "各县").size(), 4U);
}

TEST(Xlsx, SaysWhereItCannotWrite) {
  const auto refused = write_xlsx(report(), "/nowhere/a.xlsx");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::bad_file);
}

}  // namespace
}  // namespace huan::wire_report
