// SPDX-License-Identifier: Apache-2.0
// What a day is made of: orders, visits, stations that have to be cleared, vehicles, centres.
#include <algorithm>
#include <array>

#include "huan/app/timetables.hpp"
#include "huan/app/vehicle_passes.hpp"
#include "huan/base/text.hpp"
#include "huan/registry/asset.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Place;
using registry::PlaceKind;
using rounds::Spot;
using rounds::Urgency;

constexpr std::int32_t kUsualDays = 28;  // that a usual day's inflow is taken from
constexpr std::int32_t kMinute = 60;
constexpr std::int32_t kDaySeconds = 86'400;
constexpr std::int32_t kOrderPriority = 30;
constexpr std::int32_t kVisitPriority = 40;
constexpr std::array<std::int32_t, 4> kStationPriority{0, 20, 70, 90};  // by Urgency
constexpr std::size_t kPartsMax = 50;                                   // truckloads at one station

/// The network as the day sees it.
struct Sites {
  std::map<std::string, Place> places;
  std::map<std::string, std::pair<Spot, std::int64_t>> communities;  // sums and how many
};

Spot spot_of(const registry::Location& one) { return {one.at.lat_e7, one.at.lng_e7}; }

Sites read_sites(store::RegistryReading& reading, const std::string& city) {
  Sites sites;
  std::map<std::string, std::array<std::int64_t, 3>> sums;
  each_registered(reading, city, "place", "", [&](const store::RegistryRow& row) {
    auto place =
        data_of<Place>(row, [](json::Value data) { return registry::parse_place(data, "/data"); });
    if (!place || place->status != registry::PlaceStatus::active) {
      return;
    }
    if (place->location && !place->community.empty()) {
      auto& sum = sums[place->community];
      sum[0] += place->location->at.lat_e7;
      sum[1] += place->location->at.lng_e7;
      sum[2] += 1;
    }
    sites.places.emplace(row.key, std::move(*place));
  });
  for (const auto& [code, sum] : sums) {
    sites.communities[code] = {
        {static_cast<std::int32_t>(sum[0] / sum[2]), static_cast<std::int32_t>(sum[1] / sum[2])},
        sum[2]};
  }
  return sites;
}

/// A door is where its community's places are, as nearly as anybody but the vault knows.
std::optional<Spot> spot_of_order(const Sites& sites, const booking::Order& order) {
  const auto found = sites.communities.find(order.community);
  if (found != sites.communities.end()) {
    return found->second.first;
  }
  const auto place = sites.places.find(order.place);
  return place == sites.places.end() || !place->second.location
             ? std::nullopt
             : std::optional(spot_of(*place->second.location));
}

base::Mass mass_of(const booking::Order& order, const rounds::Rule& rule) {
  base::Mass sum{};
  for (const booking::OrderLine& line : order.lines) {
    sum = sum + line.estimate.value_or(base::Mass{});
  }
  return sum.count() > 0 ? sum : rule.order_guess;
}

/// Into the day's work, or among what nobody can find.
void add_order(const Sites& sites, const KeptOrder& kept, GatheredDay& out) {
  const auto spot = spot_of_order(sites, kept.order);
  const bool visit = kept.order.channel == "contract";
  rounds::Stop stop;
  stop.id = "o:" + kept.key;
  stop.kind = visit ? rounds::StopKind::visit : rounds::StopKind::order;
  stop.ref = kept.key;
  stop.place = kept.order.place;
  stop.party = kept.order.party;
  stop.at = spot.value_or(Spot{});
  stop.mass = mass_of(kept.order, out.work.rule);
  stop.from_s = kept.order.slot.from_min * kMinute;
  stop.to_s = kept.order.slot.to_min * kMinute;
  stop.priority = visit ? kVisitPriority : kOrderPriority;
  if (spot) {
    out.work.stops.push_back(std::move(stop));
  } else {
    out.nowhere.push_back({std::move(stop), {{"no_location", "", 0, ""}}});
  }
}

struct Stocks {
  std::map<std::string, std::int64_t> stock_g;
  std::map<std::string, std::int64_t> inflow_g;  // of a usual day
  std::map<std::string, base::Day> oldest;
};

