// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "huan/json/writer.hpp"
#include "huan/wire_routing/plan_json.hpp"
#include "names.hpp"

namespace huan::wire_routing {

using routing::Index;
using routing::kNone;
using routing::Plan;
using routing::Problem;
using routing::Route;
using routing::Step;
using routing::StepType;
using routing_check::Rule;
using routing_check::Violation;

namespace {

/// VROOM's word for what is broken, where it has one.
std::string_view cause_of(const Violation& violation) {
  switch (violation.rule) {
    case Rule::window_late:
    case Rule::shift_late:
    case Rule::break_late:
      return "delay";
    case Rule::window_early:
    case Rule::shift_early:
    case Rule::break_early:
      return "lead_time";
    case Rule::stops:
      return "max_tasks";
    case Rule::pair:
      return "precedence";
    case Rule::break_missing:
      return "missing_break";
    case Rule::travel:
      return "max_travel_time";
    case Rule::distance:
      return "max_distance";
    case Rule::break_load:
      return "max_load";
    default:
      return routing_check::name(violation.rule);
  }
}

void write_violation(json::Writer& w, const Problem& problem, const Violation& violation) {
  w.begin_object().member("cause", cause_of(violation));
  if (violation.unit == "s") {
    w.key("duration").number(violation.amount);
  }
  w.member("rule", routing_check::name(violation.rule)).key("amount").number(violation.amount);
  if (!violation.unit.empty()) {
    w.member("unit", violation.unit);
  }
  if (violation.route == kNone && violation.stop < problem.stops.size()) {
    write_id(w.key("id"), problem.stops[violation.stop].id);
  }
  if (violation.facility < problem.facilities.size()) {
    write_id(w.key("facility"), problem.facilities[violation.facility].id);
  }
  if (violation.zone < problem.zones.size()) {
    w.member("zone", problem.zones[violation.zone].id);
  }
  if (!violation.detail.empty()) {
    w.member("detail", violation.detail);
  }
  w.end_object();
}

/// Violations by (route, step): kNone, kNone are of the plan, (route, kNone) of a route.
using ByStep = std::multimap<std::pair<Index, Index>, const Violation*>;

ByStep by_step(const routing_check::Report& report) {
  ByStep out;
  for (const Violation& violation : report.violations) {
    out.emplace(std::pair{violation.route, violation.step}, &violation);
  }
  return out;
}

void write_violations(json::Writer& w, const Problem& problem, const ByStep& violations,
                      const std::pair<Index, Index>& where) {
  w.key("violations").begin_array();
  const auto [from, to] = violations.equal_range(where);
  for (auto at = from; at != to; ++at) {
    write_violation(w, problem, *at->second);
  }
  w.end_array();
}

void write_load(json::Writer& w, const Problem& problem, const routing::Load& load) {
  w.begin_array();
  for (std::size_t d = 0; d < problem.dimensions.size(); ++d) {
    w.integer(d < load.size() ? load[d] : 0);
  }
  w.end_array();
}

/// Corners of the detour by which the step is reached.
std::vector<routing::Place> corners_to(const Problem& problem, const Route& route,
                                       std::size_t step) {
  if (step == 0 || !route.steps[step].around) {
    return {};
  }
  const Index from = route.steps[step - 1].place;
  const Index to = route.steps[step].place;
  for (const routing::Detour& detour :
       problem.ways.at(problem.vehicles[route.vehicle].ways).detours) {
    if (detour.from == from && detour.to == to) {
      return detour.corners;
    }
  }
  return {};
}

void write_place(json::Writer& w, const Instance& instance, Index place) {
  if (place >= instance.problem.places.size()) {
    return;
  }
  const Spot* const spot = instance.spots.empty() ? nullptr : &instance.spots.at(place);
  const auto& ways = instance.problem.ways;  // none, if there is no vehicle to drive on them
  const bool matrix = !ways.empty() && ways.front().metric == routing::Metric::matrix;
  if (spot == nullptr ? !matrix || instance.format == Format::pvrpif : spot->located) {
    const routing::Place& at = instance.problem.places[place];
    w.key("location").begin_array().number(at.x).number(at.y).end_array();
  }
  if (spot != nullptr && spot->index) {
    w.member("location_index", std::int64_t{*spot->index});
  }
}

class PlanWriter {
 public:
  PlanWriter(const Instance& instance, const Plan& plan, const routing_check::Report& report,
             json::Writer& w)
      : instance_(instance),
        problem_(instance.problem),
        plan_(plan),
        violations_(by_step(report)),
        w_(w),
        types_(types_of_stops(instance.problem)) {}

