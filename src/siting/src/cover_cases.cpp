// SPDX-License-Identifier: Apache-2.0
#include "cover_cases.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cover_rows.hpp"

namespace huan::siting {
namespace {

constexpr int kRoundsOfCase = 80;
constexpr int kPatienceOfCase = 6;
constexpr double kStepOfCase = 0.4;
constexpr double kLeastStepOfCase = 0.02;
constexpr double kMemoryOfCase = 0.6;
constexpr double kOftenOfCase = 0.15;
constexpr double kHairOfWhole = 1e-6;
constexpr double kHairOfShare = 2e-12;               ///< of all weight: two orders of the same sum
constexpr std::size_t kMultipliersMost = 4'000'000;  ///< that are written down
constexpr int kDeepest = 2'000;
constexpr std::size_t kLinksMost = 1'000'000;
constexpr std::size_t kColumnsMost = 600;  ///< that the first bound leaves; more are hopeless

}  // namespace

CoverCases::CoverCases(const siting_problem::Problem& links, const Space& space, Plan plan,
                       Budget& budget)
    : problem_(links),
      space_(space),
      budget_(budget),
      plan_(std::move(plan)),
      cost_(opening_costs(links)),
      weight_(weights(links)),
      whole_(whole(cost_)) {
  const double all = std::accumulate(weight_.begin(), weight_.end(), 0.0);
  spare_ = links.share < 1 ? (1 - links.share) * all * (1 + kHairOfShare) : 0;
}

double CoverCases::cutoff() const {
  return whole_ ? plan_.cost - 1 + kHairOfWhole : plan_.cost * (1 - 1e-10);
}

CoverCases::Case CoverCases::root() const {
  Case whole;
  const Rows& rows = space_.by_customer();
  whole.columns.resize(problem_.candidate_count);
  std::iota(whole.columns.begin(), whole.columns.end(), 0U);
  whole.start.push_back(0);
  for (std::uint32_t i = 0; i < problem_.customer_count; ++i) {
    whole.rows.push_back(i);
    whole.lack.push_back(static_cast<std::uint32_t>(problem_.times));
    whole.link.insert(whole.link.end(),
                      rows.other.begin() + static_cast<std::ptrdiff_t>(rows.start[i]),
                      rows.other.begin() + static_cast<std::ptrdiff_t>(rows.start[i + 1]));
    whole.start.push_back(static_cast<std::uint32_t>(whole.link.size()));
  }
  std::vector<std::uint8_t> way(problem_.candidate_count, 0);
  for (std::uint32_t j = 0; j < way.size(); ++j) {
    way[j] = problem_.is_required(j) ? 2 : (problem_.is_forbidden(j) ? 1 : 0);
  }
  return decided(whole, way);
}

CoverCases::Case CoverCases::decided(const Case& from, const std::vector<std::uint8_t>& way) const {
  Case out;
  out.opened = from.opened;
  out.cost = from.cost;
  std::vector<std::uint32_t> place(way.size(), kNone);
  for (std::uint32_t k = 0; k < way.size(); ++k) {
    if (way[k] == 0) {
      place[k] = static_cast<std::uint32_t>(out.columns.size());
      out.columns.push_back(from.columns[k]);
    } else if (way[k] == 2) {
      out.opened.push_back(from.columns[k]);
      out.cost += cost_[from.columns[k]];
    }
  }
  out.start.push_back(0);
  for (std::size_t r = 0; r < from.rows.size(); ++r) {
    std::uint32_t lack = from.lack[r];
    for (auto k = from.start[r]; k < from.start[r + 1] && lack > 0; ++k) {
      lack -= way[from.link[k]] == 2 ? 1 : 0;
    }
    if (lack == 0) {
      continue;
    }
    for (auto k = from.start[r]; k < from.start[r + 1]; ++k) {
      if (place[from.link[k]] != kNone) {
        out.link.push_back(place[from.link[k]]);
      }
    }
    out.rows.push_back(from.rows[r]);
    out.lack.push_back(lack);
    out.start.push_back(static_cast<std::uint32_t>(out.link.size()));
  }
  return out;
}

// More weight than may stay uncovered has too few columns.
bool CoverCases::none_left(const Case& one) const {
  double lost = 0;
  for (std::size_t r = 0; r < one.rows.size(); ++r) {
    lost += one.start[r + 1] - one.start[r] < one.lack[r] ? weight_[one.rows[r]] : 0;
  }
  return lost > spare_;
}

bool CoverCases::covered(const Case& one) const {
  double lost = 0;
  for (const std::uint32_t row : one.rows) {
    lost += weight_[row];
  }
  return lost <= spare_;
}

// What the rows that may stay uncovered are worth at most, and which those are.
double CoverCases::left_out(const Case& one, Dual& dual) {
  dual.part.assign(one.rows.size(), 0.0);
  if (spare_ <= 0) {
    return 0;
  }
  by_rate_.resize(one.rows.size());
  std::iota(by_rate_.begin(), by_rate_.end(), 0U);
  const auto rate = [&](std::uint32_t r) { return one.lack[r] * dual.u[r] / weight_[one.rows[r]]; };
  std::sort(by_rate_.begin(), by_rate_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rate(a) != rate(b) ? rate(a) > rate(b) : a < b;
  });
  double left = spare_;
  double sum = 0;
  for (const std::uint32_t r : by_rate_) {
    if (left <= 0) {
      break;
    }
    dual.part[r] = std::min(1.0, left / weight_[one.rows[r]]);
    sum += dual.part[r] * one.lack[r] * dual.u[r];
    left -= weight_[one.rows[r]];
  }
  return sum;
}

