// SPDX-License-Identifier: Apache-2.0
// How an indicator stands on a day: its value or why there is none, progress from base to target,
// the pace that is still needed, a forecast for the deadline, and after the plan's end the final
// result. The clock is a parameter. Nothing is guessed: without a base there is no progress,
// without enough months no interval, and nothing is divided by nothing. Met, missed and the like
// follow the comparator as stated, on exact whole numbers; only forecasts estimate.
//
//   for (base::Day day : days_needed(indicator, today)) { … observe the measures on that day … }
//   const Standing standing = evaluate(indicator, observations, today);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/indicators/forecast.hpp"
#include "huan/indicators/indicator.hpp"

namespace huan::indicators {

/// Why there is no figure.
enum class Missing : std::uint8_t {
  none,
  nothing_declared,    ///< nobody has entered it yet
  nothing_recorded,    ///< the ledger or registry holds nothing for that time
  base_not_stated,     ///< the document has none and none was entered
  divided_by_nothing,  ///< the denominator is 0
  less_than_a_year,    ///< a year's figure of a ledger that is younger
  no_change_asked,     ///< target and base are one: progress has no measure
  not_a_number         ///< a statement
};
[[nodiscard]] std::string_view name(Missing missing) noexcept;

/// A measure on a day.
struct Observed {
  base::Day day;
  std::optional<std::int64_t> value;
  std::optional<bool> met;          ///< of a statement
  std::string text;                 ///< of a statement, or the note of who declared it
  std::string source;               ///< "ledger", "registry", or the declaring record and document
  std::optional<base::Day> begins;  ///< of a sum: first day with anything on record
};

struct Observations {
  std::vector<Observed> measure;      ///< one for each of days_needed, in its order
  std::vector<Observed> denominator;  ///< of a ratio, the same
  std::optional<std::int64_t> base;   ///< entered with evidence where the document has none
  std::string base_source;
  Months history;  ///< a ledger measure's whole months before the day's month
};

enum class Status : std::uint8_t {
  met,
  on_track,  ///< the forecast reaches the target
  behind,    ///< the forecast does not
  open,      ///< not met yet, and no forecast
  missed,    ///< the deadline has passed without it
  not_known
};
[[nodiscard]] std::string_view name(Status status) noexcept;

struct TargetStanding {
  const Target* target{nullptr};
  Status status{Status::not_known};
  bool passed{false};                 ///< the deadline lies before the day: the result is final
  base::Day judged_on;                ///< the day, or the deadline where it has passed
  std::optional<std::int64_t> value;  ///< what was held against the target
  Missing missing{Missing::none};
  std::optional<std::int64_t> progress_ppm;  ///< (value − base) ÷ (target − base), rounded down
  Missing progress_missing{Missing::none};
  /// What each 30 days until the deadline must add, rounded up; 0 when met.
  std::optional<std::int64_t> pace_needed;
  std::optional<Forecast> forecast;
};

/// How the target stands under another reading of a document that contradicts itself.
struct ReadingStanding {
  const Reading* reading{nullptr};
  std::optional<bool> met;
  std::optional<std::int64_t> progress_ppm;
};

struct Standing {
  base::Day day;        ///< that the value is of: the day asked for, or the plan's end
  bool expired{false};  ///< the plan has ended
  std::optional<std::int64_t> value;
  Missing missing{Missing::none};
  std::optional<std::int64_t> base;
  std::string source;
  std::string text;
  std::optional<base::Day> begins;
  std::vector<TargetStanding> targets;    ///< as the indicator's
  std::vector<ReadingStanding> readings;  ///< of the last target
};

/// The last day that matters: the plan's end, or its last deadline where no end is stated.
[[nodiscard]] std::optional<base::Day> end_of(const Indicator& indicator);
/// The days that its measures are needed for: first the day asked for (or the plan's end where it
/// has passed), then each passed deadline. Ascending thereafter, without doubles.
[[nodiscard]] std::vector<base::Day> days_needed(const Indicator& indicator, base::Day day);
/// From which day a measure is summed for a value on `day`; nullopt where it is counted, not
/// summed.
[[nodiscard]] std::optional<base::Day> window_begins(const Formula& formula, base::Day day);

/// `observations` must be for days_needed(indicator, day).
[[nodiscard]] Standing evaluate(const Indicator& indicator, const Observations& observations,
                                base::Day day);

}  // namespace huan::indicators