  void write(const Milliseconds& spent) {
    w_.begin_object().member("code", 0);
    write_summary(spent);
    w_.key("unassigned").begin_array();
    for (const routing::Unserved& unserved : plan_.unserved) {
      write_unserved(unserved);
    }
    w_.end_array().key("routes").begin_array();
    for (std::size_t r = 0; r < plan_.routes.size(); ++r) {
      write_route(static_cast<Index>(r));
    }
    w_.end_array().end_object();
  }

 private:
  struct Work {
    double setup{0};
    double service{0};
    std::int64_t priority{0};
  };
  [[nodiscard]] Work work_of(const Route& route) const {
    Work work;
    for (const Step& step : route.steps) {
      work.setup += step.setup_s;
      work.service += step.service_s;
      work.priority += step.stop < problem_.stops.size() ? problem_.stops[step.stop].priority : 0;
    }
    return work;
  }
  void write_work(const Work& work) {
    w_.key("setup").number(work.setup).key("service").number(work.service);
    w_.member("priority", work.priority);
  }
  void write_summary(const Milliseconds& spent) {
    const routing::Summary& sum = plan_.summary;
    Work work;
    for (const Route& route : plan_.routes) {
      const Work part = work_of(route);
      work.setup += part.setup;
      work.service += part.service;
      work.priority += part.priority;
    }
    w_.key("summary").begin_object().key("cost").number(sum.cost);
    if (const auto value = objective(instance_, plan_)) {
      w_.key("objective").number(*value);
    }
    w_.member("routes", std::int64_t{sum.routes}).member("unassigned", std::int64_t{sum.unserved});
    write_load(w_.key("delivery"), problem_, sum.delivery);
    write_load(w_.key("pickup"), problem_, sum.pickup);
    write_work(work);
    w_.key("duration").number(sum.travel_s).key("waiting_time").number(sum.waiting_s);
    w_.key("distance").number(sum.distance).key("total_duration").number(sum.duration_s);
    w_.member("vehicles", std::int64_t{sum.vehicles}).member("iterations", sum.iterations);
    w_.member("stopped", name(sum.stopped)).key("goals").begin_array();
    for (const routing::GoalValue& goal : sum.objective) {
      w_.begin_object().member("goal", name(goal.goal)).key("value").number(goal.value);
      w_.end_object();
    }
    w_.end_array();
    if (instance_.great_circle) {
      w_.key("great_circle_times").number(instance_.detour);
    }
    write_violations(w_, problem_, violations_, {kNone, kNone});
    w_.key("computing_times").begin_object().key("loading").number(std::round(spent.loading));
    w_.key("solving").number(std::round(spent.solving)).member("routing", 0);
    w_.end_object().end_object();
  }
  void write_unserved(const routing::Unserved& unserved) {
    const routing::Stop& stop = problem_.stops.at(unserved.stop);
    write_id(w_.begin_object().key("id"), stop.id);
    w_.member("type", name(types_[unserved.stop]));
    if (!stop.description.empty()) {
      w_.member("description", stop.description);
    }
    write_place(w_, instance_, stop.place);
    if (unserved.visits > 1) {
      w_.member("visits", std::int64_t{unserved.visits});
    }
    w_.key("reasons").begin_array();
    for (const routing::Reason& reason : unserved.reasons) {
      w_.begin_object().member("code", name(reason.code));
      if (reason.vehicle < problem_.vehicles.size()) {
        write_id(w_.key("vehicle"), problem_.vehicles[reason.vehicle].id);
      }
      w_.key("amount").number(reason.amount).member("unit", reason.unit).end_object();
    }
    w_.end_array().end_object();
  }
  void write_route(Index number) {
    const Route& route = plan_.routes[number];
    const routing::Vehicle& vehicle = problem_.vehicles.at(route.vehicle);
    const routing::RouteSummary& sum = route.summary;
    write_id(w_.begin_object().key("vehicle"), vehicle.id);
    if (!vehicle.description.empty()) {
      w_.member("description", vehicle.description);
    }
    if (vehicle.shifts.size() > 1 || problem_.days > 1) {
      w_.member("shift", std::int64_t{route.shift});
      w_.member("day", std::int64_t{vehicle.shifts.at(route.shift).day});
    }
    w_.key("cost").number(sum.cost);
    write_load(w_.key("delivery"), problem_, sum.delivery);
    write_load(w_.key("pickup"), problem_, sum.pickup);
    write_work(work_of(route));
    w_.key("duration").number(sum.travel_s).key("waiting_time").number(sum.waiting_s);
    w_.key("distance").number(sum.distance).key("total_duration").number(sum.duration_s);
    w_.key("steps").begin_array();
    for (std::size_t i = 0; i < route.steps.size(); ++i) {
      write_step(number, static_cast<Index>(i));
    }
    w_.end_array();
    write_violations(w_, problem_, violations_, {number, kNone});
    w_.end_object();
  }
  /// That it came by another way, and by which where that is known.
  void write_detour(Index route, Index number) {
    if (!plan_.routes[route].steps[number].around) {
      return;
    }
    w_.member("around", true);
    const std::vector<routing::Place> corners = corners_to(problem_, plan_.routes[route], number);
    if (corners.empty()) {
      return;
    }
    w_.key("via").begin_array();
    for (const routing::Place& at : corners) {
      w_.begin_array().number(at.x).number(at.y).end_array();
    }
    w_.end_array();
  }
  void write_step(Index route, Index number) {
    const Step& step = plan_.routes[route].steps[number];
    w_.begin_object().member("type", name(step.type));
    if (step.stop < problem_.stops.size()) {
      write_id(w_.key("id"), problem_.stops[step.stop].id);
      if (!problem_.stops[step.stop].description.empty()) {
        w_.member("description", problem_.stops[step.stop].description);
      }
    } else if (step.facility < problem_.facilities.size()) {
      write_id(w_.key("facility"), problem_.facilities[step.facility].id);
    } else if (step.type == StepType::rest) {
      const Route& own = plan_.routes[route];
      const auto& breaks = problem_.vehicles.at(own.vehicle).shifts.at(own.shift).breaks;
      write_id(w_.key("id"), breaks.at(step.rest).id);
    }
    write_place(w_, instance_, step.place);
    w_.key("setup").number(step.setup_s).key("service").number(step.service_s);
    w_.key("waiting_time").number(step.waiting_s);
    if (step.hold_s > 0) {
      w_.key("hold").number(step.hold_s);
    }
    write_detour(route, number);
    write_load(w_.key("load"), problem_, step.load);
    w_.key("arrival").number(step.arrival_s).key("duration").number(step.travel_s);
    w_.key("distance").number(step.distance);
    write_violations(w_, problem_, violations_, {route, number});
    w_.end_object();
  }

