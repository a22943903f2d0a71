// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/check_problem.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Point;
using siting_problem::Problem;

constexpr std::uint32_t kMost = 20'000'000;
constexpr double kFarthest = 1e12;  ///< of a coordinate or a distance
constexpr double kHeaviest = 1e12;

std::string id(const std::vector<std::string>& ids, std::size_t k) {
  return k < ids.size() ? ids[k] : std::to_string(k + 1);
}

base::Result<void> check_points(const std::vector<Point>& points,
                                const std::vector<std::string>& ids, Metric metric) {
  for (std::size_t k = 0; k < points.size(); ++k) {
    const auto [x, y] = points[k];
    const bool plain = std::isfinite(x) && std::isfinite(y) && std::abs(x) <= kFarthest &&
                       std::abs(y) <= kFarthest;
    const bool on_earth =
        metric != Metric::great_circle || (std::abs(x) <= 180 && std::abs(y) <= 90);
    if (!plain || !on_earth) {
      return Error{ErrorCode::bad_coordinates, id(ids, k),
                   plain ? "longitude goes to 180, latitude to 90: are they swapped?"
                         : "not a number, or too large"};
    }
  }
  return {};
}

base::Result<void> check_values(const Problem& problem, const std::vector<double>& values,
                                std::size_t expected, const char* what) {
  if (!values.empty() && values.size() != expected) {
    return Error{ErrorCode::bad_problem, what, "has another length than the list it is about"};
  }
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!(values[k] > 0) || values[k] > kHeaviest) {
      const auto& ids =
          expected == problem.customer_count ? problem.customer_ids : problem.candidate_ids;
      return Error{ErrorCode::bad_demand, id(ids, k),
                   std::string{what} + " has to be over 0 and at most 1e12"};
    }
  }
  return {};
}

base::Result<void> check_shape(const Problem& problem) {
  const std::size_t n = problem.customer_count;
  const std::size_t m = problem.candidate_count;
  if (n == 0 || m == 0) {
    return Error{ErrorCode::bad_problem, n == 0 ? "customers" : "candidates", "there are none"};
  }
  if (n > kMost || m > kMost) {
    return Error{ErrorCode::too_large, n > kMost ? "customers" : "candidates", "over 20,000,000"};
  }
  const bool points = problem.metric != Metric::table && problem.metric != Metric::listed;
  if (points && (problem.customers.size() != n || problem.candidates.size() != m)) {
    return Error{ErrorCode::bad_problem, "points", "their number is not the stated one"};
  }
  if (problem.metric == Metric::table && problem.table.size() != n * m) {
    return Error{ErrorCode::bad_problem, "table", "is not candidates by customers"};
  }
  for (const double d : problem.table) {
    if (!(d >= 0) || (std::isfinite(d) && d > kFarthest)) {
      return Error{ErrorCode::bad_problem, "table", "a distance is negative or over 1e12"};
    }
  }
  for (const auto& link : problem.links) {
    if (link.candidate >= m || link.customer >= n) {
      return Error{ErrorCode::bad_problem, "links", "a link names what is not there"};
    }
  }
  if (!(problem.detour >= 1) || problem.detour > 10) {
    return Error{ErrorCode::bad_problem, "detour", "goes from 1 to 10"};
  }
  for (const auto* flags : {&problem.required, &problem.forbidden}) {
    if (!flags->empty() && flags->size() != m) {
      return Error{ErrorCode::bad_problem, "candidates", "a flag for each is needed"};
    }
  }
  return {};
}

base::Result<void> check_count(const Problem& problem) {
  if (problem.kind == Kind::cover || problem.kind == Kind::tiered) {
    return {};
  }
  std::int64_t open = 0;
  std::int64_t needed = 0;
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_required(j) && problem.is_forbidden(j)) {
      return Error{ErrorCode::bad_problem, id(problem.candidate_ids, j),
                   "is both required and forbidden"};
    }
    open += problem.is_forbidden(j) ? 0 : 1;
    needed += problem.is_required(j) ? 1 : 0;
  }
  if (problem.p < 1) {
    return Error{ErrorCode::bad_problem, "p", "has to be at least 1"};
  }
  if (problem.p > open) {
    return Error{ErrorCode::too_few_candidates, "p",
                 std::to_string(problem.p) + " of " + std::to_string(open) + " candidates"};
  }
  if (problem.p < needed) {
    return Error{ErrorCode::bad_problem, "p",
                 "is smaller than the " + std::to_string(needed) + " facilities that are required"};
  }
  return {};
}

base::Result<void> check_capacity(const Problem& problem) {
  if (problem.capacity.empty() || problem.demand.empty()) {
    return problem.kind == Kind::capacitated
               ? base::Result<void>{Error{ErrorCode::bad_problem, "capacity",
                                          "a capacitated problem needs demands and capacities"}}
               : base::Result<void>{};
  }
  std::vector<double> largest = problem.capacity;
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    largest[j] = problem.is_forbidden(j) ? 0 : largest[j];
  }
  std::sort(largest.begin(), largest.end(), std::greater<>{});
  const auto p =
      static_cast<std::size_t>(std::clamp<std::int64_t>(problem.p, 0, problem.candidate_count));
  const double held =
      std::accumulate(largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(p), 0.0);
  const double asked = std::accumulate(problem.demand.begin(), problem.demand.end(), 0.0);
  if (held < asked) {
    return Error{ErrorCode::too_little_capacity, "capacity",
                 "the largest hold " + std::to_string(held) + " of " + std::to_string(asked)};
  }
  return {};
}

}  // namespace

base::Result<void> check_problem(const Problem& problem) {
  HUAN_CHECK(check_shape(problem));
  HUAN_CHECK(check_points(problem.customers, problem.customer_ids, problem.metric));
  HUAN_CHECK(check_points(problem.candidates, problem.candidate_ids, problem.metric));
  HUAN_CHECK(check_values(problem, problem.weight, problem.customer_count, "weight"));
  HUAN_CHECK(check_values(problem, problem.demand, problem.customer_count, "demand"));
  HUAN_CHECK(check_values(problem, problem.capacity, problem.candidate_count, "capacity"));
  HUAN_CHECK(check_values(problem, problem.cost, problem.candidate_count, "cost"));
  HUAN_CHECK(check_count(problem));
  return check_capacity(problem);
}

}  // namespace huan::siting
