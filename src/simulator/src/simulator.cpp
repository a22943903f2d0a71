// SPDX-License-Identifier: Apache-2.0
#include "huan/simulator/simulator.hpp"

#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kTicketsPerMille = 714;  // of lines, at stations
// What follows from tickets: at small scales every trip and batch waits for its day and carries
// little, so there are more of them for a ticket; at large ones they are full.
constexpr std::int64_t kFollowPerMille = 150;
constexpr std::int64_t kFollowPerDay = 900;  // of a network like Shijiazhuang's
constexpr std::int64_t kFullPerMille = 26;

}  // namespace

Simulator::Simulator(City city, Settings settings)
    : world_(std::make_unique<World>(std::move(city), settings)) {}

Simulator::~Simulator() = default;

const std::vector<Registration>& Simulator::registrations() const { return world_->registrations; }

Estimate Simulator::estimate(std::int64_t days) const {
  const std::int64_t ppm = world_->settings.scale_ppm;
  Estimate estimate;
  for (const Material& m : materials()) {
    if (!world_->of(m.where).empty()) {
      estimate.mass_g += m.t_per_year * ppm;  // t × 10⁶ g × ppm / 10⁶
    }
  }
  estimate.mass_g = estimate.mass_g / 365 * days;
  std::int64_t tickets = 0;
  for (std::size_t kind = 0; kind < kSiteKinds; ++kind) {
    if (!world_->by_kind[kind].empty()) {
      const std::int64_t lines = world_->supplies[kind].lines_per_year() / 365 * days;
      const bool station = static_cast<SiteKind>(kind) == SiteKind::station;
      tickets += (station ? lines * kTicketsPerMille / 1'000 : lines) * ppm / 1'000'000;
    }
  }
  estimate.events = tickets + std::min(tickets * kFollowPerMille / 1'000,
                                       kFollowPerDay * days + tickets * kFullPerMille / 1'000);
  return estimate;
}

void Simulator::run_until(base::Instant end, const Sink& sink) {
  world_->sink = &sink;
  while (!world_->tasks.empty() && world_->tasks.top().at_s < end.s) {
    const Task task = world_->tasks.top();
    world_->tasks.pop();
    world_->now_s = task.at_s;
    act(*world_, task);
  }
  world_->sink = nullptr;
}

const std::vector<Planted>& Simulator::planted() const { return world_->planted; }

std::vector<Kind> Simulator::kinds() const {
  std::vector<Kind> kinds;
  kinds.reserve(world_->mass_of.size());
  for (std::size_t i = 0; i < world_->mass_of.size(); ++i) {
    kinds.push_back({std::string{root(static_cast<Family>(i))}, world_->mass_of[i]});
  }
  return kinds;
}

}  // namespace huan::simulator
