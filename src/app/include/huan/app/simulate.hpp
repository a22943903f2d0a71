// SPDX-License-Identifier: Apache-2.0
// Lets a simulated city live in the store: its events take the same way as everybody's (prepare,
// then the recorder), with the simulated clock. Equal arguments on equal stores give equal roots; a
// second run of the same arguments finds everything on record and adds nothing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/base/result.hpp"
#include "huan/simulator/simulator.hpp"

namespace huan::app {

/// The network as the registry has it: active places, vehicles and scales, by key. not_found when
/// the city has no station.
[[nodiscard]] base::Result<simulator::City> simulated_city(store::Reading& reading,
                                                           const std::string& city);

/// Puts the simulator's sellers and buyers on record that are not there yet; they hold from
/// 2000-01-01 on.
[[nodiscard]] base::Result<void> register_simulated(
    Recorder& recorder, const std::string& city,
    const std::vector<simulator::Registration>& registrations);

/// Posts an event of the simulated city. Where a purchase has to be registered first, its clerk
/// does that (a dossier that says so little that it is seen to be made up) and posts it again.
[[nodiscard]] Outcome post_simulated(CityWriter& writer, const PreparedEvent& prepared);
/// The data of that dossier, of a purchase or of a correction that puts one in its place.
[[nodiscard]] std::string simulated_registration(const ledger::Event& sent);

/// Whether the ledger answered as the simulator says it does; what is on record already is posted.
[[nodiscard]] bool as_expected(Status status, simulator::Expect expect);

inline constexpr std::size_t kEventTypes = 9;

struct SimulateReport {
  Counts counts;  ///< refused: those that a clerk's mistake provokes
  std::uint64_t unexpected{
      0};  ///< answered otherwise than the simulator says: 0, or a fault of ours
  std::string first_unexpected;
  std::array<std::uint64_t, kEventTypes> by_type{};  ///< posted, by ledger::EventType
  std::string root;                                  ///< of the city's log afterwards, hexadecimal
  std::uint64_t size{0};
};

using SimulateProgress = std::function<void(std::uint64_t events)>;

/// Runs days from the simulator's first one on. `clock` has to be the recorder's own, and nobody
/// else may post meanwhile. Throws store::Failure.
[[nodiscard]] base::Result<SimulateReport> simulate(Recorder& recorder, base::ManualClock& clock,
                                                    simulator::Simulator& simulator,
                                                    const std::string& city, base::Instant end,
                                                    const SimulateProgress& progress);

}  // namespace huan::app
