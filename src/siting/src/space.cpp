// SPDX-License-Identifier: Apache-2.0
#include "space.hpp"

#include <numbers>
#include <numeric>

#include "huan/base/assert.hpp"

namespace huan::siting {
namespace {

constexpr double kSlack = 1 + 1e-9;  ///< of radii: a box on the edge is looked into
constexpr double kMetre = 1e-6;
constexpr double kHairOfReach = 1e-12;  ///< of two ways to compute the same distance
constexpr double kBeyond = 20;

std::vector<Spot> spots_of(const std::vector<siting_problem::Point>& points, Metric metric) {
  std::vector<Spot> spots;
  spots.reserve(points.size());
  for (const siting_problem::Point& point : points) {
    if (metric != Metric::great_circle) {
      spots.push_back({point.x, point.y, 0});
      continue;
    }
    const double longitude = point.x * std::numbers::pi / 180;
    const double latitude = point.y * std::numbers::pi / 180;
    const double level = siting_problem::kEarthRadiusM * std::cos(latitude);
    spots.push_back({level * std::cos(longitude), level * std::sin(longitude),
                     siting_problem::kEarthRadiusM * std::sin(latitude)});
  }
  return spots;
}

void sort_rows(Rows& rows) {
  std::vector<std::pair<double, std::uint32_t>> row;
  for (std::size_t r = 0; r + 1 < rows.start.size(); ++r) {
    row.clear();
    for (std::uint64_t k = rows.start[r]; k < rows.start[r + 1]; ++k) {
      row.emplace_back(rows.distance[k], rows.other[k]);
    }
    std::sort(row.begin(), row.end());
    for (std::size_t k = 0; k < row.size(); ++k) {
      rows.distance[rows.start[r] + k] = row[k].first;
      rows.other[rows.start[r] + k] = row[k].second;
    }
  }
}

Rows turned(const Rows& rows, std::uint32_t others) {
  Rows out;
  out.start.assign(std::size_t{others} + 1, 0);
  for (const std::uint32_t other : rows.other) {
    ++out.start[other + 1];
  }
  std::partial_sum(out.start.begin(), out.start.end(), out.start.begin());
  out.other.resize(rows.other.size());
  out.distance.resize(rows.other.size());
  std::vector<std::uint64_t> next(out.start.begin(), out.start.end() - 1);
  for (std::uint32_t r = 0; r + 1 < rows.start.size(); ++r) {
    for (std::uint64_t k = rows.start[r]; k < rows.start[r + 1]; ++k) {
      const std::uint64_t to = next[rows.other[k]]++;
      out.other[to] = r;
      out.distance[to] = rows.distance[k];
    }
  }
  return out;
}

}  // namespace

Space::Space(const Problem& problem, double beyond)
    : metric_(problem.metric),
      detour_(problem.detour),
      customers_(problem.customer_count),
      candidates_(problem.candidate_count) {
  HUAN_ASSERT(metric_ != Metric::listed);
  if (problem.reach > 0) {
    reach_ = problem.reach * (1 + kHairOfReach);
    beyond_ = std::ceil(kBeyond * beyond * problem.reach);
  }
  if (metric_ != Metric::table) {
    on_points_ = true;
    customer_spots_ = spots_of(problem.customers, metric_);
    candidate_spots_ = spots_of(problem.candidates, metric_);
    customer_tree_ = KdTree(customer_spots_);
    candidate_tree_ = KdTree(candidate_spots_);
    return;
  }
  by_candidate_.start.reserve(std::size_t{candidates_} + 1);
  by_candidate_.other.reserve(problem.table.size());
  by_candidate_.distance.reserve(problem.table.size());
  by_candidate_.start.push_back(0);
  for (std::uint32_t j = 0; j < candidates_; ++j) {
    for (std::uint32_t i = 0; i < customers_; ++i) {
      const double d = problem.table[std::size_t{j} * customers_ + i];
      if (std::isfinite(d)) {
        by_candidate_.other.push_back(i);
        const double way = d * detour_;
        by_candidate_.distance.push_back(way > reach_ ? way + beyond_ : way);
      }
    }
    by_candidate_.start.push_back(by_candidate_.other.size());
  }
  by_customer_ = turned(by_candidate_, customers_);
  sort_rows(by_candidate_);
  sort_rows(by_customer_);
}

Space Space::of_links(const Problem& problem) {
  Space space;
  space.metric_ = Metric::listed;
  space.far_ = 1;
  space.customers_ = problem.customer_count;
  space.candidates_ = problem.candidate_count;
  Rows& rows = space.by_customer_;
  rows.start.assign(std::size_t{problem.customer_count} + 1, 0);
  rows.other.reserve(problem.links.size());
  for (const siting_problem::Link& link : problem.links) {
    ++rows.start[link.customer + 1];
    rows.other.push_back(link.candidate);
  }
  std::partial_sum(rows.start.begin(), rows.start.end(), rows.start.begin());
  rows.distance.assign(rows.other.size(), 0.0);
  space.by_candidate_ = turned(rows, problem.candidate_count);
  return space;
}

Space Space::covering(const Problem& problem) {
  Space space(problem);
  HUAN_ASSERT(space.on_points_);
  space.covers_ = problem.radius;
  space.far_ = 1;
  return space;
}

Space Space::on_spots(std::vector<Spot> customers, std::vector<Spot> candidates) const {
  HUAN_ASSERT(on_points_);
  Space space;
  space.metric_ = metric_;
  space.detour_ = detour_;
  space.reach_ = reach_;
  space.beyond_ = beyond_;
  space.on_points_ = true;
  space.covers_ = covers_;
  space.far_ = far_;
  space.customers_ = static_cast<std::uint32_t>(customers.size());
  space.candidates_ = static_cast<std::uint32_t>(candidates.size());
  space.customer_spots_ = std::move(customers);
  space.candidate_spots_ = std::move(candidates);
  space.customer_tree_ = KdTree(space.customer_spots_);
  space.candidate_tree_ = KdTree(space.candidate_spots_);
  return space;
}

double Space::other_metric(double spot_squared) const {
  switch (metric_) {
    case Metric::planar_floor:
      return std::floor(std::sqrt(spot_squared)) * detour_;
    case Metric::great_circle: {
      const double half = std::sqrt(spot_squared) / (2 * siting_problem::kEarthRadiusM);
      return 2 * siting_problem::kEarthRadiusM * std::asin(std::min(1.0, half)) * detour_;
    }
    default:
      return std::sqrt(spot_squared) * detour_;
  }
}

double Space::spot_radius(double distance) const {
  const double within = distance > reach_ ? std::max(reach_, distance - beyond_) : distance;
  const double plain = (covers_ >= 0 ? covers_ : within) / detour_;
  if (!std::isfinite(plain)) {
    return std::numeric_limits<double>::infinity();
  }
  switch (metric_) {
    case Metric::planar_floor:
      return (plain + 1) * kSlack;
    case Metric::great_circle: {
      const double angle = plain / (2 * siting_problem::kEarthRadiusM);
      return angle >= std::numbers::pi / 2
                 ? std::numeric_limits<double>::infinity()
                 : 2 * siting_problem::kEarthRadiusM * std::sin(angle) * kSlack + kMetre;
    }
    default:
      return plain * kSlack;
  }
}

double Space::distance(std::uint32_t candidate, std::uint32_t customer) const {
  if (on_points_) {
    return metric(squared(candidate_spots_[candidate], customer_spots_[customer]));
  }
  const auto begin = by_customer_.start[customer];
  const auto end = by_customer_.start[customer + 1];
  for (auto k = begin; k < end; ++k) {
    if (by_customer_.other[k] == candidate) {
      return by_customer_.distance[k];
    }
  }
  return far_;
}

}  // namespace huan::siting
