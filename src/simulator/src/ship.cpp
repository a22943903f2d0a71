// SPDX-License-Identifier: Apache-2.0
// 发运: stations are emptied in the afternoon by small lorries, alone or in rounds; transfer
// stations and centres send on what others work with.
#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kShipmentLorryG = 3'000'000;
constexpr std::int64_t kFullG = 2'700'000;
constexpr std::int64_t kShipmentWorthG = 1'500'000;  // a station with that much is visited today
constexpr std::int64_t kShipmentWaitS = 4 * kDayS;   // and one that waits that long
constexpr std::int64_t kTruckG = 12'000'000;

bool is_metal(const Material& m) { return m.family == Family::metal; }

std::size_t role_of(const World& world, SiteId site) {
  const auto& all = world.of(SiteKind::processor);
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), site) - all.begin()) % 4;
}

/// Where these materials are taken; the same site when there is nowhere.
SiteId processor_for(World& world, std::size_t role, SiteId otherwise) {
  std::vector<SiteId> fit;
  for (const SiteId id : world.of(SiteKind::processor)) {
    if (role_of(world, id) == role) {
      fit.push_back(id);
    }
  }
  return fit.empty() ? otherwise : world.random.of(fit);
}

/// Of two centres the one with more room left today.
SiteId centre_for(World& world, std::int64_t mass_g, SiteId otherwise) {
  const auto& all = world.of(SiteKind::centre);
  if (all.empty()) {
    return otherwise;
  }
  const auto room = [&](SiteId id) {
    const std::int64_t capacity = world.site(id).capacity_g_per_day;
    return (capacity > 0 ? capacity : 300'000'000) - world.state(id).load_g;
  };
  const SiteId a = world.random.of(all);
  const SiteId b = world.random.of(all);
  const SiteId chosen = room(a) >= room(b) ? a : b;
  world.state(chosen).load_g += mass_g;
  return chosen;
}

SiteId transfer_of(World& world, const std::string& district, SiteId otherwise) {
  const auto& all = world.of(SiteKind::transfer);
  for (const SiteId id : all) {
    if (world.site(id).district == district) {
      return id;
    }
  }
  return all.empty() ? centre_for(world, 0, otherwise) : all[hash(district) % all.size()];
}

struct Trip {
  std::vector<Stop> stops;
  std::int64_t load_g{0};
};

