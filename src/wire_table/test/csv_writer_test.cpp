// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/csv_writer.hpp"

#include <gtest/gtest.h>

#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {
namespace {

std::string written(std::string_view text) {
  std::string out;
  CsvWriter csv{out};
  csv.row({text});
  return out.substr(3, out.size() - 5);
}

TEST(CsvWriter, QuotesWhereNeeded) {
  EXPECT_EQ(written("plain"), "plain");
  EXPECT_EQ(written("a,b"), "\"a,b\"");
  EXPECT_EQ(written("说\"好\""), "\"说\"\"好\"\"\"");
  EXPECT_EQ(written("two\nlines"), "\"two\nlines\"");
}

TEST(CsvWriter, NeverWritesAFormula) {
  for (const char* text : {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
                           "＝1", "-", "=", "+A1", "－1"}) {
    EXPECT_EQ(written(text).substr(0, 2), "\"'") << text;
  }
  for (const char* text : {"-12.5", "+3", "0", "12", "冀A12345", "2026-11-21", "a=b"}) {
    EXPECT_EQ(written(text), text);
  }
}

TEST(CsvWriter, WhatIsWrittenIsReadAgain) {
  std::string out;
  CsvWriter csv{out};
  const std::vector<std::string> cells{"品类", "a\"b", "x,y", "line\r\nend", "", "-1"};
  csv.row(cells);
  csv.row({"2"});
  const auto table = open_table_bytes(out, {});
  ASSERT_TRUE(table.has_value());
  ASSERT_TRUE(*(*table)->next());
  EXPECT_EQ((std::vector<std::string>{(*table)->row().cells.begin(), (*table)->row().cells.end()}),
            cells);
}

TEST(ErrorFile, SaysWhereWhatAndWhy) {
  std::string out;
  const std::vector<std::string> headers{"单号", "净重"};
  ErrorFile file{out, base::Language::zh, headers};
  const std::vector<std::string> cells{"=A1", "十"};
  file.write(14, {base::ErrorCode::bad_number, "净重", "\"十\" is not a number"}, cells);
  EXPECT_EQ(out,
            "\xEF\xBB\xBF行,列,代码,原因,详情,单号,净重\r\n"
            "14,净重,bad_number,数值超出范围或不是整数；请使用范围内的整数（克、分、件）,"
            "\"\"\"十\"\" is not a number\",\"'=A1\",十\r\n");
}

}  // namespace
}  // namespace huan::wire_table
