// SPDX-License-Identifier: Apache-2.0
// Time as the ledger knows it: RFC 3339 with offset, whole seconds. An Instant is seconds since
// 1970-01-01T00:00:00Z; a Day is a local calendar date at a city's offset, counted from 1970-01-01.
// Leap seconds (":60") are refused.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huan::base {

struct Instant {
  std::int64_t s{0};  ///< seconds since the epoch, UTC
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

struct Day {
  std::int32_t n{0};  ///< days since 1970-01-01, local
  friend constexpr auto operator<=>(Day, Day) = default;
};

struct Civil {
  std::int32_t year{1970};
  std::int32_t month{1};
  std::int32_t day{1};
};

[[nodiscard]] Day day_of(Civil civil);
[[nodiscard]] Civil civil_of(Day day);
[[nodiscard]] Day day_of(Instant instant, std::int32_t offset_s);

/// Years 1900–2199 (also in UTC), offset written as `Z` or ±hh:mm (|offset| ≤ 18 h). nullopt for
/// anything else, fractions included.
[[nodiscard]] std::optional<Instant> parse_time(std::string_view text);
/// RFC 3339 at an offset, e.g. 2026-11-21T08:30:00+08:00; offset 0 gives `Z`.
[[nodiscard]] std::string format_time(Instant instant, std::int32_t offset_s);
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);  ///< 2026-11-21
[[nodiscard]] std::string format_day(Day day);
[[nodiscard]] std::string format_month(Day day);  ///< 2026-11

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

/// The machine's clock (UTC).
class SystemClock final : public Clock {
 public:
  Instant now() override;
};

/// A clock that stands until it is moved: the simulator's and the tests'.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() override { return now_; }
  void set(Instant instant) { now_ = instant; }
  void advance(std::int64_t seconds) { now_.s += seconds; }

 private:
  Instant now_;
};

}  // namespace huan::base
