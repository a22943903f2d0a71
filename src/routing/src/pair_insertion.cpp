// SPDX-License-Identifier: Apache-2.0
#include "pair_insertion.hpp"

#include <algorithm>

#include "timing.hpp"
#include "tuning.hpp"

namespace huan::routing {

namespace {

std::int64_t amount_in(const Load& load, std::size_t d) { return d < load.size() ? load[d] : 0; }

}  // namespace

PairInsertion::PairInsertion(const Model& model, const Neighbours& neighbours)
    : model_(&model), neighbours_(&neighbours), timetable_(model) {
  tried_.resize(model.slots.size());
}

PairSpot PairInsertion::best_on(const Tours& tours, int pickup, std::uint32_t day,
                                double new_route_share) {
  day_ = day;
  pickup_ = pickup;
  delivery_ = model_->mate(pickup);
  goods_ = model_->goods[static_cast<std::size_t>(pickup)];
  best_ = PairSpot{};
  ++round_;
  try_routes_of(tours, pickup_);
  try_routes_of(tours, delivery_);
  try_empty(tours, new_route_share);
  if (best_.pickup_after == kNowhere) {
    for (int route = 0; route < model_->slot_count(); ++route) {
      if (!tours.empty(route)) {
        try_route(tours, route, 0);
      }
    }
  }
  return best_;
}

void PairInsertion::try_routes_of(const Tours& tours, int visit) {
  const auto near = neighbours_->of(visit);
  const auto count = std::min(near.size(), static_cast<std::size_t>(kTriedTimed));
  for (const int other : near.first(count)) {
    const int route = tours.node(other).route;
    if (route != kNowhere) {
      try_route(tours, route, 0);
    }
  }
}

void PairInsertion::try_empty(const Tours& tours, double new_route_share) {
  for (std::size_t type = 0; type < model_->types; ++type) {
    const int slot = tours.empty_slot(static_cast<int>(type));
    if (slot != kNowhere) {
      const double fixed = model_->slots[static_cast<std::size_t>(slot)].fixed;
      const double before = best_.cost;
      best_.cost = new_route_share > 0 ? before / new_route_share : before;
      const double limit = best_.cost;
      try_route(tours, slot, fixed);
      best_.cost = best_.cost < limit ? best_.cost * new_route_share : before;
    }
  }
}

bool PairInsertion::reloads_at(const Tours& tours, int node) const {
  return tours.is_unload(node) && model_->problem->facilities[tours.node(node).facility].reloads;
}

/// What the vehicle has on board behind each node.
void PairInsertion::read_chain(const Tours& tours, int route) {
  const std::size_t dims = model_->problem->dimensions.size();
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  chain_.clear();
  for (int i = tours.start(route); i != tours.end(route); i = tours.node(i).next) {
    chain_.push_back(i);
  }
  chain_.push_back(tours.end(route));
  board_.assign(chain_.size() * dims, 0);
  const auto stop = [&](std::size_t k) -> const Stop& {
    return model_->problem->stops[model_->stop_of[static_cast<std::size_t>(chain_[k])]];
  };
  const Load& start = model_->problem->vehicles[slot.vehicle].start_load;
  for (std::size_t d = 0; d < dims; ++d) {
    std::int64_t now = amount_in(start, d);
    for (std::size_t k = 0; k + 1 < chain_.size(); ++k) {
      const int node = chain_[k];
      if (tours.is_visit(node)) {
        now += amount_in(model_->pickup(node), d) - amount_in(stop(k).delivery, d) +
               model_->carried(node, d);
      } else {  // a trip begins: it takes along what it brings
        now = tours.is_unload(node) ? 0 : now;
        for (std::size_t j = k + 1; j + 1 < chain_.size() && !reloads_at(tours, chain_[j]); ++j) {
          now += tours.is_visit(chain_[j]) ? amount_in(stop(j).delivery, d) : 0;
        }
      }
      board_[k * dims + d] = now;
    }
  }
}

void PairInsertion::read_detours(const Tours& tours, const Slot& slot) {
  const Index to = model_->sites[static_cast<std::size_t>(delivery_)].place;
  later_.assign(chain_.size(), kForever);
  for (std::size_t j = chain_.size() - 1; j-- > 0;) {
    const double detour = model_->arc(slot, tours.node(chain_[j]).place, to) +
                          model_->arc(slot, to, tours.node(chain_[j + 1]).place) -
                          tours.node(chain_[j + 1]).arc;
    later_[j] = std::min(later_[j + 1], detour);
  }
}

bool PairInsertion::room_behind(int route, std::size_t k) const {
  const std::size_t dims = model_->problem->dimensions.size();
  const Load& capacity =
      model_->problem->vehicles[model_->slots[static_cast<std::size_t>(route)].vehicle].capacity;
  for (std::size_t d = 0; d < capacity.size(); ++d) {
    if (board_[k * dims + d] + amount_in(*goods_, d) > capacity[d]) {
      return false;
    }
  }
  return true;
}

/// When the vehicle may leave the visit at the earliest, coming from the node.
double PairInsertion::done_at(const Slot& slot, int from, double ready, int visit) const {
  const Site& site = model_->sites[static_cast<std::size_t>(visit)];
  const double quick = slot.travel_factor * slot.ways->quickest();
  return begin_at(site, ready + quick * slot.ways->time(static_cast<Index>(from), site.place)) +
         site.service * slot.service_factor;
}

void PairInsertion::try_route(const Tours& tours, int route, double fixed) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  if (tried_[static_cast<std::size_t>(route)] == round_) {
    return;
  }
  tried_[static_cast<std::size_t>(route)] = round_;
  if ((day_ != kNone && slot.day != day_) || !model_->may(pickup_, slot.type) ||
      static_cast<std::uint64_t>(tours.stops(route)) + 2 > slot.caps->stops_max) {
    return;
  }
  read_chain(tours, route);
  read_detours(tours, slot);
  for (std::size_t k = 0; k + 1 < chain_.size(); ++k) {
    const bool stays = model_->frozen && tours.frozen(route, chain_[k + 1]);
    if (!stays && room_behind(route, k)) {
      try_from(tours, route, k, fixed);
    }
  }
}

