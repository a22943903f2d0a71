// SPDX-License-Identifier: Apache-2.0
// A natural person's reverse-invoiced sales without VAT, by calendar month, and how much room the
// limit over rolling months leaves. Exact: a window is so many whole calendar months whatever their
// days, an invoice in the past counts in every window that holds its month, and what a red invoice
// undoes is taken out of the month of its blue one. Months without sales are not kept.
//
//   Turnover sold;  sold.add(month_of(day), base::Money{12'000'00});
//   const Room room = room_in(sold, month_of(day), {base::Money{500'000'000}, 12, 800'000, ""});
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/invoicing/rules.hpp"

namespace huan::invoicing {

/// A calendar month, counted from January of year 0.
struct Month {
  std::int32_t n{0};
  friend constexpr auto operator<=>(Month, Month) = default;
};
[[nodiscard]] Month month_of(base::Day day);
[[nodiscard]] Month operator+(Month month, std::int32_t months);
[[nodiscard]] base::Day first_day(Month month);
[[nodiscard]] base::Day last_day(Month month);
[[nodiscard]] std::string format(Month month);  ///< "2026-11"
[[nodiscard]] std::optional<Month> parse_month(std::string_view text);

class Turnover {
 public:
  void add(Month month, base::Money net);
  void add(const Turnover& other);
  [[nodiscard]] base::Money of(Month month) const;
  /// Of the `months` that end with `last`.
  [[nodiscard]] base::Money window(Month last, std::int32_t months) const;
  /// The largest window() of those that hold `month`.
  [[nodiscard]] base::Money fullest(Month month, std::int32_t months) const;
  [[nodiscard]] const std::map<Month, base::Money>& by_month() const { return months_; }

  /// "2026-01:1200000 2026-11:99": as it is kept beside a party.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static base::Result<Turnover> parse(std::string_view text);
  friend bool operator==(const Turnover&, const Turnover&) = default;

 private:
  std::map<Month, base::Money> months_;
};

struct Room {
  base::Money used;  ///< in the fullest window that holds the month
  base::Money limit;
  base::Money left;  ///< what may still be invoiced in this month; not below 0
  bool warn{false};  ///< so much is used that it is warned
};
[[nodiscard]] Room room_in(const Turnover& sold, Month month, const Limit& limit);
/// The first month not before `from` in which there is room for that sum, if nothing more is sold;
/// nullopt: it is more than the limit itself.
[[nodiscard]] std::optional<Month> room_from(const Turnover& sold, Month from, base::Money sum,
                                             const Limit& limit);

}  // namespace huan::invoicing
