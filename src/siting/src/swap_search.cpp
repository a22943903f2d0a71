// SPDX-License-Identifier: Apache-2.0
#include "swap_search.hpp"

#include "huan/base/assert.hpp"

namespace huan::siting {
namespace {

constexpr std::size_t kCheapest = 24;
constexpr double kRelativeSlack = 1e-11;

}  // namespace

SwapSearch::SwapSearch(const Space& space, const std::vector<double>& weight,
                       std::vector<std::uint8_t> fixed)
    : space_(space),
      weight_(weight),
      fixed_(std::move(fixed)),
      at_(space.candidates(), kNone),
      serving_(space.customers()),
      loss_(space.candidates(), 0.0),
      correction_(space.candidates(), 0.0),
      is_affected_(space.customers(), 0) {
  fixed_.resize(space.candidates(), 0);
  widest_.resize(space.customer_tree().nodes().size());
  open_below_.resize(space.candidate_tree().nodes().size());
}

// Every customer whose second facility is not nearer than the candidate, and maybe others.
template <class Look>
void SwapSearch::reach(std::uint32_t candidate, const Look& look) const {
  if (!space_.on_points()) {
    const Rows& rows = space_.by_candidate();
    for (std::uint64_t k = rows.start[candidate]; k < rows.start[candidate + 1]; ++k) {
      if (rows.distance[k] > widest_row_) {
        return;
      }
      look(rows.other[k], rows.distance[k]);
    }
    return;
  }
  space_.customer_tree().walk(
      space_.candidate_spot(candidate),
      [&](std::uint32_t node, double away) { return away <= widest_[node]; },
      [&](std::uint32_t customer, double apart) {
        if (const double d = space_.metric(apart); d < space_.far()) {
          look(customer, d);
        }
      });
}

void SwapSearch::find_two(std::uint32_t customer) {
  Serving& s = serving_[customer];
  s = {space_.far(), space_.far(), kNone, kNone};
  const auto offer = [&s](std::uint32_t candidate, double d) {
    if (d < s.d1 || (d == s.d1 && candidate < s.c1)) {
      s.d2 = s.d1;
      s.c2 = s.c1;
      s.d1 = d;
      s.c1 = candidate;
    } else if (d < s.d2 || (d == s.d2 && candidate < s.c2)) {
      s.d2 = d;
      s.c2 = candidate;
    }
  };
  if (!space_.on_points()) {
    const Rows& rows = space_.by_customer();
    int found = 0;
    for (std::uint64_t k = rows.start[customer]; k < rows.start[customer + 1] && found < 2; ++k) {
      if (at_[rows.other[k]] != kNone) {
        offer(rows.other[k], rows.distance[k]);
        ++found;
      }
    }
    return;
  }
  const double farthest = space_.spot_radius(space_.far());
  double limit = farthest * farthest;
  space_.candidate_tree().walk(
      space_.customer_spot(customer),
      [&](std::uint32_t node, double away) { return open_below_[node] > 0 && away <= limit; },
      [&](std::uint32_t candidate, double apart) {
        if (at_[candidate] != kNone && apart <= limit) {
          if (const double d = space_.metric(apart); d < space_.far()) {
            offer(candidate, d);
          }
          const double reach = space_.spot_radius(s.d2);
          limit = reach * reach;
        }
      });
}

void SwapSearch::mark(std::uint32_t candidate, bool open) {
  if (open) {
    at_[candidate] = static_cast<std::uint32_t>(open_.size());
    open_.push_back(candidate);
  } else {
    const std::uint32_t place = at_[candidate];
    open_[place] = open_.back();
    at_[open_[place]] = place;
    open_.pop_back();
    at_[candidate] = kNone;
  }
  if (!space_.on_points()) {
    return;
  }
  std::uint32_t node = space_.candidate_tree().leaf_of(candidate);
  while (true) {
    open_below_[node] += open ? 1U : ~0U;
    if (node == 0) {
      return;
    }
    node = space_.candidate_tree().nodes()[node].parent;
  }
}

void SwapSearch::set_open(const std::vector<std::uint32_t>& facilities) {
  std::fill(at_.begin(), at_.end(), kNone);
  std::fill(open_below_.begin(), open_below_.end(), 0U);
  open_.clear();
  for (const std::uint32_t facility : facilities) {
    mark(facility, true);
  }
  refresh();
}

void SwapSearch::refresh() {
  cost_ = 0;
  widest_row_ = 0;
  std::fill(loss_.begin(), loss_.end(), 0.0);
  for (std::uint32_t u = 0; u < serving_.size(); ++u) {
    find_two(u);
    const Serving& s = serving_[u];
    cost_ += weight_[u] * s.d1;
    if (s.c1 != kNone) {
      loss_[s.c1] += weight_[u] * (s.d2 - s.d1);
    }
    widest_row_ = std::max(widest_row_, s.d2);
  }
  const auto& nodes = space_.customer_tree().nodes();
  for (std::size_t at = nodes.size(); at-- > 0;) {
    double widest = 0;
    if (nodes[at].right != 0) {
      widest = std::max(widest_[at + 1], widest_[nodes[at].right]);
    } else {
      for (std::uint32_t k = nodes[at].begin; k < nodes[at].end; ++k) {
        const double r = space_.spot_radius(serving_[space_.customer_tree().order()[k]].d2);
        widest = std::max(widest, r * r);
      }
    }
    widest_[at] = widest;
  }
  slack_ = std::max(kRelativeSlack * cost_, 1e-12);
  find_cheapest();
}

void SwapSearch::widen(std::uint32_t customer) {
  widest_row_ = std::max(widest_row_, serving_[customer].d2);
  if (!space_.on_points()) {
    return;
  }
  const double reach = space_.spot_radius(serving_[customer].d2);
  const double square = reach * reach;
  std::uint32_t node = space_.customer_tree().leaf_of(customer);
  while (widest_[node] < square) {
    widest_[node] = square;
    node = space_.customer_tree().nodes()[node].parent;
  }
}

void SwapSearch::find_cheapest() {
  cheapest_.clear();
  for (const std::uint32_t facility : open_) {
    if (fixed_[facility] == 0) {
      cheapest_.push_back(facility);
    }
  }
  const auto less = [this](std::uint32_t a, std::uint32_t b) {
    return loss_[a] != loss_[b] ? loss_[a] < loss_[b] : a < b;
  };
  if (cheapest_.size() > kCheapest) {
    std::nth_element(cheapest_.begin(), cheapest_.begin() + kCheapest, cheapest_.end(), less);
    cheapest_.resize(kCheapest);
  }
  std::sort(cheapest_.begin(), cheapest_.end(), less);
}

void SwapSearch::put_in(std::uint32_t candidate) {
  Swap swap = best_for(candidate);
  if (swap.out == kNone) {  // nothing serves without it, so that no loss can be told
    swap.out = *std::find_if(open_.begin(), open_.end(),
                             [&](std::uint32_t facility) { return fixed_[facility] == 0; });
  }
  apply(swap);
}

SwapSearch::Swap SwapSearch::best_for(std::uint32_t candidate) {
  double gain = 0;
  touched_.clear();
  reach(candidate, [&](std::uint32_t u, double d) {
    const Serving& s = serving_[u];
    if (!(d < s.d2)) {
      return;
    }
    const double w = weight_[u];
    double back = w * (s.d2 - d);
    if (d < s.d1) {
      gain += w * (s.d1 - d);
      back = w * (s.d2 - s.d1);
    }
    if (s.c1 != kNone && back > 0) {
      if (correction_[s.c1] == 0) {
        touched_.push_back(s.c1);
      }
      correction_[s.c1] += back;
    }
  });
  Swap best{candidate, kNone, 0};
  double least = std::numeric_limits<double>::infinity();
  const auto offer = [&](std::uint32_t facility, double loss) {
    if (loss < least || (loss == least && facility < best.out)) {
      least = loss;
      best.out = facility;
    }
  };
  for (const std::uint32_t facility : touched_) {
    if (fixed_[facility] == 0) {
      offer(facility, loss_[facility] - correction_[facility]);
    }
  }
  bool found = false;
  for (const std::uint32_t facility : cheapest_) {
    if (correction_[facility] == 0) {
      offer(facility, loss_[facility]);
      found = true;
      break;
    }
  }
  if (!found && cheapest_.size() == kCheapest) {
    for (const std::uint32_t facility : open_) {
      if (fixed_[facility] == 0 && correction_[facility] == 0) {
        offer(facility, loss_[facility]);
      }
    }
  }
  for (const std::uint32_t facility : touched_) {
    correction_[facility] = 0;
  }
  best.profit = best.out == kNone ? 0 : gain - least;
  return best;
}

void SwapSearch::affect(std::uint32_t customer) {
  if (is_affected_[customer] != 0) {
    return;
  }
  is_affected_[customer] = 1;
  affected_.push_back(customer);
  const Serving& s = serving_[customer];
  cost_ -= weight_[customer] * s.d1;
  if (s.c1 != kNone) {
    loss_[s.c1] -= weight_[customer] * (s.d2 - s.d1);
  }
}

void SwapSearch::settle() {
  for (const std::uint32_t u : affected_) {
    const Serving& s = serving_[u];
    cost_ += weight_[u] * s.d1;
    if (s.c1 != kNone) {
      loss_[s.c1] += weight_[u] * (s.d2 - s.d1);
    }
    widen(u);
    is_affected_[u] = 0;
  }
  affected_.clear();
  find_cheapest();
}

void SwapSearch::put_first(std::uint32_t customer, std::uint32_t facility, double d) {
  Serving& s = serving_[customer];
  if (d < s.d1 || (d == s.d1 && facility < s.c1)) {
    s.d2 = s.d1;
    s.c2 = s.c1;
    s.d1 = d;
    s.c1 = facility;
  } else if (d < s.d2 || (d == s.d2 && facility < s.c2)) {
    s.d2 = d;
    s.c2 = facility;
  }
}

void SwapSearch::open(std::uint32_t candidate) {
  HUAN_ASSERT(!is_open(candidate));
  mark(candidate, true);
  loss_[candidate] = 0;
  reach(candidate, [&](std::uint32_t u, double d) {
    if (d <= serving_[u].d2) {
      affect(u);
      put_first(u, candidate, d);
    }
  });
  settle();
}

void SwapSearch::close(std::uint32_t facility) { apply({kNone, facility, 0}); }

void SwapSearch::apply(const Swap& swap) {
  std::vector<std::uint32_t> orphans;
  reach(swap.out, [&](std::uint32_t u, double) {
    if (serving_[u].c1 == swap.out || serving_[u].c2 == swap.out) {
      affect(u);
      orphans.push_back(u);
    }
  });
  mark(swap.out, false);
  loss_[swap.out] = 0;
  if (swap.in != kNone) {
    mark(swap.in, true);
    loss_[swap.in] = 0;
    reach(swap.in, [&](std::uint32_t u, double d) {
      if (d <= serving_[u].d2) {
        affect(u);
        put_first(u, swap.in, d);
      }
    });
  }
  for (const std::uint32_t u : orphans) {
    find_two(u);
  }
  settle();
}

}  // namespace huan::siting
