// SPDX-License-Identifier: Apache-2.0
// Dispatch from the shell: a day's rounds planned, published, driven and closed; storage limits.
#include "huan/app/rounds.hpp"

#include <fmt/core.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "huan/app/drive_round.hpp"
#include "huan/app/review_day.hpp"
#include "huan/json/document.hpp"
#include "huan/track_store/track_store.hpp"
#include "huan/tracks/deviations.hpp"
#include "vehicles.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct RoundsOptions {
  std::string action;
  std::string day;
  std::string party;
  std::string vehicle;
  std::string driver;
  std::string place;
  std::string file{"-"};
  double seconds{10};
  std::int64_t iterations{-1};
  std::uint64_t seed{1};
};

/// CPU time, so that a busy machine plans as well as an idle one.
class SpentCpu final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override {
    return static_cast<double>(std::clock() - begun_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  std::clock_t begun_{std::clock()};
};

struct RoundsAt {
  Writing& writing;
  store::CityRow city;
  app::DayAsked asked;
};

const app::Principal kShell{"operator/shell"};

Result<json::Document> rounds_json(const std::string& file) {
  if (file == "-") {
    return json::Document::parse(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return Error{ErrorCode::bad_file, file, "cannot be opened"};
  }
  return json::Document::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::string why_text(const rounds::LeftOut& left) {
  std::string text;
  for (const rounds::Why& why : left.reasons) {
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", why.code,
                        why.vehicle.empty() ? "" : " " + why.vehicle,
                        why.amount == 0 ? "" : fmt::format(" {} {}", why.amount, why.unit));
  }
  return text;
}

void print_alert(const rounds::StorageAlert& alert) {
  fmt::print("{:<14} {:<20} holds {}{}{}\n", alert.what, alert.place,
             mass_text(alert.stock.count()),
             alert.limit ? " of " + mass_text(alert.limit->count()) : "",
             alert.by_s ? ", full at " + rounds::clock_of(*alert.by_s) : "");
}

void print_round(const rounds::Round& round) {
  fmt::print("{:<14} {:<10} {:<12} {:>3} stops {:>6.1f} km {}-{}\n", round.vehicle,
             rounds::name(round.state), round.driver.empty() ? "no driver" : round.driver,
             round.stops.size(), static_cast<double>(round.distance_m) / 1'000,
             rounds::clock_of(round.leave_s), rounds::clock_of(round.return_s));
  for (const rounds::Stop& stop : round.stops) {
    fmt::print("  {} {:<8} {:<8} {:<30} {:>10}{}\n", rounds::clock_of(stop.arrive_s),
               rounds::name(stop.kind), rounds::name(stop.state), stop.id,
               mass_text(stop.mass.count()), stop.reason.empty() ? "" : "  " + stop.reason);
  }
}

int say_day(const Common& common, const app::DayOnRecord& day) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_day(w, day);
    fmt::print("{}\n", out);
    return day.sheet && day.sheet->sheet.left_out.empty() ? kDone : kWanting;
  }
  if (!day.sheet) {
    fmt::print("nothing is planned for that day\n");
    return kWanting;
  }
  for (const app::KeptRound& kept : day.rounds) {
    if (!kept.round.stops.empty()) {
      print_round(kept.round);
    }
  }
  const rounds::Sheet& sheet = day.sheet->sheet;
  for (const rounds::LeftOut& left : sheet.left_out) {
    fmt::print("left out       {:<30} {}\n", left.stop.id, why_text(left));
  }
  for (const rounds::StorageAlert& alert : sheet.alerts) {
    print_alert(alert);
  }
  for (const rounds::Idle& idle : sheet.idle) {
    fmt::print("does not drive {:<30} {}\n", idle.vehicle, idle.why);
  }
  fmt::print("{} {}: {} vehicles, {} left out, {} storage alerts, {} vehicles do not drive\n",
             base::format_day(sheet.day), rounds::name(sheet.state), sheet.vehicles.size(),
             sheet.left_out.size(), sheet.alerts.size(), sheet.idle.size());
  return sheet.left_out.empty() ? kDone : kWanting;
}

