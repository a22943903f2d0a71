// SPDX-License-Identifier: Apache-2.0
// Sealing of what must not be read from the store: XChaCha20-Poly1305 with a random 24-byte nonce
// in front, so that one key seals any number of values. The context (table, column, row id) is
// authenticated with it: a sealed value moved to another row does not open. Says nothing about the
// length: a sealed value is 40 bytes longer than the plain one.
//
//   const std::string stored = crypto::seal(key, phone, "party/P-7/phone");
//   if (auto phone = crypto::open(key, stored, "party/P-7/phone")) { ... }
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huan::crypto {

/// 32 secret bytes; wiped when they end.
class Key {
 public:
  [[nodiscard]] static Key generate();
  /// 64 hexadecimal digits; surrounding white space is ignored, since keys come from files.
  [[nodiscard]] static std::optional<Key> from_hex(std::string_view text);
  /// A key of its own for each purpose from one master key (HMAC-SHA-256 of the purpose).
  [[nodiscard]] Key derive(std::string_view purpose) const;
  [[nodiscard]] std::string hex() const;
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

  ~Key();
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;

 private:
  Key() = default;
  std::array<std::uint8_t, 32> bytes_{};
};

inline constexpr std::size_t kSealOverhead = 40;

[[nodiscard]] std::string seal(const Key& key, std::string_view plain, std::string_view context);
/// nullopt when the key, the context or a byte is not the one that was sealed with.
[[nodiscard]] std::optional<std::string> open(const Key& key, std::string_view sealed,
                                              std::string_view context);

}  // namespace huan::crypto
