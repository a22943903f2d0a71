// SPDX-License-Identifier: Apache-2.0
// Customers that are covered whenever another one is: whoever has all of that one's candidates. A
// cover of the others covers them, and their multipliers are 0.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/siting_problem/problem.hpp"

namespace huan::siting {

struct NeededRows {
  siting_problem::Problem links;        ///< of the customers that are left, renumbered
  std::vector<std::uint32_t> customer;  ///< what each was before
};

/// `links` by customer, then candidate, as a listed problem has them.
[[nodiscard]] NeededRows needed_rows(const siting_problem::Problem& links);

}  // namespace huan::siting
