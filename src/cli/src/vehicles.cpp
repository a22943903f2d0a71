// SPDX-License-Identifier: Apache-2.0
// Vehicles that say where they are: which terminals may, where one drove on a day, and how that
// stands to its pass, its hours and its plan.
#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "huan/app/driven_day.hpp"
#include "huan/app/vehicle_passes.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/track_store/track_store.hpp"
#include "huan/tracks/codec.hpp"
#include "huan/tracks/deviations.hpp"
#include "vehicles.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using track_store::TrackStore;

constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::int64_t kE6 = 180'000'000;
constexpr std::int64_t kRadiusMax = 100'000;

struct VehicleWanted {
  std::string vehicle;
  std::string phone;
  std::string day;
  std::string hours;
  std::string plan;
  std::string party;
};

struct DayTrack {
  std::string city;
  std::int32_t offset_s{0};
  base::Day day;
  tracks::Track track;
};

base::Result<store::RegistryRow> vehicle_row(store::Reading& reading, const std::string& city,
                                             const std::string& vehicle) {
  auto row = reading.registered(city, "asset", vehicle);
  if (!row || row->subkind != "vehicle") {
    return Error{ErrorCode::unknown_vehicle, "--vehicle", vehicle};
  }
  return *std::move(row);
}

int enrol(const Common& common, const VehicleWanted& wanted) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  const bool digits = !wanted.phone.empty() && wanted.phone.size() <= 20 &&
                      wanted.phone.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) {
    return refused(common, {ErrorCode::bad_number, "--phone", "up to 20 digits"});
  }
  if (const auto row = vehicle_row(*reading, *city, wanted.vehicle); !row) {
    return refused(common, row.error());
  }
  const auto first = wanted.phone.find_first_not_of('0');
  const std::string phone = first == std::string::npos ? "0" : wanted.phone.substr(first);
  TrackStore{tracks_path(common)}.put_terminal(phone, {*city, wanted.vehicle});
  fmt::print("{}\n", common.json ? "{\"phone\":\"" + phone + "\"}"
                                 : "the next terminal that registers as " + phone +
                                       " reports for " + wanted.vehicle);
  return kDone;
}

