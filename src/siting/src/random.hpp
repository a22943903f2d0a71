// SPDX-License-Identifier: Apache-2.0
// A small generator of our own, so that equal seeds give equal plans on every machine
// (xorshift64*, Vigna 2016, seeded by splitmix64).
#pragma once

#include <cstdint>

namespace huan::siting {

class Random {
 public:
  explicit Random(std::uint64_t seed) {
    std::uint64_t z = seed + 0x9E37'79B9'7F4A'7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    state_ = (z ^ (z >> 31U)) | 1U;
  }
  std::uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return state_ * 0x2545'F491'4F6C'DD1DU;
  }
  /// Below `n`, which is over 0.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((next() >> 32U) * n) >> 32U);
  }
  /// In [0, 1).
  double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace huan::siting
