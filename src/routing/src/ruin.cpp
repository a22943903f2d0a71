// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iterator>

#include "search.hpp"
#include "timing.hpp"
#include "tuning.hpp"

namespace huan::routing {

namespace {

constexpr double kSplitRate = 0.5;
constexpr double kSplitGrowth = 0.01;

}  // namespace

void Search::ruin() {
  const int routes = std::max(1, tours_.used());
  const double mean_length = static_cast<double>(tours_.placed()) / routes;
  const bool deep = random_.unit() < kDeepRate;
  const double longest =
      std::max(1.0, std::min(deep ? kLongestStringDeep : kLongestString, mean_length));
  const double strings_max =
      std::max(1.0, 4 * (deep ? kMeanRemovedDeep : mean_removed_) / (1 + longest) - 1);
  const int strings = static_cast<int>(random_.unit() * strings_max + 1);
  const int seed = seed_ != kNowhere ? seed_ : random_.below(model_->visits());
  removed_.clear();
  int ruined = 0;
  const auto ruin_at = [&](int visit) {
    const int route = tours_.node(visit).route;
    if (route == kNowhere || ruined_[static_cast<std::size_t>(route)] != 0) {
      return;
    }
    const int most = static_cast<int>(std::min<double>(tours_.stops(route), longest));
    tours_.touch(route);
    ruined_[static_cast<std::size_t>(route)] = 1;
    ruin_route(route, visit, most);
    ++ruined;
  };
  ruin_at(seed);
  for (const int near : neighbours_.of(seed)) {
    if (ruined >= strings) {
      break;
    }
    ruin_at(near);
  }
  if (model_->periodic) {
    ruin_siblings();
  }
  if (!model_->mates.empty()) {
    ruin_mates();
  }
  settle_ruined();
}

/// Works the routes out from which visits were taken, and counts these as absent.
void Search::settle_ruined() {
  std::size_t pulled = 0;
  do {
    pulled = pull_foreseen(pulled);
    for (const int route : tours_.touched()) {
      ruined_[static_cast<std::size_t>(route)] = 0;
      tours_.refresh(route);
      if (!holds(
              route)) {  // without the triangle inequality a route can get worse by losing a stop
        std::vector<Code> rest = tours_.codes(route);
        const auto stays = rest.begin() + model_->frozen_codes[static_cast<std::size_t>(route)];
        std::copy_if(stays, rest.end(), std::back_inserter(removed_),
                     [](Code code) { return code >= 0; });
        rest.erase(stays, rest.end());
        tours_.set_route(route, rest);
      }
      if (model_->slots[static_cast<std::size_t>(route)].unloads) {
        tidy(route);
      }
    }
  } while (!model_->dues.empty() && pulled < removed_.size());
  for (const int visit : removed_) {
    miss(visit);
  }
}

void Search::miss(int visit) {
  if (!model_->foreseen(visit)) {
    absent_.push_back(visit);
    tried_[static_cast<std::size_t>(visit)] = 0;
    return;
  }
  const int first = model_->first_visit(model_->stop_of[static_cast<std::size_t>(visit)]);
  if (std::find(absent_.begin(), absent_.end(), first) == absent_.end()) {
    absent_.push_back(first);
  }
}

void Search::ruin_route(int route, int seed, int most) {
  const int length = 1 + static_cast<int>(random_.unit() * most);
  take_string(route, seed, std::min(length, most));
}

/// Takes `length` visits around the seed out; half of the time it leaves some in their middle.
void Search::take_string(int route, int seed, int length) {
  int kept = 0;
  if (length > 1 && length < tours_.stops(route) && random_.unit() < kSplitRate) {
    kept = 1;
    while (length + kept < tours_.stops(route) && random_.unit() < kSplitGrowth) {
      ++kept;
    }
  }
  const int span = length + kept;
  int first = seed;
  int back = 0;
  int ahead = 0;
  const auto step = [&](int i, bool forwards) {
    do {
      i = forwards ? tours_.node(i).next : tours_.node(i).prev;
    } while (tours_.is_unload(i));
    return tours_.is_visit(i) ? i : kNowhere;
  };
  for (int i = step(seed, true); i != kNowhere && ahead < span - 1; i = step(i, true)) {
    ++ahead;
  }
  for (int i = step(seed, false); i != kNowhere && back < span - 1; i = step(i, false)) {
    ++back;
  }
  const int least = std::max(0, span - 1 - ahead);
  const int offset = least + random_.below(std::max(1, back - least + 1));
  for (int k = 0; k < offset; ++k) {
    first = step(first, false);
  }
  const int skip_from = kept > 0 ? 1 + random_.below(std::max(1, length - 1)) : span;
  int i = first;
  for (int k = 0; k < span && i != kNowhere; ++k) {
    const int next = step(i, true);
    const bool stays = model_->frozen && tours_.frozen(route, i);
    if (!stays && (k < skip_from || k >= skip_from + kept)) {
      tours_.remove(i);
      removed_.push_back(i);
    }
    i = next;
  }
}

/// In time, and by all rules if some are only seen by working the route out.
bool Search::holds(int route) {
  if (tours_.empty(route)) {
    return true;
  }
  if (model_->exact) {
    return timetable_.fits(route, tours_.codes(route)) &&
           (!tours_.rooms().watched() || tours_.rooms().hold(route));
  }
  const int start = tours_.start(route);
  if (model_->spans) {
    const Span& whole = tours_.before(tours_.end(route));
    return in_time(whole) &&
           whole.duration <= model_->slots[static_cast<std::size_t>(route)].duration_max + kSlack;
  }
  return !model_->timed || tours_.ready(start) <= tours_.latest(start) + kSlack;
}

/// Unloadings that are no longer needed go.
void Search::tidy(int route) {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  const auto adds_up = [&](int i) {
    const std::int64_t* before = tours_.trip_load(tours_.node(tours_.node(i).prev).trip);
    const std::int64_t* after = tours_.trip_load(i);
    bool last = true;  // nothing but this unloading empties the vehicle before its end
    for (int k = tours_.node(i).next; last && k != tours_.end(route); k = tours_.node(k).next) {
      last = !tours_.is_unload(k);
    }
    for (std::size_t d = 0; d < model_->dims; ++d) {
      if (before[d] + after[d] > model_->capacity(route)[d] ||
          (last && slot.empty_at_end && before[d] > 0)) {
        return false;
      }
    }
    return true;
  };
  for (int i = tours_.node(tours_.start(route)).next; i != tours_.end(route);) {
    const int next = tours_.node(i).next;
    if (tours_.is_unload(i) && adds_up(i) && !(model_->frozen && tours_.frozen(route, i))) {
      const Index facility = tours_.node(i).facility;
      const int before = tours_.node(i).prev;
      tours_.remove(i);
      tours_.refresh(route);
      if (!holds(route)) {
        tours_.insert_unload(facility, before);
        tours_.refresh(route);
      }
    }
    i = next;
  }
}

/// What is left behind of a pair goes as well.
void Search::ruin_mates() {
  const std::size_t taken = removed_.size();
  for (std::size_t k = 0; k < taken; ++k) {
    const int mate = model_->mate(removed_[k]);
    if (mate != kNowhere && tours_.node(mate).route != kNowhere && !model_->open_pickup(mate)) {
      tours_.touch(tours_.node(mate).route);
      tours_.remove(mate);
      removed_.push_back(mate);
    }
  }
}

void Search::place_pair(int pickup, bool give_up) {
  const int delivery = model_->mate(pickup);
  const PairSpot spot =
      give_up ? PairSpot{} : pair_insertion_.best(tours_, pickup, new_route_share_);
  const double penalty = model_->penalties[static_cast<std::size_t>(pickup)] +
                         model_->penalties[static_cast<std::size_t>(delivery)];
  if (spot.pickup_after == kNowhere ||
      (model_->optional[static_cast<std::size_t>(pickup)] != 0 && spot.cost > penalty)) {
    absent_.push_back(pickup);
    absent_.push_back(delivery);
    return;
  }
  pair_insertion_.apply(tours_, pickup, spot);
}

void Search::place_left(int delivery, bool give_up) {
  const int after = give_up ? kNowhere : pair_insertion_.best_left(tours_, delivery);
  if (after == kNowhere) {
    absent_.push_back(delivery);
    return;
  }
  tours_.touch(tours_.node(after).route);
  tours_.insert(delivery, after);
}

void Search::order_absent() {
  const int draw = random_.below(model_->timed ? 17 : 11);
  keyed_.clear();
  const Ways& ways = *model_->ways.front();
  const Index depot = model_->slots.empty() ? 0 : model_->slots.front().start;
  for (const int visit : absent_) {
    if (model_->leaves(visit)) {  // placed with its pickup
      if (tours_.node(model_->mate(visit)).route != kNowhere) {
        keyed_.emplace_back(-kForever, visit);
      }
      continue;
    }
    const Site& site = model_->sites[static_cast<std::size_t>(visit)];
    double key = random_.unit();
    if (draw >= 4 && draw < 8) {
      key = 0;
      for (std::size_t d = 0; d < model_->dims; ++d) {
        key -= static_cast<double>(model_->demand(visit)[d]) /
               static_cast<double>(std::max<std::int64_t>(1, model_->capacity(0)[d]));
      }
    } else if (draw >= 8 && draw < 11) {
      const double far = ways.distance(depot, site.place);
      key = draw == 10 ? far : -far;
    } else if (draw >= 11 && draw < 13) {
      key = site.to < kForever ? site.to - site.from : kTimeMax;
    } else if (draw >= 13 && draw < 15) {
      key = site.from;
    } else if (draw >= 15) {
      key = site.to < kForever ? -site.to : -kTimeMax;
    }
    keyed_.emplace_back(key, visit);
  }
  std::sort(keyed_.begin(), keyed_.end());
}

void Search::recreate(double blink_rate) {
  order_absent();
  ++recreated_;
  absent_.clear();
  const bool many = keyed_.size() > 64;  // when the first plan is made
  bool stop = false;
  for (const auto& [key, visit] : keyed_) {
    stop = stop || ((many || model_->exact) && late(1));
    if (model_->leaves(visit)) {
      place_left(visit, stop);
      continue;
    }
    if (model_->patterned(visit)) {
      place_on_days(visit, stop, blink_rate);
      continue;
    }
    if (model_->foreseen(visit)) {
      place_foreseen(visit, stop, blink_rate);
      continue;
    }
    if (model_->mate(visit) != kNowhere) {
      place_pair(visit, stop);
      continue;
    }
    place(visit, stop, blink_rate);
  }
  absent_.insert(absent_.end(), waiting_.begin(), waiting_.end());
  waiting_.clear();
}

void Search::place(int visit, bool give_up, double blink_rate) {
  const auto i = static_cast<std::size_t>(visit);
  const bool again = tried_[i] != 0 && model_->optional[i] == 0 && !model_->rooms;
  Spot spot;
  if (!give_up) {
    spot = again ? insertion_.best_in_touched(tours_, visit, blink_rate)
                 : insertion_.best(tours_, visit, blink_rate);
  }
  if (spot.after == kNowhere || (model_->optional[i] != 0 && spot.cost > model_->penalties[i])) {
    absent_.push_back(visit);
    tried_[i] = give_up ? 0 : 1;
    return;
  }
  Insertion::apply(tours_, visit, spot);
}

}  // namespace huan::routing
