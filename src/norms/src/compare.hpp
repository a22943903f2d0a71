// SPDX-License-Identifier: Apache-2.0
// Comparators on values, exactly.
#pragma once

#include <cstdint>
#include <optional>

#include "huan/norms/norm.hpp"

namespace huan::norms {

/// Of values of one type; text and yes_no only equal or differ.
[[nodiscard]] bool compare(const Value& value, Comparator comparator, const Value& threshold);

/// amount : threshold × per, where the threshold is in `scale` parts (1, or 10^6 for shares).
struct PerComparison {
  std::int64_t amount{0};
  std::int64_t threshold{0};
  std::int64_t per{0};
  std::int64_t scale{1};
};
[[nodiscard]] bool compare(const PerComparison& sides, Comparator comparator);
/// The amount next to the border on its passing side, for this `per`; nullopt when out of range.
[[nodiscard]] std::optional<std::int64_t> amount_needed(const PerComparison& sides,
                                                        Comparator comparator);
/// The least (at_most, less_than) or greatest (at_least, more_than) `per` for this amount.
[[nodiscard]] std::optional<std::int64_t> per_needed(const PerComparison& sides,
                                                     Comparator comparator);

}  // namespace huan::norms
