// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <algorithm>
#include <numbers>
#include <optional>

#include "nearby.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::Metric;
using siting_problem::Point;

constexpr double kSphereRelative = 1e-11;  ///< of the functions used on the sphere
constexpr double kSphereMetres = 1e-7;
constexpr double kHairOfReach = 1e-9;  ///< of two ways to compute the same distance

bool linked(const Problem& problem, std::uint32_t candidate, std::uint32_t customer) {
  const auto begin = std::partition_point(
      problem.links.begin(), problem.links.end(), [&](const siting_problem::Link& link) {
        return link.customer != customer ? link.customer < customer : link.candidate < candidate;
      });
  return begin != problem.links.end() && begin->customer == customer &&
         begin->candidate == candidate;
}

bool whole(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) {
    return !std::isfinite(value) || (value == std::floor(value) && value < 9e15);
  });
}

}  // namespace

// Haversines: exact enough for neighbours, unlike the law of cosines.
double on_sphere(const Point& a, const Point& b) {
  constexpr double kRadian = std::numbers::pi / 180;
  const double north = std::sin((b.y - a.y) * kRadian / 2);
  const double east = std::sin((b.x - a.x) * kRadian / 2);
  const double h = north * north + std::cos(a.y * kRadian) * std::cos(b.y * kRadian) * east * east;
  return 2 * siting_problem::kEarthRadiusM * std::asin(std::sqrt(std::min(1.0, h)));
}

double distance(const Problem& problem, std::uint32_t candidate, std::uint32_t customer) {
  if (problem.metric == Metric::listed) {
    return linked(problem, candidate, customer) ? 0 : 1;
  }
  if (problem.metric == Metric::table) {
    return problem.table[std::size_t{candidate} * problem.customer_count + customer] *
           problem.detour;
  }
  const Point& a = problem.candidates[candidate];
  const Point& b = problem.customers[customer];
  if (problem.metric == Metric::great_circle) {
    return on_sphere(a, b) * problem.detour;
  }
  const double plain = std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
  return (problem.metric == Metric::planar_floor ? std::floor(plain) : plain) * problem.detour;
}

bool beyond_reach(const Problem& problem, double distance) {
  return problem.reach > 0 && distance > problem.reach * (1 + kHairOfReach);
}

double distance_below(const Problem& problem, std::uint32_t candidate, std::uint32_t customer) {
  const double plain = distance(problem, candidate, customer);
  if (beyond_reach(problem, plain)) {
    return std::numeric_limits<double>::infinity();
  }
  switch (problem.metric) {
    case Metric::great_circle:
      return std::max(0.0, plain * (1 - kSphereRelative) - kSphereMetres);
    case Metric::planar:
      // Six roundings, each of half a unit in the last place or less.
      return std::max(0.0, plain * (1 - 8 * std::numeric_limits<double>::epsilon()));
    default:
      return problem.detour == 1 ? plain : down(plain);
  }
}

Problem linked(const Problem& problem, double radius) {
  if (problem.metric == Metric::listed) {
    return problem;
  }
  Problem out = problem;
  out.metric = Metric::listed;
  out.table.clear();
  std::optional<Nearby> nearby;
  if (problem.metric != Metric::table) {
    nearby.emplace(problem);
  }
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    const auto first = static_cast<std::ptrdiff_t>(out.links.size());
    const auto look = [&](std::uint32_t j) {
      if (distance(problem, j, u) <= radius) {
        out.links.push_back({j, u});
      }
    };
    for (std::uint32_t j = 0; j < problem.candidate_count && !nearby; ++j) {
      look(j);
    }
    if (nearby) {
      nearby->each(u, radius, look);
    }
    std::sort(out.links.begin() + first, out.links.end(),
              [](const auto& a, const auto& b) { return a.candidate < b.candidate; });
  }
  return out;
}

bool whole_valued(const Problem& problem) {
  const bool distances = problem.metric == Metric::planar_floor ||
                         problem.metric == Metric::listed ||
                         (problem.metric == Metric::table && whole(problem.table));
  return distances && problem.detour == 1 && whole(problem.weight) && !problem.split;
}

}  // namespace huan::siting_check
