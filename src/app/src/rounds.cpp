// SPDX-License-Identifier: Apache-2.0
#include "huan/app/rounds.hpp"

#include <algorithm>
#include <cmath>

#include "huan/json/writer.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr const char* kRoundsRule = "rounds";
constexpr int kTriesOfPlan = 20'000;
constexpr int kTriesByHand = 2'000;  // while a dispatcher waits

std::optional<KeptRound> kept_round(const store::RegistryRow& row) {
  auto round = data_of<rounds::Round>(
      row, [](json::Value data) { return rounds::parse_round(data, "/data"); });
  return round ? std::optional(KeptRound{row.version, std::move(*round)}) : std::nullopt;
}

Result<std::int64_t> put_route(CityWriter& writer, const std::string& key, std::string data,
                               const Principal& by) {
  const auto before = writer.reading().registered(writer.setting().city, kRouteKind, key);
  const Outcome outcome = writer.put({kRouteKind, key, std::move(data), "", "", -1}, by);
  if (outcome.status == Status::refused) {
    return outcome.error;
  }
  return before ? before->version + 1 : 1;
}

/// What has been begun of the round that stands, then what is planned now.
rounds::Round joined(const rounds::Round& before, rounds::Round now) {
  std::vector<rounds::Stop> stops;
  std::size_t unloads = 0;
  for (const rounds::Stop& stop : before.stops) {
    if (stop.state != rounds::StopState::planned) {
      stops.push_back(stop);
      unloads += stop.kind == rounds::StopKind::unload ? 1 : 0;
    }
  }
  if (!stops.empty()) {
    now.leave_s = before.leave_s;
  }
  for (rounds::Stop& stop : now.stops) {
    if (stop.kind == rounds::StopKind::unload) {
      stop.id = "u:" + std::to_string(++unloads) + ":" + stop.place;
    }
    stops.push_back(std::move(stop));
  }
  now.stops = std::move(stops);
  now.driver = before.driver;
  now.state = before.state;
  return now;
}

rounds::Round emptied(const rounds::Round& before) {
  rounds::Round none = before;
  none.stops.clear();
  none.distance_m = 0;
  return none;
}

PlannedDay planned_of(const GatheredDay& day, rounds::Outcome outcome) {
  PlannedDay planned;
  planned.sheet.day = day.asked.day;
  planned.sheet.party = day.asked.party;
  planned.sheet.alerts = day.alerts;
  planned.sheet.idle = day.idle;
  planned.sheet.left_out = std::move(outcome.left_out);
  planned.sheet.left_out.insert(planned.sheet.left_out.end(), day.nowhere.begin(),
                                day.nowhere.end());
  const bool was_published =
      day.before.sheet && day.before.sheet->sheet.state == rounds::RoundState::published;
  planned.sheet.state = was_published ? rounds::RoundState::published : rounds::RoundState::draft;
  std::map<std::string, const KeptRound*> before;
  for (const KeptRound& kept : day.before.rounds) {
    before[kept.round.vehicle] = &kept;
    planned.based_on[kept.round.vehicle] = kept.version;
  }
  for (rounds::Round& round : outcome.rounds) {
    const auto kept = before.find(round.vehicle);
    if (kept != before.end()) {
      round = joined(kept->second->round, std::move(round));
      before.erase(kept);
    } else {
      const auto driver = day.work.rule.drivers.find(round.vehicle);
      round.driver = driver == day.work.rule.drivers.end() ? "" : driver->second;
    }
    planned.rounds.push_back(std::move(round));
  }
  for (const auto& [vehicle, kept] : before) {  // nothing more to do for them
    planned.rounds.push_back(joined(kept->round, emptied(kept->round)));
  }
  std::ranges::sort(planned.rounds, {}, &rounds::Round::vehicle);
  for (const rounds::Round& round : planned.rounds) {
    if (!round.stops.empty()) {
      planned.sheet.vehicles.push_back(round.vehicle);
    }
  }
  return planned;
}

