// SPDX-License-Identifier: Apache-2.0
// Times of day as records write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "huan/registry/fields.hpp"

namespace huan::rounds {

/// "00:00" to "48:00".
[[nodiscard]] std::optional<std::int32_t> seconds_of(std::string_view clock);
[[nodiscard]] std::int32_t read_clock(registry::Fields& f, std::string_view key,
                                      std::int32_t absent);

}  // namespace huan::rounds
