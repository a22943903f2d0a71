// SPDX-License-Identifier: Apache-2.0
// Any text as a mapping, held against a small table: it is refused with a line, or every event that
// comes out is one that the ledger reads.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"
#include "huan/wire_table/importer.hpp"

namespace table = huan::wire_table;

namespace {

constexpr std::string_view kTable =
    "单号,时间,网点,品类,毛重,皮重,净重(kg),扣杂(%),单价,金额,来源,卖方,车牌,备注,件数,A,B\n"
    "T-1,2026-11-21 08:30,S-1,paper.occ,20,7.5,12.5,2,1.8,22.05,居民,P-1,冀A12345,好,3,1.5,\n"
    "T-2,2015 / 12,S-2,废纸板,,,0.5,,,,企业,,V-1,,,0,2\n"
    ",20261121,7,x,-,/,1e3,,,,household,,,,,x,3\n";

void import(table::Mapping mapping) {
  auto opened = table::open_table_bytes(std::string{kTable}, mapping.table);
  if (!opened) {
    return;
  }
  table::ImportOptions options;
  options.city = "130100";
  auto importer = table::Importer::open(std::move(*opened), std::move(mapping), options);
  if (!importer) {
    return;
  }
  while (auto row = (*importer)->next()) {
    if (!row->record) {
      continue;
    }
    const auto document = huan::json::Document::parse(row->record->json);
    HUAN_ASSERT(document.has_value());
    HUAN_ASSERT(row->record->kind != "receive" ||
                huan::ledger::parse_event(document->root()).has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto mapping = table::parse_mapping({reinterpret_cast<const char*>(data), size}, "m");
  if (mapping) {
    import(std::move(*mapping));
  } else {
    HUAN_ASSERT(!mapping.error().at.empty());
  }
  return 0;
}