void read_inflow(store::Reading& reading, const std::string& city, base::Day today,
                 Stocks& stocks) {
  store::StatisticsQuery query;
  query.by = {store::Axis::day, store::Axis::place};
  query.flows = {"receive", "accept"};
  query.from = base::Day{today.n - kUsualDays};
  query.to = base::Day{today.n - 1};
  std::int32_t first = today.n;
  reading.statistics(city, query, [&](const store::StatisticsRow& row) {
    stocks.inflow_g[row.place] += row.mass_g;
    first = std::min(first, row.day.n);
    return true;
  });
  for (auto& [place, mass] : stocks.inflow_g) {
    mass /= std::max(today.n - first, 1);
  }
}

Stocks read_stocks(store::Reading& reading, const store::CityRow& city, base::Day today) {
  Stocks stocks;
  constexpr std::size_t kPage = 1'000;
  store::Page page{"", kPage};
  for (bool more = true; more;) {
    const auto rows = reading.stock(city.city, {}, page);
    for (const store::StockRow& row : rows) {
      stocks.stock_g[row.place] += row.mass_g;
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key();
    }
  }
  reading.oldest_stock(city.city, [&](const store::OldestStockRow& row) {
    stocks.oldest.emplace(row.place, base::day_of(row.time, city.offset_s));
    return true;
  });
  read_inflow(reading, city.city, today, stocks);
  return stocks;
}

/// The hours of that weekday within the rule's, latest closing; nullopt: closed.
std::optional<std::pair<std::int32_t, std::int32_t>> open_hours(const Place& place, base::Day day,
                                                                const rounds::Rule& rule) {
  if (place.hours.empty()) {
    return std::pair(rule.from_s, rule.to_s);
  }
  std::optional<std::pair<std::int32_t, std::int32_t>> open;
  for (const registry::OpeningHours& one : place.hours) {
    if (((one.days >> static_cast<unsigned>(booking::weekday_of(day))) & 1U) == 0) {
      continue;
    }
    const std::int32_t from = one.from_min * kMinute;
    const std::int32_t to = one.to_min * kMinute;
    open = open ? std::pair(std::min(open->first, from), std::max(open->second, to))
                : std::pair(from, to);
  }
  if (!open || open->first >= rule.to_s || open->second <= rule.from_s) {
    return std::nullopt;
  }
  return std::pair(std::max(open->first, rule.from_s), std::min(open->second, rule.to_s));
}

struct DayAt {
  base::Day day;
  std::int32_t days_ahead{0};
  std::int32_t now_s{0};
};

DayAt day_at(base::Day day, base::Instant now, std::int32_t offset_s) {
  const base::Day today = base::day_of(now, offset_s);
  const std::int64_t second = now.s + offset_s - std::int64_t{today.n} * kDaySeconds;
  return {day, std::max(day.n - today.n, 0), day == today ? static_cast<std::int32_t>(second) : 0};
}

bool is_cleared(const Place& place) {
  const auto tier = registry::info(place.kind).tier;
  return place.location && place.kind != PlaceKind::transfer_station &&
         (tier == registry::Tier::collect || tier == registry::Tier::gather);
}

/// What trucks have begun at a station today: the truckloads' numbers are not given again, and what
/// is being loaded still stands in its books.
struct BegunThere {
  std::size_t parts{0};
  std::int64_t under_way_g{0};
  bool refused{false};  ///< nobody goes there again for what was not taken
};
using BegunStations = std::map<std::string, BegunThere>;

std::size_t part_of(const rounds::Stop& stop) {
  const std::string first = "s:" + stop.place;
  const auto part = stop.id.size() > first.size() + 1
                        ? base::parse_integer(stop.id.substr(first.size() + 1))
                        : std::nullopt;
  return static_cast<std::size_t>(std::max<std::int64_t>(part.value_or(1), 1));
}

