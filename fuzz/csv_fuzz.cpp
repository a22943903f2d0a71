// SPDX-License-Identifier: Apache-2.0
// Any bytes as a table of tickets: how they arrive changes nothing, cells are clean text within the
// limits, and every event that comes out is one that the ledger reads. The first byte chooses the
// size of the pieces.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "huan/wire_table/importer.hpp"

namespace table = huan::wire_table;

namespace {

class Pieces final : public table::ByteSource {
 public:
  Pieces(std::string bytes, std::size_t step) : whole_(std::move(bytes)), step_(step) {}
  std::size_t read(std::span<char> into) override {
    return whole_.read(into.subspan(0, std::min(step_, into.size())));
  }

 private:
  table::MemorySource whole_;
  std::size_t step_;
};

/// Everything the reader says, as one text.
std::string told(std::unique_ptr<table::ByteSource> source, const table::TableOptions& options) {
  std::string out;
  auto opened = table::open_csv(std::move(source), options);
  if (!opened) {
    return "refused " + opened.error().at + opened.error().detail;
  }
  while (true) {
    const auto more = (*opened)->next();
    if (!more) {
      return out + "failed " + more.error().at + more.error().detail;
    }
    if (!*more) {
      return out;
    }
    const table::Row& row = (*opened)->row();
    HUAN_ASSERT(!row.cells.empty() && row.cells.size() <= options.limits.columns_max);
    out += std::to_string(row.number) + ':';
    for (const std::string_view cell : row.cells) {
      HUAN_ASSERT(cell.size() <= options.limits.cell_bytes_max && huan::base::is_clean_utf8(cell));
      out.append(cell).push_back('\x1F');
    }
  }
}

void import(const std::string& bytes, const table::TableOptions& limited) {
  auto opened = table::open_csv(std::make_unique<table::MemorySource>(bytes), limited);
  if (!opened) {
    return;
  }
  table::ImportOptions options;
  options.city = "130100";
  options.constants = {{"origin", "household"}};
  auto importer = table::Importer::open(std::move(*opened),
                                        table::plain_mapping(table::TableKind::tickets), options);
  if (!importer) {
    return;
  }
  std::string errors;
  table::ErrorFile file{errors, huan::base::Language::zh, (*importer)->headers()};
  while (auto row = (*importer)->next()) {
    if (row->error) {
      file.write(row->row, *row->error, (*importer)->cells());
      continue;
    }
    const auto document = huan::json::Document::parse(row->record->json);
    HUAN_ASSERT(document.has_value());
    HUAN_ASSERT(huan::ledger::parse_event(document->root()).has_value());
  }
  HUAN_ASSERT(huan::base::is_clean_utf8(errors));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  table::TableOptions options;
  options.limits.row_bytes_max = 4'096;
  options.limits.cell_bytes_max = 512;
  options.limits.columns_max = 64;
  const std::size_t step = std::size_t{1} + data[0] % 61;
  HUAN_ASSERT(told(std::make_unique<table::MemorySource>(bytes), options) ==
              told(std::make_unique<Pieces>(bytes, step), options));
  import(bytes, options);
  return 0;
}
