// SPDX-License-Identifier: Apache-2.0
// Times as people write them in tables: 2026-11-21, 2026/1/5 8:05, 20261121083000, 2026年11月21日
// 8时30分, 2015 / 12. A Moment keeps how exact the writing was, so that the mapping, not a guess,
// decides what a day or a month means as a time. Day-first and month-first forms (11/12/2026) are
// refused: nothing in the text tells them apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::wire_table {

struct Moment {
  enum class Precision { month, day, second };
  Precision precision{Precision::day};
  base::Day day;  ///< local; a month's first day
  std::int32_t second_of_day{0};
  std::optional<std::int32_t> offset_s;  ///< when the text itself states one
};

/// Errors: bad_time. Fractions of a second are dropped (the ledger keeps whole seconds).
[[nodiscard]] base::Result<Moment> parse_moment(std::string_view text);

/// What a moment that is coarser than a second means.
struct MomentRule {
  enum class Month { refused, start, end };
  std::int32_t offset_s{8 * 3600};
  Month month{Month::refused};  ///< end: the last second of the month's last day
  std::int32_t day_at_s{0};     ///< second of the day for a bare date
};

/// RFC 3339 with the moment's own offset, else the rule's. Errors: bad_time (a month where the rule
/// refuses it).
[[nodiscard]] base::Result<std::string> to_time(const Moment& moment, const MomentRule& rule);

/// ±hh:mm or Z in seconds.
[[nodiscard]] std::optional<std::int32_t> parse_offset(std::string_view text);
/// hh:mm or hh:mm:ss in seconds.
[[nodiscard]] std::optional<std::int32_t> parse_clock(std::string_view text);

}  // namespace huan::wire_table
