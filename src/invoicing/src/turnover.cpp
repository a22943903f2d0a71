// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/turnover.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::invoicing {
namespace {

constexpr std::int32_t kYear = 12;
constexpr std::size_t kMonthSize = 7;  // 2026-11
constexpr std::int64_t kPpm = 1'000'000;

}  // namespace

Month month_of(base::Day day) {
  const base::Civil civil = base::civil_of(day);
  return {civil.year * kYear + civil.month - 1};
}
Month operator+(Month month, std::int32_t months) { return {month.n + months}; }

base::Day first_day(Month month) {
  return base::day_of(base::Civil{month.n / kYear, month.n % kYear + 1, 1});
}
base::Day last_day(Month month) { return {first_day(month + 1).n - 1}; }

std::string format(Month month) { return base::format_month(first_day(month)); }

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != kMonthSize) {
    return std::nullopt;
  }
  const auto day = base::parse_day(std::string(text) + "-01");
  return day ? std::optional(month_of(*day)) : std::nullopt;
}

void Turnover::add(Month month, base::Money net) {
  const auto sum = months_.try_emplace(month).first;
  sum->second += net;
  if (sum->second == base::Money{}) {
    months_.erase(sum);
  }
}

void Turnover::add(const Turnover& other) {
  for (const auto& [month, net] : other.months_) {
    add(month, net);
  }
}

base::Money Turnover::of(Month month) const {
  const auto found = months_.find(month);
  return found == months_.end() ? base::Money{} : found->second;
}

base::Money Turnover::window(Month last, std::int32_t months) const {
  base::Money sum;
  const auto end = months_.upper_bound(last);
  for (auto one = months_.upper_bound(last + -months); one != end; ++one) {
    sum += one->second;
  }
  return sum;
}

base::Money Turnover::fullest(Month month, std::int32_t months) const {
  base::Money most = window(month, months);
  for (std::int32_t later = 1; later < months; ++later) {
    most = std::max(most, window(month + later, months));
  }
  return most;
}

std::string Turnover::text() const {
  std::string out;
  for (const auto& [month, net] : months_) {
    out += (out.empty() ? "" : " ") + format(month) + ":" + std::to_string(net.count());
  }
  return out;
}

base::Result<Turnover> Turnover::parse(std::string_view text) {
  const base::Error wrong{base::ErrorCode::bad_text, "", "months and sums like 2026-11:1200"};
  Turnover out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(' '));
    const auto month = parse_month(one.substr(0, kMonthSize));
    const auto net = one.size() > kMonthSize + 1 && one[kMonthSize] == ':'
                         ? base::parse_integer(one.substr(kMonthSize + 1))
                         : std::nullopt;
    if (!month || !net || *net > base::kIntegerMax || *net < -base::kIntegerMax ||
        out.months_.contains(*month)) {
      return wrong;
    }
    out.add(*month, base::Money{*net});
    text.remove_prefix(std::min(one.size() + 1, text.size()));
  }
  return out;
}

Room room_in(const Turnover& sold, Month month, const Limit& limit) {
  Room room;
  room.used = sold.fullest(month, limit.months);
  room.limit = limit.amount;
  room.left = std::max(base::Money{}, limit.amount - room.used);
  room.warn =
      room.used.count() >= base::multiply_divide_round(limit.amount.count(), limit.warn_ppm, kPpm);
  return room;
}

std::optional<Month> room_from(const Turnover& sold, Month from, base::Money sum,
                               const Limit& limit) {
  if (sum > limit.amount) {
    return std::nullopt;
  }
  Month month = from;
  while (room_in(sold, month, limit).left < sum) {
    month = month + 1;  // every sale leaves the window one day
  }
  return month;
}

}  // namespace huan::invoicing
