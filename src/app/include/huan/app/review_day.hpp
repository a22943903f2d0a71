// SPDX-License-Identifier: Apache-2.0
// A day of trucks looked back on: what was planned beside what was driven, and where a place came
// over its storage limit, with the reason as far as plan and rounds tell it. Pure reading; the
// stock of every moment is added up from the ledger's legs in the order they were posted.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/rounds.hpp"

namespace huan::app {

/// A place that held more than it may, at some moment of the day.
struct OverLimit {
  std::string place;
  base::Instant since;
  base::Mass limit;
  base::Mass most;
  /// before: over it when the day began, nobody could have come sooner; left_out: the planner had
  /// nobody for it, and said why; unforeseen: more came in than a usual day brings; late: planned
  /// in time, served later or not at all; plan: the plan came too late.
  std::string why;
};

struct DayReview {
  std::int64_t closed{0};
  std::int64_t driven_s{0};
  std::int64_t late{0};
  std::int64_t left_out{0};
  base::Mass loaded;
  base::Mass unloaded;
  std::int64_t missed{0};
  std::int64_t open{0};
  std::int64_t driven_m{0};  ///< of rounds whose vehicle was seen; gaps are left out
  std::int64_t seen{0};      ///< rounds whose vehicle was seen
  std::int64_t planned_m{0};
  std::int64_t planned_fen{0};  ///< by the dispatch rule's costs; 0 where it has none
  std::int64_t driven_fen{0};   ///< of the rounds that were seen
  std::int64_t could_fit{0};    ///< left out at its limit, though a vehicle had room and time
  std::int64_t planned_s{0};
  std::int64_t refused{0};
  std::int64_t rounds{0};
  std::int64_t served{0};
  std::vector<OverLimit> over;  ///< by place
  /// Due on the day by mass or age, and neither on a round nor left out with a reason.
  std::vector<std::string> forgotten;
  [[nodiscard]] std::int64_t at_fault() const;  ///< places that a plan could have saved
};

/// How far a vehicle was seen to drive on the day, in metres; nothing: it was not seen.
using DrivenMetres = std::function<std::optional<std::int64_t>(const std::string& vehicle)>;

/// Without a plan of that day: nothing planned, nothing driven.
[[nodiscard]] DayReview review_day(store::Reading& reading, const store::CityRow& city,
                                   const DayAsked& asked, const DrivenMetres& driven);
void write_review(json::Writer& w, const DayReview& review, std::int32_t offset_s);

}  // namespace huan::app
