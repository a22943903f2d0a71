// SPDX-License-Identifier: Apache-2.0
#include "facility.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "capacity_bound.hpp"
#include "coverage.hpp"
#include "facility_plan.hpp"
#include "median.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr std::size_t kListedMost = 40'000'000;  ///< pairs
constexpr double kListedSites = 10;              ///< lists reach about so many facilities far
constexpr std::uint32_t kListedLeast = 40;
constexpr int kOnlineBuilds = 8;
constexpr int kBuildsOfP = 40;
constexpr int kFirstClimb = 500;
constexpr int kLaterClimb = 150;
constexpr double kShareOfClimb = 0.3;
constexpr double kWarmth = 4e-3;  ///< worsening that is first accepted, of the plan's cost
constexpr std::int64_t kFirstShakes = 3'000;
constexpr int kChainsOfBest = 200;
constexpr int kChainsAtTheEnd = 20'000;

class FacilitySearch {
 public:
  FacilitySearch(const Problem& problem, Budget& budget)
      : problem_(problem),
        budget_(budget),
        random_(budget.seed()),
        space_(problem),
        weight_(weights(problem)),
        near_(lists()),
        plan_(problem, space_, near_) {}

  base::Result<Answer> run();

 private:
  [[nodiscard]] Arcs lists() const;
  bool start();
  bool start_with_p();
  void first_multipliers();
  void raise(int rounds);
  void shake(std::int64_t rounds);
  void keep();
  [[nodiscard]] Answer answer();
  [[nodiscard]] bool met() const { return bound_ > best_cost_ * (1 - 1e-9); }

  const Problem& problem_;
  Budget& budget_;
  Random random_;
  Space space_;
  std::vector<double> weight_;
  Arcs near_;
  FacilityPlan plan_;
  FacilityPlan::State best_;
  double best_cost_{std::numeric_limits<double>::infinity()};
  double bound_{0};
  std::vector<double> multipliers_;
};

// As many candidates for each customer as memory allows, up to all: how many facilities open is not
// known yet.
Arcs FacilitySearch::lists() const {
  const std::uint32_t m = problem_.candidate_count;
  const double most = static_cast<double>(kListedMost) / problem_.customer_count;
  double wanted = m <= 1'000 ? m : std::max(400.0, std::sqrt(1.0 * m) * kListedSites);
  if (problem_.p > 0) {
    wanted = std::max(1.0 * kListedLeast, kListedSites * m / static_cast<double>(problem_.p));
  }
  const auto count = static_cast<std::size_t>(
      std::clamp(wanted, std::min(1.0 * kListedLeast, 1.0 * m), std::clamp(most, 1.0, 1.0 * m)));
  return nearest_arcs(space_, problem_, count);
}

void FacilitySearch::keep() {
  if (plan_.cost() >= best_cost_ * (1 - 1e-12)) {
    return;
  }
  plan_.balance(kChainsOfBest);
  plan_.refresh();
  if (plan_.holds()) {
    best_cost_ = plan_.cost();
    plan_.save_to(best_);
  }
}

// From the facilities of the problem without capacities, or from the largest.
bool FacilitySearch::start_with_p() {
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
      return std::tuple{problem_.is_required(j) ? 0 : 1, -sizes_of(problem_, j).back().capacity, j};
    };
    return key(a) < key(b);
  });
  largest.resize(static_cast<std::size_t>(problem_.p));
  for (int k = 0; k < kBuildsOfP && budget_.look(); ++k) {
    if (plan_.build(k < kBuildsOfP / 2 ? relaxed.facilities : largest, random_)) {
      plan_.improve(std::vector<std::uint32_t>(plan_.open()));
      keep();
      if (k % 4 == 3 || problem_.customer_count > 2'000) {
        break;
      }
    }
  }
  return std::isfinite(best_cost_);
}

bool FacilitySearch::start() {
  if (problem_.p > 0) {
    return start_with_p();
  }
  for (int k = 0; k < kOnlineBuilds && budget_.look(); ++k) {
    if (plan_.build_online(random_)) {
      plan_.improve(std::vector<std::uint32_t>(plan_.open()));
      keep();
    }
  }
  if (std::isfinite(best_cost_)) {
    first_multipliers();
  }
  return std::isfinite(best_cost_);
}

// What a customer pays in the plan: its way, and its part of what its facility costs.
void FacilitySearch::first_multipliers() {
  plan_.restore(best_);
  std::vector<double> served(problem_.candidate_count, 0.0);
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    for (const auto& piece : plan_.pieces(u)) {
      served[piece.facility] += piece.share * weight_[u];
    }
  }
  multipliers_.assign(problem_.customer_count, 0.0);
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    for (const auto& piece : plan_.pieces(u)) {
      const std::uint32_t j = piece.facility;
      const double opening = sizes_of(problem_, j)[plan_.size_of(j)].cost;
      multipliers_[u] += piece.share * (space_.distance(j, u) + opening / served[j]);
    }
  }
}

