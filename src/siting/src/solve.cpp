// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/solve.hpp"

#include <array>
#include <optional>

#include "capacitated.hpp"
#include "coverage.hpp"
#include "equity.hpp"
#include "facility.hpp"
#include "huan/siting/check_problem.hpp"
#include "median.hpp"
#include "partial_cover.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr std::int64_t kIterationsOfMedian = 20'000;  ///< where plans have to be made equal

void assign_to_nearest(Answer& answer, const Space& space, const std::vector<double>& weight) {
  SwapSearch search(space, weight, {});
  search.set_open(answer.facilities);
  answer.assignment.resize(space.customers());
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    answer.assignment[u] = search.nearest(u);
  }
}

/// A customer that is farther than the reach from what serves it; kNone when there is none.
std::uint32_t beyond_reach(const Space& space, const Answer& answer) {
  for (std::uint32_t u = 0; u < answer.assignment.size(); ++u) {
    if (space.distance(answer.assignment[u], u) > space.reach()) {
      return u;
    }
  }
  return kNone;
}

Answer answer_of(const Problem& problem, const Space& space, Budget& budget) {
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
  return answer;
}

/// Says no more than what is known: a bound above what any plan within the reach costs rules all of
/// them out.
Error none_within(const Problem& problem, const Answer& answer, std::uint32_t customer) {
  double most = 0;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    most += problem.weight_of(u) * problem.reach;
  }
  const bool proven = answer.lower > most * (1 + 1e-9);
  return {ErrorCode::unreachable_point, customer_name(problem, customer),
          proven ? "no plan serves everybody within the reach"
                 : "no plan was found that serves everybody within the reach"};
}

// What lies beyond the reach costs more and more until nobody is served from there.
base::Result<Answer> median(const Problem& problem, Budget& budget) {
  constexpr std::array<double, 3> kBeyond{1, 30, 900};
  constexpr double kShareOfMedian = 0.5;  // of the time, where plans have to be made equal
  std::optional<Error> none;
  for (const double beyond : kBeyond) {
    const Space space(problem, beyond);
    if (const std::uint32_t u = space.on_points() ? kNone : unreachable(problem); u != kNone) {
      return Error{ErrorCode::unreachable_point, customer_name(problem, u),
                   "no candidate that may open is connected with it"};
    }
    const bool equal = problem.gini < 1;
    const std::int64_t few = budget.left() > 0 ? 1 + budget.left() / 2 : kIterationsOfMedian;
    const Limits first = budget.part(few, kShareOfMedian);
    Budget some(first);
    Answer answer = answer_of(problem, space, equal ? some : budget);
    if (equal) {
      HUAN_CHECK(make_equal(problem, space, answer, budget));
    }
    assign_to_nearest(answer, space, weights(problem));
    const std::uint32_t far = problem.reach > 0 ? beyond_reach(space, answer) : kNone;
    if (far == kNone) {
      return answer;
    }
    none = none_within(problem, answer, far);
    if (budget.ended()) {
      break;
    }
  }
  return *none;
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
      return problem.split ? solve_facility(problem, budget) : solve_capacitated(problem, budget);
    case Kind::facility:
      return solve_facility(problem, budget);
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
