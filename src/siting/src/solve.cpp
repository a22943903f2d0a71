// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/solve.hpp"

#include "capacitated.hpp"
#include "coverage.hpp"
#include "huan/siting/check_problem.hpp"
#include "median.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

void assign_to_nearest(Answer& answer, const Space& space, const std::vector<double>& weight) {
  SwapSearch search(space, weight, {});
  search.set_open(answer.facilities);
  answer.assignment.resize(space.customers());
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    answer.assignment[u] = search.nearest(u);
  }
}

base::Result<Answer> median(const Problem& problem, Budget& budget) {
  const Space space(problem);
  if (const std::uint32_t u = space.on_points() ? kNone : unreachable(problem); u != kNone) {
    return Error{ErrorCode::unreachable_point, customer_name(problem, u),
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
    case Kind::capacitated:
      return solve_capacitated(problem, budget);
    case Kind::cover:
      return solve_cover(problem, budget);
    case Kind::maxcover:
      return solve_max_cover(problem, budget);
    case Kind::pcenter:
      return solve_center(problem, budget);
    default:
      return Error{ErrorCode::not_supported, "problem", std::string{name(problem.kind)}};
  }
}

}  // namespace huan::siting
