// SPDX-License-Identifier: Apache-2.0
// Deterministic ids (the rule stands in importer.hpp) and how often a content came before in the
// file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/wire_table/mapping.hpp"

namespace huan::wire_table {

/// Parts are told apart by their lengths, so that no two lists of parts give the same bytes.
class IdentityText {
 public:
  IdentityText(TableKind kind, std::string_view city);
  IdentityText& add(std::string_view part);
  [[nodiscard]] base::Uuid id() const;
  [[nodiscard]] std::uint64_t fingerprint() const;

 private:
  std::string text_;
};

/// Counts by fingerprint in open addressing: 16 bytes a row at most half full.
class Occurrences {
 public:
  static constexpr std::size_t kRowsMax = std::size_t{1} << 23;
  /// How often this came before. Errors: too_large beyond kRowsMax different rows; a key column has
  /// no such limit.
  base::Result<std::int64_t> count(std::uint64_t fingerprint);

 private:
  struct Slot {
    std::uint64_t fingerprint{0};  ///< 0: free
    std::int64_t seen{0};
  };
  Slot& slot_of(std::vector<Slot>& slots, std::uint64_t fingerprint) const;
  void grow();

  std::vector<Slot> slots_;
  std::size_t used_{0};
};

}  // namespace huan::wire_table
