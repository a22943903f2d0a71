// SPDX-License-Identifier: Apache-2.0
// Dispatch 派车: the day's rounds from what is on record. Open orders with their windows, visits of
// standing contracts, and stations that come to their storage limit become a problem for the
// router; its plan is kept as a sheet of the day and a round for each vehicle (records of the kind
// `route`), a draft until it is published. Planned again, what has been done stays as it is.
//
//   HUAN_TRY(day, gather_day(*reading, city, {.day = tomorrow}, now));
//   HUAN_TRY(planned, plan_day(day, {.iterations = 2'000}, watch, {}));
//   HUAN_TRY(kept, keep_day(recorder, city.city, planned, by));
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/orders.hpp"
#include "huan/rounds/assemble.hpp"
#include "huan/rounds/drive.hpp"
#include "huan/rounds/round.hpp"
#include "huan/rounds/storage.hpp"
#include "huan/routing/solve.hpp"
#include "huan/routing_check/check.hpp"

namespace huan::app {

/// `party` empty: of the whole city.
struct DayAsked {
  base::Day day;
  std::string party{};
};

struct KeptRound {
  std::int64_t version{0};
  rounds::Round round;
};
struct KeptSheet {
  std::int64_t version{0};
  rounds::Sheet sheet;
};
struct DayOnRecord {
  std::optional<KeptSheet> sheet;
  std::vector<KeptRound> rounds;  ///< by vehicle
};

struct PlanBudgetOfDay {
  std::uint64_t seed{1};
  std::optional<std::int64_t> iterations{};
  double seconds{10};
};

/// What the day is made of, as of one moment.
struct GatheredDay {
  DayAsked asked;
  rounds::Work work;
  std::vector<rounds::StorageAlert> alerts;
  std::vector<rounds::Idle> idle;
  std::vector<rounds::LeftOut> nowhere;  ///< orders of which nobody knows where they are
  DayOnRecord before;
};

struct PlannedDay {
  rounds::Sheet sheet;
  std::vector<rounds::Round> rounds;
  std::map<std::string, std::int64_t> based_on;  ///< versions of the rounds that it goes on from
};

/// One rule that a plan breaks; `stop` empty: of the whole round.
struct RoundViolation {
  std::string vehicle;
  std::string stop;
  std::string rule;  ///< of routing_check
  std::int64_t amount{0};
  std::string unit;
};
struct JudgedDay {
  PlannedDay planned;
  std::vector<RoundViolation> violations;
};

/// The reason of a station at its limit that the planner left out, though it fits: some vehicle's
/// round with it keeps every rule. Found by trying it at each place of each round with
/// routing_check's own arithmetic, within a bound of tries.
inline constexpr std::string_view kCouldFit = "could_fit";

[[nodiscard]] rounds::Rule rounds_rule(store::RegistryReading& reading, const std::string& city);
[[nodiscard]] base::Result<void> lay_down_rounds_rule(Recorder& recorder, const std::string& city,
                                                      const rounds::Rule& rule,
                                                      const Principal& by);

[[nodiscard]] DayOnRecord rounds_of_day(store::RegistryReading& reading, const std::string& city,
                                        const DayAsked& asked);
[[nodiscard]] std::optional<KeptRound> round_on_record(store::RegistryReading& reading,
                                                       const std::string& city, base::Day day,
                                                       const std::string& vehicle);

/// not_found: no vehicle, or no centre to unload at; in_use: the day is closed.
[[nodiscard]] base::Result<GatheredDay> gather_day(store::Reading& reading,
                                                   const store::CityRow& city,
                                                   const DayAsked& asked, base::Instant now);
/// Pure. What the solver refuses; internal when the checker does not pass its plan.
[[nodiscard]] base::Result<PlannedDay> plan_day(const GatheredDay& day,
                                                const PlanBudgetOfDay& budget,
                                                const routing::Stopwatch& watch,
                                                const routing::ProgressFn& progress);
/// Pure: the day as a dispatcher's hand lays it, timed, with all that it breaks. bad_field.
[[nodiscard]] base::Result<JudgedDay> judge_day(const GatheredDay& day,
                                                const std::vector<rounds::Sequence>& sequences);
/// version_conflict when a round moved on since the day was gathered.
[[nodiscard]] base::Result<DayOnRecord> keep_day(Recorder& recorder, const std::string& city,
                                                 const PlannedDay& planned, const Principal& by);

/// What forecast and limits say of the places on that day; those that are fine are not listed.
[[nodiscard]] std::vector<rounds::StorageAlert> storage_alerts(store::Reading& reading,
                                                               const store::CityRow& city,
                                                               const DayAsked& asked,
                                                               base::Instant now);

/// {"rounds":[{"round","version"}],"sheet":{"alerts","idle","left_out",…} or null,"version"}
void write_day(json::Writer& w, const DayOnRecord& day);
/// {"rounds":[…],"left_out":…,"violations":[{"vehicle","stop","rule","amount","unit"}]}
void write_judged(json::Writer& w, const JudgedDay& judged);
/// {"items":[…]}
void write_alerts(json::Writer& w, const std::vector<rounds::StorageAlert>& alerts);

}  // namespace huan::app