void CoverCases::price(const Case& one, Dual& dual) {
  dual.reduced.resize(one.columns.size());
  for (std::size_t k = 0; k < one.columns.size(); ++k) {
    dual.reduced[k] = cost_[one.columns[k]];
  }
  dual.value = one.cost - left_out(one, dual);
  for (std::size_t r = 0; r < one.rows.size(); ++r) {
    dual.value += one.lack[r] * dual.u[r];
    for (auto k = one.start[r]; k < one.start[r + 1]; ++k) {
      dual.reduced[one.link[k]] -= dual.u[r];
    }
  }
  for (const double reduced : dual.reduced) {
    dual.value += std::min(0.0, reduced);
  }
}

// Adds how often each row lacks a column; the squared length of all.
double CoverCases::slope(const Case& one, const Dual& dual, std::vector<double>& direction) const {
  double square = 0;
  for (std::size_t r = 0; r < one.rows.size(); ++r) {
    double g = one.lack[r] * (1 - dual.part[r]);
    for (auto k = one.start[r]; k < one.start[r + 1]; ++k) {
      g -= dual.reduced[one.link[k]] < 0 ? 1 : 0;
    }
    direction[r] = (g < 0 && dual.u[r] <= 0 ? 0 : g) + kMemoryOfCase * direction[r];
    square += direction[r] * direction[r];
  }
  return square;
}

CoverCases::Dual CoverCases::climb(const Case& one, std::vector<double> u) {
  Dual now;
  now.u = std::move(u);
  price(one, now);
  Dual best = now;
  std::vector<double> direction(one.rows.size(), 0.0);
  often_.assign(one.columns.size(), 0.0);
  double step = kStepOfCase;
  int stale = 0;
  for (int round = 0; round < kRoundsOfCase && best.value < cutoff() && budget_.spend(); ++round) {
    const double square = slope(one, now, direction);
    if (square == 0) {
      break;
    }
    const double length =
        step * std::max(plan_.cost - now.value, 1e-3 * std::abs(plan_.cost)) / square;
    for (std::size_t r = 0; r < now.u.size(); ++r) {
      now.u[r] = std::max(0.0, now.u[r] + length * direction[r]);
    }
    price(one, now);
    for (std::size_t k = 0; k < often_.size(); ++k) {
      often_[k] += kOftenOfCase * ((now.reduced[k] < 0 ? 1.0 : 0.0) - often_[k]);
    }
    stale = now.value > best.value + 1e-6 * std::abs(best.value) ? 0 : stale + 1;
    if (now.value > best.value) {
      best = now;
    }
    if (stale >= kPatienceOfCase) {
      stale = 0;
      step /= 2;
      if (step < kLeastStepOfCase) {
        break;
      }
      now = best;
      std::fill(direction.begin(), direction.end(), 0.0);
    }
  }
  return best;
}

