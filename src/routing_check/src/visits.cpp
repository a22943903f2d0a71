// SPDX-License-Identifier: Apache-2.0
// How often and on which days stops are visited, and what a forecast then takes and leaves.
#include <algorithm>
#include <set>

#include "findings.hpp"

namespace huan::routing_check {

using routing::Stop;
using routing::Visits;

namespace {

bool has_forecast(const Stop& stop) {
  return !stop.visits.stored.empty() || !stop.visits.growth.empty();
}

/// What stands at the stop on a day, given the day of the visit before.
std::int64_t stands(const Visits& visits, std::size_t d, std::int64_t day, std::int64_t last) {
  return last < 0 ? amount_at(visits.stored, d) + amount_at(visits.growth, d) * day
                  : amount_at(visits.growth, d) * (day - last);
}

class StopCheck {
 public:
  StopCheck(const Problem& problem, Index stop, std::vector<Violation>& found)
      : problem_(problem), stop_(stop), found_(found) {}

  void check(const std::vector<std::uint32_t>& days, std::uint32_t unserved) {
    const Visits& visits = problem_.stops[stop_].visits;
    const std::uint32_t asked = visits_asked(problem_.stops[stop_], days);
    const auto made = static_cast<std::uint32_t>(days.size());
    const bool more_is_fine = has_forecast(problem_.stops[stop_]);
    if (made + unserved < asked || (made + unserved > asked && !more_is_fine)) {
      report(Rule::visits,
             made + unserved > asked ? made + unserved - asked : asked - made - unserved, "",
             std::to_string(made) + " made and " + std::to_string(unserved) +
                 " said to be missing of " + std::to_string(asked));
    }
    if (!visits.patterns.empty()) {
      check_patterns(visits, days);
    } else {
      check_gaps(visits, days);
    }
    for (const std::uint32_t day : days) {
      if (!visits.days.empty() &&
          std::find(visits.days.begin(), visits.days.end(), day) == visits.days.end()) {
        report(Rule::days, 1, "days", "not on day " + std::to_string(day));
      }
    }
    if (!visits.limit.empty() && unserved == 0) {  // what is said to be missing will overflow
      check_storage(visits, days);
    }
  }

 private:
  void report(Rule rule, double amount, std::string unit, std::string detail) {
    Violation violation;
    violation.rule = rule;
    violation.amount = amount;
    violation.unit = std::move(unit);
    violation.stop = stop_;
    violation.detail = std::move(detail);
    found_.push_back(std::move(violation));
  }
  void check_patterns(const Visits& visits, const std::vector<std::uint32_t>& days) {
    const auto fits = [&](const std::vector<std::uint32_t>& pattern) {
      return std::includes(pattern.begin(), pattern.end(), days.begin(), days.end());
    };
    if (std::none_of(visits.patterns.begin(), visits.patterns.end(), fits)) {
      report(Rule::days, static_cast<double>(days.size()), "days", "no pattern has these days");
    }
  }
  void check_gaps(const Visits& visits, const std::vector<std::uint32_t>& days) {
    for (std::size_t i = 1; i < days.size(); ++i) {
      const std::uint32_t gap = days[i] - days[i - 1];
      if (gap < visits.gap_days_min) {
        report(Rule::days, visits.gap_days_min - gap, "days", "two visits are too close");
      } else if (visits.gap_days_max > 0 && gap > visits.gap_days_max) {
        report(Rule::days, gap - visits.gap_days_max, "days", "two visits are too far apart");
      }
    }
  }
  /// On the last day of the horizon, and before each visit.
  void check_storage(const Visits& visits, const std::vector<std::uint32_t>& days) {
    for (std::size_t d = 0; d < visits.limit.size(); ++d) {
      std::int64_t last = -1;
      std::int64_t over = 0;
      for (const std::int64_t day : days) {
        over = std::max(over, stands(visits, d, day, last) - visits.limit[d]);
        last = day;
      }
      over = std::max(over,
                      stands(visits, d, std::int64_t{problem_.days} - 1, last) - visits.limit[d]);
      if (over > 0) {
        report(Rule::storage, static_cast<double>(over),
               d < problem_.dimensions.size() ? problem_.dimensions[d] : "", "");
      }
    }
  }

  const Problem& problem_;
  Index stop_;
  std::vector<Violation>& found_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> days_of_stops(const Problem& problem, const Plan& plan) {
  std::vector<std::vector<std::uint32_t>> days(problem.stops.size());
  for (const Route& route : plan.routes) {
    if (route.vehicle >= problem.vehicles.size() ||
        route.shift >= problem.vehicles[route.vehicle].shifts.size()) {
      continue;
    }
    for (const Step& step : route.steps) {
      if (is_visit(step) && step.stop < problem.stops.size()) {
        days[step.stop].push_back(problem.vehicles[route.vehicle].shifts[route.shift].day);
      }
    }
  }
  for (auto& list : days) {
    std::sort(list.begin(), list.end());
  }
  return days;
}

/// Of several patterns that have these days, the shortest says how many are asked for.
std::uint32_t visits_asked(const Stop& stop, const std::vector<std::uint32_t>& days) {
  if (stop.visits.patterns.empty()) {
    return stop.visits.times;
  }
  std::size_t least = kNone;
  std::size_t least_with_days = kNone;
  for (const auto& pattern : stop.visits.patterns) {
    least = std::min(least, pattern.size());
    if (std::includes(pattern.begin(), pattern.end(), days.begin(), days.end())) {
      least_with_days = std::min(least_with_days, pattern.size());
    }
  }
  return static_cast<std::uint32_t>(least_with_days < kNone ? least_with_days : least);
}

Harvest harvest_of(const Problem& problem, const Plan& plan) {
  Harvest harvest;
  const auto days = days_of_stops(problem, plan);
  for (std::size_t s = 0; s < problem.stops.size(); ++s) {
    const Visits& visits = problem.stops[s].visits;
    if (!has_forecast(problem.stops[s])) {
      continue;
    }
    std::int64_t last = -1;
    for (const std::uint32_t day : days[s]) {
      Load load(problem.dimensions.size(), 0);
      for (std::size_t d = 0; d < load.size(); ++d) {
        load[d] = stands(visits, d, day, last);
      }
      harvest[{static_cast<Index>(s), day}] = std::move(load);
      last = day;
    }
  }
  return harvest;
}

Load picked_up(const Tour& tour, const Step& step) {
  const auto found = tour.background.harvest.find({step.stop, tour.shift().day});
  return found == tour.background.harvest.end() ? tour.stop(step).pickup : found->second;
}

void check_visits(const Problem& problem, const Plan& plan, std::vector<Violation>& found) {
  std::vector<std::uint32_t> unserved(problem.stops.size(), 0);
  for (const routing::Unserved& one : plan.unserved) {
    if (one.stop < unserved.size()) {
      unserved[one.stop] += one.visits;
    }
  }
  const auto days = days_of_stops(problem, plan);
  for (std::size_t s = 0; s < problem.stops.size(); ++s) {
    StopCheck{problem, static_cast<Index>(s), found}.check(days[s], unserved[s]);
  }
}

}  // namespace huan::routing_check
