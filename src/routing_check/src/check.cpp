// SPDX-License-Identifier: Apache-2.0
#include "huan/routing_check/check.hpp"

#include <array>
#include <set>

#include "findings.hpp"

namespace huan::routing_check {

namespace {

constexpr std::array<std::string_view, 34> kNames{"form",
                                                  "travel_time",
                                                  "unreachable",
                                                  "service_time",
                                                  "window_early",
                                                  "window_late",
                                                  "shift_early",
                                                  "shift_late",
                                                  "facility_hours",
                                                  "facility_allowed",
                                                  "facility_material",
                                                  "facility_capacity",
                                                  "empty_at_end",
                                                  "break_missing",
                                                  "break_early",
                                                  "break_late",
                                                  "break_duration",
                                                  "break_load",
                                                  "load",
                                                  "shift_load",
                                                  "distance",
                                                  "duration",
                                                  "travel",
                                                  "stops",
                                                  "unloads",
                                                  "skills",
                                                  "vehicle",
                                                  "release",
                                                  "pair",
                                                  "zone",
                                                  "visits",
                                                  "days",
                                                  "storage",
                                                  "figures"};

void check_facility_room(const Problem& problem, const Unloaded& unloaded,
                         std::vector<Violation>& found) {
  for (const auto& [where, load] : unloaded) {
    const Load& room = problem.facilities.at(where.first).capacity_per_day;
    for (std::size_t d = 0; d < room.size(); ++d) {
      if (amount_at(load, d) > room[d]) {
        Violation violation;
        violation.rule = Rule::facility_capacity;
        violation.amount = static_cast<double>(amount_at(load, d) - room[d]);
        violation.unit = d < problem.dimensions.size() ? problem.dimensions[d] : "";
        violation.facility = where.first;
        violation.detail = "day " + std::to_string(where.second);
        found.push_back(std::move(violation));
      }
    }
  }
}

}  // namespace

std::string_view name(Rule rule) { return kNames.at(static_cast<std::size_t>(rule)); }

Report check(const Problem& problem, const Plan& plan) {
  Report report;
  const Background background{problem, plan};
  Unloaded unloaded;
  std::set<std::pair<Index, Index>> driven;
  for (std::size_t r = 0; r < plan.routes.size(); ++r) {
    const Tour tour{problem, plan.routes[r], static_cast<Index>(r), background, report.violations};
    if (!check_form(tour)) {
      continue;
    }
    if (!driven.insert({tour.route.vehicle, tour.route.shift}).second) {
      tour.report(Rule::form, kWhole, 0, "", "the vehicle is under way twice in one shift");
    }
    check_times(tour);
    check_breaks(tour);
    check_loads(tour, unloaded);
    check_rights(tour);
    check_caps(tour);
    check_zones(tour);
    check_figures(tour);
  }
  check_facility_room(problem, unloaded, report.violations);
  check_visits(problem, plan, report.violations);
  check_summary(problem, plan, report.violations);
  return report;
}

}  // namespace huan::routing_check
