// SPDX-License-Identifier: Apache-2.0
// Text checks and the few encodings that everything shares.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huan::base {

/// Well-formed UTF-8 (no overlong forms, no surrogates) without U+0000.
[[nodiscard]] bool is_clean_utf8(std::string_view text);
[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<std::string> unhex(std::string_view text);
[[nodiscard]] std::string base64(std::string_view bytes);  ///< RFC 4648 §4 with padding
[[nodiscard]] std::optional<std::string> unbase64(std::string_view text);
/// Percent-encoding of one URL segment (everything but unreserved characters).
[[nodiscard]] std::string percent_encode(std::string_view text);
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);
/// A JSON pointer token (RFC 6901): `~` and `/` escaped.
[[nodiscard]] std::string pointer_token(std::string_view text);
/// Decimal integer with an optional '-', no leading zeros beyond "0"; nullopt on anything else or
/// when out of range.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace huan::base