/// The pickup stands behind node k; the delivery is tried behind it and behind each later node
/// that is still reached in time with room.
void PairInsertion::try_from(const Tours& tours, int route, std::size_t k, double fixed) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const Index from = model_->sites[static_cast<std::size_t>(pickup_)].place;
  const Index to = model_->sites[static_cast<std::size_t>(delivery_)].place;
  const auto place = [&](std::size_t i) { return tours.node(chain_[i]).place; };
  const auto arc = [&](Index a, Index b) { return model_->arc(slot, a, b); };
  // Before any break, and with all of them taken: what is late even so is late.
  const bool timed = model_->timed;
  const std::size_t rested = slot.breaks->size();
  const double quick = slot.travel_factor * slot.ways->quickest();
  const double old = tours.node(chain_[k + 1]).arc;
  const double to_pickup = arc(place(k), from);
  const double detour = to_pickup + arc(from, place(k + 1)) - old + fixed;
  double ready =
      timed ? done_at(slot, static_cast<int>(place(k)), tours.ready(chain_[k]), pickup_) : 0;
  if (ready >= kForever) {
    return;
  }
  const auto in_time = [&](Index at, double now, std::size_t next) {
    return !timed || done_at(slot, static_cast<int>(at), now, delivery_) +
                             quick * slot.ways->time(to, place(next)) <=
                         tours.latest(chain_[next], rested) + kSlack;
  };
  if (in_time(from, ready, k + 1)) {
    const double cost = to_pickup + arc(from, to) + arc(to, place(k + 1)) - old + fixed;
    try_spot(tours, route, {cost, chain_[k], chain_[k]});
  }
  if (detour + later_[k + 1] >= best_.cost) {
    return;
  }
  Index at = from;
  for (std::size_t j = k + 1; j + 1 < chain_.size(); ++j) {
    const int node = chain_[j];
    if (!tours.is_visit(node) || !room_behind(route, j)) {
      return;
    }
    if (timed) {
      const double arrival = ready + quick * slot.ways->time(at, place(j));
      if (arrival > tours.latest(node, rested) + kSlack) {
        return;
      }
      ready = done_at(slot, static_cast<int>(at), ready, node);
    }
    at = place(j);
    const double way = tours.node(chain_[j + 1]).arc;
    const double cost = detour + arc(at, to) + arc(to, place(j + 1)) - way;
    if (in_time(at, ready, j + 1)) {
      try_spot(tours, route, {cost, chain_[k], node});
    }
  }
}

void PairInsertion::try_spot(const Tours& tours, int route, const PairSpot& spot) {
  if (!(spot.cost < best_.cost)) {
    return;
  }
  codes_.clear();
  for (std::size_t k = 0; k + 1 < chain_.size(); ++k) {
    const int node = chain_[k];
    if (k > 0) {
      codes_.push_back(tours.is_visit(node) ? node
                                            : -1 - static_cast<int>(tours.node(node).facility));
    }
    if (node == spot.pickup_after) {
      codes_.push_back(pickup_);
    }
    if (node == spot.delivery_after) {
      codes_.push_back(delivery_);
    }
  }
  if (timetable_.fits(route, codes_)) {
    best_ = spot;
  }
}

int PairInsertion::best_left(const Tours& tours, int delivery) {
  pickup_ = model_->mate(delivery);
  const int route = tours.node(pickup_).route;
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const Index to = model_->sites[static_cast<std::size_t>(delivery)].place;
  double least = kForever;
  int after = kNowhere;
  for (int i = pickup_; i != tours.end(route) && !tours.is_unload(i); i = tours.node(i).next) {
    const int next = tours.node(i).next;
    const double cost = model_->arc(slot, tours.node(i).place, to) +
                        model_->arc(slot, to, tours.node(next).place) - tours.node(next).arc;
    if (cost >= least || tours.frozen(route, next)) {
      continue;
    }
    codes_ = tours.codes(route);
    const auto place = std::find(codes_.begin(), codes_.end(), i);
    codes_.insert(place + 1, delivery);
    if (timetable_.fits(route, codes_)) {
      least = cost;
      after = i;
    }
  }
  return after;
}

void PairInsertion::apply(Tours& tours, int pickup, const PairSpot& spot) const {
  tours.touch(tours.node(spot.pickup_after).route);
  tours.insert(model_->mate(pickup), spot.delivery_after);
  tours.insert(pickup, spot.pickup_after);
}

}  // namespace huan::routing
