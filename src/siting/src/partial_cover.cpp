// SPDX-License-Identifier: Apache-2.0
#include "partial_cover.hpp"

#include "cover_cases.hpp"
#include "cover_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::kNobody;
using siting_problem::Problem;

constexpr double kHairOfWeight = 1e-12;  ///< of all weight: two orders of the same sum
constexpr int kPatienceOfBound = 20;
constexpr double kLeastStep = 2e-3;
constexpr int kFirstRounds = 500;
constexpr int kLaterRounds = 200;
constexpr std::uint32_t kSample = 60;   ///< columns from anywhere that are looked at beside
constexpr std::uint32_t kMostOut = 12;  ///< columns that leave at once, at most
constexpr double kNoise = 0.35;
constexpr std::int64_t kFirstCasesOfPart = 100;

}  // namespace

PartialCover::PartialCover(const Problem& links, Budget& budget)
    : problem_(links),
      budget_(budget),
      random_(budget.seed()),
      space_(Space::of_links(links)),
      rows_(space_.by_customer()),
      columns_(space_.by_candidate()),
      cost_(opening_costs(links)),
      weight_(weights(links)),
      whole_(whole(cost_)),
      times_wanted_(static_cast<std::uint32_t>(links.times)),
      u_(least_shares(space_, cost_)),
      reduced_(cost_),
      out_part_(links.customer_count, 0.0),
      in_(links.candidate_count, 0),
      place_(links.candidate_count, kNone),
      times_(links.customer_count, 0),
      gain_(links.candidate_count, 0.0) {
  const double all = std::accumulate(weight_.begin(), weight_.end(), 0.0);
  spare_ = links.share < 1 ? (1 - links.share) * all * (1 + kHairOfWeight) : 0;
  wanted_ = (links.share < 1 ? links.share * all : all) - kHairOfWeight * all;
  by_rate_.resize(links.customer_count);
  std::iota(by_rate_.begin(), by_rate_.end(), 0U);
  for (std::uint32_t i = 0; i < links.customer_count; ++i) {
    for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
      gain_[rows_.other[k]] += weight_[i];
    }
  }
  best_u_ = u_;
}

// What the rows that may stay uncovered are worth at most, and which those are.
double PartialCover::left_out(std::vector<double>& part) {
  std::fill(part.begin(), part.end(), 0.0);
  if (spare_ <= 0) {
    return 0;
  }
  std::sort(by_rate_.begin(), by_rate_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const double x = u_[a] * weight_[b];
    const double y = u_[b] * weight_[a];
    return x != y ? x > y : a < b;
  });
  double left = spare_;
  double sum = 0;
  for (const std::uint32_t i : by_rate_) {
    if (left <= 0) {
      break;
    }
    part[i] = std::min(1.0, left / weight_[i]);
    sum += part[i] * times_wanted_ * u_[i];
    left -= weight_[i];
  }
  return sum;
}

void PartialCover::price() {
  reduced_ = cost_;
  value_ = -left_out(out_part_);
  for (std::uint32_t i = 0; i < u_.size(); ++i) {
    value_ += times_wanted_ * u_[i];
    for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
      reduced_[rows_.other[k]] -= u_[i];
    }
  }
  for (std::uint32_t j = 0; j < reduced_.size(); ++j) {
    if (!problem_.is_forbidden(j) && (reduced_[j] < 0 || forced(j))) {
      value_ += reduced_[j];
    }
  }
}

