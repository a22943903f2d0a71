// SPDX-License-Identifier: Apache-2.0
// A small part of the city that lives now, in real time: a few tickets a second at a few stations,
// and what follows from them (trips, acceptances, sorting, runs, sales, corrections) within minutes
// instead of days. It works with the lots that it made itself, so it can be started at any moment
// on any store; each start has names of its own.
//
//   LiveCity live{city, seed, clock.now()};
//   for (;;) { live.advance(clock.now(), [&](Sent&& sent) { post(sent.json); }); sleep; }
#pragma once

#include <memory>

#include "huan/simulator/simulator.hpp"

namespace huan::simulator {

struct LivePace {
  std::int64_t tickets_per_minute{140};
  std::size_t stations{24};
};

class LiveCity {
 public:
  LiveCity(const City& city, std::uint64_t seed, base::Instant start, LivePace pace = {});
  ~LiveCity();
  LiveCity(const LiveCity&) = delete;
  LiveCity& operator=(const LiveCity&) = delete;

  [[nodiscard]] const std::vector<Registration>& registrations() const;
  /// What happened since the last call, at most the last minute.
  void advance(base::Instant now, const Sink& sink);

 private:
  void tick();
  void gather();
  void work();

  std::unique_ptr<World> world_;
  LivePace pace_;
  std::vector<std::uint32_t> stations_;
};

}  // namespace huan::simulator
