// SPDX-License-Identifier: Apache-2.0
#include "set_cover.hpp"

#include "cover_cases.hpp"
#include "cover_rows.hpp"

#include <numeric>

namespace huan::siting {
namespace {

using siting_problem::Answer;
using siting_problem::Problem;

constexpr int kPatience = 10;
constexpr double kStepMin = 2e-3;
constexpr double kStep = 0.5;
constexpr double kShort = 0.5;  ///< of the direction before, so much is kept
constexpr double kLong = 0.95;
constexpr double kAim = 1.1;  ///< times the bound: a plan may be far above what it can reach
constexpr int kGreedyEvery = 6;
constexpr double kFirstShare = 0.4;   ///< of the limits, for the bound before the search
constexpr double kLaterShare = 0.05;  ///< and between searches
constexpr double kSearchShare = 0.2;  ///< for a search, or so many times its steps
constexpr std::int64_t kSearchMost = 10;
constexpr std::int64_t kFirstCases = 100;

}  // namespace

SetCover::SetCover(const Problem& problem, Budget& budget)
    : problem_(problem),
      budget_(budget),
      random_(budget.seed()),
      space_(Space::of_links(problem)),
      rows_(space_.by_customer()),
      columns_(space_.by_candidate()),
      cost_(opening_costs(problem)),
      whole_(whole(cost_)),
      u_(least_shares(space_, cost_)),
      reduced_(cost_),
      out_(problem.candidate_count, 0),
      in_(problem.candidate_count, 0),
      place_(problem.candidate_count, kNone),
      times_(problem.customer_count, 0),
      row_place_(problem.customer_count, kNone),
      row_weight_(problem.customer_count, 1),
      score_(problem.candidate_count, 0),
      moved_at_(problem.candidate_count, 0),
      may_add_(problem.candidate_count, 1) {
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    score_[j] = static_cast<std::int64_t>(columns_.start[j + 1] - columns_.start[j]);
    out_[j] = problem.is_forbidden(j) ? 1 : 0;
  }
  open_rows_.resize(problem.customer_count);
  std::iota(open_rows_.begin(), open_rows_.end(), 0U);
  row_place_ = open_rows_;
  best_u_ = u_;
}

void SetCover::price() {
  reduced_ = cost_;
  value_ = 0;
  for (std::uint32_t i = 0; i < u_.size(); ++i) {
    value_ += u_[i];
    for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
      reduced_[rows_.other[k]] -= u_[i];
    }
  }
  for (std::uint32_t j = 0; j < reduced_.size(); ++j) {
    if (out_[j] == 0 && (reduced_[j] < 0 || forced(j))) {
      value_ += reduced_[j];
    }
  }
}

// Subgradient steps from the best multipliers. A long memory and a near aim get far in few rounds
// where many rows share columns, and get stuck where a column covers half of all; a short one and
// the plan for an aim follow once they come no farther, and so on by turns.
void SetCover::raise(int rounds) {
  u_ = best_u_;
  const double memory = far_sighted_ ? kLong : kShort;
  const int patience = far_sighted_ ? kPatience : 2 * kPatience;
  int stale = 0;
  std::vector<double> slope(u_.size());
  std::vector<double> direction(u_.size(), 0.0);
  for (int round = 0; round < rounds && budget_.spend() && budget_.share() < until_; ++round) {
    price();
    if (value_ > bound_ + 1e-7 * std::abs(bound_)) {
      stale = 0;
    } else if (++stale > patience) {
      stale = 0;
      step_ /= 2;
      u_ = best_u_;
      price();
      std::fill(direction.begin(), direction.end(), 0.0);
      if (step_ < kStepMin) {
        step_ = kStep;
        far_sighted_ = !far_sighted_;
        return;
      }
    }
    if (value_ > bound_) {
      bound_ = value_;
      best_u_ = u_;
    }
    if (round % kGreedyEvery == 0) {
      greedy();
    }
    if (met()) {
      return;
    }
    double square = 0;
    for (std::uint32_t i = 0; i < u_.size(); ++i) {
      double g = 1;
      for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
        const std::uint32_t j = rows_.other[k];
        g -= out_[j] == 0 && (reduced_[j] < 0 || forced(j)) ? 1 : 0;
      }
      slope[i] = g < 0 && u_[i] <= 0 ? 0 : g;
      direction[i] = slope[i] + memory * direction[i];
      square += direction[i] * direction[i];
    }
    if (square == 0) {
      return;
    }
    const double aim = far_sighted_ ? std::min(best_cost_, kAim * bound_) : best_cost_;
    const double length = step_ * std::max(aim - value_, 1e-3 * best_cost_) / square;
    for (std::uint32_t i = 0; i < u_.size(); ++i) {
      u_[i] = std::max(0.0, u_[i] + length * direction[i]);
    }
  }
}