void PartialCover::raise(int rounds) {
  u_ = best_u_;
  double step = 0.5;
  int stale = 0;
  std::vector<double> direction(u_.size(), 0.0);
  for (int round = 0; round < rounds && budget_.spend() && !met(); ++round) {
    price();
    if (value_ > bound_ + 1e-7 * std::abs(bound_)) {
      stale = 0;
    } else if (++stale > kPatienceOfBound) {
      stale = 0;
      step /= 2;
      u_ = best_u_;
      price();
      if (step < kLeastStep) {
        return;
      }
    }
    if (value_ > bound_) {
      bound_ = value_;
      best_u_ = u_;
    }
    double square = 0;
    for (std::uint32_t i = 0; i < u_.size(); ++i) {
      double g = times_wanted_ * (1 - out_part_[i]);
      for (auto k = rows_.start[i]; k < rows_.start[i + 1]; ++k) {
        const std::uint32_t j = rows_.other[k];
        g -= reduced_[j] < 0 || forced(j) ? 1 : 0;
      }
      direction[i] = (g < 0 && u_[i] <= 0 ? 0 : g) + 0.5 * direction[i];
      square += direction[i] * direction[i];
    }
    if (square == 0) {
      return;
    }
    const double length = step * std::max(best_cost_ - value_, 1e-3 * best_cost_) / square;
    for (std::uint32_t i = 0; i < u_.size(); ++i) {
      u_[i] = std::max(0.0, u_[i] + length * direction[i]);
    }
  }
}

// A row begins (more over 0) or ceases to lack a column.
void PartialCover::value_row(std::uint32_t row, double more) {
  for (auto k = rows_.start[row]; k < rows_.start[row + 1]; ++k) {
    gain_[rows_.other[k]] += more;
  }
}

void PartialCover::add(std::uint32_t column) {
  in_[column] = 1;
  place_[column] = static_cast<std::uint32_t>(chosen_.size());
  chosen_.push_back(column);
  made_.push_back(column);
  plan_cost_ += cost_[column];
  for (auto k = columns_.start[column]; k < columns_.start[column + 1]; ++k) {
    const std::uint32_t i = columns_.other[k];
    if (++times_[i] == times_wanted_) {
      covered_ += weight_[i];
      value_row(i, -weight_[i]);
    }
  }
}

void PartialCover::remove(std::uint32_t column) {
  in_[column] = 0;
  const std::uint32_t last = chosen_.back();
  chosen_[place_[column]] = last;
  place_[last] = place_[column];
  chosen_.pop_back();
  place_[column] = kNone;
  made_.push_back(column);
  plan_cost_ -= cost_[column];
  for (auto k = columns_.start[column]; k < columns_.start[column + 1]; ++k) {
    const std::uint32_t i = columns_.other[k];
    if (times_[i]-- == times_wanted_) {
      covered_ -= weight_[i];
      value_row(i, weight_[i]);
    }
  }
}

// By weight for cost; what goes beyond the share is worth nothing.
std::uint32_t PartialCover::best_of(const std::vector<std::uint32_t>& pool) {
  const double lacking = (wanted_ - covered_) * (1 + 1e-9);
  std::uint32_t best = kNone;
  double most = 0;
  const auto offer = [&](std::uint32_t j) {
    if (in_[j] != 0 || problem_.is_forbidden(j) || gain_[j] <= 0) {
      return;
    }
    const double worth = std::min(gain_[j], times_wanted_ > 1 ? gain_[j] : lacking);
    const double rate = worth / cost_[j] * (1 + noise_ * random_.share());
    if (rate > most) {
      most = rate;
      best = j;
    }
  };
  for (const std::uint32_t j : pool) {
    offer(j);
  }
  const std::uint32_t looks = best == kNone ? 4 * kSample : kSample;
  for (std::uint32_t k = 0; k < looks && pool.size() < in_.size(); ++k) {
    offer(random_.below(static_cast<std::uint32_t>(in_.size())));
  }
  return best;
}

// False when nothing that is left helps.
bool PartialCover::fill(const std::vector<std::uint32_t>& pool) {
  while (!holds()) {
    std::uint32_t best = best_of(pool);
    for (std::uint32_t j = 0; j < in_.size() && best == kNone; ++j) {
      best = in_[j] == 0 && !problem_.is_forbidden(j) && gain_[j] > 0 ? j : kNone;
    }
    if (best == kNone) {
      return false;
    }
    add(best);
  }
  return true;
}

