// SPDX-License-Identifier: Apache-2.0
// Filings with authorities 备案 and when they are due: for each party that operates places, each of
// the pack's rules that asks it, counted from the day on which its first place was on record as
// open. Whether a change was filed again is not known here: no record says what changed for whom.
//
//   for (const FilingDue& one : filings_due(*snapshot, {city, offset_s, day, {}}, rules.buying)) …
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/buying/rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

struct FilingDue {
  enum class State : std::uint8_t {
    filed,       ///< its paper holds on the day, and was there in time
    filed_late,  ///< its paper holds, and began after the due day
    due,         ///< not yet filed, its day has not passed
    overdue,
    ended  ///< a paper was there, and its term has ended
  };
  std::string party;
  std::string code;  ///< of the rule
  std::string authority;
  State state{State::due};
  base::Day opened;  ///< first place on record as open
  base::Day due;
  std::string number;             ///< of the paper
  std::optional<base::Day> from;  ///< its term
  std::optional<base::Day> to;
  std::string source;  ///< the article and how sure it is
};
[[nodiscard]] std::string_view name(FilingDue::State state) noexcept;

struct FilingsAsked {
  std::string city;
  std::int32_t offset_s{0};
  base::Day day;
  store::RowScope scope{};  ///< of the party, by itself or its district
};

/// By party and the order of the rules.
[[nodiscard]] std::vector<FilingDue> filings_due(store::Reading& reading, const FilingsAsked& asked,
                                                 const buying::Rules& rules);

/// {"authority","code","due","from","number","opened","party","source","state","to"}
void write_filing_due(json::Writer& w, const FilingDue& one);

}  // namespace huan::app
