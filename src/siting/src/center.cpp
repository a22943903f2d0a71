// SPDX-License-Identifier: Apache-2.0
// A p-center: a radius is too small for p facilities once somebody is proven to stay uncovered; the
// center is found between a radius proven too small and the one of a plan.
#include <algorithm>
#include <cmath>

#include "center.hpp"
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

constexpr double kCoarse = 0.02;               ///< relative: bisect until the ends are so near
constexpr std::size_t kPairsMax = 36'000'000;  ///< above, not every customer is looked at

bool whole_distances(const Problem& problem) {
  return problem.detour == 1 && (problem.metric == Metric::planar_floor ||
                                 (problem.metric == Metric::table && whole(problem.table)));
}

class Center {
 public:
  Center(const Problem& problem, Budget& budget)
      : problem_(problem),
        budget_(budget),
        space_(problem),
        weight_(problem.customer_count, 1.0),
        whole_(whole_distances(problem)) {}

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
  constexpr double kFirstShare = 0.3;
  const Limits few = budget_.part(1, kFirstShare);
  Budget budget(few);
  const MedianTask task{space_, weight_, static_cast<std::uint32_t>(problem_.p), problem_.required,
                        problem_.forbidden};
  take(solve_median(task, budget).facilities);
}

base::Result<std::optional<bool>> Center::try_below(double radius) {
  HUAN_TRY(links, linked(problem_, {radius, true}));
  Trial trial = try_links(links, budget_, true);
  if (!trial.facilities.empty()) {
    take(std::move(trial.facilities));
    return std::optional{true};
  }
  if (!trial.proof.nodes.empty()) {
    answer_.proof = std::move(trial.proof);
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

Trial try_links(const Problem& links, Budget& budget, bool thorough) {
  constexpr double kSomebody = 1e-6;  // proven to stay uncovered
  Trial trial;
  if (const std::uint32_t u = unreachable(links); u != kNobody) {
    trial.proof.nodes.resize(1);
    trial.proof.nodes[0].multipliers.assign(links.customer_count, 0.0);
    trial.proof.nodes[0].multipliers[u] = 1;
    trial.proof.bound = 1;
    return trial;
  }
  Problem unit = links;
  unit.cost.clear();
  CoverTry quick = try_cover(unit, static_cast<std::uint32_t>(links.p), budget);
  if (!quick.columns.empty()) {
    trial.facilities = std::move(quick.columns);
    fill(trial.facilities, links);
    return trial;
  }
  if (quick.uncovered > 2 * kSomebody) {
    trial.proof.nodes.resize(1);
    trial.proof.nodes[0].multipliers = std::move(quick.multipliers);
    trial.proof.bound = quick.uncovered / 2;
    return trial;
  }
  if (!thorough) {
    return trial;
  }
  const Space space = Space::of_links(links);
  const std::vector<double> weight(links.customer_count, 1.0);
  MedianTask task{space,          weight,          static_cast<std::uint32_t>(links.p),
                  links.required, links.forbidden, true};
  task.high_enough = kSomebody;
  MedianPlan plan = solve_median(task, budget);
  if (plan.upper < 0.5) {
    trial.facilities = std::move(plan.facilities);
  } else if (plan.lower >= kSomebody) {
    trial.proof = std::move(plan.proof);
  }
  return trial;
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
  const bool wide = problem.metric != Metric::table &&
                    std::size_t{problem.customer_count} * problem.candidate_count > kPairsMax;
  return wide ? wide_center(problem, budget) : Center(problem, budget).run();
}

}  // namespace huan::siting
