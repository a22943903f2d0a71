// SPDX-License-Identifier: Apache-2.0
// The day's plan: who comes when, which devices fall silent, when centres and works do what.
#include <algorithm>
#include <array>

#include "flows.hpp"
#include "huan/base/assert.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kHourS = 3'600;
constexpr std::int64_t kLinesPerTicket = 1'400;  // per mille, at stations
constexpr std::array<std::int64_t, 10> kHours{90, 120, 115, 95, 60, 80, 95, 105, 120, 120};
constexpr std::int64_t kOpens = 8;
constexpr std::int64_t kMistakesPerDay = 60;  // of the whole city
constexpr std::int64_t kImportsPerDay = 5;

/// Seconds after midnight, within opening hours.
std::int64_t opening_second(Random& random) {
  std::int64_t roll = random.below(1'000);
  std::size_t hour = 0;
  while (roll >= kHours[hour]) {
    roll -= kHours[hour];
    ++hour;
  }
  return (kOpens + static_cast<std::int64_t>(hour)) * kHourS + random.below(kHourS);
}

struct Silence {
  std::int64_t from{0};
  std::int64_t to{0};
};

/// A few devices a day lose the line for one to seven hours and send afterwards.
Silence draw_silence(Random& random) {
  if (!random.chance(20)) {
    return {};
  }
  const std::int64_t from = (kOpens + random.below(5)) * kHourS + random.below(kHourS);
  const std::int64_t to = from + random.between(kHourS, 7 * kHourS);
  return {from, std::min(to, 15 * kHourS - 600)};
}

void plan_site(World& world, SiteId site, std::int64_t midnight, std::int64_t tickets) {
  Random& random = world.random;
  std::vector<std::int64_t> seconds;
  seconds.reserve(static_cast<std::size_t>(tickets));
  for (std::int64_t i = 0; i < tickets; ++i) {
    seconds.push_back(opening_second(random));
  }
  std::sort(seconds.begin(), seconds.end());
  const Silence silence = draw_silence(random);
  std::int64_t sent = silence.to;
  for (const std::int64_t second : seconds) {
    const bool silent = second >= silence.from && second < silence.to;
    const std::int64_t arrives = silent ? ++sent : std::max(second, second < sent ? sent : 0);
    world.push(midnight + arrives, TaskKind::receive, site, static_cast<std::uint32_t>(second));
  }
}

void plan_tickets(World& world, SiteKind kind, std::int64_t midnight) {
  const Supply& supply = world.supplies[static_cast<std::size_t>(kind)];
  const auto& sites = world.of(kind);
  if (sites.empty() || supply.lines_per_year() == 0) {
    return;
  }
  const std::int64_t days = Seasons::days_in_year(base::civil_of(world.today()).year);
  const std::int64_t per_ticket = kind == SiteKind::station ? kLinesPerTicket : 1'000;
  // Millionths of a ticket on this day, in the whole city.
  std::int64_t expected = supply.lines_per_year() * 1'000 / per_ticket * 1'000'000 / days;
  expected = expected / 1'000 * world.settings.scale_ppm / 1'000;
  expected = expected / 1'000 * world.seasons.factor_ppm(world.today()) / 1'000;
  std::int64_t weights = 0;
  for (const SiteId site : sites) {
    weights += world.state(site).weight;
  }
  HUAN_ASSERT(weights > 0);  // every site has one
  for (const SiteId site : sites) {
    const std::int64_t micro = expected / weights * world.state(site).weight +
                               expected % weights * world.state(site).weight / weights;
    const std::int64_t tickets = world.random.whole(micro, 1'000'000);
    if (tickets > 0) {
      plan_site(world, site, midnight, tickets);
    }
  }
}

void plan_works(World& world, std::int64_t midnight) {
  const auto at = [&](std::int64_t hour, TaskKind kind, SiteId site) {
    world.push(midnight + hour * kHourS + world.random.below(kHourS), kind, site);
  };
  for (const SiteId site : world.of(SiteKind::transfer)) {
    at(20, TaskKind::forward, site);
  }
  for (const SiteId site : world.of(SiteKind::centre)) {
    for (const std::int64_t hour : {7, 9, 11, 13, 15, 18}) {
      at(hour, TaskKind::sort, site);
    }
    at(10, TaskKind::sell, site);
    at(16, TaskKind::sell, site);
    at(21, TaskKind::forward, site);
  }
  for (const SiteId site : world.of(SiteKind::processor)) {
    at(8, TaskKind::start_runs, site);
    at(16, TaskKind::sell, site);
    at(19, TaskKind::forward, site);
  }
  for (const SiteId site : world.of(SiteKind::dismantler)) {
    at(9, TaskKind::sort, site);
    at(15, TaskKind::sort, site);
    at(16, TaskKind::sell, site);
    at(18, TaskKind::forward, site);
  }
  for (const SiteKind kind :
       {SiteKind::battery_store, SiteKind::second_hand, SiteKind::hazardous}) {
    for (const SiteId site : world.of(kind)) {
      at(15, TaskKind::sell, site);
    }
  }
}

void plan_mistakes(World& world, std::int64_t midnight) {
  Random& random = world.random;
  const auto& stations = world.of(SiteKind::station);
  const std::int64_t scale = world.settings.scale_ppm;
  for (std::int64_t n = random.whole(kMistakesPerDay * scale, 1'000'000); n > 0; --n) {
    if (!stations.empty()) {
      world.push(midnight + opening_second(random), TaskKind::mistake, random.of(stations),
                 static_cast<std::uint32_t>(random.below(6)));
    }
  }
  const auto& processors = world.of(SiteKind::processor);
  for (std::int64_t n = random.whole(kImportsPerDay * scale, 1'000'000); n > 0; --n) {
    if (processors.size() >= 4) {
      const auto turn =
          static_cast<std::size_t>(random.below(static_cast<std::int64_t>(processors.size() / 4)));
      world.push(midnight + opening_second(random), TaskKind::import, processors[turn * 4 + 1]);
    }
  }
}

void plan_counts(World& world, std::int64_t midnight) {
  const base::Day day = world.today();
  if (weekday(day) == 4) {
    world.push(midnight + 17 * kHourS + 1'800, TaskKind::settle, 0);
  }
  if (base::civil_of(base::Day{day.n + 1}).day != 1) {
    return;
  }
  for (const SiteKind kind :
       {SiteKind::transfer, SiteKind::centre, SiteKind::processor, SiteKind::station}) {
    for (const SiteId site : world.of(kind)) {
      if (kind != SiteKind::station || world.random.chance(100)) {
        world.push(midnight + 22 * kHourS + world.random.below(kHourS), TaskKind::count, site);
      }
    }
  }
}

}  // namespace

void plan_day(World& world) {
  const std::int64_t midnight = world.midnight(world.today());
  for (SiteState& s : world.states) {
    s.load_g = 0;
  }
  for (const SiteKind kind :
       {SiteKind::station, SiteKind::dismantler, SiteKind::battery_store, SiteKind::second_hand}) {
    plan_tickets(world, kind, midnight);
  }
  for (std::size_t district = 0; district < world.districts.size(); ++district) {
    world.push(midnight + 15 * kHourS, TaskKind::dispatch, static_cast<std::uint32_t>(district));
  }
  plan_works(world, midnight);
  plan_mistakes(world, midnight);
  plan_counts(world, midnight);
  plan_frauds(world, midnight);
  world.push(midnight + kDayS, TaskKind::plan_day, 0);
}

void act(World& world, const Task& task) {
  switch (task.kind) {
    case TaskKind::plan_day:
      return plan_day(world);
    case TaskKind::receive:
      return receive(world, task.a, world.midnight(world.today()) + task.b);
    case TaskKind::dispatch:
      return dispatch(world, task.a);
    case TaskKind::load:
      return load(world, world.stops.take(task.a));
    case TaskKind::arrive:
      return arrive(world, world.shipments.take(task.a));
    case TaskKind::come_back:
      return come_back(world, world.shipments.take(task.a));
    case TaskKind::forward:
      return forward(world, task.a);
    case TaskKind::sort:
      return sort(world, task.a);
    case TaskKind::sell:
      return sell(world, task.a);
    case TaskKind::start_runs:
      return start_runs(world, task.a);
    case TaskKind::run_step:
      return run_step(world, task.a, task.b);
    case TaskKind::correct:
      return correct(world, world.corrections.take(task.a));
    case TaskKind::resend:
      return world.send_text(world.resends.take(task.a), Expect::duplicate);
    case TaskKind::settle:
      return settle(world);
    case TaskKind::count:
      return count(world, task.a);
    case TaskKind::mistake:
      return mistake(world, task.a, task.b);
    case TaskKind::import:
      return import_load(world, task.a);
    case TaskKind::fraud:
      return commit_fraud(world, task.a, task.b);
  }
}

}  // namespace huan::simulator