void FacilitySearch::raise(int rounds) {
  CapacityBound relaxation(problem_, near_);
  CapacityBound::Climb climb;
  climb.upper = best_cost_;
  climb.enough = best_cost_;
  climb.rounds = rounds;
  const double from = budget_.share();
  std::vector<double> multipliers = multipliers_;
  const double value = relaxation.climb(multipliers, climb, [&] {
    return budget_.spend() && budget_.share() - from < kShareOfClimb;
  });
  if (value > bound_ || bound_ == 0) {
    bound_ = std::max(0.0, value);
    multipliers_ = std::move(multipliers);
  }
  if (plan_.build(relaxation.chosen(), random_)) {
    plan_.improve(std::vector<std::uint32_t>(plan_.open()));
    keep();
  }
}

// Accepts a little worse at first, then less and less, and begins again from the best.
void FacilitySearch::shake(std::int64_t rounds) {
  plan_.restore(best_);
  FacilityPlan::State state = best_;
  double cost = best_cost_;
  const double open = static_cast<double>(std::max<std::size_t>(1, best_.open.size()));
  const double warm = kWarmth * best_cost_ * std::min(1.0, 40.0 / open);
  for (std::int64_t k = 0; k < rounds && budget_.spend() && !met(); ++k) {
    const double heat = warm * (1 - static_cast<double>(k) / static_cast<double>(rounds));
    bool fits = plan_.shake(random_);
    if (fits) {
      plan_.improve(std::vector<std::uint32_t>(plan_.area()));
      fits = plan_.cost() < cost + heat * random_.share() - 1e-9;
    }
    if (fits) {
      keep();
      cost = plan_.cost();
      plan_.save_to(state);
    } else {
      plan_.return_to(state);
    }
  }
}

Answer FacilitySearch::answer() {
  Answer answer;
  plan_.restore(best_);
  plan_.balance(kChainsAtTheEnd);
  plan_.refresh();
  answer.upper = plan_.cost();
  answer.facilities = plan_.open();
  std::sort(answer.facilities.begin(), answer.facilities.end());
  if (!problem_.sizes.empty()) {
    answer.sizes.reserve(answer.facilities.size());
    for (const std::uint32_t j : answer.facilities) {
      answer.sizes.push_back(plan_.size_of(j));
    }
  }
  answer.assignment.reserve(problem_.customer_count);
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    const auto& pieces = plan_.pieces(u);
    const auto largest =
        std::max_element(pieces.begin(), pieces.end(),
                         [](const auto& a, const auto& b) { return a.share < b.share; });
    answer.assignment.push_back(largest->facility);
    for (std::size_t k = 0; k < pieces.size() && pieces.size() > 1; ++k) {
      answer.portions.push_back({u, pieces[k].facility, pieces[k].share});
    }
  }
  const bool proven = met();
  answer.lower = proven ? answer.upper : std::min(answer.upper, bound_ * (1 - 1e-12));
  answer.proof.nodes.resize(1);
  answer.proof.nodes[0].multipliers = multipliers_;
  answer.proof.bound = bound_;
  end(answer, budget_, proven);
  return answer;
}

base::Result<Answer> FacilitySearch::run() {
  if (!start()) {
    return Error{ErrorCode::too_little_capacity, "capacity",
                 "no plan was found in which everybody fits"};
  }
  raise(kFirstClimb);
  std::int64_t rounds = kFirstShakes;
  while (!met() && budget_.look()) {
    shake(rounds);
    rounds += rounds / 2;
    if (!met() && budget_.look()) {
      raise(kLaterClimb);
    }
  }
  Answer found = answer();
  for (std::uint32_t u = 0; u < problem_.customer_count && problem_.reach > 0; ++u) {
    for (const auto& piece : plan_.pieces(u)) {
      if (space_.distance(piece.facility, u) > space_.reach()) {
        return Error{ErrorCode::unreachable_point, customer_name(problem_, u),
                     "no plan was found that serves everybody within the reach"};
      }
    }
  }
  return found;
}

}  // namespace

base::Result<Answer> solve_facility(const Problem& problem, Budget& budget) {
  if (problem.metric == Metric::table || problem.metric == Metric::listed) {
    return Error{ErrorCode::not_supported, "metric", "facilities with a table of distances"};
  }
  return FacilitySearch(problem, budget).run();
}

}  // namespace huan::siting
