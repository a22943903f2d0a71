// SPDX-License-Identifier: Apache-2.0
#include "handover_events.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using rounds::Stop;
using rounds::StopKind;
using rounds::StopState;

std::string event_id(const Handover& at, const std::string& what) {
  return base::make_uuid_v8(crypto::sha256("round " + at.city + " " +
                                           round_key(at.round.day, at.round.vehicle) + " " +
                                           at.round.stops[at.stop].id + " " + what))
      .text();
}

/// One shipment a trip: what is loaded from one unloading to the next.
std::string shipment_of(const Handover& at) {
  const auto before = std::ranges::count_if(
      at.round.stops.begin(), at.round.stops.begin() + static_cast<std::ptrdiff_t>(at.stop),
      [](const Stop& stop) {
        return stop.kind == StopKind::unload && stop.state == StopState::done;
      });
  return "R" + base::format_day(at.round.day) + "-" + at.round.vehicle + "-" +
         std::to_string(before + 1);
}

struct Input {
  std::string lot;       // or
  std::string material;  // to draw
  std::int64_t mass_g{0};
  std::int64_t pieces{0};            // of a lot that is not taken whole
  std::vector<std::string> items{};  // of it
};

struct Shipped {
  std::string from;
  std::string to;
  std::vector<Input> inputs;
};

void write_input(json::Writer& w, const Input& input) {
  w.begin_object();
  if (!input.items.empty()) {
    w.key("items").begin_array();
    for (const std::string& code : input.items) {
      w.string(code);
    }
    w.end_array();
  }
  if (!input.lot.empty()) {
    w.member("lot", input.lot);
  }
  w.member("mass_g", input.mass_g);
  if (input.lot.empty()) {
    w.member("material", input.material);
  }
  if (input.pieces > 0) {
    w.member("pieces", input.pieces);
  }
  w.end_object();
}

std::string ship_json(const Handover& at, const std::string& shipment, const Shipped& shipped) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("id", event_id(at, "ship " + shipped.from)).key("inputs").begin_array();
  for (const Input& input : shipped.inputs) {
    write_input(w, input);
  }
  w.end_array().member("place", shipped.from).member("shipment", shipment);
  w.member("time", base::format_time(at.now, 0)).key("to").begin_object();
  w.member("place", shipped.to).end_object().member("type", "ship");
  w.member("vehicle", at.round.vehicle).end_object();
  return out;
}

struct Accepted {
  std::string line;  // or
  std::string material;
  std::int64_t mass_g{0};
};

std::string accept_json(const Handover& at, const std::string& shipment,
                        const std::vector<Accepted>& accepted) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("final", true).member("id", event_id(at, "accept"));
  w.key("lines").begin_array();
  for (const Accepted& one : accepted) {
    w.begin_object().member("accepted_g", one.mass_g);
    w.member(one.line.empty() ? "material" : "line", one.line.empty() ? one.material : one.line);
    w.end_object();
  }
  w.end_array().member("place", at.round.stops[at.stop].place).member("shipment", shipment);
  w.member("time", base::format_time(at.now, 0)).member("type", "accept");
  w.member("vehicle", at.round.vehicle).end_object();
  return out;
}

/// The stops of this trip that were loaded, the unloading at `at.stop` not included.
std::vector<const Stop*> trip_of(const Handover& at) {
  std::vector<const Stop*> trip;
  for (std::size_t i = 0; i < at.round.stops.size(); ++i) {
    const Stop& stop = at.round.stops[i];
    if (i == at.stop || stop.state != StopState::done) {
      continue;
    }
    if (stop.kind == StopKind::unload && i < at.stop) {
      trip.clear();
    } else if (stop.kind != StopKind::unload) {
      trip.push_back(&stop);
    }
  }
  return trip;
}

