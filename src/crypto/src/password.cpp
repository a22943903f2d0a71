// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/password.hpp"

#include <array>
#include <new>

#include "sodium.hpp"

namespace huan::crypto {

std::string hash_password(std::string_view password) {
  sodium_ready();
  std::array<char, crypto_pwhash_STRBYTES> stored{};
  if (crypto_pwhash_str_alg(stored.data(), password.data(), password.size(),
                            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return stored.data();
}

bool verify_password(std::string_view stored, std::string_view password) {
  sodium_ready();
  const std::string terminated(stored);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace huan::crypto
