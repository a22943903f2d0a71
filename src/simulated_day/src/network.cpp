// SPDX-License-Identifier: Apache-2.0
// Before the day: how much and how long stations may keep, a device at each smart bin, and for each
// truck which door is its box's and a pass, applied for, confirmed and listed to the police.
#include <array>
#include <utility>
#include <vector>

#include "caller.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::simulated_day {
namespace {

using base::Result;

constexpr const char* kPassHours = "06:00-20:00";
constexpr std::int32_t kPassDaysBefore = 30;
constexpr std::int32_t kPassDaysAfter = 330;

struct Listed {
  std::string key;
  std::int64_t version;
  std::string data;  ///< with its members but for the limits
};

struct Limits {
  std::int64_t mass_g{0};
  std::int64_t days{0};
};

std::string limited(json::Value data, const Limits& limits) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  for (const json::Member member : data.members()) {
    if (member.key != "storage_limit_g" && member.key != "storage_days_max") {
      w.member(member.key, member.value);
    }
  }
  if (limits.days > 0) {
    w.member("storage_days_max", limits.days);
  }
  if (limits.mass_g > 0) {
    w.member("storage_limit_g", limits.mass_g);
  }
  w.end_object();
  return out;
}

Result<std::vector<Listed>> places_of(Caller& caller, const Who& who, const std::string& kind,
                                      const Limits& limits) {
  std::vector<Listed> places;
  HUAN_CHECK(caller.each(who, "/places?kind=" + kind, [&](json::Value item) {
    const json::Value data = value_at(value_at(item, "record"), "data");
    if (data.is_object()) {
      places.push_back({text_at(item, "key"), integer_at(item, "version"), limited(data, limits)});
    }
  }));
  return places;
}

Result<void> put_limits(Caller& caller, const Who& who, const std::vector<Listed>& places,
                        DayReport& report) {
  for (const Listed& place : places) {
    HUAN_TRY(answer,
             caller.call(who, "PUT", "/places/" + place.key, R"({"data":)" + place.data + "}",
                         "\"" + std::to_string(place.version) + "\""));
    answer.ok() ? ++report.counts["limits"] : 0;
    if (!answer.ok()) {
      unexpected(report, "limit of " + place.key, answer);
    }
  }
  return {};
}

Result<void> put_devices(Caller& caller, const Who& who, const std::vector<Listed>& bins,
                         DayReport& report) {
  for (const Listed& bin : bins) {
    std::string body;
    json::Writer w(body);
    w.begin_object().key("data").begin_object().member("code", "D" + bin.key);
    w.member("kind", "device").member("name", "bin " + bin.key).member("place", bin.key);
    w.member("protocol", "mqtt-bin").end_object().end_object();
    HUAN_TRY(answer, caller.call(who, "PUT", "/assets/D-" + bin.key, body));
    answer.ok() ? ++report.counts["devices"] : 0;
    if (!answer.ok()) {
      unexpected(report, "device of " + bin.key, answer);
    }
  }
  return {};
}

struct Truck {
  std::string key;
  std::string party;
  std::int64_t version;
  std::string data;  ///< with the door of its box
};

std::string with_box(json::Value data) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("box_doors").begin_array().integer(kBoxDoor).end_array();
  for (const json::Member member : data.members()) {
    if (member.key != "box_doors") {
      w.member(member.key, member.value);
    }
  }
  w.end_object();
  return out;
}

Result<void> put_box_door(Caller& caller, const Who& who, const Truck& truck, DayReport& report) {
  HUAN_TRY(answer, caller.call(who, "PUT", "/assets/" + truck.key, R"({"data":)" + truck.data + "}",
                               "\"" + std::to_string(truck.version) + "\""));
  if (!answer.ok()) {
    unexpected(report, "box of " + truck.key, answer);
  }
  return {};
}

std::string pass_body(const Truck& truck, base::Day day, std::int64_t version) {
  constexpr std::array<const char*, 3> kStates{"applied", "confirmed", "listed"};
  std::string body;
  json::Writer w(body);
  w.begin_object().key("data").begin_object().key("about").begin_object();
  w.member("id", truck.key).member("kind", "vehicle").end_object().key("fields").begin_object();
  w.key("hours").begin_array().string(kPassHours).end_array();
  if (version > 1) {
    w.member("listed_on", base::format_day({day.n - 1}));
  }
  if (version > 0) {
    w.member("number", "P-" + truck.key);
  }
  w.member("purpose", "上门回收清运").end_object();
  w.member("from", base::format_day({day.n - kPassDaysBefore})).member("party", truck.party);
  w.member("state", kStates.at(static_cast<std::size_t>(version)));
  w.member("to", base::format_day({day.n + kPassDaysAfter})).member("type", "vehicle_pass");
  w.end_object().member("version", version).end_object();
  return body;
}

