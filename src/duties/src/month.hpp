// SPDX-License-Identifier: Apache-2.0
// Months as numbers that count on: 2025-01 and one more is 2025-02.
#pragma once

#include <cstdint>

#include "huan/base/time.hpp"

namespace huan::duties {

inline constexpr std::int32_t kMonths = 12;

struct Month {
  std::int32_t n{0};  ///< year × 12 + month − 1
};

[[nodiscard]] inline Month month_of(base::Day day) {
  const base::Civil civil = base::civil_of(day);
  return {civil.year * kMonths + civil.month - 1};
}
[[nodiscard]] inline base::Day first_day(Month month) {
  return base::day_of(base::Civil{month.n / kMonths, month.n % kMonths + 1, 1});
}
[[nodiscard]] inline base::Day last_day(Month month) { return {first_day({month.n + 1}).n - 1}; }
[[nodiscard]] inline base::Day last_of_month(std::int32_t year, std::int32_t month) {
  return last_day({year * kMonths + month - 1});
}

}  // namespace huan::duties