/// What was collected at a door stands in its place's books, as the lots of its receive event,
/// until it is shipped in the same transaction. Where no centre lay ahead then, a truck that
/// cleared the place since may have been given such a lot: as much of the material is taken in its
/// stead.
void add_door_load(store::Reading& reading, const Handover& at, const Stop& stop,
                   Shipped& shipped) {
  const auto kept = order_on_record(reading, at.city, stop.ref);
  if (!kept || !kept->order.weighed) {
    return;
  }
  std::size_t n = 0;
  for (const booking::WeighedLine& line : kept->order.weighed->lines) {
    std::string lot = kept->order.event + "." + std::to_string(++n);
    const auto row = reading.lot_at(at.city, lot, stop.place);
    if (row && row->state.raw_g < line.mass.count()) {
      lot.clear();
    }
    shipped.inputs.push_back({std::move(lot), line.material, line.mass.count()});
  }
}

/// What was not shipped at the doors, for want of a centre ahead.
std::map<std::string, Shipped> door_loads(store::Reading& reading, const Handover& at,
                                          const std::string& centre) {
  std::map<std::string, Shipped> shipped;
  for (const Stop* stop : trip_of(at)) {
    if (stop->kind != StopKind::station && stop->place != centre && stop->shipment.empty()) {
      Shipped& one = shipped[stop->place];
      one.from = stop->place;
      one.to = centre;
      add_door_load(reading, at, *stop, one);
    }
  }
  std::erase_if(shipped, [](const auto& one) { return one.second.inputs.empty(); });
  return shipped;
}

auto centre_ahead(const Handover& at) {
  return std::find_if(
      at.round.stops.begin() + static_cast<std::ptrdiff_t>(at.stop), at.round.stops.end(),
      [](const Stop& one) { return one.kind == StopKind::unload && !has_ended(one.state); });
}

/// On the truck from here on, so that nobody else loads it from the place in whose books it stood.
HandoverEvents door_loading(store::Reading& reading, const Handover& at) {
  HandoverEvents events;
  const Stop& stop = at.round.stops[at.stop];
  const auto ahead = centre_ahead(at);
  if (ahead == at.round.stops.end() || ahead->place == stop.place) {
    return events;
  }
  Shipped shipped{stop.place, ahead->place, {}};
  add_door_load(reading, at, stop, shipped);
  if (!shipped.inputs.empty()) {
    events.shipment = shipment_of(at);
    events.json.push_back(ship_json(at, events.shipment, shipped));
  }
  return events;
}

std::vector<rounds::Loaded> shipped_masses(const Handover& at, const std::string& centre) {
  std::map<std::string, std::int64_t> sums;
  for (const Stop* stop : trip_of(at)) {
    for (const rounds::Loaded& one : stop->loaded) {
      sums[one.material] += stop->place == centre ? 0 : one.mass.count();
    }
  }
  std::vector<rounds::Loaded> masses;
  masses.reserve(sums.size());
  for (const auto& [material, mass] : sums) {
    if (mass > 0) {
      masses.push_back({material, base::Mass{mass}});
    }
  }
  return masses;
}

/// Of one lot what is taken by its codes: the whole of it, or its share of the mass.
Result<Input> input_of_items(store::Reading& reading, const Handover& at, const std::string& lot,
                             const std::vector<std::string>& codes) {
  const auto row = reading.lot_at(at.city, lot, at.round.stops[at.stop].place);
  if (!row || row->state.raw_g <= 0) {
    return Error{ErrorCode::unknown_item, "/loaded", codes.front() + " does not stand here"};
  }
  const auto standing = static_cast<std::int64_t>(reading.items_of(at.city, lot).size());
  const auto taken = static_cast<std::int64_t>(codes.size());
  Input input{lot, row->state.material, row->state.raw_g};
  if (taken < standing) {
    input.mass_g = std::max<std::int64_t>(row->state.raw_g / standing * taken, 1);
    input.pieces = row->state.raw_pieces > 0 ? taken : 0;
    input.items = codes;
  }
  return input;
}

