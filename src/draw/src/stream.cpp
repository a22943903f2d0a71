// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include <string>

#include "huan/base/assert.hpp"

namespace huan::draw {
namespace {

constexpr std::size_t kWordBytes = 8;
constexpr unsigned kByteBits = 8;

}  // namespace

std::uint64_t Stream::word() {
  if (used_ == kWords) {
    std::string counted(crypto::bytes(seed_));
    for (std::size_t at = kWordBytes; at-- > 0;) {
      const auto byte = static_cast<std::uint8_t>(blocks_ >> (at * kByteBits));
      counted.push_back(static_cast<char>(byte));
    }
    block_ = crypto::sha256(counted);
    ++blocks_;
    used_ = 0;
  }
  std::uint64_t out = 0;
  for (std::size_t at = 0; at < kWordBytes; ++at) {
    out = (out << kByteBits) | block_.at(used_ * kWordBytes + at);
  }
  ++used_;
  return out;
}

std::uint64_t Stream::below(std::uint64_t n) {
  HUAN_ASSERT(n > 0);
  const std::uint64_t left_over = (0 - n) % n;  // 2^64 mod n
  const std::uint64_t last = ~std::uint64_t{0} - left_over;
  std::uint64_t x = word();
  while (x > last) {
    x = word();
  }
  return x % n;
}

}  // namespace huan::draw
