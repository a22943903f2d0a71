// SPDX-License-Identifier: Apache-2.0
#include "ground.hpp"

#include <algorithm>
#include <cmath>

namespace huan::routing_check {

using routing::Metric;
using routing::Place;
using routing::Rounding;
using routing::Travel;

namespace {

constexpr double kEarthRadiusM = 6'371'008.8;
constexpr double kRadian = 57.295779513082320876798;  ///< degrees

/// By the law of cosines in the form that is stable for small and antipodal arcs (Vincenty on a
/// sphere).
double great_circle(const Place& a, const Place& b) {
  const double p = a.y / kRadian;
  const double q = b.y / kRadian;
  const double turn = (b.x - a.x) / kRadian;
  const double east = std::cos(q) * std::sin(turn);
  const double north = std::cos(p) * std::sin(q) - std::sin(p) * std::cos(q) * std::cos(turn);
  const double along = std::sin(p) * std::sin(q) + std::cos(p) * std::cos(q) * std::cos(turn);
  return kEarthRadiusM * std::atan2(std::hypot(east, north), along);
}

double cell(const Problem& problem, const std::vector<double>& matrix, Index from, Index to) {
  return matrix.at(std::size_t{from} * problem.places.size() + to);
}

}  // namespace

double measured(const Travel& travel, const Place& a, const Place& b) {
  double plain = std::hypot(a.x - b.x, a.y - b.y);
  if (travel.metric == Metric::manhattan) {
    plain = std::fabs(a.x - b.x) + std::fabs(a.y - b.y);
  } else if (travel.metric == Metric::great_circle) {
    plain = great_circle(a, b);
  }
  const double scaled = plain * travel.scale;
  if (travel.rounding == Rounding::nearest) {
    return std::round(scaled);
  }
  return travel.rounding == Rounding::down ? std::trunc(scaled) : scaled;
}

bool exceeds(double a, double b) {
  return a > b + routing::kTolerance * std::max(1.0, std::fabs(b));
}

std::int64_t amount_at(const Load& load, std::size_t dimension) {
  return dimension < load.size() ? load[dimension] : 0;
}

void add_to(Load& sum, const Load& load, std::int64_t sign) {
  if (sum.size() < load.size()) {
    sum.resize(load.size(), 0);
  }
  for (std::size_t d = 0; d < load.size(); ++d) {
    sum[d] += sign * load[d];
  }
}

const routing::Detour* detour_of(const Travel& travel, const Way& way) {
  for (const routing::Detour& detour : travel.detours) {
    if (detour.from == way.from && detour.to == way.to) {
      return &detour;
    }
  }
  return nullptr;
}

std::vector<Place> line_of(const Problem& problem, const Travel& travel, const Way& way) {
  std::vector<Place> line{problem.places.at(way.from)};
  if (const auto* detour = way.around ? detour_of(travel, way) : nullptr) {
    line.insert(line.end(), detour->corners.begin(), detour->corners.end());
  }
  line.push_back(problem.places.at(way.to));
  return line;
}

double distance_of(const Problem& problem, const Travel& travel, const Way& way) {
  if (way.from == kNone || way.to == kNone || way.from == way.to) {
    return 0;
  }
  const auto* detour = way.around ? detour_of(travel, way) : nullptr;
  if (detour != nullptr && detour->corners.empty()) {
    return detour->distance;
  }
  if (travel.metric == Metric::matrix) {
    return cell(problem, travel.distances.empty() ? travel.durations : travel.distances, way.from,
                way.to);
  }
  const std::vector<Place> line = line_of(problem, travel, way);
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    sum += measured(travel, line[i - 1], line[i]);
  }
  return sum;
}

double nominal_time(const Problem& problem, const Travel& travel, const Way& way) {
  if (way.from == kNone || way.to == kNone || way.from == way.to) {
    return 0;
  }
  const auto* detour = way.around ? detour_of(travel, way) : nullptr;
  if (detour != nullptr && detour->corners.empty()) {
    return detour->duration_s;
  }
  return travel.metric == Metric::matrix ? cell(problem, travel.durations, way.from, way.to)
                                         : distance_of(problem, travel, way) / travel.speed;
}

double driving_time(const Problem& problem, const routing::Vehicle& vehicle, const Way& way,
                    double depart) {
  const Travel& travel = problem.ways.at(vehicle.ways);
  const double work = nominal_time(problem, travel, way) * vehicle.travel_factor;
  if (work == kForever || travel.slices.empty()) {
    return work;
  }
  // In a slice of factor f the vehicle does 1/f of the work each second.
  double done = 0;
  double clock = depart;
  for (std::size_t next = 0; next <= travel.slices.size(); ++next) {
    const double until = next < travel.slices.size() ? travel.slices[next].from : kForever;
    const double factor = next == 0 ? 1 : travel.slices[next - 1].factor;
    if (until <= clock) {
      continue;
    }
    const double needed = (work - done) * factor;
    if (clock + needed <= until) {
      return clock + needed - depart;
    }
    done += (until - clock) / factor;
    clock = until;
  }
  return work;
}

}  // namespace huan::routing_check
