// SPDX-License-Identifier: Apache-2.0
// When a station has to be cleared 日收日清: what it holds, what comes in on a usual day and what
// it may hold say when the limit is reached; the age of its oldest lot says it too. A forecast:
// straight lines through the opening hours, no season, no weekday. What no limit is on record for
// is never due.
//
//   const Need need = need_on({.stock = …, .inflow = …, .limit = …}, {.days_ahead = 1, …});
#pragma once

#include <cstdint>
#include <optional>

#include "huan/base/quantity.hpp"

namespace huan::rounds {

struct Holding {
  base::Mass stock;
  base::Mass inflow;                          ///< of a usual day
  std::optional<base::Mass> limit{};          ///< 暂存上限
  std::optional<std::int32_t> days_max{};     ///< how long a lot may lie: 0, the same day
  std::optional<std::int32_t> oldest_days{};  ///< age of the oldest lot on the day asked about
};

struct When {
  std::int32_t days_ahead{0};  ///< from today to the day asked about
  std::int32_t now_s{0};       ///< today, while days_ahead is 0
  std::int32_t from_s{0};      ///< what comes in comes between
  std::int32_t to_s{86'400};
};

enum class Urgency : std::uint8_t { none, tomorrow, today, exceeded };

struct Need {
  Urgency mass{Urgency::none};  ///< when the limit is reached: tomorrow, on the day, before it
  Urgency age{Urgency::none};   ///< today: its last day; exceeded: it lies for too long
  std::optional<std::int32_t> by_s{};  ///< of the day, while `mass` is today
  base::Mass expected;                 ///< at the end of the day, if nobody comes
  [[nodiscard]] bool is_due() const { return mass != Urgency::none || age != Urgency::none; }
};
[[nodiscard]] Need need_on(const Holding& holding, const When& when);

}  // namespace huan::rounds
