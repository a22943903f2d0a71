// SPDX-License-Identifier: Apache-2.0
// What runs of deletion put on record (personal.hpp), held against the vault as it is now: each
// list against its hash, no value of it still there or back in its old form, and nothing due left
// over. That the records were not altered is for the log to say (`huan verify`).
//
//   const auto state = check_deletions(*reading, *fields, {city, today});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "huan/app/personal.hpp"

namespace huan::app {

struct KeptDeletion {
  std::string key;
  std::string id;      ///< of its record, a leaf of the log
  std::string ran_at;  ///< RFC 3339
  std::string by;
  std::string until;  ///< what ended on this day or before was due
  std::string list;   ///< SHA-256 of the lines, each ended by a line feed
  std::int64_t removed{0};
  std::int64_t persons{0};
  std::vector<std::pair<std::string, std::int64_t>> classes;  ///< values by class, by its name
  std::vector<std::string> lines;  ///< "P-9 id_number scrap_registration 2028-11-21"
  bool sound{false};               ///< the list is what was hashed, and none of it is in the vault
};

/// Of a run's record as it is stored; nullopt: not one of this form.
[[nodiscard]] std::optional<KeptDeletion> deletion_on_record(const store::RegistryRow& row);
/// By key, which is the order in which they ran, behind `page.after`.
[[nodiscard]] std::vector<KeptDeletion> deletions(store::RegistryReading& reading,
                                                  const std::string& city, store::Page page);
/// Fills in `sound`.
void check_deletion(vault::VaultStore& fields, const std::string& city, KeptDeletion& run);
/// Values that are due on that day and still there, up to 1,000.
[[nodiscard]] std::size_t overdue(vault::VaultStore& fields, const std::string& city,
                                  base::Day today);

}  // namespace huan::app
