// SPDX-License-Identifier: Apache-2.0
#include "ways.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace huan::routing {

namespace {

constexpr double kEarthRadius = 6'371'008.8;
/// What one entry of a table takes, on a slow machine.
constexpr double kPlaneSeconds = 2e-8;
constexpr double kSphereSeconds = 2e-7;
constexpr double kDegree = 3.14159265358979323846 / 180;

double haversine(const Place& a, const Place& b) {
  const double u = std::sin((b.y - a.y) * kDegree / 2);
  const double v = std::sin((b.x - a.x) * kDegree / 2);
  const double h = u * u + std::cos(a.y * kDegree) * std::cos(b.y * kDegree) * v * v;
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

double metric_of(Metric metric, const Place& a, const Place& b) {
  switch (metric) {
    case Metric::manhattan:
      return std::abs(a.x - b.x) + std::abs(a.y - b.y);
    case Metric::great_circle:
      return haversine(a, b);
    case Metric::euclidean:
    case Metric::matrix:
      break;
  }
  const double x = a.x - b.x;
  const double y = a.y - b.y;
  return std::sqrt(x * x + y * y);
}

/// The place on a sphere of radius 1.
std::array<double, 3> on_sphere(const Place& place) {
  const double around = place.x * kDegree;
  const double up = place.y * kDegree;
  return {std::cos(up) * std::cos(around), std::cos(up) * std::sin(around), std::sin(up)};
}

/// By the chord between them: no angle has to be worked out but one.
double great_circle(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  const double x = a[0] - b[0];
  const double y = a[1] - b[1];
  const double z = a[2] - b[2];
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(x * x + y * y + z * z) / 2));
}

double rounded(Rounding rounding, double exact) {
  switch (rounding) {
    case Rounding::nearest:
      return std::floor(exact + 0.5);
    case Rounding::down:
      return std::floor(exact);
    case Rounding::none:
      break;
  }
  return exact;
}

bool has_hole(const std::vector<double>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [](double x) { return !(x < kForever); });
}

}  // namespace

Ways::Ways(const Problem& problem, const Travel& travel, bool open_ends, double seconds)
    : problem_(&problem), travel_(&travel), stride_(problem.places.size()) {
  for (const SpeedSlice& slice : travel.slices) {
    quickest_ = std::min(quickest_, slice.factor);
  }
  const std::size_t n = problem.places.size();
  if (travel.metric == Metric::matrix) {
    symmetric_ = false;
    holed_ = has_hole(travel.durations) || has_hole(travel.distances);
    const bool both = !travel.distances.empty();
    if (open_ends) {
      own_durations_ = table(travel.durations, true);
      own_distances_ = both ? table(travel.distances, true) : std::vector<double>{};
    }
    durations_ = open_ends ? own_durations_.data() : travel.durations.data();
    const double* given = open_ends ? own_distances_.data() : travel.distances.data();
    distances_ = both ? given : durations_;
    stride_ += open_ends ? 1 : 0;
    return;
  }
  per_speed_ = 1 / travel.speed;
  const double each = travel.metric == Metric::great_circle ? kSphereSeconds : kPlaneSeconds;
  if (n <= kDensePlaces && each * static_cast<double>(n * n) <= seconds) {
    own_distances_ = table({}, open_ends);
    distances_ = own_distances_.data();
    stride_ += open_ends ? 1 : 0;
  } else if (travel.metric == Metric::great_circle) {
    on_sphere_.resize(n);
    std::transform(problem.places.begin(), problem.places.end(), on_sphere_.begin(), on_sphere);
  }
}

std::vector<double> Ways::table(const std::vector<double>& given, bool open_ends) const {
  const std::size_t n = problem_->places.size();
  const std::size_t side = n + (open_ends ? 1 : 0);
  std::vector<double> rows(side * side, 0);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      rows[a * side + b] =
          given.empty() ? measure(static_cast<Index>(a), static_cast<Index>(b)) : given[a * n + b];
    }
  }
  return rows;
}

double measured(const Travel& travel, const Place& a, const Place& b) {
  return rounded(travel.rounding, metric_of(travel.metric, a, b) * travel.scale);
}

double Ways::measure(Index a, Index b) const {
  const std::size_t n = problem_->places.size();
  if (a >= n || b >= n || a == b) {
    return 0;
  }
  return on_sphere_.empty() ? measured(*travel_, problem_->places[a], problem_->places[b])
                            : rounded(travel_->rounding,
                                      great_circle(on_sphere_[a], on_sphere_[b]) * travel_->scale);
}

double Ways::stretched(double seconds, double depart) const {
  double left = seconds;
  if (travel_->slices.empty() || left == kForever) {
    return left;
  }
  double now = depart;
  double slowness = 1;
  for (const SpeedSlice& slice : travel_->slices) {
    if (slice.from > now) {
      const double room = (slice.from - now) / slowness;
      if (left <= room) {
        break;
      }
      left -= room;
      now = slice.from;
    }
    slowness = slice.factor;
  }
  return now + left * slowness - depart;
}

const Detour* Ways::detour(Index a, Index b) const {
  const auto& list = travel_->detours;
  const auto found = std::lower_bound(
      list.begin(), list.end(), std::pair{a, b},
      [](const Detour& one, const auto& key) { return std::pair{one.from, one.to} < key; });
  return found != list.end() && found->from == a && found->to == b ? &*found : nullptr;
}

}  // namespace huan::routing
