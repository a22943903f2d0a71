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
constexpr std::size_t kSizesMost = 64;
constexpr std::int64_t kTimesMost = 100;

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
    const bool free = values[k] == 0 && &values == &problem.cost && problem.kind == Kind::facility;
    if (!free && (!(values[k] > 0) || values[k] > kHeaviest)) {
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
  if (problem.kind == Kind::facility && problem.p == 0) {
    return {};
  }
  if (problem.p < 1) {
    return Error{ErrorCode::bad_problem, "p", "how many facilities open: at least 1"};
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

/// Of each candidate, what it holds when it is built as large as can be.
std::vector<double> largest_capacities(const Problem& problem) {
  std::vector<double> largest = problem.capacity;
  largest.resize(problem.candidate_count, std::numeric_limits<double>::infinity());
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (!problem.sizes.empty()) {
      largest[j] = problem.sizes[j].back().capacity;
    }
    largest[j] = problem.is_forbidden(j) ? 0 : largest[j];
  }
  return largest;
}

base::Result<void> check_sizes(const Problem& problem) {
  if (problem.sizes.empty()) {
    return {};
  }
  if (problem.kind != Kind::facility || problem.sizes.size() != problem.candidate_count) {
    return Error{ErrorCode::bad_problem, "sizes", "are of each candidate of a facility problem"};
  }
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    const auto& sizes = problem.sizes[j];
    bool good = !sizes.empty() && sizes.size() <= kSizesMost;
    for (std::size_t k = 0; k < sizes.size() && good; ++k) {
      good = sizes[k].capacity > (k == 0 ? 0 : sizes[k - 1].capacity) &&
             sizes[k].capacity <= kHeaviest && sizes[k].cost >= 0 && sizes[k].cost <= kHeaviest;
    }
    if (!good) {
      return Error{ErrorCode::bad_problem, id(problem.candidate_ids, j),
                   "sizes are 1 to 64, by rising capacity over 0, of costs from 0 to 1e12"};
    }
  }
  return {};
}

/// Side conditions stand only where they are kept.
base::Result<void> check_sides(const Problem& problem) {
  const bool serves = problem.kind == Kind::pmedian || problem.kind == Kind::capacitated ||
                      problem.kind == Kind::facility;
  if (problem.reach != 0 && (!serves || !(problem.reach > 0) || problem.reach > kFarthest)) {
    return Error{ErrorCode::bad_problem, "reach",
                 "is over 0 and at most 1e12, of pmedian, capacitated and facility"};
  }
  if (problem.gini != 1 &&
      (problem.kind != Kind::pmedian || !(problem.gini >= 0) || !(problem.gini <= 1))) {
    return Error{ErrorCode::bad_problem, "gini", "goes from 0 to 1, of pmedian"};
  }
  if (problem.split && problem.kind != Kind::capacitated && problem.kind != Kind::facility) {
    return Error{ErrorCode::bad_problem, "split", "is of capacitated and facility"};
  }
  if (problem.times != 1 &&
      (problem.kind != Kind::cover || problem.times < 1 || problem.times > kTimesMost)) {
    return Error{ErrorCode::bad_problem, "times", "goes from 1 to 100, of cover"};
  }
  if (problem.share != 1 &&
      (problem.kind != Kind::cover || !(problem.share > 0) || !(problem.share <= 1))) {
    return Error{ErrorCode::bad_problem, "share", "is over 0 and at most 1, of cover"};
  }
  return {};
}

base::Result<void> check_capacity(const Problem& problem) {
  const bool open_count = problem.kind == Kind::facility;
  if (open_count && problem.p == 0 && problem.sizes.empty() && problem.cost.empty()) {
    return Error{ErrorCode::bad_problem, "cost",
                 "without p, facilities that cost nothing all open"};
  }
  if (open_count && !problem.sizes.empty() && problem.demand.empty()) {
    return Error{ErrorCode::bad_problem, "demand", "sizes hold demands, and there are none"};
  }
  if (open_count && problem.demand.empty()) {
    return problem.capacity.empty()
               ? base::Result<void>{}
               : Error{ErrorCode::bad_problem, "demand", "capacities hold demands"};
  }
  if (!open_count && problem.kind != Kind::capacitated) {
    return {};  // a file may say capacities that are not asked about
  }
  if (!open_count && (problem.capacity.empty() || problem.demand.empty())) {
    return Error{ErrorCode::bad_problem, "capacity",
                 "each customer's `demand` and each candidate's `capacity` are needed"};
  }
  std::vector<double> largest = largest_capacities(problem);
  std::sort(largest.begin(), largest.end(), std::greater<>{});
  const auto most = std::int64_t{problem.candidate_count};
  const auto p = static_cast<std::size_t>(
      open_count && problem.p == 0 ? most : std::clamp<std::int64_t>(problem.p, 0, most));
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
  HUAN_CHECK(check_sizes(problem));
  HUAN_CHECK(check_sides(problem));
  HUAN_CHECK(check_count(problem));
  return check_capacity(problem);
}

}  // namespace huan::siting
