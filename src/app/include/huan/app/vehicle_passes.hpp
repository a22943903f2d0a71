// SPDX-License-Identifier: Apache-2.0
// Passes 通行证 as they are on record: dossiers of the type `vehicle_pass`, each from application
// to the police's list, and the terms that stand with a vehicle. The list says of each vehicle how
// it stands on a day, and who has to apply again soon.
//
//   for (const PassStanding& one : pass_standings(reading, city, {.day = today})) { … }
#pragma once

#include <map>
#include <string>
#include <vector>

#include "huan/registry/asset.hpp"
#include "huan/rounds/permit.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

inline constexpr std::int32_t kPassSoonDays = 30;

/// By vehicle.
using PassBook = std::map<std::string, std::vector<rounds::Pass>>;
[[nodiscard]] PassBook pass_book(store::RegistryReading& reading, const std::string& city);
/// With the terms of the vehicle's own record.
[[nodiscard]] std::vector<rounds::Pass> passes_of(const PassBook& book, const std::string& key,
                                                  const registry::Asset& vehicle);

struct PassStanding {
  std::string vehicle;
  std::string party;
  std::string plate;
  std::string number;  ///< painted on the vehicle
  rounds::Pass pass;   ///< the one that says most; its key empty: there is none
  /// none, applied, refused, confirmed (to be listed), early, in_force, expiring, expired, revoked
  std::string standing;
  std::int32_t days_left{0};  ///< with the day itself, while it is in force
};

struct PassesAsked {
  base::Day day;
  std::string party{};  ///< empty: everybody's
  std::int32_t soon_days{kPassSoonDays};
};
/// By vehicle, in order of its key; a line for each pass that says something still, at least one
/// for each vehicle that is in use.
[[nodiscard]] std::vector<PassStanding> pass_standings(store::RegistryReading& reading,
                                                       const std::string& city,
                                                       const PassesAsked& asked);

}  // namespace huan::app
