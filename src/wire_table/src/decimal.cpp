// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/decimal.hpp"

#include <algorithm>

#include "huan/base/quantity.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

__extension__ using Wide = __int128;

constexpr std::int32_t kDigitsMax = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Error not_a_number(std::string_view text, std::string_view why) {
  constexpr std::size_t kShownMax = 60;
  std::string shown{text.substr(0, std::min(text.size(), kShownMax))};
  while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80U) != 0 &&
         shown.size() < text.size()) {
    shown.pop_back();  // never half a character
  }
  return Error{ErrorCode::bad_number, "", '"' + shown + "\" " + std::string{why}};
}

Wide power_of_ten(std::int32_t n) {
  Wide power = 1;
  for (std::int32_t i = 0; i < n; ++i) {
    power *= 10;
  }
  return power;
}

/// "1,234,567" -> "1234567"; false when the groups are not one to three and then threes.
bool take_separators(std::string_view whole, std::string& digits) {
  std::size_t group = 0;
  bool separated = false;
  for (const char c : whole) {
    if (c == ',') {
      if (group == 0 || group > 3 || (separated && group != 3)) {
        return false;
      }
      separated = true;
      group = 0;
    } else if (is_digit(c)) {
      digits.push_back(c);
      ++group;
    } else {
      return false;
    }
  }
  return !separated || group == 3;
}

std::int64_t fits(Wide value) {
  return value > base::kIntegerMax || value < -base::kIntegerMax ? base::kIntegerMax + 1
                                                                 : static_cast<std::int64_t>(value);
}

}  // namespace

base::Result<Decimal> parse_decimal(std::string_view text) {
  const std::string clean = narrow(text);
  std::string_view rest = clean;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) {
    rest.remove_prefix(1);
  }
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
  std::string digits;
  if ((whole.empty() && fraction.empty()) || !take_separators(whole, digits) ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    return not_a_number(text, "is not a number");
  }
  while (fraction.ends_with('0')) {
    fraction.remove_suffix(1);
  }
  digits.append(fraction);
  const std::size_t lead = std::min(digits.find_first_not_of('0'), digits.size());
  if (digits.size() - lead > kDigitsMax || fraction.size() > kDigitsMax) {
    return not_a_number(text, "has more than 18 digits");
  }
  Decimal out{0, static_cast<std::int32_t>(fraction.size())};
  for (const char c : std::string_view{digits}.substr(lead)) {
    out.mantissa = out.mantissa * 10 + (c - '0');
  }
  out.mantissa = negative ? -out.mantissa : out.mantissa;
  return out;
}

base::Result<std::int64_t> to_whole(Decimal value, Decimal factor) {
  const Wide product = static_cast<Wide>(value.mantissa) * factor.mantissa;  // below 10^36
  const Wide divisor = power_of_ten(value.scale + factor.scale);
  const Wide magnitude = product < 0 ? -product : product;
  Wide rounded = magnitude / divisor;
  if (magnitude % divisor >= divisor - magnitude % divisor) {
    ++rounded;
  }
  const std::int64_t out = fits(product < 0 ? -rounded : rounded);
  if (out > base::kIntegerMax) {
    return Error{ErrorCode::bad_number, "", "the number is too large"};
  }
  return out;
}

base::Result<std::int64_t> to_exact(Decimal value, std::int64_t multiply, std::int64_t divide) {
  const Wide product = static_cast<Wide>(value.mantissa) * multiply;
  const Wide divisor = power_of_ten(value.scale) * divide;
  if (product % divisor != 0) {
    return Error{ErrorCode::bad_number, "", "the number is finer than its smallest unit"};
  }
  const std::int64_t out = fits(product / divisor);
  if (out > base::kIntegerMax) {
    return Error{ErrorCode::bad_number, "", "the number is too large"};
  }
  return out;
}

base::Result<Amount> parse_amount(std::string_view text) {
  const std::string clean = narrow(text);
  std::string_view rest = clean;
  bool currency = false;
  for (const std::string_view sign : {"¥", "￥", "CNY", "RMB"}) {
    if (!currency && rest.starts_with(sign)) {
      rest.remove_prefix(sign.size());
      currency = true;
    }
  }
  const auto is_number = [](char c) {
    return is_digit(c) || c == '.' || c == ',' || c == '-' || c == '+' || c == ' ';
  };
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_number);
  const std::string_view number = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  const std::string_view name = rest.substr(number.size());
  Amount out;
  if (!name.empty()) {
    out.unit = unit_named((currency && name.starts_with('/') ? "元" : "") + std::string{name});
    if (!out.unit) {
      return not_a_number(text, "is not a number");
    }
  }
  auto value = parse_decimal(number);
  if (!value) {
    return not_a_number(text, "is not a number");
  }
  out.value = *value;
  return out;
}

}  // namespace huan::wire_table
