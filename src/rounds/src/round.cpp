// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/round.hpp"

#include <array>

#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "reading.hpp"

namespace huan::rounds {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 4> kStopKinds{"order", "visit", "station", "unload"};
constexpr std::array<std::string_view, 6> kStopStates{"planned", "arrived", "weighed",
                                                      "done",    "refused", "missed"};
constexpr std::array<std::string_view, 3> kRoundStates{"draft", "published", "closed"};
constexpr std::array<std::string_view, 2> kKinds{"round", "sheet"};
constexpr std::size_t kWord = 60;
constexpr std::size_t kKey = 120;
constexpr std::size_t kDigestText = 64;
constexpr std::int64_t kLatMax = 900'000'000;
constexpr std::int64_t kLngMax = 1'800'000'000;

template <class T, class Parse>
Result<std::vector<T>> list_of(std::optional<json::Value> list, const std::string& pointer,
                               std::size_t most, const Parse& parse) {
  std::vector<T> all;
  if (!list) {
    return all;
  }
  if (!list->is_array() || list->size() > most) {
    return Error{ErrorCode::bad_field, pointer, "an array of at most " + std::to_string(most)};
  }
  all.reserve(list->size());
  for (const json::Value one : list->elements()) {
    HUAN_TRY(parsed, parse(one, pointer + "/" + std::to_string(all.size())));
    all.push_back(std::move(parsed));
  }
  return all;
}

Spot read_spot(Fields& f) {
  return {static_cast<std::int32_t>(f.integer("lat_e7", {-kLatMax, kLatMax})),
          static_cast<std::int32_t>(f.integer("lng_e7", {-kLngMax, kLngMax}))};
}

base::Mass read_mass(Fields& f, std::string_view key) {
  return base::Mass{f.integer(key, {0, base::kMassMax})};
}

Result<Loaded> parse_loaded(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Loaded loaded;
  loaded.items = f.names("items", kItemsMax);
  loaded.mass = read_mass(f, "mass_g");
  loaded.material = f.name("material", kKey);
  HUAN_CHECK(f.finish());
  return loaded;
}

Result<Stop> parse_stop(json::Value value, const std::string& pointer) {
  Fields f(value, pointer);
  Stop stop;
  stop.id = f.name("id", kKey);
  stop.kind = static_cast<StopKind>(f.choice("kind", kStopKinds));
  stop.state = static_cast<StopState>(f.optional_choice("state", kStopStates).value_or(0));
  stop.ref = f.name("ref", kKey);
  stop.place = f.name("place");
  stop.party = f.optional_name("party").value_or("");
  stop.at = read_spot(f);
  stop.mass = read_mass(f, "mass_g");
  stop.from_s = read_clock(f, "from", 0);
  stop.to_s = read_clock(f, "to", 86'400);
  stop.arrive_s = read_clock(f, "arrive", 0);
  stop.leave_s = read_clock(f, "leave", 0);
  stop.priority = static_cast<std::int32_t>(f.optional_integer("priority", {0, 100}).value_or(0));
  stop.reason = f.optional_text("reason", kWord).value_or("");
  stop.photo = f.optional_text("photo", kDigestText).value_or("");
  stop.shipment = f.optional_name("shipment", kKey).value_or("");
  stop.arrived_at = f.optional_time("arrived_at").value_or(base::Instant{});
  stop.ended_at = f.optional_time("ended_at").value_or(base::Instant{});
  const auto loaded = f.any("loaded");
  HUAN_CHECK(f.finish());
  HUAN_TRY(loads, list_of<Loaded>(loaded, pointer + "/loaded", kLoadsMax, parse_loaded));
  stop.loaded = std::move(loads);
  return stop;
}

Result<Why> parse_why(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Why why;
  why.amount = f.optional_integer("amount").value_or(0);
  why.code = f.text("code", kWord);
  why.unit = f.optional_text("unit", kWord).value_or("");
  why.vehicle = f.optional_name("vehicle").value_or("");
  HUAN_CHECK(f.finish());
  return why;
}

Result<LeftOut> parse_left_out(json::Value value, const std::string& pointer) {
  Fields f(value, pointer);
  const auto reasons = f.any("reasons");
  const auto stop = f.any("stop");
  if (!stop) {
    f.refuse(ErrorCode::bad_field, "stop", "a stop is missing");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(read, parse_stop(*stop, pointer + "/stop"));
  HUAN_TRY(why, list_of<Why>(reasons, pointer + "/reasons", kLoadsMax, parse_why));
  return LeftOut{std::move(read), std::move(why)};
}

Result<StorageAlert> parse_alert(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  StorageAlert alert;
  if (const auto limit = f.optional_integer("limit_g", {0, base::kMassMax})) {
    alert.limit = base::Mass{*limit};
  }
  if (const auto by = f.optional_text("by", 5)) {
    alert.by_s = seconds_of(*by);
  }
  alert.place = f.name("place");
  alert.stock = read_mass(f, "stock_g");
  alert.what = f.text("what", kWord);
  HUAN_CHECK(f.finish());
  return alert;
}

Result<Idle> parse_idle(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Idle idle{f.name("vehicle"), f.text("why", kWord)};
  HUAN_CHECK(f.finish());
  return idle;
}

base::Day read_day(Fields& f) {
  const auto day = f.optional_day("day");
  if (!day) {
    f.refuse(ErrorCode::bad_field, "day", "a day like 2026-11-23");
  }
  return day.value_or(base::Day{});
}

void write_text(json::Writer& w, std::string_view key, const std::string& text) {
  if (!text.empty()) {
    w.member(key, text);
  }
}

void write_time(json::Writer& w, std::string_view key, base::Instant at) {
  if (at.s != 0) {
    w.member(key, base::format_time(at, 0));
  }
}

void write_stop(json::Writer& w, const Stop& stop) {
  w.begin_object().member("arrive", clock_of(stop.arrive_s));
  write_time(w, "arrived_at", stop.arrived_at);
  write_time(w, "ended_at", stop.ended_at);
  w.member("from", clock_of(stop.from_s)).member("id", stop.id).member("kind", name(stop.kind));
  w.member("lat_e7", stop.at.lat_e7).member("leave", clock_of(stop.leave_s));
  w.member("lng_e7", stop.at.lng_e7);
  if (!stop.loaded.empty()) {
    write_loads(w.key("loaded"), stop.loaded);
  }
  w.member("mass_g", stop.mass.count());
  write_text(w, "party", stop.party);
  write_text(w, "photo", stop.photo);
  w.member("place", stop.place).member("priority", stop.priority);
  write_text(w, "reason", stop.reason);
  w.member("ref", stop.ref);
  write_text(w, "shipment", stop.shipment);
  w.member("state", name(stop.state)).member("to", clock_of(stop.to_s)).end_object();
}

void write_left_out(json::Writer& w, const LeftOut& left) {
  w.begin_object().key("reasons").begin_array();
  for (const Why& why : left.reasons) {
    w.begin_object().member("amount", why.amount).member("code", why.code);
    write_text(w, "unit", why.unit);
    write_text(w, "vehicle", why.vehicle);
    w.end_object();
  }
  w.end_array().key("stop");
  write_stop(w, left.stop);
  w.end_object();
}

void write_alert(json::Writer& w, const StorageAlert& alert) {
  w.begin_object();
  if (alert.by_s) {
    w.member("by", clock_of(*alert.by_s));
  }
  if (alert.limit) {
    w.member("limit_g", alert.limit->count());
  }
  w.member("place", alert.place).member("stock_g", alert.stock.count());
  w.member("what", alert.what).end_object();
}

}  // namespace

void write_loads(json::Writer& w, const std::vector<Loaded>& loads) {
  w.begin_array();
  for (const Loaded& one : loads) {
    w.begin_object();
    if (!one.items.empty()) {
      w.key("items").begin_array();
      for (const std::string& code : one.items) {
        w.string(code);
      }
      w.end_array();
    }
    w.member("mass_g", one.mass.count()).member("material", one.material).end_object();
  }
  w.end_array();
}

std::string_view name(StopKind kind) noexcept {
  return kStopKinds.at(static_cast<std::size_t>(kind));
}
std::string_view name(StopState state) noexcept {
  return kStopStates.at(static_cast<std::size_t>(state));
}
std::string_view name(RoundState state) noexcept {
  return kRoundStates.at(static_cast<std::size_t>(state));
}
bool has_ended(StopState state) noexcept {
  return state == StopState::done || state == StopState::refused || state == StopState::missed;
}

Result<Round> parse_round(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Round round;
  static_cast<void>(f.choice("kind", kKinds));
  round.capacity = read_mass(f, "capacity_g");
  round.day = read_day(f);
  round.distance_m = f.integer("distance_m");
  round.driver = f.optional_text("driver", kKey).value_or("");
  round.depot = read_spot(f);
  round.leave_s = read_clock(f, "leave", 0);
  round.return_s = read_clock(f, "return", 0);
  round.party = f.optional_name("party").value_or("");
  round.vehicle = f.name("vehicle");
  round.state = static_cast<RoundState>(f.choice("state", kRoundStates));
  const auto stops = f.any("stops");
  HUAN_CHECK(f.finish());
  HUAN_TRY(read, list_of<Stop>(stops, std::string(pointer) + "/stops", kStopsMax, parse_stop));
  round.stops = std::move(read);
  return round;
}

Result<Sheet> parse_sheet(json::Value data, std::string_view pointer) {
  const std::string here(pointer);
  Fields f(data, here);
  Sheet sheet;
  static_cast<void>(f.choice("kind", kKinds));
  sheet.day = read_day(f);
  sheet.iterations = f.optional_integer("iterations").value_or(0);
  sheet.party = f.optional_name("party").value_or("");
  sheet.seed = static_cast<std::uint64_t>(f.integer("seed"));
  sheet.state = static_cast<RoundState>(f.choice("state", kRoundStates));
  sheet.vehicles = f.names("vehicles", kUnservedMax);
  const auto alerts = f.any("alerts");
  const auto idle = f.any("idle");
  const auto left = f.any("left_out");
  HUAN_CHECK(f.finish());
  HUAN_TRY(alert, list_of<StorageAlert>(alerts, here + "/alerts", kUnservedMax, parse_alert));
  HUAN_TRY(idles, list_of<Idle>(idle, here + "/idle", kUnservedMax, parse_idle));
  HUAN_TRY(outs, list_of<LeftOut>(left, here + "/left_out", kUnservedMax, parse_left_out));
  sheet.alerts = std::move(alert);
  sheet.idle = std::move(idles);
  sheet.left_out = std::move(outs);
  return sheet;
}

std::string to_json(const Round& round) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("capacity_g", round.capacity.count());
  w.member("day", base::format_day(round.day)).member("distance_m", round.distance_m);
  write_text(w, "driver", round.driver);
  w.member("kind", "round").member("lat_e7", round.depot.lat_e7);
  w.member("leave", clock_of(round.leave_s)).member("lng_e7", round.depot.lng_e7);
  write_text(w, "party", round.party);
  w.member("return", clock_of(round.return_s)).member("state", name(round.state));
  w.key("stops").begin_array();
  for (const Stop& stop : round.stops) {
    write_stop(w, stop);
  }
  w.end_array().member("vehicle", round.vehicle).end_object();
  return out;
}

std::string to_json(const StorageAlert& alert) {
  std::string out;
  json::Writer w(out);
  write_alert(w, alert);
  return out;
}

std::string to_json(const Sheet& sheet) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("alerts").begin_array();
  for (const StorageAlert& alert : sheet.alerts) {
    write_alert(w, alert);
  }
  w.end_array().member("day", base::format_day(sheet.day)).key("idle").begin_array();
  for (const Idle& one : sheet.idle) {
    w.begin_object().member("vehicle", one.vehicle).member("why", one.why).end_object();
  }
  w.end_array().member("iterations", sheet.iterations).member("kind", "sheet");
  w.key("left_out").begin_array();
  for (const LeftOut& left : sheet.left_out) {
    write_left_out(w, left);
  }
  w.end_array();
  write_text(w, "party", sheet.party);
  w.member("seed", static_cast<std::int64_t>(sheet.seed)).member("state", name(sheet.state));
  w.key("vehicles").begin_array();
  for (const std::string& one : sheet.vehicles) {
    w.string(one);
  }
  w.end_array().end_object();
  return out;
}

}  // namespace huan::rounds
