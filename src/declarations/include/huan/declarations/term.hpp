// SPDX-License-Identifier: Apache-2.0
// The stretch of time that a declaration is about, as people write it: 2025-03, 2025-Q1, 2025, and
// "once" for what is handed in a single time.
//
//   parse_term(duties::Period::quarter, "2025-Q1")   // 2025-01-01 … 2025-03-31
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/duties/due.hpp"

namespace huan::declarations {

[[nodiscard]] std::string term_text(duties::Period period, const duties::Term& term);

/// nullopt when it is no term of that period. Of a one-off the term is the year of its deadline,
/// which the caller knows: `once` gives an empty term at day 0.
[[nodiscard]] std::optional<duties::Term> parse_term(duties::Period period, std::string_view text);

/// The last term that has ended before the day, or of a one-off its deadline's year.
[[nodiscard]] duties::Term latest_term(const duties::Form& form, base::Day day);

}  // namespace huan::declarations
