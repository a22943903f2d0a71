// SPDX-License-Identifier: Apache-2.0
#include "capacitated.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "capacity_anneal.hpp"
#include "capacity_bound.hpp"
#include "capacity_plan.hpp"
#include "coverage.hpp"
#include "median.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr std::size_t kArcsMax = 40'000'000;
constexpr double kListedFacilities = 7;  ///< lists reach about so many facilities far
constexpr int kBuilds = 60;
constexpr int kClimbRounds = 400;
constexpr double kWarm = 4e-3;  ///< worsening that is first accepted, of the plan's cost
constexpr std::int64_t kRound = 3'000;
constexpr double kHot = 0.15;  ///< heat at first, of what a customer costs
constexpr double kHotForFit = 1;
constexpr double kWarmAgain = 0.06;
constexpr double kShareOfBound = 0.3;
constexpr double kShareOfLaterBound = 0.04;
constexpr double kShareOfFirstFit = 0.5;
constexpr double kShareOfAnneal = 0.6;  ///< of the limits that are left
constexpr double kCold = 3e-3;          ///< and in the end
constexpr std::uint32_t kMovesOfBatch = 2'000;
constexpr std::int64_t kBatchesMost = 400'000;

class Capacitated {
 public:
  Capacitated(const Problem& problem, Budget& budget)
      : problem_(problem),
        budget_(budget),
        random_(budget.seed()),
        space_(problem),
        weight_(weights(problem)),
        near_(lists()),
        plan_(problem, space_, near_),
        anneal_(problem, space_, near_) {}

  Answer run();

 private:
  [[nodiscard]] Arcs lists() const;
  bool start();
  void raise(int rounds, double share);
  void shake(std::int64_t rounds);
  void anneal(double hot, double until);
  void keep();
  /// A bound above this proves the best plan.
  [[nodiscard]] double enough() const {
    const bool whole_values =
        problem_.metric == Metric::planar_floor && problem_.detour == 1 && whole(problem_.weight);
    return best_cost_ - (whole_values ? 1 - 1e-6 : 1e-9 * best_cost_);
  }
  [[nodiscard]] bool met() const { return bound_ > enough(); }

  const Problem& problem_;
  Budget& budget_;
  Random random_;
  Space space_;
  std::vector<double> weight_;
  Arcs near_;
  CapacityPlan plan_;
  CapacityAnneal anneal_;
  std::vector<std::uint32_t> first_;  ///< facilities to begin with
  std::vector<std::uint32_t> best_;
  std::vector<std::uint32_t> best_assignment_;
  double best_cost_{std::numeric_limits<double>::infinity()};
  double bound_{0};
  std::vector<double> multipliers_;
  std::function<bool()> in_time_{[this] { return budget_.in_time(); }};
};

// The radius of each customer holds about kListedFacilities times n/p candidates.
Arcs Capacitated::lists() const {
  const std::uint32_t m = problem_.candidate_count;
  const double share = kListedFacilities / static_cast<double>(problem_.p);
  const double most = static_cast<double>(kArcsMax) / problem_.customer_count;
  const auto count = static_cast<std::size_t>(
      std::clamp(share * m, std::min(20.0, 1.0 * m), std::max(20.0, std::min(1.0 * m, most))));
  return nearest_arcs(space_, problem_, count);
}

void Capacitated::keep() {
  if (plan_.cost() < best_cost_ * (1 - 1e-12)) {
    plan_.refresh();
    if (plan_.holds()) {
      best_cost_ = plan_.cost();
      best_ = plan_.facilities();
      best_assignment_ = plan_.assignment();
    }
  }
}

// From the facilities of the problem without capacities; from the largest candidates when those do
// not hold the demand.
bool Capacitated::start() {
  constexpr std::int64_t kFirstRounds = 400;
  constexpr double kFirstShare = 0.3;
  const Limits few = budget_.part(kFirstRounds, kFirstShare);
  Budget little(few);
  const MedianTask task{space_, weight_, static_cast<std::uint32_t>(problem_.p), problem_.required,
                        problem_.forbidden};
  MedianPlan relaxed = solve_median(task, little);
  multipliers_ = relaxed.proof.nodes.back().multipliers;
  std::vector<std::uint32_t> largest(near_.candidates);
  std::sort(largest.begin(), largest.end(), [this](std::uint32_t a, std::uint32_t b) {
    const auto key = [this](std::uint32_t j) {
      return std::tuple{problem_.is_required(j) ? 0 : 1, -problem_.capacity[j], j};
    };
    return key(a) < key(b);
  });
  largest.resize(static_cast<std::size_t>(problem_.p));
  first_ = relaxed.facilities;
  for (int k = 0; k < kBuilds && budget_.look(); ++k) {
    if (plan_.build(k < kBuilds / 2 ? relaxed.facilities : largest, random_)) {
      plan_.improve(std::vector<std::uint32_t>(plan_.facilities()), in_time_);
      keep();
      if (k % 4 == 3 || problem_.customer_count > 2'000) {
        return true;
      }
    }
  }
  return !best_.empty();
}

