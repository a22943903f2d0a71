// SPDX-License-Identifier: Apache-2.0
// Timetables of mobile stations 流动回收 on record: settings of the city, one a place. What a
// vehicle cannot keep to is refused before it is recorded: two stations at one time, a spot that is
// nowhere near the city.
//
//   HUAN_TRY(kept, lay_down_timetable(recorder, reading, {city, "M-1", week, -1}, by));
#pragma once

#include <set>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/booking/timetable.hpp"
#include "huan/registry/place.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// A place that moves, with its timetable; version 0: nobody has laid one down.
struct MobileStation {
  std::string key;
  registry::Place place;
  booking::Timetable timetable;
  std::int64_t version{0};
};

struct TimetableSent {
  std::string city;
  std::string place;
  booking::Timetable timetable;
  std::int64_t based_on{-1};  ///< version that the sender has read, 0 none; -1: whatever is latest
};

/// Where a mobile station stands when; nullopt: nobody has said.
[[nodiscard]] std::optional<booking::Timetable> timetable_of(store::RegistryReading& reading,
                                                             const std::string& city,
                                                             const std::string& place);
/// Vehicles that are stations on that day: they stand where their timetables say.
[[nodiscard]] std::set<std::string> mobile_stations(store::RegistryReading& reading,
                                                    const std::string& city, base::Day day);
/// Those in scope that are not closed for good, by id.
[[nodiscard]] std::vector<MobileStation> mobile_stations_on_record(store::Reading& reading,
                                                                   const std::string& city,
                                                                   const store::RowScope& scope);
/// unknown_place; bad_field: no mobile station, or the vehicle is at another one then;
/// bad_coordinates: no place of the city is near; unknown_vehicle. `/place` is the station, else a
/// pointer into it.
[[nodiscard]] base::Result<void> check_timetable(store::Reading& reading, const std::string& city,
                                                 const std::string& place,
                                                 const booking::Timetable& timetable);
/// In place of the one before. What check_timetable() refuses, version_conflict.
[[nodiscard]] base::Result<void> lay_down_timetable(Recorder& recorder, store::Reading& reading,
                                                    const TimetableSent& sent, const Principal& by);

}  // namespace huan::app
