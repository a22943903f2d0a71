// SPDX-License-Identifier: Apache-2.0
// Stops whose material grows: all visits of such a stop are taken out and put back together, on the
// days that cost least of those that keep it below its limit.
#include <algorithm>
#include <span>

#include "search.hpp"

namespace huan::routing {

namespace {

/// The cheapest way to have a visit as the last of so many.
struct Link {
  double cost{kForever};
  int due{-1};             ///< of the stop's
  std::uint32_t count{0};  ///< of the entry before
};

bool none_kept(const std::vector<std::uint8_t>& kept, std::int64_t after, std::int64_t before) {
  return std::none_of(kept.begin() + after + 1, kept.begin() + before,
                      [](std::uint8_t stays) { return stays != 0; });
}

/// What may be chosen from for a stop, and what each visit costs.
struct Offer {
  const Problem* problem{nullptr};
  const Visits* visits{nullptr};
  std::span<const Due> dues{};
  std::vector<double> costs{};       ///< by due; kForever: it cannot be made
  std::vector<std::uint8_t> kept{};  ///< by day: a visit that stays
};

struct Choice {
  double cost{kForever};
  std::vector<std::size_t> dues{};
};

/// Whether so many visits on these days are all that the stop asks for.
bool days_do(const Visits& visits, const std::vector<std::uint8_t>& days, std::uint32_t count) {
  if (visits.patterns.empty()) {
    return count >= visits.times;
  }
  const auto patterns = given_patterns(visits);
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
    return pattern.size() == count && std::all_of(pattern.begin(), pattern.end(),
                                                  [&](std::uint32_t day) { return days[day]; });
  });
}

Choice cheapest_pattern(const Offer& offer) {
  Choice best;
  for (const auto& pattern : given_patterns(*offer.visits)) {
    const auto dues = dues_on(pattern, offer.dues);
    const auto kept = std::count(offer.kept.begin(), offer.kept.end(), 1);
    const auto among = std::count_if(pattern.begin(), pattern.end(),
                                     [&](std::uint32_t day) { return offer.kept[day] != 0; });
    double sum = 0;
    for (const std::size_t due : dues) {
      sum += offer.costs[due];
    }
    if (!dues.empty() && among == kept && sum < best.cost &&
        lasts(*offer.problem, *offer.visits, pattern.back())) {
      best = {sum, dues};
    }
  }
  return best;
}

Choice cheapest_chain(const Offer& offer) {
  const std::uint32_t times = offer.visits->times;
  const std::uint32_t days = offer.problem->days;
  std::vector<Link> links(std::size_t{days} * (times + 1));
  for (std::size_t i = 0; i < offer.dues.size(); ++i) {
    const Due& due = offer.dues[i];
    for (std::uint32_t count = 0; offer.costs[i] < kForever && count <= times; ++count) {
      const bool first = due.last < 0;
      const double before =
          first ? (count == 0 ? 0 : kForever)
                : links[static_cast<std::size_t>(due.last) * (times + 1) + count].cost;
      Link& link = links[std::size_t{due.day} * (times + 1) + std::min(count + 1, times)];
      if (before + offer.costs[i] < link.cost) {
        link = {before + offer.costs[i], static_cast<int>(i), count};
      }
    }
  }
  const Link* best = nullptr;
  for (std::uint32_t day = 0; day < days; ++day) {
    const Link& link = links[std::size_t{day} * (times + 1) + times];
    if (link.cost < (best == nullptr ? kForever : best->cost) &&
        lasts(*offer.problem, *offer.visits, day) && none_kept(offer.kept, day, days)) {
      best = &link;
    }
  }
  Choice choice;
  choice.cost = best != nullptr ? best->cost : kForever;
  for (const Link* at = best; at != nullptr;) {
    choice.dues.push_back(static_cast<std::size_t>(at->due));
    const Due& due = offer.dues[static_cast<std::size_t>(at->due)];
    at = due.last < 0 ? nullptr
                      : &links[static_cast<std::size_t>(due.last) * (times + 1) + at->count];
  }
  return choice;
}

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
    const bool whole = joined && days_do(visits, days_kept(stop), count) &&
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
  const auto first = static_cast<std::size_t>(visit);
  const auto count = static_cast<std::size_t>(model_->end_visit(stop) - visit);
  Offer offer{.problem = model_->problem,
              .visits = &model_->problem->stops[stop].visits,
              .dues = std::span(model_->dues).subspan(first, count),
              .costs = std::vector<double>(count, kForever),
              .kept = days_kept(stop)};
  std::vector<Spot> spots(count);
  for (std::size_t i = 0; i < count && !give_up; ++i) {
    const Due& due = offer.dues[i];
    const bool stands = tours_.node(visit + static_cast<int>(i)).route != kNowhere;
    if ((offer.kept[due.day] != 0 && !stands) || !none_kept(offer.kept, due.last, due.day)) {
      continue;
    }
    if (!stands) {
      spots[i] = insertion_.best_on(tours_, visit + static_cast<int>(i), due.day, blink_rate);
    }
    offer.costs[i] = stands ? 0 : spots[i].cost;
  }
  const Choice choice =
      offer.visits->patterns.empty() ? cheapest_chain(offer) : cheapest_pattern(offer);
  const bool dear = model_->optional[first] != 0 && choice.cost > model_->penalties[first];
  if (choice.cost >= kForever || dear) {
    absent_.push_back(visit);
    return;
  }
  for (auto due = choice.dues.rbegin(); due != choice.dues.rend(); ++due) {
    const int one = visit + static_cast<int>(*due);
    if (tours_.node(one).route == kNowhere) {
      Insertion::apply(tours_, one, spots[*due]);
    }
  }
}

}  // namespace huan::routing
