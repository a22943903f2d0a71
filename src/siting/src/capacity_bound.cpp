// SPDX-License-Identifier: Apache-2.0
#include "capacity_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace huan::siting {
namespace {

constexpr int kPatience = 15;
constexpr double kStepMin = 2e-3;
constexpr double kMemory = 0.6;

}  // namespace

std::vector<siting_problem::Size> sizes_of(const Problem& problem, std::uint32_t candidate) {
  if (!problem.sizes.empty()) {
    return problem.sizes[candidate];
  }
  const bool costs = problem.kind == siting_problem::Kind::facility && !problem.cost.empty();
  const bool holds = !problem.capacity.empty() && !problem.demand.empty();
  return {{holds ? problem.capacity[candidate] : std::numeric_limits<double>::infinity(),
           costs ? problem.cost[candidate] : 0}};
}

CapacityBound::CapacityBound(const Problem& problem, const Arcs& near)
    : problem_(problem),
      near_(near),
      weight_(problem.weight),
      demand_(problem.demand),
      top_(near.limit) {
  weight_.resize(problem.customer_count, 1.0);
  demand_.resize(problem.customer_count, 0.0);
  sizes_.reserve(near.candidates.size());
  for (const std::uint32_t j : near.candidates) {
    sizes_.push_back(sizes_of(problem, j));
  }
  by_place_.start.assign(near.candidates.size() + 1, 0);
  for (const std::uint32_t j : near.candidate) {
    ++by_place_.start[j + 1];
  }
  std::partial_sum(by_place_.start.begin(), by_place_.start.end(), by_place_.start.begin());
  by_place_.other.resize(near.candidate.size());
  by_place_.distance.resize(near.candidate.size());
  std::vector<std::uint64_t> next(by_place_.start.begin(), by_place_.start.end() - 1);
  for (std::uint32_t u = 0; u < near.customers(); ++u) {
    for (auto k = near.start[u]; k < near.start[u + 1]; ++k) {
      const auto to = next[near.candidate[k]]++;
      by_place_.other[to] = u;
      by_place_.distance[to] = near.distance[k];
    }
  }
}

// Who would be served by it, the most saved for its demand first.
void CapacityBound::gather(std::uint32_t place, const std::vector<double>& multipliers) {
  items_.clear();
  double all = 0;
  for (auto k = by_place_.start[place]; k < by_place_.start[place + 1]; ++k) {
    const std::uint32_t u = by_place_.other[k];
    const double s = weight_[u] * (multipliers[u] - by_place_.distance[k]);
    if (s > 0) {
      items_.push_back({s, demand_[u], u, 1});
      all += demand_[u];
    }
  }
  if (all <= sizes_[place].front().capacity) {
    return;
  }
  std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
    const double x = a.saved * b.demand;
    const double y = b.saved * a.demand;
    return x != y ? x > y : a.customer < b.customer;
  });
}

double CapacityBound::fill(double capacity) {
  double saved = 0;
  double left = capacity;
  for (Item& item : items_) {
    item.part = left <= 0 ? 0 : (item.demand <= left ? 1.0 : left / item.demand);
    saved += item.part * item.saved;
    left -= item.demand;
  }
  return saved;
}

// What a candidate costs at least, less what it saves, and who is in it by which part.
double CapacityBound::pack(std::uint32_t place, const std::vector<double>& multipliers) {
  gather(place, multipliers);
  const auto& sizes = sizes_[place];
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    const double value = sizes[k].cost - fill(sizes[k].capacity);
    if (value < least) {
      least = value;
      best = k;
    }
  }
  if (best + 1 < sizes.size()) {
    fill(sizes[best].capacity);
  }
  return least;
}

double CapacityBound::price(const std::vector<double>& multipliers, std::vector<double>& slope) {
  std::vector<std::pair<double, std::uint32_t>> rank;
  rank.reserve(near_.candidates.size());
  for (std::uint32_t j = 0; j < near_.candidates.size(); ++j) {
    rank.emplace_back(problem_.is_required(near_.candidates[j])
                          ? -std::numeric_limits<double>::infinity()
                          : pack(j, multipliers),
                      j);
  }
  auto p = static_cast<std::size_t>(problem_.p);
  if (p == 0) {
    const auto pays =
        std::partition(rank.begin(), rank.end(), [](const auto& one) { return one.first < 0; });
    p = static_cast<std::size_t>(pays - rank.begin());
  } else if (p < rank.size()) {
    std::nth_element(rank.begin(), rank.begin() + static_cast<std::ptrdiff_t>(p), rank.end());
  }
  double value = 0;
  for (std::uint32_t u = 0; u < multipliers.size(); ++u) {
    value += weight_[u] * multipliers[u];
    slope[u] = 1;
  }
  chosen_.clear();
  for (std::size_t k = 0; k < p; ++k) {
    chosen_.push_back(near_.candidates[rank[k].second]);
    value += pack(rank[k].second, multipliers);
    for (const Item& item : items_) {
      slope[item.customer] -= item.part;
    }
  }
  for (std::uint32_t u = 0; u < multipliers.size(); ++u) {
    if (slope[u] > 0 && multipliers[u] >= top_[u]) {
      slope[u] = 0;
    }
  }
  return value;
}

double CapacityBound::climb(std::vector<double>& multipliers, const Climb& climb,
                            const std::function<bool()>& look) {
  const std::size_t n = multipliers.size();
  for (std::size_t u = 0; u < n; ++u) {
    multipliers[u] = std::min(multipliers[u], top_[u]);
  }
  std::vector<double> now = multipliers;
  std::vector<double> slope(n);
  std::vector<double> direction(n, 0.0);
  double best = -std::numeric_limits<double>::infinity();
  double step = 1;
  int stale = 0;
  for (int round = 0; round < climb.rounds; ++round) {
    const double value = price(now, slope);
    stale = value > best + 1e-6 * std::abs(best) ? 0 : stale + 1;
    if (value > best) {
      best = value;
      multipliers = now;
      best_chosen_ = chosen_;
    }
    if (!look() || best >= climb.enough) {
      break;
    }
    if (stale > kPatience) {
      stale = 0;
      step /= 2;
      now = multipliers;
      std::fill(direction.begin(), direction.end(), 0.0);
      if (step < kStepMin) {
        break;
      }
      continue;
    }
    double square = 0;
    for (std::size_t u = 0; u < n; ++u) {
      direction[u] = slope[u] + kMemory * direction[u];
      square += direction[u] * direction[u];
    }
    if (square == 0) {
      break;
    }
    const double length = step * std::max(climb.upper - value, 1e-4 * climb.upper) / square;
    for (std::size_t u = 0; u < n; ++u) {
      now[u] = std::clamp(now[u] + length * direction[u] / weight_[u], 0.0, top_[u]);
    }
  }
  return best;
}

}  // namespace huan::siting
