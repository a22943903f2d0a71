// SPDX-License-Identifier: Apache-2.0
// What a vehicle's driven day is held against: its passes with their hours and zones, the stops of
// its round, and the shipments that changed hands on it. The track itself comes from elsewhere;
// judging is tracks::judge().
//
//   const DrivenAgainst against = driven_against(reading, city, {day, "V-17"});
//   const tracks::Judged judged = tracks::judge(track, against.allowed, {});
#pragma once

#include <string>
#include <vector>

#include "huan/json/writer.hpp"
#include "huan/rounds/permit.hpp"
#include "huan/store/reading.hpp"
#include "huan/tracks/deviations.hpp"

namespace huan::app {

struct DriveAsked {
  base::Day day;
  std::string vehicle;
};

struct DrivenAgainst {
  std::string pass;  ///< none_on_record, in_force, not_in_force
  bool planned{false};
  std::int64_t planned_m{0};
  tracks::Allowed allowed;
};

/// A vehicle that is not on record has no papers and no plan.
[[nodiscard]] DrivenAgainst driven_against(store::RegistryReading& reading,
                                           const store::CityRow& city, const DriveAsked& asked);

/// Anything but what nobody saw, and doors that were open where they may be.
[[nodiscard]] bool deviates(const tracks::Judged& judged);

/// The members of one object: box_doors, deviates, driven_m, gap_s, pass, planned, planned_m,
/// shipments with the word on their box, stops_made, stretches.
void write_judged_drive(json::Writer& w, const DrivenAgainst& against,
                        const tracks::Judged& judged);

}  // namespace huan::app
