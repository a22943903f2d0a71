// SPDX-License-Identifier: Apache-2.0
// Chance in integers: the same numbers on every machine. SplitMix64 (Steele, Lea, Flood 2014).
#pragma once

#include <cstdint>
#include <string_view>

namespace huan::simulator {

inline std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15U); }
  /// 0 … n − 1, n > 0.
  std::int64_t below(std::int64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::int64_t>(static_cast<Wide>(next()) * static_cast<Wide>(n) >> 64U);
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
  bool chance(std::int64_t per_mille) { return below(1'000) < per_mille; }
  bool rare(std::int64_t per_million) { return below(1'000'000) < per_million; }
  /// The whole part of n / d, and one more with the chance of the rest.
  std::int64_t whole(std::int64_t n, std::int64_t d) { return n / d + (below(d) < n % d ? 1 : 0); }
  template <class List>
  auto& of(List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
  }

 private:
  std::uint64_t state_;
};

inline std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t h = 0xCBF29CE484222325U ^ mix(seed);
  for (const char c : text) {
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return mix(h);
}

}  // namespace huan::simulator
