// SPDX-License-Identifier: Apache-2.0
// Randomness from a seed: xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. The same on
// every machine, unlike the standard library's distributions.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace huan::routing {

class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31U);
    }
  }
  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }
  /// From 0 to below `n`, which is at least 1. The bias is below n / 2^32.
  int below(int n) {
    return static_cast<int>(((next() >> 32U) * static_cast<std::uint64_t>(n)) >> 32U);
  }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }  ///< [0, 1)

  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) {
      std::swap(list[i - 1], list[static_cast<std::size_t>(below(static_cast<int>(i)))]);
    }
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, unsigned k) { return (x << k) | (x >> (64U - k)); }
  std::uint64_t state_[4]{};
};

}  // namespace huan::routing
