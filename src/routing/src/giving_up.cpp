// SPDX-License-Identifier: Apache-2.0
// Routes that are given up: as many as can be where vehicles come first, and those that a plan is
// cheaper without.
#include <algorithm>
#include <iterator>
#include <span>

#include "search.hpp"
#include "tuning.hpp"

namespace huan::routing {

int Search::fewest_routes() const {
  int least = 1;
  for (std::size_t d = 0; d < model_->dims; ++d) {
    std::int64_t sum = 0;
    for (int i = 0; i < model_->visits(); ++i) {
      sum += model_->needed(i) ? model_->demand(i)[d] : 0;
    }
    std::int64_t most = 1;
    for (int r = 0; r < model_->slot_count(); ++r) {
      const std::int64_t capacity = model_->slots[static_cast<std::size_t>(r)].unloads
                                        ? model_->load_cap(r)[d]
                                        : model_->capacity(r)[d];
      most = std::max(most, capacity);
    }
    least = std::max(least,
                     static_cast<int>(std::min<std::int64_t>(1'000'000, (sum + most - 1) / most)));
  }
  return least;
}

void Search::shed_routes(double until) {
  while (fraction() < until && tours_.used() > fewest_routes() && absent_.empty()) {
    if (!shed_one(until)) {
      break;
    }
  }
}

bool Search::shed_one(double until) {
  int worst = kNowhere;
  double least = kForever;
  for (int r = 0; r < model_->slot_count(); ++r) {
    if (tours_.empty(r)) {
      tours_.bar(r);
      continue;
    }
    if (model_->frozen_codes[static_cast<std::size_t>(r)] > 0) {
      continue;
    }
    double sum = 0;
    for (const Code code : tours_.codes(r)) {
      sum += code >= 0 ? 1 + times_absent_[static_cast<std::size_t>(code)] : 0;
    }
    if (sum < least) {
      least = sum;
      worst = r;
    }
  }
  if (worst == kNowhere) {
    return false;
  }
  clear_route(worst);
  const double arc = mean_arc();
  while (!absent_.empty() && fraction() < until) {
    step(kShedHeat * arc, true);
  }
  if (!absent_.empty()) {
    restore_best();
    return false;
  }
  return true;
}

/// Where a vehicle costs something, routes are given up as long as it makes the plan cheaper: those
/// with few stops first. Their visits are put back by rounds that take out what is near to them;
/// in rounds at random places ten thousand visits would hide the few that are absent.
void Search::give_up_routes(double until) {
  for (int r = 0; r < model_->slot_count(); ++r) {
    if (tours_.empty(r)) {
      tours_.bar(r);
    }
  }
  for (bool gained = true; gained && fraction() < until;) {
    gained = false;
    for (const int route : costly_routes()) {
      if (fraction() >= until) {
        break;
      }
      gained = give_up(route, until) || gained;
    }
  }
  for (int r = 0; r < model_->slot_count(); ++r) {
    tours_.unbar(r);
  }
}

/// Those whose vehicles cost something, with the fewest stops first.
std::vector<int> Search::costly_routes() const {
  std::vector<std::pair<int, int>> ranked;
  for (int r = 0; r < model_->slot_count(); ++r) {
    const auto slot = static_cast<std::size_t>(r);
    if (!tours_.empty(r) && model_->frozen_codes[slot] == 0 && model_->slots[slot].fixed > 0) {
      ranked.emplace_back(tours_.stops(r), r);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<int> routes;
  routes.reserve(ranked.size());
  std::transform(ranked.begin(), ranked.end(), std::back_inserter(routes),
                 [](const auto& entry) { return entry.second; });
  return routes;
}

bool Search::give_up(int route, double until) {
  const double before = cost_;
  const int rounds = kRoundsPerStop * tours_.stops(route);
  std::vector<int> unserved = absent_;
  std::sort(unserved.begin(), unserved.end());
  clear_route(route);
  const double heat = kShedHeat * mean_arc();
  const auto pick = [&](std::span<const int> among, std::size_t most) {
    return among[static_cast<std::size_t>(
        random_.below(static_cast<int>(std::min(among.size(), most))))];
  };
  bool homeless = true;
  for (int k = 0; k < rounds && homeless && fraction() < until; ++k) {
    std::vector<int> lost;  // by this
    std::copy_if(absent_.begin(), absent_.end(), std::back_inserter(lost), [&](int visit) {
      return !std::binary_search(unserved.begin(), unserved.end(), visit);
    });
    homeless = !lost.empty();
    if (homeless) {
      const int visit = pick(lost, lost.size());
      const auto near = neighbours_.of(visit);
      seed_ = near.empty() ? visit : pick(near, kNearAbsent);
      step(heat, true);
    }
  }
  seed_ = kNowhere;
  if (homeless || cost_ >= before) {
    restore_best();
    return false;
  }
  return true;
}

/// All its visits are absent, and it stays empty.
void Search::clear_route(int route) {
  tours_.mark();
  tours_.touch(route);
  removed_.clear();
  for (const Code code : tours_.codes(route)) {
    if (code >= 0) {
      removed_.push_back(code);
    }
  }
  tours_.set_route(route, {});
  settle_ruined();
  for (const int touched : tours_.touched()) {
    changed_[static_cast<std::size_t>(touched)] = 1;
  }
  tours_.bar(route);
  changed_[static_cast<std::size_t>(route)] = 1;
  cost_ = total();
  tours_.mark();
}

}  // namespace huan::routing
