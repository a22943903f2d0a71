// SPDX-License-Identifier: Apache-2.0
// What a driver does with a round, one step at a time, and whether it adds up. The steps of a stop:
//
//   planned → arrived → weighed → done      an order: weighed at the door, then agreed to
//                     → done                a station: loaded; a centre: unloaded and accepted
//                     → refused             not taken, with the reason
//   planned, arrived → missed               not reached, or nobody there
//
// The same step sent again changes nothing, so that a phone may repeat what it is not sure of.
// Nothing here posts to the ledger: who calls does, in the same transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/rounds/round.hpp"

namespace huan::rounds {

struct Step {
  std::string stop;  ///< its id
  StopState to{StopState::arrived};
  base::Instant at;
  std::string reason{};          ///< refused, missed
  std::vector<Loaded> loaded{};  ///< weighed and done of what has a mass
  std::string photo{};           ///< SHA-256 of what differs, or of what was not taken
};

enum class Stepped : std::uint8_t { taken, again };

/// not_found: no such stop; bad_field: the table has no such step, or a reason or masses are
/// missing; in_use: the round is not published, or closed.
[[nodiscard]] base::Result<Stepped> take_step(Round& round, const Step& step);

/// What is on board: loaded at doors and stations since the last unloading, by material.
[[nodiscard]] std::vector<Loaded> on_board(const Round& round);

/// What a day has to come to.
struct Balance {
  base::Mass loaded;
  base::Mass unloaded;
  std::int64_t open{0};  ///< stops that have not ended
  std::int64_t done{0};
  std::int64_t refused{0};
  std::int64_t missed{0};
  std::int64_t late{0};       ///< arrived later than their window
  std::int64_t planned_s{0};  ///< from leaving the depot to returning
  std::int64_t driven_s{0};   ///< from the first arrival to the last end
  [[nodiscard]] bool holds() const { return open == 0 && loaded == unloaded; }
};
/// `offset_s`: of the city.
[[nodiscard]] Balance balance_of(const Round& round, std::int32_t offset_s);

}  // namespace huan::rounds