void send_trip(World& world, const std::string& district, Trip trip) {
  Random& random = world.random;
  const SiteId first = trip.stops.front().site;
  const bool metal = trip.stops.front().metal_only;
  SiteId to = metal ? processor_for(world, 1, first) : first;
  if (to == first) {
    const bool through = random.chance(trip.load_g >= 2'000'000 ? 250 : 500);
    to = through ? transfer_of(world, district, first) : centre_for(world, trip.load_g, first);
  }
  if (to == first) {
    return;
  }
  Shipment shipment;
  shipment.id = world.new_name(first, 'S');
  shipment.from = first;
  shipment.to = to;
  shipment.round = trip.stops.size() > 1;
  const std::uint32_t n = world.shipments.put(std::move(shipment));
  const std::string vehicle = world.any_vehicle();
  std::int64_t at =
      world.now_s + random.between(1'800, 9'000) + (trip.stops.front().again ? 4'000 : 0);
  for (Stop& stop : trip.stops) {
    stop.shipment = n;
    stop.vehicle = vehicle;
    world.push(at, TaskKind::load, world.stops.put(stop));
    at += random.between(700, 1'500);
  }
  world.push(at + random.between(1'200, 4'200), TaskKind::arrive, n);
}

void write_ship(World& world, json::Writer& w, const Shipment& shipment,
                const std::vector<Lot>& lots) {
  const SiteKind kind = world.site(shipment.from).kind;
  const bool simple = kind == SiteKind::station || kind == SiteKind::transfer;
  write_inputs(w, lots, simple && world.random.chance(150));
  w.member("shipment", shipment.id);
  w.key("to").begin_object().member("place", world.site(shipment.to).key).end_object();
}

}  // namespace

void write_inputs(json::Writer& w, const std::vector<Lot>& lots, bool by_material) {
  w.key("inputs").begin_array();
  std::vector<std::pair<MaterialId, std::int64_t>> drawn;
  for (const Lot& lot : lots) {
    if (!by_material || lot.items) {
      w.begin_object().member("lot", lot.id).member("mass_g", lot.mass_g).end_object();
      continue;
    }
    auto found = std::find_if(drawn.begin(), drawn.end(),
                              [&](const auto& d) { return d.first == lot.material; });
    if (found == drawn.end()) {
      found = drawn.insert(found, {lot.material, 0});
    }
    found->second += lot.mass_g;
  }
  for (const auto& [material, mass] : drawn) {
    w.begin_object().member("mass_g", mass).member("material", info(material).code).end_object();
  }
  w.end_array();
}

void dispatch(World& world, std::size_t district_n) {
  const std::string& district = world.districts[district_n];
  Trip open;
  for (const SiteId id : world.stations_of[district]) {
    const SiteState& s = world.state(id);
    std::int64_t mass = s.raw.mass_g();
    if (world.commits(id, Fraud::hoard) && world.goes_on()) {
      continue;
    }
    if (mass == 0 || (mass < kShipmentWorthG && world.now_s - s.raw.oldest_s() < kShipmentWaitS)) {
      continue;
    }
    const std::int64_t metals = s.raw.mass_of(is_metal);
    bool again = false;
    if (metals > kFullG / 2 && world.random.chance(650)) {
      send_trip(world, district, {{{id, 0, kShipmentLorryG, true, false, ""}}, metals});
      mass -= std::min(metals, kShipmentLorryG);
      again = true;
    }
    for (; mass >= kFullG; mass -= kShipmentLorryG, again = true) {
      send_trip(world, district, {{{id, 0, kShipmentLorryG, false, again, ""}}, kShipmentLorryG});
    }
    if (mass <= 0) {
      continue;
    }
    if (open.load_g + mass > kFullG && !open.stops.empty()) {
      send_trip(world, district, std::move(open));
      open = Trip{};
    }
    open.stops.push_back({id, 0, kShipmentLorryG - open.load_g, false, again, ""});
    open.load_g += mass;
  }
  if (!open.stops.empty()) {
    send_trip(world, district, std::move(open));
  }
}

void load(World& world, const Stop& stop) {
  Shipment& shipment = world.shipments.at(stop.shipment);
  SiteState& s = world.state(stop.site);
  std::int64_t room = stop.room_g;
  std::vector<Lot> lots;
  for (std::size_t i = 0; i < s.raw.piles().size() && room > 0; ++i) {
    const MaterialId material = s.raw.piles()[i].material;
    if (stop.metal_only && !is_metal(info(material))) {
      continue;
    }
    for (Lot& lot : s.raw.take(material, {room, false, 400})) {
      room -= lot.mass_g;
      lots.push_back(std::move(lot));
    }
  }
  if (lots.empty()) {
    return;
  }
  const std::int64_t now = world.time_at(stop.site, world.now_s);
  json::Writer w = world.begin("ship", stop.site, now);
  write_ship(world, w, shipment, lots);
  if (shipment.lines.empty()) {
    shipment.from = stop.site;  // the ledger sends back to where the first lot came from
  }
  if (!stop.vehicle.empty()) {
    w.member("vehicle", stop.vehicle);
  }
  if (world.random.rare(10'000)) {
    const std::uint32_t n = world.resends.put(world.text() + "}");
    world.push(world.now_s + world.random.between(20, 300), TaskKind::resend, n);
  }
  world.send(w);
  std::move(lots.begin(), lots.end(), std::back_inserter(shipment.lines));
}

void send_on(World& world, SiteId from, SiteId to, std::vector<Lot> lots, bool sealed) {
  const std::int64_t now = world.time_at(from, world.now_s);
  Shipment shipment;
  shipment.id = world.new_name(from, 'S');
  shipment.from = from;
  shipment.to = to;
  json::Writer w = world.begin("ship", from, now);
  write_ship(world, w, shipment, lots);
  if (sealed) {
    w.member("seal", "F" + std::to_string(world.random.between(100'000, 999'999)));
  }
  world.send(w);
  shipment.lines = std::move(lots);
  const std::uint32_t n = world.shipments.put(std::move(shipment));
  world.push(world.now_s + world.lasting(world.random.between(2'400, 10'800)), TaskKind::arrive, n);
}

namespace {

/// Where a transfer station, centre or processor sends what it does not work with itself; `from`
/// for what stays.
SiteId target(World& world, SiteId from, const Material& m) {
  const SiteKind kind = world.site(from).kind;
  const auto& stores = world.of(SiteKind::battery_store);
  const auto& hazardous = world.of(SiteKind::hazardous);
  switch (m.family) {
    case Family::appliance:
      return kind == SiteKind::processor ? from : processor_for(world, 0, from);
    case Family::battery:
      return kind == SiteKind::battery_store || stores.empty() ? from : world.random.of(stores);
    case Family::hazardous:
      return kind == SiteKind::hazardous || hazardous.empty() ? from : hazardous.front();
    case Family::metal:
      return kind == SiteKind::transfer ? processor_for(world, 1, from) : from;
    default:
      return kind == SiteKind::transfer ? centre_for(world, kTruckG, from) : from;
  }
}

bool stays(SiteKind kind, Family family) {
  switch (family) {
    case Family::appliance:
      return kind == SiteKind::processor;
    case Family::battery:
      return kind == SiteKind::battery_store;
    case Family::hazardous:
      return kind == SiteKind::hazardous;
    default:
      return kind != SiteKind::transfer;
  }
}

std::vector<Lot> truckload(Stock& stock, Family family) {
  std::vector<Lot> lots;
  std::int64_t room = kTruckG;
  for (std::size_t i = 0; i < stock.piles().size(); ++i) {
    const MaterialId material = stock.piles()[i].material;
    if (info(material).family != family) {
      continue;
    }
    for (Lot& lot : stock.take(material, {room, false, 400})) {
      room -= lot.mass_g;
      lots.push_back(std::move(lot));
    }
  }
  return lots;
}

}  // namespace

void forward(World& world, SiteId from) {
  SiteState& s = world.state(from);
  for (Stock* stock : {&s.raw, &s.products}) {
    for (std::size_t n = 0; n < world.mass_of.size(); ++n) {
      const auto family = static_cast<Family>(n);
      if (stays(world.site(from).kind, family)) {
        continue;
      }
      for (int loads = 0; loads < 12; ++loads) {
        const std::int64_t mass =
            stock->mass_of([&](const Material& m) { return m.family == family; });
        const bool due = mass >= world.worth(2'000'000) ||
                         world.now_s - stock->oldest_s() > world.lasting(2 * kDayS);
        const SiteId to =
            due && mass > 0
                ? target(world, from,
                         *std::find_if(materials().begin(), materials().end(),
                                       [&](const Material& m) { return m.family == family; }))
                : from;
        if (to == from) {
          break;
        }
        send_on(world, from, to, truckload(*stock, family));
      }
    }
  }
}

}  // namespace huan::simulator
