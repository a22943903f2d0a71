// SPDX-License-Identifier: Apache-2.0
#include "huan/app/driven_day.hpp"

#include <algorithm>
#include <array>

#include "huan/app/rounds.hpp"
#include "huan/app/vehicle_passes.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using rounds::StopKind;
using rounds::StopState;

constexpr std::int64_t kDayS = 86'400;
constexpr std::int64_t kSlackS = 600;  // around what a driver said
constexpr double kDoorM = 1'000;       // a door is where its community is, as nearly as is known
constexpr double kPlaceM = 300;
/// What nobody saw, and what may be.
constexpr std::array kNoDeviation{tracks::Deviation::gap,
                                  tracks::Deviation::stop_unknown,
                                  tracks::Deviation::shipment_unknown,
                                  tracks::Deviation::door_opened,
                                  tracks::Deviation::box_opened,
                                  tracks::Deviation::box_open_unknown};

tracks::Point point_of(const rounds::Spot& spot) { return {spot.lat_e7 / 10, spot.lng_e7 / 10}; }

std::vector<tracks::Window> windows_of(const std::vector<rounds::Hours>& hours) {
  std::vector<tracks::Window> windows;
  windows.reserve(hours.size());
  for (const rounds::Hours& one : hours) {
    windows.push_back({one.from_s, one.to_s});
  }
  return windows;
}

std::optional<registry::Asset> asset_of(const std::optional<store::RegistryRow>& row) {
  return row ? data_of<registry::Asset>(
                   *row, [](json::Value data) { return registry::parse_asset(data, "/data"); })
             : std::nullopt;
}

/// As it was on record at that day's noon.
std::vector<rounds::Pass> papers_of(store::RegistryReading& reading, const store::CityRow& city,
                                    const DriveAsked& asked) {
  const base::Instant noon{std::int64_t{asked.day.n} * kDayS + kDayS / 2 - city.offset_s};
  return passes_of(pass_book(reading, city.city), asked.vehicle,
                   asset_of(reading.registered_at(city.city, "asset", asked.vehicle, noon))
                       .value_or(registry::Asset{}));
}

/// As it was on record at that day's end: what is said of a past shipment stays said, whatever the
/// terminal is wired to later.
std::uint8_t box_doors_of(store::RegistryReading& reading, const store::CityRow& city,
                          const DriveAsked& asked) {
  unsigned doors = 0;
  const base::Instant end{(std::int64_t{asked.day.n} + 1) * kDayS - 1 - city.offset_s};
  if (const auto asset = asset_of(reading.registered_at(city.city, "asset", asked.vehicle, end))) {
    for (const std::int64_t door : asset->box_doors) {
      doors |= 1U << static_cast<unsigned>(door - 1);
    }
  }
  return static_cast<std::uint8_t>(doors);
}

void add_zones(const rounds::Rule& rule, const rounds::Permit& permit, tracks::Allowed& allowed) {
  for (const rounds::TrafficZone& zone : rule.zones) {
    tracks::Area area{zone.name, {}, windows_of(rounds::hours_in(zone, permit))};
    std::ranges::transform(zone.ring, std::back_inserter(area.ring), point_of);
    allowed.forbidden.push_back(std::move(area));
  }
  const auto anywhere = rounds::hours_anywhere(permit);
  if (rule.zones.empty() && anywhere != std::vector<rounds::Hours>{rounds::kAllDay}) {
    allowed.windows = windows_of(anywhere);
  }
}

/// From the first loading to the hand-over, of what has arrived.
void add_hauls(const rounds::Round& round, tracks::Allowed& allowed) {
  for (const rounds::Stop& unload : round.stops) {
    if (unload.kind != StopKind::unload || unload.state != StopState::done ||
        unload.shipment.empty()) {
      continue;
    }
    std::optional<base::Instant> loaded;
    for (const rounds::Stop& stop : round.stops) {
      if (stop.kind != StopKind::unload && stop.state == StopState::done &&
          stop.shipment == unload.shipment) {
        loaded = loaded ? std::min(*loaded, stop.ended_at) : stop.ended_at;
      }
    }
    if (loaded && *loaded < unload.ended_at) {
      allowed.hauls.push_back({unload.shipment, *loaded, unload.ended_at});
    }
  }
}

