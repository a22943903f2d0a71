// SPDX-License-Identifier: Apache-2.0
// What is paid for it: unit prices locked when it is booked, the estimate they come to, and how
// what was weighed at the door differs from what was expected. Pure, exact, in fen.
//
//   const Quote quote = quote_for(lines, prices, until);      // "about 16.80 yuan, until Sunday"
#pragma once

#include <string>
#include <vector>

#include "huan/booking/order.hpp"
#include "huan/registry/agreement.hpp"

namespace huan::booking {

/// The price of a material at a place: the place's own before the city's, the material's own before
/// its branch's. nullptr: none is published.
[[nodiscard]] const registry::Price* price_of(const std::vector<registry::Price>& prices,
                                              std::string_view place, std::string_view material);

/// A line for each kind that has a price.
[[nodiscard]] Quote quote_for(const std::vector<OrderLine>& lines,
                              const std::vector<registry::Price>& prices, std::string_view place,
                              base::Day until);
/// Rounded half up to the fen. Overflow throws.
[[nodiscard]] base::Money amount_of(const QuoteLine& price, base::Mass mass,
                                    std::optional<base::Count> pieces);
/// What the estimate comes to; kinds that are estimated in another unit than paid for count
/// nothing.
[[nodiscard]] base::Money about(const std::vector<OrderLine>& lines, const Quote& quote);

/// Puts prices to what was weighed: the quote's while it holds, else today's. A line that has no
/// price is taken away for nothing.
void put_prices(Weighed& weighed, const Order& order, const std::vector<registry::Price>& today,
                base::Day day);
/// "more:paper.occ", "less:…", "other:…" (not announced), "absent:…" (announced, not there). A mass
/// within 30 % or 2 kg of the estimate is as expected.
[[nodiscard]] std::vector<std::string> differences(const Order& order, const Weighed& weighed);

}  // namespace huan::booking
