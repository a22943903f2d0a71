// SPDX-License-Identifier: Apache-2.0
// Passwords of people who log in: Argon2id (RFC 9106) with its salt and cost in the text that is
// stored. Each takes tens of milliseconds and 64 MiB on purpose: limit how many run at once.
#pragma once

#include <string>
#include <string_view>

namespace huan::crypto {

/// Throws std::bad_alloc when the memory is not there.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool verify_password(std::string_view stored, std::string_view password);

}  // namespace huan::crypto
