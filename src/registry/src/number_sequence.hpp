// SPDX-License-Identifier: Apache-2.0
// Numbers that look random and are the same on every machine: SplitMix64 over integers alone.
#pragma once

#include <cstdint>
#include <string_view>

namespace huan::registry {

class NumberSequence {
 public:
  /// A sequence of its own for each name, so that what is drawn for one thing does not depend on
  /// how much was drawn for another.
  NumberSequence(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (const char c : name) {
      state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    }
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  /// From `low` to `high`, both included; unbiased.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % span;
    std::uint64_t drawn = next();
    while (drawn >= limit) {
      drawn = next();
    }
    return low + static_cast<std::int64_t>(drawn % span);
  }

 private:
  std::uint64_t state_;
};

}  // namespace huan::registry
