// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/row_amount.hpp"

#include <algorithm>

namespace huan::indicators {

std::int64_t amount_of(const RowAmounts& row, Quantity quantity) noexcept {
  switch (quantity) {
    case Quantity::pieces:
      return row.pieces;
    case Quantity::money:
      return row.money_fen;
    case Quantity::events:
      return row.events;
    default:
      return row.mass_g;
  }
}

bool left_out(const std::vector<std::string>& patterns, std::string_view cls) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return pattern.ends_with('*')
               ? cls.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1))
               : cls == pattern;
  });
}

}  // namespace huan::indicators
