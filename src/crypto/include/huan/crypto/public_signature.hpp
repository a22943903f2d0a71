// SPDX-License-Identifier: Apache-2.0
// Checking signatures of others, by the two algorithms that identity providers sign with (RFC 7518
// §3.3, §3.4): RSASSA-PKCS1-v1_5 and ECDSA on P-256, both with SHA-256. Nothing here signs. What is
// malformed does not verify.
#pragma once

#include <string>
#include <string_view>

namespace huan::crypto {

/// Numbers as big-endian bytes. A modulus of 2,048 to 8,192 bits.
struct RsaKey {
  std::string modulus;
  std::string exponent;
};
/// Coordinates of 32 bytes each.
struct P256Key {
  std::string x;
  std::string y;
};

[[nodiscard]] bool verifies(const RsaKey& key, std::string_view message,
                            std::string_view signature);
/// `signature`: r and s, 32 bytes each.
[[nodiscard]] bool verifies(const P256Key& key, std::string_view message,
                            std::string_view signature);

}  // namespace huan::crypto
