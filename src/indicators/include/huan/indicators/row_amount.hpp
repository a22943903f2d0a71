// SPDX-License-Identifier: Apache-2.0
// What a measure takes of a row of the ledger's roll-ups, the same for indicators and for forms:
// the amount that it asks for, and whether it counts rows of a class.
//
//   amount_of({.mass_g = 1'500, .pieces = 1}, Quantity::pieces)   // 1
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/indicators/indicator.hpp"

namespace huan::indicators {

struct RowAmounts {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t events{0};
};

/// Quantities of the registry have none in a row: they are taken for mass.
[[nodiscard]] std::int64_t amount_of(const RowAmounts& row, Quantity quantity) noexcept;

/// Is the class among those left out? A trailing `*` matches the rest.
[[nodiscard]] bool left_out(const std::vector<std::string>& patterns, std::string_view cls);

}  // namespace huan::indicators