void Capacitated::raise(int rounds, double share) {
  CapacityBound relaxation(problem_, near_);
  CapacityBound::Climb climb;
  climb.upper = best_cost_;
  climb.enough = enough() + 1e-12 * best_cost_;
  climb.rounds = rounds;
  const double from = budget_.share();
  bound_ = std::max(bound_, relaxation.climb(multipliers_, climb, [&] {
    return budget_.spend() && budget_.share() - from < share;
  }));
  std::vector<std::uint32_t> chosen = relaxation.chosen();
  if (plan_.build(chosen, random_)) {
    plan_.improve(std::vector<std::uint32_t>(plan_.facilities()), in_time_);
    keep();
  }
}

// Accepts a little worse at first, then less and less, and begins again from the best.
void Capacitated::shake(std::int64_t rounds) {
  plan_.restore(best_, best_assignment_);
  std::vector<std::uint32_t> facilities = best_;
  std::vector<std::uint32_t> assignment = best_assignment_;
  double cost = best_cost_;
  const double warm = kWarm * best_cost_ * std::min(1.0, 40.0 / static_cast<double>(problem_.p));
  for (std::int64_t k = 0; k < rounds && budget_.spend(); ++k) {
    const double heat = warm * (1 - static_cast<double>(k) / static_cast<double>(rounds));
    bool fits = plan_.shake(random_);
    if (fits) {
      plan_.improve(std::vector<std::uint32_t>(plan_.area()), in_time_);
      fits = plan_.cost() < cost + heat * random_.share() - 1e-9;
    }
    if (fits) {
      facilities = plan_.facilities();
      assignment = plan_.assignment();
      cost = plan_.cost();
      keep();
    } else {
      plan_.return_to(facilities, assignment);
    }
  }
}

// Colder and colder until that share of the limits is spent.
void Capacitated::anneal(double hot, double until) {
  const double from = budget_.share();
  anneal_.begin(best_.empty() ? first_ : best_, best_assignment_);
  for (std::int64_t batch = 0; batch < kBatchesMost && budget_.spend(); ++batch) {
    const double done = std::max((budget_.share() - from) / (until - from),
                                 static_cast<double>(batch) / kBatchesMost);
    if (done >= 1) {
      break;
    }
    anneal_.run(hot * std::pow(kCold / hot, done), kMovesOfBatch, random_);
  }
  if (anneal_.best_cost() < best_cost_) {
    plan_.restore(anneal_.best_facilities(), anneal_.best_assignment());
    keep();
    plan_.improve(std::vector<std::uint32_t>(plan_.facilities()), in_time_);
    keep();
  }
}

Answer Capacitated::run() {
  Answer answer;
  if (!start()) {
    anneal(kHotForFit, kShareOfFirstFit);
  }
  if (best_.empty()) {
    answer.upper = std::numeric_limits<double>::infinity();
    return answer;
  }
  raise(kClimbRounds, kShareOfBound);
  std::int64_t rounds = kRound;
  for (double hot = kHot; !met() && budget_.look(); hot = kWarmAgain) {
    shake(rounds);
    rounds += rounds / 2;
    anneal(hot, budget_.share() + kShareOfAnneal * (1 - budget_.share()));
    if (!met()) {
      raise(kClimbRounds, kShareOfLaterBound);
    }
  }
  answer.upper = best_cost_;
  const bool proven = met();
  answer.lower = proven ? best_cost_ : bound_ * (1 - 1e-12);
  answer.facilities = best_;
  std::sort(answer.facilities.begin(), answer.facilities.end());
  answer.assignment = best_assignment_;
  answer.proof.nodes.resize(1);
  answer.proof.nodes[0].multipliers = multipliers_;
  answer.proof.bound = bound_;
  end(answer, budget_, proven);
  return answer;
}

}  // namespace

base::Result<Answer> solve_capacitated(const Problem& problem, Budget& budget) {
  if (problem.metric == Metric::table || problem.metric == Metric::listed) {
    return Error{ErrorCode::not_supported, "metric", "capacities with a table of distances"};
  }
  Answer answer = Capacitated(problem, budget).run();
  if (!std::isfinite(answer.upper)) {
    return Error{ErrorCode::too_little_capacity, "capacity",
                 "no assignment of whole customers was found that fits"};
  }
  const Space space(problem);
  for (std::uint32_t u = 0; u < problem.customer_count && problem.reach > 0; ++u) {
    if (space.distance(answer.assignment[u], u) > space.reach()) {
      return Error{ErrorCode::unreachable_point, customer_name(problem, u),
                   "no plan was found that serves everybody within the reach"};
    }
  }
  return answer;
}

}  // namespace huan::siting