/// What was done is looked for when it was done, what was not when it should have been.
void add_round(const rounds::Round& round, std::int32_t offset_s, tracks::Allowed& allowed) {
  const std::int64_t midnight = std::int64_t{round.day.n} * kDayS - offset_s;
  allowed.unsealed.push_back({"depot", point_of(round.depot), kPlaceM, {}, {}});
  for (const rounds::Stop& stop : round.stops) {
    const bool door = stop.kind == StopKind::order || stop.kind == StopKind::visit;
    const bool seen = stop.arrived_at.s != 0;
    tracks::PlannedStop planned{stop.id, point_of(stop.at), door ? kDoorM : kPlaceM,
                                base::Instant{midnight + stop.from_s},
                                base::Instant{midnight + stop.to_s}};
    allowed.unsealed.push_back(planned);
    if (stop.state == StopState::missed && !seen) {
      continue;  // nobody says that it was there
    }
    if (seen) {
      const std::int64_t end = stop.ended_at.s != 0 ? stop.ended_at.s : stop.arrived_at.s;
      planned.from = base::Instant{stop.arrived_at.s - kSlackS};
      planned.to = base::Instant{std::max(end, stop.arrived_at.s) + kSlackS};
    }
    allowed.stops.push_back(std::move(planned));
    if (!door && stop.state == StopState::done && !stop.shipment.empty()) {
      allowed.shipments.push_back({stop.shipment, point_of(stop.at), kPlaceM, stop.ended_at});
    }
  }
}

}  // namespace

DrivenAgainst driven_against(store::RegistryReading& reading, const store::CityRow& city,
                             const DriveAsked& asked) {
  DrivenAgainst against;
  against.allowed.offset_s = city.offset_s;
  const rounds::Rule rule = rounds_rule(reading, city.city);
  const rounds::Permit permit = rounds::permit_on(papers_of(reading, city, asked), asked.day);
  against.allowed.box_doors = box_doors_of(reading, city, asked);
  against.pass = !permit.has_papers        ? "none_on_record"
                 : permit.in_force.empty() ? "not_in_force"
                                           : "in_force";
  against.allowed.pass_in_force = against.pass != "not_in_force";
  add_zones(rule, permit, against.allowed);
  if (const auto kept = round_on_record(reading, city.city, asked.day, asked.vehicle);
      kept && kept->round.state != rounds::RoundState::draft) {
    against.planned = true;
    against.planned_m = kept->round.distance_m;
    add_round(kept->round, city.offset_s, against.allowed);
    add_hauls(kept->round, against.allowed);
  }
  return against;
}

bool deviates(const tracks::Judged& judged) {
  return std::ranges::any_of(judged.stretches, [](const tracks::Stretch& one) {
    return std::ranges::find(kNoDeviation, one.what) == kNoDeviation.end();
  });
}

void write_judged_drive(json::Writer& w, const DrivenAgainst& against,
                        const tracks::Judged& judged) {
  w.key("box_doors").begin_array();
  for (unsigned door = 1; against.allowed.box_doors >> (door - 1) != 0; ++door) {
    if ((against.allowed.box_doors >> (door - 1) & 1U) != 0) {
      w.integer(door);
    }
  }
  w.end_array().member("deviates", deviates(judged));
  w.member("driven_m", static_cast<std::int64_t>(judged.driven_m));
  w.member("gap_s", judged.gap_s).member("pass", against.pass).member("planned", against.planned);
  w.member("planned_m", against.planned_m);
  w.key("shipments").begin_array();
  for (const tracks::Hauled& one : judged.hauls) {
    w.begin_object().member("box", tracks::name(one.box));
    w.member("from", base::format_time(one.haul.from, against.allowed.offset_s));
    w.member("shipment", one.haul.shipment);
    w.member("to", base::format_time(one.haul.to, against.allowed.offset_s)).end_object();
  }
  w.end_array();
  w.member("stops_made", static_cast<std::int64_t>(judged.stops_made));
  w.key("stretches").begin_array();
  for (const tracks::Stretch& one : judged.stretches) {
    w.begin_object().member("from", base::format_time(one.from, against.allowed.offset_s));
    if (one.at) {
      w.member("lat_e6", one.at->lat_e6).member("lng_e6", one.at->lng_e6);
    }
    w.member("subject", one.subject);
    w.member("to", base::format_time(one.to, against.allowed.offset_s));
    w.member("what", tracks::name(one.what)).end_object();
  }
  w.end_array();
}

}  // namespace huan::app
