// SPDX-License-Identifier: Apache-2.0
#include "huan/app/timetables.hpp"

#include "huan/app/directory.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr const char* kTimetableKind = "setting";
constexpr std::int64_t kNearCityM = 50'000;
constexpr std::int64_t kMetresPerKm = 1'000;

std::string timetable_key(const std::string& place) { return "halts:" + place; }

std::optional<booking::Timetable> timetable_in(const store::RegistryRow& row) {
  return data_of<booking::Timetable>(
      row, [](json::Value data) { return booking::parse_timetable(data, "/data"); });
}

/// Of places that lie somewhere, each with its spot.
template <class Visit>
void each_place(store::RegistryReading& reading, const std::string& city, const Visit& visit) {
  each_registered(reading, city, "place", "", [&](const store::RegistryRow& row) {
    const auto place = data_of<registry::Place>(
        row, [](json::Value data) { return registry::parse_place(data, "/data"); });
    if (place) {
      visit(row, *place);
    }
  });
}

std::string halt_pointer(const booking::Timetable& timetable, const booking::Halt* halt) {
  return "/halts/" + std::to_string(halt - timetable.halts.data());
}

/// Latitude and longitude that were swapped, or a slip in their first digits, are far from
/// everything that the city has.
Result<void> check_spots(store::Reading& reading, const std::string& city,
                         const booking::Timetable& timetable) {
  std::vector<std::int64_t> nearest(timetable.halts.size(), INT64_MAX);
  bool known = false;
  each_place(reading, city, [&](const store::RegistryRow& row, const registry::Place& place) {
    static_cast<void>(row);
    if (!place.location) {
      return;
    }
    known = true;
    for (std::size_t n = 0; n < nearest.size(); ++n) {
      nearest[n] = std::min(nearest[n], metres_between(place.location->at, timetable.halts[n].at));
    }
  });
  for (std::size_t n = 0; known && n < nearest.size(); ++n) {
    if (nearest[n] > kNearCityM) {
      return Error{ErrorCode::bad_coordinates, "/halts/" + std::to_string(n) + "/lat_e7",
                   std::to_string(nearest[n] / kMetresPerKm) +
                       " km from the nearest place of the city; at most 50"};
    }
  }
  return {};
}

/// One vehicle stands at one station at a time.
Result<void> check_vehicle(store::Reading& reading, const std::string& city,
                           const std::string& place, const booking::Timetable& timetable) {
  if (timetable.vehicle.empty()) {
    return {};
  }
  const auto vehicle = reading.registered(city, "asset", timetable.vehicle);
  if (!vehicle || vehicle->subkind != "vehicle") {
    return Error{ErrorCode::unknown_vehicle, "/vehicle", timetable.vehicle};
  }
  Result<void> free;
  const std::string prefix = timetable_key("");
  each_registered(reading, city, kTimetableKind, prefix, [&](const store::RegistryRow& row) {
    const std::string other = row.key.substr(prefix.size());
    const auto theirs = other == place ? std::nullopt : timetable_in(row);
    if (!free || !theirs || theirs->vehicle != timetable.vehicle) {
      return;
    }
    if (const auto meeting = booking::meeting_of(timetable, *theirs)) {
      free =
          Error{ErrorCode::bad_field, halt_pointer(timetable, meeting->one),
                timetable.vehicle + " is station " + other + " then, at " + meeting->other->name};
    }
  });
  return free;
}

}  // namespace

std::optional<booking::Timetable> timetable_of(store::RegistryReading& reading,
                                               const std::string& city, const std::string& place) {
  const auto row = reading.registered(city, kTimetableKind, timetable_key(place));
  return row ? timetable_in(*row) : std::nullopt;
}

std::set<std::string> mobile_stations(store::RegistryReading& reading, const std::string& city,
                                      base::Day day) {
  std::set<std::string> vehicles;
  each_registered(reading, city, kTimetableKind, timetable_key(""),
                  [&](const store::RegistryRow& row) {
                    const auto timetable = timetable_in(row);
                    if (timetable && !booking::halts_on(*timetable, day).empty()) {
                      vehicles.insert(timetable->vehicle);
                    }
                  });
  return vehicles;
}

std::vector<MobileStation> mobile_stations_on_record(store::Reading& reading,
                                                     const std::string& city,
                                                     const store::RowScope& scope) {
  std::vector<MobileStation> stations;
  each_place(reading, city, [&](const store::RegistryRow& row, const registry::Place& place) {
    const bool there =
        place.form == registry::PlaceForm::mobile && place.status != registry::PlaceStatus::closed;
    if (!there || !store::in_scope(scope, row, "")) {
      return;
    }
    MobileStation station{row.key, place, {}, 0};
    if (const auto kept = reading.registered(city, kTimetableKind, timetable_key(row.key))) {
      station.timetable = timetable_in(*kept).value_or(booking::Timetable{});
      station.version = kept->version;
    }
    stations.push_back(std::move(station));
  });
  return stations;
}

Result<void> check_timetable(store::Reading& reading, const std::string& city,
                             const std::string& place, const booking::Timetable& timetable) {
  const auto known = place_on_record(reading, city, place);
  if (!known) {
    return Error{ErrorCode::unknown_place, "/place", place};
  }
  if (known->form != registry::PlaceForm::mobile) {
    return Error{ErrorCode::bad_field, "/place", place + " is no mobile station (form: mobile)"};
  }
  HUAN_CHECK(check_vehicle(reading, city, place, timetable));
  return check_spots(reading, city, timetable);
}

Result<void> lay_down_timetable(Recorder& recorder, store::Reading& reading,
                                const TimetableSent& sent, const Principal& by) {
  HUAN_CHECK(check_timetable(reading, sent.city, sent.place, sent.timetable));
  const Outcome outcome = recorder.put(sent.city,
                                       {kTimetableKind, timetable_key(sent.place),
                                        booking::to_json(sent.timetable), "", "", sent.based_on},
                                       by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

}  // namespace huan::app
