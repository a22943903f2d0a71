// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/reading.hpp"

#include <array>

#include "huan/base/assert.hpp"

namespace huan::scales {
namespace {

struct UnitRow {
  Unit unit;
  std::string_view name;
  std::int64_t nanograms;
};
// The pound is 0.45359237 kg exactly (international yard and pound agreement, 1959).
constexpr std::array<UnitRow, 5> kUnits{{{Unit::kg, "kg", 1'000'000'000'000},
                                         {Unit::g, "g", 1'000'000'000},
                                         {Unit::t, "t", 1'000'000'000'000'000},
                                         {Unit::lb, "lb", 453'592'370'000},
                                         {Unit::oz, "oz", 28'349'523'125}}};
constexpr std::int64_t kNanogramsPerGram = 1'000'000'000;

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

}  // namespace

std::string_view name(Shows shows) noexcept {
  switch (shows) {
    case Shows::net:
      return "net";
    case Shows::tare:
      return "tare";
    case Shows::gross:
      break;
  }
  return "gross";
}

std::string_view name(Unit unit) noexcept { return kUnits[static_cast<std::size_t>(unit)].name; }

std::optional<Unit> parse_unit(std::string_view text) noexcept {
  for (const UnitRow& row : kUnits) {
    if (row.name == text) {
      return row.unit;
    }
  }
  return std::nullopt;
}

base::Mass mass_of(const Display& display) {
  HUAN_ASSERT(display.decimals >= -2 && display.decimals <= 7);
  const std::int64_t nanograms = kUnits[static_cast<std::size_t>(display.unit)].nanograms;
  if (display.decimals < 0) {
    return base::Mass{base::multiply_divide_round(display.digits * power_of_ten(-display.decimals),
                                                  nanograms, kNanogramsPerGram)};
  }
  return base::Mass{base::multiply_divide_round(
      display.digits, nanograms, kNanogramsPerGram * power_of_ten(display.decimals))};
}

}  // namespace huan::scales