int terminals(const Common& common) {
  TrackStore tracks{tracks_path(common)};
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const track_store::Terminal& one : tracks.terminals()) {
    w.begin_object().member("bound", one.has_code).member("city", one.vehicle.city);
    w.member("phone", one.phone).member("vehicle", one.vehicle.id).end_object();
    if (!common.json) {
      fmt::print("{:<20} {:<20} {}\n", one.phone, one.vehicle.id,
                 one.has_code ? "bound" : "waits for its terminal");
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

bool asks_for_action(const app::PassStanding& one) {
  return one.standing == "expiring" || one.standing == "expired" || one.standing == "confirmed";
}

std::string standing_line(const app::PassStanding& one) {
  std::string hours;
  for (const rounds::Hours& window : one.pass.hours) {
    hours += " " + rounds::text_of(window);
  }
  for (const std::string& zone : one.pass.zones) {
    hours += " in " + zone;
  }
  const std::string left = one.days_left > 0 ? fmt::format("{} days left", one.days_left) : "";
  return fmt::format("{:<16} {:<10} {:<10} {:<14} {:<14}{}", one.vehicle, one.standing,
                     one.pass.to ? base::format_day(*one.pass.to) : "", left, one.pass.number,
                     hours);
}

/// 1 when somebody has to apply again, or the police has to be told.
int passes(const Common& common, const VehicleWanted& wanted) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto code = common.one_city(*reading);
  const auto city = code ? reading->city(*code) : std::nullopt;
  if (!city) {
    return refused(common, code ? Error{ErrorCode::unknown_city, "--city", *code} : code.error());
  }
  base::SystemClock clock;
  const auto day =
      wanted.day.empty() ? base::day_of(clock.now(), city->offset_s) : base::parse_day(wanted.day);
  if (!day) {
    return refused(common, {ErrorCode::bad_time, "--day", "a day like 2026-11-21"});
  }
  const auto all = app::pass_standings(*reading, *code, {*day, wanted.party});
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const app::PassStanding& one : all) {
    w.begin_object().member("days_left", one.days_left).member("party", one.party);
    w.member("pass", one.pass.key).member("standing", one.standing);
    w.member("vehicle", one.vehicle).end_object();
    if (!common.json) {
      fmt::print("{}\n", standing_line(one));
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return std::ranges::any_of(all, asks_for_action) ? kWanting : kDone;
}

base::Result<DayTrack> day_track(const Common& common, store::Reading& reading,
                                 const VehicleWanted& wanted) {
  HUAN_TRY(city, common.one_city(reading));
  const auto row = reading.city(city);
  const auto day = base::parse_day(wanted.day);
  if (!day) {
    return Error{ErrorCode::bad_time, "--day", "a day like 2026-11-21"};
  }
  HUAN_CHECK(vehicle_row(reading, city, wanted.vehicle));
  DayTrack result{city, row ? row->offset_s : 0, *day, {}};
  const std::int64_t from = std::int64_t{day->n} * kSecondsOfDay - result.offset_s;
  result.track = TrackStore{tracks_path(common)}.read({city, wanted.vehicle}, base::Instant{from},
                                                      base::Instant{from + kSecondsOfDay});
  return result;
}

std::string said_beside(const tracks::Fix& fix) {
  std::string text = fix.located ? "" : "  not located";
  for (unsigned door = 1; fix.doors >> (door - 1) != 0; ++door) {
    text += (fix.doors >> (door - 1) & 1U) != 0 ? "  door " + std::to_string(door) + " open" : "";
  }
  return text + (fix.load == 1 ? "  half full" : fix.load == 3 ? "  full" : "");
}

int track(const Common& common, const VehicleWanted& wanted) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto day = day_track(common, *reading, wanted);
  if (!day) {
    return refused(common, day.error());
  }
  const std::string digest = crypto::hex(crypto::sha256(tracks::encode(day->track)));
  if (!common.json) {
    for (const tracks::Fix& fix : day->track) {
      fmt::print("{} {:>11.6f} {:>11.6f} {:>5.1f} km/h{}\n",
                 base::format_time(fix.time, day->offset_s), fix.lat_e6 / 1e6, fix.lng_e6 / 1e6,
                 fix.speed_dmh / 10.0, said_beside(fix));
    }
    fmt::print("{} reports, sha256 {}\n", day->track.size(), digest);
    return kDone;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("day", wanted.day).key("fixes").begin_array();
  for (const tracks::Fix& fix : day->track) {
    w.begin_array().integer(fix.time.s).integer(fix.lat_e6).integer(fix.lng_e6);
    w.integer(fix.speed_dmh).integer(fix.direction).boolean(fix.located);
    w.integer(fix.doors).integer(fix.load).end_array();
  }
  w.end_array().member("sha256", digest).member("vehicle", wanted.vehicle).end_object();
  fmt::print("{}\n", out);
  return kDone;
}

/// "07:00-09:00,17:00-19:30".
base::Result<std::vector<tracks::Window>> windows_of(const std::string& text) {
  std::vector<std::string> texts;
  std::istringstream parts(text);
  for (std::string one; std::getline(parts, one, ',');) {
    texts.push_back(one);
  }
  auto hours = rounds::parse_hours(texts);
  if (!hours) {
    return Error{hours.error().code, "--hours", hours.error().detail};
  }
  std::vector<tracks::Window> windows;
  windows.reserve(hours->size());
  for (const rounds::Hours& one : *hours) {
    windows.push_back({one.from_s, one.to_s});
  }
  return windows;
}

base::Result<tracks::PlannedStop> parse_stop(json::Value value) {
  const auto integer = [&](std::string_view key, std::int64_t most) -> std::optional<std::int64_t> {
    const auto field = value.is_object() ? value.find(key) : std::nullopt;
    const bool fits = field && field->is_integer() && std::abs(field->integer()) <= most;
    return fits ? std::optional{field->integer()} : std::nullopt;
  };
  const auto time = [&](std::string_view key) {
    const auto field = value.is_object() ? value.find(key) : std::nullopt;
    return field && field->is_string() ? base::parse_time(field->string()) : std::nullopt;
  };
  const auto id = value.is_object() ? value.find("id") : std::nullopt;
  const auto lat = integer("lat_e6", kE6 / 2);
  const auto lng = integer("lng_e6", kE6);
  const auto from = time("from");
  const auto to = time("to");
  if (!id || !id->is_string() || !lat || !lng || !from || !to) {
    return Error{ErrorCode::bad_field, "", "a stop is {id, lat_e6, lng_e6, from, to, radius_m?}"};
  }
  return tracks::PlannedStop{std::string{id->string()},
                             {static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lng)},
                             static_cast<double>(integer("radius_m", kRadiusMax).value_or(100)),
                             *from,
                             *to};
}

base::Result<std::vector<tracks::PlannedStop>> read_plan(const std::string& path) {
  std::vector<tracks::PlannedStop> stops;
  if (path.empty()) {
    return stops;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  HUAN_TRY(document, json::Document::parse(text.str()));
  if (!document.root().is_array()) {
    return Error{ErrorCode::bad_field, path, "a list of stops is expected"};
  }
  stops.reserve(document.root().size());
  for (const json::Value value : document.root().elements()) {
    auto stop = parse_stop(value);
    if (!stop) {
      return std::move(stop).error().within(path + " " + std::to_string(stops.size()));
    }
    stops.push_back(*std::move(stop));
  }
  return stops;
}

void print_judged(const tracks::Judged& judged, const DayTrack& day,
                  const app::DrivenAgainst& against) {
  fmt::print("{} reports, {:.1f} km driven, {} min unknown, pass {}, {} planned stops made\n",
             day.track.size(), judged.driven_m / 1'000, judged.gap_s / 60, against.pass,
             judged.stops_made);
  for (const tracks::Stretch& one : judged.stretches) {
    fmt::print("  {:<18} {} to {}  {}\n", tracks::name(one.what),
               base::format_time(one.from, day.offset_s), base::format_time(one.to, day.offset_s),
               one.subject);
  }
  for (const tracks::Hauled& one : judged.hauls) {
    fmt::print("  {:<18} {} to {}  box {}\n", one.haul.shipment,
               base::format_time(one.haul.from, day.offset_s),
               base::format_time(one.haul.to, day.offset_s), tracks::name(one.box));
  }
}

/// 1 when anything but a gap deviates. Hours and stops that are given stand for those on record.
int judge(const Common& common, const VehicleWanted& wanted) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto day = day_track(common, *reading, wanted);
  if (!day) {
    return refused(common, day.error());
  }
  const auto hours = windows_of(wanted.hours);
  const auto stops = read_plan(wanted.plan);
  for (const base::Error* error :
       {hours ? nullptr : &hours.error(), stops ? nullptr : &stops.error()}) {
    if (error != nullptr) {
      return refused(common, *error);
    }
  }
  const auto city = reading->city(day->city);
  auto against =
      app::driven_against(*reading, city ? *city : store::CityRow{}, {day->day, wanted.vehicle});
  if (!wanted.hours.empty()) {
    against.allowed.windows = *hours;
  }
  if (!wanted.plan.empty()) {
    against.allowed.stops = *stops;
    against.allowed.unsealed = *stops;
  }
  const tracks::Judged judged = tracks::judge(day->track, against.allowed, {});
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("reports", static_cast<std::int64_t>(day->track.size()));
    app::write_judged_drive(w, against, judged);
    w.end_object();
    fmt::print("{}\n", out);
  } else {
    print_judged(judged, *day, against);
  }
  return app::deviates(judged) ? kWanting : kDone;
}

}  // namespace

