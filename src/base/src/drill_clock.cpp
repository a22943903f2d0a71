// SPDX-License-Identifier: Apache-2.0
#include "huan/base/drill_clock.hpp"

#include <cstdlib>

#include "huan/base/text.hpp"

namespace huan::base {
namespace {

constexpr std::int64_t kSpeedMax = 3'600;

std::optional<DrillClock> from_environment() {
  const char* text = std::getenv("HUAN_CLOCK");
  if (text == nullptr || *text == '\0') {
    return std::nullopt;
  }
  const auto clock = parse_drill_clock(text);
  return clock ? std::optional(*clock) : std::nullopt;
}

}  // namespace

Instant DrillClock::at(std::chrono::milliseconds machine) const {
  const std::int64_t ms = machine.count() - began_s * 1'000;
  return {from.s + ms * speed / 1'000};
}

Result<DrillClock> parse_drill_clock(std::string_view text) {
  const auto first = text.find(' ');
  const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  const Error wrong{ErrorCode::bad_config, "HUAN_CLOCK",
                    "a time with offset, the second since 1970 when it began, and 1 to 3600"};
  if (second == std::string_view::npos) {
    return wrong;
  }
  const auto from = parse_time(text.substr(0, first));
  const auto began = parse_integer(text.substr(first + 1, second - first - 1));
  const auto speed = parse_integer(text.substr(second + 1));
  if (!from || !began || *began < 0 || !speed || *speed < 1 || *speed > kSpeedMax) {
    return wrong;
  }
  return DrillClock{*from, *began, *speed};
}

const std::optional<DrillClock>& drill_clock() {
  static const std::optional<DrillClock> clock = from_environment();
  return clock;
}

std::int64_t clock_speed() { return drill_clock() ? drill_clock()->speed : 1; }

}  // namespace huan::base
