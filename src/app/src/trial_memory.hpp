// SPDX-License-Identifier: Apache-2.0
// What the rows of a table on trial would have put on record, remembered for the rows below them:
// a trial writes nothing, and judges a table in parts so that the writer is free in between. Rows
// know of each other by their ids, keys, ticket numbers and lots alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "huan/app/import_items.hpp"

namespace huan::app {

class TrialMemory {
 public:
  /// Rows further up that these speak of, and those that these speak of in turn, in the order of
  /// the table.
  [[nodiscard]] std::vector<const ImportItem*> spoken_of(const std::vector<ImportRow>& rows) const;
  /// A row that would have been recorded. Beyond 250,000 no more are remembered.
  void keep(ImportItem item);

 private:
  std::vector<ImportItem> kept_;
  /// By the hash of a name: two names with one hash recall a row too many, which changes nothing.
  std::unordered_map<std::size_t, std::uint32_t> by_name_;
};

}  // namespace huan::app
