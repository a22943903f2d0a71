// SPDX-License-Identifier: Apache-2.0
// The second factor: one-time codes by the clock (RFC 6238 over HOTP, RFC 4226, with HMAC-SHA-1
// and steps of 30 seconds, as authenticator programs expect). Who checks a code keeps the step it
// was good for, since each is good once.
//
//   const std::string secret = crypto::random_bytes(crypto::kTotpSecretBytes);
//   if (auto step = crypto::totp_step(secret, "287082", 59, 0)) { last = *step; }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huan::crypto {

inline constexpr std::size_t kTotpSecretBytes = 20;
inline constexpr int kTotpDigits = 6;

/// `digits` decimal digits, 6 to 8, for the step.
[[nodiscard]] std::string totp(std::string_view secret, std::uint64_t step,
                               int digits = kTotpDigits);
/// The step of now or of one beside it (clocks differ) that the code is good for, later than
/// `after`; nullopt: for none. `now_s`: seconds since 1970.
[[nodiscard]] std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                                    std::int64_t now_s, std::int64_t after);
/// RFC 4648 without padding: how a secret is shown to people.
[[nodiscard]] std::string base32(std::string_view bytes);

}  // namespace huan::crypto
