// SPDX-License-Identifier: Apache-2.0
// Ways, work, windows, shift and breaks of one route.
#include <algorithm>

#include "findings.hpp"

namespace huan::routing_check {

using routing::Window;

namespace {

/// How far `time` is from the nearest window: below 0 too early, above 0 too late.
double off_window(const std::vector<Window>& windows, double time) {
  if (windows.empty()) {
    return 0;
  }
  double nearest = kForever;
  for (const Window& window : windows) {
    const double off = time < window.from ? time - window.from
                       : time > window.to ? time - window.to
                                          : 0;
    nearest = std::abs(off) < std::abs(nearest) ? off : nearest;
  }
  return nearest;
}

void check_window(const Tour& tour, std::size_t i) {
  const Step& step = tour.route.steps[i];
  const double begin = begin_of(step);
  const bool facility = step.type == StepType::unload;
  const double off =
      off_window(facility ? tour.facility(step).windows : tour.stop(step).windows, begin);
  if (exceeds(std::abs(off) + std::abs(begin), std::abs(begin))) {
    const Rule rule = facility  ? Rule::facility_hours
                      : off > 0 ? Rule::window_late
                                : Rule::window_early;
    tour.report(rule, i, std::abs(off), "s");
  }
}

void check_way(const Tour& tour, std::size_t i) {
  const Way way = tour.way(i);
  const double depart = end_of(tour.route.steps[i - 1]);
  const double seconds = driving_time(tour.problem, tour.vehicle(), way, depart);
  if (seconds == kForever || distance_of(tour.problem, tour.travel(), way) == kForever) {
    tour.report(Rule::unreachable, i, 0, "");
  } else if (exceeds(depart + seconds, tour.route.steps[i].arrival_s)) {
    tour.report(Rule::travel_time, i, depart + seconds - tour.route.steps[i].arrival_s, "s");
  }
}

/// When a trip left shows in when it got to its first place.
void check_release(const Tour& tour, std::size_t i, std::size_t begin) {
  const double release = tour.stop(tour.route.steps[i]).release_s;
  if (release <= 0) {
    return;
  }
  const Step& next = tour.route.steps[begin + 1];
  double reached = release;
  if (next.type != StepType::rest) {
    reached += driving_time(tour.problem, tour.vehicle(), tour.way(begin + 1), release);
  }
  if (tour.place(begin) == kNone) {
    reached = release;
  }
  if (exceeds(reached, next.arrival_s)) {
    tour.report(Rule::release, i, reached - next.arrival_s, "s");
  }
}

void check_rest(const Tour& tour, std::size_t i, double work_since) {
  const Step& step = tour.route.steps[i];
  const routing::Break& rest = tour.shift().breaks[step.rest];
  const double begin = begin_of(step);
  const double off = off_window(rest.windows, begin);
  if (exceeds(std::abs(off) + std::abs(begin), std::abs(begin))) {
    tour.report(off > 0 ? Rule::break_late : Rule::break_early, i, std::abs(off), "s");
  }
  if (exceeds(rest.duration_s, step.service_s)) {
    tour.report(Rule::break_duration, i, rest.duration_s - step.service_s, "s");
  }
  if (rest.after_work_s > 0 && exceeds(begin - work_since, rest.after_work_s)) {
    tour.report(Rule::break_late, i, begin - work_since - rest.after_work_s, "s",
                "after so much work");
  }
  const Index here = tour.place(i);
  if (here != place_before(tour, i) && here != place_after(tour, i)) {
    tour.report(Rule::form, i, 0, "", "the vehicle is not there during its break");
  }
}

}  // namespace

void check_times(const Tour& tour) {
  const auto& steps = tour.route.steps;
  const std::vector<std::size_t> trips = trip_begins(tour);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i > 0) {
      check_way(tour, i);
    }
    const double due = setup_due(tour, i) + service_due(tour, i);
    if (steps[i].type != StepType::rest && exceeds(due, steps[i].setup_s + steps[i].service_s)) {
      tour.report(Rule::service_time, i, due - steps[i].setup_s - steps[i].service_s, "s");
    }
    if (is_visit(steps[i]) || steps[i].type == StepType::unload) {
      check_window(tour, i);
    }
    if (is_visit(steps[i])) {
      check_release(tour, i, trips[i]);
    }
  }
  const Window& window = tour.shift().window;
  if (exceeds(window.from, steps.front().arrival_s)) {
    tour.report(Rule::shift_early, 0, window.from - steps.front().arrival_s, "s");
  }
  if (exceeds(end_of(steps.back()), window.to)) {
    tour.report(Rule::shift_late, steps.size() - 1, end_of(steps.back()) - window.to, "s");
  }
}

void check_breaks(const Tour& tour) {
  const auto& breaks = tour.shift().breaks;
  const auto& steps = tour.route.steps;
  double work_since = steps.front().arrival_s;
  std::size_t next = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].type != StepType::rest) {
      continue;
    }
    if (steps[i].rest < next) {
      tour.report(Rule::form, i, 0, "", "breaks are taken once, in their order");
    }
    for (; next < steps[i].rest; ++next) {
      tour.report(Rule::break_missing, kWhole, breaks[next].duration_s, "s", breaks[next].id);
    }
    next = std::max(next, std::size_t{steps[i].rest} + 1);
    check_rest(tour, i, work_since);
    work_since = end_of(steps[i]);
  }
  for (; next < breaks.size(); ++next) {
    tour.report(Rule::break_missing, kWhole, breaks[next].duration_s, "s", breaks[next].id);
  }
}

void check_caps(const Tour& tour) {
  const routing::RouteSummary sum = summed_up(tour);
  const routing::ShiftCaps& caps = tour.vehicle().caps;
  if (exceeds(sum.distance, caps.distance_max)) {
    tour.report(Rule::distance, kWhole, sum.distance - caps.distance_max, tour.travel().unit);
  }
  const double longest = caps.duration_max_s + caps.overtime_max_s;
  if (exceeds(sum.duration_s, longest)) {
    tour.report(Rule::duration, kWhole, sum.duration_s - longest, "s");
  }
  if (exceeds(sum.travel_s, caps.travel_max_s)) {
    tour.report(Rule::travel, kWhole, sum.travel_s - caps.travel_max_s, "s");
  }
  if (sum.stops > caps.stops_max) {
    tour.report(Rule::stops, kWhole, sum.stops - caps.stops_max, "");
  }
  if (sum.unloads > caps.unloads_max) {
    tour.report(Rule::unloads, kWhole, sum.unloads - caps.unloads_max, "");
  }
  for (std::size_t d = 0; d < caps.load_max.size(); ++d) {
    const std::int64_t carried = amount_at(sum.pickup, d) + amount_at(sum.delivery, d);
    if (carried > caps.load_max[d]) {
      tour.report(Rule::shift_load, kWhole, static_cast<double>(carried - caps.load_max[d]),
                  tour.dimension(d));
    }
  }
}

}  // namespace huan::routing_check
