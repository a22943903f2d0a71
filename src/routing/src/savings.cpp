// SPDX-License-Identifier: Apache-2.0
#include "savings.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "timing.hpp"
#include "tuning.hpp"

namespace huan::routing {

namespace {

constexpr std::size_t kJoinedNear = 40;  ///< neighbours that a visit's trip is joined with
constexpr std::size_t kMostTypes = 64;
constexpr std::size_t kMostFacilities = 64;

}  // namespace

bool Savings::suits(const Model& model) {
  const bool optional = std::any_of(model.optional.begin(), model.optional.end(),
                                    [](std::uint8_t prized) { return prized != 0; });
  const auto given = [](const std::vector<int>& codes) { return !codes.empty(); };
  return model.visits() >= kManyVisits && !model.periodic && model.dues.empty() &&
         model.mates.empty() && !model.rooms && !model.mixed && !optional &&
         model.types <= kMostTypes && model.facilities.size() <= kMostFacilities &&
         std::none_of(model.given.begin(), model.given.end(), given);
}

Savings::Savings(const Model& model, const Neighbours& neighbours)
    : model_(&model),
      neighbours_(&neighbours),
      timetable_(model),
      even_(std::all_of(
          model.slots.begin(), model.slots.end(),
          [](const Slot& slot) { return slot.ways->symmetric() && slot.start == slot.end; })),
      confirm_(model.exact || model.states > 1 ||
               std::any_of(model.sites.begin(), model.sites.end(),
                           [](const Site& site) { return site.windows != nullptr; })) {
  const auto visits = static_cast<std::size_t>(model.visits());
  trips_.resize(visits);
  loads_.resize(visits * model.dims);
  trip_of_.resize(visits);
  next_.resize(visits);
  from_.resize(visits);
  to_.resize(visits);
  routed_.assign(visits, 0);
  routes_.resize(model.slots.size());
}

std::vector<std::vector<Code>> Savings::routes(const std::function<bool()>& hurry) {
  for (const Slots& fleet : fleets()) {
    if (!hurry()) {
      begin_trips(fleet);
      measure_ends(fleet);
      join_trips(fleet, hurry);
      pack(fleet, hurry);
    }
  }
  return std::move(routes_);
}

/// Slots of the same capacity, those first that cost least for what they hold, of equals the
/// largest.
std::vector<Savings::Slots> Savings::fleets() const {
  std::map<std::pair<std::vector<std::int64_t>, bool>, Slots> by_capacity;
  std::vector<double> most(model_->dims, 1);
  for (int r = 0; r < model_->slot_count(); ++r) {
    const std::int64_t* capacity = model_->capacity(r);
    const std::vector<std::int64_t> key(capacity, capacity + model_->dims);
    by_capacity[{key, model_->slots[static_cast<std::size_t>(r)].unloads}].push_back(r);
    for (std::size_t d = 0; d < model_->dims; ++d) {
      most[d] = std::max(most[d], static_cast<double>(capacity[d]));
    }
  }
  std::vector<std::tuple<double, double, Slots>> ranked;
  for (auto& [kind, fleet] : by_capacity) {
    double size = 0;
    for (std::size_t d = 0; d < model_->dims; ++d) {
      size += static_cast<double>(kind.first[d]) / most[d];
    }
    const double fixed = model_->slots[static_cast<std::size_t>(fleet.front())].fixed;
    ranked.emplace_back(fixed / std::max(size, 1e-9), -size, std::move(fleet));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return std::pair{std::get<0>(a), std::get<1>(a)} < std::pair{std::get<0>(b), std::get<1>(b)};
  });
  std::vector<Slots> fleets;
  fleets.reserve(ranked.size());
  for (auto& entry : ranked) {
    fleets.push_back(std::move(std::get<2>(entry)));
  }
  return fleets;
}

