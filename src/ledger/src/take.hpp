// SPDX-License-Identifier: Apache-2.0
// Taking material out of stock: by lot, or drawn from what stands there (events.md §3 "input").
#pragma once

#include <vector>

#include "worksheet.hpp"

namespace huan::ledger {

/// Checks the input, finds its lots and takes them out of stock (legs included). The first element
/// is the lot named, or the draws in their order. Refuses with a pointer below "/inputs/<index>".
base::Result<std::vector<Draw>> take(Worksheet& sheet, const InputLine& input, std::size_t index);

/// Draws `mass` of a material without naming lots: lots of the version before first, then by time,
/// seq, lot. `at` is the pointer that a shortage is reported at.
base::Result<std::vector<Draw>> draw(Worksheet& sheet, std::string_view material,
                                     std::int64_t mass_g, std::string_view at);

/// Where a lot's items are while a shipment carries them.
[[nodiscard]] std::string items_on_the_way(std::string_view shipment, std::string_view line);

}  // namespace huan::ledger
