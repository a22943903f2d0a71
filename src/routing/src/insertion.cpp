// SPDX-License-Identifier: Apache-2.0
#include "insertion.hpp"

#include <algorithm>
#include <cmath>

#include "timing.hpp"
#include "tuning.hpp"

namespace huan::routing {

namespace {

constexpr std::size_t kNearFacilities = 4;        ///< facilities tried for one unloading
constexpr std::size_t kNearFacilitiesRooms = 12;  ///< the same where the nearest may be full

}  // namespace

Insertion::Insertion(const Model& model, const Neighbours& neighbours, Random& random)
    : model_(&model),
      neighbours_(&neighbours),
      random_(&random),
      timetable_(model),
      dims_(model.dims),
      tried_(static_cast<std::size_t>(model.timed ? kTriedTight : kTried)),
      unloads_(std::any_of(model.slots.begin(), model.slots.end(),
                           [](const Slot& slot) { return slot.unloads; })),
      even_(model.uniform && !model.slots.empty() && model.slots.front().ways->symmetric() &&
            model.slots.front().ways == model.ways.front().get()) {
  ready_.resize(model.states);
  seen_.resize(model.sites.size());
  near_facilities_.resize(unloads_ ? model.sites.size() : 0);
  for (std::size_t i = 0; i < near_facilities_.size(); ++i) {
    list_facilities(i);
  }
  if (!model.slots.empty() && model.slots.front().ways->slow()) {
    remembered_ = model.slots.front().ways;
    known_.resize(model.problem->places.size() + 1);
    known_in_.resize(model.problem->places.size() + 1);
  }
}

void Insertion::list_facilities(std::size_t visit) {
  auto& near = near_facilities_[visit];
  const Index material = model_->problem->stops[model_->stop_of[visit]].material;
  for (Index f = 0; f < model_->facilities.size(); ++f) {
    if (takes(model_->problem->facilities[f], material)) {
      const Ways& ways = *model_->ways.front();
      near.push_back({ways.distance(model_->sites[visit].place, model_->facilities[f].place), f});
    }
  }
  std::sort(near.begin(), near.end(), [](const NearFacility& a, const NearFacility& b) {
    return std::pair{a.away, a.number} < std::pair{b.away, b.number};
  });
  near.resize(std::min(near.size(), model_->rooms ? kNearFacilitiesRooms : kNearFacilities));
}

bool Insertion::blink() {
  if (blink_rate_ <= 0 || --until_blink_ > 0) {
    return false;
  }
  const double draw = 1 - random_->unit();
  until_blink_ = 1 + static_cast<int>(std::min(1e6, std::log(draw) / std::log1p(-blink_rate_)));
  return true;
}

Spot Insertion::best_on(const Tours& tours, int visit, std::uint32_t day, double blink_rate) {
  visit_ = visit;
  day_ = day;
  place_ = model_->sites[static_cast<std::size_t>(visit)].place;
  demand_ = model_->demand(visit);
  blink_rate_ = blink_rate;
  best_ = Spot{};
  row_ = even_ ? model_->ways.front()->row(place_) : nullptr;
  per_distance_ = model_->slots.front().per_distance;
  const auto near = neighbours_->of(visit);
  ++round_;
  const auto beside = neighbours_->beside(visit);
  if (day == kAnyDay && even_) {
    try_beside(tours, beside.first(std::min(beside.size(), tried_)), neighbours_->away(visit));
  } else {
    try_near(tours, day == kAnyDay ? beside.first(std::min(beside.size(), tried_)) : near);
  }
  try_empty(tours);
  if (best_.after == kNowhere && day == kAnyDay) {
    try_near(tours, near);
  }
  if (best_.after == kNowhere && (blink_rate <= 0 || random_->unit() < kLookEverywhere)) {
    try_everywhere(tours);
  }
  return best_;
}

Spot Insertion::best_in_touched(const Tours& tours, int visit, double blink_rate) {
  visit_ = visit;
  demand_ = model_->demand(visit);
  const auto& touched = tours.touched();
  if (std::none_of(touched.begin(), touched.end(),
                   [&](int route) { return has_room(tours, route); })) {
    return Spot{};
  }
  touched_only_ = true;
  const Spot spot = best_on(tours, visit, kAnyDay, blink_rate);
  touched_only_ = false;
  return spot;
}

/// As far as loads and stops of the whole shift go.
bool Insertion::has_room(const Tours& tours, int route) const {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  return model_->may(visit_, slot.type) && shift_allows(tours, route) &&
         (slot.unloads || capacity_allows(tours, route, tours.start(route)));
}

bool Insertion::shift_allows(const Tours& tours, int route) const {
  const std::int64_t* whole = tours.route_load(route);
  const std::int64_t* cap = model_->load_cap(route);
  for (std::size_t d = 0; d < dims_; ++d) {
    if (whole[d] + demand_[d] > cap[d]) {
      return false;
    }
  }
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  return static_cast<std::uint32_t>(tours.stops(route)) < slot.caps->stops_max;
}

/// Passes over those next to which it cannot cost less than the best.
void Insertion::try_beside(const Tours& tours, std::span<const int> others,
                           std::span<const double> away) {
  for (std::size_t k = 0; k < others.size(); ++k) {
    if (away[k] * per_distance_ - tours.costlier_arc(others[k]) < best_.cost) {
      try_next_to(tours, others[k]);
    }
  }
}

void Insertion::try_near(const Tours& tours, std::span<const int> others) {
  for (const int other : others) {
    try_next_to(tours, other);
  }
}

void Insertion::try_next_to(const Tours& tours, int other) {
  const Node& node = tours.node(other);
  if (node.route == kNowhere || seen(other) || !in_question(tours, node.route) ||
      (!unloads_ && !capacity_allows(tours, node.route, node.trip))) {
    return;
  }
  seen_[static_cast<std::size_t>(other)] = round_;
  if (!seen(node.next)) {
    try_gap(tours, other, node.next);
  }
  if (!seen(node.prev)) {
    try_gap(tours, node.prev, other);
  }
}

void Insertion::try_empty(const Tours& tours) {
  for (std::size_t type = 0; type < model_->types; ++type) {
    if (model_->may(visit_, static_cast<int>(type))) {
      const int slot = tours.empty_slot(static_cast<int>(type));
      if (slot != kNowhere && in_question(tours, slot)) {
        try_gap(tours, tours.start(slot), tours.end(slot));
      }
    }
  }
}

void Insertion::try_everywhere(const Tours& tours) {
  if (touched_only_) {
    for (const int route : tours.touched()) {
      try_route(tours, route);
    }
    return;
  }
  for (int route = 0; route < model_->slot_count(); ++route) {
    try_route(tours, route);
  }
}

void Insertion::try_route(const Tours& tours, int route) {
  if (tours.empty(route) || !on_day(route) || !has_room(tours, route)) {
    return;
  }
  for (int i = tours.start(route); i != tours.end(route); i = tours.node(i).next) {
    try_gap(tours, i, tours.node(i).next);
  }
}

bool Insertion::capacity_allows(const Tours& tours, int route, int trip) const {
  const std::int64_t* load = tours.trip_load(trip);
  const std::int64_t* capacity = model_->capacity(route);
  for (std::size_t d = 0; d < dims_; ++d) {
    if (load[d] + demand_[d] > capacity[d]) {
      return false;
    }
  }
  return true;
}

void Insertion::try_gap(const Tours& tours, int before, int after) {
  const Node& left = tours.node(before);
  const Node& right = tours.node(after);
  double cost = -right.arc;
  if (row_ != nullptr) {
    cost += (row_[left.place] + row_[right.place]) * per_distance_;
  } else if (even_) {
    const Slot& slot = model_->slots.front();
    cost += (away(slot, left.place) + away(slot, right.place)) * per_distance_;
  } else {
    const Slot& slot = model_->slots[static_cast<std::size_t>(left.route)];
    cost += model_->arc(slot, left.place, place_) + model_->arc(slot, place_, right.place);
  }
  if (cost < best_.cost || tours.empty(left.route)) {
    consider(tours, before, after, cost);
  }
}

/// What the route's shape costs more with the visit, as seen from its middle of now.
double Insertion::out_of_shape(const Tours& tours, int route) const {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  double cost = model_->away(visit_, slot);
  if (model_->compactness > 0 && !tours.empty(route)) {
    cost += model_->compactness * slot.ways->distance(tours.middle(route), place_);
  }
  return cost;
}

void Insertion::consider(const Tours& tours, int before, int after, double given) {
  const int route = tours.node(before).route;
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const double cost = model_->shaped() ? given + out_of_shape(tours, route) : given;
  if (model_->frozen && tours.frozen(route, after)) {
    return;
  }
  const bool room = capacity_allows(tours, route, tours.node(before).trip);
  if (!room && !slot.unloads) {
    return;
  }
  const Spot spot{.cost = tours.empty(route) ? (cost + slot.fixed) * new_route_share_ : cost,
                  .after = before};
  if (!(spot.cost < best_.cost) || blink() || !model_->may(visit_, slot.type) ||
      !shift_allows(tours, route)) {
    return;
  }
  if (slot.unloads && (!room || (slot.empty_at_end && after == tours.end(route)))) {
    // What is late without an unloading is late with one, save where a break waits for its hour.
    if (model_->timed && model_->states == 1 && no_short_cuts(slot) &&
        !time_allows(tours, before, after)) {
      return;
    }
    try_unloads(tours, before, after);
    return;
  }
  if (model_->spans) {
    try_spans(tours, before, after, spot);
    return;
  }
  if ((model_->timed && !time_allows(tours, before, after)) ||
      (model_->exact && !exactly(tours, before, spot))) {
    return;
  }
  best_ = spot;
}

void Insertion::try_spans(const Tours& tours, int before, int after, const Spot& given) {
  const Node& left = tours.node(before);
  const Slot& slot = model_->slots[static_cast<std::size_t>(left.route)];
  const Site* visit = &model_->sites[static_cast<std::size_t>(visit_)];
  const Site* dump = given.facility != kNone ? &model_->facilities[given.facility] : nullptr;
  Span span = tours.before(before);
  Index place = left.place;
  for (const Site* here : {given.unload_first ? dump : visit, given.unload_first ? visit : dump}) {
    if (here != nullptr) {
      span = joined(span, span_of(*here, here->service * slot.service_factor),
                    seconds(slot, place, here->place));
      place = here->place;
    }
  }
  span = joined(span, tours.behind(after), seconds(slot, place, tours.node(after).place));
  if (!in_time(span) || span.duration > slot.duration_max + kSlack) {
    return;
  }
  Spot spot = given;
  if (slot.per_duration > 0) {
    const double old = tours.empty(left.route) ? 0 : tours.before(tours.end(left.route)).duration;
    spot.cost += slot.per_duration * (span.duration - old);
  }
  if (spot.cost < best_.cost) {
    best_ = spot;
  }
}

/// How far a place is from the visit, which is as far as the visit is from it.
double Insertion::away(const Slot& slot, Index place) {
  if (row_ != nullptr) {
    return row_[place];
  }
  if (slot.ways != remembered_) {
    return slot.ways->distance(place_, place);
  }
  if (known_in_[place] != round_) {
    known_in_[place] = round_;
    known_[place] = remembered_->distance(place_, place);
  }
  return known_[place];
}

/// Of two equal ways the one from the visit is at hand.
double Insertion::seconds(const Slot& slot, Index from, Index to) {
  if (slot.ways->symmetric() && (from == place_ || to == place_)) {
    return slot.seconds_per_distance * away(slot, from == place_ ? to : from);
  }
  return slot.travel_factor * slot.ways->quickest() * slot.ways->time(from, to);
}

bool Insertion::time_allows(const Tours& tours, int before, int after) {
  const Node& left = tours.node(before);
  const Slot& slot = model_->slots[static_cast<std::size_t>(left.route)];
  const Site& here = model_->sites[static_cast<std::size_t>(visit_)];
  const bool even = slot.ways->symmetric();  // of two equal ways the one from the visit is at hand
  const Index right = tours.node(after).place;
  const double here_from =
      even ? slot.seconds_per_distance * away(slot, left.place) : seconds(slot, left.place, place_);
  const double onwards =
      even ? slot.seconds_per_distance * away(slot, right) : seconds(slot, place_, right);
  const double service = here.service * slot.service_factor;
  if (slot.breaks->empty()) {
    const double done = begin_at(here, tours.ready(before) + here_from) + service;
    return done + onwards <= tours.latest(after) + kSlack;
  }
  double carried = kForever;
  for (std::size_t s = 0; s <= slot.breaks->size(); ++s) {
    double done = begin_at(here, tours.ready(before, s) + here_from) + service;
    done = std::min(done, carried);
    if (done + onwards <= tours.latest(after, s) + kSlack) {
      return true;
    }
    carried = kForever;
    if (s < slot.breaks->size() && done < kForever) {
      const Break& rest = (*slot.breaks)[s];
      carried = break_begin(rest, done) + rest.duration_s;
    }
  }
  return false;
}

void Insertion::try_unloads(const Tours& tours, int before, int after) {
  const Node& left = tours.node(before);
  const Node& right = tours.node(after);
  const int route = left.route;
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const std::int64_t* so_far = tours.load_so_far(before);
  const std::int64_t* whole = tours.trip_load(left.trip);
  const std::int64_t* capacity = model_->capacity(route);
  bool first_fits = !tours.is_unload(after);
  const bool must_unload = slot.empty_at_end && after == tours.end(route);
  bool second_fits = before != left.trip && !must_unload;
  for (std::size_t d = 0; d < dims_; ++d) {
    first_fits = first_fits && so_far[d] + demand_[d] <= capacity[d];
    second_fits = second_fits && whole[d] - so_far[d] + demand_[d] <= capacity[d];
  }
  if (!first_fits && !second_fits) {
    return;
  }
  const double fixed =
      (tours.empty(route) ? slot.fixed : 0) + (model_->shaped() ? out_of_shape(tours, route) : 0);
  const double old = right.arc - fixed;
  const double to =
      even_ ? per_distance_ * away(slot, left.place) : model_->arc(slot, left.place, place_);
  const double from =
      even_ ? per_distance_ * away(slot, right.place) : model_->arc(slot, place_, right.place);
  const bool strict = no_short_cuts(slot);
  const auto& usable = model_->unload_at[static_cast<std::size_t>(slot.type)];
  for (const NearFacility& near : near_facilities_[static_cast<std::size_t>(visit_)]) {
    // The way from the facility on is at least the difference of the two ways from the visit: most
    // facilities are seen to be too far by what is at hand.
    const double out = even_ ? per_distance_ * near.away : 0;
    const double back = strict ? std::abs(out - from) : 0;
    const double forth = strict ? std::abs(out - to) : 0;
    const bool first = first_fits && to + out + back - old < best_.cost;
    const bool second = second_fits && from + out + forth - old < best_.cost;
    if ((!first && !second) ||
        std::find(usable.begin(), usable.end(), near.number) == usable.end()) {
      continue;
    }
    const Index dump = model_->facilities[near.number].place;
    if (first) {
      const double there = even_ ? out : model_->arc(slot, place_, dump);
      const double cost = to + there + model_->arc(slot, dump, right.place) - old;
      try_unload(tours, before, after, {cost, before, near.number, false});
    }
    if (second) {
      const double there = even_ ? out : model_->arc(slot, dump, place_);
      const double cost = model_->arc(slot, left.place, dump) + there + from - old;
      try_unload(tours, before, after, {cost, before, near.number, true});
    }
  }
}

void Insertion::try_unload(const Tours& tours, int before, int after, const Spot& spot) {
  if (!(spot.cost < best_.cost) || blink()) {
    return;
  }
  if (model_->spans) {
    try_spans(tours, before, after, spot);
    return;
  }
  if (model_->timed && !chain_in_time(tours, before, after, spot)) {
    return;
  }
  if (model_->exact && !exactly(tours, before, spot)) {
    return;
  }
  best_ = spot;
}

bool Insertion::chain_in_time(const Tours& tours, int before, int after, const Spot& spot) {
  const Node& left = tours.node(before);
  const Slot& slot = model_->slots[static_cast<std::size_t>(left.route)];
  const Site* visit = &model_->sites[static_cast<std::size_t>(visit_)];
  const Site* dump = &model_->facilities[spot.facility];
  Index place = left.place;
  for (std::size_t s = 0; s < model_->states; ++s) {
    ready_[s] = tours.ready(before, s);
  }
  for (const Site* here : {spot.unload_first ? dump : visit, spot.unload_first ? visit : dump}) {
    const double way = seconds(slot, place, here->place);
    for (double& ready : ready_) {
      ready = begin_at(*here, ready + way) + here->service * slot.service_factor;
    }
    take_breaks(*slot.breaks, ready_.data());
    place = here->place;
  }
  const double onwards = seconds(slot, place, tours.node(after).place);
  for (std::size_t s = 0; s <= slot.breaks->size(); ++s) {
    if (ready_[s] + onwards <= tours.latest(after, s) + kSlack) {
      return true;
    }
  }
  return false;
}

bool Insertion::exactly(const Tours& tours, int before, const Spot& spot) {
  const int route = tours.node(before).route;
  codes_.clear();
  const auto add_here = [&] {
    if (spot.facility != kNone && spot.unload_first) {
      codes_.push_back(-1 - static_cast<int>(spot.facility));
    }
    codes_.push_back(visit_);
    if (spot.facility != kNone && !spot.unload_first) {
      codes_.push_back(-1 - static_cast<int>(spot.facility));
    }
  };
  if (before == tours.start(route)) {
    add_here();
  }
  for (int i = tours.node(tours.start(route)).next; i != tours.end(route); i = tours.node(i).next) {
    codes_.push_back(tours.is_visit(i) ? i : -1 - static_cast<int>(tours.node(i).facility));
    if (i == before) {
      add_here();
    }
  }
  return timetable_.fits(route, codes_) &&
         (!tours.rooms().watched() || tours.rooms().allow(route, codes_));
}

void Insertion::apply(Tours& tours, int visit, const Spot& spot) {
  tours.touch(tours.node(spot.after).route);
  int after = spot.after;
  if (spot.facility != kNone && spot.unload_first) {
    after = tours.insert_unload(spot.facility, after);
  } else if (spot.facility != kNone) {
    tours.insert_unload(spot.facility, after);
  }
  tours.insert(visit, after);
}

}  // namespace huan::routing