std::size_t CoverCases::decide(const Case& one, const Dual& dual,
                               std::vector<std::uint8_t>& way) const {
  way.assign(one.columns.size(), 0);
  std::size_t count = 0;
  for (std::size_t k = 0; k < way.size(); ++k) {
    if (dual.value + std::abs(dual.reduced[k]) >= cutoff()) {
      way[k] = dual.reduced[k] < 0 ? 2 : 1;
      ++count;
    }
  }
  return count;
}

std::size_t CoverCases::note(const Case& one, const std::vector<double>& u) {
  siting_problem::ProofNode node;
  node.multipliers.assign(problem_.customer_count, 0.0);
  for (std::size_t r = 0; r < u.size(); ++r) {
    node.multipliers[one.rows[r]] = u[r];
  }
  nodes_.push_back(std::move(node));
  return nodes_.size() - 1;
}

void CoverCases::take(const Case& one) {
  if (one.cost < plan_.cost - 1e-9 * std::abs(plan_.cost)) {
    plan_.columns = one.opened;
    plan_.cost = one.cost;
  }
}

// `multipliers` by row of the problem.
bool CoverCases::explore(const Case& one, const std::vector<double>& multipliers, int depth) {
  if (none_left(one)) {
    note(one, {});
    return true;
  }
  if (covered(one)) {
    take(one);
    note(one, {});
    return true;
  }
  std::vector<double> u(one.rows.size());
  for (std::size_t r = 0; r < u.size(); ++r) {
    u[r] = multipliers[one.rows[r]];
  }
  const Dual best = climb(one, std::move(u));
  const std::size_t here = note(one, best.u);
  if (best.value >= cutoff()) {
    return true;
  }
  if (budget_.ended() || depth > kDeepest ||
      static_cast<std::int64_t>(nodes_.size()) >= cases_max_ ||
      nodes_.size() * problem_.customer_count > kMultipliersMost) {
    return false;
  }
  std::vector<std::uint8_t> way;
  const std::size_t sure = decide(one, best, way);
  if (one.columns.size() - sure > kColumnsMost) {
    return false;
  }
  if (sure > 0) {
    nodes_[here].when_open = static_cast<std::uint32_t>(nodes_.size());
    return explore(decided(one, way), std::vector<double>(nodes_[here].multipliers), depth + 1);
  }
  return branch(one, depth);
}

// On the column that the bound is least sure of.
bool CoverCases::branch(const Case& one, int depth) {
  const std::size_t here = nodes_.size() - 1;
  const std::vector<double> from = nodes_[here].multipliers;
  std::size_t place = 0;
  for (std::size_t k = 0; k < often_.size(); ++k) {
    place = std::abs(often_[k] - 0.5) < std::abs(often_[place] - 0.5) ? k : place;
  }
  nodes_[here].branch = one.columns[place];
  for (const std::uint8_t side : {std::uint8_t{2}, std::uint8_t{1}}) {
    std::vector<std::uint8_t> way(one.columns.size(), 0);
    way[place] = side;
    (side == 2 ? nodes_[here].when_open : nodes_[here].when_closed) =
        static_cast<std::uint32_t>(nodes_.size());
    if (!explore(decided(one, way), from, depth + 1)) {
      return false;
    }
  }
  return true;
}

bool CoverCases::prove(const std::vector<double>& multipliers, std::int64_t cases_max) {
  nodes_.clear();
  cases_max_ = cases_max;
  return explore(root(), multipliers, 0);
}

siting_problem::Proof CoverCases::proof() {
  siting_problem::Proof out;
  out.nodes = std::move(nodes_);
  out.bound = cutoff();
  return out;
}

siting_problem::Proof prove_by_cases(CoverState state, std::int64_t cases_max, Budget& budget) {
  if (state.space.by_customer().other.size() > kLinksMost) {
    return {};
  }
  CoverCases trial(state.links, state.space, {state.plan, state.cost}, budget);
  const bool proven = trial.prove(state.multipliers, cases_max);
  if (trial.plan().cost < state.cost) {
    state.plan = trial.plan().columns;
    state.cost = trial.plan().cost;
  }
  return proven ? trial.proof() : siting_problem::Proof{};
}

}  // namespace huan::siting
