// SPDX-License-Identifier: Apache-2.0
// What any plan is worth, a solver's or a dispatcher's: it is timed, every rule of the problem is
// held against it, and everything that is broken is listed with by how much. Shares no arithmetic
// with the solver: distances, times, loads and costs are worked out again from the problem alone.
// Does not judge whether a better plan exists; what is not served is no violation as long as the
// plan says so.
//
//   const Report report = check(problem, plan);
//   for (const Violation& v : report.violations) { … name(v.rule), v.amount, v.unit … }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/routing/plan.hpp"
#include "huan/routing/problem.hpp"

namespace huan::routing_check {

enum class Rule : std::uint8_t {
  form,               ///< no route: an unknown name, a step too many or in the wrong place
  travel_time,        ///< arrives before it can; s
  unreachable,        ///< there is no such way
  service_time,       ///< less than the work takes; s
  window_early,       ///< of a stop, s
  window_late,        ///< s
  shift_early,        ///< leaves before the shift, s
  shift_late,         ///< returns after it, s
  facility_hours,     ///< s
  facility_allowed,   ///< not one of the vehicle's
  facility_material,  ///< does not take what is on board
  facility_capacity,  ///< of a day, in the dimension's unit
  empty_at_end,       ///< in the dimension's unit
  break_missing,
  break_early,     ///< s
  break_late,      ///< s: after its windows, or after so much work
  break_duration,  ///< s
  break_load,      ///< in the dimension's unit
  load,            ///< more on board than the capacity
  shift_load,      ///< over all trips of the shift
  distance,
  duration,  ///< s
  travel,    ///< driving, s
  stops,     ///< number
  unloads,   ///< number
  skills,    ///< names the first one that is missing
  vehicle,   ///< may not serve this stop
  release,   ///< the trip leaves before its goods are there, s
  pair,      ///< not both, not in order, or a facility between
  zone,      ///< s in a zone while it is closed
  visits,    ///< more or fewer than asked for and said
  days,      ///< on days that fit no pattern, or too close or too far apart; days
  storage,   ///< a stop holds more than its limit; in the dimension's unit
  figures,   ///< a figure of the plan is not what it comes to
};
[[nodiscard]] std::string_view name(Rule rule);

/// Indices are kNone where they do not apply; `route` and `step` are of the plan.
struct Violation {
  Rule rule{Rule::form};
  double amount{0};
  std::string unit{};  ///< "s", a dimension, the unit of the ways, or empty for a number
  routing::Index route{routing::kNone};
  routing::Index step{routing::kNone};
  routing::Index vehicle{routing::kNone};
  routing::Index stop{routing::kNone};
  routing::Index facility{routing::kNone};
  routing::Index zone{routing::kNone};
  std::string detail{};  ///< in words
};

struct Report {
  std::vector<Violation> violations{};
  [[nodiscard]] bool holds() const { return violations.empty(); }
};

/// The plan with the times it states. `problem` has passed routing::check(); of the plan nothing is
/// believed.
[[nodiscard]] Report check(const routing::Problem& problem, const routing::Plan& plan);

/// The plan with the same vehicles, steps and order, and times of our own: as early as it can be
/// done, then leaving as late as that allows; breaks are taken before or after a way, whichever is
/// over sooner. Figures, loads and what is not served are filled in. Steps that name nothing are
/// left as they are (check() names them).
[[nodiscard]] routing::Plan timed(const routing::Problem& problem, const routing::Plan& plan);

/// The plan with the times it states, and all its figures, loads and what is not served worked out.
[[nodiscard]] routing::Plan counted(const routing::Problem& problem, const routing::Plan& plan);

}  // namespace huan::routing_check
