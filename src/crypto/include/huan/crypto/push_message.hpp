// SPDX-License-Identifier: Apache-2.0
// Messages to a browser through a push service that cannot read them: sealed for the browser's own
// key (RFC 8291, one record of the aes128gcm of RFC 8188), and the word by which the service knows
// who sends (VAPID, RFC 8292).
//
//   const P256Secret own = P256Secret::of(key);
//   if (auto body = sealed_push({browser_point, browser_auth}, text)) {
//     post(endpoint, {{"Authorization", vapid(own, {"https://push.example", "", in_12_hours})},
//                     {"Content-Encoding", "aes128gcm"}, {"TTL", "86400"}}, *body);
//   }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/crypto/seal.hpp"

namespace huan::crypto {

/// A private key on P-256.
class P256Secret {
 public:
  /// 32 bytes; nullopt where they are no key of the curve.
  [[nodiscard]] static std::optional<P256Secret> from_bytes(std::string_view bytes);
  [[nodiscard]] static P256Secret of(const Key& key);
  [[nodiscard]] static P256Secret generate();

  /// Its public half, uncompressed: 65 bytes.
  [[nodiscard]] const std::string& point() const { return point_; }
  /// ES256 (RFC 7518 §3.4): r and s, 32 bytes each.
  [[nodiscard]] std::string sign(std::string_view message) const;
  /// What both sides come to; nullopt where the other's is no point of the curve.
  [[nodiscard]] std::optional<std::string> agree(std::string_view point) const;

 private:
  P256Secret(std::string bytes, std::string point)
      : bytes_(std::move(bytes)), point_(std::move(point)) {}
  std::string bytes_;
  std::string point_;
};

inline constexpr std::size_t kPointBytes = 65;
inline constexpr std::size_t kPushSecretBytes = 16;
inline constexpr std::size_t kPushPlainMax = 3'000;  ///< a service need not take over 4,096 in all

/// As a browser's subscription says, decoded.
struct PushReceiver {
  std::string point;   ///< `p256dh`
  std::string secret;  ///< `auth`
};
/// nullopt: no key of a browser, or a text that is too long.
[[nodiscard]] std::optional<std::string> sealed_push(const PushReceiver& to,
                                                     std::string_view plain);
/// With a given key of the message and salt of 16 bytes, each to be used once: for test vectors.
[[nodiscard]] std::optional<std::string> sealed_push(const PushReceiver& to, std::string_view plain,
                                                     const P256Secret& once, std::string_view salt);

struct PushSender {
  std::string audience;    ///< origin of the push service
  std::string contact;     ///< mailto: or https: of who runs the server; empty: not said
  std::int64_t expires_s;  ///< since 1970, at most a day ahead
};
/// The `Authorization` of a push.
[[nodiscard]] std::string vapid(const P256Secret& key, const PushSender& sender);

}  // namespace huan::crypto
