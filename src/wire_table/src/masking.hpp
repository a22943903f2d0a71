// SPDX-License-Identifier: Apache-2.0
// Error files go back to the sender by mail and chat: no personal data in them (events.md §6).
#pragma once

#include <string>
#include <vector>

#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {

/// Columns that hold personal data, and cells anywhere that hold an identity or mobile number,
/// become "***".
[[nodiscard]] std::vector<std::string> masked_cells(const Row& row,
                                                    const std::vector<bool>& personal);
/// What is said of a cell may repeat it, and cells get into wrong columns: nothing is left of a
/// text with such a number in it.
[[nodiscard]] std::string masked_text(const std::string& text);

}  // namespace huan::wire_table
