// SPDX-License-Identifier: Apache-2.0
#include "capacity_proof.hpp"

#include <algorithm>

#include "measure.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;

struct Piece {
  double saved{0};  ///< from above
  double demand{0};
};

// From above: what customers within the capacity can save at most, the last one in part.
double most_saved(std::vector<Piece>& pieces, double capacity) {
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return a.saved / a.demand > b.saved / b.demand; });
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
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_forbidden(j)) {
      continue;
    }
    pieces.clear();
    for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
      const double over = nu[u] - distance_below(problem, j, u);
      if (over > 0) {
        pieces.push_back({up(problem.weight_of(u) * up(over)), problem.demand[u]});
      }
    }
    saved.push_back(most_saved(pieces, problem.capacity[j]));
  }
  std::sort(saved.begin(), saved.end(), std::greater<>{});
  for (std::size_t k = 0; k < saved.size() && static_cast<std::int64_t>(k) < problem.p; ++k) {
    sum = down(sum - saved[k]);
  }
  return sum;
}

}  // namespace huan::siting_check
