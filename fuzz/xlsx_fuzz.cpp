// SPDX-License-Identifier: Apache-2.0
// Any bytes as a workbook, or as one part of an otherwise good workbook: nothing but rows within
// the limits or an error comes out. The first byte says which.
#include <zip.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace table = huan::wire_table;

namespace {

using Part = std::pair<std::string_view, std::string_view>;

constexpr std::array<Part, 6> kParts{{
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row r=\"1\"><c t=\"s\" s=\"1\"><v>0</v></c><c "
     "s=\"1\"><v>46347.5</v></c>"
     "</row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", "<workbook><sheets><sheet name=\"s\" r:id=\"r1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" "
     "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
     "Type=\"x/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"x/sharedStrings\" "
     "Target=\"sharedStrings.xml\"/></Relationships>"},
    {"_rels/.rels",
     "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" "
     "Target=\"xl/workbook.xml\"/></Relationships>"},
}};

/// The good workbook with part `replaced` holding `text`.
std::string workbook(std::size_t replaced, std::string_view text) {
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_t* zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  HUAN_ASSERT(zip != nullptr);
  zip_source_keep(source);
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    const std::string_view body = i == replaced ? text : kParts[i].second;
    zip_source_t* part = zip_source_buffer(zip, body.data(), body.size(), 0);
    const zip_int64_t at = zip_file_add(zip, std::string{kParts[i].first}.c_str(), part, 0);
    HUAN_ASSERT(at >= 0);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  }
  HUAN_ASSERT(zip_close(zip) == 0);
  zip_stat_t stat;
  zip_source_stat(source, &stat);
  std::string out(stat.size, '\0');
  zip_source_open(source);
  zip_source_read(source, out.data(), out.size());
  zip_source_close(source);
  zip_source_free(source);
  return out;
}

std::size_t rows_of(std::string bytes) {
  table::TableOptions options;
  options.limits.row_bytes_max = 4'096;
  options.limits.cell_bytes_max = 512;
  options.limits.columns_max = 64;
  auto opened = table::open_xlsx_bytes(std::move(bytes), options);
  std::size_t rows = 0;
  std::int64_t last = 0;
  while (opened) {
    const auto more = (*opened)->next();
    if (!more || !*more) {
      break;
    }
    const table::Row& row = (*opened)->row();
    HUAN_ASSERT(row.number > last && !row.cells.empty() &&
                row.cells.size() <= options.limits.columns_max);
    last = row.number;
    for (const std::string_view cell : row.cells) {
      HUAN_ASSERT(cell.size() <= options.limits.cell_bytes_max && huan::base::is_clean_utf8(cell));
    }
    ++rows;
  }
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool good = rows_of(workbook(kParts.size(), "")) == 1;
  HUAN_ASSERT(good);
  if (size == 0) {
    return 0;
  }
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  const std::size_t part = data[0] % (kParts.size() + 1);
  rows_of(part == kParts.size() ? std::string{text} : workbook(part, text));
  return 0;
}