Result<std::vector<rounds::Sequence>> sent_sequences(const std::string& file) {
  HUAN_TRY(document, rounds_json(file));
  return rounds::parse_sequences(document.root());
}

int say_judged(const Common& common, const app::JudgedDay& judged) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_judged(w, judged);
    fmt::print("{}\n", out);
  } else {
    for (const rounds::Round& round : judged.planned.rounds) {
      print_round(round);
    }
    for (const app::RoundViolation& one : judged.violations) {
      fmt::print("violation: {} {} {}: {} {}\n", one.rule, one.vehicle, one.stop, one.amount,
                 one.unit);
    }
  }
  return judged.violations.empty() ? kDone : kWanting;
}

Result<int> plan_rounds(const Common& common, const RoundsOptions& options, RoundsAt& at) {
  HUAN_TRY(personal,
           open_personal(common, *at.writing.store, at.writing.recorder, at.writing.clock));
  const app::OrderParts parts{at.writing.recorder, *personal, at.writing.clock};
  const auto standing = app::standing_visits(parts, at.city, at.asked.day, kShell);
  for (const std::string& contract : standing.refused) {
    fmt::print(stderr, "huan: {}\n", contract);
  }
  const auto reading = at.writing.store->snapshot();
  HUAN_TRY(day, app::gather_day(*reading, at.city, at.asked, at.writing.clock.now()));
  app::PlanBudgetOfDay budget;
  budget.seed = options.seed;
  budget.seconds = options.seconds;
  if (options.iterations >= 0) {
    budget.iterations = options.iterations;
  }
  const SpentCpu watch;
  Progress bar("planning");
  HUAN_TRY(planned, app::plan_day(day, budget, watch, [&](const routing::Progress& now) {
             bar.at(static_cast<std::uint64_t>(now.fraction * 1'000), 1'000);
             return true;
           }));
  HUAN_TRY(kept, app::keep_day(at.writing.recorder, at.city.city, planned, kShell));
  return say_day(common, kept);
}

Result<int> lay_rounds(const Common& common, const RoundsOptions& options, RoundsAt& at) {
  HUAN_TRY(sequences, sent_sequences(options.file));
  const auto reading = at.writing.store->snapshot();
  HUAN_TRY(day, app::gather_day(*reading, at.city, at.asked, at.writing.clock.now()));
  HUAN_TRY(judged, app::judge_day(day, sequences));
  if (options.action == "lay") {
    HUAN_TRY(kept, app::keep_day(at.writing.recorder, at.city.city, judged.planned, kShell));
    static_cast<void>(kept);
  }
  return say_judged(common, judged);
}

int say_round(const Common& common, const app::KeptRound& kept, std::int32_t offset_s) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_round(w, kept, offset_s);
    fmt::print("{}\n", out);
  } else {
    print_round(kept.round);
    const rounds::Balance sums = rounds::balance_of(kept.round, offset_s);
    fmt::print("  loaded {}, unloaded {}, {} open, {} refused, {} missed, {} late\n",
               mass_text(sums.loaded.count()), mass_text(sums.unloaded.count()), sums.open,
               sums.refused, sums.missed, sums.late);
  }
  return kDone;
}

Result<app::KeptRound> named_round(const RoundsOptions& options, const RoundsAt& at) {
  const auto reading = at.writing.store->snapshot();
  auto kept = app::round_on_record(*reading, at.city.city, at.asked.day, options.vehicle);
  return kept ? Result<app::KeptRound>(std::move(*kept))
              : Error{ErrorCode::not_found, "--vehicle", options.vehicle};
}

