// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/id_source.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>

#include "huan/crypto/random.hpp"

namespace huan::crypto {

base::Uuid SystemIdSource::next() {
  using std::chrono::milliseconds;
  const auto now =
      std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  std::array<std::uint8_t, 16> random;
  random_bytes(random);
  const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(random);
  return base::make_uuid_v7(now.count(), words[0], words[1]);
}

std::uint64_t SeededIdSource::draw() {  // SplitMix64 (Steele, Lea, Flood 2014)
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

base::Uuid SeededIdSource::next() {
  const std::int64_t second = clock_.now().s;
  in_second_ = second == second_ ? in_second_ + 1 : 0;
  second_ = second;
  const std::uint64_t a = draw();
  const std::uint64_t b = draw();
  return base::make_uuid_v7(second * 1000 + std::min<std::int64_t>(in_second_, 999), a, b);
}

}  // namespace huan::crypto
