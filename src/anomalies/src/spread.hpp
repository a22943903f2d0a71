// SPDX-License-Identifier: Apache-2.0
// Medians and what chance would give.
#pragma once

#include <cstdint>
#include <vector>

namespace huan::anomalies {

/// Of at least one value; of an even number the upper one. Reorders.
[[nodiscard]] double median(std::vector<double>& values);
[[nodiscard]] std::int64_t median(std::vector<std::int64_t>& values);

struct Spread {
  double middle{0};
  double deviation{0};  ///< 1.4826 × the median deviation: a normal one's standard deviation
};
[[nodiscard]] Spread spread_of(std::vector<double> values);

/// More than chance gives where `expected` is the mean of a Poisson count: six deviations and
/// eight over it.
[[nodiscard]] bool beyond_chance(std::int64_t count, double expected);

}  // namespace huan::anomalies
