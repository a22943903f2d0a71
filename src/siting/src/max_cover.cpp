// SPDX-License-Identifier: Apache-2.0
// Maximal cover and p-center as p-medians whose distances are 0 (covered) and 1 (not): the least
// weight that stays uncovered. A radius is too small for p facilities once somebody is proven to
// stay uncovered; the center is found between a radius proven too small and the one of a plan.
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
using siting_problem::kNobody;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr double kSomebody = 1e-6;  ///< proven to stay uncovered
constexpr double kCoarse = 0.02;    ///< relative: bisect until the ends are so near

MedianTask task_of(const Problem& links, const Space& space, const std::vector<double>& weight) {
  return {space,          weight,          static_cast<std::uint32_t>(links.p),
          links.required, links.forbidden, whole(weight)};
}

std::vector<std::uint32_t> assigned(const Problem& links, const Space& space,
                                    const std::vector<double>& weight,
                                    const std::vector<std::uint32_t>& facilities) {
  SwapSearch search(space, weight, {});
  search.set_open(facilities);
  std::vector<std::uint32_t> out(links.customer_count);
  for (std::uint32_t u = 0; u < links.customer_count; ++u) {
    out[u] = search.nearest(u);
  }
  return out;
}

Problem unit_cost(Problem links) {
  links.cost.clear();
  return links;
}

/// As many as are asked for: any that are not there yet.
void fill(std::vector<std::uint32_t>& facilities, const Problem& problem) {
  std::vector<std::uint8_t> open(problem.candidate_count, 0);
  for (const std::uint32_t j : facilities) {
    open[j] = 1;
  }
  const auto p = static_cast<std::size_t>(problem.p);
  for (std::uint32_t j = 0; j < problem.candidate_count && facilities.size() < p; ++j) {
    if (open[j] == 0 && !problem.is_forbidden(j)) {
      facilities.push_back(j);
    }
  }
}

class Center {
 public:
  Center(const Problem& problem, Budget& budget)
      : problem_(problem), budget_(budget), space_(problem), weight_(problem.customer_count, 1.0) {}

  base::Result<Answer> run();

 private:
  void start();
  /// Whether p facilities serve everybody nearer than `radius`; nullopt when that stayed open.
  base::Result<std::optional<bool>> try_below(double radius);
  void take(std::vector<std::uint32_t> facilities);

  const Problem& problem_;
  Budget& budget_;
  Space space_;
  std::vector<double> weight_;
  bool whole_;  ///< every distance is a whole number
  Answer answer_;
};

void Center::take(std::vector<std::uint32_t> facilities) {
  SwapSearch search(space_, weight_, {});
  search.set_open(facilities);
  double widest = 0;
  std::vector<std::uint32_t> assignment(problem_.customer_count);
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    widest = std::max(widest, search.nearest_distance(u));
    assignment[u] = search.nearest(u);
  }
  if (answer_.facilities.empty() || widest < answer_.upper) {
    std::sort(facilities.begin(), facilities.end());
    answer_.facilities = std::move(facilities);
    answer_.assignment = std::move(assignment);
    answer_.upper = widest;
  }
}

// The facilities of a quick p-median are a first plan for the center too.
void Center::start() {
  Limits few;
  few.iterations = 1;
  few.seed = budget_.seed();
  Budget budget(few);
  const MedianTask task{space_, weight_, static_cast<std::uint32_t>(problem_.p), problem_.required,
                        problem_.forbidden};
  take(solve_median(task, budget).facilities);
}

base::Result<std::optional<bool>> Center::try_below(double radius) {
  HUAN_TRY(links, linked(problem_, {radius, true}));
  if (const std::uint32_t u = unreachable(links); u != kNobody) {
    answer_.proof.nodes.assign(1, {});
    answer_.proof.nodes[0].multipliers.assign(problem_.customer_count, 0.0);
    answer_.proof.nodes[0].multipliers[u] = 1;
    answer_.proof.bound = 1;
    return std::optional{false};
  }
  CoverTry quick = try_cover(unit_cost(links), static_cast<std::uint32_t>(links.p), budget_);
  if (!quick.columns.empty()) {
    fill(quick.columns, links);
    take(std::move(quick.columns));
    return std::optional{true};
  }
  if (quick.uncovered > 2 * kSomebody) {
    answer_.proof.nodes.assign(1, {});
    answer_.proof.nodes[0].multipliers = std::move(quick.multipliers);
    answer_.proof.bound = quick.uncovered / 2;
    return std::optional{false};
  }
  const Space space = Space::of_links(links);
  MedianTask task = task_of(links, space, weight_);
  task.high_enough = kSomebody;
  MedianPlan plan = solve_median(task, budget_);
  if (plan.upper < 0.5) {
    take(std::move(plan.facilities));
    return std::optional{true};
  }
  if (plan.lower >= kSomebody) {
    answer_.proof = std::move(plan.proof);
    return std::optional{false};
  }
  return std::optional<bool>{};
}

base::Result<Answer> Center::run() {
  start();
  double low = 0;  // nobody is asked to be nearer than that
  bool met = answer_.upper == 0;
  while (!met && budget_.look()) {
    const bool coarse = whole_ || low < answer_.upper * (1 - kCoarse);
    const double middle = (low + answer_.upper) / 2;
    const double step = whole_ ? std::floor(middle) + 1 : middle;
    const double radius = coarse && middle > low && step < answer_.upper ? step : answer_.upper;
    HUAN_TRY(answered, try_below(radius));
    if (!answered.has_value()) {
      break;
    }
    if (!*answered) {
      low = radius;
      met = radius == answer_.upper;
    } else {
      met = answer_.upper == 0;
    }
  }
  answer_.lower = met ? answer_.upper : low;
  end(answer_, budget_, met);
  return std::move(answer_);
}

}  // namespace

base::Result<Answer> solve_max_cover(const Problem& problem, Budget& budget) {
  if (problem.metric != Metric::listed && !(problem.radius > 0)) {
    return Error{ErrorCode::bad_problem, "radius", "has to be over 0"};
  }
  HUAN_TRY(links, linked(problem, {problem.radius, false}));
  const Space space = Space::of_links(links);
  const std::vector<double> weight = weights(problem);
  MedianPlan plan = solve_median(task_of(links, space, weight), budget);
  const double all = std::accumulate(weight.begin(), weight.end(), 0.0);
  Answer answer;
  answer.lower = all - plan.upper;
  answer.upper = plan.proven ? answer.lower : all - plan.lower;
  if (whole(weight)) {
    answer.upper = std::floor(answer.upper + kSomebody);
  }
  answer.assignment = assigned(links, space, weight, plan.facilities);
  answer.facilities = std::move(plan.facilities);
  answer.proof = std::move(plan.proof);
  end(answer, budget, plan.proven || answer.upper == answer.lower);
  return answer;
}

base::Result<Answer> solve_center(const Problem& problem, Budget& budget) {
  if (problem.metric == Metric::listed) {
    return Error{ErrorCode::bad_problem, "metric", "a p-center needs distances"};
  }
  if (const std::uint32_t u = problem.metric == Metric::table ? unreachable(problem) : kNobody;
      u != kNobody) {
    return Error{ErrorCode::unreachable_point, customer_name(problem, u),
                 "no candidate that may open is connected with it"};
  }
  return Center(problem, budget).run();
}

}  // namespace huan::siting
