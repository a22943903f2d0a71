// SPDX-License-Identifier: Apache-2.0
// Parts of customers among facilities that stay as they are: a flow of least cost. A node for each
// facility, and one for the room that is left; an edge for the cheapest customer to go from one to
// another.
#include <algorithm>

#include "facility_plan.hpp"

namespace huan::siting {
namespace {

constexpr std::size_t kWays = 10;      ///< facilities that a part may go to
constexpr double kLeastPart = 1e-9;    ///< of a customer
constexpr double kWorthwhile = 1e-10;  ///< of the cost of a unit along a chain

}  // namespace

double FacilityPlan::share_at(std::uint32_t customer, std::uint32_t facility) const {
  for (const Piece& piece : pieces_[customer]) {
    if (piece.facility == facility) {
      return piece.share;
    }
  }
  return 0;
}

// Room within the size that it has.
double FacilityPlan::spare(std::uint32_t facility) const {
  return std::max(0.0, sizes_[facility][size_of(facility)].capacity - load_[facility]);
}

void FacilityPlan::find_shifts(std::vector<std::vector<Shift>>& shifts) {
  shifts.assign(open_.size(), {});
  for (std::uint32_t u = 0; u < pieces_.size(); ++u) {
    if (demand_[u] <= 0) {
      continue;
    }
    open_.look(u, kWays);
    for (const Piece& piece : pieces_[u]) {
      auto& from = shifts[open_.place(piece.facility)];
      const double now = way(piece.facility, u);
      for (const auto& [d, k] : open_.found()) {
        if (k == piece.facility) {
          continue;
        }
        const double cost = (weight_[u] * d - now) / demand_[u];
        const auto there = std::find_if(from.begin(), from.end(),
                                        [&](const Shift& one) { return one.to == open_.place(k); });
        if (there == from.end()) {
          from.push_back({open_.place(k), u, cost});
        } else if (cost < there->cost) {
          *there = {open_.place(k), u, cost};
        }
      }
    }
  }
}

// Places in open_ along a chain that makes the plan cheaper, each giving to the next, the last to
// the first; the node behind all places is the room that is left. Empty when there is none.
std::vector<std::uint32_t> FacilityPlan::cheaper_chain(
    const std::vector<std::vector<Shift>>& shifts) const {
  const auto nodes = static_cast<std::uint32_t>(open_.size()) + 1;
  const std::uint32_t free = nodes - 1;
  std::vector<double> potential(nodes, 0.0);
  std::vector<std::uint32_t> before(nodes, kNone);
  double scale = 0;
  for (const auto& from : shifts) {
    for (const Shift& one : from) {
      scale = std::max(scale, std::abs(one.cost));
    }
  }
  const auto relax = [&](std::uint32_t a, std::uint32_t b, double cost) {
    if (potential[a] + cost < potential[b] - kWorthwhile * scale) {
      potential[b] = potential[a] + cost;
      before[b] = a;
      return true;
    }
    return false;
  };
  for (std::uint32_t round = 0; round <= nodes; ++round) {
    bool changed = false;
    for (std::uint32_t a = 0; a < free; ++a) {
      for (const Shift& one : shifts[a]) {
        changed = relax(a, one.to, one.cost) || changed;
      }
      if (spare(open_.list()[a]) > 0) {
        changed = relax(a, free, 0) || changed;
      }
      changed = relax(free, a, 0) || changed;
    }
    if (!changed) {
      return {};
    }
    // A ring among those before each other is a chain of negative cost.
    std::vector<std::uint32_t> seen(nodes, kNone);
    for (std::uint32_t start = 0; start < nodes; ++start) {
      std::uint32_t at = start;
      while (at != kNone && seen[at] == kNone) {
        seen[at] = start;
        at = before[at];
      }
      if (at == kNone || seen[at] != start) {
        continue;
      }
      std::vector<std::uint32_t> chain;
      for (std::uint32_t k = before[at]; k != at; k = before[k]) {
        chain.push_back(k);
      }
      chain.push_back(at);
      std::reverse(chain.begin(), chain.end());
      return chain;
    }
  }
  return {};
}

void FacilityPlan::shift(std::uint32_t customer, const Piece& from, std::uint32_t to) {
  std::vector<Piece> pieces = pieces_[customer];
  release(customer);
  for (Piece& piece : pieces) {
    piece.share -= piece.facility == from.facility ? from.share : 0;
    if (piece.share > kLeastPart) {
      give(customer, piece);
    }
  }
  give(customer, {to, from.share});
}

bool FacilityPlan::go_along(const std::vector<std::vector<Shift>>& shifts,
                            const std::vector<std::uint32_t>& chain) {
  struct Move {
    std::uint32_t customer;
    std::uint32_t from;
    std::uint32_t to;
  };
  std::vector<Move> moves;
  double amount = std::numeric_limits<double>::infinity();
  const auto free = static_cast<std::uint32_t>(open_.size());
  for (std::size_t k = 0; k < chain.size(); ++k) {
    const std::uint32_t a = chain[k];
    const std::uint32_t b = chain[(k + 1) % chain.size()];
    if (a == free) {
      continue;
    }
    if (b == free) {
      amount = std::min(amount, spare(open_.list()[a]));
      continue;
    }
    const auto there = std::find_if(shifts[a].begin(), shifts[a].end(),
                                    [&](const Shift& one) { return one.to == b; });
    const std::uint32_t u = there->customer;
    amount = std::min(amount, share_at(u, open_.list()[a]) * demand_[u]);
    moves.push_back({u, open_.list()[a], open_.list()[b]});
  }
  if (moves.empty() || !(amount > 0)) {
    return false;
  }
  for (const Move& move : moves) {
    double share = amount / demand_[move.customer];
    const double there = share_at(move.customer, move.from);
    if (there - share < kLeastPart) {
      share = there;
    }
    if (share > kLeastPart) {
      shift(move.customer, {move.from, share}, move.to);
    }
  }
  return true;
}

void FacilityPlan::balance(int chains) {
  if (!problem_.split || problem_.demand.empty() || open_.size() < 2) {
    return;
  }
  std::vector<std::vector<Shift>> shifts;
  double before = cost();
  for (int k = 0; k < chains; ++k) {
    find_shifts(shifts);
    const std::vector<std::uint32_t> chain = cheaper_chain(shifts);
    if (chain.empty() || !go_along(shifts, chain) || cost() > before) {
      return;
    }
    before = cost();
  }
}

}  // namespace huan::siting
