// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/solve.hpp"

#include <cmath>

#include "check_problem.hpp"
#include "median.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;
using siting_problem::Status;
using siting_problem::Stop;

constexpr double kWhole = 9e15;

bool whole(const std::vector<double>& values) {
  for (const double value : values) {
    if (std::isfinite(value) && (value != std::floor(value) || value > kWhole)) {
      return false;
    }
  }
  return true;
}

std::vector<double> weights(const Problem& problem) {
  return problem.weight.empty() ? std::vector<double>(problem.customer_count, 1.0) : problem.weight;
}

void end(Answer& answer, const Budget& budget, bool proven) {
  answer.iterations = budget.iterations();
  answer.stop = proven ? Stop::proven : (budget.ended() ? budget.why() : Stop::settled);
  answer.status = proven ? Status::optimal
                         : (answer.stop == Stop::seconds ? Status::time_limit : Status::feasible);
}

void assign_to_nearest(Answer& answer, const Space& space, const std::vector<double>& weight) {
  SwapSearch search(space, weight, {});
  search.set_open(answer.facilities);
  answer.assignment.resize(space.customers());
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    answer.assignment[u] = search.nearest(u);
  }
}

/// A customer that no allowed candidate reaches, or kNone.
std::uint32_t unreachable(const Problem& problem, const Space& space) {
  if (space.on_points()) {
    return kNone;
  }
  const Rows& rows = space.by_customer();
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    bool reached = false;
    for (auto k = rows.start[u]; k < rows.start[u + 1] && !reached; ++k) {
      reached = !problem.is_forbidden(rows.other[k]);
    }
    if (!reached) {
      return u;
    }
  }
  return kNone;
}

base::Result<Answer> median(const Problem& problem, Budget& budget) {
  const Space space(problem);
  if (const std::uint32_t u = unreachable(problem, space); u != kNone) {
    return Error{ErrorCode::unreachable_point,
                 u < problem.customer_ids.size() ? problem.customer_ids[u] : std::to_string(u + 1),
                 "no candidate that may open is connected with it"};
  }
  const std::vector<double> weight = weights(problem);
  const bool integral = whole(weight) && problem.detour == 1 &&
                        (problem.metric == Metric::planar_floor ||
                         (problem.metric == Metric::table && whole(problem.table)));
  MedianPlan plan = solve_median({space, weight, static_cast<std::uint32_t>(problem.p),
                                  problem.required, problem.forbidden, integral},
                                 budget);
  Answer answer;
  answer.facilities = std::move(plan.facilities);
  answer.upper = plan.upper;
  answer.lower = plan.proven ? plan.upper : plan.lower;
  answer.proof = std::move(plan.proof);
  end(answer, budget, plan.proven);
  assign_to_nearest(answer, space, weight);
  return answer;
}

}  // namespace

base::Result<Answer> solve(const Problem& problem, const Limits& limits) {
  HUAN_CHECK(check_problem(problem));
  Budget budget(limits);
  switch (problem.kind) {
    case Kind::pmedian:
      if (problem.metric == Metric::listed) {
        return Error{ErrorCode::bad_problem, "metric", "a p-median needs distances"};
      }
      return median(problem, budget);
    default:
      return Error{ErrorCode::not_supported, "problem", std::string{name(problem.kind)}};
  }
}

}  // namespace huan::siting