void PartialCover::drop_redundant(const std::vector<std::uint32_t>& among) {
  std::vector<std::uint32_t> order = among;
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return cost_[a] != cost_[b] ? cost_[a] > cost_[b] : a < b;
  });
  for (const std::uint32_t j : order) {
    if (in_[j] == 0 || forced(j)) {
      continue;
    }
    double lost = 0;
    for (auto k = columns_.start[j]; k < columns_.start[j + 1]; ++k) {
      const std::uint32_t i = columns_.other[k];
      lost += times_[i] == times_wanted_ ? weight_[i] : 0;
    }
    if (covered_ - lost >= wanted_) {
      remove(j);
    }
  }
}

void PartialCover::keep() {
  if (holds() && (plan_cost_ < best_cost_ * (1 - 1e-12) || best_.empty())) {
    best_ = chosen_;
    best_cost_ = std::accumulate(best_.begin(), best_.end(), 0.0,
                                 [this](double sum, std::uint32_t j) { return sum + cost_[j]; });
    plan_cost_ = best_cost_;
  }
}

// From what the multipliers would choose.
void PartialCover::guided() {
  while (!chosen_.empty()) {
    remove(chosen_.back());
  }
  u_ = best_u_;
  price();
  std::vector<std::uint32_t> order;
  for (std::uint32_t j = 0; j < reduced_.size(); ++j) {
    if (forced(j)) {
      add(j);
    } else if (!problem_.is_forbidden(j) && reduced_[j] < 1e-9 * cost_[j]) {
      order.push_back(j);
    }
  }
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return reduced_[a] != reduced_[b] ? reduced_[a] < reduced_[b] : a < b;
  });
  for (const std::uint32_t j : order) {
    if (!holds() && gain_[j] > 0) {
      add(j);
    }
  }
  std::vector<std::uint32_t> all(in_.size());
  std::iota(all.begin(), all.end(), 0U);
  noise_ = 0;
  fill(all);
  drop_redundant(std::vector<std::uint32_t>(chosen_));
  keep();
}

// A column, and others that cover rows of those that left.
void PartialCover::take_out(std::uint32_t start, std::uint32_t count) {
  std::vector<std::uint32_t> near{start};
  std::unordered_set<std::uint32_t> seen{start};
  for (std::size_t at = 0; at < near.size() && count > 0; ++at) {
    const std::uint32_t j = near[at];
    if (!forced(j)) {
      remove(j);
      --count;
    }
    const auto size = static_cast<std::uint32_t>(columns_.start[j + 1] - columns_.start[j]);
    for (std::uint32_t k = 0; k < 4 && size > 0; ++k) {
      const std::uint32_t row = columns_.other[columns_.start[j] + random_.below(size)];
      for (auto r = rows_.start[row]; r < rows_.start[row + 1]; ++r) {
        if (in_[rows_.other[r]] != 0 && seen.insert(rows_.other[r]).second) {
          near.push_back(rows_.other[r]);
        }
      }
    }
  }
}

void PartialCover::undo() {
  const std::vector<std::uint32_t> made = made_;
  for (std::size_t k = made.size(); k-- > 0;) {
    if (in_[made[k]] != 0) {
      remove(made[k]);
    } else {
      add(made[k]);
    }
  }
}

void PartialCover::shake_once() {
  made_.clear();
  const double before = plan_cost_;
  const auto size = static_cast<std::uint32_t>(chosen_.size());
  const std::uint32_t count = 1 + random_.below(std::min(kMostOut, 1 + size / 3));
  take_out(chosen_[random_.below(size)], count);
  const std::vector<std::uint32_t> gone = made_;
  std::vector<std::uint32_t> pool;
  for (const std::uint32_t j : gone) {
    for (auto k = columns_.start[j]; k < columns_.start[j + 1]; ++k) {
      const std::uint32_t i = columns_.other[k];
      if (times_[i] < times_wanted_) {
        pool.insert(pool.end(), rows_.other.begin() + static_cast<std::ptrdiff_t>(rows_.start[i]),
                    rows_.other.begin() + static_cast<std::ptrdiff_t>(rows_.start[i + 1]));
      }
    }
  }
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  noise_ = random_.below(3) == 0 ? 0 : kNoise;
  const bool full = fill(pool);
  if (full) {
    std::vector<std::uint32_t> near = made_;
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (std::uint32_t k = 0; k < kSample; ++k) {
      near.push_back(chosen_[random_.below(static_cast<std::uint32_t>(chosen_.size()))]);
    }
    drop_redundant(near);
  }
  if (!full || plan_cost_ > before * (1 + 1e-12)) {
    undo();
  } else {
    keep();
  }
}

