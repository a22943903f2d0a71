// SPDX-License-Identifier: Apache-2.0
#include "xlsx_text.hpp"

#include <gtest/gtest.h>
#include <zip.h>

namespace huan::wire_table {

Parts workbook_parts(const std::string& sheet_data) {
  const std::string relation =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  Parts parts;
  parts["_rels/.rels"] = R"(<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type=")" +
                         relation +
                         R"(/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
  parts["xl/workbook.xml"] =
      R"(<workbook xmlns=")" + main + R"(" xmlns:r=")" + relation +
      R"("><workbookPr/><sheets><sheet name="藏" sheetId="1" state="hidden" r:id="rId9"/>)" +
      R"(<sheet name="磅单" sheetId="2" r:id="rId1"/></sheets></workbook>)";
  parts["xl/_rels/workbook.xml.rels"] =
      R"(<Relationships><Relationship Id="rId1" Type=")" + relation +
      R"(/worksheet" Target="worksheets/sheet1.xml"/>)" + R"(<Relationship Id="rId9" Type=")" +
      relation + R"(/worksheet" Target="/xl/worksheets/hidden.xml"/>)" +
      R"(<Relationship Id="rId2" Type=")" + relation + R"(/styles" Target="styles.xml"/>)" +
      R"(<Relationship Id="rId3" Type=")" + relation +
      R"(/sharedStrings" Target="sharedStrings.xml"/></Relationships>)";
  parts["xl/styles.xml"] =
      R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\ hh:mm"/>)"
      R"(<numFmt numFmtId="165" formatCode="#,##0.00&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/>)"
      R"(</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>)"
      R"(<xf numFmtId="21"/></cellXfs></styleSheet>)";
  parts["xl/sharedStrings.xml"] =
      R"(<sst count="3"><si><t>品类</t></si><si><r><t>废</t></r><r><t xml:space="preserve">纸 </t></r>)"
      R"(<rPh sb="0" eb="1"><t>fei</t></rPh></si><si><t>a_x000D_b_x005F_x</t></si></sst>)";
  parts["xl/worksheets/sheet1.xml"] =
      R"(<worksheet xmlns=")" + main + R"("><sheetData>)" + sheet_data + "</sheetData></worksheet>";
  parts["xl/worksheets/hidden.xml"] =
      R"(<worksheet><sheetData><row r="1"><c t="str"><v>hidden</v></c></row></sheetData></worksheet>)";
  return parts;
}

std::string zipped(const Parts& parts) {
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_t* zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  EXPECT_NE(zip, nullptr);
  zip_source_keep(source);
  for (const auto& [name, text] : parts) {
    zip_source_t* part = zip_source_buffer(zip, text.data(), text.size(), 0);
    EXPECT_GE(zip_file_add(zip, name.c_str(), part, ZIP_FL_ENC_UTF_8), 0);
  }
  EXPECT_EQ(zip_close(zip), 0);
  zip_stat_t stat;
  EXPECT_EQ(zip_source_stat(source, &stat), 0);
  std::string out(stat.size, '\0');
  EXPECT_EQ(zip_source_open(source), 0);
  EXPECT_EQ(zip_source_read(source, out.data(), out.size()), static_cast<zip_int64_t>(out.size()));
  zip_source_close(source);
  zip_source_free(source);
  return out;
}

}  // namespace huan::wire_table
