// SPDX-License-Identifier: Apache-2.0
#include "relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace huan::siting {
namespace {

constexpr double kMemory = 0.6;  ///< of the direction before
constexpr double kOften = 0.1;
constexpr int kWholeEach = 8;             ///< rounds; between them the likely candidates are priced
constexpr std::size_t kLikely = 2'000;    ///< candidates, at least
constexpr std::size_t kLikelyEach = 40;   ///< for each facility
constexpr std::size_t kManyEach = 1'500;  ///< customers a facility, for whom boxes are worth it
constexpr double kRoundedOff =
    1e-13;  ///< of the multipliers' sum: a bound is not more than it says

}  // namespace

Relaxation::Relaxation(const Arcs& arcs, const std::vector<double>& weight,
                       std::function<bool()> in_time)
    : arcs_(arcs),
      weight_(weight),
      top_(arcs.ceiling),
      often_(arcs.candidates.size(), 0.0),
      rank_(arcs.candidates.size()),
      in_time_(std::move(in_time)) {
  for (std::size_t u = 0; u < top_.size(); ++u) {
    top_[u] = std::min(top_[u], arcs.limit[u]);
  }
  const bool many = arcs.unlisted != nullptr && arcs.p > 0 && weight.size() / arcs.p >= kManyEach;
  if (many && GatheredPrices::fits(*arcs.unlisted)) {
    gathered_ = std::make_unique<GatheredPrices>(*arcs.unlisted, weight);
  }
}

bool Relaxation::goes_on(std::uint32_t at) {
  constexpr std::uint32_t kLooked = 1024;
  if (at % kLooked == 0 && in_time_ && !in_time_()) {
    broken_off_ = true;
  }
  return !broken_off_;
}

void Relaxation::price_unlisted(Bound& bound) {
  bound.value = 0;
  double* rho = bound.rho.data();
  for (std::uint32_t u = 0; u < weight_.size() && goes_on(u); ++u) {
    const double nu = bound.multipliers[u];
    const double w = weight_[u];
    bound.value += w * nu;
    arcs_.unlisted->near(u, nu, [&](std::uint32_t j, double d) {
      if (arcs_.place[j] != kNone) {
        rho[arcs_.place[j]] += w * (d - nu);
      }
    });
  }
  bound.value *= 1 - kRoundedOff;
}

void Relaxation::price_gathered(Bound& bound, bool whole) {
  gathered_->set(bound.multipliers);
  if (whole) {
    for (std::uint32_t j = 0; j < bound.rho.size() && goes_on(j); ++j) {
      bound.rho[j] = gathered_->rho(arcs_.candidates[j]);
    }
  } else {
    for (const std::uint32_t j : likely_) {
      bound.rho[j] = gathered_->rho(arcs_.candidates[j]);
    }
  }
  bound.value = 0;
  for (std::size_t u = 0; u < weight_.size(); ++u) {
    bound.value += weight_[u] * bound.multipliers[u];
  }
  bound.value *= 1 - kRoundedOff;
}

// How many chosen facilities serve each customer, from a tree of those alone.
std::vector<int> Relaxation::times_unlisted(const Bound& bound) {
  const Space& space = *arcs_.unlisted;
  std::vector<Spot> spots;
  for (std::size_t j = 0; j < bound.chosen.size(); ++j) {
    if (bound.chosen[j] != 0) {
      spots.push_back(space.candidate_spot(arcs_.candidates[j]));
    }
  }
  const KdTree tree(spots);
  std::vector<int> times(weight_.size(), 0);
  for (std::uint32_t u = 0; u < weight_.size() && goes_on(u); ++u) {
    const double nu = bound.multipliers[u];
    const double reach = space.spot_radius(nu);
    const double limit = reach * reach;
    tree.walk(
        space.customer_spot(u), [&](std::uint32_t, double away) { return away <= limit; },
        [&](std::uint32_t, double apart) {
          times[u] += apart <= limit && space.metric(apart) < nu ? 1 : 0;
        });
  }
  return times;
}

void Relaxation::price(Bound& bound, bool whole) {
  std::fill(bound.rho.begin(), bound.rho.end(), 0.0);
  if (gathered_) {
    price_gathered(bound, whole);
    return;
  }
  if (arcs_.unlisted != nullptr) {
    price_unlisted(bound);
    return;
  }
  double sum = 0;
  const double* distance = arcs_.distance.data();
  const std::uint32_t* candidate = arcs_.candidate.data();
  double* rho = bound.rho.data();
  for (std::size_t u = 0; u < weight_.size(); ++u) {
    const double nu = bound.multipliers[u];
    const double w = weight_[u];
    sum += w * nu;
    const std::uint64_t end = arcs_.start[u + 1];
    for (std::uint64_t k = arcs_.start[u]; k < end && distance[k] < nu; ++k) {
      rho[candidate[k]] += w * (distance[k] - nu);
    }
  }
  bound.value = sum * (1 - kRoundedOff);
}

