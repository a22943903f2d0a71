// SPDX-License-Identifier: Apache-2.0
// A table as text, taken in to its end.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "huan/wire_table/importer.hpp"

namespace huan::wire_table {

struct Imported {
  std::vector<RowResult> results;
  std::vector<std::vector<std::string>> error_cells;
  ImportCounts counts;
  ImportPlan plan;
  std::optional<base::Error> refused;

  [[nodiscard]] std::vector<std::string> json() const {
    std::vector<std::string> out;
    out.reserve(results.size());
    for (const RowResult& result : results) {
      out.push_back(result.record ? result.record->json
                                  : result.error->at + ": " + result.error->detail);
    }
    return out;
  }
  [[nodiscard]] std::set<std::string> ids() const {
    std::set<std::string> out;
    for (const RowResult& result : results) {
      out.insert(result.record ? result.record->id.text() : "error");
    }
    return out;
  }
};

inline ImportOptions options() {
  ImportOptions out;
  out.city = "130100";
  out.constants = {{"origin", "household"}};
  out.now = base::Instant{1'700'000'000};
  out.resolve = [](std::string_view field, std::string_view text) -> std::optional<std::string> {
    if (field == "place" && text == "北城站") {
      return "S-1";
    }
    if (field == "material" && text == "废纸板") {
      return "paper.occ";
    }
    if (field == "vehicle" && text == "冀A12345") {
      return "V-7";
    }
    return std::nullopt;
  };
  return out;
}

inline Imported import(std::string bytes, const Mapping& mapping,
                       const ImportOptions& with = options()) {
  Imported out;
  auto table = open_table_bytes(std::move(bytes), mapping.table);
  EXPECT_TRUE(table.has_value());
  auto importer = Importer::open(std::move(*table), mapping, with);
  if (!importer) {
    out.refused = importer.error();
    return out;
  }
  while (auto result = (*importer)->next()) {
    EXPECT_NE(result->record.has_value(), result->error.has_value());
    if (result->error) {
      out.error_cells.push_back((*importer)->cells());
    }
    out.results.push_back(std::move(*result));
  }
  out.counts = (*importer)->counts();
  out.plan = (*importer)->plan();
  return out;
}

inline Imported tickets(const std::string& text) {
  return import(text, plain_mapping(TableKind::tickets));
}

}  // namespace huan::wire_table
