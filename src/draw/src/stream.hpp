// SPDX-License-Identifier: Apache-2.0
// Numbers out of a seed: SHA-256(seed ‖ n), n = 0, 1, … as eight bytes, most significant first;
// each digest is four words of eight bytes, most significant first.
#pragma once

#include <array>
#include <cstdint>

#include "huan/crypto/digest.hpp"

namespace huan::draw {

class Stream {
 public:
  explicit Stream(const crypto::Digest& seed) : seed_(seed) {}
  /// Below `n` (> 0), each equally likely: words of the last, incomplete round of n are left out.
  [[nodiscard]] std::uint64_t below(std::uint64_t n);

 private:
  static constexpr std::size_t kWords = 4;
  [[nodiscard]] std::uint64_t word();

  crypto::Digest seed_;
  crypto::Digest block_{};
  std::uint64_t blocks_{0};
  std::size_t used_{kWords};
};

}  // namespace huan::draw
