// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <optional>

#include "huan/wire_table/table_reader.hpp"
#include "xlsx_number.hpp"
#include "xlsx_text.hpp"

namespace huan::wire_table {
namespace {

using base::ErrorCode;
using Rows = std::vector<std::vector<std::string>>;

struct SheetOutcome {
  Rows rows;
  std::vector<std::int64_t> numbers;
  std::optional<base::Error> error;
};

SheetOutcome read_all(std::string bytes, const TableOptions& options = {}) {
  SheetOutcome out;
  auto table = open_table_bytes(std::move(bytes), options);
  if (!table) {
    out.error = table.error();
    return out;
  }
  while (true) {
    const auto more = (*table)->next();
    if (!more) {
      out.error = more.error();
      break;
    }
    if (!*more) {
      break;
    }
    out.rows.emplace_back((*table)->row().cells.begin(), (*table)->row().cells.end());
    out.numbers.push_back((*table)->row().number);
  }
  return out;
}

SheetOutcome read_sheet(const std::string& data) { return read_all(zipped(workbook_parts(data))); }

TEST(XlsxReader, ReadsEveryKindOfCell) {
  const SheetOutcome out = read_sheet(
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>净重</t><rPh><t>x</t></rPh></is></c></row>)"
      R"(<row r="2"/><row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>12.300000000000001</v></c>)"
      R"(<c r="C3" t="str"><f>A1&amp;"x"</f><v>calc</v></c><c r="D3"><f>1+1</f><v>2</v></c><c r="E3" t="b"><v>1</v></c>)"
      R"(<c r="F3" t="e"><v>#DIV/0!</v></c><c r="G3" s="3"><v>5</v></c></row>)"
      R"(<row r="7"><c t="s"><v>2</v></c><c><v>1.5E3</v></c></row>)");
  ASSERT_FALSE(out.error) << out.error->detail;
  EXPECT_EQ(out.rows, (Rows{{"品类", "", "净重"},
                            {"废纸 ", "12.3", "calc", "2", "TRUE", "#DIV/0!", "5"},
                            {"a\rb_x", "1500"}}));
  EXPECT_EQ(out.numbers, (std::vector<std::int64_t>{1, 3, 7}));
}

TEST(XlsxReader, DatesBecomeText) {
  const SheetOutcome out = read_sheet(
      R"(<row r="1"><c s="1"><v>46347</v></c><c s="2"><v>46347.354166666664</v></c><c s="4"><v>0.5</v></c>)"
      R"(<c s="1"><v>60</v></c><c s="1"><v>-1</v></c><c t="d"><v>2026-11-21</v></c></row>)");
  ASSERT_FALSE(out.error) << out.error->detail;
  EXPECT_EQ(out.rows,
            (Rows{{"2026-11-21", "2026-11-21 08:30:00", "12:00:00", "60", "-1", "2026-11-21"}}));
  Parts parts = workbook_parts(R"(<row><c s="1"><v>0</v></c></row>)");
  const std::size_t at = parts["xl/workbook.xml"].find("<workbookPr/>");
  parts["xl/workbook.xml"].replace(at, 13, R"(<workbookPr date1904="1"/>)");
  EXPECT_EQ(read_all(zipped(parts)).rows, (Rows{{"1904-01-01"}}));
}

TEST(XlsxReader, TakesTheSheetAskedFor) {
  TableOptions options;
  options.sheet = "藏";
  EXPECT_EQ(read_all(zipped(workbook_parts("")), options).rows, (Rows{{"hidden"}}));
  options.sheet = "无";
  const SheetOutcome none = read_all(zipped(workbook_parts("")), options);
  ASSERT_TRUE(none.error);
  EXPECT_EQ(none.error->detail, "there is no sheet \"无\"; there are: 藏, 磅单");
}

TEST(XlsxReader, StreamsManyRows) {
  std::string data;
  for (int i = 1; i <= 50'000; ++i) {
    data += "<row r=\"" + std::to_string(i) + "\"><c t=\"s\"><v>0</v></c><c><v>" +
            std::to_string(i) + ".5</v></c></row>";
  }
  const SheetOutcome out = read_sheet(data);
  ASSERT_FALSE(out.error) << out.error->detail;
  ASSERT_EQ(out.rows.size(), 50'000U);
  EXPECT_EQ(out.rows[49'999], (std::vector<std::string>{"品类", "50000.5"}));
}

ErrorCode refusal(const Parts& parts) {
  const SheetOutcome out = read_all(zipped(parts));
  return out.error ? out.error->code : ErrorCode::internal;
}

TEST(XlsxReader, BombsAreRefused) {
  std::string blanks;
  blanks.resize(40'000'000, ' ');
  Parts spaces = workbook_parts("");
  spaces["xl/worksheets/sheet1.xml"] =
      "<worksheet><sheetData>" + blanks + "</sheetData></worksheet>";
  EXPECT_EQ(refusal(spaces), ErrorCode::too_large);

  Parts laughs = workbook_parts("<row><c t=\"str\"><v>&b;</v></c></row>");
  laughs["xl/worksheets/sheet1.xml"].insert(
      0, "<!DOCTYPE x [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>");
  EXPECT_EQ(refusal(laughs), ErrorCode::bad_file);

  Parts outside = workbook_parts("<row><c t=\"str\"><v>&e;</v></c></row>");
  outside["xl/worksheets/sheet1.xml"].insert(
      0, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>");
  EXPECT_EQ(refusal(outside), ErrorCode::bad_file);

  Parts many = workbook_parts("");
  for (int i = 0; i < 2'001; ++i) {
    many["x/" + std::to_string(i)] = "";
  }
  EXPECT_EQ(refusal(many), ErrorCode::too_large);

  Parts tag = workbook_parts("<row a=\"" + std::string(3'000'000, 'x') + "\"/>");
  EXPECT_EQ(refusal(tag), ErrorCode::too_large);

  std::string deep;
  for (int i = 0; i < 100'000; ++i) {
    deep += "<a>";
  }
  EXPECT_EQ(refusal(workbook_parts(deep)), ErrorCode::bad_file);
}

TEST(XlsxReader, LimitsHoldWhateverIsStated) {
  TableOptions options;
  options.limits.total_bytes_max = 100'000;
  const SheetOutcome total = read_all(zipped(workbook_parts(std::string(200'000, ' '))), options);
  ASSERT_TRUE(total.error);
  EXPECT_EQ(total.error->code, ErrorCode::too_large);

  // The stated size of the sheet is lowered in the archive's own lists: what comes out is more than
  // that.
  std::string lying = zipped(workbook_parts(std::string(70'000, ' ')));
  const std::size_t size =
      workbook_parts(std::string(70'000, ' '))["xl/worksheets/sheet1.xml"].size();
  const auto little_endian = [](std::size_t n) {
    return std::string{static_cast<char>(n), static_cast<char>(n >> 8U),
                       static_cast<char>(n >> 16U), '\0'};
  };
  int replaced = 0;
  for (std::size_t at = lying.find(little_endian(size)); at != std::string::npos;
       at = lying.find(little_endian(size))) {
    lying.replace(at, 4, little_endian(1'000));
    ++replaced;
  }
  ASSERT_GE(replaced, 1);
  const SheetOutcome lied = read_all(lying);
  ASSERT_TRUE(lied.error);
  EXPECT_EQ(lied.error->code, ErrorCode::bad_file);

  EXPECT_EQ(refusal(workbook_parts("<row><c t=\"str\"><v>" + std::string(70'000, 'x') +
                                   "</v></c></row>")),
            ErrorCode::too_large);
  EXPECT_EQ(refusal(workbook_parts("<row><c r=\"SS1\"><v>1</v></c></row>")),
            ErrorCode::too_large);  // column 513
  EXPECT_EQ(read_sheet("<row><c r=\"SR1\"><v>1</v></c></row>").rows.at(0).size(), 512U);
  EXPECT_FALSE(
      read_sheet("<row><c><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>").error);  // formatted, empty

  Parts strings = workbook_parts("");
  const std::string item = "<si><t>" + std::string(60'000, 'x') + "</t></si>";
  strings["xl/sharedStrings.xml"] = "<sst>" + item + item + "</sst>";
  options.limits = {};
  options.limits.shared_bytes_max = 100'000;
  const SheetOutcome shared = read_all(zipped(strings), options);
  ASSERT_TRUE(shared.error);
  EXPECT_EQ(shared.error->code, ErrorCode::too_large);

  Parts wide = workbook_parts("<row>" + [] {
    std::string cells;
    for (int i = 0; i < 100; ++i) {
      cells += "<c t=\"s\"><v>0</v></c>";
    }
    return cells;
  }() + "</row>");
  wide["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(60'000, 'x') + "</t></si></sst>";
  EXPECT_EQ(refusal(wide), ErrorCode::too_large);
}

TEST(XlsxReader, DamagedWorkbooksAreRefused) {
  const std::string good = zipped(workbook_parts("<row><c><v>1</v></c></row>"));
  EXPECT_FALSE(read_all(good).error);
  for (std::size_t size = 4; size < good.size(); size += 97) {
    const SheetOutcome cut = read_all(good.substr(0, size));
    ASSERT_TRUE(cut.error) << size;
    EXPECT_EQ(cut.error->code, ErrorCode::bad_file);
  }
  EXPECT_EQ(refusal(workbook_parts("<row><c t=\"s\"><v>99</v></c></row>")), ErrorCode::bad_file);
  EXPECT_EQ(refusal(workbook_parts("<row r=\"5\"/><row r=\"4\"><c><v>1</v></c></row>")),
            ErrorCode::bad_file);
  EXPECT_EQ(refusal(workbook_parts("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")),
            ErrorCode::bad_file);
  EXPECT_EQ(refusal(workbook_parts("<row><c><v>1</v></row>")), ErrorCode::bad_file);
  Parts macros = workbook_parts("");
  macros["xl/vbaProject.bin"] = "x";
  EXPECT_EQ(refusal(macros), ErrorCode::bad_file);
  Parts headless = workbook_parts("");
  headless.erase("xl/worksheets/sheet1.xml");
  EXPECT_EQ(refusal(headless), ErrorCode::bad_file);
  const SheetOutcome old = read_all("\xD0\xCF\x11\xE0 old workbook");
  ASSERT_TRUE(old.error);
  EXPECT_NE(old.error->detail.find("password"), std::string::npos);
  const SheetOutcome other = read_all(zipped({{"word/document.xml", "<x/>"}}));
  ASSERT_TRUE(other.error);
  EXPECT_EQ(other.error->code, ErrorCode::bad_file);
}

TEST(XlsxReader, RowsBeforeTheDamageAreRead) {
  const SheetOutcome out =
      read_sheet("<row r=\"1\"><c><v>1</v></c></row><row r=\"2\"><c t=\"s\"><v>99</v></c></row>");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->at, "row 2");
  EXPECT_EQ(out.rows, (Rows{{"1"}}));
}

TEST(WorkbookNumber, IsWhatWasTyped) {
  const auto expect = [](const char* stored, const char* typed) {
    EXPECT_EQ(workbook_number(stored), typed) << stored;
  };
  expect("12.300000000000001", "12.3");
  expect("0.30000000000000004", "0.3");
  expect("12.199999999999999", "12.2");
  expect("9.9999999999999995", "10");
  expect("1E-3", "0.001");
  expect("1.2345E+7", "12345000");
  expect("-2.5", "-2.5");
  expect("100", "100");
  expect("0", "0");
  expect("-0", "0");
  expect("007", "7");
  expect("123456789012345678", "123456789012346000");
  expect("1E+300", "1E+300");
  expect("abc", "abc");
  expect("", "");
  expect("1.2.3", "1.2.3");
  expect("1E", "1E");
}

TEST(WorkbookDate, KnowsTheFormats) {
  EXPECT_EQ(kind_of_format(14, ""), NumberKind::date);
  EXPECT_EQ(kind_of_format(22, ""), NumberKind::date_time);
  EXPECT_EQ(kind_of_format(31, ""), NumberKind::date);
  EXPECT_EQ(kind_of_format(2, ""), NumberKind::plain);
  EXPECT_EQ(kind_of_format(164, "yyyy-mm-dd hh:mm"), NumberKind::date_time);
  EXPECT_EQ(kind_of_format(164, "[$-804]yyyy\"年\"m\"月\";@"), NumberKind::date);
  EXPECT_EQ(kind_of_format(164, "h:mm:ss"), NumberKind::time);
  EXPECT_EQ(kind_of_format(164, "[h]:mm"), NumberKind::plain);
  EXPECT_EQ(kind_of_format(164, "[Magenta]0.0"), NumberKind::plain);
  EXPECT_EQ(kind_of_format(164, "General"), NumberKind::plain);
  EXPECT_EQ(kind_of_format(164, "0.00\"days\""), NumberKind::plain);
  EXPECT_EQ(kind_of_format(164, "0.00\\d"), NumberKind::plain);
  EXPECT_EQ(workbook_date("1", NumberKind::date, false), "1900-01-01");
  EXPECT_EQ(workbook_date("59", NumberKind::date, false), "1900-02-28");
  EXPECT_EQ(workbook_date("61", NumberKind::date, false), "1900-03-01");
  EXPECT_EQ(workbook_date("2958466", NumberKind::date, false), std::nullopt);
  EXPECT_EQ(workbook_date("46347.99999999", NumberKind::date, false), "2026-11-22");
}

}  // namespace
}  // namespace huan::wire_table