void PartialCover::shake(int rounds) {
  while (!chosen_.empty()) {
    remove(chosen_.back());
  }
  // Sums anew, without what rounding left behind.
  covered_ = 0;
  std::fill(gain_.begin(), gain_.end(), 0.0);
  for (std::uint32_t i = 0; i < weight_.size(); ++i) {
    value_row(i, weight_[i]);
  }
  for (const std::uint32_t j : best_) {
    add(j);
  }
  for (int k = 0; k < rounds && budget_.spend() && !met(); ++k) {
    shake_once();
  }
}

Answer PartialCover::run() {
  price();
  bound_ = std::max(0.0, value_);
  guided();
  raise(kFirstRounds);
  guided();
  std::int64_t cases = kFirstCasesOfPart;
  for (int rounds = 2'000; !met() && budget_.look(); rounds += rounds / 2) {
    shake(rounds);
    raise(kLaterRounds);
    if (!met()) {
      proof_ = prove_by_cases({problem_, space_, best_u_, best_, best_cost_}, cases, budget_);
    }
    if (!proof_.nodes.empty()) {
      break;
    }
    cases *= 4;
  }
  Answer answer;
  answer.facilities = best_;
  std::sort(answer.facilities.begin(), answer.facilities.end());
  answer.upper = best_cost_;
  const bool proven = met() || !proof_.nodes.empty();
  answer.lower = proven ? best_cost_ : (whole_ ? std::ceil(bound_ - 1e-6) : bound_ * (1 - 1e-12));
  answer.proof = std::move(proof_);
  if (answer.proof.nodes.empty()) {
    answer.proof.nodes.resize(1);
    answer.proof.nodes[0].multipliers = best_u_;
    answer.proof.bound = bound_;
  }
  std::vector<std::uint8_t> open(problem_.candidate_count, 0);
  for (const std::uint32_t j : best_) {
    open[j] = 1;
  }
  std::vector<std::uint32_t> found(problem_.customer_count, 0);
  answer.assignment.assign(problem_.customer_count, kNobody);
  std::vector<std::uint32_t> first(problem_.customer_count, kNobody);
  for (const auto& link : problem_.links) {
    if (open[link.candidate] == 0) {
      continue;
    }
    if (first[link.customer] == kNobody) {
      first[link.customer] = link.candidate;
    }
    if (++found[link.customer] == times_wanted_) {
      answer.assignment[link.customer] = first[link.customer];
    }
  }
  end(answer, budget_, proven);
  return answer;
}

base::Result<Answer> solve_partial_cover(const Problem& problem, Budget& budget) {
  HUAN_TRY(links, linked(problem, {problem.radius, false}));
  std::vector<std::int64_t> reached(problem.customer_count, 0);
  for (const auto& link : links.links) {
    ++reached[link.customer];
  }
  const std::vector<double> weight = weights(problem);
  double all = 0;
  double most = 0;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    all += weight[u];
    most += reached[u] >= problem.times ? weight[u] : 0;
    if (problem.share == 1 && reached[u] < problem.times) {
      return Error{ErrorCode::unreachable_point, customer_name(problem, u),
                   std::to_string(reached[u]) + " candidates that may open cover it, of " +
                       std::to_string(problem.times)};
    }
  }
  if (most < problem.share * all * (1 - kHairOfWeight)) {
    return Error{ErrorCode::too_few_candidates, "share",
                 "all candidates together cover " + std::to_string(most / all)};
  }
  links.times = problem.times;
  links.share = problem.share;
  return PartialCover(links, budget).run();
}

}  // namespace huan::siting
