// SPDX-License-Identifier: Apache-2.0
// Names of enumerators, in their order.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace huan::norms {

template <class Enum, std::size_t N>
std::optional<Enum> enumerator(const std::array<std::string_view, N>& names,
                               std::string_view text) noexcept {
  for (std::size_t i = 0; i < N; ++i) {
    if (names.at(i) == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

}  // namespace huan::norms
