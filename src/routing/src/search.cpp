// SPDX-License-Identifier: Apache-2.0
#include "search.hpp"

#include <algorithm>
#include <cmath>

#include "savings.hpp"
#include "tuning.hpp"

namespace huan::routing {

namespace {

constexpr std::size_t kNeighbours = 100;
constexpr double kNeighbourShare = 0.4;  ///< of the budget, for the lists of neighbours
constexpr std::size_t kNeighboursPeriodic = 400;
}  // namespace

Search::Search(const Model& model, const Options& options, const Stopwatch& watch,
               const ProgressFn& progress)
    : model_(&model),
      options_(&options),
      watch_(&watch),
      progress_(&progress),
      random_(options.seed),
      neighbours_(model, model.periodic ? kNeighboursPeriodic : kNeighbours,
                  [this] { return late(kNeighbourShare); }),
      tours_(model),
      insertion_(model, neighbours_, random_),
      pair_insertion_(model, neighbours_),
      timetable_(model),
      pool_(model) {
  const auto visits = static_cast<std::size_t>(model.visits());
  const auto slots = static_cast<std::size_t>(model.slot_count());
  changed_.assign(slots, 1);
  ruined_.assign(slots, 0);
  times_absent_.assign(visits, 0);
  tried_.assign(visits, 0);
  turn_in_.assign(visits, -1);
  days_chosen_in_.assign(model.periodic ? model.problem->stops.size() : 0, 0);
  spots_.resize(model.periodic ? model.problem->days : 0);
  pair_spots_.resize(spots_.size());
  best_.routes.resize(slots);
  absent_.reserve(visits);
  for (int visit = 0; visit < model.visits(); ++visit) {
    const Index stop = model.stop_of[static_cast<std::size_t>(visit)];
    if (!model.foreseen(visit) || visit == model.first_visit(stop)) {
      absent_.push_back(visit);
    }
  }
}

bool Search::late(double share) const {
  return !options_->iterations && watch_->elapsed_s() >= options_->seconds * share;
}

double Search::fraction() {
  if (cause_ == StopCause::cancelled) {
    return 1;
  }
  if (options_->iterations) {
    const double share = *options_->iterations > 0 ? static_cast<double>(iterations_) /
                                                         static_cast<double>(*options_->iterations)
                                                   : 1;
    fraction_ = std::min(1.0, share);
    if (iterations_ % 4096 == 0) {
      report();
    }
    return fraction_;
  }
  if (iterations_ >= next_look_) {
    const double now = watch_->elapsed_s();
    // About two looks each ten milliseconds.
    if (now - last_look_s_ < 0.002 && look_stride_ < 4096) {
      look_stride_ *= 2;
    } else if (now - last_look_s_ > 0.006 && look_stride_ > 1) {
      look_stride_ /= 2;
    }
    last_look_s_ = now;
    next_look_ = iterations_ + look_stride_;
    fraction_ = options_->seconds > 0 ? std::min(1.0, now / options_->seconds) : 1;
    if (now - last_report_s_ > 0.05) {
      last_report_s_ = now;
      report();
    }
  }
  return fraction_;
}

void Search::report() {
  if (!*progress_) {
    return;
  }
  const Progress progress{.elapsed_s = options_->iterations ? 0 : last_look_s_,
                          .iterations = iterations_,
                          .fraction = fraction_,
                          .best = best_.cost,
                          .routes = static_cast<std::uint32_t>(tours_.used()),
                          .unserved = static_cast<std::uint32_t>(best_.absent.size())};
  if (!(*progress_)(progress)) {
    cause_ = StopCause::cancelled;
  }
}

double Search::penalty() const {
  double sum = 0;
  for (const int visit : absent_) {
    sum += model_->penalties[static_cast<std::size_t>(visit)];
  }
  return sum;
}

double Search::total() const {
  return tours_.cost() + penalty() +
         (model_->balance > 0 ? model_->balance * tours_.imbalance() : 0);
}

double Search::absences(const std::vector<int>& list) const {
  double sum = 0;
  for (const int visit : list) {
    if (model_->optional[static_cast<std::size_t>(visit)] == 0) {
      sum += 1 + times_absent_[static_cast<std::size_t>(visit)];
    }
  }
  return sum;
}

double Search::mean_arc() const {
  const int arcs = tours_.placed() + tours_.used();
  double fixed = 0;
  for (int r = 0; r < model_->slot_count(); ++r) {
    fixed += tours_.empty(r) ? 0 : model_->slots[static_cast<std::size_t>(r)].fixed;
  }
  return arcs > 0 ? std::max(1e-9, (tours_.cost() - fixed) / arcs) : 1;
}

void Search::note_best() {
  for (std::size_t r = 0; r < changed_.size(); ++r) {
    if (changed_[r] != 0) {
      best_.routes[r] = tours_.codes(static_cast<int>(r));
      changed_[r] = 0;
    }
  }
  best_.absent = absent_;
  best_.cost = cost_;
}

void Search::restore_best() {
  tours_.mark();
  for (std::size_t r = 0; r < changed_.size(); ++r) {
    if (changed_[r] != 0) {
      tours_.touch(static_cast<int>(r));
      tours_.set_route(static_cast<int>(r), {});
    }
  }
  for (std::size_t r = 0; r < changed_.size(); ++r) {
    if (changed_[r] != 0) {
      tours_.set_route(static_cast<int>(r), best_.routes[r]);
      changed_[r] = 0;
    }
  }
  tours_.mark();
  absent_ = best_.absent;
  std::fill(tried_.begin(), tried_.end(), 0);
  cost_ = total();
}

const Solution& Search::run() {
  cause_ = options_->iterations ? StopCause::iterations : StopCause::deadline;
  if (model_->visits() == 0 || model_->slot_count() == 0) {
    cause_ = StopCause::nothing_to_do;
    best_.absent = absent_;
    return best_;
  }
  build();
  if (model_->fewest_vehicles) {
    mean_removed_ = kMeanRemovedShedding;
    shed_routes(kShedShare);
  } else if (model_->visits() >= kManyVisits) {
    mean_removed_ = kMeanRemovedShedding;
    give_up_routes(kGiveUpShare);
  }
  mean_removed_ = kMeanRemoved;
  restore_best();
  const double arc = mean_arc();
  const double begun = fraction();
  const double tried = begun + kTrialShare * (1 - begun);
  const std::int64_t before = iterations_;
  const double least_timed = good_start_ ? kLeastHeatJoined : kLeastHeatTimed;
  const double least = good_start_ ? kLeastHeatJoined : kLeastHeat;
  const double trial = good_start_ ? kLeastHeatJoined * arc : arc;
  anneal(Heat{.first = trial, .last = trial, .begins = begun, .ends = tried});
  // How often each visit's turn will come: the more often, the hotter a start can be cooled down.
  const double turns = static_cast<double>(iterations_ - before) /
                       (std::max(1e-9, fraction() - begun) * model_->visits());
  if (!model_->timed && turns > kManyTurns) {
    wide_rate_ = std::clamp(turns * kWidePerTurn, kLeastWide, kMostWide);
  }
  const double first = model_->timed
                           ? std::clamp(turns * kHeatPerTurnTimed, least_timed, kMostHeatTimed)
                           : std::clamp(turns * kHeatPerTurn, least, kMostHeat);
  const double last = std::min(first, model_->timed ? kLastHeatTimed : kLastHeat);
  // Small problems come to rest long before the budget ends: they are heated again from the best.
  const int cycles = std::clamp(
      static_cast<int>(turns / (model_->timed ? kTurnsPerCycleTimed : kTurnsPerCycle)), 1, 8);
  const double most = pool_.open() ? kRecombineAt : 1;
  const double share = (most - fraction()) / cycles;
  for (int cycle = 1; cycle <= cycles; ++cycle) {
    const double now = fraction();
    anneal(Heat{.first = first * arc,
                .last = last * arc,
                .begins = now,
                .ends = cycle == cycles ? most : now + share});
    recombine();
    restore_best();
  }
  anneal(Heat{.first = last * arc, .last = last * arc, .begins = fraction(), .ends = 1});
  return best_;
}

void Search::recombine() {
  if (!pool_.open() || over()) {
    return;
  }
  const double work = options_->iterations
                          ? static_cast<double>(*options_->iterations) * kWorkPerIteration
                          : options_->seconds * kWorkPerSecond;
  auto made = pool_.recombined(best_, static_cast<std::int64_t>(std::min(work, kMostWork)));
  if (!made) {
    return;
  }
  // The working solution is taken back to what stands, and differs from the best wherever that
  // changed.
  restore_best();
  for (std::size_t r = 0; r < changed_.size(); ++r) {
    changed_[r] = made->routes[r] == best_.routes[r] ? 0 : 1;
  }
  best_ = std::move(*made);
}

void Search::build() {
  tours_.mark();
  take_given();
  take_savings();
  recreate(0);
  std::fill(changed_.begin(), changed_.end(), 1);
  cost_ = total();
  note_best();
}

/// A first plan of many visits. Where trips are long, putting visits in one by one is better:
/// joined end to end they leave scattered ones for the last trips.
void Search::take_savings() {
  if (!Savings::suits(*model_)) {
    return;
  }
  Savings savings(*model_, neighbours_);
  const auto routes = savings.routes([this] { return late(kSavingsShare); });
  if (savings.visits_per_trip() > kLongTrip) {
    return;
  }
  for (int r = 0; r < model_->slot_count(); ++r) {
    tours_.set_route(r, routes[static_cast<std::size_t>(r)]);
  }
  drop_placed();
  good_start_ = true;
}

void Search::drop_placed() {
  absent_.erase(std::remove_if(absent_.begin(), absent_.end(),
                               [&](int visit) { return tours_.node(visit).route != kNowhere; }),
                absent_.end());
}

/// What stands of a plan in force: all of it, or as much from its begin on as the rules allow.
void Search::take_given() {
  timetable_.hurry(false);
  for (int r = 0; r < model_->slot_count(); ++r) {
    std::vector<Code> codes = model_->given[static_cast<std::size_t>(r)];
    const auto least = static_cast<std::size_t>(model_->frozen_codes[static_cast<std::size_t>(r)]);
    const auto stands = [&] {
      return timetable_.fits(r, codes) &&
             (!tours_.rooms().watched() || tours_.rooms().allow(r, codes));
    };
    while (codes.size() > least && !stands()) {
      codes.pop_back();
    }
    tours_.set_route(r, codes);
  }
  timetable_.hurry(true);
  complete_foreseen();
  drop_placed();
  drop_off_days();
}

void Search::anneal(const Heat& heat) {
  const double span = std::max(1e-9, heat.ends - heat.begins);
  const double cooling = std::log(heat.last / heat.first);
  for (double now = fraction(); now < heat.ends; now = fraction()) {
    const double share = std::clamp((now - heat.begins) / span, 0.0, 1.0);
    step(heat.first * std::exp(cooling * share), share < 0.3);
  }
}

void Search::step(double temperature, bool make_room) {
  ++iterations_;
  tours_.mark();
  absent_before_ = absent_;
  const double before = cost_;
  ruin();
  set_aside(absent_before_.size());
  const bool favour = !model_->fewest_vehicles && random_.unit() < kFavourRate;
  new_route_share_ = favour ? random_.unit() : 1;
  insertion_.favour_new_routes(new_route_share_);
  if (wide_rate_ > 0) {
    const bool wide = random_.unit() < wide_rate_;
    insertion_.try_beside(static_cast<std::size_t>(wide ? kTriedWide : kTriedLong));
  }
  recreate(kBlinks);
  cost_ = total();
  bool accept = cost_ < before - temperature * std::log(std::max(1e-12, random_.unit()));
  if (make_room && !(absent_.empty() && absent_before_.empty())) {
    const double old_sum = absences(absent_before_);
    const double new_sum = absences(absent_);
    accept = new_sum < old_sum || (new_sum == old_sum && accept);
    for (const int visit : absent_) {
      times_absent_[static_cast<std::size_t>(visit)] += 1;
    }
  }
  if (!accept) {
    tours_.rollback();
    absent_ = absent_before_;
    cost_ = before;
    return;
  }
  const bool good = pool_.open() && cost_ < best_.cost * (1 + kPoolWithin);
  for (const int route : tours_.touched()) {
    changed_[static_cast<std::size_t>(route)] = 1;
    if (good) {
      pool_.note(tours_, route);
    }
  }
  if (cost_ < best_.cost - 1e-9) {
    note_best();
  }
}

}  // namespace huan::routing
