// SPDX-License-Identifier: Apache-2.0
#include "huan/app/simulate.hpp"

#include <fmt/core.h>

#include <chrono>

#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"
#include "huan/ledger/event.hpp"
#include "huan/wire_pack/text.hpp"
#include "simulate_live.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kDaysMax = 36'600;
constexpr std::size_t kGroup =
    16'384;  // large transactions: each page is written once for many events

struct SimulationWanted {
  std::int64_t days{30};
  std::string scale{"1"};
  std::uint64_t seed{1};
  std::string from;
  std::string live;  ///< URL of a running server
  std::string token;
  std::int32_t frauds{0};
};

/// "0.05" as parts of a million, exactly.
std::int64_t parse_scale(const std::string& text) {
  const auto dot = text.find('.');
  std::string digits = text.substr(0, dot);
  std::string decimals = dot == std::string::npos ? "" : text.substr(dot + 1);
  const bool fits = decimals.size() <= 6;
  decimals.resize(6, '0');
  digits = digits.empty() ? "0" : digits;
  const auto whole = base::parse_integer(digits);
  const bool plain = decimals.find_first_not_of("0123456789") == std::string::npos;
  std::int64_t ppm = -1;
  if (whole && *whole >= 0 && *whole <= 100 && fits && plain) {
    ppm = *whole * kMillion;
    for (std::int64_t i = 0, unit = 100'000; i < 6; ++i, unit /= 10) {
      ppm += (decimals[static_cast<std::size_t>(i)] - '0') * unit;
    }
  }
  if (ppm <= 0) {
    throw CLI::ValidationError("--scale", "a number over 0 up to 100 with at most six decimals");
  }
  return ppm;
}

base::Day first_day(const SimulationWanted& wanted, std::int32_t offset_s) {
  if (!wanted.from.empty()) {
    const auto day = base::parse_day(wanted.from);
    if (!day) {
      throw CLI::ValidationError("--from", "a day like 2026-11-21 is expected");
    }
    return *day;
  }
  const base::Day today = base::day_of(base::SystemClock{}.now(), offset_s);
  return base::Day{today.n - static_cast<std::int32_t>(wanted.days)};
}

struct Simulated {
  const app::SimulateReport& report;
  const simulator::Simulator& simulator;
  std::string from;
  std::string to;
  std::int64_t ms{0};
};

std::int64_t per_second(const Simulated& result) {
  const auto& counts = result.report.counts;
  const auto events = static_cast<std::int64_t>(counts.posted + counts.duplicate + counts.refused);
  return events * 1'000 / std::max<std::int64_t>(result.ms, 1);
}

void write_json(const Simulated& result) {
  const app::SimulateReport& report = result.report;
  const auto n = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  std::string out;
  json::Writer w(out);
  w.begin_object().key("by_type").begin_object();
  for (std::size_t i = 0; i < report.by_type.size(); ++i) {
    w.member(ledger::name(static_cast<ledger::EventType>(i)), n(report.by_type[i]));
  }
  w.end_object().member("duplicates", n(report.counts.duplicate));
  w.member("events_per_s", per_second(result)).member("from", result.from);
  w.key("mass_g").begin_object();
  for (const simulator::Kind& kind : result.simulator.kinds()) {
    w.member(kind.root, kind.mass_g);
  }
  w.end_object().member("ms", result.ms).key("planted").begin_array();
  for (const simulator::Planted& one : result.simulator.planted()) {
    w.begin_object().member("fraud", simulator::name(one.fraud)).member("other", one.other);
    w.member("subject", one.subject).end_object();
  }
  w.end_array().member("posted", n(report.counts.posted));
  w.member("refused_expected",
           n(report.counts.refused - std::min(report.counts.refused, report.unexpected)));
  w.member("root", report.root).member("size", n(report.size)).member("to", result.to);
  w.member("unexpected", n(report.unexpected)).end_object();
  fmt::print("{}\n", out);
}