BegunStations begun_stations(const DayOnRecord& before) {
  BegunStations begun;
  for (const KeptRound& kept : before.rounds) {
    for (const rounds::Stop& stop : kept.round.stops) {
      if (stop.kind != rounds::StopKind::station || stop.state == rounds::StopState::planned) {
        continue;
      }
      BegunThere& there = begun[stop.place];
      there.parts = std::max(there.parts, part_of(stop));
      there.under_way_g += rounds::has_ended(stop.state) ? 0 : stop.mass.count();
      there.refused = there.refused || stop.state == rounds::StopState::refused;
    }
  }
  return begun;
}

struct Clearing {
  const Sites& sites;
  const Stocks& stocks;
  const rounds::Rule& rule;
  DayAt at;
  const BegunStations& begun;
  std::string party;
};

std::int64_t at_or_zero(const std::map<std::string, std::int64_t>& masses, const std::string& key) {
  const auto found = masses.find(key);
  return found == masses.end() ? 0 : found->second;
}

rounds::Need need_of(const Clearing& day, const std::string& key, const Place& place) {
  rounds::Holding holding;
  holding.stock = base::Mass{at_or_zero(day.stocks.stock_g, key)};
  holding.inflow = base::Mass{at_or_zero(day.stocks.inflow_g, key)};
  holding.limit = place.storage_limit;
  holding.days_max = place.storage_days_max;
  if (const auto oldest = day.stocks.oldest.find(key); oldest != day.stocks.oldest.end()) {
    holding.oldest_days = day.at.day.n - oldest->second.n;
  }
  const auto hours = open_hours(place, day.at.day, day.rule);
  return rounds::need_on(holding,
                         {day.at.days_ahead, day.at.now_s, hours ? hours->first : day.rule.from_s,
                          hours ? hours->second : day.rule.to_s});
}

rounds::StorageAlert alert_of(const std::string& key, const Place& place, const rounds::Need& need,
                              std::int64_t stock_g) {
  rounds::StorageAlert alert{key, "", base::Mass{stock_g}, place.storage_limit, need.by_s};
  alert.what = need.mass == Urgency::exceeded  ? "exceeded"
               : need.age == Urgency::exceeded ? "exceeded_age"
               : need.mass == Urgency::today   ? "today"
               : need.age == Urgency::today    ? "age"
                                               : "tomorrow";
  return alert;
}

/// In truckloads, where it holds more than one; as its stock is now.
void add_station(const Clearing& day, const std::string& key, const rounds::Need& need,
                 std::int64_t truck_g, std::vector<rounds::Stop>& stops) {
  const Place& place = day.sites.places.at(key);
  const auto hours = open_hours(place, day.at.day, day.rule);
  if (!hours) {
    return;
  }
  rounds::Stop stop;
  stop.kind = rounds::StopKind::station;
  stop.ref = key;
  stop.place = key;
  stop.party = place.operator_id;
  stop.at = spot_of(*place.location);
  stop.from_s = hours->first;
  stop.to_s = need.by_s ? std::clamp(*need.by_s, hours->first, hours->second) : hours->second;
  stop.priority = kStationPriority.at(static_cast<std::size_t>(std::max(need.mass, need.age)));
  const auto found = day.begun.find(key);
  const BegunThere begun = found == day.begun.end() ? BegunThere{} : found->second;
  if (begun.refused) {
    return;
  }
  std::int64_t left = at_or_zero(day.stocks.stock_g, key) - begun.under_way_g +
                      at_or_zero(day.stocks.inflow_g, key) * day.at.days_ahead;
  for (std::size_t part = begun.parts + 1; left > 0 && part <= kPartsMax; ++part) {
    stop.id = "s:" + key + (part == 1 ? "" : ":" + std::to_string(part));
    stop.mass = base::Mass{std::min(left, truck_g)};
    left -= stop.mass.count();
    stops.push_back(stop);
  }
}

template <class Visit>
void each_due(const Clearing& day, const Visit& visit) {
  for (const auto& [key, place] : day.sites.places) {
    if (!is_cleared(place) || (!day.party.empty() && place.operator_id != day.party)) {
      continue;
    }
    const rounds::Need need = need_of(day, key, place);
    if (need.is_due()) {
      visit(key, place, need);
    }
  }
}

