// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) over OpenSSL, and the comparison that tells
// nothing by its time. A machine without SHA-256 is a broken environment and throws.
//
//   const crypto::Digest body = crypto::sha256(bytes);
//   crypto::Sha256 stream; stream.update(part); ... stream.finish();
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace huan::crypto {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
/// Of prefix ‖ a ‖ b, as Merkle trees hash.
[[nodiscard]] Digest sha256(std::uint8_t prefix, std::string_view a, std::string_view b = {});
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// Of what comes in parts, e.g. a file that is being received.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  /// The digest; the object then starts anew.
  [[nodiscard]] Digest finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The digest's bytes as text, to be hashed or stored; valid as long as the digest.
[[nodiscard]] inline std::string_view bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
[[nodiscard]] std::optional<Digest> digest_from_bytes(std::string_view bytes);  ///< exactly 32
[[nodiscard]] std::string hex(const Digest& digest);  ///< 64 lower-case digits
[[nodiscard]] std::optional<Digest> digest_from_hex(std::string_view text);

/// For secrets: takes the same time wherever the two differ. Lengths are not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace huan::crypto
