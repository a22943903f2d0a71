// SPDX-License-Identifier: Apache-2.0
#include "huan/simulator/live.hpp"

#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kPauseMaxS = 60;
constexpr std::int64_t kGatherS = 10;
constexpr std::int64_t kWorkS = 20;
constexpr std::int64_t kLoadG = 250'000;
constexpr std::int64_t kLorryG = 3'000'000;
constexpr std::int64_t kMistakeS = 150;
constexpr std::int64_t kFaster = 100;
constexpr std::int64_t kSmaller = 30;

Settings settings_of(const City& city, std::uint64_t seed, base::Instant start) {
  const auto second = static_cast<std::uint64_t>(start.s);
  return {mix(seed ^ mix(second)), 1'000'000, base::day_of(start, city.offset_s)};
}

}  // namespace

LiveCity::LiveCity(const City& city, std::uint64_t seed, base::Instant start, LivePace pace)
    : world_(std::make_unique<World>(city, settings_of(city, seed, start))), pace_(pace) {
  world_->tasks = {};  // no plan of the day: things happen as they come
  world_->now_s = start.s;
  world_->faster = kFaster;
  world_->smaller = kSmaller;
  std::vector<SiteId> all = world_->of(SiteKind::station);
  while (!all.empty() && stations_.size() < pace_.stations) {
    const auto n =
        static_cast<std::ptrdiff_t>(world_->random.below(static_cast<std::int64_t>(all.size())));
    stations_.push_back(all[static_cast<std::size_t>(n)]);
    all.erase(all.begin() + n);
  }
}

LiveCity::~LiveCity() = default;

const std::vector<Registration>& LiveCity::registrations() const { return world_->registrations; }

void LiveCity::advance(base::Instant now, const Sink& sink) {
  World& world = *world_;
  world.sink = &sink;
  world.now_s = std::max(world.now_s, now.s - kPauseMaxS);
  while (world.now_s < now.s) {
    ++world.now_s;
    while (!world.tasks.empty() && world.tasks.top().at_s <= world.now_s) {
      const Task task = world.tasks.top();
      world.tasks.pop();
      act(world, task);
    }
    tick();
  }
  world.sink = nullptr;
}

void LiveCity::tick() {
  World& world = *world_;
  if (stations_.empty()) {
    return;
  }
  for (std::int64_t n = world.random.whole(pace_.tickets_per_minute, 60); n > 0; --n) {
    receive(world, world.random.of(stations_), world.now_s);
  }
  if (world.now_s % kGatherS == 0) {
    gather();
  }
  if (world.now_s % kWorkS == 0) {
    work();
  }
  if (world.random.below(kMistakeS) == 0) {
    mistake(world, world.random.of(stations_), static_cast<std::uint32_t>(world.random.below(6)));
  }
}

/// Lorries for the stations that have gathered enough, two to a round when the next one has too.
void LiveCity::gather() {
  World& world = *world_;
  std::vector<SiteId> full;
  for (const SiteId site : stations_) {
    if (world.state(site).raw.mass_g() >= kLoadG) {
      full.push_back(site);
    }
  }
  for (std::size_t i = 0; i < full.size(); i += 2) {
    const auto& transfers = world.of(SiteKind::transfer);
    const auto& centres = world.of(SiteKind::centre);
    const bool through = !transfers.empty() && (centres.empty() || world.random.chance(300));
    if (!through && centres.empty()) {
      return;
    }
    Shipment shipment;
    shipment.id = world.new_name(full[i], 'S');
    shipment.from = full[i];
    shipment.to = world.random.of(through ? transfers : centres);
    const std::uint32_t n = world.shipments.put(std::move(shipment));
    const std::string vehicle = world.any_vehicle();
    const std::size_t stops = std::min<std::size_t>(2, full.size() - i);
    for (std::size_t stop = 0; stop < stops; ++stop) {
      load(world, {full[i + stop], n, kLorryG / 2, false, false, vehicle});
    }
    world.push(world.now_s + world.random.between(25, 90), TaskKind::arrive, n);
  }
}

void LiveCity::work() {
  World& world = *world_;
  for (const SiteId site : world.of(SiteKind::transfer)) {
    forward(world, site);
  }
  for (const SiteId site : world.of(SiteKind::centre)) {
    sort(world, site);
    sell(world, site);
    forward(world, site);
  }
  for (const SiteId site : world.of(SiteKind::processor)) {
    start_runs(world, site);
    sell(world, site);
    forward(world, site);
  }
  for (const SiteKind kind : {SiteKind::battery_store, SiteKind::hazardous}) {
    for (const SiteId site : world.of(kind)) {
      sell(world, site);
    }
  }
}

}  // namespace huan::simulator
