// SPDX-License-Identifier: Apache-2.0
// Where vehicles drove on a day, and how that stands to pass, plan and shipments: who deviated, as
// a list, and one vehicle's day with its track. An enterprise sees its own vehicles.
#include <algorithm>

#include "huan/app/driven_day.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "huan/tracks/codec.hpp"
#include "table.hpp"
#include "track_shelf.hpp"

namespace huan::http {
namespace {

using access::Scope;

constexpr std::size_t kFixesMax = 20'000;  // one in five seconds, all day

bool sees_vehicle(const Ask& ask, const std::string& vehicle) {
  const auto row = ask.reading.registered(ask.city.city, "asset", vehicle);
  return row && row->subkind == "vehicle" &&
         (ask.access.grant.scope == Scope::all || row->party == ask.access.grant.organisation);
}

Result<base::Day> day_named(std::string_view text) {
  const auto day = base::parse_day(text);
  return day ? Result<base::Day>(*day) : Error{ErrorCode::bad_time, "day", "a day like 2026-11-23"};
}

struct DriveRow {
  std::string vehicle;
  std::size_t reports{0};
  app::DrivenAgainst against;
  tracks::Judged judged;
  [[nodiscard]] std::string key() const { return vehicle; }
};

std::string named_deviations(const tracks::Judged& judged) {
  std::vector<std::string_view> names;
  for (const tracks::Stretch& one : judged.stretches) {
    if (std::ranges::find(names, tracks::name(one.what)) == names.end()) {
      names.push_back(tracks::name(one.what));
    }
  }
  std::string text;
  for (const std::string_view one : names) {
    text += (text.empty() ? "" : " ") + std::string(one);
  }
  return text;
}

Result<DriveRow> drive_of(const Ask& ask, TrackShelf& shelf, const app::DriveAsked& asked) {
  HUAN_TRY(track, shelf.day_of(ask.city, asked.vehicle, asked.day));
  DriveRow row{asked.vehicle, track.size(), app::driven_against(ask.reading, ask.city, asked), {}};
  row.judged = tracks::judge(track, row.against.allowed, {});
  return row;
}

Result<Response> list_tracks(const Ask& ask, Context& context, TrackShelf& shelf) {
  base::Day day = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  if (const auto named = ask.query("day")) {
    HUAN_TRY(given, day_named(*named));
    day = given;
  }
  auto vehicles = shelf.vehicles(ask.city.city);
  std::erase_if(vehicles, [&](const std::string& one) { return !sees_vehicle(ask, one); });
  return list(
      ask,
      {"vehicle", "reports", "driven_m", "gap_s", "pass", "planned", "planned_m", "stops_made",
       "deviates", "named"},
      [&](const store::Page& page) {
        std::vector<DriveRow> rows;
        for (const std::string& vehicle : vehicles) {
          if (vehicle > page.after && rows.size() < page.limit) {
            auto row = drive_of(ask, shelf, {day, vehicle});
            if (row) {
              rows.push_back(std::move(*row));
            }
          }
        }
        return rows;
      },
      [](Table& table, const DriveRow& row) {
        table.text(row.vehicle).integer(static_cast<std::int64_t>(row.reports));
        table.integer(static_cast<std::int64_t>(row.judged.driven_m)).integer(row.judged.gap_s);
        table.text(row.against.pass).boolean(row.against.planned).integer(row.against.planned_m);
        table.integer(static_cast<std::int64_t>(row.judged.stops_made));
        table.boolean(app::deviates(row.judged)).text(named_deviations(row.judged));
      });
}

void write_ring(json::Writer& w, const tracks::Area& area) {
  w.begin_object().member("name", area.name).key("ring").begin_array();
  for (const tracks::Point& at : area.ring) {
    w.begin_array().integer(at.lat_e6).integer(at.lng_e6).end_array();
  }
  w.end_array().end_object();
}

/// Every n-th report of a day that has too many, the first and last among them.
void write_fixes(json::Writer& w, const tracks::Track& track) {
  const std::size_t step = track.size() / kFixesMax + 1;
  w.key("fixes").begin_array();
  for (std::size_t i = 0; i < track.size(); ++i) {
    const tracks::Fix& fix = track[i];
    if (i % step == 0 || i + 1 == track.size()) {
      w.begin_array().integer(fix.time.s).integer(fix.lat_e6).integer(fix.lng_e6);
      w.integer(fix.speed_dmh).integer(fix.located ? 1 : 0).integer(fix.doors).integer(fix.load);
      w.end_array();
    }
  }
  w.end_array();
}

Result<Response> one_track(const Ask& ask, TrackShelf& shelf) {
  const std::string vehicle(ask.request.param("vehicle"));
  HUAN_TRY(day, day_named(ask.request.param("day")));
  if (!sees_vehicle(ask, vehicle)) {
    return Error{ErrorCode::not_found, "vehicle", vehicle};
  }
  const app::DriveAsked asked{day, vehicle};
  HUAN_TRY(track, shelf.day_of(ask.city, asked.vehicle, asked.day));
  const auto against = app::driven_against(ask.reading, ask.city, asked);
  const auto judged = tracks::judge(track, against.allowed, {});
  std::string out;
  json::Writer w(out);
  w.begin_object().member("day", base::format_day(day));
  app::write_judged_drive(w, against, judged);
  write_fixes(w, track);
  w.member("reports", static_cast<std::int64_t>(track.size()));
  w.member("sha256", crypto::hex(crypto::sha256(tracks::encode(track))));
  w.key("stops").begin_array();
  for (const tracks::PlannedStop& stop : against.allowed.stops) {
    w.begin_object().member("id", stop.id).member("lat_e6", stop.at.lat_e6);
    w.member("lng_e6", stop.at.lng_e6).end_object();
  }
  w.end_array().member("vehicle", vehicle).key("zones").begin_array();
  for (const tracks::Area& area : against.allowed.forbidden) {
    write_ring(w, area);
  }
  w.end_array().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_track_doors(Doors& doors) {
  Context& context = doors.context();
  const auto shelf = context.tracks;
  doors.read("/api/v1/tracks", list_parameters({"day"}),
             [shelf, &context](const Ask& ask) { return list_tracks(ask, context, *shelf); });
  doors.read("/api/v1/tracks/{day}/{vehicle}", {},
             [shelf](const Ask& ask) { return one_track(ask, *shelf); });
}

}  // namespace huan::http