/// Where it is kept: its own place, else its enterprise's first one, else the first centre.
std::optional<Spot> depot_of(const Sites& sites, const registry::Asset& vehicle,
                             const std::map<std::string, Spot>& homes,
                             const std::vector<rounds::Centre>& centres) {
  const auto place = sites.places.find(vehicle.place);
  if (place != sites.places.end() && place->second.location) {
    return spot_of(*place->second.location);
  }
  if (const auto home = homes.find(vehicle.party); home != homes.end()) {
    return home->second;
  }
  return centres.empty() ? std::nullopt : std::optional(centres.front().at);
}

struct Fleet {
  const Sites& sites;
  const rounds::Rule& rule;
  DayAt at;
};

void read_trucks(store::RegistryReading& reading, const std::string& city, const Fleet& fleet,
                 GatheredDay& out) {
  const PassBook passes = pass_book(reading, city);
  std::map<std::string, Spot> homes;
  for (const auto& [key, place] : fleet.sites.places) {
    if (place.location) {
      homes.try_emplace(place.operator_id, spot_of(*place.location));
    }
  }
  const auto stations = mobile_stations(reading, city, fleet.at.day);
  each_registered(reading, city, "asset", "", [&](const store::RegistryRow& row) {
    const bool ours = out.asked.party.empty() || row.party == out.asked.party;
    const auto vehicle =
        row.subkind == "vehicle" && ours
            ? data_of<registry::Asset>(
                  row, [](json::Value data) { return registry::parse_asset(data, "/data"); })
            : std::nullopt;
    if (!vehicle) {
      return;
    }
    const auto depot = depot_of(fleet.sites, *vehicle, homes, out.work.centres);
    auto permit = rounds::permit_on(passes_of(passes, row.key, *vehicle), fleet.at.day);
    const char* why = !vehicle->active             ? "inactive"
                      : stations.contains(row.key) ? "mobile"
                      : !depot                     ? "place"
                      : fleet.rule.zones.empty() && rounds::hours_anywhere(permit).empty()
                          ? "pass"
                          : nullptr;
    if (why != nullptr) {
      out.idle.push_back({row.key, why});
      return;
    }
    rounds::Truck truck;
    truck.id = row.key;
    truck.party = vehicle->party;
    truck.capacity = vehicle->capacity.value_or(fleet.rule.capacity_guess);
    truck.start = truck.depot = *depot;
    truck.from_s = std::max(fleet.rule.from_s, (fleet.at.now_s + kMinute - 1) / kMinute * kMinute);
    truck.to_s = std::max(fleet.rule.to_s, truck.from_s);
    truck.permit = std::move(permit);
    out.work.trucks.push_back(std::move(truck));
  });
}

void read_centres(const Fleet& fleet, GatheredDay& out) {
  for (const auto& [key, place] : fleet.sites.places) {
    const bool takes_all = place.kind == PlaceKind::sorting_centre &&
                           place.form != registry::PlaceForm::specialised && place.location;
    const auto hours = takes_all ? open_hours(place, fleet.at.day, fleet.rule) : std::nullopt;
    if (hours) {
      out.work.centres.push_back({key, spot_of(*place.location), hours->first, hours->second});
    }
  }
}

/// A vehicle under way goes on from its last stop with what it has on board.
void go_on(const KeptRound& kept, std::int32_t now_s, rounds::Truck& truck) {
  for (const rounds::Stop& stop : kept.round.stops) {
    if (stop.state != rounds::StopState::planned) {
      truck.start = stop.at;
      const bool open = !rounds::has_ended(stop.state);
      truck.from_s = std::max(truck.from_s, open ? std::max(now_s, stop.leave_s) : now_s);
    }
  }
  truck.to_s = std::max(truck.to_s, truck.from_s);
  for (const rounds::Loaded& one : rounds::on_board(kept.round)) {
    truck.carried = truck.carried + one.mass;
  }
  for (const rounds::Stop& stop : kept.round.stops) {
    const bool at_it =
        stop.state == rounds::StopState::arrived || stop.state == rounds::StopState::weighed;
    if (at_it && stop.kind != rounds::StopKind::unload) {
      truck.carried = truck.carried + stop.mass;
    }
  }
  truck.carried = std::min(truck.carried, truck.capacity);
}

