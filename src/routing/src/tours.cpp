// SPDX-License-Identifier: Apache-2.0
#include "tours.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"
#include "timing.hpp"

namespace huan::routing {

Tours::Tours(const Model& model)
    : model_(&model),
      timetable_(model),
      first_unload_(model.visits() + 2 * model.slot_count()),
      rooms_(model) {
  const auto size = static_cast<std::size_t>(first_unload_);
  const auto routes = static_cast<std::size_t>(model.slot_count());
  nodes_.resize(size);
  known_.resize(size);
  loads_.resize(size * model.dims);
  so_far_.resize(size * model.dims);
  ready_.resize(size * model.states);
  latest_.resize(size * model.states);
  before_.resize(model.spans ? size : 0);
  behind_.resize(model.spans ? size : 0);
  route_loads_.resize(routes * model.dims);
  stops_.resize(routes);
  cost_.resize(routes);
  costlier_arcs_.resize(static_cast<std::size_t>(model.visits()), kForever);
  barred_.resize(routes);
  is_touched_.resize(routes);
  rank_.resize(routes);
  first_empty_.resize(model.types);
  for (const auto& of_type : model.slots_of_type) {
    for (std::size_t k = 0; k < of_type.size(); ++k) {
      rank_[static_cast<std::size_t>(of_type[k])] = k;
    }
  }
  durations_.resize(model.balance > 0 ? routes : 0);
  middles_.resize(model.compactness > 0 ? routes : 0, kNone);
  for (int i = 0; i < model.visits(); ++i) {
    at(i).place = model.sites[static_cast<std::size_t>(i)].place;
  }
  for (int r = 0; r < model.slot_count(); ++r) {
    const Slot& slot = model.slots[static_cast<std::size_t>(r)];
    at(start(r)) = Node{.next = end(r), .route = r, .trip = start(r), .place = slot.start};
    at(end(r)) = Node{.prev = start(r), .route = r, .trip = start(r), .place = slot.end};
    refresh(r);
  }
}

void Tours::mark() {
  for (const int route : touched_) {
    is_touched_[static_cast<std::size_t>(route)] = 0;
  }
  touched_.clear();
  first_code_.clear();
  kept_.clear();
}

void Tours::touch(int route) {
  if (is_touched_[static_cast<std::size_t>(route)] != 0) {
    return;
  }
  is_touched_[static_cast<std::size_t>(route)] = 1;
  touched_.push_back(route);
  first_code_.push_back(static_cast<int>(kept_.size()));
  for (int i = node(start(route)).next; i != end(route); i = node(i).next) {
    kept_.push_back(is_visit(i) ? i : -1 - static_cast<int>(node(i).facility));
  }
}

void Tours::rollback() {
  for (const int route : touched_) {  // a visit may have moved from one touched route to another
    for (int i = node(start(route)).next; i != end(route);) {
      const int next = node(i).next;
      at(i).route = kNowhere;
      if (is_unload(i)) {
        spare_unloads_.push_back(i);
      }
      i = next;
    }
    link(start(route), end(route));
  }
  for (std::size_t t = 0; t < touched_.size(); ++t) {
    const auto from = static_cast<std::size_t>(first_code_[t]);
    const std::size_t to =
        t + 1 < touched_.size() ? static_cast<std::size_t>(first_code_[t + 1]) : kept_.size();
    set_route(touched_[t], std::span(kept_).subspan(from, to - from));
  }
  mark();
}

std::vector<Code> Tours::codes(int route) const {
  std::vector<Code> list;
  list.reserve(static_cast<std::size_t>(stops(route)) + 4);
  for (int i = node(start(route)).next; i != end(route); i = node(i).next) {
    list.push_back(is_visit(i) ? i : -1 - static_cast<int>(node(i).facility));
  }
  return list;
}

void Tours::set_route(int route, std::span<const Code> codes) {
  for (int i = node(start(route)).next; i != end(route);) {
    const int next = node(i).next;
    at(i).route = kNowhere;
    if (is_unload(i)) {
      spare_unloads_.push_back(i);
    }
    i = next;
  }
  int last = start(route);
  for (const Code code : codes) {
    const int i = code >= 0 ? code : new_unload(static_cast<Index>(-1 - code));
    at(i).route = route;
    link(last, i);
    last = i;
  }
  link(last, end(route));
  refresh(route);
}

void Tours::link(int a, int b) {
  at(a).next = b;
  at(b).prev = a;
}

int Tours::new_unload(Index facility) {
  int i = static_cast<int>(nodes_.size());
  if (spare_unloads_.empty()) {
    nodes_.emplace_back();
    known_.emplace_back();
    loads_.resize(nodes_.size() * model_->dims);
    so_far_.resize(nodes_.size() * model_->dims);
    ready_.resize(nodes_.size() * model_->states);
    latest_.resize(nodes_.size() * model_->states);
    before_.resize(model_->spans ? nodes_.size() : 0);
    behind_.resize(model_->spans ? nodes_.size() : 0);
  } else {
    i = spare_unloads_.back();
    spare_unloads_.pop_back();
  }
  at(i).facility = facility;
  known_[static_cast<std::size_t>(i)].from = kNone;
  at(i).place = model_->facilities[facility].place;
  return i;
}

void Tours::remove(int i) {
  link(node(i).prev, node(i).next);
  at(i).route = kNowhere;
  if (is_unload(i)) {
    spare_unloads_.push_back(i);
  }
}

int Tours::insert_unload(Index facility, int after) {
  const int i = new_unload(facility);
  const int next = node(after).next;
  at(i).route = node(after).route;
  link(after, i);
  link(i, next);
  owed_ = true;
  return i;
}

void Tours::insert(int visit, int after) {
  const int next = node(after).next;
  const int route = node(after).route;
  at(visit).route = route;
  link(after, visit);
  link(visit, next);
  if (owed_ || empty(route) || model_->released || model_->duration_matters || model_->spans ||
      model_->rooms || model_->shaped() || model_->detours) {
    refresh(route);
    return;
  }
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  Node& here = at(visit);
  here.trip = node(after).trip;
  add_load(visit, slot.unloads);
  const double old_arc = node(next).arc;
  refresh_leg(slot, visit);
  refresh_leg(slot, next);
  const double more = here.arc + node(next).arc - old_arc;
  total_ += more;
  cost_[static_cast<std::size_t>(route)] += more;
  ++stops_[static_cast<std::size_t>(route)];
  ++placed_;
  note_arcs(after);
  note_arcs(visit);
  note_arcs(next);
  if (!model_->timed) {
    return;
  }
  static_cast<void>(pass_on(slot, visit));
  for (int i = next; i != end(route) && pass_on(slot, i); i = node(i).next) {
  }
  static_cast<void>(pass_back(slot, visit));
  for (int i = after; pass_back(slot, i); i = node(i).prev) {
  }
}

/// Both arcs of the node are known.
void Tours::note_arcs(int i) {
  if (is_visit(i)) {
    const Node& here = node(i);
    const bool amid = is_visit(here.prev) && is_visit(here.next);
    costlier_arcs_[static_cast<std::size_t>(i)] =
        amid ? std::max(here.arc, node(here.next).arc) : kForever;
  }
}

void Tours::add_load(int visit, bool so_far_too) {
  const std::size_t dims = model_->dims;
  const Node& here = node(visit);
  const std::int64_t* demand = model_->demand(visit);
  for (std::size_t d = 0; d < dims; ++d) {
    loads_[static_cast<std::size_t>(here.trip) * dims + d] += demand[d];
    route_loads_[static_cast<std::size_t>(here.route) * dims + d] += demand[d];
    if (!so_far_too) {
      continue;
    }
    so_far_[static_cast<std::size_t>(visit) * dims + d] =
        so_far_[static_cast<std::size_t>(here.prev) * dims + d];
    for (int i = visit; is_visit(i); i = node(i).next) {
      so_far_[static_cast<std::size_t>(i) * dims + d] += demand[d];
    }
  }
}

bool Tours::frozen(int route, int i) const {
  int k = start(route);
  for (int left = model_->frozen_codes[static_cast<std::size_t>(route)]; left > 0; --left) {
    k = node(k).next;
    if (k == i) {
      return true;
    }
  }
  return false;
}

void Tours::bar(int slot) {
  barred_[static_cast<std::size_t>(slot)] = 1;
  note_use(slot, empty(slot));
}

void Tours::unbar(int slot) {
  barred_[static_cast<std::size_t>(slot)] = 0;
  note_use(slot, false);
}

/// Keeps the first free slot of the route's type.
void Tours::note_use(int route, bool was_empty) {
  const auto type = static_cast<std::size_t>(model_->slots[static_cast<std::size_t>(route)].type);
  const auto& list = model_->slots_of_type[type];
  std::size_t& first = first_empty_[type];
  const auto is_free = [&](int slot) {
    return empty(slot) && barred_[static_cast<std::size_t>(slot)] == 0;
  };
  if (!was_empty && is_free(route)) {
    first = std::min(first, rank_[static_cast<std::size_t>(route)]);
  }
  while (first < list.size() && !is_free(list[first])) {
    ++first;
  }
}

void Tours::gather(int route) {
  chain_.clear();
  for (int i = start(route); i != end(route); i = node(i).next) {
    chain_.push_back(i);
  }
  chain_.push_back(end(route));
}

void Tours::refresh(int route) {
  owed_ = false;
  gather(route);
  refresh_loads(route);
  for (std::size_t k = 1; k < chain_.size(); ++k) {
    refresh_leg(model_->slots[static_cast<std::size_t>(route)], chain_[k]);
  }
  if (model_->timed) {
    refresh_times(route);
  }
  if (model_->spans) {
    refresh_spans(route);
  }
  refresh_cost(route);
  if (rooms_.watched()) {
    rooms_.set(route, codes(route));
  }
}

void Tours::refresh_loads(int route) {
  const std::size_t dims = model_->dims;
  std::int64_t* whole = &route_loads_[static_cast<std::size_t>(route) * dims];
  std::fill_n(whole, dims, 0);
  int trip = start(route);
  int count = 0;
  const Load& on_board =
      model_->problem->vehicles[model_->slots[static_cast<std::size_t>(route)].vehicle].start_load;
  std::fill_n(&loads_[static_cast<std::size_t>(trip) * dims], dims, 0);
  std::copy(on_board.begin(), on_board.end(), &loads_[static_cast<std::size_t>(trip) * dims]);
  for (const int i : chain_) {
    std::int64_t* load = &loads_[static_cast<std::size_t>(trip) * dims];
    at(i).trip = trip;
    if (is_visit(i)) {
      const std::int64_t* demand = model_->demand(i);
      for (std::size_t d = 0; d < dims; ++d) {
        load[d] += demand[d];
        whole[d] += demand[d];
      }
      ++count;
    } else if (is_unload(i)) {
      trip = i;
      at(i).trip = i;
      load = &loads_[static_cast<std::size_t>(trip) * dims];
      std::fill_n(load, dims, 0);
    }
    std::copy_n(load, dims, &so_far_[static_cast<std::size_t>(i) * dims]);
  }
  int& stops = stops_[static_cast<std::size_t>(route)];
  used_ += static_cast<int>(count > 0) - static_cast<int>(stops > 0);
  placed_ += count - stops;
  const bool was_empty = stops == 0;
  stops = count;
  if (was_empty != (count == 0)) {
    note_use(route, was_empty);
  }
}

void Tours::refresh_cost(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  double cost = 0;
  if (!empty(route) || chain_.size() > 2) {
    cost = slot.fixed;
    for (std::size_t k = 1; k < chain_.size(); ++k) {
      const Node& here = node(chain_[k]);
      cost += here.arc;
      note_arcs(here.prev);
    }
    cost += time_cost(route) + shape_cost(route);
  } else {  // nobody drives it; what is put into it is the whole cost of the route
    at(end(route)).arc = 0;
    known_[static_cast<std::size_t>(end(route))].from = kNone;
  }
  total_ += cost - cost_[static_cast<std::size_t>(route)];
  cost_[static_cast<std::size_t>(route)] = cost;
}

void Tours::refresh_spans(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  before_[static_cast<std::size_t>(start(route))] = {0, slot.open, kForever};
  for (std::size_t k = 1; k < chain_.size(); ++k) {
    const int i = chain_[k];
    const Span here = i == end(route) ? Span{0, 0, slot.close}
                                      : span_of(site(i), site(i).service * slot.service_factor);
    before_[static_cast<std::size_t>(i)] =
        joined(before_[static_cast<std::size_t>(chain_[k - 1])], here, seconds_to(i));
  }
  behind_[static_cast<std::size_t>(end(route))] = {0, 0, slot.close};
  for (std::size_t k = chain_.size() - 2; k > 0; --k) {
    const int i = chain_[k];
    behind_[static_cast<std::size_t>(i)] =
        joined(span_of(site(i), site(i).service * slot.service_factor),
               behind_[static_cast<std::size_t>(chain_[k + 1])], seconds_to(node(i).next));
  }
}

void Tours::refresh_leg(const Slot& slot, int i) {
  Node& here = at(i);
  Known& known = known_[static_cast<std::size_t>(i)];
  const Index from = node(here.prev).place;
  const int measure = model_->measure(slot);
  if (known.from != from || known.measure != measure) {
    const Leg leg = model_->leg(slot, from, here.place);
    here.arc = leg.cost;
    known = {leg.seconds, from, measure};
  }
}

double Tours::release_of(int trip) const {
  double release = 0;
  for (int i = node(trip).next; is_visit(i); i = node(i).next) {
    release = std::max(release, site(i).release);
  }
  return release;
}

void Tours::refresh_times(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const std::size_t states = model_->states;
  double* ready = &ready_[static_cast<std::size_t>(start(route)) * states];
  std::fill_n(ready, states, kForever);
  ready[0] = model_->released ? std::max(slot.open, release_of(start(route))) : slot.open;
  for (std::size_t k = 1; k + 1 < chain_.size(); ++k) {
    static_cast<void>(pass_on(slot, chain_[k]));
  }
  double* latest = &latest_[static_cast<std::size_t>(end(route)) * states];
  std::fill_n(latest, states, -kForever);
  latest[slot.breaks->size()] = slot.close;
  for (std::size_t k = chain_.size() - 1; k-- > 0;) {
    static_cast<void>(pass_back(slot, chain_[k]));
  }
}

bool Tours::pass_on(const Slot& slot, int i) {
  const std::size_t states = model_->states;
  const Node& here = node(i);
  const double* before = &ready_[static_cast<std::size_t>(here.prev) * states];
  double* ready = &ready_[static_cast<std::size_t>(i) * states];
  const double way = seconds_to(i);
  const Site& place = site(i);
  const double service = place.service * slot.service_factor;
  if (states == 1) {
    double done = begin_at(place, before[0] + way) + service;
    done = model_->released && is_unload(i) ? std::max(done, release_of(i)) : done;
    const bool changed = done != ready[0];
    ready[0] = done;
    return changed;
  }
  for (std::size_t s = 0; s < states; ++s) {
    ready[s] = begin_at(place, before[s] + way) + service;
  }
  if (model_->released && is_unload(i)) {
    const double release = release_of(i);
    std::for_each(ready, ready + states, [&](double& r) { r = std::max(r, release); });
  }
  take_breaks(*slot.breaks, ready);
  return true;
}

bool Tours::pass_back(const Slot& slot, int i) {
  const std::size_t states = model_->states;
  const Node& here = node(i);
  const double* after = &latest_[static_cast<std::size_t>(here.next) * states];
  double* latest = &latest_[static_cast<std::size_t>(i) * states];
  const double way = seconds_to(here.next);
  if (i == start(here.route)) {
    for (std::size_t s = 0; s < states; ++s) {
      latest[s] = after[s] - way;
    }
    return false;
  }
  const Site& place = site(i);
  const double service = place.service * slot.service_factor;
  if (states == 1) {
    const double by = latest_begin(place, after[0] - way - service);
    const bool changed = by != latest[0];
    latest[0] = by;
    return changed;
  }
  for (std::size_t s = 0; s < states; ++s) {
    latest[s] = after[s] - way;
  }
  take_breaks_back(*slot.breaks, latest);
  for (std::size_t s = 0; s < states; ++s) {
    latest[s] = latest_begin(place, latest[s] - service);
  }
  return true;
}

}  // namespace huan::routing
