// SPDX-License-Identifier: Apache-2.0
// Fills the cells of a form: one pass over roll-up rows of the term sums every ledger cell of every
// reporter, so that what a county hands in and what the city counts are folds of the same rows and
// agree to the gram. Pure; who reads a store hands the rows in.
//
//   Filler filler{cells, catalogue, place_of};
//   for (row : rows) filler.add(row.district, row);
//   filler.values("130102")[3]     // grams, or nullopt where nothing computes it
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/declarations/cell.hpp"
#include "huan/registry/material.hpp"
#include "huan/registry/place.hpp"

namespace huan::declarations {

/// A row of the roll-ups; what was not asked for is empty.
struct LedgerRow {
  std::string_view district{};
  std::string_view place{};
  std::string_view material{};
  std::string_view flow{};
  std::string_view cls{};
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
};

using Values = std::vector<std::optional<std::int64_t>>;  ///< one a cell
using PlaceLookup = std::function<const registry::Place*(std::string_view)>;

/// Does any cell look at the kind or form of the place?
[[nodiscard]] bool asks_for_places(const std::vector<Cell>& cells);

class Filler {
 public:
  /// All three have to outlive it.
  Filler(const std::vector<Cell>& cells, const registry::Catalogue& catalogue, PlaceLookup place);

  /// The reporter's ledger cells are known from now on: 0 until rows come.
  void know(const std::string& reporter);
  /// Throws base::Overflow out of range.
  void add(const std::string& reporter, const LedgerRow& row);
  /// What something else than the ledger computes.
  void put(const std::string& reporter, std::size_t cell, std::optional<std::int64_t> value);
  /// Totals are summed here: of nothing known, or with a part not known, there is none.
  [[nodiscard]] Values values(const std::string& reporter) const;

 private:
  [[nodiscard]] const std::vector<std::size_t>& cells_of(std::string_view material);
  [[nodiscard]] bool counts(const Cell& cell, const LedgerRow& row) const;
  Values& row_of(const std::string& reporter);

  const std::vector<Cell>& cells_;
  const registry::Catalogue& catalogue_;
  PlaceLookup place_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_material_;
  std::map<std::string, Values, std::less<>> values_;
};

/// Fills in the totals of a row of values; a total with a part missing has none.
void add_totals(const std::vector<Cell>& cells, Values& values);

}  // namespace huan::declarations
