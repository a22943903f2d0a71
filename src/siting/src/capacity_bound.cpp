// SPDX-License-Identifier: Apache-2.0
#include "capacity_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace huan::siting {
namespace {

constexpr double kRounded = 1e-12;  ///< of the multipliers' sum: a bound is not more than it says

constexpr int kPatience = 15;
constexpr double kStepMin = 2e-3;
constexpr double kMemory = 0.6;
constexpr double kKnapsackMost = 2'000;  ///< largest capacity for which knapsacks are solved

/// Whole customers in whole capacities. siting_check states the same rule.
bool knapsacks(const Problem& problem) {
  const auto whole = [](double value) { return value == std::floor(value) && value >= 0; };
  return problem.kind == siting_problem::Kind::capacitated && !problem.split && problem.p > 0 &&
         std::all_of(problem.demand.begin(), problem.demand.end(), whole) &&
         std::all_of(problem.capacity.begin(), problem.capacity.end(),
                     [&](double value) { return whole(value) && value <= kKnapsackMost; });
}

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
      top_(near.limit),
      whole_(knapsacks(problem)) {
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

// The same with whole customers.
double CapacityBound::fill_whole(double capacity) {
  const auto room = static_cast<std::size_t>(capacity);
  most_.assign(room + 1, 0.0);
  taken_.assign(items_.size() * (room + 1), 0);
  for (std::size_t k = 0; k < items_.size(); ++k) {
    const auto demand = static_cast<std::size_t>(items_[k].demand);
    const double saved = items_[k].saved;
    std::uint8_t* taken = &taken_[k * (room + 1)];
    for (std::size_t filled = room + 1; filled-- > demand;) {
      const double with = most_[filled - demand] + saved;
      if (with > most_[filled]) {
        most_[filled] = with;
        taken[filled] = 1;
      }
    }
  }
  std::size_t left = room;
  for (std::size_t k = items_.size(); k-- > 0;) {
    const bool in = taken_[k * (room + 1) + left] != 0;
    items_[k].part = in ? 1 : 0;
    left -= in ? static_cast<std::size_t>(items_[k].demand) : 0;
  }
  return most_[room];
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

// Of ranked candidates the p best by their knapsacks come first: only those are solved that may be
// among them, since a part of a customer never makes a candidate worse.
std::size_t CapacityBound::rank_whole(const std::vector<double>& multipliers) {
  const auto p = static_cast<std::size_t>(problem_.p);
  std::sort(rank_.begin(), rank_.end());
  std::vector<std::pair<double, std::uint32_t>> best;
  for (const auto& [value, place] : rank_) {
    if (best.size() == p && value >= best.front().first) {
      break;
    }
    const bool required = problem_.is_required(near_.candidates[place]);
    gather(place, multipliers);
    best.emplace_back(required ? value : -fill_whole(sizes_[place].front().capacity), place);
    std::push_heap(best.begin(), best.end());
    if (best.size() > p) {
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
    }
  }
  std::sort(best.begin(), best.end());
  std::copy(best.begin(), best.end(), rank_.begin());
  return p;
}

double CapacityBound::price(const std::vector<double>& multipliers, std::vector<double>& slope) {
  rank_.clear();
  for (std::uint32_t j = 0; j < near_.candidates.size(); ++j) {
    rank_.emplace_back(problem_.is_required(near_.candidates[j])
                           ? -std::numeric_limits<double>::infinity()
                           : pack(j, multipliers),
                       j);
  }
  auto p = static_cast<std::size_t>(problem_.p);
  if (whole_) {
    p = rank_whole(multipliers);
  } else if (p == 0) {
    const auto pays =
        std::partition(rank_.begin(), rank_.end(), [](const auto& one) { return one.first < 0; });
    p = static_cast<std::size_t>(pays - rank_.begin());
  } else if (p < rank_.size()) {
    std::nth_element(rank_.begin(), rank_.begin() + static_cast<std::ptrdiff_t>(p), rank_.end());
  }
  double value = 0;
  for (std::uint32_t u = 0; u < multipliers.size(); ++u) {
    value += weight_[u] * multipliers[u];
    slope[u] = 1;
  }
  value *= 1 - kRounded;
  chosen_.clear();
  for (std::size_t k = 0; k < p; ++k) {
    const std::uint32_t place = rank_[k].second;
    chosen_.push_back(near_.candidates[place]);
    if (whole_) {
      gather(place, multipliers);
      value -= fill_whole(sizes_[place].front().capacity);
    } else {
      value += pack(place, multipliers);
    }
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
