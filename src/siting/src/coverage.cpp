// SPDX-License-Identifier: Apache-2.0
#include "coverage.hpp"

#include <algorithm>
#include <cmath>

#include "space.hpp"

namespace huan::siting {
namespace {

using siting_problem::kNobody;
using siting_problem::Problem;
using siting_problem::Status;
using siting_problem::Stop;

constexpr double kWhole = 9e15;
constexpr double kHairOfRadius = 2e-8;  ///< who measures otherwise may find it within

}  // namespace

base::Result<Problem> linked(const Problem& problem, const Within& within) {
  Problem out;
  out.kind = problem.kind;
  out.metric = siting_problem::Metric::listed;
  out.customer_count = problem.customer_count;
  out.candidate_count = problem.candidate_count;
  out.weight = problem.weight;
  out.cost = problem.cost;
  out.required = problem.required;
  out.forbidden = problem.forbidden;
  out.customer_ids = problem.customer_ids;
  out.p = problem.p;
  if (problem.metric == siting_problem::Metric::listed) {
    for (const auto& link : problem.links) {
      if (!problem.is_forbidden(link.candidate)) {
        out.links.push_back(link);
      }
    }
    return out;
  }
  const Space space(problem);
  const double radius =
      within.strictly ? within.radius
                      : std::nextafter(within.radius, std::numeric_limits<double>::infinity());
  const double narrow = within.narrowly != nullptr ? radius * (1 + kHairOfRadius) : radius;
  std::vector<std::uint32_t> row;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    row.clear();
    space.near(u, narrow, [&](std::uint32_t j, double d) {
      if (d >= radius) {
        *within.narrowly = true;
      } else if (!problem.is_forbidden(j)) {
        row.push_back(j);
      }
    });
    std::sort(row.begin(), row.end());
    for (const std::uint32_t j : row) {
      out.links.push_back({j, u});
    }
    if (out.links.size() > within.most) {
      return base::Error{base::ErrorCode::too_large, "radius",
                         "over " + std::to_string(within.most) + " pairs lie within it"};
    }
  }
  return out;
}

void end(siting_problem::Answer& answer, const Budget& budget, bool proven) {
  answer.iterations = budget.iterations();
  answer.stop = proven ? Stop::proven : (budget.ended() ? budget.why() : Stop::settled);
  answer.status = proven ? Status::optimal
                         : (answer.stop == Stop::seconds ? Status::time_limit : Status::feasible);
}

bool whole(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) {
    return !std::isfinite(value) || (value == std::floor(value) && value <= kWhole);
  });
}

std::vector<double> weights(const Problem& problem) {
  return problem.weight.empty() ? std::vector<double>(problem.customer_count, 1.0) : problem.weight;
}

std::string customer_name(const Problem& problem, std::uint32_t k) {
  return k < problem.customer_ids.size() ? problem.customer_ids[k] : std::to_string(k + 1);
}

std::uint32_t unreachable(const Problem& problem) {
  std::vector<std::uint8_t> reached(problem.customer_count, 0);
  for (const auto& link : problem.links) {
    reached[link.customer] = 1;
  }
  if (problem.metric == siting_problem::Metric::table) {
    for (std::size_t k = 0; k < problem.table.size(); ++k) {
      const auto j = static_cast<std::uint32_t>(k / problem.customer_count);
      if (std::isfinite(problem.table[k]) && !problem.is_forbidden(j)) {
        reached[k % problem.customer_count] = 1;
      }
    }
  }
  const auto none = std::find(reached.begin(), reached.end(), std::uint8_t{0});
  return none == reached.end() ? kNobody : static_cast<std::uint32_t>(none - reached.begin());
}

}  // namespace huan::siting
