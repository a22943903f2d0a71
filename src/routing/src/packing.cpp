// SPDX-License-Identifier: Apache-2.0
// Trips that savings have joined, packed into shifts.
#include <algorithm>
#include <tuple>

#include "savings.hpp"
#include "timing.hpp"

namespace huan::routing {

namespace {

constexpr std::size_t kTakesTried = 8;  ///< trips tried for the rest of a shift
constexpr double kLost = 2;  ///< how much worse a second between trips is than one left over

}  // namespace

/// Trips into shifts: the longest trip that waits begins one, others fill it up.
void Savings::pack(const Slots& fleet, const std::function<bool()>& hurry) {
  std::vector<int> waiting;
  for (int i = 0; i < model_->visits(); ++i) {
    if (trips_[static_cast<std::size_t>(i)].visits > 0) {
      waiting.push_back(i);
    }
  }
  std::vector<double> keys(trips_.size());
  for (const int number : waiting) {
    keys[static_cast<std::size_t>(number)] = work(trips_[static_cast<std::size_t>(number)]);
  }
  std::stable_sort(waiting.begin(), waiting.end(), [&](int a, int b) {
    return keys[static_cast<std::size_t>(a)] > keys[static_cast<std::size_t>(b)];
  });
  while (!waiting.empty() && !hurry()) {
    const Trip& trip = trips_[static_cast<std::size_t>(waiting.front())];
    waiting.erase(waiting.begin());
    const int slot = slot_for(trip, fleet);
    if (slot == kNoVisit) {
      continue;
    }
    Shift shift{.slot = slot};
    if (take(shift, trip, false)) {
      fill(shift, waiting);
    }
  }
}

/// An empty slot in which it costs least.
int Savings::slot_for(const Trip& trip, const Slots& fleet) {
  int best = kNoVisit;
  double least = kForever;
  std::uint64_t seen = 0;
  for (const int r : fleet) {
    const Slot& slot = model_->slots[static_cast<std::size_t>(r)];
    const std::uint64_t type = bit(static_cast<std::size_t>(slot.type));
    if (!routes_[static_cast<std::size_t>(r)].empty() || (seen & type) != 0) {
      continue;
    }
    seen |= type;
    const double cost = slot.fixed + model_->arc(slot, slot.start, place(trip.first)) +
                        model_->arc(slot, place(trip.last), slot.end);
    if (cost < least && in_time_alone(trip, r)) {
      least = cost;
      best = r;
    }
  }
  return best;
}

void Savings::fill(Shift& shift, std::vector<int>& waiting) {
  bool more = model_->slots[static_cast<std::size_t>(shift.slot)].unloads;
  while (more) {
    more = false;
    for (const Offer& offer : offers(shift, waiting)) {
      const Trip& trip = trips_[static_cast<std::size_t>(waiting[offer.rank])];
      if (take(shift, trip, offer.first)) {
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(offer.rank));
        more = true;
        break;
      }
    }
  }
}

/// Trips that find time in the shift, the best first.
std::vector<Savings::Offer> Savings::offers(const Shift& shift,
                                            const std::vector<int>& waiting) const {
  const Slot& slot = model_->slots[static_cast<std::size_t>(shift.slot)];
  const Trip& first = *shift.trips.front();
  const Trip& last = *shift.trips.back();
  const double before = whole(slot, shift.span, first, last).duration;
  std::vector<Offer> list;
  const auto offer = [&](const Span& span, double work, std::size_t rank, bool ahead) {
    if (in_time(span) && span.duration <= slot.duration_max + kSlack) {
      const double lost = span.duration - before - work;
      list.push_back({kLost * lost - work, rank, ahead});
    }
  };
  for (std::size_t k = 0; k < waiting.size(); ++k) {
    const Trip& trip = trips_[static_cast<std::size_t>(waiting[k])];
    const double work = trip.span.duration;
    const Span behind = followed(slot, shift.span, last, trip, trip.span);
    offer(whole(slot, behind, first, trip), work, k, false);
    const Span ahead = followed(slot, trip.span, trip, first, shift.span);
    offer(whole(slot, ahead, trip, last), work, k, true);
  }
  const std::size_t tried = std::min(list.size(), kTakesTried);
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(tried), list.end(),
                    [](const Offer& a, const Offer& b) {
                      return std::tuple{a.waste, a.rank, a.first} <
                             std::tuple{b.waste, b.rank, b.first};
                    });
  list.resize(tried);
  return list;
}

/// Puts the trip into the shift, if that may be driven.
bool Savings::take(Shift& shift, const Trip& trip, bool first) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(shift.slot)];
  if ((trip.types & bit(static_cast<std::size_t>(slot.type))) == 0) {
    return false;
  }
  std::vector<const Trip*> trips = shift.trips;
  trips.insert(first ? trips.begin() : trips.end(), &trip);
  codes_.clear();
  for (std::size_t k = 0; k < trips.size(); ++k) {
    add_visits(*trips[k], codes_);
    const bool ends = k + 1 == trips.size();
    if (!ends || (slot.unloads && slot.empty_at_end)) {
      const Index next = ends ? slot.end : place(trips[k + 1]->first);
      const Index dump = unload_between(*trips[k], slot, next);
      if (dump == kNone) {
        return false;
      }
      codes_.push_back(-1 - static_cast<int>(dump));
    }
  }
  if (!timetable_.fits(shift.slot, codes_)) {
    return false;
  }
  if (shift.trips.empty()) {
    shift.span = trip.span;
  } else if (first) {
    shift.span = followed(slot, trip.span, trip, *trips[1], shift.span);
  } else {
    shift.span = followed(slot, shift.span, *shift.trips.back(), trip, trip.span);
  }
  shift.trips = std::move(trips);
  ++trips_packed_;
  visits_packed_ += trip.visits;
  for (int i = trip.first; i != kNoVisit; i = next_[static_cast<std::size_t>(i)]) {
    routed_[static_cast<std::size_t>(i)] = 1;
  }
  routes_[static_cast<std::size_t>(shift.slot)] = codes_;
  return true;
}

void Savings::add_visits(const Trip& trip, std::vector<Code>& codes) const {
  for (int i = trip.first; i != kNoVisit; i = next_[static_cast<std::size_t>(i)]) {
    codes.push_back(i);
  }
}

/// Of the facilities that take it, the one that lies best on the way from its last visit to there;
/// kNone if none does.
Index Savings::unload_between(const Trip& trip, const Slot& slot, Index next) const {
  Index best = kNone;
  double least = kForever;
  for (const Index f : model_->unload_at[static_cast<std::size_t>(slot.type)]) {
    if ((trip.unloads & bit(f)) == 0) {
      continue;
    }
    const Index at = model_->facilities[f].place;
    const double way = slot.ways->distance(place(trip.last), at) + slot.ways->distance(at, next);
    if (way < least) {
      least = way;
      best = f;
    }
  }
  return best;
}

/// By what trips are ranked: time where it binds, else how far they go.
double Savings::work(const Trip& trip) const {
  const double ends =
      from_[static_cast<std::size_t>(trip.first)] + to_[static_cast<std::size_t>(trip.last)];
  if (!model_->timed) {
    return ends;
  }
  return trip.span.duration + ends * pace_;
}

double Savings::seconds(const Slot& slot, Index a, Index b) const {
  return model_->timed ? slot.travel_factor * slot.ways->quickest() * slot.ways->time(a, b) : 0;
}

}  // namespace huan::routing
