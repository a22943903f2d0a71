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

/// The cells of the cheapest way for raising (`raise`) or lowering `cell` by `shift`: blank ones
/// cost nothing, others their amount, totals ten times it. nullopt when there is none.
[[nodiscard]] std::optional<std::vector<Cell>> cheapest_way(const AmountTable& table,
                                                            const Blanks& blanks, Cell cell,
                                                            std::int64_t shift, bool raise);

}  // namespace huan::publication