void take_up_rounds(GatheredDay& day, std::int32_t now_s) {
  std::map<std::string, rounds::Truck*> trucks;
  for (rounds::Truck& truck : day.work.trucks) {
    trucks[truck.id] = &truck;
  }
  std::vector<std::string> begun;
  for (const KeptRound& kept : day.before.rounds) {
    const auto truck = trucks.find(kept.round.vehicle);
    if (truck != trucks.end()) {
      go_on(kept, now_s, *truck->second);
    }
    for (const rounds::Stop& stop : kept.round.stops) {
      if (stop.state != rounds::StopState::planned) {
        begun.push_back(stop.id);
      }
    }
  }
  std::ranges::sort(begun);
  std::erase_if(day.work.stops, [&](const rounds::Stop& stop) {
    return std::ranges::binary_search(begun, stop.id);
  });
}

std::int64_t largest_truck(const std::vector<rounds::Truck>& trucks, const std::string& party) {
  std::int64_t own = 0;
  std::int64_t any = 0;
  for (const rounds::Truck& truck : trucks) {
    any = std::max(any, truck.capacity.count());
    own = truck.party == party ? std::max(own, truck.capacity.count()) : own;
  }
  return own > 0 ? own : any;
}

}  // namespace

Result<GatheredDay> gather_day(store::Reading& reading, const store::CityRow& city,
                               const DayAsked& asked, base::Instant now) {
  GatheredDay out;
  out.asked = asked;
  out.before = rounds_of_day(reading, city.city, asked);
  if (out.before.sheet && out.before.sheet->sheet.state == rounds::RoundState::closed) {
    return Error{ErrorCode::in_use, "/day", "the day is closed"};
  }
  out.work.day = asked.day;
  out.work.rule = rounds_rule(reading, city.city);
  const Sites sites = read_sites(reading, city.city);
  const DayAt at = day_at(asked.day, now, city.offset_s);
  const Fleet fleet{sites, out.work.rule, at};
  read_centres(fleet, out);
  if (out.work.centres.empty()) {
    return Error{ErrorCode::not_found, "/day", "no sorting centre is open that takes everything"};
  }
  read_trucks(reading, city.city, fleet, out);
  if (out.work.trucks.empty()) {
    return Error{ErrorCode::not_found, "/party", "no vehicle on record that may drive that day"};
  }
  for (const KeptOrder& kept : orders_of_day(reading, city.city, asked.day)) {
    const bool open =
        kept.order.state == booking::State::booked || kept.order.state == booking::State::planned;
    const bool ours = asked.party.empty() || kept.order.party == asked.party;
    if (open && ours) {
      add_order(sites, kept, out);
    }
  }
  const Stocks stocks = read_stocks(reading, city, base::day_of(now, city.offset_s));
  const BegunStations begun = begun_stations(out.before);
  const Clearing clearing{sites, stocks, out.work.rule, at, begun, asked.party};
  each_due(clearing, [&](const std::string& key, const Place& place, const rounds::Need& need) {
    out.alerts.push_back(alert_of(key, place, need, at_or_zero(stocks.stock_g, key)));
    add_station(clearing, key, need, largest_truck(out.work.trucks, place.operator_id),
                out.work.stops);
  });
  take_up_rounds(out, at.now_s);
  return out;
}

std::vector<rounds::StorageAlert> storage_alerts(store::Reading& reading,
                                                 const store::CityRow& city, const DayAsked& asked,
                                                 base::Instant now) {
  const Sites sites = read_sites(reading, city.city);
  const rounds::Rule rule = rounds_rule(reading, city.city);
  const Stocks stocks = read_stocks(reading, city, base::day_of(now, city.offset_s));
  std::vector<rounds::StorageAlert> alerts;
  const BegunStations none;
  each_due({sites, stocks, rule, day_at(asked.day, now, city.offset_s), none, asked.party},
           [&](const std::string& key, const Place& place, const rounds::Need& need) {
             alerts.push_back(alert_of(key, place, need, at_or_zero(stocks.stock_g, key)));
           });
  return alerts;
}

}  // namespace huan::app
