// SPDX-License-Identifier: Apache-2.0
// Ed25519 (RFC 8032) signatures: what signs the log's checkpoints. A key is its 32-byte seed; where
// it is kept is the caller's business, and the object wipes its copy when it ends.
//
//   const auto key = crypto::SigningKey::generate();
//   const crypto::Signature signature = key.sign(text);
//   crypto::verify(key.public_key(), text, signature);
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace huan::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using Seed = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate();
  [[nodiscard]] static SigningKey from_seed(const Seed& seed);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  [[nodiscard]] const Seed& seed() const;  ///< secret: to be stored, never shown
  [[nodiscard]] const PublicKey& public_key() const;
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  struct Impl;
  explicit SigningKey(const Seed& seed);
  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          const Signature& signature);

}  // namespace huan::crypto
