// SPDX-License-Identifier: Apache-2.0
// The day a form is due. No document moves a due day to a working day: it is moved only when the
// operator says so, and then to the first day after it that is neither Saturday, Sunday nor in the
// operator's list. Where the text leaves day or month open the answer is "not stated" with the
// reason, until the operator fills it in.
//
//   const auto term = term_of(Period::quarter, *base::parse_day("2024-02-20"));  // Jan to March
//   due_of(form, term, {}).day;                                 // absent: month is not stated
//   due_of(form, term, {.day = {}, .month = 1}).day;            // 2024-04-10
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/duties/form.hpp"

namespace huan::duties {

/// The stretch of time that a form is about; both days included.
struct Term {
  base::Day first;
  base::Day last;
};

/// The month, quarter or year that the day is in. `once` has no terms: the day's year.
[[nodiscard]] Term term_of(Period period, base::Day day);
[[nodiscard]] Term next_term(Period period, const Term& term);

/// What an operator has laid down where the text is silent.
struct OperatorChoice {
  std::optional<std::int32_t> day{};
  std::optional<std::int32_t> month{};
  bool move_to_working_day{false};
  std::vector<base::Day> holidays{};          ///< days off besides weekends, in order
  std::vector<base::Day> working_weekends{};  ///< weekend days that are worked 调休, in order
};

struct Due {
  std::optional<base::Day> day;
  std::string reason;  ///< why there is none
};

/// A day past the end of its month is the month's last.
[[nodiscard]] Due due_of(const Form& form, const Term& term, const OperatorChoice& choice);

}  // namespace huan::duties