/// The step's id among the stops of that round, as a dispatcher sees them.
std::string stop_named(const rounds::Work& work, const routing::Problem& problem,
                       const routing_check::Violation& violation) {
  if (violation.stop < work.stops.size()) {
    return work.stops[violation.stop].id;
  }
  return violation.facility < problem.facilities.size()
             ? "u:" + problem.facilities[violation.facility].id
             : std::string();
}

std::vector<RoundViolation> violations_of(const rounds::Work& work, const routing::Problem& problem,
                                          const routing::Plan& plan) {
  std::vector<RoundViolation> all;
  for (const auto& one : routing_check::check(problem, plan).violations) {
    const auto vehicle = one.vehicle != routing::kNone    ? one.vehicle
                         : one.route < plan.routes.size() ? plan.routes[one.route].vehicle
                                                          : routing::kNone;
    RoundViolation violation;
    violation.vehicle = vehicle < work.trucks.size() ? work.trucks[vehicle].id : std::string();
    violation.stop = stop_named(work, problem, one);
    violation.rule = routing_check::name(one.rule);
    violation.amount = std::llround(one.amount);
    violation.unit = one.unit;
    all.push_back(std::move(violation));
  }
  return all;
}

/// One truck's sequence with one stop more, judged alone: everything else of the day stays as it
/// is.
class SecondOpinion {
 public:
  SecondOpinion(const rounds::Work& work, const rounds::Outcome& outcome, int tries)
      : work_(work), tries_(tries) {
    for (const rounds::Round& round : outcome.rounds) {
      rounds_[round.vehicle] = &round;
    }
  }

  /// The vehicle that could; empty: none, or the tries are used up.
  std::string who_could(const rounds::Stop& stop) {
    const bool has_own = std::ranges::any_of(
        work_.trucks, [&](const rounds::Truck& one) { return one.party == stop.party; });
    for (const rounds::Truck& truck : work_.trucks) {
      if ((stop.party.empty() || !has_own || truck.party == stop.party) &&
          stop.mass <= truck.capacity && fits(truck, stop)) {
        return truck.id;
      }
    }
    return {};
  }

 private:
  bool fits(const rounds::Truck& truck, const rounds::Stop& stop) {
    rounds::Work one{work_.day, work_.rule, {stop}, {truck}, work_.centres};
    one.stops.front().party = truck.party;
    rounds::Sequence sequence{truck.id, {}};
    if (const auto round = rounds_.find(truck.id); round != rounds_.end()) {
      for (const rounds::Stop& planned : round->second->stops) {
        sequence.stops.push_back(planned.id);
        if (planned.kind != rounds::StopKind::unload) {
          one.stops.push_back(planned);
        }
      }
    } else if (!work_.centres.empty()) {
      sequence.stops.push_back("u:1:" + work_.centres.front().place);
    }
    const rounds::Assembled day = rounds::assemble(one);
    for (std::size_t at = 0; at <= sequence.stops.size() && tries_ > 0; ++at, --tries_) {
      rounds::Sequence with = sequence;
      with.stops.insert(with.stops.begin() + static_cast<std::ptrdiff_t>(at), stop.id);
      const auto given = rounds::plan_of(one, day, {with});
      if (given &&
          violations_of(one, day.problem, routing_check::timed(day.problem, *given)).empty()) {
        return true;
      }
    }
    return false;
  }

  const rounds::Work& work_;
  std::map<std::string, const rounds::Round*> rounds_;
  int tries_;
};

/// Stations that are at their limit: those that others could have been left out for are fine.
void seek_second_opinion(const rounds::Work& work, rounds::Outcome& outcome, int tries) {
  constexpr std::int32_t kAtLimit = 70;
  SecondOpinion opinion(work, outcome, tries);
  for (rounds::LeftOut& left : outcome.left_out) {
    if (left.stop.kind != rounds::StopKind::station || left.stop.priority < kAtLimit) {
      continue;
    }
    if (auto vehicle = opinion.who_could(left.stop); !vehicle.empty()) {
      left.reasons.push_back({std::string(kCouldFit), std::move(vehicle), 0, ""});
    }
  }
}