std::string tracks_path(const Common& common) {
  const std::string path = common.path();
  const auto dot = path.rfind(".db");
  return (dot == std::string::npos ? path : path.substr(0, dot)) + ".tracks.db";
}

void add_vehicles(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* vehicles = root.add_subcommand(
      "vehicles", "vehicles that say where they are: terminals, tracks, deviations");
  vehicles->require_subcommand(1);
  auto wanted = std::make_shared<VehicleWanted>();
  const auto add = [&](const char* name, const char* help) {
    CLI::App* one = add_verb(*vehicles, common, name, help);
    one->add_option("--city", common.city, "when the store holds several");
    return one;
  };
  CLI::App* one = add("enrol", "let the next terminal of this number report for a vehicle");
  one->add_option("--phone", wanted->phone, "the terminal's number")->required();
  one->add_option("--vehicle", wanted->vehicle, "as on record")->required();
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return enrol(common, *wanted); }; });
  add("terminals", "who may report, and whether its device is bound")->callback([&common, &verb] {
    verb = [&common] { return terminals(common); };
  });
  one = add("passes", "how each vehicle stands with its pass: none, applied, in force, expiring …");
  one->add_option("--day", wanted->day, "today by default");
  one->add_option("--party", wanted->party, "of one enterprise alone");
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return passes(common, *wanted); }; });
  for (const bool judges : {false, true}) {
    one = judges ? add("judge", "a driven day against pass, hours and plan")
                 : add("track", "where it drove on a day");
    one->add_option("--vehicle", wanted->vehicle, "as on record")->required();
    one->add_option("--day", wanted->day, "local, like 2026-11-21")->required();
    if (judges) {
      one->add_option("--hours", wanted->hours, "instead of the pass's: 07:00-09:00,17:00-19:30");
      one->add_option(
          "--plan", wanted->plan,
          "instead of the round's: JSON [{id, lat_e6, lng_e6, from, to, radius_m?}, …]");
    }
    one->callback([&common, &verb, wanted, judges] {
      verb = [&common, wanted, judges] {
        return judges ? judge(common, *wanted) : track(common, *wanted);
      };
    });
  }
  add_vehicles_box(*vehicles, common, verb);
  add_vehicles_gateway(*vehicles, common, verb);
}

}  // namespace huan::cli
