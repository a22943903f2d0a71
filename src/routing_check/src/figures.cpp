// SPDX-License-Identifier: Apache-2.0
// The figures that a plan states against what its steps come to.
#include <algorithm>
#include <cmath>

#include "findings.hpp"

namespace huan::routing_check {

namespace {

/// Sums of many doubles in another order: a little more room than for one time.
bool differs(double a, double b) {
  return std::fabs(a - b) > 1e-6 * std::max(1.0, std::fabs(b)) + 1e-6;
}

bool same_load(const Load& a, const Load& b) {
  for (std::size_t d = 0; d < std::max(a.size(), b.size()); ++d) {
    if (amount_at(a, d) != amount_at(b, d)) {
      return false;
    }
  }
  return true;
}

struct Figure {
  const char* name;
  double stated;
  double right;
};

}  // namespace

void check_figures(const Tour& tour) {
  const routing::RouteSummary right = summed_up(tour);
  const routing::RouteSummary& stated = tour.route.summary;
  for (const Figure& figure :
       {Figure{"distance", stated.distance, right.distance},
        Figure{"cost", stated.cost, right.cost},
        Figure{"duration", stated.duration_s, right.duration_s},
        Figure{"travel", stated.travel_s, right.travel_s},
        Figure{"service", stated.service_s, right.service_s},
        Figure{"waiting", stated.waiting_s, right.waiting_s},
        Figure{"breaks", stated.break_s, right.break_s},
        Figure{"stops", static_cast<double>(stated.stops), static_cast<double>(right.stops)},
        Figure{"unloads", static_cast<double>(stated.unloads),
               static_cast<double>(right.unloads)}}) {
    if (differs(figure.stated, figure.right)) {
      tour.report(Rule::figures, kWhole, figure.stated - figure.right, "", figure.name);
    }
  }
  if (!same_load(stated.pickup, right.pickup) || !same_load(stated.delivery, right.delivery)) {
    tour.report(Rule::figures, kWhole, 0, "", "pickup and delivery");
  }
  const std::vector<Load> loads = loads_on_board(tour);
  for (std::size_t i = 0; i < loads.size(); ++i) {
    if (!same_load(tour.route.steps[i].load, loads[i])) {
      tour.report(Rule::figures, i, 0, "", "load");
    }
  }
}

void check_summary(const Problem& problem, const Plan& plan, std::vector<Violation>& found) {
  const routing::Summary right = summed_up(problem, plan);
  const routing::Summary& stated = plan.summary;
  for (const Figure& figure :
       {Figure{"distance", stated.distance, right.distance},
        Figure{"cost", stated.cost, right.cost},
        Figure{"duration", stated.duration_s, right.duration_s},
        Figure{"travel", stated.travel_s, right.travel_s},
        Figure{"service", stated.service_s, right.service_s},
        Figure{"waiting", stated.waiting_s, right.waiting_s},
        Figure{"routes", static_cast<double>(stated.routes), static_cast<double>(right.routes)},
        Figure{"vehicles", static_cast<double>(stated.vehicles),
               static_cast<double>(right.vehicles)},
        Figure{"unserved", static_cast<double>(stated.unserved),
               static_cast<double>(right.unserved)}}) {
    if (differs(figure.stated, figure.right)) {
      Violation violation;
      violation.rule = Rule::figures;
      violation.amount = figure.stated - figure.right;
      violation.detail = std::string{"sum of "} + figure.name;
      found.push_back(std::move(violation));
    }
  }
}

}  // namespace huan::routing_check
