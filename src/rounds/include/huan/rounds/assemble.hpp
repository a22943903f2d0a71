// SPDX-License-Identifier: Apache-2.0
// A day's work as a routing problem, and a plan of it as rounds. What is done already does not come
// back: a vehicle under way begins where it stands, at the hour it is, with what it has on board.
// Every stop goes to a vehicle of its own enterprise where it names one. Ways are great circles ×
// the rule's detour at the rule's speed: no roads are known here. Nobody stops in a zone 限行区, or
// without zones anywhere, outside the hours that the vehicle's passes leave; that a way leads
// through one is not known.
//
//   Assembled day = assemble(work);
//   HUAN_TRY(plan, routing::solve(day.problem, options, watch));
//   Outcome outcome = outcome_of(work, plan);
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "huan/rounds/round.hpp"
#include "huan/rounds/rule.hpp"
#include "huan/routing/plan.hpp"
#include "huan/routing/problem.hpp"

namespace huan::rounds {

struct Truck {
  std::string id;
  std::string party;
  base::Mass capacity;
  Spot start;  ///< where it stands when it begins
  Spot depot;  ///< where it ends
  std::int32_t from_s{0};
  std::int32_t to_s{86'400};
  base::Mass carried{};  ///< on board when it begins
  Permit permit{};       ///< of that day; the rule's zones are closed to it but for this
};

struct Centre {
  std::string place;
  Spot at;
  std::int32_t from_s{0};
  std::int32_t to_s{86'400};
};

struct Work {
  base::Day day;
  Rule rule;
  std::vector<Stop> stops;  ///< none of them unloads
  std::vector<Truck> trucks;
  std::vector<Centre> centres;
};

/// The routing problem; its stops are those of the work in their order, then what is on board of
/// each truck that carries something.
struct Assembled {
  routing::Problem problem;
  std::vector<std::pair<std::size_t, routing::Index>> carried;  ///< truck, stop
};
[[nodiscard]] Assembled assemble(const Work& work);

/// A truck and the ids of its stops in order; an unload is "u:" and the centre's place.
struct Sequence {
  std::string vehicle;
  std::vector<std::string> stops;
};
/// {"rounds":[{"stops":["o:r4k-1001","u:CC-1"],"vehicle":"V-1"}]}. bad_field, bad_text.
[[nodiscard]] base::Result<std::vector<Sequence>> parse_sequences(json::Value body);

/// Of a dispatcher's hand, without times. Stops that no sequence names are left out. bad_field: no
/// such truck or stop, or one named twice; the pointer is "/rounds/N/stops/M".
[[nodiscard]] base::Result<routing::Plan> plan_of(const Work& work, const Assembled& day,
                                                  const std::vector<Sequence>& sequences);

struct Outcome {
  std::vector<Round> rounds;  ///< of the trucks that go somewhere, by the work's order
  std::vector<LeftOut> left_out;
};
/// `plan` is timed.
[[nodiscard]] Outcome outcome_of(const Work& work, const routing::Plan& plan);

}  // namespace huan::rounds
