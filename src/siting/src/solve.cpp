// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/solve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

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

Answer answer_of(const Problem& problem, const Space& space, Budget& budget,
                 const Beginning* begin) {
  const std::vector<double> weight = weights(problem);
  const bool integral = whole(weight) && problem.detour == 1 &&
                        (problem.metric == Metric::planar_floor ||
                         (problem.metric == Metric::table && whole(problem.table)));
  MedianTask task{
      space,   weight, static_cast<std::uint32_t>(problem.p), problem.required, problem.forbidden,
      integral};
  task.begin = begin;
  MedianPlan plan = solve_median(task, budget);
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
base::Result<Answer> median(const Problem& problem, Budget& budget, const Beginning* begin) {
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
    Answer answer = answer_of(problem, space, equal ? some : budget, begin);
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

/// The candidates nearest to what changed, where there are coordinates.
std::vector<std::uint32_t> near_changed(const Problem& problem,
                                        const std::vector<std::uint32_t>& changed) {
  constexpr std::size_t kLookedAtFirst = 400;  // of each
  std::vector<std::uint32_t> out;
  std::vector<std::uint8_t> seen(problem.candidate_count, 0);
  const auto add = [&](std::uint32_t j) {
    if (std::exchange(seen[j], 1) == 0) {
      out.push_back(j);
    }
  };
  std::for_each(changed.begin(), changed.end(), add);
  for (const std::uint32_t from : changed) {
    if (problem.candidates.empty()) {
      break;
    }
    const bool sphere = problem.metric == Metric::great_circle;
    const double narrow =
        sphere ? std::cos(problem.candidates[from].y * std::numbers::pi / 180) : 1.0;
    std::vector<std::pair<double, std::uint32_t>> by_way;
    by_way.reserve(problem.candidate_count);
    for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
      by_way.emplace_back(
          std::hypot((problem.candidates[j].x - problem.candidates[from].x) * narrow,
                     problem.candidates[j].y - problem.candidates[from].y),
          j);
    }
    const auto end =
        by_way.begin() + static_cast<std::ptrdiff_t>(std::min(by_way.size(), kLookedAtFirst));
    std::partial_sort(by_way.begin(), end, by_way.end());
    std::for_each(by_way.begin(), end, [&](const auto& one) { add(one.second); });
  }
  return out;
}

base::Result<Answer> solve_from(const Problem& problem, const Limits& limits,
                                const Beginning* begin) {
  HUAN_CHECK(check_problem(problem));
  Budget budget(limits);
  switch (problem.kind) {
    case Kind::pmedian:
      if (problem.metric == Metric::listed) {
        return Error{ErrorCode::bad_problem, "metric", "a p-median needs distances"};
      }
      return median(problem, budget, begin);
    case Kind::capacitated:
      return problem.split ? solve_facility(problem, budget) : solve_capacitated(problem, budget);
    case Kind::facility:
      return solve_facility(problem, budget);
    case Kind::cover:
      return solve_cover(problem, budget);
    case Kind::maxcover:
      return solve_max_cover(problem, budget, begin);
    case Kind::pcenter:
      return solve_center(problem, budget);
    default:
      return Error{ErrorCode::not_supported, "problem", std::string{name(problem.kind)}};
  }
}

}  // namespace

base::Result<Answer> solve(const Problem& problem, const Limits& limits) {
  return solve_from(problem, limits, nullptr);
}

bool begins_from_former(Kind kind) { return kind == Kind::pmedian || kind == Kind::maxcover; }

base::Result<Answer> resolve(const Problem& problem, const Former& former, const Limits& limits) {
  const auto there = [&](std::uint32_t j) { return j < problem.candidate_count; };
  if (!std::all_of(former.facilities.begin(), former.facilities.end(), there) ||
      !std::all_of(former.changed.begin(), former.changed.end(), there)) {
    return Error{ErrorCode::bad_problem, "from",
                 "names a candidate that the problem does not have"};
  }
  if (!begins_from_former(problem.kind)) {
    return solve(problem, limits);
  }
  Beginning begin{former.facilities, former.multipliers, near_changed(problem, former.changed)};
  if (begin.multipliers.size() != problem.customer_count) {
    begin.multipliers.clear();
  }
  return solve_from(problem, limits, &begin);
}

}  // namespace huan::siting