/// Each code is looked for in the books of the station; its mass is the books', too.
Result<void> add_items(store::Reading& reading, const Handover& at, rounds::Loaded& loaded,
                       std::vector<Input>& inputs) {
  std::map<std::string, std::vector<std::string>> lots;
  for (const std::string& code : loaded.items) {
    const auto item = reading.item(at.city, code);
    if (!item || item->lot.empty()) {
      return Error{ErrorCode::unknown_item, "/loaded", code};
    }
    lots[item->lot].push_back(code);
  }
  std::int64_t mass = 0;
  for (const auto& [lot, codes] : lots) {
    HUAN_TRY(input, input_of_items(reading, at, lot, codes));
    if (input.material != loaded.material) {
      return Error{ErrorCode::bad_field, "/loaded", codes.front() + " is " + input.material};
    }
    mass += input.mass_g;
    inputs.push_back(std::move(input));
  }
  loaded.mass = base::Mass{mass};
  return {};
}

/// What has codes is accepted lot by lot, whole; the rest by its material.
Result<std::vector<Accepted>> accepted_lines(store::Reading& reading, const Handover& at,
                                             const std::string& shipment,
                                             const std::vector<rounds::Loaded>& accepted) {
  std::map<std::string, std::int64_t> rest;
  for (const rounds::Loaded& one : accepted) {
    rest[one.material] += one.mass.count();
  }
  std::vector<Accepted> lines;
  for (const ledger::LineState& line : reading.lines(at.city, shipment)) {
    const auto lot = reading.lot(at.city, line.line);
    if (lot && lot->has_items && line.raw_g > 0) {
      rest[line.material] -= line.raw_g;
      lines.push_back({line.line, line.material, line.raw_g});
    }
  }
  for (const auto& [material, mass] : rest) {
    if (mass < 0) {
      return Error{ErrorCode::bad_field, "/loaded", material + " has codes: it is accepted whole"};
    }
    if (mass > 0) {
      lines.push_back({"", material, mass});
    }
  }
  return lines;
}

Result<HandoverEvents> loading(store::Reading& reading, const Handover& at) {
  const Stop& stop = at.round.stops[at.stop];
  const auto ahead = centre_ahead(at);
  if (ahead == at.round.stops.end()) {
    return Error{ErrorCode::bad_field, "/stop", "no centre lies ahead: plan the round again"};
  }
  HandoverEvents events;
  events.shipment = shipment_of(at);
  Shipped shipped{stop.place, ahead->place, {}};
  events.loaded = stop.loaded;
  for (rounds::Loaded& one : events.loaded) {
    if (one.items.empty()) {
      shipped.inputs.push_back({"", one.material, one.mass.count()});
    } else {
      HUAN_CHECK(add_items(reading, at, one, shipped.inputs));
    }
  }
  events.json.push_back(ship_json(at, events.shipment, shipped));
  return events;
}

Result<HandoverEvents> unloading(store::Reading& reading, const Handover& at) {
  const Stop& stop = at.round.stops[at.stop];
  HandoverEvents events;
  const auto masses = shipped_masses(at, stop.place);
  if (masses.empty()) {
    events.accepted = stop.loaded;  // it stands in the centre's own books already
    return events;
  }
  events.shipment = shipment_of(at);
  for (const auto& [place, shipped] : door_loads(reading, at, stop.place)) {
    events.json.push_back(ship_json(at, events.shipment, shipped));
  }
  events.accepted = stop.loaded.empty() ? masses : stop.loaded;
  HUAN_TRY(lines, accepted_lines(reading, at, events.shipment, events.accepted));
  events.json.push_back(accept_json(at, events.shipment, lines));
  return events;
}

}  // namespace

Result<HandoverEvents> handover_events(store::Reading& reading, const Handover& handover) {
  switch (handover.round.stops.at(handover.stop).kind) {
    case StopKind::unload:
      return unloading(reading, handover);
    case StopKind::station:
      return loading(reading, handover);
    default:
      return door_loading(reading, handover);
  }
}

}  // namespace huan::app
