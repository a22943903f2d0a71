// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/random.hpp"

#include "sodium.hpp"

namespace huan::crypto {

void random_bytes(std::span<std::uint8_t> out) {
  sodium_ready();
  randombytes_buf(out.data(), out.size());
}

std::string random_bytes(std::size_t size) {
  sodium_ready();
  std::string out(size, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

}  // namespace huan::crypto
