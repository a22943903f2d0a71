// SPDX-License-Identifier: Apache-2.0
// Prices, payments and points of receipts and sales (events.md §3 "Money"), and the weighings
// behind a mass.
#pragma once

#include <vector>

#include "worksheet.hpp"

namespace huan::ledger {

/// What a line is worth, rounded half up to the fen; 0 without a price.
[[nodiscard]] base::Money amount_of(const Pricing& pricing, base::Mass basis,
                                    const std::optional<base::Count>& pieces);

/// Deductions of the valid weighings by line; refuses nets that differ from the masses weighed.
/// Shapes: one mass and one result a line.
base::Result<std::vector<base::Mass>> check_weighings(const Event& event,
                                                      const std::vector<base::Mass>& masses);

/// The legs of a receipt's price, or of a sale's (`selling`), line by line: trade against party.
void post_price(Worksheet& sheet, base::Money amount, std::string_view material, bool selling);
/// The payment, if one was made; a deal without a party is paid in full at once.
base::Result<void> post_payment(Worksheet& sheet, base::Money total, bool selling);

}  // namespace huan::ledger