void Relaxation::choose(Bound& bound) {
  const std::size_t p = arcs_.p;
  std::iota(rank_.begin(), rank_.end(), 0U);
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    return bound.rho[a] != bound.rho[b] ? bound.rho[a] < bound.rho[b] : a < b;
  };
  std::fill(bound.chosen.begin(), bound.chosen.end(), std::uint8_t{0});
  bound.first_left = 0;
  bound.last_chosen = 0;
  const auto middle = rank_.begin() + static_cast<std::ptrdiff_t>(p);
  if (p < rank_.size()) {
    std::nth_element(rank_.begin(), middle, rank_.end(), less);
    bound.first_left = bound.rho[*middle];
  }
  for (std::size_t k = 0; k < p; ++k) {
    const std::uint32_t j = rank_[k];
    bound.chosen[j] = 1;
    bound.value += bound.rho[j];
    bound.last_chosen = k == 0 ? bound.rho[j] : std::max(bound.last_chosen, bound.rho[j]);
  }
}

Bound Relaxation::evaluate(std::vector<double> multipliers) {
  Bound bound;
  for (std::size_t u = 0; u < multipliers.size(); ++u) {
    multipliers[u] = std::clamp(multipliers[u], 0.0, top_[u]);
  }
  bound.multipliers = std::move(multipliers);
  bound.rho.resize(arcs_.candidates.size());
  bound.chosen.resize(arcs_.candidates.size());
  price(bound, true);
  choose(bound);
  return bound;
}

// Those with the lowest rho, and a sample of all, so that none sinks unseen for long.
void Relaxation::find_likely(const std::vector<double>& rho) {
  likely_.resize(rho.size());
  std::iota(likely_.begin(), likely_.end(), 0U);
  const std::size_t few = std::max(kLikely, kLikelyEach * std::size_t{arcs_.p});
  if (2 * few >= rho.size()) {
    return;
  }
  const auto last = likely_.begin() + static_cast<std::ptrdiff_t>(few);
  std::nth_element(likely_.begin(), last, likely_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rho[a] != rho[b] ? rho[a] < rho[b] : a < b;
  });
  likely_.erase(last, likely_.end());
  const std::size_t step = rho.size() / few;
  for (std::size_t j = 0; j < rho.size(); j += step) {
    likely_.push_back(static_cast<std::uint32_t>(j));
  }
}

// How much too often (below 0) or too seldom (1) each customer is served; its squared length.
double Relaxation::slope(const Bound& bound, std::vector<double>& out) {
  double square = 0;
  std::vector<int> served;
  if (arcs_.unlisted != nullptr) {
    served = times_unlisted(bound);
  }
  for (std::size_t u = 0; u < out.size(); ++u) {
    const double nu = bound.multipliers[u];
    int times = served.empty() ? 0 : served[u];
    for (std::uint64_t k = arcs_.start[u]; k < arcs_.start[u + 1] && arcs_.distance[k] < nu; ++k) {
      times += bound.chosen[arcs_.candidate[k]];
    }
    out[u] = 1 - times;
    if (times == 0 && nu >= top_[u]) {
      out[u] = 0;
    }
    square += out[u] * out[u];
  }
  return square;
}

int Relaxation::climb(Bound& best, const Climb& climb,
                      const std::function<bool(const Bound&)>& look) {
  const std::size_t n = weight_.size();
  std::vector<double> slope_now(n);
  std::vector<double> direction(n, 0.0);
  Bound now = best;
  double step = climb.step;
  int stale = 0;
  if (gathered_) {
    find_likely(best.rho);
  }
  for (int round = 1; round <= climb.rounds; ++round) {
    if (slope(now, slope_now) == 0 || broken_off_) {
      return round;
    }
    double square = 0;
    for (std::size_t u = 0; u < n; ++u) {
      direction[u] = slope_now[u] + kMemory * direction[u];
      square += direction[u] * direction[u];
    }
    const double length = step * std::max(climb.upper - now.value, 1e-9 * climb.upper) / square;
    for (std::size_t u = 0; u < n; ++u) {
      now.multipliers[u] =
          std::clamp(now.multipliers[u] + length * direction[u] / weight_[u], 0.0, top_[u]);
    }
    const bool whole = !gathered_ || round % kWholeEach == 0;
    price(now, whole);
    if (broken_off_) {
      return round;
    }
    choose(now);
    for (std::size_t j = 0; j < often_.size(); ++j) {
      often_[j] += kOften * (now.chosen[j] - often_[j]);
    }
    if (!whole) {
      if (!look(now)) {
        return round;
      }
      continue;
    }
    if (gathered_) {
      find_likely(now.rho);
    }
    if (now.value > best.value) {
      stale = now.value > best.value + 1e-7 * std::abs(best.value) ? 0 : stale + 1;
      best = now;
    } else {
      ++stale;
    }
    if (!look(now) || best.value >= climb.enough) {
      return round;
    }
    if (stale >= climb.patience) {
      stale = 0;
      step /= 2;
      if (step < climb.step_min) {
        return round;
      }
      now = best;
      std::fill(direction.begin(), direction.end(), 0.0);
    }
  }
  return climb.rounds;
}

}  // namespace huan::siting
