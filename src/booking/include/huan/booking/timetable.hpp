// SPDX-License-Identifier: Apache-2.0
// Mobile rounds 流动回收: a vehicle that is a station, where it stands when, by the city's own
// hours. Weekly, but not on `closed` days; or on one day by its date, closed or not. Between its
// halts it is on its way, and closed.
//
//   {"vehicle":"V-17","closed":["2026-10-01"],"halts":[
//     {"days":[2,5],"from":"08:00","to":"09:30","name":"和平路口","lat_e7":380413900,
//      "lng_e7":1144786100},
//     {"date":"2026-10-01","from":"09:00","to":"12:00","name":"人民广场","lat_e7":380500000,
//      "lng_e7":1144900000}]}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/booking/slots.hpp"
#include "huan/registry/coordinates.hpp"

namespace huan::booking {

struct Halt {
  std::uint8_t days{0};  ///< bit 0 Monday … bit 6 Sunday; none with a date
  std::optional<base::Day> date{};
  std::int16_t from_min{0};
  std::int16_t to_min{0};
  std::string name;  ///< as people there call it
  registry::Degrees at;
};

struct Timetable {
  std::string vehicle;  ///< on record; empty: not stated
  std::vector<Halt> halts;
  std::vector<base::Day> closed{};  ///< the week's halts are left out
};

/// bad_field: also two halts at one time; bad_coordinates.
[[nodiscard]] base::Result<Timetable> parse_timetable(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Timetable& timetable);

/// Where it stands then; nullptr: nowhere.
[[nodiscard]] const Halt* halt_at(const Timetable& timetable, const LocalTime& then);

struct NextHalt {
  const Halt* halt{nullptr};
  base::Day day;
};
/// The first that begins after then, within two weeks; nullopt: there is none.
[[nodiscard]] std::optional<NextHalt> next_halt(const Timetable& timetable, const LocalTime& then);
/// Of one day, in order of time.
[[nodiscard]] std::vector<const Halt*> halts_on(const Timetable& timetable, base::Day day);

struct Meeting {
  const Halt* one{nullptr};
  const Halt* other{nullptr};
};
/// Two halts of two timetables at one time: no vehicle keeps to both.
[[nodiscard]] std::optional<Meeting> meeting_of(const Timetable& one, const Timetable& other);

}  // namespace huan::booking
