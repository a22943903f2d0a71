// SPDX-License-Identifier: Apache-2.0
// Mobile stations and where they stand when: a line for each halt, to be read, exported and edited
// by whoever dispatches them.
#include "huan/app/timetables.hpp"

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kTimetableMax = 256U << 10U;
constexpr std::int32_t kDaysOfWeek = 7;

/// A station without halts has one line as well.
struct HaltLine {
  const app::MobileStation* station{nullptr};
  const booking::Halt* halt{nullptr};
};

std::string days_text(std::uint8_t days) {
  std::string text;
  for (std::int32_t day = 0; day < kDaysOfWeek; ++day) {
    if (((days >> static_cast<unsigned>(day)) & 1U) != 0) {
      text += (text.empty() ? "" : " ") + std::to_string(day + 1);
    }
  }
  return text;
}

std::string closed_text(const booking::Timetable& timetable) {
  std::string text;
  for (const base::Day day : timetable.closed) {
    text += (text.empty() ? "" : " ") + base::format_day(day);
  }
  return text;
}

void put_line(Table& table, const HaltLine& line) {
  const app::MobileStation& station = *line.station;
  table.text(station.key).text(station.place.name).text(station.place.operator_id);
  table.text(station.timetable.vehicle).integer(station.version);
  table.text(closed_text(station.timetable));
  if (line.halt == nullptr) {
    table.none().none().none().none().none().none().none();
    return;
  }
  const booking::Halt& halt = *line.halt;
  table.text(days_text(halt.days));
  halt.date ? table.text(base::format_day(*halt.date)) : table.none();
  table.text(booking::clock_text(halt.from_min)).text(booking::clock_text(halt.to_min));
  table.text(halt.name).integer(halt.at.lat_e7).integer(halt.at.lng_e7);
}

Result<Response> list_stations(const Ask& ask) {
  const auto stations = app::mobile_stations_on_record(ask.reading, ask.city.city, ask.scope());
  std::vector<HaltLine> lines;
  for (const app::MobileStation& station : stations) {
    for (const booking::Halt& halt : station.timetable.halts) {
      lines.push_back({&station, &halt});
    }
    if (station.timetable.halts.empty()) {
      lines.push_back({&station, nullptr});
    }
  }
  return numbered(ask,
                  {"place", "name", "party", "vehicle", "version", "closed", "days", "date", "from",
                   "to", "halt", "lat_e7", "lng_e7"},
                  lines, put_line);
}

/// {"timetable":{…},"version":…}: the version that was read, 0 for none.
struct TimetableBody {
  booking::Timetable timetable;
  std::int64_t version{0};
};

Result<TimetableBody> timetable_body(const Request& request) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kTimetableMax) {
    return Error{ErrorCode::too_large, "", "a timetable has at most 256 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  registry::Fields f(document.root(), "");
  const auto timetable = f.any("timetable");
  const auto version = f.integer("version");
  if (!timetable) {
    f.refuse(ErrorCode::bad_field, "timetable", "an object with `halts`");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(parsed, booking::parse_timetable(*timetable, "/timetable"));
  return TimetableBody{std::move(parsed), version};
}

Result<Response> put_timetable(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  const std::string place(request.param("place"));
  const auto scope = app::row_scope(who);
  if (!reading->registered(city.city, "place", place) ||
      !app::sees_place(*reading, city.city, place, scope)) {
    return Error{ErrorCode::unknown_place, "place", place};
  }
  HUAN_TRY(sent, timetable_body(request));
  const auto vehicle = reading->registered(city.city, "asset", sent.timetable.vehicle);
  if (vehicle && !app::sees_thing(*reading, city.city, *vehicle, scope)) {
    return Error{ErrorCode::unknown_vehicle, "/timetable/vehicle", sent.timetable.vehicle};
  }
  auto laid = app::lay_down_timetable(context.parts.recorder, *reading,
                                      {city.city, place, std::move(sent.timetable), sent.version},
                                      who.principal);
  if (!laid) {
    Error error = std::move(laid).error();
    const bool in_address = error.at == "/place" || error.at == "/key";
    return in_address || error.code == ErrorCode::version_conflict
               ? Error{error.code, in_address ? "place" : "/version", error.detail}
               : std::move(error).within("/timetable");
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("place", place).member("version", sent.version + 1).end_object();
  auto response = http_server::json_response(sent.version == 0 ? 201 : 200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_timetable_doors(Doors& doors) {
  doors.read("/api/v1/mobile-stations", list_parameters({}), list_stations);
  doors.write("PUT", "/api/v1/mobile-stations/{place}", {},
              [&context = doors.context()](const Request& request, const app::Access& who) {
                return put_timetable(context, request, who);
              });
}

}  // namespace huan::http