/// Whether nobody has moved a round on since it was read.
Result<void> check_base(store::RegistryReading& reading, const std::string& city,
                        const PlannedDay& planned) {
  const DayAsked asked{planned.sheet.day, planned.sheet.party};
  for (const KeptRound& kept : rounds_of_day(reading, city, asked).rounds) {
    const auto base = planned.based_on.find(kept.round.vehicle);
    if (base == planned.based_on.end() || base->second != kept.version) {
      return Error{ErrorCode::version_conflict, "/rounds", kept.round.vehicle};
    }
  }
  return {};
}

Result<void> write_planned(CityWriter& writer, const PlannedDay& planned, const Principal& by) {
  HUAN_CHECK(check_base(writer.reading(), writer.setting().city, planned));
  for (const rounds::Round& round : planned.rounds) {
    HUAN_TRY(version, put_round(writer, round, by));
    static_cast<void>(version);
  }
  return put_sheet(writer, planned.sheet, by);
}

}  // namespace

std::string round_key(base::Day day, const std::string& vehicle) {
  return base::format_day(day) + ":" + vehicle;
}

std::string sheet_key(base::Day day, const std::string& party) {
  return "sheet:" + base::format_day(day) + ":" + (party.empty() ? "all" : party);
}

Result<std::int64_t> put_round(CityWriter& writer, const rounds::Round& round,
                               const Principal& by) {
  return put_route(writer, round_key(round.day, round.vehicle), rounds::to_json(round), by);
}

Result<void> put_sheet(CityWriter& writer, const rounds::Sheet& sheet, const Principal& by) {
  auto version = put_route(writer, sheet_key(sheet.day, sheet.party), rounds::to_json(sheet), by);
  return version ? Result<void>() : Result<void>(std::move(version).error());
}

rounds::Rule rounds_rule(store::RegistryReading& reading, const std::string& city) {
  const auto row = reading.registered(city, "setting", kRoundsRule);
  auto rule = row ? data_of<rounds::Rule>(
                        *row, [](json::Value data) { return rounds::parse_rule(data, "/data"); })
                  : std::nullopt;
  return rule ? std::move(*rule) : rounds::Rule{};
}