void print_totals(const Simulated& result) {
  const app::SimulateReport& report = result.report;
  const auto n = [](std::uint64_t value) { return group_digits(static_cast<std::int64_t>(value)); };
  fmt::print("{} to {}: {} events posted, {} there before, {} refused as they should be\n",
             result.from, result.to, n(report.counts.posted), n(report.counts.duplicate),
             n(report.counts.refused));
  for (std::size_t i = 0; i < report.by_type.size(); ++i) {
    fmt::print("  {:<10} {:>12}\n", ledger::name(static_cast<ledger::EventType>(i)),
               n(report.by_type[i]));
  }
  fmt::print("received:\n");
  for (const simulator::Kind& kind : result.simulator.kinds()) {
    if (kind.mass_g > 0) {
      fmt::print("  {:<10} {:>14}\n", kind.root, mass_text(kind.mass_g));
    }
  }
  for (const simulator::Planted& one : result.simulator.planted()) {
    fmt::print("planted {:<17} {}{}{}\n", simulator::name(one.fraud), one.subject,
               one.other.empty() ? "" : " and ", one.other);
  }
  fmt::print("{}.{:03} s, {} events/s\nroot {} of {} records\n", result.ms / 1'000,
             result.ms % 1'000, group_digits(per_second(result)), report.root, n(report.size));
}

int simulate(const Common& common, const SimulationWanted& wanted) {
  if (!wanted.live.empty()) {
    if (wanted.token.empty()) {
      throw CLI::ValidationError("--token", "the server asks for one (or HUAN_TOKEN)");
    }
    return simulate_live(common, {wanted.live, wanted.token, wanted.seed});
  }
  const std::int64_t ppm = parse_scale(wanted.scale);
  if (wanted.days < 1 || wanted.days > kDaysMax) {
    throw CLI::ValidationError("--days", "1 to 36600");
  }
  const auto store = common.open(Open::write);
  const auto city = common.one_city(*store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  auto network = app::simulated_city(*store->snapshot(), *city);
  if (!network) {
    return refused(common, network.error());
  }
  const std::int32_t offset_s = network->offset_s;
  const base::Day from = first_day(wanted, offset_s);
  const base::Day to{from.n + static_cast<std::int32_t>(wanted.days)};
  simulator::Simulator simulator{std::move(*network), {wanted.seed, ppm, from, wanted.frauds}};
  const simulator::Estimate size = simulator.estimate(wanted.days);
  if (!common.json) {
    fmt::print("city {}: about {} events, {} handed over, in {} days\n", *city,
               group_digits(size.events), mass_text(size.mass_g), wanted.days);
  }
  const base::Instant start{std::int64_t{from.n} * 86'400 - offset_s};
  base::ManualClock clock{start};
  crypto::SeededIdSource ids{wanted.seed, clock};
  const auto begun = std::chrono::steady_clock::now();
  app::Recorder recorder{*store, clock, ids, {kGroup, 4 * kGroup}};
  recorder.judge_tickets(wire_pack::buying_rules_of);
  Progress progress{"simulate"};
  const auto report = app::simulate(
      recorder, clock, simulator, *city, base::Instant{std::int64_t{to.n} * 86'400 - offset_s},
      [&](std::uint64_t events) {
        progress.at(events, static_cast<std::uint64_t>(std::max<std::int64_t>(size.events, 1)));
      });
  if (!report) {
    return refused(common, report.error());
  }
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - begun)
                      .count();
  const Simulated result{*report, simulator, base::format_day(from),
                         base::format_day(base::Day{to.n - 1}), ms};
  common.json ? write_json(result) : print_totals(result);
  if (report->unexpected > 0) {
    fmt::print(stderr, "{} answers that the simulator did not expect; the first: {}\n",
               report->unexpected, report->first_unexpected);
    return kWanting;
  }
  return kDone;
}

}  // namespace

void add_simulate(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "simulate", "let a simulated city live in the store");
  auto wanted = std::make_shared<SimulationWanted>();
  one->add_option("--days", wanted->days, "how many")->capture_default_str();
  one->add_option("--scale", wanted->scale,
                  "1 is the whole city; the number of tickets and the mass follow")
      ->capture_default_str();
  one->add_option("--seed", wanted->seed, "equal seeds, equal cities")->capture_default_str();
  one->add_option("--from", wanted->from, "first day; default: so that the last is yesterday");
  one->add_option(
         "--frauds", wanted->frauds,
         "plant so many of each kind of fraud, as far as there are places; named at the end")
      ->check(CLI::Range(0, 100));
  one->add_option("--live", wanted->live, "post what happens now to this server, until SIGTERM");
  one->add_option("--token", wanted->token, "for --live")->envname("HUAN_TOKEN");
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return simulate(common, *wanted); }; });
}

}  // namespace huan::cli
