// SPDX-License-Identifier: Apache-2.0
// Maximal cover as a p-median whose distances are 0 (covered) and 1 (not): the least weight that
// stays uncovered.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "coverage.hpp"
#include "median.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr double kRoundingOfSums = 1e-6;

MedianTask task_of(const Problem& problem, const Space& space, const std::vector<double>& weight) {
  return {space,
          weight,
          static_cast<std::uint32_t>(problem.p),
          problem.required,
          problem.forbidden,
          whole(weight)};
}

std::vector<std::uint32_t> assigned(const Problem& problem, const Space& space,
                                    const std::vector<double>& weight,
                                    const std::vector<std::uint32_t>& facilities) {
  SwapSearch search(space, weight, {});
  search.set_open(facilities);
  std::vector<std::uint32_t> out(problem.customer_count);
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    out[u] = search.nearest(u);
  }
  return out;
}

}  // namespace

base::Result<Answer> solve_max_cover(const Problem& problem, Budget& budget) {
  if (problem.metric != Metric::listed && !(problem.radius > 0)) {
    return Error{ErrorCode::bad_problem, "radius", "has to be over 0"};
  }
  constexpr std::size_t kListed = 12'000'000;  // pairs; above, they are looked up again and again
  auto links = linked(problem, {problem.radius, false, kListed});
  const bool listed = links.has_value() || problem.metric == Metric::table;
  if (!links && listed) {
    links = linked(problem, {problem.radius, false});
  }
  if (!links && listed) {
    return links.error();
  }
  const Space space = listed ? Space::of_links(*links) : Space::covering(problem);
  const std::vector<double> weight = weights(problem);
  MedianPlan plan = solve_median(task_of(problem, space, weight), budget);
  const double all = std::accumulate(weight.begin(), weight.end(), 0.0);
  Answer answer;
  answer.lower = all - plan.upper;
  answer.upper = plan.proven ? answer.lower : all - plan.lower;
  if (whole(weight)) {
    answer.upper = std::floor(answer.upper + kRoundingOfSums);
  }
  answer.assignment = assigned(problem, space, weight, plan.facilities);
  answer.facilities = std::move(plan.facilities);
  answer.proof = std::move(plan.proof);
  end(answer, budget, plan.proven || answer.upper == answer.lower);
  return answer;
}

}  // namespace huan::siting