void SetCover::keep() {
  if (plan_cost_ < best_cost_ - 1e-9 * std::abs(best_cost_) || best_.empty()) {
    best_ = chosen_;
    best_cost_ = std::accumulate(best_.begin(), best_.end(), 0.0,
                                 [this](double sum, std::uint32_t j) { return sum + cost_[j]; });
    plan_cost_ = best_cost_;
  }
}

// What is covered without it, the dearest first.
void SetCover::spare(std::vector<std::uint32_t>& plan) {
  std::sort(plan.begin(), plan.end(), [this](std::uint32_t a, std::uint32_t b) {
    return cost_[a] != cost_[b] ? cost_[a] > cost_[b] : a < b;
  });
  const auto needed = [this](std::uint32_t j) {
    if (forced(j)) {
      return true;
    }
    for (auto k = columns_.start[j]; k < columns_.start[j + 1]; ++k) {
      if (covered_[columns_.other[k]] == 1) {
        return true;
      }
    }
    return false;
  };
  std::size_t kept = 0;
  for (const std::uint32_t j : plan) {
    if (needed(j)) {
      plan[kept++] = j;
      continue;
    }
    for (auto k = columns_.start[j]; k < columns_.start[j + 1]; ++k) {
      --covered_[columns_.other[k]];
    }
  }
  plan.resize(kept);
}

// Of the columns of a row, the best by reduced cost over the rows that are still open.
std::uint32_t SetCover::cheapest_of(std::uint32_t row) const {
  std::uint32_t best = kNone;
  double least = 0;
  for (auto k = rows_.start[row]; k < rows_.start[row + 1]; ++k) {
    const std::uint32_t j = rows_.other[k];
    if (out_[j] != 0) {
      continue;
    }
    double gamma = cost_[j];
    double fresh = 0;
    for (auto r = columns_.start[j]; r < columns_.start[j + 1]; ++r) {
      if (covered_[columns_.other[r]] == 0) {
        gamma -= u_[columns_.other[r]];
        fresh += 1;
      }
    }
    const double rank = gamma > 0 ? gamma / fresh : gamma * fresh;
    if (best == kNone || rank < least) {
      best = j;
      least = rank;
    }
  }
  return best;
}

// A plan from nothing, beside the one under search, whose scores it leaves alone.
void SetCover::greedy() {
  std::vector<std::uint32_t> plan;
  covered_.assign(problem_.customer_count, 0);
  const auto take = [&](std::uint32_t j) {
    plan.push_back(j);
    for (auto k = columns_.start[j]; k < columns_.start[j + 1]; ++k) {
      ++covered_[columns_.other[k]];
    }
  };
  for (std::uint32_t j = 0; j < out_.size(); ++j) {
    if (forced(j) && out_[j] == 0) {
      take(j);
    }
  }
  std::vector<std::uint32_t> left(problem_.customer_count);
  std::iota(left.begin(), left.end(), 0U);
  while (!left.empty()) {
    const std::uint32_t at = random_.below(static_cast<std::uint32_t>(left.size()));
    const std::uint32_t row = left[at];
    left[at] = left.back();
    left.pop_back();
    if (covered_[row] == 0) {
      take(cheapest_of(row));
    }
  }
  spare(plan);
  const double cost =
      std::accumulate(plan.begin(), plan.end(), 0.0,
                      [this](double sum, std::uint32_t j) { return sum + cost_[j]; });
  if (cost < best_cost_ - 1e-9 * std::abs(best_cost_) || best_.empty()) {
    best_ = std::move(plan);
    best_cost_ = cost;
  }
}

