// SPDX-License-Identifier: Apache-2.0
// Which cells of a public table stay blank 统计保密. A table of amounts has rows, columns and their
// totals; a cell is at risk when few firms stand behind it or one or two make up nearly all of it
// (primary). Since totals are public, further cells are left blank (complementary) until the
// amount of each cell at risk can lie at least `protection` below and above what it is, for anybody
// who knows the table and that nothing is negative: for each one a closed way through blank cells
// exists along which that amount can be shifted (Hundepool et al., Statistical Disclosure Control,
// 2012, ch. 4; for two-way tables the cheapest such way is a shortest path). Cells that are nothing
// stay public. It does not guard against what a firm knows of its rivals beyond the two largest,
// nor against other tables over the same figures.
//
//   const Blanks blanks = suppress(table, {});
//   blanks.at(1, 2) == Blank::primary
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace huan::publication {

/// What one cell is made of: an amount per contributor, in any order. The amount of a total is the
/// sum of its row or column, its contributors are theirs put together.
struct Amount {
  std::int64_t value{0};
  std::vector<std::int64_t> contributors{};
};

/// `rows` × `columns` cells row by row, totals included: the last row and the last column.
struct AmountTable {
  std::size_t rows{0};
  std::size_t columns{0};
  std::vector<Amount> cells;
  [[nodiscard]] const Amount& at(std::size_t row, std::size_t column) const {
    return cells[row * columns + column];
  }
};

struct Rule {
  std::size_t contributors_min{3};        ///< fewer: at risk
  std::int64_t two_largest_ppm{900'000};  ///< the two largest make up that much or more: at risk
  std::int64_t protection_ppm{100'000};   ///< of the cell's amount, each way; at least 1
};

enum class Blank : std::uint8_t {
  shown,
  primary,       ///< at risk by itself
  complementary  ///< would give another away
};

struct Blanks {
  std::size_t columns{0};
  std::vector<Blank> cells;
  /// Cells at risk for which no way was found; a table with one must not be published.
  std::size_t unprotected{0};
  [[nodiscard]] Blank at(std::size_t row, std::size_t column) const {
    return cells[row * columns + column];
  }
};

/// A cell below nothing, which corrections can leave, is at risk too.
[[nodiscard]] bool at_risk(const Amount& amount, const Rule& rule);
/// How far the cell's amount has to be uncertain, each way.
[[nodiscard]] std::int64_t protection(const Amount& amount, const Rule& rule);

/// Do rows and columns add up to their totals?
[[nodiscard]] bool adds_up(const AmountTable& table);

/// The table has to add up. The same blanks for the same table.
[[nodiscard]] Blanks suppress(const AmountTable& table, const Rule& rule);

}  // namespace huan::publication
