// SPDX-License-Identifier: Apache-2.0
#include "writing.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "reasons.hpp"
#include "timetable.hpp"
#include "timing.hpp"

namespace huan::routing {

namespace {

/// Rows worked out for reasons, at most: some milliseconds.
constexpr std::int64_t kReasonEffort = 100'000;
constexpr double kReasonSeconds = 0.02;  ///< past the deadline, at most

void add(Load& to, const Load& load) {
  to.resize(std::max(to.size(), load.size()), 0);
  for (std::size_t d = 0; d < load.size(); ++d) {
    to[d] += load[d];
  }
}
void take(Load& from, const Load& load) {
  from.resize(std::max(from.size(), load.size()), 0);
  for (std::size_t d = 0; d < load.size(); ++d) {
    from[d] -= load[d];
  }
}

class RouteWriter {
 public:
  RouteWriter(const Model& model, int slot, const Timetable& timetable)
      : model_(&model),
        slot_(&model.slots[static_cast<std::size_t>(slot)]),
        timetable_(&timetable) {}

  Route write() {
    const auto& rows = timetable_->rows();
    route_.vehicle = slot_->vehicle;
    route_.shift = slot_->shift;
    board_.assign(model_->problem->dimensions.size(), 0);
    take_on_board(0);
    collected_ = model_->problem->vehicles[slot_->vehicle].start_load;
    add(board_, collected_);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      add_row(k);
      add_breaks(rows[k]);
      route_.steps.back().hold_s = rows[k].hold;
      now_ += rows[k].hold;
    }
    sum_up();
    return std::move(route_);
  }

 private:
  [[nodiscard]] const Stop& stop_at(std::size_t row) const {
    const auto visit = static_cast<std::size_t>(timetable_->rows()[row].code);
    return model_->problem->stops[model_->stop_of[visit]];
  }
  [[nodiscard]] bool reloads_at(std::size_t row) const {
    const Code code = timetable_->rows()[row].code;
    return code < 0 && model_->problem->facilities[static_cast<std::size_t>(-1 - code)].reloads;
  }
  /// Loads what the trip delivers that begins at the row.
  void take_on_board(std::size_t row) {
    const auto& rows = timetable_->rows();
    for (std::size_t k = row + 1; k + 1 < rows.size() && !reloads_at(k); ++k) {
      if (rows[k].code >= 0) {
        add(board_, stop_at(k).delivery);
      }
    }
  }
  [[nodiscard]] Index place_of(Index place) const {
    return place < model_->problem->places.size() ? place : kNone;
  }

  void add_row(std::size_t k) {
    const auto& rows = timetable_->rows();
    const Timetable::Row& row = rows[k];
    Step step;
    distance_ += row.distance;
    travel_ += row.travel;
    if (k > 0 && slot_->ways->has_costs()) {
      given_ += slot_->ways->given_cost(rows[k - 1].place, row.place);
    }
    step.place = place_of(row.place);
    step.arrival_s = k == 0 ? rows.front().begin : row.arrival;
    step.distance = distance_;
    step.travel_s = travel_;
    step.around = row.around;
    if (k == 0 || k + 1 == rows.size()) {
      step.type = k == 0 ? StepType::start : StepType::end;
    } else {
      step.waiting_s = std::max(0.0, row.begin - row.arrival);
      step.setup_s = row.setup;
      step.service_s = row.service;
      if (row.code < 0) {
        step.type = StepType::unload;
        step.facility = static_cast<Index>(-1 - row.code);
        take(board_, collected_);
        collected_.clear();
        if (reloads_at(k)) {
          take_on_board(k);
        }
        ++route_.summary.unloads;
      } else {
        const Stop& stop = stop_at(k);
        step.stop = model_->stop_of[static_cast<std::size_t>(row.code)];
        take(board_, stop.delivery);
        add(board_, model_->pickup(row.code));
        add(collected_, model_->pickup(row.code));
        add(route_.summary.pickup, model_->pickup(row.code));
        add(route_.summary.delivery, stop.delivery);
        carry(row.code, step);
        ++route_.summary.stops;
      }
    }
    step.load = board_;
    now_ = step.arrival_s + step.waiting_s + step.setup_s + step.service_s;
    route_.steps.push_back(std::move(step));
  }