Result<void> lay_down_rounds_rule(Recorder& recorder, const std::string& city,
                                  const rounds::Rule& rule, const Principal& by) {
  const Outcome outcome =
      recorder.put(city, {"setting", kRoundsRule, rounds::to_json(rule), "", "", -1}, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

DayOnRecord rounds_of_day(store::RegistryReading& reading, const std::string& city,
                          const DayAsked& asked) {
  DayOnRecord day;
  if (const auto row = reading.registered(city, kRouteKind, sheet_key(asked.day, asked.party))) {
    auto sheet = data_of<rounds::Sheet>(
        *row, [](json::Value data) { return rounds::parse_sheet(data, "/data"); });
    if (sheet) {
      day.sheet = KeptSheet{row->version, std::move(*sheet)};
    }
  }
  each_registered(reading, city, kRouteKind, round_key(asked.day, ""),
                  [&](const store::RegistryRow& row) {
                    auto kept = kept_round(row);
                    if (kept && (asked.party.empty() || kept->round.party == asked.party)) {
                      day.rounds.push_back(std::move(*kept));
                    }
                  });
  return day;
}

std::optional<KeptRound> round_on_record(store::RegistryReading& reading, const std::string& city,
                                         base::Day day, const std::string& vehicle) {
  const auto row = reading.registered(city, kRouteKind, round_key(day, vehicle));
  return row ? kept_round(*row) : std::nullopt;
}

Result<PlannedDay> plan_day(const GatheredDay& day, const PlanBudgetOfDay& budget,
                            const routing::Stopwatch& watch, const routing::ProgressFn& progress) {
  const rounds::Assembled assembled = rounds::assemble(day.work);
  routing::Options options;
  options.seed = budget.seed;
  options.iterations = budget.iterations;
  options.seconds = budget.seconds;
  HUAN_TRY(plan, routing::solve(assembled.problem, options, watch, progress));
  const auto broken = violations_of(day.work, assembled.problem, plan);
  if (!broken.empty()) {
    return Error{ErrorCode::internal, "", "the plan breaks a rule: " + broken.front().rule};
  }
  rounds::Outcome outcome = rounds::outcome_of(day.work, plan);
  seek_second_opinion(day.work, outcome, kTriesOfPlan);
  PlannedDay planned = planned_of(day, std::move(outcome));
  planned.sheet.seed = budget.seed;
  planned.sheet.iterations = budget.iterations.value_or(0);
  return planned;
}

Result<JudgedDay> judge_day(const GatheredDay& day,
                            const std::vector<rounds::Sequence>& sequences) {
  const rounds::Assembled assembled = rounds::assemble(day.work);
  HUAN_TRY(given, rounds::plan_of(day.work, assembled, sequences));
  const routing::Plan plan = routing_check::timed(assembled.problem, given);
  JudgedDay judged;
  judged.violations = violations_of(day.work, assembled.problem, plan);
  rounds::Outcome outcome = rounds::outcome_of(day.work, plan);
  for (rounds::LeftOut& left : outcome.left_out) {
    if (left.reasons.empty()) {
      left.reasons.push_back({"by_hand", "", 0, ""});
    }
  }
  if (judged.violations.empty()) {
    seek_second_opinion(day.work, outcome, kTriesByHand);
  }
  judged.planned = planned_of(day, std::move(outcome));
  if (day.before.sheet) {
    judged.planned.sheet.seed = day.before.sheet->sheet.seed;
    judged.planned.sheet.iterations = day.before.sheet->sheet.iterations;
  }
  return judged;
}

Result<DayOnRecord> keep_day(Recorder& recorder, const std::string& city, const PlannedDay& planned,
                             const Principal& by) {
  Result<void> kept;
  DayOnRecord after;
  recorder.run(city, planned.rounds.size() + 1, [&](CityWriter& writer) {
    kept = write_planned(writer, planned, by);
    if (kept) {
      after = rounds_of_day(writer.reading(), city, {planned.sheet.day, planned.sheet.party});
    }
    return kept.has_value();
  });
  return kept ? Result<DayOnRecord>(std::move(after)) : Result<DayOnRecord>(kept.error());
}

void write_judged(json::Writer& w, const JudgedDay& judged) {
  w.begin_object().key("rounds").begin_array();
  for (const rounds::Round& round : judged.planned.rounds) {
    w.raw(rounds::to_json(round));
  }
  w.end_array().key("sheet").raw(rounds::to_json(judged.planned.sheet));
  w.key("violations").begin_array();
  for (const RoundViolation& one : judged.violations) {
    w.begin_object().member("amount", one.amount).member("rule", one.rule);
    w.member("stop", one.stop).member("unit", one.unit).member("vehicle", one.vehicle);
    w.end_object();
  }
  w.end_array().end_object();
}

void write_alerts(json::Writer& w, const std::vector<rounds::StorageAlert>& alerts) {
  w.begin_object().key("items").begin_array();
  for (const rounds::StorageAlert& alert : alerts) {
    w.raw(rounds::to_json(alert));
  }
  w.end_array().end_object();
}

void write_day(json::Writer& w, const DayOnRecord& day) {
  w.begin_object().key("rounds").begin_array();
  for (const KeptRound& kept : day.rounds) {
    w.begin_object().key("round").raw(rounds::to_json(kept.round));
    w.member("version", kept.version).end_object();
  }
  w.end_array().key("sheet");
  day.sheet ? w.raw(rounds::to_json(day.sheet->sheet)) : w.null();
  w.member("version", day.sheet ? day.sheet->version : 0).end_object();
}

}  // namespace huan::app