/// Each visit that is in no route is a trip of its own.
void Savings::begin_trips(const Slots& fleet) {
  any_ = &model_->slots[static_cast<std::size_t>(fleet.front())];
  std::uint64_t types = 0;
  for (const int r : fleet) {
    types |= bit(static_cast<std::size_t>(model_->slots[static_cast<std::size_t>(r)].type));
  }
  for (int i = 0; i < model_->visits(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const Site& site = model_->sites[k];
    Trip one{.first = i, .last = i, .visits = routed_[k] != 0 ? 0 : 1};
    one.span = span_of(site, site.service * any_->service_factor);
    for (std::size_t type = 0; type < model_->types; ++type) {
      const bool may = (types & bit(type)) != 0 && model_->may(i, static_cast<int>(type));
      one.types |= may ? bit(type) : 0;
    }
    const Index material = model_->problem->stops[model_->stop_of[k]].material;
    for (std::size_t f = 0; f < model_->facilities.size(); ++f) {
      one.unloads |= takes(model_->problem->facilities[f], material) ? bit(f) : 0;
    }
    trips_[k] = one;
    trip_of_[k] = i;
    next_[k] = kNoVisit;
    std::copy_n(model_->demand(i), model_->dims, &loads_[k * model_->dims]);
  }
}

/// The nearest of the places where a trip of the fleet may begin and end.
void Savings::measure_ends(const Slots& fleet) {
  std::vector<Index> starts;
  std::vector<Index> ends;
  const auto add = [](std::vector<Index>& list, Index place) {
    if (std::find(list.begin(), list.end(), place) == list.end()) {
      list.push_back(place);
    }
  };
  for (const int r : fleet) {
    const Slot& slot = model_->slots[static_cast<std::size_t>(r)];
    add(starts, slot.start);
    add(ends, slot.end);
    if (slot.unloads) {
      for (const Index f : model_->unload_at[static_cast<std::size_t>(slot.type)]) {
        add(starts, model_->facilities[f].place);
        add(ends, model_->facilities[f].place);
      }
    }
  }
  const Ways& ways = *any_->ways;
  for (int i = 0; i < model_->visits(); ++i) {
    double there = kForever;
    double back = kForever;
    for (const Index start : starts) {
      there = std::min(there, ways.distance(start, place(i)));
    }
    for (const Index end : ends) {
      back = std::min(back, ways.distance(place(i), end));
    }
    from_[static_cast<std::size_t>(i)] = there;
    to_[static_cast<std::size_t>(i)] = back;
  }
  pace_ = pace();
}

double Savings::pace() const {
  double distance = 0;
  double time = 0;
  for (int i = 0; i < model_->visits(); ++i) {
    const double there = any_->ways->distance(any_->start, place(i));
    const double taken = seconds(*any_, any_->start, place(i));
    if (there < kForever && taken < kForever) {
      distance += there;
      time += taken;
    }
  }
  return distance > 0 ? time / distance : 0;
}

/// The largest first.
std::vector<Savings::Saving> Savings::savings() const {
  std::vector<Saving> list;
  const Ways& ways = *any_->ways;
  for (int i = 0; i < model_->visits(); ++i) {
    if (trips_[static_cast<std::size_t>(i)].visits == 0) {
      continue;
    }
    const auto near = neighbours_->of(i);
    for (const int j : near.first(std::min(near.size(), kJoinedNear))) {
      if (trips_[static_cast<std::size_t>(j)].visits == 0) {
        continue;
      }
      const auto add = [&](int a, int b) {
        const double saved = to_[static_cast<std::size_t>(a)] + from_[static_cast<std::size_t>(b)] -
                             ways.distance(place(a), place(b));
        if (saved > 0) {
          list.push_back({saved, a, b});
        }
      };
      add(i, j);
      if (!even_) {
        add(j, i);
      }
    }
  }
  std::sort(list.begin(), list.end(), [](const Saving& a, const Saving& b) {
    return std::tuple{-a.amount, a.from, a.to} < std::tuple{-b.amount, b.from, b.to};
  });
  return list;
}

void Savings::join_trips(const Slots& fleet, const std::function<bool()>& hurry) {
  Slots kinds;  // one slot of each type
  for (const int r : fleet) {
    const int type = model_->slots[static_cast<std::size_t>(r)].type;
    const bool known = std::any_of(kinds.begin(), kinds.end(), [&](int k) {
      return model_->slots[static_cast<std::size_t>(k)].type == type;
    });
    if (!known) {
      kinds.push_back(r);
    }
  }
  std::size_t tried = 0;
  for (const Saving& saving : savings()) {
    if ((++tried & 255) == 0 && hurry()) {
      return;
    }
    join(saving, kinds);
  }
}

void Savings::join(const Saving& saving, const Slots& fleet) {
  const int a = trip_of_[static_cast<std::size_t>(saving.from)];
  const int b = trip_of_[static_cast<std::size_t>(saving.to)];
  Trip& before = trips_[static_cast<std::size_t>(a)];
  Trip& after = trips_[static_cast<std::size_t>(b)];
  const auto at_end = [](const Trip& one, int visit) {
    return one.first == visit || one.last == visit;
  };
  if (a == b || before.visits == 0 || after.visits == 0 || !at_end(before, saving.from) ||
      !at_end(after, saving.to) || (before.types & after.types) == 0 ||
      !load_fits(a, b, fleet.front())) {
    return;
  }
  if ((before.last != saving.from && !turn(a)) || (after.first != saving.to && !turn(b))) {
    return;
  }
  const double way = seconds(*any_, place(saving.from), place(saving.to));
  Trip both{.first = before.first, .last = after.last, .visits = before.visits + after.visits};
  both.types = before.types & after.types;
  both.unloads = before.unloads & after.unloads;
  both.span = joined(before.span, after.span, way);
  const double waits = both.span.duration - before.span.duration - after.span.duration - way;
  if (model_->timed && (!in_time(both.span) || waits > saving.amount * pace_)) {
    return;
  }
  int& link = next_[static_cast<std::size_t>(saving.from)];
  link = saving.to;
  if (!in_some_slot(both, fleet)) {
    link = kNoVisit;
    return;
  }
  before = both;
  after.visits = 0;
  for (std::size_t d = 0; d < model_->dims; ++d) {
    loads_[static_cast<std::size_t>(a) * model_->dims + d] +=
        loads_[static_cast<std::size_t>(b) * model_->dims + d];
  }
  trip_of_[static_cast<std::size_t>(both.last)] = a;
}

bool Savings::load_fits(int a, int b, int slot) const {
  for (std::size_t d = 0; d < model_->dims; ++d) {
    const std::int64_t load = loads_[static_cast<std::size_t>(a) * model_->dims + d] +
                              loads_[static_cast<std::size_t>(b) * model_->dims + d];
    if (load > model_->capacity(slot)[d] || load > model_->load_cap(slot)[d]) {
      return false;
    }
  }
  return true;
}

/// Drives it the other way round, if it may be driven so.
bool Savings::turn(int number) {
  Trip& trip = trips_[static_cast<std::size_t>(number)];
  if (!even_) {
    return false;
  }
  codes_.clear();
  add_visits(trip, codes_);
  std::reverse(codes_.begin(), codes_.end());
  const auto here = [&](int visit) {
    const Site& site = model_->sites[static_cast<std::size_t>(visit)];
    return span_of(site, site.service * any_->service_factor);
  };
  Span span = here(codes_.front());
  for (std::size_t k = 1; k < codes_.size(); ++k) {
    span = joined(span, here(codes_[k]), seconds(*any_, place(codes_[k - 1]), place(codes_[k])));
  }
  if (model_->timed && !in_time(span)) {
    return false;
  }
  for (std::size_t k = 0; k < codes_.size(); ++k) {
    next_[static_cast<std::size_t>(codes_[k])] = k + 1 < codes_.size() ? codes_[k + 1] : kNoVisit;
  }
  trip.first = codes_.front();
  trip.last = codes_.back();
  trip.span = span;
  return true;
}

bool Savings::in_some_slot(const Trip& trip, const Slots& fleet) {
  return std::any_of(fleet.begin(), fleet.end(),
                     [&](int slot) { return in_time_alone(trip, slot); });
}

/// Whether a shift may consist of it.
bool Savings::in_time_alone(const Trip& trip, int number) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(number)];
  if ((trip.types & bit(static_cast<std::size_t>(slot.type))) == 0 ||
      static_cast<std::uint32_t>(trip.visits) > slot.caps->stops_max) {
    return false;
  }
  const bool unloads = slot.unloads && slot.empty_at_end;
  const Index dump = unloads ? unload_between(trip, slot, slot.end) : kNone;
  if (unloads && dump == kNone) {
    return false;
  }
  const Span span = whole(slot, trip.span, trip, trip);
  if (model_->timed && (!in_time(span) || span.duration > slot.duration_max + kSlack)) {
    return false;
  }
  if (!confirm_) {
    return true;
  }
  codes_.clear();
  add_visits(trip, codes_);
  if (unloads) {
    codes_.push_back(-1 - static_cast<int>(dump));
  }
  return timetable_.fits(number, codes_);
}

