// SPDX-License-Identifier: Apache-2.0
// The answer to a Problem: which vehicle goes where and when, what is on board, what it costs, and
// what is not served for which reasons. Times and distances are in the problem's units and not
// rounded. A route begins as late as it can without ending later than it must.
//
//   for (const Route& route : plan.routes)
//     for (const Step& step : route.steps) { … step.arrival_s, step.stop … }
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

/// VROOM's step types, and `unload`. `job` is a stop that belongs to no pair.
enum class StepType : std::uint8_t { start, job, pickup, delivery, unload, rest, end };

struct Step {
  StepType type{StepType::job};
  Index stop{kNone};      ///< job, pickup, delivery
  Index facility{kNone};  ///< unload
  Index rest{kNone};      ///< of the shift's breaks
  Index place{kNone};  ///< where the vehicle stands; kNone before the first stop of an open route
  double arrival_s{0};
  double waiting_s{0};  ///< from arrival to the begin of setup (or of the break)
  double setup_s{0};
  double service_s{0};
  /// Stands, ready to leave, until a zone ahead opens; departure = arrival + waiting + setup +
  /// service + hold.
  double hold_s{0};
  bool around{false};  ///< came here by the way's detour
  double distance{0};  ///< driven since the start of the route
  double travel_s{0};  ///< driven since the start of the route
  Load load{};         ///< on board when leaving
};

struct RouteSummary {
  double cost{0};
  double distance{0};
  double duration_s{0};  ///< from departure to return
  double travel_s{0};
  double service_s{0};  ///< service, setup, unloading
  double waiting_s{0};  ///< and holds
  double break_s{0};
  std::uint32_t stops{0};
  std::uint32_t unloads{0};
  Load pickup{}, delivery{};  ///< over all trips
};

struct Route {
  Index vehicle{0};
  Index shift{0};  ///< of the vehicle's shifts
  std::vector<Step> steps{};
  RouteSummary summary{};
};

/// Why a visit is not made. `amount` is by how much the vehicle that came closest would miss it, in
/// `unit`; `vehicle` is that vehicle, kNone where no vehicle is in question.
enum class ReasonCode : std::uint8_t {
  no_vehicle,      ///< there is none, or none may (skills, allowed vehicles)
  skills,          ///< of the vehicles allowed, none has them
  capacity,        ///< larger than what any vehicle holds; amount in the dimension's unit
  fleet_capacity,  ///< all that may serve it are full over the day
  windows,         ///< reached too late, or the shift ends too early; amount in s
  duration,        ///< the shift would be too long; s
  distance,        ///< the route would be too long
  travel,          ///< too much driving; s
  stops,           ///< the shift has its number of stops
  load_cap,        ///< over the load of the whole shift
  facility,  ///< none takes the material or has room; amount by how much, in the dimension's unit
  zone,      ///< closed when it would be entered or stood in; s to the opening missed by least
  unreachable,  ///< there is no way
  days,         ///< each visit finds room, but no days fit together
  prize,        ///< optional, and costs more than its prize
  search,       ///< nothing binds: the search found no room in its time
};
struct Reason {
  ReasonCode code{ReasonCode::search};
  Index vehicle{kNone};
  double amount{0};
  std::string unit{};
};
struct Unserved {
  Index stop{0};
  std::uint32_t visits{1};  ///< how many of its visits are missing
  std::vector<Reason> reasons{};
};

struct GoalValue {
  Goal goal{Goal::distance};
  double value{0};
};

enum class StopCause : std::uint8_t { deadline, iterations, cancelled, nothing_to_do };

struct Summary {
  std::vector<GoalValue> objective{};  ///< in the order of the problem's goals
  double cost{0}, distance{0}, duration_s{0}, travel_s{0}, service_s{0}, waiting_s{0};
  std::uint32_t routes{0};    ///< shifts used
  std::uint32_t vehicles{0};  ///< vehicles used
  std::uint32_t unserved{0};  ///< visits
  Load pickup{}, delivery{};
  std::int64_t iterations{0};
  double elapsed_s{0};  ///< 0 when the budget was given in iterations
  StopCause stopped{StopCause::nothing_to_do};
};

struct Plan {
  std::vector<Route> routes{};  ///< by vehicle, then shift; only those with visits
  std::vector<Unserved> unserved{};
  Summary summary{};
};

}  // namespace huan::routing