Result<int> change_round(const Common& common, const RoundsOptions& options, RoundsAt& at) {
  HUAN_TRY(round, named_round(options, at));
  HUAN_TRY(changed, options.action == "assign"
                        ? app::assign_driver(at.writing.recorder, at.city.city, round,
                                             options.driver, kShell)
                        : app::close_round(at.writing.recorder, at.city.city, round, kShell));
  return say_round(common, changed, at.city.offset_s);
}

Result<int> with_orders(const Common& common, const RoundsOptions& options, RoundsAt& at) {
  HUAN_TRY(personal,
           open_personal(common, *at.writing.store, at.writing.recorder, at.writing.clock));
  const app::OrderParts parts{at.writing.recorder, *personal, at.writing.clock};
  if (options.action == "publish") {
    HUAN_TRY(day, app::publish_day(parts, at.city.city, at.asked, kShell));
    return say_day(common, day);
  }
  if (options.action == "codes") {
    const auto reading = at.writing.store->snapshot();
    app::ExpectedBoard board;
    HUAN_TRY(expected, board.at(*reading, *personal, {at.city.city, at.asked.day, options.place}));
    for (const app::Expected& one : expected) {
      fmt::print("{} {:<14} {:<20} {}\n", rounds::clock_of(one.stop.arrive_s), one.vehicle,
                 one.stop.id, one.code);
    }
    return kDone;
  }
  HUAN_TRY(document, rounds_json(options.file));
  HUAN_TRY(step, app::parse_round_step(document.root()));
  step.city = at.city.city;
  step.day = at.asked.day;
  step.vehicle = options.vehicle;
  step.by = kShell;
  if (step.step.at.s == 0) {
    step.step.at = at.writing.clock.now();
  }
  HUAN_TRY(kept, app::drive_round(parts, step));
  return say_round(common, kept, at.city.offset_s);
}

Result<int> lay_down_rule(const RoundsOptions& options, RoundsAt& at) {
  HUAN_TRY(document, rounds_json(options.file));
  HUAN_TRY(rule, rounds::parse_rule(document.root(), ""));
  HUAN_CHECK(app::lay_down_rounds_rule(at.writing.recorder, at.city.city, rule, kShell));
  fmt::print("{}\n", rounds::to_json(rule));
  return kDone;
}

Result<int> show_alerts(const Common& common, RoundsAt& at) {
  const auto reading = at.writing.store->snapshot();
  const auto alerts = app::storage_alerts(*reading, at.city, at.asked, at.writing.clock.now());
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_alerts(w, alerts);
    fmt::print("{}\n", out);
  } else {
    for (const rounds::StorageAlert& alert : alerts) {
      print_alert(alert);
    }
  }
  return alerts.empty() ? kDone : kWanting;
}

/// 1 when nothing was planned, something stands open, or came over its limit by the plan's fault.
Result<int> show_review(const Common& common, const RoundsAt& at) {
  const auto reading = at.writing.store->snapshot();
  const std::string tracks_file = tracks_path(common);
  std::unique_ptr<track_store::TrackStore> tracks;
  if (std::filesystem::exists(tracks_file)) {
    tracks = std::make_unique<track_store::TrackStore>(tracks_file);
  }
  const auto driven = [&](const std::string& vehicle) -> std::optional<std::int64_t> {
    constexpr std::int64_t kDayS = 86'400;
    const std::int64_t from = std::int64_t{at.asked.day.n} * kDayS - at.city.offset_s;
    const auto track = tracks ? tracks->read({at.city.city, vehicle}, base::Instant{from},
                                             base::Instant{from + kDayS})
                              : tracks::Track{};
    return track.empty()
               ? std::nullopt
               : std::optional(static_cast<std::int64_t>(tracks::judge(track, {}, {}).driven_m));
  };
  const app::DayReview review = app::review_day(*reading, at.city, at.asked, driven);
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_review(w, review, at.city.offset_s);
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} rounds, {} closed: {} stops served, {} missed, {} refused, {} late, {} open\n",
               review.rounds, review.closed, review.served, review.missed, review.refused,
               review.late, review.open);
    fmt::print("loaded {}, unloaded {}; {:.1f} km planned; {} h planned, {} h driven\n",
               mass_text(review.loaded.count()), mass_text(review.unloaded.count()),
               static_cast<double>(review.planned_m) / 1'000, review.planned_s / 3'600,
               review.driven_s / 3'600);
    fmt::print("cost planned {:.2f}, driven {:.2f} of {} rounds that were seen, {:.1f} km\n",
               static_cast<double>(review.planned_fen) / 100,
               static_cast<double>(review.driven_fen) / 100, review.seen,
               static_cast<double>(review.driven_m) / 1'000);
    for (const app::OverLimit& one : review.over) {
      fmt::print("over its limit {:<20} since {}: {} of {}, {}\n", one.place,
                 base::format_time(one.since, at.city.offset_s), mass_text(one.most.count()),
                 mass_text(one.limit.count()), one.why);
    }
    for (const std::string& place : review.forgotten) {
      fmt::print("forgotten      {}\n", place);
    }
  }
  return review.rounds > 0 && review.at_fault() == 0 && review.open == 0 ? kDone : kWanting;
}

