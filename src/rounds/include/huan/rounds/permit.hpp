// SPDX-License-Identifier: Apache-2.0
// Where a vehicle may be at which hours: zones that are closed to trucks 限行区, and the passes
// 通行证 that open them. A pass is applied for by the enterprise, confirmed by the bureau and
// listed to the police; it is in force from then on, on the days of its term, at its hours, in its
// zones. Where a city draws no zone the pass is for the whole city: a vehicle that has papers at
// all then keeps to their hours, and stays where it is without one in force.
//
//   for (const Hours& open : hours_in(zone, permit, rule)) { … }
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::rounds {

struct Spot {
  std::int32_t lat_e7{0};
  std::int32_t lng_e7{0};
  friend bool operator==(const Spot&, const Spot&) = default;
};

/// Seconds of the local day, the end not included.
struct Hours {
  std::int32_t from_s{0};
  std::int32_t to_s{86'400};
  friend auto operator<=>(const Hours&, const Hours&) = default;
};
inline constexpr Hours kAllDay{};

/// "07:00-09:00"; over midnight, "22:00-06:00", two. bad_time.
[[nodiscard]] base::Result<std::vector<Hours>> parse_hours(const std::vector<std::string>& texts);
[[nodiscard]] std::string text_of(const Hours& hours);

struct TrafficZone {
  std::string id;
  std::string name;
  std::vector<Hours> closed;  ///< to who has no pass for it; empty: all day
  std::vector<Spot> ring;     ///< at least three, not closed
};
[[nodiscard]] bool holds(const TrafficZone& zone, const Spot& spot);

/// A pass as it is on record: a dossier of the type `vehicle_pass`, or a term of the vehicle.
struct Pass {
  std::string key;
  std::string vehicle;
  std::string party;
  std::string state;  ///< applied, confirmed, listed, refused, revoked
  std::string number;
  std::optional<base::Day> from{};
  std::optional<base::Day> to{};
  std::vector<Hours> hours{};        ///< empty: any
  std::vector<std::string> zones{};  ///< empty: any
};
[[nodiscard]] bool in_force(const Pass& pass, base::Day day);

inline constexpr std::string_view kPassType = "vehicle_pass";
/// bad_time, bad_field where hours or the term are no such thing.
[[nodiscard]] base::Result<Pass> pass_of(const std::string& key, const registry::Dossier& dossier);

/// What a vehicle has in hand on a day.
struct Permit {
  bool has_papers{false};      ///< some pass is on record, in force or not
  std::vector<Pass> in_force;  ///< on that day
};
[[nodiscard]] Permit permit_on(const std::vector<Pass>& of_vehicle, base::Day day);

/// When it may be there: disjoint, rising; empty: never.
[[nodiscard]] std::vector<Hours> hours_in(const TrafficZone& zone, const Permit& permit);
/// When it may drive at all where no zone is drawn.
[[nodiscard]] std::vector<Hours> hours_anywhere(const Permit& permit);

}  // namespace huan::rounds