  /// Goods of a pair: VROOM counts them as picked up and as delivered.
  void carry(int visit, Step& step) {
    if (model_->mate(visit) < 0) {
      return;
    }
    const Load& goods = *model_->goods[static_cast<std::size_t>(visit)];
    step.type = model_->leaves(visit) ? StepType::delivery : StepType::pickup;
    if (step.type == StepType::pickup) {
      add(board_, goods);
      add(route_.summary.pickup, goods);
    } else {
      take(board_, goods);
      add(route_.summary.delivery, goods);
    }
  }

  void add_breaks(const Timetable::Row& row) {
    for (int b = 0; b < row.breaks_after; ++b) {
      const auto index = static_cast<std::size_t>(row.breaks_before) + static_cast<std::size_t>(b);
      const Break& rest = (*slot_->breaks)[index];
      Step step;
      step.type = StepType::rest;
      step.rest = static_cast<Index>(index);
      step.place = place_of(row.place);
      step.arrival_s = now_;
      step.waiting_s = std::max(0.0, break_begin(rest, now_) - now_);
      step.service_s = rest.duration_s;
      step.distance = distance_;
      step.travel_s = travel_;
      step.load = board_;
      now_ += step.waiting_s + step.service_s;
      route_.steps.push_back(std::move(step));
    }
  }

  void sum_up() {
    RouteSummary& sum = route_.summary;
    for (const Step& step : route_.steps) {
      sum.waiting_s += step.waiting_s + step.hold_s;
      sum.service_s += step.type == StepType::rest ? 0 : step.setup_s + step.service_s;
      sum.break_s += step.type == StepType::rest ? step.service_s : 0;
    }
    sum.distance = distance_;
    sum.travel_s = travel_;
    sum.duration_s = route_.steps.back().arrival_s - route_.steps.front().arrival_s;
    const VehicleCosts& costs = model_->problem->vehicles[slot_->vehicle].costs;
    const double overtime = std::max(0.0, sum.duration_s - slot_->caps->duration_max_s);
    const double driven =
        slot_->ways->has_costs()
            ? given_
            : costs.per_distance * sum.distance + costs.per_travel_hour * sum.travel_s / 3600;
    sum.cost = costs.fixed + driven +
               (costs.per_hour * sum.duration_s + costs.per_task_hour * sum.service_s +
                costs.per_overtime_hour * overtime) /
                   3600;
  }

