// SPDX-License-Identifier: Apache-2.0
// How a workbook writes numbers and dates, turned into what its user typed or sees.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace huan::wire_table {

enum class NumberKind { plain, date, time, date_time };

/// A stored number as decimal text with at most 15 significant digits, all that a spreadsheet keeps
/// of what is typed: 12.300000000000001 -> 12.3, 1.5E3 -> 1500. Text that is no number, or has more
/// than 40 digits written out, is as given.
[[nodiscard]] std::string workbook_number(std::string_view text);

/// Days since the workbook's epoch as 2026-11-21, 08:30:00 or 2026-11-21 08:30:00, to the second.
/// nullopt for what is no date: negative, beyond 9999, or 29 February 1900, which exists in Excel
/// alone.
[[nodiscard]] std::optional<std::string> workbook_date(std::string_view serial, NumberKind kind,
                                                       bool from_1904);

/// What a number format shows. Built-in formats by id (those of the Chinese editions included),
/// others by their code.
[[nodiscard]] NumberKind kind_of_format(int id, std::string_view code);

}  // namespace huan::wire_table