// Who would bring the bound up to the best plan's cost need not be looked at again.
void SetCover::fix() {
  u_ = best_u_;
  price();
  const double useful = best_cost_ - (whole_ ? 1 - 1e-6 : 0);
  std::vector<std::uint8_t> held(out_.size(), 0);  // so that every row keeps a column
  for (const std::uint32_t j : best_) {
    held[j] = 1;
  }
  for (std::uint32_t j = 0; j < out_.size(); ++j) {
    if (out_[j] == 0 && held[j] == 0 && reduced_[j] > 0 && value_ + reduced_[j] > useful) {
      out_[j] = 1;
    }
  }
}

Answer SetCover::run() {
  price();
  bound_ = std::max(0.0, value_);
  greedy();
  until_ = kFirstShare;
  raise(400);
  std::int64_t steps = 20'000;
  std::int64_t cases = kFirstCases;
  while (!met() && budget_.look()) {
    until_ = budget_.share() + kLaterShare;
    raise(300);
    fix();
    if (!met()) {
      until_ = budget_.share() + kSearchShare;
      search(steps, kSearchMost * steps);
    }
    if (!met()) {
      proof_ = prove_by_cases({problem_, space_, best_u_, best_, best_cost_}, cases, budget_);
    }
    if (!proof_.nodes.empty()) {
      break;
    }
    cases *= 4;
    steps += steps / 2;
  }
  Answer answer;
  answer.facilities = best_;
  std::sort(answer.facilities.begin(), answer.facilities.end());
  answer.upper = best_cost_;
  const bool proven = met() || !proof_.nodes.empty();
  answer.lower = proven ? best_cost_ : (whole_ ? std::ceil(bound_ - 1e-6) : bound_);
  answer.proof = std::move(proof_);
  if (answer.proof.nodes.empty()) {
    answer.proof.nodes.resize(1);
    answer.proof.nodes[0].multipliers = best_u_;
    answer.proof.bound = bound_;
  }
  end(answer, budget_, proven);
  return answer;
}

CoverTry SetCover::decide(std::uint32_t p, std::int64_t steps) {
  enough_ = p;
  high_enough_ = p + 1e-3;
  price();
  bound_ = std::max(0.0, value_);
  greedy();
  raise(300);
  for (std::int64_t done = 0; !met() && done < steps && budget_.look(); done += steps / 2) {
    search(steps / 2, steps / 2);
    raise(100);
  }
  CoverTry found;
  if (best_cost_ <= enough_) {
    found.columns = best_;
    return found;
  }
  // As multipliers of the covering of most rows by p columns, which have to stay under 1.
  std::vector<double> sums(problem_.candidate_count, 0.0);
  double all = 0;
  double largest = 1e-9;
  for (std::uint32_t i = 0; i < best_u_.size(); ++i) {
    all += best_u_[i];
    largest = std::max(largest, best_u_[i]);
    for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
      sums[rows_.other[k]] += best_u_[i];
    }
  }
  std::sort(sums.begin(), sums.end(), std::greater<>{});
  const double held =
      std::accumulate(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(p), 0.0);
  found.multipliers = best_u_;
  for (double& one : found.multipliers) {
    one /= largest;
  }
  if (all - held > 1e-5 * largest) {
    found.uncovered = (all - held) / largest;
  }
  return found;
}

CoverTry try_cover(const Problem& links, std::uint32_t p, Budget& budget) {
  constexpr std::int64_t kSteps = 6'000;
  return SetCover(links, budget).decide(p, kSteps);
}

}  // namespace huan::siting