  const Model* model_;
  const Slot* slot_;
  const Timetable* timetable_;
  Route route_;
  Load board_;
  Load collected_;  ///< of it, what goes to a facility
  double distance_{0};
  double travel_{0};
  double given_{0};  ///< costs of the ways, where a matrix says them
  double now_{0};
};

/// From the stop of the route from which that is least, to all its others.
double spread_of(const Route& route, const Ways& ways) {
  std::vector<Index> places;
  for (const Step& step : route.steps) {
    if (step.stop != kNone) {
      places.push_back(step.place);
    }
  }
  double least = kForever;
  for (const Index from : places) {
    double sum = 0;
    for (const Index to : places) {
      sum += ways.distance(from, to);
    }
    least = std::min(least, sum);
  }
  return places.empty() ? 0 : least;
}

double shape_of(Goal goal, const Plan& plan, const Model& model) {
  double sum = 0;
  double shortest = kForever;
  double longest = 0;
  for (const Route& route : plan.routes) {
    shortest = std::min(shortest, route.summary.duration_s);
    longest = std::max(longest, route.summary.duration_s);
    if (goal == Goal::compactness) {
      sum += spread_of(route, *model.ways[model.problem->vehicles[route.vehicle].ways]);
      continue;
    }
    for (const Step& step : route.steps) {
      if (step.stop == kNone) {
        continue;
      }
      const auto& home = model.homes[step.stop];
      const bool same =
          home.empty() || std::find(home.begin(), home.end(), route.vehicle) != home.end();
      sum += same ? 0 : 1;
    }
  }
  return goal == Goal::balance ? std::max(0.0, longest - std::min(shortest, longest)) : sum;
}

double value_of(Goal goal, const Plan& plan, const Model& model) {
  const Problem& problem = *model.problem;
  const Summary& sum = plan.summary;
  double value = 0;
  switch (goal) {
    case Goal::unserved:
      for (const Unserved& unserved : plan.unserved) {
        value += problem.stops[unserved.stop].prize
                     ? 0
                     : unserved.visits * (1.0 + problem.stops[unserved.stop].priority);
      }
      return value;
    case Goal::prizes:
      for (const Unserved& unserved : plan.unserved) {
        value += problem.stops[unserved.stop].prize.value_or(0) * unserved.visits;
      }
      return value;
    case Goal::vehicles:
      return sum.routes;
    case Goal::cost:
      return sum.cost;
    case Goal::time:
      return sum.duration_s;
    case Goal::distance:
      return sum.distance;
    case Goal::travel_time:
      return sum.travel_s;
    case Goal::compactness:
    case Goal::balance:
    case Goal::stability:
      return shape_of(goal, plan, model);
  }
  return value;
}

void sum_up(Plan& plan, const Model& model) {
  const Problem& problem = *model.problem;
  Summary& sum = plan.summary;
  std::vector<bool> used(problem.vehicles.size(), false);
  for (const Route& route : plan.routes) {
    const RouteSummary& part = route.summary;
    sum.cost += part.cost;
    sum.distance += part.distance;
    sum.duration_s += part.duration_s;
    sum.travel_s += part.travel_s;
    sum.service_s += part.service_s;
    sum.waiting_s += part.waiting_s;
    add(sum.pickup, part.pickup);
    add(sum.delivery, part.delivery);
    used[route.vehicle] = true;
  }
  sum.routes = static_cast<std::uint32_t>(plan.routes.size());
  sum.vehicles = static_cast<std::uint32_t>(std::count(used.begin(), used.end(), true));
  for (const Unserved& unserved : plan.unserved) {
    sum.unserved += unserved.visits;
  }
  sum.objective.reserve(problem.objective.goals.size());
  for (const GoalWeight& goal : problem.objective.goals) {
    sum.objective.push_back({goal.goal, value_of(goal.goal, plan, model)});
  }
}

}  // namespace

Plan write_plan(const Model& model, const Solution& solution) {
  Plan plan;
  Timetable timetable(model);
  Deadline late = model.deadline.later(kReasonSeconds);
  std::vector<int> absent = solution.absent;
  for (std::size_t slot = 0; slot < solution.routes.size(); ++slot) {
    const auto& codes = solution.routes[slot];
    const bool serves =
        std::any_of(codes.begin(), codes.end(), [](Code code) { return code >= 0; });
    if (!serves) {
      continue;
    }
    if (timetable.write(static_cast<int>(slot), codes)) {
      plan.routes.push_back(RouteWriter(model, static_cast<int>(slot), timetable).write());
    } else {  // numbers so far apart that the search's sums and these differ: better not served
      std::copy_if(codes.begin(), codes.end(), std::back_inserter(absent),
                   [](Code code) { return code >= 0; });
    }
  }
  std::int64_t effort = kReasonEffort;
  const auto in_file = [&](int visit) {
    return std::pair{model.stop_of[static_cast<std::size_t>(visit)], visit};
  };
  std::sort(absent.begin(), absent.end(), [&](int a, int b) { return in_file(a) < in_file(b); });
  for (const int visit : absent) {
    effort = late.passed() ? kNoTime : effort;
    const Index stop = model.stop_of[static_cast<std::size_t>(visit)];
    if (!plan.unserved.empty() && plan.unserved.back().stop == stop) {
      ++plan.unserved.back().visits;
    } else {
      const std::uint32_t visits =
          model.foreseen(visit) ? least_visits(model.problem->stops[stop].visits) : 1;
      plan.unserved.push_back({stop, visits, reasons_of(model, solution, visit, effort)});
    }
  }
  sum_up(plan, model);
  return plan;
}

}  // namespace huan::routing
