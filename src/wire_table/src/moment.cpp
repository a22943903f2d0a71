// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/moment.hpp"

#include <algorithm>
#include <string>

#include "huan/wire_table/decimal.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;
using Precision = Moment::Precision;

constexpr std::int32_t kDaySeconds = 86'400;

/// Reads a text from left to right; every step either takes something or leaves the text as it was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] std::size_t digits_ahead() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }
  bool take(std::string_view text) {
    const bool found = rest_.starts_with(text);
    rest_.remove_prefix(found ? text.size() : 0);
    return found;
  }
  bool take_any(std::initializer_list<std::string_view> texts) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](std::string_view text) { return take(text); });
  }
  void spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
  /// A number of `low` to `high` digits, no more of them behind it.
  std::optional<std::int32_t> number(std::size_t low, std::size_t high) {
    const std::size_t n = digits_ahead();
    return n < low || n > high ? std::nullopt : std::optional{fixed(n)};
  }
  /// Exactly n digits; the caller has looked that they are there.
  std::int32_t fixed(std::size_t n) {
    std::int32_t value = 0;
    for (std::size_t i = 0; i < n; ++i) {
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(n);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<base::Day> real_day(std::int32_t year, std::int32_t month, std::int32_t day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const base::Civil civil{year, month, day};
  const base::Day n = base::day_of(civil);
  const base::Civil back = base::civil_of(n);
  return back.month == month && back.day == day ? std::optional{n} : std::nullopt;
}

/// 201512, 20151231, 20151231083000: digits alone.
bool read_compact(Scanner& in, Moment& out) {
  const std::size_t n = in.digits_ahead();
  if (n != 6 && n != 8 && n != 14 && n != 12) {
    return false;
  }
  const std::int32_t year = in.fixed(4);
  const std::int32_t month = in.fixed(2);
  const auto day = real_day(year, month, n == 6 ? 1 : in.fixed(2));
  if (!day) {
    return false;
  }
  out.day = *day;
  out.precision = n == 6 ? Precision::month : Precision::day;
  if (n > 8) {
    const std::int32_t hour = in.fixed(2);
    const std::int32_t minute = in.fixed(2);
    const std::int32_t second = n == 14 ? in.fixed(2) : 0;
    out.second_of_day = hour * 3600 + minute * 60 + second;
    out.precision = Precision::second;
    return hour < 24 && minute < 60 && second < 60;
  }
  return true;
}

/// 2026-11-21, 2026 / 1, 2026年1月5日, 2026.1.5
bool read_date(Scanner& in, Moment& out) {
  if (in.digits_ahead() != 4) {
    return read_compact(in, out);
  }
  const std::int32_t year = in.fixed(4);
  in.spaces();
  const bool chinese = in.take("年");
  std::string_view separator;
  for (const std::string_view candidate : {"-", "/", "."}) {
    if (!chinese && separator.empty() && in.take(candidate)) {
      separator = candidate;
    }
  }
  in.spaces();
  const auto month = in.number(1, 2);
  if ((!chinese && separator.empty()) || !month) {
    return false;
  }
  in.spaces();
  const bool has_day = chinese ? in.take("月") && in.digits_ahead() > 0 : in.take(separator);
  in.spaces();
  const auto day = has_day ? in.number(1, 2) : std::optional<std::int32_t>{1};
  if (!day || (has_day && chinese && !in.take_any({"日", "号"}))) {
    return false;
  }
  const auto real = real_day(year, *month, *day);
  out.day = real.value_or(base::Day{});
  out.precision = has_day ? Precision::day : Precision::month;
  return real.has_value();
}

/// 8:05, 08:30:15.250, 8时30分, 8点30分15秒
bool read_clock(Scanner& in, std::int32_t& seconds) {
  const auto hour = in.number(1, 2);
  const bool chinese = hour && in.take_any({"时", "点"});
  if (!hour || *hour > 23 || (!chinese && !in.take(":"))) {
    return false;
  }
  std::int32_t minute = 0;
  std::int32_t second = 0;
  if (!chinese || in.digits_ahead() > 0) {
    minute = in.number(chinese ? 1 : 2, 2).value_or(60);
    if (chinese ? in.take("分") && in.digits_ahead() > 0 : in.take(":")) {
      second = in.number(1, 2).value_or(60);
      if (chinese) {
        in.take("秒");
      } else if (in.take(".")) {
        const std::size_t fraction = in.digits_ahead();
        if (fraction == 0 || fraction > 9) {
          return false;
        }
        in.fixed(fraction);
      }
    }
  }
  seconds = *hour * 3600 + minute * 60 + second;
  return minute < 60 && second < 60;
}

bool read_time(Scanner& in, Moment& out) {
  if (!read_clock(in, out.second_of_day)) {
    return false;
  }
  out.precision = Precision::second;
  in.spaces();
  if (!in.at_end()) {
    out.offset_s = parse_offset(in.rest());
    return out.offset_s.has_value();
  }
  return true;
}

base::Day month_end(base::Day first) {
  base::Civil civil = base::civil_of(first);
  civil.month = civil.month == 12 ? 1 : civil.month + 1;
  civil.year += civil.month == 1 ? 1 : 0;
  civil.day = 1;
  return base::Day{base::day_of(civil).n - 1};
}

}  // namespace

std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") {
    return 0;
  }
  Scanner in{text};
  const bool minus = in.take("-");
  if (!minus && !in.take("+")) {
    return std::nullopt;
  }
  const auto hours = in.number(2, 2);
  const auto minutes = hours && in.take(":") ? in.number(2, 2) : std::nullopt;
  if (!minutes || !in.at_end() || *minutes > 59 || *hours * 60 + *minutes > 18 * 60) {
    return std::nullopt;
  }
  const std::int32_t offset = *hours * 3600 + *minutes * 60;
  return minus ? -offset : offset;
}

std::optional<std::int32_t> parse_clock(std::string_view text) {
  Scanner in{text};
  std::int32_t seconds = 0;
  return read_clock(in, seconds) && in.at_end() ? std::optional{seconds} : std::nullopt;
}

base::Result<Moment> parse_moment(std::string_view text) {
  constexpr std::size_t kTextMax = 60;
  const std::string clean = narrow(text.substr(0, std::min(text.size(), kTextMax + 1)));
  Scanner in{clean};
  Moment out;
  bool good = text.size() <= kTextMax && read_date(in, out);
  if (good && !in.at_end()) {
    const bool parted = in.take("T");
    in.spaces();
    good =
        out.precision == Precision::day && (parted || in.digits_ahead() > 0) && read_time(in, out);
  }
  if (!good) {
    return Error{ErrorCode::bad_time, "",
                 "the cell is not a date like 2026-11-21 or 2026-11-21 08:30"};
  }
  return out;
}

base::Result<std::string> to_time(const Moment& moment, const MomentRule& rule) {
  const std::int32_t offset = moment.offset_s.value_or(rule.offset_s);
  base::Day day = moment.day;
  std::int32_t second = moment.precision == Precision::day ? rule.day_at_s : moment.second_of_day;
  if (moment.precision == Precision::month) {
    if (rule.month == MomentRule::Month::refused) {
      return Error{ErrorCode::bad_time, "",
                   "a month is not a time; the mapping has to say month = \"end\" or \"start\""};
    }
    const bool end = rule.month == MomentRule::Month::end;
    day = end ? month_end(day) : day;
    second = end ? kDaySeconds - 1 : 0;
  }
  const std::int64_t local = static_cast<std::int64_t>(day.n) * kDaySeconds + second;
  return base::format_time(base::Instant{local - offset}, offset);
}

}  // namespace huan::wire_table
