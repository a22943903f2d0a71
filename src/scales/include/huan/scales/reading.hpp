// SPDX-License-Identifier: Apache-2.0
// What an indicator 称重仪表 shows at one moment, whatever protocol said it: a mass in grams and
// what the frame itself tells about it. Guaranteed: the mass is the displayed value, converted
// exactly and rounded half away from zero to the gram. Not guaranteed: that the load rests; most
// frames do not say, see steady.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "huan/base/quantity.hpp"

namespace huan::scales {

enum class Shows : std::uint8_t { gross, net, tare };
[[nodiscard]] std::string_view name(Shows shows) noexcept;

enum class Unit : std::uint8_t { kg, g, t, lb, oz };
[[nodiscard]] std::string_view name(Unit unit) noexcept;
[[nodiscard]] std::optional<Unit> parse_unit(std::string_view text) noexcept;

struct Reading {
  Shows shows{Shows::gross};
  base::Mass mass{};
  std::optional<base::Mass> tare{};  ///< when the frame carries one
  std::optional<bool> at_rest{};     ///< as the indicator says; most say nothing
  bool out_of_range{false};          ///< over- or underload: the mass means nothing
  friend bool operator==(const Reading&, const Reading&) = default;
};

/// A display as digits: 0.001 × 1234 kg is {1234, 3, kg}.
struct Display {
  std::int64_t digits{0};  ///< |digits| ≤ 10^9
  int decimals{0};         ///< −2 … 7
  Unit unit{Unit::kg};
};
[[nodiscard]] base::Mass mass_of(const Display& display);

}  // namespace huan::scales
