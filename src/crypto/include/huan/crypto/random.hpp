// SPDX-License-Identifier: Apache-2.0
// Unpredictable bytes from the operating system: keys, tokens, nonces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace huan::crypto {

void random_bytes(std::span<std::uint8_t> out);
[[nodiscard]] std::string random_bytes(std::size_t size);

}  // namespace huan::crypto
