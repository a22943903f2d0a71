// SPDX-License-Identifier: Apache-2.0
#include "huan/base/time.hpp"

#include <array>
#include <chrono>

#include "huan/base/assert.hpp"
#include "huan/base/drill_clock.hpp"

namespace huan::base {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int32_t kOffsetMaxS = 18 * 3600;

// Days from civil date and back: Howard Hinnant, "chrono-compatible low-level date algorithms".
constexpr std::int32_t days_from_civil(std::int32_t y, std::int32_t m, std::int32_t d) {
  y -= m <= 2 ? 1 : 0;
  const std::int32_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int32_t yoe = y - era * 400;
  const std::int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const std::int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + doe - 719'468;
}

constexpr Instant kFirst{days_from_civil(1900, 1, 1) * kDaySeconds};
constexpr Instant kLast{days_from_civil(2200, 1, 1) * kDaySeconds - 1};

bool digits(std::string_view text, std::size_t at, std::size_t n, std::int32_t& out) {
  out = 0;
  for (std::size_t i = at; i < at + n; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return false;
    }
    out = out * 10 + (text[i] - '0');
  }
  return true;
}

std::int32_t month_days(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

void put(std::string& out, std::int32_t value, int width) {
  std::array<char, 8> buffer{};
  for (int i = width - 1; i >= 0; --i) {
    buffer[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(buffer.data(), static_cast<std::size_t>(width));
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") {
    return 0;
  }
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
      !digits(text, 1, 2, hours) || !digits(text, 4, 2, minutes) || minutes > 59 ||
      hours * 3600 + minutes * 60 > kOffsetMaxS) {
    return std::nullopt;
  }
  const std::int32_t offset = hours * 3600 + minutes * 60;
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Day day_of(Civil civil) { return Day{days_from_civil(civil.year, civil.month, civil.day)}; }

Civil civil_of(Day day) {
  const std::int32_t z = day.n + 719'468;
  const std::int32_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const std::int32_t doe = z - era * 146'097;
  const std::int32_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const std::int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int32_t mp = (5 * doy + 2) / 153;
  const std::int32_t month = mp + (mp < 10 ? 3 : -9);
  return Civil{yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

Day day_of(Instant instant, std::int32_t offset_s) {
  return Day{static_cast<std::int32_t>(floor_divide(instant.s + offset_s, kDaySeconds))};
}

std::optional<Day> parse_day(std::string_view text) {
  std::int32_t year = 0;
  std::int32_t month = 0;
  std::int32_t day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 0, 4, year) ||
      !digits(text, 5, 2, month) || !digits(text, 8, 2, day) || year < 1900 || year > 2199 ||
      month < 1 || month > 12 || day < 1 || day > month_days(year, month)) {
    return std::nullopt;
  }
  return day_of(Civil{year, month, day});
}

std::optional<Instant> parse_time(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  const auto day = parse_day(text.substr(0, 10));
  const auto offset = parse_offset(text.substr(19));
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  if (!day || !offset || !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) ||
      !digits(text, 17, 2, second) || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const Instant instant{day->n * kDaySeconds + hour * 3600 + minute * 60 + second - *offset};
  // At the ends of the range the same moment in UTC may lie in a year that could not be read back.
  return instant < kFirst || instant > kLast ? std::nullopt : std::optional(instant);
}

std::string format_day(Day day) {
  const Civil civil = civil_of(day);
  std::string out;
  put(out, civil.year, 4);
  out.push_back('-');
  put(out, civil.month, 2);
  out.push_back('-');
  put(out, civil.day, 2);
  return out;
}

std::string format_month(Day day) { return format_day(day).substr(0, 7); }

std::string format_time(Instant instant, std::int32_t offset_s) {
  const std::int64_t local = instant.s + offset_s;
  const std::int64_t days = floor_divide(local, kDaySeconds);
  const auto rest = static_cast<std::int32_t>(local - days * kDaySeconds);
  std::string out = format_day(Day{static_cast<std::int32_t>(days)});
  out.push_back('T');
  put(out, rest / 3600, 2);
  out.push_back(':');
  put(out, rest / 60 % 60, 2);
  out.push_back(':');
  put(out, rest % 60, 2);
  if (offset_s == 0) {
    out.push_back('Z');
    return out;
  }
  const std::int32_t offset = offset_s < 0 ? -offset_s : offset_s;
  HUAN_ASSERT(offset <= kOffsetMaxS && offset % 60 == 0);
  out.push_back(offset_s < 0 ? '-' : '+');
  put(out, offset / 3600, 2);
  out.push_back(':');
  put(out, offset / 60 % 60, 2);
  return out;
}

Instant SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  if (const auto& drill = drill_clock()) {
    return drill->at(std::chrono::duration_cast<std::chrono::milliseconds>(since));
  }
  return Instant{std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

}  // namespace huan::base
