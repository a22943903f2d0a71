// SPDX-License-Identifier: Apache-2.0
#include "capacity_proof.hpp"

#include <algorithm>
#include <cmath>

#include "measure.hpp"
#include "nearby.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;

struct Piece {
  double saved{0};  ///< from above
  double demand{0};
};

// From above: what customers within the capacity can save at most, the last one in part; the most
// saved for its demand first.
double most_saved(const std::vector<Piece>& pieces, double capacity) {
  double sum = 0;
  double left = capacity;
  for (const Piece& piece : pieces) {
    if (left <= 0) {
      break;
    }
    const bool whole = piece.demand <= left;
    sum = up(sum + (whole ? piece.saved : up(up(left / piece.demand) * piece.saved)));
    left = up(left - piece.demand);
  }
  // Two ratios that rounding took for equal may stand in the wrong order: a hair covers it.
  return up(sum * (1 + 1e-13));
}

constexpr double kKnapsackMost = 2'000;  ///< largest capacity for which knapsacks are solved

/// Whole customers fill whole capacities: what a candidate saves is then a knapsack.
bool knapsacks(const Problem& problem) {
  const auto whole = [](double value) { return value == std::floor(value) && value >= 0; };
  return problem.kind == siting_problem::Kind::capacitated && !problem.split && problem.p > 0 &&
         problem.demand.size() == problem.customer_count &&
         problem.capacity.size() == problem.candidate_count &&
         std::all_of(problem.demand.begin(), problem.demand.end(), whole) &&
         std::all_of(problem.capacity.begin(), problem.capacity.end(),
                     [&](double value) { return whole(value) && value <= kKnapsackMost; });
}

// From above: what whole customers can save within a whole capacity, for each capacity up to it.
double most_saved_whole(const std::vector<Piece>& pieces, double capacity) {
  std::vector<double> most(static_cast<std::size_t>(capacity) + 1, 0.0);
  for (const Piece& piece : pieces) {
    const auto demand = static_cast<std::size_t>(piece.demand);
    for (std::size_t room = most.size(); room-- > demand;) {
      most[room] = std::max(most[room], up(most[room - demand] + piece.saved));
    }
  }
  return most.back();
}

std::vector<siting_problem::Size> sizes_of(const Problem& problem, std::uint32_t candidate) {
  if (!problem.sizes.empty()) {
    return problem.sizes[candidate];
  }
  const bool costs = problem.kind == siting_problem::Kind::facility && !problem.cost.empty();
  const bool holds = !problem.capacity.empty() && !problem.demand.empty();
  return {{holds ? problem.capacity[candidate] : std::numeric_limits<double>::infinity(),
           costs ? problem.cost[candidate] : 0}};
}

/// Customers turned into candidates: who is near a candidate.
Problem turned(const Problem& problem) {
  Problem out;
  out.metric = problem.metric;
  out.detour = problem.detour;
  out.customers = problem.candidates;
  out.candidates = problem.customers;
  out.customer_count = problem.candidate_count;
  out.candidate_count = problem.customer_count;
  return out;
}

/// From above: what opening a candidate is worth, less what it costs, in the size that is best.
double most_worth(const Problem& problem, std::uint32_t candidate, std::vector<Piece>& pieces,
                  bool knapsack) {
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return a.saved * b.demand > b.saved * a.demand; });
  if (knapsack) {
    return most_saved_whole(pieces, problem.capacity[candidate]);
  }
  double most = -std::numeric_limits<double>::infinity();
  for (const auto& size : sizes_of(problem, candidate)) {
    most = std::max(most, up(most_saved(pieces, size.capacity) - size.cost));
  }
  return most;
}

}  // namespace

base::Result<double> capacity_bound(const Problem& problem, const siting_problem::Proof& proof) {
  const std::vector<double>& nu = proof.nodes.front().multipliers;
  if (nu.size() != problem.customer_count) {
    return Error{ErrorCode::wrong_answer, "proof node 0",
                 "a multiplier for each customer is needed"};
  }
  double sum = 0;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    if (!(nu[u] >= 0) || !std::isfinite(nu[u])) {
      return Error{ErrorCode::wrong_answer, "proof node 0", "a multiplier is below 0"};
    }
    sum = down(sum + down(problem.weight_of(u) * nu[u]));
  }
  std::vector<double> saved;
  std::vector<Piece> pieces;
  const Problem around = turned(problem);
  const Nearby near(around);
  const double farthest = *std::max_element(nu.begin(), nu.end());
  std::int64_t required = 0;
  const bool knapsack = knapsacks(problem);
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_forbidden(j)) {
      continue;
    }
    pieces.clear();
    near.each(j, farthest, [&](std::uint32_t u) {
      const double over = nu[u] - distance_below(problem, j, u);
      if (over > 0) {
        pieces.push_back(
            {up(problem.weight_of(u) * up(over)), problem.demand.empty() ? 0 : problem.demand[u]});
      }
    });
    const double worth = most_worth(problem, j, pieces, knapsack);
    if (problem.is_required(j)) {
      sum = down(sum - worth);
      ++required;
    } else {
      saved.push_back(worth);
    }
  }
  std::sort(saved.begin(), saved.end(), std::greater<>{});
  const std::int64_t left = problem.p > 0 ? problem.p - required : problem.candidate_count;
  for (std::size_t k = 0; k < saved.size() && static_cast<std::int64_t>(k) < left; ++k) {
    if (problem.p == 0 && saved[k] <= 0) {
      break;
    }
    sum = down(sum - saved[k]);
  }
  return std::max(sum, 0.0);  // no plan is worth less
}

}  // namespace huan::siting_check
