// SPDX-License-Identifier: Apache-2.0
// Frauds planted in simulated cities and what the watch finds of them: recall and precision by
// kind, over seeds from 2,001 on, which nobody tuned on (thresholds were set on 11 to 16); how
// long reading and judging takes; and how recall falls as the same frauds get smaller. Everything
// that is named and was not planted counts against it.
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "benches.hpp"
#include "huan/anomalies/watch.hpp"
#include "huan/json/document.hpp"
#include "huan/simulator/simulator.hpp"

namespace huan::bench {
namespace {

using anomalies::Anomaly;
using simulator::Planted;
using simulator::SiteKind;

constexpr int kSeedsDefault = 10;
constexpr std::uint64_t kFirstSeed = 2'001;
constexpr std::int64_t kDaysWatched = 45;
constexpr std::int64_t kWatchScalePpm = 20'000;
constexpr std::int32_t kOfEachKind = 2;
constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::int64_t kWhole = 1'000'000;
constexpr std::array<std::int64_t, 3> kWeaker{500'000, 250'000, 100'000};
constexpr std::uint64_t kWeakerSeed = 3'001;
constexpr double kRecallGoal = 0.9;
constexpr double kPrecisionGoal = 0.8;
constexpr double kNightlyEvents = 5e6;
constexpr double kNightlyGoalS = 60;

struct Score {
  std::int64_t planted{0};
  std::int64_t found{0};  ///< of those planted
  std::int64_t wrong{0};  ///< named and not planted
  [[nodiscard]] double recall() const {
    return planted == 0 ? 1 : static_cast<double>(found) / static_cast<double>(planted);
  }
  [[nodiscard]] double precision() const {
    return found + wrong == 0 ? 1 : static_cast<double>(found) / static_cast<double>(found + wrong);
  }
};

struct Sites {
  SiteKind kind{};
  std::string prefix;
  int count{0};
  bool counter{false};  ///< a small scale
};

simulator::City watched_city() {
  simulator::City city;
  city.code = "130100";
  city.offset_s = 8 * 3'600;
  for (const Sites& sites : {Sites{SiteKind::station, "S", 160, true},
                             {SiteKind::transfer, "T", 8, false},
                             {SiteKind::centre, "C", 5, false},
                             {SiteKind::processor, "U", 24, false},
                             {SiteKind::dismantler, "D", 3, false},
                             {SiteKind::battery_store, "B", 3, true},
                             {SiteKind::second_hand, "R", 3, true},
                             {SiteKind::hazardous, "H", 1, false}}) {
    for (int n = 1; n <= sites.count; ++n) {
      simulator::Site site;
      site.key = fmt::format("{}-{}", sites.prefix, 1'000 + n);
      site.kind = sites.kind;
      site.district = fmt::format("1301{:02}", 2 + n % 8);
      site.operator_id = fmt::format("E-{}", n);
      site.scale = "W-" + site.key;
      site.interval_g = sites.counter ? 100 : 20'000;
      site.scale_max_g = sites.counter ? 300'000 : 60'000'000;
      city.sites.push_back(std::move(site));
    }
  }
  city.vehicles = {"V-1", "V-2", "V-3", "V-4"};
  city.market = "M-1";
  return city;
}

std::vector<anomalies::PlaceCard> cards_of(const simulator::City& city) {
  constexpr std::array<const char*, simulator::kSiteKinds> kCardKinds{
      "station",        "transfer-station", "sorting-centre",     "processor",
      "elv-dismantler", "battery-store",    "second-hand-market", "hazardous-facility"};
  std::vector<anomalies::PlaceCard> cards;
  cards.reserve(city.sites.size());
  for (const simulator::Site& site : city.sites) {
    cards.push_back({site.key, kCardKinds.at(static_cast<std::size_t>(site.kind)), 0, 0});
  }
  return cards;
}

bool is_of(const Anomaly& anomaly, const Planted& planted) {
  const bool kind =
      static_cast<std::size_t>(anomaly.kind) == static_cast<std::size_t>(planted.fraud);
  const bool turned = planted.fraud == simulator::Fraud::round_trips &&
                      anomaly.subject == planted.other && anomaly.other == planted.subject;
  return kind && (anomaly.subject == planted.subject || turned);
}

using Scores = std::array<Score, anomalies::kKinds>;

void count(const std::vector<Anomaly>& found, const std::vector<Planted>& planted, Scores& scores) {
  for (const Planted& one : planted) {
    Score& score = scores.at(static_cast<std::size_t>(one.fraud));
    ++score.planted;
    score.found +=
        std::ranges::any_of(found, [&](const Anomaly& a) { return is_of(a, one); }) ? 1 : 0;
  }
  for (const Anomaly& anomaly : found) {
    const bool right =
        std::ranges::any_of(planted, [&](const Planted& one) { return is_of(anomaly, one); });
    scores.at(static_cast<std::size_t>(anomaly.kind)).wrong += right ? 0 : 1;
  }
}

struct Reading {
  double seconds{0};
  std::size_t events{0};
};

Reading watch_seed(const simulator::City& city, std::uint64_t seed, std::int64_t fraud_ppm,
                   Scores& scores) {
  const base::Day from = base::parse_day("2026-03-01").value_or(base::Day{});
  simulator::Simulator made(city, {seed, kWatchScalePpm, from, kOfEachKind, fraud_ppm});
  std::vector<std::string> events;
  made.run_until({(from.n + kDaysWatched) * kSecondsOfDay - city.offset_s},
                 [&](simulator::Sent&& sent) {
                   if (sent.expect == simulator::Expect::posted) {
                     events.push_back(std::move(sent.json));
                   }
                 });
  const double before = cpu_seconds();
  anomalies::Watch watch(cards_of(city), {.offset_s = city.offset_s, .due_days = {10}});
  for (const std::string& event : events) {
    if (const auto document = json::Document::parse(event)) {
      watch.read(document->root());
    }
  }
  const auto found = watch.find();
  const double seconds = cpu_seconds() - before;
  count(found, made.planted(), scores);
  return {seconds, watch.events()};
}

/// What is still found when frauds go a part of the way only, on half as many seeds.
void weaker(Report& report, const simulator::City& city, int seeds) {
  for (const std::int64_t ppm : kWeaker) {
    Scores scores{};
    for (int n = 0; n < std::max(1, seeds / 2); ++n) {
      watch_seed(city, kWeakerSeed + static_cast<std::uint64_t>(n), ppm, scores);
    }
    for (std::size_t n = 0; n < scores.size(); ++n) {
      const std::string kind(anomalies::name(static_cast<anomalies::Kind>(n)));
      report.figures.push_back(
          {fmt::format("{} recall at {} %", kind, ppm / 10'000), scores.at(n).recall()});
    }
  }
}

}  // namespace

base::Result<Report> bench_anomalies(const Bench& bench) {
  const simulator::City city = watched_city();
  const int seeds = bench.options.instances > 0 ? bench.options.instances : kSeedsDefault;
  Scores scores{};
  Reading all;
  for (int n = 0; n < seeds; ++n) {
    const Reading one =
        watch_seed(city, kFirstSeed + static_cast<std::uint64_t>(n), kWhole, scores);
    all.seconds += one.seconds;
    all.events += one.events;
  }
  Report report;
  for (std::size_t n = 0; n < scores.size(); ++n) {
    const std::string kind(anomalies::name(static_cast<anomalies::Kind>(n)));
    const Score& score = scores.at(n);
    report.figures.push_back({kind + " planted", static_cast<double>(score.planted)});
    report.figures.push_back({kind + " wrongly named", static_cast<double>(score.wrong)});
    report.ratios.push_back({kind + " recall", score.recall(), kRecallGoal, true});
    report.ratios.push_back({kind + " precision", score.precision(), kPrecisionGoal, true});
  }
  report.figures.push_back({"seeds", static_cast<double>(seeds)});
  report.figures.push_back({"events read", static_cast<double>(all.events)});
  report.figures.push_back({"CPU s reading and judging", all.seconds});
  report.ratios.push_back({"CPU s for 5 million events at this rate",
                           all.seconds * kNightlyEvents / static_cast<double>(all.events),
                           kNightlyGoalS, false});
  weaker(report, city, seeds);
  return report;
}

}  // namespace huan::bench