  const Instance& instance_;
  const Problem& problem_;
  const Plan& plan_;
  ByStep violations_;
  json::Writer& w_;
  std::vector<StepType> types_;
};

}  // namespace

std::string write_plan(const Instance& instance, const Plan& plan,
                       const routing_check::Report& report, const Milliseconds& spent) {
  std::string out;
  json::Writer w(out);
  PlanWriter{instance, plan, report, w}.write(spent);
  return out;
}

std::string write_geojson(const Instance& instance, const Plan& plan, const RoadLines& lines) {
  const Problem& problem = instance.problem;
  std::string out;
  json::Writer w(out);
  const auto corner = [&](const routing::Place& at) {
    w.begin_array().number(at.x).number(at.y).end_array();
  };
  const auto point = [&](Index place) { corner(problem.places.at(place)); };
  w.begin_object().member("type", "FeatureCollection").key("features").begin_array();
  for (std::size_t r = 0; r < plan.routes.size(); ++r) {
    const Route& route = plan.routes[r];
    const std::string& vehicle = problem.vehicles.at(route.vehicle).id;
    w.begin_object().member("type", "Feature").key("geometry").begin_object();
    w.member("type", "LineString").key("coordinates").begin_array();
    for (std::size_t i = 0; lines.empty() && i < route.steps.size(); ++i) {
      const std::vector<routing::Place> corners = corners_to(problem, route, i);
      std::for_each(corners.begin(), corners.end(), corner);
      if (route.steps[i].place < problem.places.size()) {
        point(route.steps[i].place);
      }
    }
    for (std::size_t k = 0; r < lines.size() && k < lines[r].size(); ++k) {
      corner(lines[r][k]);
    }
    w.end_array().end_object().key("properties").begin_object();
    write_id(w.key("vehicle"), vehicle);
    w.key("distance").number(route.summary.distance).end_object().end_object();
    for (const Step& step : route.steps) {
      if (step.place >= problem.places.size()) {
        continue;
      }
      w.begin_object().member("type", "Feature").key("geometry").begin_object();
      point((w.member("type", "Point").key("coordinates"), step.place));
      w.end_object().key("properties").begin_object().member("type", name(step.type));
      write_id(w.key("vehicle"), vehicle);
      if (step.stop < problem.stops.size()) {
        write_id(w.key("id"), problem.stops[step.stop].id);
      }
      if (step.facility < problem.facilities.size()) {
        write_id(w.key("facility"), problem.facilities[step.facility].id);
      }
      w.key("arrival").number(step.arrival_s).end_object().end_object();
    }
  }
  w.end_array().end_object();
  return out;
}

}  // namespace huan::wire_routing
