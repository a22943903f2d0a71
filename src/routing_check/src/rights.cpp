// SPDX-License-Identifier: Apache-2.0
// Who may go where: skills, allowed vehicles, zones.
#include <algorithm>
#include <cmath>

#include "findings.hpp"

namespace huan::routing_check {

using routing::Place;
using routing::Window;
using routing::Zone;
using Ring = std::vector<Place>;

namespace {

struct Span {
  double from{0};
  double to{0};
};

/// Even-odd rule over all rings, so that a ring inside another is a hole.
bool is_inside(const std::vector<Ring>& rings, const Place& p) {
  bool inside = false;
  for (const Ring& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Place& a = ring[i];
      const Place& b = ring[(i + 1) % ring.size()];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/// Where between 0 and 1 the straight way from a to b crosses an edge of the rings.
std::vector<double> crossings(const std::vector<Ring>& rings, const Place& a, const Place& b) {
  std::vector<double> at{0, 1};
  for (const Ring& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Place& c = ring[i];
      const Place& d = ring[(i + 1) % ring.size()];
      const double turn = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
      if (turn == 0) {
        continue;
      }
      const double along = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / turn;
      const double across = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / turn;
      if (along > 0 && along < 1 && across >= 0 && across <= 1) {
        at.push_back(along);
      }
    }
  }
  std::sort(at.begin(), at.end());
  return at;
}

/// The parts of the way that lie inside, as shares of it.
std::vector<Span> inside_parts(const Zone& zone, const Place& a, const Place& b) {
  std::vector<Span> parts;
  const std::vector<double> at = crossings(zone.rings, a, b);
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    const double middle = (at[i] + at[i + 1]) / 2;
    if (at[i + 1] > at[i] &&
        is_inside(zone.rings, {a.x + middle * (b.x - a.x), a.y + middle * (b.y - a.y)})) {
      parts.push_back({at[i], at[i + 1]});
    }
  }
  return parts;
}

/// How much of the span lies in no window of the zone.
double closed_for(const Zone& zone, const Span& span) {
  if (zone.open.empty()) {
    return 0;
  }
  double open = 0;
  bool touches = false;
  for (const Window& window : zone.open) {
    const double from = std::max(span.from, window.from);
    const double to = std::min(span.to, window.to);
    touches = touches || !exceeds(from, to);
    open += std::max(0.0, to - from);
  }
  if (span.to <= span.from) {
    return touches ? 0 : 1;
  }
  return span.to - span.from - open;
}

bool binds(const Zone& zone, const routing::Vehicle& vehicle) {
  return std::find(zone.exempt.begin(), zone.exempt.end(), vehicle.vehicle_class) ==
         zone.exempt.end();
}

bool holds_place(const Problem& problem, const Zone& zone, Index place) {
  return std::find(zone.places.begin(), zone.places.end(), place) != zone.places.end() ||
         (!zone.rings.empty() && is_inside(zone.rings, problem.places.at(place)));
}

/// The same of several straight lines, one after another.
std::vector<Span> inside_parts(const Zone& zone, const routing::Travel& travel,
                               const std::vector<Place>& line) {
  std::vector<double> ends{0};
  for (std::size_t i = 1; i < line.size(); ++i) {
    ends.push_back(ends.back() + measured(travel, line[i - 1], line[i]));
  }
  const bool long_enough = ends.back() > 0;
  std::vector<Span> parts;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double from = long_enough ? ends[i - 1] / ends.back() : 0;
    const double to = long_enough ? ends[i] / ends.back() : 1;
    for (const Span& part : inside_parts(zone, line[i - 1], line[i])) {
      parts.push_back({from + part.from * (to - from), from + part.to * (to - from)});
    }
  }
  return parts;
}

/// The parts of the way that lie in the zone.
std::vector<Span> parts_in(const Tour& tour, const Zone& zone, const Way& way) {
  const Problem& problem = tour.problem;
  const bool drawn = !zone.rings.empty() && tour.travel().metric != routing::Metric::matrix;
  const bool named =
      std::find(zone.ways.begin(), zone.ways.end(), std::pair{way.from, way.to}) != zone.ways.end();
  std::vector<Span> parts;
  if (named) {
    parts = {{0, 1}};
  } else if (drawn) {
    parts = inside_parts(zone, problem.places.at(way.from), problem.places.at(way.to));
  }
  if (!way.around) {
    return parts;
  }
  if (!parts.empty() &&
      (holds_place(problem, zone, way.from) || holds_place(problem, zone, way.to))) {
    return {{0, 1}};
  }
  const std::vector<Place> line = line_of(problem, tour.travel(), way);
  return drawn && line.size() > 2 ? inside_parts(zone, tour.travel(), line) : std::vector<Span>{};
}

/// The times at which the vehicle is in the zone on its way to step i.
std::vector<Span> times_on_way(const Tour& tour, const Zone& zone, std::size_t i) {
  const Way way = tour.way(i);
  std::vector<Span> times;
  if (way.from == kNone || way.to == kNone || way.from == way.to) {
    return times;
  }
  const double seconds =
      driving_time(tour.problem, tour.vehicle(), way, end_of(tour.route.steps[i - 1]));
  const double arrival = tour.route.steps[i].arrival_s;
  for (const Span& part : parts_in(tour, zone, way)) {
    times.push_back({arrival - seconds * (1 - part.from), arrival - seconds * (1 - part.to)});
  }
  return times;
}

void report_zone(const Tour& tour, std::size_t i, std::size_t zone, double amount) {
  if (exceeds(amount, 0)) {
    tour.report(Rule::zone, i, amount, "s", tour.problem.zones[zone].id);
    tour.found.back().zone = static_cast<Index>(zone);
  }
}

}  // namespace

void check_rights(const Tour& tour) {
  const auto& own = tour.vehicle().skills;
  for (std::size_t i = 0; i < tour.route.steps.size(); ++i) {
    if (!is_visit(tour.route.steps[i])) {
      continue;
    }
    const routing::Stop& stop = tour.stop(tour.route.steps[i]);
    for (const std::string& skill : stop.skills) {
      if (std::find(own.begin(), own.end(), skill) == own.end()) {
        tour.report(Rule::skills, i, 0, "", skill);
        break;
      }
    }
    if (!stop.vehicles.empty() && std::find(stop.vehicles.begin(), stop.vehicles.end(),
                                            tour.route.vehicle) == stop.vehicles.end()) {
      tour.report(Rule::vehicle, i, 0, "");
    }
  }
}

void check_zones(const Tour& tour) {
  for (std::size_t z = 0; z < tour.problem.zones.size(); ++z) {
    const Zone& zone = tour.problem.zones[z];
    if (!binds(zone, tour.vehicle())) {
      continue;
    }
    for (std::size_t i = 0; i < tour.route.steps.size(); ++i) {
      const Step& step = tour.route.steps[i];
      const Index place = tour.place(i);
      if (i > 0) {
        for (const Span& span : times_on_way(tour, zone, i)) {
          report_zone(tour, i, z, closed_for(zone, span));
        }
      }
      if (place != kNone && holds_place(tour.problem, zone, place)) {
        report_zone(tour, i, z, closed_for(zone, {step.arrival_s, end_of(step)}));
      }
    }
  }
}

}  // namespace huan::routing_check
