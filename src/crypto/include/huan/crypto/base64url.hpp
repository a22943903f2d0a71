// SPDX-License-Identifier: Apache-2.0
// Base64 as tokens and keys of the web are written: RFC 4648 §5 without padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace huan::crypto {

[[nodiscard]] std::string base64url(std::string_view bytes);
/// nullopt for anything else.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace huan::crypto
