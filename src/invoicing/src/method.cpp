// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/method.hpp"

#include <algorithm>

namespace huan::invoicing {

std::optional<Method> method_on(std::vector<MethodChoice> choices, base::Day day,
                                std::int32_t months) {
  std::stable_sort(choices.begin(), choices.end(),
                   [](const MethodChoice& a, const MethodChoice& b) { return a.from < b.from; });
  std::optional<MethodChoice> held;
  for (const MethodChoice& one : choices) {
    if (one.from > day) {
      break;
    }
    const bool may = !held || month_of(one.from) >= month_of(held->from) + months;
    if (may && (!held || held->method != one.method)) {
      held = one;
    }
  }
  return held ? std::optional(held->method) : std::nullopt;
}

}  // namespace huan::invoicing
