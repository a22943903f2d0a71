// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "median.hpp"

namespace huan::siting {
namespace {

constexpr int kNodeRounds = 90;
constexpr int kNodePatience = 8;
constexpr double kNodeStep = 0.4;
constexpr double kNodeStepMin = 0.02;
constexpr double kRounding = 1e-6;             ///< of a bound on whole numbers
constexpr double kRelative = 1e-10;            ///< of a bound on real ones
constexpr std::size_t kProofMax = 24'000'000;  ///< multipliers in a proof that is written down
constexpr std::int64_t kTryEvery = 8;
constexpr int kDepthMax = 4'000;
constexpr std::size_t kHeldMax = 60'000'000;

/// Counts while it lives.
class Held {
 public:
  Held(std::size_t& sum, std::size_t more) : sum_(sum), more_(more) { sum_ += more_; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { sum_ -= more_; }

 private:
  std::size_t& sum_;
  std::size_t more_;
};

}  // namespace

double Enumeration::cutoff() const {
  const double plain = task.integral ? plan.upper - 1 + kRounding : plan.upper * (1 - kRelative);
  return std::min(plain - task.gap_enough * (1 - kRelative), task.high_enough);
}

std::size_t decide(const Arcs& arcs, const Bound& bound, double cutoff,
                   std::vector<std::uint8_t>& decided) {
  decided.assign(arcs.candidates.size(), 0);
  std::size_t count = 0;
  const bool all = arcs.candidates.size() <= arcs.p;
  for (std::size_t j = 0; j < decided.size(); ++j) {
    const bool chosen = bound.chosen[j] != 0;
    if (!chosen && (arcs.p == 0 || bound.value + bound.rho[j] - bound.last_chosen >= cutoff)) {
      decided[j] = 1;
    } else if (chosen && (all || bound.value - bound.rho[j] + bound.first_left >= cutoff)) {
      decided[j] = 2;
    }
    count += decided[j] != 0 ? 1U : 0U;
  }
  return count;
}

void try_chosen(SwapSearch& search, const Arcs& arcs, const Bound& bound,
                const std::vector<std::uint32_t>& active, const MedianTask& task, MedianPlan& plan,
                Budget& budget) {
  std::vector<std::uint32_t> facilities = arcs.opened;
  for (std::size_t j = 0; j < arcs.candidates.size(); ++j) {
    if (bound.chosen[j] != 0) {
      facilities.push_back(arcs.candidates[j]);
    }
  }
  if (facilities.size() != task.p) {
    return;
  }
  search.set_open(facilities);
  for (std::uint32_t j = 0; arcs.unlisted != nullptr && j < task.required.size(); ++j) {
    if (task.required[j] != 0 && !search.is_open(j)) {
      search.put_in(j);  // a bound without lists does not know of it
    }
  }
  search.descend(active, [&] { return budget.in_time(); });
  search.refresh();
  if (search.cost() < plan.upper) {
    plan.upper = search.cost();
    plan.facilities = search.facilities();
  }
}

void Enumeration::note(const Bound& bound) {
  if ((nodes.size() + 1) * bound.multipliers.size() > kProofMax) {
    too_long = true;
    nodes.clear();
  }
  if (!too_long) {
    siting_problem::ProofNode node;
    node.multipliers = bound.multipliers;
    nodes.push_back(std::move(node));
  }
}

bool Enumeration::explore(const Arcs& arcs, const Bound& from, int depth) {
  if (arcs.candidates.size() < arcs.p) {
    // Nothing is left to choose from: the node of the parent that closed too much says so.
    note(from);
    return true;
  }
  Relaxation relaxation(arcs, task.weight);
  Bound best = relaxation.evaluate(from.multipliers);
  ++cases;
  if (best.value < cutoff()) {
    Climb climb;
    climb.upper = std::max(plan.upper, best.value + 1e-3 * std::abs(best.value));
    climb.enough = cutoff();
    climb.rounds = kNodeRounds;
    climb.step = kNodeStep;
    climb.step_min = kNodeStepMin;
    climb.patience = kNodePatience;
    relaxation.climb(best, climb, [&](const Bound&) { return budget.spend(); });
  }
  note(best);
  if (best.value >= cutoff()) {
    return true;
  }
  if (budget.ended() || depth > kDepthMax || held > kHeldMax ||
      (cases_max > 0 && cases >= cases_max)) {
    given_up = true;
    return false;
  }
  if (cases % kTryEvery == 1) {
    try_chosen(search, arcs, best, active, task, plan, budget);
    if (best.value >= cutoff() || plan.upper <= task.good_enough) {
      return true;
    }
  }
  std::vector<std::uint8_t> decided;
  if (decide(arcs, best, cutoff(), decided) > 0) {
    const std::size_t here = nodes.size();
    const Arcs less = reduced(arcs, decided);
    const Held more(held, less.distance.size());
    if (!too_long) {
      nodes[here - 1].when_open = static_cast<std::uint32_t>(here);
    }
    if (less.candidates.size() < less.p) {
      note(best);
      return true;
    }
    return explore(less, best, depth + 1);
  }
  if (arcs.p == 0 || arcs.candidates.empty()) {
    // Every facility stands: the bound is a plan's own value, which is then the best known.
    try_chosen(search, arcs, best, {}, task, plan, budget);
    return best.value >= cutoff();
  }
  std::uint32_t place = 0;
  double nearest = 2;
  for (std::uint32_t j = 0; j < arcs.candidates.size(); ++j) {
    const double off = std::abs(relaxation.often()[j] - 0.5);
    if (off < nearest) {
      nearest = off;
      place = j;
    }
  }
  return branch(arcs, best, place, depth);
}

bool Enumeration::branch(const Arcs& arcs, const Bound& bound, std::uint32_t place, int depth) {
  const std::size_t here = nodes.size();
  bool done = true;
  for (const std::uint8_t way : {std::uint8_t{2}, std::uint8_t{1}}) {
    std::vector<std::uint8_t> decided(arcs.candidates.size(), 0);
    decided[place] = way;
    if (!too_long && here > 0) {
      auto& node = nodes[here - 1];
      node.branch = arcs.candidates[place];
      (way == 2 ? node.when_open : node.when_closed) = static_cast<std::uint32_t>(nodes.size());
    }
    const Arcs less = reduced(arcs, decided);
    const Held more(held, less.distance.size());
    done = explore(less, bound, depth + 1) && done;
    if (!done || plan.upper <= task.good_enough) {
      return done;
    }
  }
  return done;
}

}  // namespace huan::siting
