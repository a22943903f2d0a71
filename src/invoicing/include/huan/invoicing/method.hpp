// SPDX-License-Identifier: Apache-2.0
// How a recycler pays VAT itself, simple 简易计税 or general 一般计税, which decides what invoices
// it may issue: once chosen, a method stays for so many months, and another choice within them does
// not count.
//
//   method_on({{day, Method::simple}}, today, 36)
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "huan/invoicing/turnover.hpp"

namespace huan::invoicing {

enum class Method : std::uint8_t { simple, general };

struct MethodChoice {
  base::Day from;
  Method method{Method::simple};
};

/// nullopt: none was chosen by then. A choice holds from its first day; `months` are counted from
/// the month in which the method that holds began.
[[nodiscard]] std::optional<Method> method_on(std::vector<MethodChoice> choices, base::Day day,
                                              std::int32_t months);

}  // namespace huan::invoicing
