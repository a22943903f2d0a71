// SPDX-License-Identifier: Apache-2.0
#include "huan/simulator/simulator.hpp"

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kTicketsPerMille = 714;  // of lines, at stations
constexpr std::int64_t kOthersPerMille = 25;    // what follows from a ticket
constexpr std::int64_t kOthersPerDay = 900;     // what happens at any scale

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
  for (std::size_t kind = 0; kind < kSiteKinds; ++kind) {
    if (!world_->by_kind[kind].empty()) {
      const std::int64_t lines = world_->supplies[kind].lines_per_year() / 365 * days;
      const bool station = static_cast<SiteKind>(kind) == SiteKind::station;
      const std::int64_t tickets = station ? lines * kTicketsPerMille / 1'000 : lines;
      estimate.events += tickets * (1'000 + kOthersPerMille) / 1'000 * ppm / 1'000'000;
    }
  }
  estimate.events += kOthersPerDay * days;
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

std::vector<Kind> Simulator::kinds() const {
  std::vector<Kind> kinds;
  for (std::size_t i = 0; i < world_->mass_of.size(); ++i) {
    kinds.push_back({std::string{root(static_cast<Family>(i))}, world_->mass_of[i]});
  }
  return kinds;
}

}  // namespace huan::simulator
