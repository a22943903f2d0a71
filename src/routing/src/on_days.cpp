// SPDX-License-Identifier: Apache-2.0
// Stops with several visits, or days of their own: those of a stop that are out are put back
// together, on the days that cost least.
#include <algorithm>

#include "search.hpp"
#include "tuning.hpp"

namespace huan::routing {

/// A stop's other visits go as well, half of the time, so that its days can change.
void Search::ruin_siblings() {
  const std::size_t taken = removed_.size();
  for (std::size_t k = 0; k < taken; ++k) {
    const int visit = removed_[k];
    if (!model_->patterned(visit) || random_.unit() < kKeepDays) {
      continue;
    }
    const Index stop = model_->stop_of[static_cast<std::size_t>(visit)];
    for (int other = model_->first_visit(stop); other < model_->end_visit(stop); ++other) {
      const int route = tours_.node(other).route;
      if (route != kNowhere && !(model_->frozen && tours_.frozen(route, other))) {
        tours_.touch(route);
        tours_.remove(other);
        removed_.push_back(other);
      }
    }
  }
}

/// By day: is the stop visited?
std::vector<std::uint8_t> Search::days_kept(Index stop) const {
  std::vector<std::uint8_t> kept(model_->problem->days, 0);
  for (int visit = model_->first_visit(stop); visit < model_->end_visit(stop); ++visit) {
    const int route = tours_.node(visit).route;
    if (route != kNowhere) {
      kept[model_->slots[static_cast<std::size_t>(route)].day] = 1;
    }
  }
  return kept;
}

/// What a plan in force does on days that do not go together is planned anew.
void Search::drop_off_days() {
  removed_.clear();
  for (Index stop = 0; model_->periodic && stop < model_->problem->stops.size(); ++stop) {
    const int first = model_->first_visit(stop);
    if (first == model_->end_visit(stop) || !model_->patterned(first)) {
      continue;
    }
    const std::vector<std::uint8_t> kept = days_kept(stop);
    int placed = 0;
    for (int visit = first; visit < model_->end_visit(stop); ++visit) {
      placed += tours_.node(visit).route != kNowhere ? 1 : 0;
    }
    if (placed == std::count(kept.begin(), kept.end(), 1) &&
        model_->day_rules[stop].possible(kept)) {
      continue;
    }
    for (int visit = first; visit < model_->end_visit(stop); ++visit) {
      const int route = tours_.node(visit).route;
      if (route != kNowhere && !tours_.frozen(route, visit)) {
        tours_.touch(route);
        tours_.remove(visit);
        removed_.push_back(visit);
      }
    }
  }
  if (!model_->mates.empty()) {
    ruin_mates();
  }
  settle_ruined();
}

/// Of one visit more on the day, or of both of a pair; where it would be is kept.
double Search::cost_on_day(int visit, std::uint32_t day, double blink_rate) {
  if (model_->mate(visit) == kNowhere) {
    spots_[day] = insertion_.best_on(tours_, visit, day, blink_rate);
    return spots_[day].cost;
  }
  pair_spots_[day] = pair_insertion_.best_on(tours_, visit, day, new_route_share_);
  return pair_spots_[day].cost;
}

void Search::put_on_day(int visit, std::uint32_t day) {
  if (model_->mate(visit) == kNowhere) {
    Insertion::apply(tours_, visit, spots_[day]);
  } else {
    pair_insertion_.apply(tours_, visit, pair_spots_[day]);
  }
}

/// Puts visits of the stop on the cheapest days that it may have, or leaves out as many as it needs
/// at least.
void Search::place_on_days(int visit, bool give_up, double blink_rate) {
  const auto stop = model_->stop_of[static_cast<std::size_t>(visit)];
  if (days_chosen_in_[stop] == recreated_) {
    return;  // placed with, or refused with, an earlier one
  }
  days_chosen_in_[stop] = recreated_;
  const DayRule& rule = model_->day_rules[stop];
  const std::vector<std::uint8_t> kept = days_kept(stop);
  const std::vector<std::uint8_t> open = rule.open_days(kept);
  const auto needed =
      rule.least(kept) -
      std::min<std::uint32_t>(rule.least(kept),
                              static_cast<std::uint32_t>(std::count(kept.begin(), kept.end(), 1)));
  std::vector<double> costs(kept.size(), kForever);
  for (std::uint32_t day = 0; day < kept.size(); ++day) {
    if (kept[day] != 0) {
      costs[day] = 0;
    } else if (open[day] != 0 && !give_up) {
      costs[day] = cost_on_day(visit, day, blink_rate);
    }
  }
  DayRule::Choice choice = rule.cheapest(costs, kept);
  const int mate = model_->mate(visit);
  const double penalty = model_->penalties[static_cast<std::size_t>(visit)] +
                         (mate == kNowhere ? 0 : model_->penalties[static_cast<std::size_t>(mate)]);
  if (model_->optional[static_cast<std::size_t>(visit)] != 0 && choice.cost > penalty * needed) {
    choice.days.clear();
  }
  std::uint32_t missing = choice.days.empty() ? needed : 0;
  auto day = choice.days.begin();
  for (int other = model_->first_visit(stop); other < model_->end_visit(stop); ++other) {
    if (tours_.node(other).route != kNowhere) {
      continue;
    }
    day = std::find_if(day, choice.days.end(), [&](std::uint32_t one) { return kept[one] == 0; });
    if (day != choice.days.end()) {
      put_on_day(other, *day++);
    } else if (missing > 0) {
      --missing;
      absent_.push_back(other);
      if (mate != kNowhere) {
        absent_.push_back(model_->mate(other));
      }
    }
  }
}

}  // namespace huan::routing