/// From the shift's start to its end, with what stands between its first and its last trip.
Span Savings::whole(const Slot& slot, const Span& span, const Trip& first, const Trip& last) const {
  const Span begun =
      joined({0, slot.open, kForever}, span, seconds(slot, slot.start, place(first.first)));
  const bool unloads = slot.unloads && slot.empty_at_end;
  const Index dump = unloads ? unload_between(last, slot, slot.end) : kNone;
  if (dump == kNone) {
    return joined(begun, {0, 0, slot.close}, seconds(slot, place(last.last), slot.end));
  }
  const Site& site = model_->facilities[dump];
  const Span unloaded = joined(begun, span_of(site, site.service * slot.service_factor),
                               seconds(slot, place(last.last), site.place));
  return joined(unloaded, {0, 0, slot.close}, seconds(slot, site.place, slot.end));
}

/// What stands, an unloading of its last trip, and what begins with the next one.
Span Savings::followed(const Slot& slot, const Span& span, const Trip& last, const Trip& next,
                       const Span& then) const {
  const Index dump = unload_between(last, slot, place(next.first));
  if (dump == kNone) {
    return {0, kForever, 0};
  }
  const Site& site = model_->facilities[dump];
  const Span unloaded = joined(span, span_of(site, site.service * slot.service_factor),
                               seconds(slot, place(last.last), site.place));
  return joined(unloaded, then, seconds(slot, site.place, place(next.first)));
}

}  // namespace huan::routing