Result<void> put_passes(Caller& caller, const Who& who, base::Day day, DayReport& report) {
  std::vector<Truck> trucks;
  HUAN_CHECK(caller.each(who, "/assets?kind=vehicle", [&](json::Value item) {
    const json::Value data = value_at(value_at(item, "record"), "data");
    if (data.is_object()) {
      trucks.push_back({text_at(item, "key"), text_at(data, "party"), integer_at(item, "version"),
                        with_box(data)});
    }
  }));
  for (const Truck& truck : trucks) {
    HUAN_CHECK(put_box_door(caller, who, truck, report));
    for (std::int64_t version = 0; version < 3; ++version) {
      HUAN_TRY(answer, caller.call(who, "PUT", "/vehicle-passes/VP-" + truck.key,
                                   pass_body(truck, day, version)));
      if (!answer.ok()) {
        unexpected(report, "pass of " + truck.key, answer);
      }
    }
  }
  HUAN_TRY(held, caller.call(who, "GET",
                             "/pass-standings?standing=in_force&day=" + base::format_day(day)));
  const json::Value items = value_at(held.root(), "items");
  report.counts["passes"] = items.is_array() ? static_cast<std::int64_t>(items.size()) : 0;
  return {};
}

std::string mobile_station(json::Value like, const std::string& name) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("data").begin_object().member("form", "mobile").member("name", name);
  for (const json::Member member : like.members()) {
    if (member.key != "form" && member.key != "name") {
      w.member(member.key, member.value);
    }
  }
  w.end_object().end_object();
  return out;
}

/// All day, half of it at each of two stations' doors.
std::string halts_body(const std::string& vehicle, const std::vector<json::Value>& at) {
  constexpr std::array<const char*, 3> kHours{"08:00", "12:30", "17:00"};
  std::string out;
  json::Writer w(out);
  w.begin_object().key("data").begin_object().key("halts").begin_array();
  for (std::size_t n = 0; n < at.size(); ++n) {
    const json::Value location = value_at(at[n], "location");
    w.begin_object().member("from", kHours.at(n));
    w.member("lat_e7", integer_at(location, "lat_e7"));
    w.member("lng_e7", integer_at(location, "lng_e7")).member("name", text_at(at[n], "name"));
    w.member("to", kHours.at(n + 1)).end_object();
  }
  w.end_array().member("vehicle", vehicle).end_object().end_object();
  return out;
}

/// The last trucks are stations themselves.
Result<void> put_mobile(Caller& caller, const Who& who, const std::vector<Listed>& stations,
                        std::int64_t count, DayReport& report) {
  std::vector<std::string> trucks;
  HUAN_CHECK(caller.each(who, "/assets?kind=vehicle",
                         [&](json::Value item) { trucks.push_back(text_at(item, "key")); }));
  for (std::size_t n = 0; std::cmp_less(n, count) && n < trucks.size() && n + 2 < stations.size();
       ++n) {
    const std::string key = "M-" + std::to_string(n + 1);
    HUAN_TRY(like, json::Document::parse(stations[n].data));
    HUAN_TRY(first, json::Document::parse(stations[n + 1].data));
    HUAN_TRY(second, json::Document::parse(stations[n + 2].data));
    HUAN_TRY(place, caller.call(who, "PUT", "/places/" + key,
                                mobile_station(like.root(), "流动回收车 " + key)));
    HUAN_TRY(halts,
             caller.call(who, "PUT", "/settings/halts:" + key,
                         halts_body(trucks[trucks.size() - 1 - n], {first.root(), second.root()})));
    place.ok() && halts.ok() ? ++report.counts["mobile"] : 0;
    if (!place.ok() || !halts.ok()) {
      unexpected(report, "mobile station " + key, place.ok() ? halts : place);
    }
  }
  return {};
}

}  // namespace

Result<DayReport> prepare_network(const DayOptions& options, const NetworkOptions& network) {
  Caller caller{options};
  const Who who{options.token, "", "", ""};
  DayReport report;
  HUAN_TRY(stations,
           places_of(caller, who, "station", {network.station_limit_g, network.station_days}));
  HUAN_TRY(bins, places_of(caller, who, "smart-bin", {network.bin_limit_g, 0}));
  HUAN_CHECK(put_limits(caller, who, stations, report));
  if (network.bin_limit_g > 0) {
    HUAN_CHECK(put_limits(caller, who, bins, report));
  }
  HUAN_CHECK(put_devices(caller, who, bins, report));
  HUAN_CHECK(put_passes(caller, who, options.day, report));
  HUAN_CHECK(put_mobile(caller, who, stations, network.mobile, report));
  return report;
}

}  // namespace huan::simulated_day