Result<int> rounds_now(const Common& common, const RoundsOptions& options, Writing& writing) {
  const auto reading = writing.store->snapshot();
  HUAN_TRY(code, common.one_city(*reading));
  const auto city = reading->city(code);
  if (!city) {
    return Error{ErrorCode::unknown_city, "--city", code};
  }
  const auto day = options.day.empty() ? base::day_of(writing.clock.now(), city->offset_s)
                                       : base::parse_day(options.day);
  if (!day) {
    return Error{ErrorCode::bad_time, "--day", "a day like 2026-11-23"};
  }
  RoundsAt at{writing, *city, {*day, options.party}};
  const std::string& action = options.action;
  if (action == "plan") {
    return plan_rounds(common, options, at);
  }
  if (action == "check" || action == "lay") {
    return lay_rounds(common, options, at);
  }
  if (action == "assign" || action == "close") {
    return change_round(common, options, at);
  }
  if (action == "publish" || action == "step" || action == "codes") {
    return with_orders(common, options, at);
  }
  if (action == "rule") {
    return lay_down_rule(options, at);
  }
  if (action == "review") {
    return show_review(common, at);
  }
  return action == "alerts"
             ? show_alerts(common, at)
             : Result<int>(say_day(common, app::rounds_of_day(*reading, code, at.asked)));
}

}  // namespace

void add_rounds(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "rounds", "the day's trucks: plan, publish, drive, close, alerts");
  auto options = std::make_shared<RoundsOptions>();
  one->add_option(
         "action", options->action,
         "plan, show, check, lay, assign, publish, codes, step, close, review, alerts or rule")
      ->required()
      ->check(CLI::IsMember({"plan", "show", "check", "lay", "assign", "publish", "codes", "step",
                             "close", "review", "alerts", "rule"}));
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--day", options->day, "today by default");
  one->add_option("--party", options->party, "of one enterprise alone");
  one->add_option("--vehicle", options->vehicle, "assign, step, close: whose round");
  one->add_option("--driver", options->driver, "assign: the account");
  one->add_option("--place", options->place, "codes: of a station or centre");
  one->add_option("--file", options->file,
                  "rule, step, check and lay: JSON that is sent; - is standard input");
  one->add_option("--seconds", options->seconds, "plan: CPU time")->check(CLI::Range(0.1, 3600.0));
  one->add_option("--iterations", options->iterations, "plan: instead of seconds");
  one->add_option("--seed", options->seed, "plan: same seed and iterations, same plan");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      Writing writing{common};
      const auto done = rounds_now(common, *options, writing);
      return done ? *done : refused(common, done.error());
    };
  });
}

}  // namespace huan::cli
