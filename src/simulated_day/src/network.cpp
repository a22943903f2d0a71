// SPDX-License-Identifier: Apache-2.0
// Before the day: how much and how long stations may keep, a device at each smart bin, and a pass
// for each truck, applied for, confirmed and listed to the police.
#include <array>
#include <vector>

#include "caller.hpp"
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
};

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
    trucks.push_back({text_at(item, "key"), text_at(data, "party")});
  }));
  for (const Truck& truck : trucks) {
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
  return report;
}

}  // namespace huan::simulated_day
