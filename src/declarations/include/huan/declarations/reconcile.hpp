// SPDX-License-Identifier: Apache-2.0
// Do the parts add up to the whole 对账: what the counties of a city hand in against what the city
// counts itself, or cities against the province, cell by cell to the smallest unit. Shares and
// indicators do not add up and are left out. A part that is missing, or has no figure, is named.
//
//   for (const CellSum& sum : reconcile(cells, parts, whole)) { … sum.difference … }
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "huan/declarations/declaration.hpp"
#include "huan/declarations/figures.hpp"

namespace huan::declarations {

struct Part {
  std::string id;
  std::string name;
  std::optional<State> state;  ///< absent: nothing is on record
  Values values;               ///< one a cell: confirmed, else as filled in now
};

struct CellSum {
  std::size_t cell{0};
  std::int64_t parts{0};                   ///< sum of what is known
  std::optional<std::int64_t> whole;       ///< counted without regard to the parts
  std::optional<std::int64_t> difference;  ///< parts − whole
  std::vector<std::string> missing;        ///< parts without a figure
};

/// Throws base::Overflow out of range.
[[nodiscard]] std::vector<CellSum> reconcile(const std::vector<Cell>& cells,
                                             std::span<const Part> parts, const Values& whole);

/// The confirmed figures of a declaration in the order of the cells; none where a line is missing.
[[nodiscard]] Values confirmed_values(const Declaration& declaration,
                                      const std::vector<Cell>& cells);

}  // namespace huan::declarations
