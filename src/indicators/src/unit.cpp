// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "huan/base/quantity.hpp"
#include "huan/indicators/indicator.hpp"

namespace huan::indicators {
namespace {

struct Known {
  std::string_view text;
  Dimension dimension;
  std::int64_t factor;
};

constexpr std::int64_t kMyriad = 10'000;
constexpr std::int64_t kTonne = 1'000'000;
constexpr std::int64_t kYi = 100'000'000;  // 亿

constexpr std::array<Known, 28> kKnown{{{"", Dimension::statement, 1},
                                        {"个", Dimension::count, 1},
                                        {"家", Dimension::count, 1},
                                        {"处", Dimension::count, 1},
                                        {"部", Dimension::count, 1},
                                        {"项", Dimension::count, 1},
                                        {"台", Dimension::count, 1},
                                        {"辆", Dimension::count, 1},
                                        {"只", Dimension::count, 1},
                                        {"件", Dimension::count, 1},
                                        {"户", Dimension::count, 1},
                                        {"人", Dimension::count, 1},
                                        {"万个", Dimension::count, kMyriad},
                                        {"万只", Dimension::count, kMyriad},
                                        {"万户", Dimension::count, kMyriad},
                                        {"万人", Dimension::count, kMyriad},
                                        {"%", Dimension::ratio, 10'000},
                                        {"千克", Dimension::mass, 1'000},
                                        {"吨", Dimension::mass, kTonne},
                                        {"万吨", Dimension::mass, kMyriad* kTonne},
                                        {"亿吨", Dimension::mass, kYi* kTonne},
                                        {"吨/年", Dimension::rate, kTonne},
                                        {"万吨/年", Dimension::rate, kMyriad* kTonne},
                                        {"亿吨/年", Dimension::rate, kYi* kTonne},
                                        {"元", Dimension::money, 100},
                                        {"万元", Dimension::money, kMyriad * 100},
                                        {"亿元", Dimension::money, kYi * 100},
                                        {"亿元/年", Dimension::money, kYi * 100}}};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Unit> unit_from(std::string_view text) {
  for (const Known& known : kKnown) {
    if (known.text == text) {
      return Unit{std::string(known.text), known.dimension, known.factor};
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_amount(std::string_view decimal, const Unit& unit) {
  const bool negative = decimal.starts_with('-');
  std::string_view digits = decimal.substr(negative ? 1 : 0);
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view{} : digits.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && part.empty()) ||
      !std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(part, is_digit)) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  for (const char c : whole) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{c - '0'}, &value)) {
      return std::nullopt;
    }
  }
  if (__builtin_mul_overflow(value, unit.factor, &value)) {
    return std::nullopt;
  }
  std::int64_t step = unit.factor;
  for (const char c : part) {
    if (step % 10 != 0 && c != '0') {
      return std::nullopt;
    }
    step /= 10;
    if (__builtin_add_overflow(value, step * (c - '0'), &value)) {
      return std::nullopt;
    }
  }
  if (value > base::kIntegerMax) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

std::string format_amount(std::int64_t value, const Unit& unit) {
  const bool negative = value < 0;
  const std::uint64_t magnitude =
      negative ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  const auto factor = static_cast<std::uint64_t>(unit.factor);
  std::string text = (negative ? "-" : "") + std::to_string(magnitude / factor);
  std::uint64_t rest = magnitude % factor;
  if (rest == 0) {
    return text;
  }
  text += '.';
  for (std::uint64_t step = factor / 10; rest != 0 && step != 0; step /= 10) {
    text += static_cast<char>('0' + rest / step);
    rest %= step;
  }
  return text;
}

}  // namespace huan::indicators
