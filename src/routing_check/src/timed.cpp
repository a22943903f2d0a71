// SPDX-License-Identifier: Apache-2.0
// Times for a plan that has none: forwards as early as possible, then the departure as late as the
// same end allows. A departure is looked for by halving, since with slices, zones and releases no
// formula runs backwards; the end never falls when the departure rises.
#include <algorithm>
#include <cmath>

#include "findings.hpp"

namespace huan::routing_check {

using routing::Window;

namespace {

constexpr int kHalvings = 60;
constexpr std::size_t kCandidatesMax = 400;
constexpr double kEndSlack = 1e-9;
constexpr double kPerSecond = 1e6;  ///< departures are rounded to microseconds where that holds
constexpr double kBeyond = 1e-5;    ///< more than the tolerance of a window's end

/// A route as it comes out when it is begun at some time.
struct Run {
  std::vector<Step> steps;
  double late_s{0};      ///< windows and hours missed, added up
  double work_since{0};  ///< the start, or the end of the last break
  [[nodiscard]] double end() const { return end_of(steps.back()); }
  [[nodiscard]] double duration() const { return end() - steps.front().arrival_s; }
};

struct Begin {
  double at{0};
  double late_s{0};
};

/// The first begin that a window allows, or at once and late when none does.
Begin begin_in(const std::vector<Window>& windows, double arrival) {
  if (windows.empty()) {
    return {arrival, 0};
  }
  for (const Window& window : windows) {
    if (!exceeds(arrival, window.to)) {
      return {std::max(arrival, window.from), 0};
    }
  }
  return {arrival, arrival - windows.back().to};
}

class Clockwork {
 public:
  explicit Clockwork(const Tour& tour) : tour_(tour), trips_(trip_begins(tour)) {
    releases_.assign(tour.route.steps.size(), 0);
    for (std::size_t i = 0; i < tour.route.steps.size(); ++i) {
      if (is_visit(tour.route.steps[i])) {
        double& release = releases_[trips_[i]];
        release = std::max(release, tour.stop(tour.route.steps[i]).release_s);
      }
    }
  }

  [[nodiscard]] Run run(double depart) const {
    Run run;
    run.steps = tour_.route.steps;
    run.steps.front().arrival_s = std::max(depart, releases_.front());
    run.steps.front().waiting_s = run.steps.front().service_s = run.steps.front().setup_s = 0;
    run.steps.front().place = tour_.place(0);
    run.work_since = run.steps.front().arrival_s;
    for (std::size_t i = 1; i < run.steps.size();) {
      std::size_t next = i;
      while (run.steps[next].type == StepType::rest) {
        ++next;
      }
      advance(run, i, next);
      i = next + 1;
    }
    return run;
  }

 private:
  /// Steps first … next: breaks, then the step they stand before. The way there comes after as many
  /// of the breaks as let it be reached soonest.
  void advance(Run& run, std::size_t first, std::size_t next) const {
    Run best;
    for (std::size_t after = 0; after <= next - first; ++after) {
      Run attempt{{run.steps.begin() + static_cast<std::ptrdiff_t>(first) - 1,
                   run.steps.begin() + static_cast<std::ptrdiff_t>(next) + 1},
                  0,
                  run.work_since};
      go(attempt, first, next - first - after);
      const bool better = best.steps.empty() || attempt.late_s < best.late_s ||
                          (attempt.late_s == best.late_s && attempt.end() < best.end());
      if (better) {
        best = std::move(attempt);
      }
    }
    run.late_s += best.late_s;
    run.work_since = best.work_since;
    std::copy(best.steps.begin() + 1, best.steps.end(),
              run.steps.begin() + static_cast<std::ptrdiff_t>(first));
  }

  /// `part` holds the step before, the breaks, and the step to reach; `offset` is the number in the
  /// route of part's second step.
  void go(Run& part, std::size_t offset, std::size_t breaks_before) const {
    const std::size_t last = part.steps.size() - 1;
    const Index from = place_before(tour_, offset);
    const Index to = tour_.place(offset + last - 1);
    double now = end_of(part.steps.front());
    const auto given = tour_.route.steps.begin() + static_cast<std::ptrdiff_t>(offset);
    const bool around = std::any_of(given, given + static_cast<std::ptrdiff_t>(last),
                                    [](const Step& step) { return step.around; });
    for (std::size_t i = 1; i <= last; ++i) {
      const std::size_t number = offset + i - 1;
      Step& step = part.steps[i];
      if (i == breaks_before + 1) {
        const std::size_t trip = trips_[offset];
        now = trip + 1 == offset ? std::max(now, releases_[trip]) : now;
        now += driving_time(tour_.problem, tour_.vehicle(), {from, to, around}, now);
      }
      step.around = around && i == breaks_before + 1;
      step.arrival_s = now;
      step.setup_s = setup_due(tour_, number);
      step.service_s = service_due(tour_, number);
      step.place = i < last ? (i <= breaks_before ? from : to) : tour_.place(number);
      const Begin begin = begin_in(windows_of(step), now);
      step.waiting_s = begin.at - now;
      part.late_s += begin.late_s;
      now = end_of(step);
      if (step.type == StepType::rest) {
        const double longest = tour_.shift().breaks[step.rest].after_work_s;
        part.late_s += longest > 0 ? std::max(0.0, begin.at - part.work_since - longest) : 0;
        part.work_since = now;
      }
    }
  }
  [[nodiscard]] const std::vector<Window>& windows_of(const Step& step) const {
    static const std::vector<Window> any;
    if (is_visit(step)) {
      return tour_.stop(step).windows;
    }
    if (step.type == StepType::unload) {
      return tour_.facility(step).windows;
    }
    return step.type == StepType::rest ? tour_.shift().breaks[step.rest].windows : any;
  }

