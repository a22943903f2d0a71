// SPDX-License-Identifier: Apache-2.0
// A way around a cell: from its row to its column through other cells, along which an amount can be
// shifted while every sum stays.
#pragma once

#include <optional>

#include "huan/publication/suppress.hpp"

namespace huan::publication {

struct Cell {
  std::size_t row{0};
  std::size_t column{0};
};

/// What a way may not use.
struct Restrained {
  bool margin_fixed{false};  ///< no cell of the last column but `margin_row`'s
  std::optional<std::size_t> margin_row{};
  std::optional<std::size_t> first_column{};  ///< the way begins through this cell of its row
};

struct Way {
  std::vector<Cell> cells;
  double cost{0};
};

/// The cheapest way for raising (`raise`) or lowering `cell` by `shift`: blank cells cost nothing,
/// others their amount, totals ten times it. nullopt when there is none.
[[nodiscard]] std::optional<Way> cheapest_way(const AmountTable& table, const Blanks& blanks,
                                              Cell cell, std::int64_t shift, bool raise,
                                              const Restrained& restrained);

/// Leaves the cells of a way blank.
void blank_out(const std::vector<Cell>& cells, Blanks& blanks);

/// Marks the cells at risk and gives them, the largest first: the ways of the small ones then often
/// run through what is blank already.
[[nodiscard]] std::vector<Cell> mark_at_risk(const AmountTable& table, const Rule& rule,
                                             Blanks& blanks);

}  // namespace huan::publication
