// SPDX-License-Identifier: Apache-2.0
// Stops whose material grows: all visits of such a stop are taken out and put back together, on the
// days that cost least of those that keep it below its limit.
#include <algorithm>

#include "search.hpp"

namespace huan::routing {

namespace {

/// The cheapest way to have a visit as the last of so many.
struct Chain {
  double cost{kForever};
  int visit{-1};
  std::uint32_t count{0};  ///< of the entry before
};

}  // namespace

/// Takes out what is left of stops of which a visit was removed, from removed_[from] on.
std::size_t Search::pull_foreseen(std::size_t from) {
  for (std::size_t k = from; !model_->dues.empty() && k < removed_.size(); ++k) {
    if (!model_->foreseen(removed_[k])) {
      continue;
    }
    const Index stop = model_->stop_of[static_cast<std::size_t>(removed_[k])];
    for (int other = model_->first_visit(stop); other < model_->end_visit(stop); ++other) {
      const int route = tours_.node(other).route;
      if (route != kNowhere && !(model_->frozen && tours_.frozen(route, other))) {
        tours_.touch(route);
        tours_.remove(other);
        removed_.push_back(other);
      }
    }
  }
  return removed_.size();
}

/// Of a given plan, stops with all their visits are served; of others only what is frozen stays.
void Search::complete_foreseen() {
  if (model_->dues.empty()) {
    return;
  }
  removed_.clear();
  for (Index stop = 0; stop < model_->problem->stops.size(); ++stop) {
    const int first = model_->first_visit(stop);
    if (first == model_->end_visit(stop) || !model_->foreseen(first)) {
      continue;
    }
    std::int32_t last = -1;
    std::uint32_t count = 0;
    bool joined = true;
    int any = kNowhere;
    for (int visit = first; visit < model_->end_visit(stop); ++visit) {
      if (tours_.node(visit).route != kNowhere) {
        const Due& due = model_->dues[static_cast<std::size_t>(visit)];
        joined = joined && due.last == last;
        last = static_cast<std::int32_t>(due.day);
        any = visit;
        ++count;
      }
    }
    const Visits& visits = model_->problem->stops[stop].visits;
    const bool whole = count >= visits.times && joined &&
                       lasts(*model_->problem, visits, static_cast<std::uint32_t>(last));
    if (whole) {
      absent_.erase(std::find(absent_.begin(), absent_.end(), first));
    } else if (any != kNowhere) {
      removed_.push_back(any);
    }
  }
  static_cast<void>(pull_foreseen(0));
  for (const int route : tours_.touched()) {
    tours_.refresh(route);
  }
}

void Search::place_foreseen(int visit, bool give_up, double blink_rate) {
  const Index stop = model_->stop_of[static_cast<std::size_t>(visit)];
  const Visits& visits = model_->problem->stops[stop].visits;
  const std::uint32_t days = model_->problem->days;
  const std::uint32_t times = visits.times;
  std::vector<std::uint8_t> kept(days, 0);  // days of visits that stay
  for (int other = visit; other < model_->end_visit(stop); ++other) {
    if (tours_.node(other).route != kNowhere) {
      kept[model_->dues[static_cast<std::size_t>(other)].day] = 1;
    }
  }
  const auto none_kept = [&](std::int64_t after, std::int64_t before) {
    return std::none_of(kept.begin() + after + 1, kept.begin() + before,
                        [](std::uint8_t stays) { return stays != 0; });
  };
  std::vector<Spot> spots(static_cast<std::size_t>(model_->end_visit(stop) - visit));
  std::vector<Chain> chains(std::size_t{days} * (times + 1));
  for (int other = visit; other < model_->end_visit(stop); ++other) {
    const Due& due = model_->dues[static_cast<std::size_t>(other)];
    const bool stands = tours_.node(other).route != kNowhere;
    if (give_up || (kept[due.day] != 0 && !stands) || !none_kept(due.last, due.day)) {
      continue;
    }
    Spot& spot = spots[static_cast<std::size_t>(other - visit)];
    double cost = 0;
    if (!stands) {
      spot = insertion_.best_on(tours_, other, due.day, blink_rate);
      cost = spot.cost;
    }
    for (std::uint32_t count = 0; count <= times; ++count) {
      const bool first = due.last < 0;
      const double before =
          first ? (count == 0 ? 0 : kForever)
                : chains[static_cast<std::size_t>(due.last) * (times + 1) + count].cost;
      Chain& chain = chains[std::size_t{due.day} * (times + 1) + std::min(count + 1, times)];
      if (before + cost < chain.cost) {
        chain = {before + cost, other, count};
      }
    }
  }
  const Chain* best = nullptr;
  for (std::uint32_t day = 0; day < days; ++day) {
    const Chain& chain = chains[std::size_t{day} * (times + 1) + times];
    if (chain.cost < (best == nullptr ? kForever : best->cost) &&
        lasts(*model_->problem, visits, day) && none_kept(day, days)) {
      best = &chain;
    }
  }
  const auto first = static_cast<std::size_t>(visit);
  if (best == nullptr || (model_->optional[first] != 0 && best->cost > model_->penalties[first])) {
    absent_.push_back(visit);
    return;
  }
  for (const Chain* at = best; at != nullptr;) {
    const Due& due = model_->dues[static_cast<std::size_t>(at->visit)];
    if (tours_.node(at->visit).route == kNowhere) {
      Insertion::apply(tours_, at->visit, spots[static_cast<std::size_t>(at->visit - visit)]);
    }
    at = due.last < 0 ? nullptr
                      : &chains[static_cast<std::size_t>(due.last) * (times + 1) + at->count];
  }
}

}  // namespace huan::routing
