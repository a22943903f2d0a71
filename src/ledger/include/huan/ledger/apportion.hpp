// SPDX-License-Identifier: Apache-2.0
// Splits a whole number in proportion to weights: floors, then the largest remainders get one more;
// ties go to the earlier. The parts sum to the total exactly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace huan::ledger {

/// total >= 0, weights >= 0 with a positive sum (< 2^62).
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t total,
                                                  std::span<const std::int64_t> weights);

}  // namespace huan::ledger