  const Tour& tour_;
  std::vector<std::size_t> trips_;
  std::vector<double> releases_;  ///< of the trip that begins at the step
};

/// The run that ends no later than `first` and leaves as late as that allows.
Run latest(const Clockwork& clockwork, const Run& first) {
  const auto holds = [&](const Run& run) {
    return run.late_s <= first.late_s && run.end() <= first.end() + kEndSlack;
  };
  double low = first.steps.front().arrival_s;
  double high = first.end();
  for (int i = 0; i < kHalvings && high - low > kEndSlack * std::max(1.0, std::fabs(high)); ++i) {
    const double middle = low + (high - low) / 2;
    (holds(clockwork.run(middle)) ? low : high) = middle;
  }
  const Run rounded = clockwork.run(std::round(low * kPerSecond) / kPerSecond);
  return holds(rounded) ? rounded : clockwork.run(low);
}

/// A later end may make a shorter route: each time the departure is put just beyond what the end
/// allows, some stop is met in a later window. Ends when nothing is waited for any more.
Run shorter(const Clockwork& clockwork, Run run, double longest, double close) {
  Run best = run;
  const auto waits = [](const Step& step) { return step.waiting_s > 0; };
  for (std::size_t tried = 0; tried < kCandidatesMax && best.duration() > longest &&
                              std::any_of(run.steps.begin(), run.steps.end(), waits);
       ++tried) {
    const double depart = run.steps.front().arrival_s;
    Run next = clockwork.run(depart + kBeyond * std::max(1.0, std::fabs(depart)));
    if (next.late_s > best.late_s || exceeds(next.end(), close)) {
      break;
    }
    run = latest(clockwork, next);
    if (run.duration() < best.duration()) {
      best = run;
    }
  }
  return best;
}

void time_route(const Tour& tour, Route& route) {
  const Clockwork clockwork{tour};
  const Window& window = tour.shift().window;
  Run run = clockwork.run(window.from);
  if (run.end() < kForever) {
    const routing::ShiftCaps& caps = tour.vehicle().caps;
    run = latest(clockwork, run);
    run = shorter(clockwork, std::move(run), caps.duration_max_s + caps.overtime_max_s, window.to);
  }
  route.steps = std::move(run.steps);
}

/// Distance and driving since the start, and what is on board.
void fill_in(const Tour& tour, Route& route) {
  const std::vector<Load> loads = loads_on_board(tour);
  double distance = 0;
  double travel = 0;
  for (std::size_t i = 0; i < route.steps.size(); ++i) {
    if (i > 0) {
      distance += distance_of(tour.problem, tour.travel(), tour.way(i));
      travel += driving_time(tour.problem, tour.vehicle(), tour.way(i), end_of(route.steps[i - 1]));
    }
    route.steps[i].distance = distance;
    route.steps[i].travel_s = travel;
    route.steps[i].load = loads[i];
  }
  route.summary = summed_up(tour);
}

void list_unserved(const Problem& problem, Plan& plan) {
  const auto days = days_of_stops(problem, plan);
  plan.unserved.clear();
  for (std::size_t s = 0; s < days.size(); ++s) {
    const auto made = static_cast<std::uint32_t>(days[s].size());
    const std::uint32_t asked = visits_asked(problem.stops[s], days[s]);
    if (made < asked) {
      plan.unserved.push_back({static_cast<Index>(s), asked - made, {}});
    }
  }
}

/// Each route that has a form is worked on by `work`, then figures are filled in.
template <class Work>
Plan filled_in(const Problem& problem, const Plan& plan, const Work& work) {
  Plan out = plan;
  const Background background{problem, plan};
  std::vector<Violation> unused;
  for (std::size_t r = 0; r < out.routes.size(); ++r) {
    const Route given = out.routes[r];
    const Tour tour{problem, given, static_cast<Index>(r), background, unused};
    if (check_form(tour)) {
      work(tour, out.routes[r]);
      fill_in(Tour{problem, out.routes[r], static_cast<Index>(r), background, unused},
              out.routes[r]);
    }
  }
  list_unserved(problem, out);
  out.summary = summed_up(problem, out);
  return out;
}

}  // namespace

Plan timed(const Problem& problem, const Plan& plan) {
  Plan bare = plan;
  for (Route& route : bare.routes) {
    for (Step& step : route.steps) {
      step.arrival_s = step.waiting_s = step.setup_s = step.service_s = step.hold_s = 0;
    }
  }
  return filled_in(problem, bare, time_route);
}

Plan counted(const Problem& problem, const Plan& plan) {
  return filled_in(problem, plan, [](const Tour& tour, Route& route) {
    for (std::size_t i = 0; i < route.steps.size(); ++i) {
      route.steps[i].place = tour.place(i);
    }
  });
}

}  // namespace huan::routing_check
