// SPDX-License-Identifier: Apache-2.0
#include "xlsx_number.hpp"

#include <algorithm>
#include <charconv>

#include "huan/base/time.hpp"
#include "huan/wire_table/decimal.hpp"

namespace huan::wire_table {
namespace {

constexpr std::size_t kSignificant = 15;
constexpr int kWrittenMax = 40;
constexpr std::int64_t kDaySeconds = 86'400;

/// value = 0.DIGITS × 10^point
struct Scientific {
  bool negative{false};
  std::string digits;
  int point{0};
};

std::optional<Scientific> take_apart(std::string_view text) {
  Scientific out;
  out.negative = text.starts_with('-');
  text.remove_prefix(out.negative || text.starts_with('+') ? 1 : 0);
  const std::size_t e = text.find_first_of("eE");
  const std::string_view number = text.substr(0, e);
  int exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view power = text.substr(e + 1);
    power.remove_prefix(power.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (error != std::errc{} || end != power.data() + power.size() || exponent > 400 ||
        exponent < -400) {
      return std::nullopt;
    }
  }
  bool behind_point = false;
  std::size_t seen = 0;
  for (const char c : number) {
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++seen > 400) {
      return std::nullopt;
    }
    if (!out.digits.empty() || c != '0') {
      out.digits.push_back(c);
      out.point += behind_point ? 0 : 1;
    } else {
      out.point -= behind_point ? 1 : 0;
    }
  }
  out.point += exponent;
  return seen > 0 ? std::optional{out} : std::nullopt;
}

void round_to_significant(Scientific& number) {
  if (number.digits.size() > kSignificant) {
    bool up = number.digits[kSignificant] >= '5';
    number.digits.resize(kSignificant);
    for (std::size_t i = kSignificant; up && i-- > 0;) {
      up = number.digits[i] == '9';
      number.digits[i] = up ? '0' : static_cast<char>(number.digits[i] + 1);
    }
    if (up) {
      number.digits.insert(0, 1, '1');
      ++number.point;
    }
  }
  while (number.digits.ends_with('0')) {
    number.digits.pop_back();
  }
}

}  // namespace

std::string workbook_number(std::string_view text) {
  auto number = take_apart(text);
  if (!number || number->point > kWrittenMax || number->point < -kWrittenMax) {
    return std::string{text};
  }
  round_to_significant(*number);
  if (number->digits.empty()) {
    return "0";
  }
  std::string out = number->negative ? "-" : "";
  const auto size = static_cast<int>(number->digits.size());
  if (number->point <= 0) {
    return out + "0." + std::string(static_cast<std::size_t>(-number->point), '0') + number->digits;
  }
  if (number->point >= size) {
    return out + number->digits + std::string(static_cast<std::size_t>(number->point - size), '0');
  }
  number->digits.insert(static_cast<std::size_t>(number->point), 1, '.');
  return out + number->digits;
}

std::optional<std::string> workbook_date(std::string_view serial, NumberKind kind, bool from_1904) {
  const auto days = parse_decimal(workbook_number(serial));
  if (!days || days->mantissa < 0) {
    return std::nullopt;
  }
  const auto seconds = to_whole(*days, Decimal{kDaySeconds, 0});
  if (!seconds || *seconds >= 2'958'466 * kDaySeconds) {
    return std::nullopt;
  }
  const std::int64_t day = *seconds / kDaySeconds;
  const std::int64_t second = *seconds % kDaySeconds;
  if (!from_1904 && day == 60) {
    return std::nullopt;
  }
  std::int64_t epoch = base::day_of(base::Civil{1904, 1, 1}).n;
  if (!from_1904) {
    epoch = base::day_of(base::Civil{1899, 12, day < 60 ? 31 : 30}).n;
  }
  const base::Instant instant{(epoch + day) * kDaySeconds + second};
  const std::string full = base::format_time(instant, 0);  // 2026-11-21T08:30:00Z
  if (kind == NumberKind::time && day == 0) {
    return full.substr(11, 8);
  }
  if (kind == NumberKind::date && second == 0) {
    return full.substr(0, 10);
  }
  return full.substr(0, 10) + ' ' + full.substr(11, 8);
}

NumberKind kind_of_format(int id, std::string_view code) {
  if (code.empty()) {
    const bool date = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 ||
                      (id >= 50 && id <= 54) || id == 57 || id == 58;
    const bool time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 ||
                      id == 55 || id == 56;
    return id == 22 ? NumberKind::date_time
           : date   ? NumberKind::date
           : time   ? NumberKind::time
                    : NumberKind::plain;
  }
  bool date = false;
  bool time = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';';
       ++i) {  // only the section for positive numbers
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const std::size_t close = std::min(code.find(']', i), code.size());
      if (close > i + 1 &&
          code.substr(i + 1, close - i - 1).find_first_not_of("hHmMsS") == std::string_view::npos) {
        return NumberKind::plain;  // an elapsed time is a number of days, not a moment
      }
      i = close;
    } else {
      date = date || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
      time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
      date = date || ((c == 'm' || c == 'M') && !time &&
                      code.find_first_of("hHsS", i) == std::string_view::npos);
    }
  }
  return date   ? (time ? NumberKind::date_time : NumberKind::date)
         : time ? NumberKind::time
                : NumberKind::plain;
}

}  // namespace huan::wire_table
