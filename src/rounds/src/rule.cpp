// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/rule.hpp"

#include <algorithm>

#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "reading.hpp"

namespace huan::rounds {
namespace {

using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::size_t kDriversMax = 2'000;
constexpr std::size_t kZonesMax = 50;
constexpr std::size_t kRingMax = 500;
constexpr std::int64_t kE7 = 10'000'000;

void read_drivers(Fields& f, Rule& rule) {
  const auto drivers = f.any("drivers");
  if (!drivers) {
    return;
  }
  if (!drivers->is_object() || drivers->size() > kDriversMax) {
    f.refuse(ErrorCode::bad_field, "drivers", "vehicles with an account each");
    return;
  }
  for (const json::Member one : drivers->members()) {
    if (!one.value.is_string() || one.value.string().size() > 120) {
      f.refuse(ErrorCode::bad_field, "drivers", "vehicles with an account each");
      return;
    }
    rule.drivers[std::string(one.key)] = std::string(one.value.string());
  }
}

Result<TrafficZone> parse_zone(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  TrafficZone zone;
  zone.id = f.name("id");
  zone.name = f.optional_text("name", 200).value_or(zone.id);
  auto closed = parse_hours(f.any("closed") ? f.names("closed", 20) : std::vector<std::string>{});
  if (!closed) {
    f.refuse(closed.error().code, "closed", closed.error().detail);
  } else {
    zone.closed = std::move(*closed);
  }
  const auto ring = f.array("ring");
  if (!ring || ring->size() < 3 || ring->size() > kRingMax) {
    f.refuse(ErrorCode::bad_field, "ring", "3 to 500 corners {lat_e7, lng_e7}");
  } else {
    for (const json::Value corner : ring->elements()) {
      Fields at(corner, f.pointer("ring") + "/" + std::to_string(zone.ring.size()));
      const auto lat = at.integer("lat_e7", {-90 * kE7, 90 * kE7});
      const auto lng = at.integer("lng_e7", {-180 * kE7, 180 * kE7});
      zone.ring.push_back({static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lng)});
      if (auto whole = at.finish(); !whole) {
        f.adopt(std::move(whole).error());
        break;
      }
    }
  }
  HUAN_CHECK(f.finish());
  return zone;
}

void read_zones(Fields& f, Rule& rule) {
  if (!f.any("zones")) {
    return;
  }
  const auto list = f.array("zones");
  if (!list || list->size() > kZonesMax) {
    f.refuse(ErrorCode::bad_field, "zones", "a list of at most 50");
    return;
  }
  for (const json::Value one : list->elements()) {
    auto zone = parse_zone(one, f.pointer("zones") + "/" + std::to_string(rule.zones.size()));
    if (!zone) {
      f.adopt(std::move(zone).error());
      return;
    }
    const bool again = std::ranges::any_of(
        rule.zones, [&](const TrafficZone& before) { return before.id == zone->id; });
    if (again) {
      f.refuse(ErrorCode::bad_field, "zones", zone->id + " is there twice");
    }
    rule.zones.push_back(std::move(*zone));
  }
}

void write_zones(json::Writer& w, const std::vector<TrafficZone>& zones) {
  w.key("zones").begin_array();
  for (const TrafficZone& zone : zones) {
    w.begin_object().key("closed").begin_array();
    for (const Hours& hours : zone.closed) {
      w.string(text_of(hours));
    }
    w.end_array().member("id", zone.id).member("name", zone.name).key("ring").begin_array();
    for (const Spot& at : zone.ring) {
      w.begin_object().member("lat_e7", at.lat_e7).member("lng_e7", at.lng_e7).end_object();
    }
    w.end_array().end_object();
  }
  w.end_array();
}

}  // namespace

std::string clock_of(std::int32_t seconds) {
  const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::int32_t minutes = seconds / 60;
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::optional<std::int32_t> seconds_of(std::string_view clock) {
  const auto digit = [&](std::size_t at) { return clock[at] - '0'; };
  if (clock.size() != 5 || clock[2] != ':') {
    return std::nullopt;
  }
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (digit(at) < 0 || digit(at) > 9) {
      return std::nullopt;
    }
  }
  const std::int32_t minutes = (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
  return digit(3) > 5 || minutes > 48 * 60 ? std::nullopt : std::optional(minutes * 60);
}

std::int32_t read_clock(Fields& f, std::string_view key, std::int32_t absent) {
  const auto text = f.optional_text(key, 5);
  if (!text) {
    return absent;
  }
  const auto seconds = seconds_of(*text);
  if (!seconds) {
    f.refuse(ErrorCode::bad_field, key, "a time like 07:30");
  }
  return seconds.value_or(absent);
}

Result<Rule> parse_rule(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Rule rule;
  rule.from_s = read_clock(f, "from", rule.from_s);
  rule.to_s = read_clock(f, "to", rule.to_s);
  const auto minutes = [&](std::string_view key, std::int32_t& seconds) {
    if (const auto given = f.optional_integer(key, {0, 600})) {
      seconds = static_cast<std::int32_t>(*given * 60);
    }
  };
  minutes("order_min", rule.order_s);
  minutes("station_min", rule.station_s);
  minutes("unload_min", rule.unload_s);
  rule.speed_km_h = static_cast<std::int32_t>(
      f.optional_integer("speed_km_h", {1, 120}).value_or(rule.speed_km_h));
  rule.detour_pct = static_cast<std::int32_t>(
      f.optional_integer("detour_pct", {100, 400}).value_or(rule.detour_pct));
  if (const auto guess = f.optional_integer("order_guess_g", {1, 1'000'000'000})) {
    rule.order_guess = base::Mass{*guess};
  }
  if (const auto guess = f.optional_integer("capacity_guess_g", {1, 1'000'000'000})) {
    rule.capacity_guess = base::Mass{*guess};
  }
  rule.fen_per_km = f.optional_integer("fen_per_km", {0, 1'000'000}).value_or(0);
  rule.fen_per_hour = f.optional_integer("fen_per_hour", {0, 10'000'000}).value_or(0);
  read_drivers(f, rule);
  read_zones(f, rule);
  if (!f.refused() && rule.from_s >= rule.to_s) {
    f.refuse(ErrorCode::bad_field, "to", "later than `from`");
  }
  HUAN_CHECK(f.finish());
  return rule;
}

std::string to_json(const Rule& rule) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("capacity_guess_g", rule.capacity_guess.count());
  w.member("detour_pct", rule.detour_pct).key("drivers").begin_object();
  for (const auto& [vehicle, account] : rule.drivers) {
    w.member(vehicle, account);
  }
  w.end_object().member("fen_per_hour", rule.fen_per_hour).member("fen_per_km", rule.fen_per_km);
  w.member("from", clock_of(rule.from_s));
  w.member("order_guess_g", rule.order_guess.count()).member("order_min", rule.order_s / 60);
  w.member("speed_km_h", rule.speed_km_h).member("station_min", rule.station_s / 60);
  w.member("to", clock_of(rule.to_s)).member("unload_min", rule.unload_s / 60);
  write_zones(w, rule.zones);
  w.end_object();
  return out;
}

}  // namespace huan::rounds
