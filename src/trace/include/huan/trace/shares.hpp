// SPDX-License-Identifier: Apache-2.0
// Shares of a mass (events.md §5): unsigned 128-bit fixed point in units of 2⁻⁴⁰ g, every division
// floored, and at the end whole grams by largest remainder. A share that passed n divisions lies
// within n · 2⁻⁴⁰ g below the exact one before rounding, and the rounded shares sum to the mass to
// the gram.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace huan::trace {

__extension__ typedef unsigned __int128 Fixed;  ///< of 2⁻⁴⁰ g
inline constexpr unsigned kFixedBits = 40;

[[nodiscard]] constexpr Fixed to_fixed(std::uint64_t grams) { return Fixed{grams} << kFixedBits; }

/// Splits an amount by whole weights: part(w) = ⌊amount · w / total⌋, exact, for w ≤ total.
class Splitter {
 public:
  Splitter(Fixed amount, std::uint64_t total)
      : quotient_(amount / total),
        remainder_(static_cast<std::uint64_t>(amount % total)),
        total_(total) {}
  [[nodiscard]] Fixed part(std::uint64_t weight) const {
    std::uint64_t low = 0;
    if (!__builtin_mul_overflow(remainder_, weight, &low)) {
      return quotient_ * weight + low / total_;
    }
    return quotient_ * weight + Fixed{remainder_} * weight / total_;
  }

 private:
  Fixed quotient_;
  std::uint64_t remainder_;
  std::uint64_t total_;
};

/// Rounds amounts to whole grams that sum to `total`: floors, then a gram more for the largest
/// remainders. `name_before(i, j)` orders equal remainders; it is asked only where they decide.
/// Precondition: total ≥ the sum of amounts > total − (number of amounts), in grams.
void round_to_grams(std::span<const Fixed> amounts, std::uint64_t total,
                    const std::function<bool(std::size_t, std::size_t)>& name_before,
                    std::span<std::int64_t> grams);

}  // namespace huan::trace
