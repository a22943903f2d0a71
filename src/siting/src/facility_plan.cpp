// SPDX-License-Identifier: Apache-2.0
#include "facility_plan.hpp"

#include <algorithm>

#include "capacity_bound.hpp"

namespace huan::siting {
namespace {

constexpr std::size_t kLooks = 8;      ///< facilities that a customer may go to
constexpr double kHairOfRoom = 1e-12;  ///< of a capacity, for sums in another order
constexpr double kLeastShare = 1e-9;   ///< smaller parts of a customer are not split off
constexpr double kBetterBy = 1e-10;
constexpr std::uint32_t kAreaAtMost = 5;
constexpr int kMovePasses = 8;

}  // namespace

FacilityPlan::FacilityPlan(const Problem& problem, const Space& space, const Arcs& near)
    : problem_(problem),
      space_(space),
      near_(near),
      weight_(problem.weight),
      demand_(problem.demand),
      open_(space, near),
      pieces_(problem.customer_count),
      members_(problem.candidate_count),
      load_(problem.candidate_count, 0.0) {
  weight_.resize(problem.customer_count, 1.0);
  demand_.resize(problem.customer_count, 0.0);
  sizes_.reserve(problem.candidate_count);
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    sizes_.push_back(sizes_of(problem, j));
  }
}

std::uint32_t FacilityPlan::size_of(std::uint32_t facility) const {
  const auto& sizes = sizes_[facility];
  const double load = load_[facility] * (1 - kHairOfRoom);
  std::uint32_t best = static_cast<std::uint32_t>(sizes.size()) - 1;
  for (std::uint32_t k = best; k-- > 0;) {
    if (sizes[k].capacity < load) {
      break;
    }
    best = sizes[k].cost <= sizes[best].cost ? k : best;
  }
  return best;
}

double FacilityPlan::cost_of(std::uint32_t facility, double load) const {
  const auto& sizes = sizes_[facility];
  double least = sizes.back().cost;
  for (std::size_t k = sizes.size() - 1; k-- > 0;) {
    if (sizes[k].capacity < load * (1 - kHairOfRoom)) {
      break;
    }
    least = std::min(least, sizes[k].cost);
  }
  return least;
}

double FacilityPlan::room(std::uint32_t facility) const {
  return sizes_[facility].back().capacity * (1 + kHairOfRoom) - load_[facility];
}

void FacilityPlan::set_open(std::uint32_t candidate, bool open) {
  if (open) {
    open_.add(candidate);
    load_[candidate] = 0;
    opening_ += cost_of(candidate, 0);
    return;
  }
  opening_ -= cost_of(candidate, load_[candidate]);
  open_.remove(candidate);
}

void FacilityPlan::give(std::uint32_t customer, const Piece& piece) {
  const std::uint32_t j = piece.facility;
  const double more = piece.share * demand_[customer];
  opening_ += cost_of(j, load_[j] + more) - cost_of(j, load_[j]);
  load_[j] += more;
  ways_ += piece.share * way(j, customer);
  for (Piece& one : pieces_[customer]) {
    if (one.facility == j) {
      one.share += piece.share;
      return;
    }
  }
  pieces_[customer].push_back(piece);
  members_[j].push_back(customer);
}

void FacilityPlan::drop_member(std::uint32_t facility, std::uint32_t customer) {
  auto& members = members_[facility];
  *std::find(members.begin(), members.end(), customer) = members.back();
  members.pop_back();
}

void FacilityPlan::release(std::uint32_t customer) {
  for (const Piece& piece : pieces_[customer]) {
    const std::uint32_t j = piece.facility;
    const double less = members_[j].size() == 1 ? 0 : load_[j] - piece.share * demand_[customer];
    opening_ += cost_of(j, less) - cost_of(j, load_[j]);
    load_[j] = less;
    ways_ -= piece.share * way(j, customer);
    drop_member(j, customer);
  }
  pieces_[customer].clear();
}

// What of the customer is not served yet goes where that adds least; false when it does not fit
// into the `look` nearest.
bool FacilityPlan::serve(std::uint32_t customer, std::size_t look) {
  open_.look(customer, look);
  double left = 1;
  for (const Piece& piece : pieces_[customer]) {
    left -= piece.share;
  }
  const double demand = demand_[customer];
  while (left > kLeastShare) {
    std::uint32_t best = kNone;
    double least = std::numeric_limits<double>::infinity();
    double share = left;
    for (const auto& [d, j] : open_.found()) {
      double fits = left;
      if (room(j) < left * demand) {
        fits = problem_.split ? std::max(0.0, room(j)) / demand : 0;
      }
      if (fits <= kLeastShare) {
        continue;
      }
      const double grows = cost_of(j, load_[j] + fits * demand) - cost_of(j, load_[j]);
      const double price = weight_[customer] * d + grows / fits;
      if (price < least) {
        least = price;
        best = j;
        share = fits;
      }
    }
    if (best == kNone) {
      return false;
    }
    give(customer, {best, share});
    left -= share;
  }
  return true;
}

// The candidate near it that costs least for it and holds it.
bool FacilityPlan::open_for(std::uint32_t customer) {
  if (!may_count(open_.size() + 1)) {
    return false;
  }
  std::uint32_t best = kNone;
  double least = std::numeric_limits<double>::infinity();
  for (auto k = near_.start[customer]; k < near_.start[customer + 1]; ++k) {
    const std::uint32_t j = near_.candidates[near_.candidate[k]];
    if (open_.has(j) || sizes_[j].back().capacity < demand_[customer]) {
      continue;
    }
    const double price = weight_[customer] * near_.distance[k] + cost_of(j, demand_[customer]);
    if (price < least) {
      least = price;
      best = j;
    }
  }
  if (best == kNone) {
    return false;
  }
  set_open(best, true);
  return true;
}

// Who would lose most by not getting the nearest goes first.
bool FacilityPlan::fill(const std::vector<std::uint32_t>& customers, Random& random) {
  std::vector<std::pair<double, std::uint32_t>> order;
  order.reserve(customers.size());
  const bool by_demand = !problem_.demand.empty() && random.below(3) == 0;
  for (const std::uint32_t u : customers) {
    double key = -demand_[u] * (0.8 + 0.4 * random.share());
    if (!by_demand) {
      open_.look(u, 2);
      const double regret =
          open_.found().size() < 2 ? 1 : open_.found()[1].first - open_.found()[0].first;
      key = -weight_[u] * regret * (0.7 + 0.6 * random.share());
    }
    order.emplace_back(key, u);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [key, u] : order) {
    if (!serve(u, kLooks) && !serve(u, open_.size()) && (!open_for(u) || !serve(u, open_.size()))) {
      return false;
    }
  }
  return true;
}

bool FacilityPlan::build(const std::vector<std::uint32_t>& facilities, Random& random) {
  restore({facilities, {}});
  if (open_.empty() && !open_for(random.below(problem_.customer_count))) {
    return false;
  }
  std::vector<std::uint32_t> all(problem_.customer_count);
  for (std::uint32_t u = 0; u < all.size(); ++u) {
    all[u] = u;
  }
  const bool fits = fill(all, random);
  close_idle();
  return fits;
}

bool FacilityPlan::build_online(Random& random) {
  restore({{}, {}});
  std::vector<std::uint32_t> order(problem_.customer_count);
  for (std::uint32_t u = 0; u < order.size(); ++u) {
    order[u] = u;
  }
  for (std::size_t k = order.size(); k > 1; --k) {
    std::swap(order[k - 1], order[random.below(static_cast<std::uint32_t>(k))]);
  }
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (problem_.is_required(j)) {
      set_open(j, true);
    }
  }
  for (const std::uint32_t u : order) {
    const auto first = near_.start[u];
    if (!open_.empty() && first < near_.start[u + 1]) {
      open_.look(u, 1);
      const std::uint32_t j = near_.candidates[near_.candidate[first]];
      const double longer = weight_[u] * (open_.found().front().first - near_.distance[first]);
      const double opening = std::max(1e-12, cost_of(j, demand_[u]));
      if (!open_.has(j) && random.share() < longer / opening) {
        set_open(j, true);
      }
    }
    if ((open_.empty() && !open_for(u)) || (!serve(u, kLooks) && !serve(u, open_.size()) &&
                                            (!open_for(u) || !serve(u, open_.size())))) {
      return false;
    }
  }
  close_idle();
  return true;
}

void FacilityPlan::close_idle() {
  if (problem_.p > 0) {
    return;
  }
  const std::vector<std::uint32_t> all = open_.list();
  for (const std::uint32_t j : all) {
    if (members_[j].empty() && !problem_.is_required(j) && open_.size() > 1) {
      set_open(j, false);
    }
  }
}

// Out of where it is and to where that adds least, if that is better.
bool FacilityPlan::try_move(std::uint32_t customer) {
  const double before = cost();
  const std::vector<Piece> pieces = pieces_[customer];
  release(customer);
  const bool fits = serve(customer, kLooks);
  if (fits && cost() < before - kBetterBy * before) {
    return true;
  }
  release(customer);
  for (const Piece& piece : pieces) {
    give(customer, piece);
  }
  return false;
}

// The facility moves to the candidate that serves its customers best and holds them.
bool FacilityPlan::recentre(std::uint32_t facility) {
  if (problem_.is_required(facility) || members_[facility].empty()) {
    return false;
  }
  const std::vector<std::uint32_t> members = members_[facility];
  const auto share_of = [&](std::uint32_t u) {
    double share = 0;
    for (const Piece& piece : pieces_[u]) {
      share += piece.facility == facility ? piece.share : 0;
    }
    return share;
  };
  double before = cost_of(facility, load_[facility]);
  std::uint32_t middle = members.front();
  double nearest = space_.distance(facility, middle);
  for (const std::uint32_t u : members) {
    before += share_of(u) * way(facility, u);
    if (const double d = space_.distance(facility, u); d < nearest) {
      nearest = d;
      middle = u;
    }
  }
  std::uint32_t best = kNone;
  double least = before * (1 - kBetterBy);
  const auto first = near_.start[middle];
  const auto limit = std::min(near_.start[middle + 1], first + 2 * members.size() + 8);
  for (auto k = first; k < limit; ++k) {
    const std::uint32_t j = near_.candidates[near_.candidate[k]];
    if (open_.has(j) || sizes_[j].back().capacity < load_[facility]) {
      continue;
    }
    double sum = cost_of(j, load_[facility]);
    for (std::size_t m = 0; m < members.size() && sum < least; ++m) {
      sum += share_of(members[m]) * way(j, members[m]);
    }
    if (sum < least) {
      least = sum;
      best = j;
    }
  }
  if (best == kNone) {
    return false;
  }
  set_open(best, true);
  for (const std::uint32_t u : members) {
    const std::vector<Piece> pieces = pieces_[u];
    release(u);
    for (const Piece& piece : pieces) {
      give(u, {piece.facility == facility ? best : piece.facility, piece.share});
    }
  }
  set_open(facility, false);
  std::replace(area_.begin(), area_.end(), facility, best);
  return true;
}

void FacilityPlan::improve(const std::vector<std::uint32_t>& facilities) {
  area_ = facilities;
  for (int pass = 0; pass < kMovePasses; ++pass) {
    bool changed = false;
    const std::vector<std::uint32_t> round = area_;
    for (const std::uint32_t j : round) {
      if (!open_.has(j)) {
        continue;
      }
      const std::vector<std::uint32_t> members = members_[j];
      for (const std::uint32_t u : members) {
        changed = try_move(u) || changed;
      }
    }
    for (const std::uint32_t j : round) {
      changed = (open_.has(j) && recentre(j)) || changed;
    }
    if (!changed) {
      break;
    }
  }
  close_idle();
}

// One closes, one opens near, or both.
void FacilityPlan::reshape(std::vector<std::uint32_t>& loose, Random& random) {
  const bool free = problem_.p == 0;
  const std::uint32_t kind = random.below(free ? 4 : 2);  // 0 and 1 exchange, 2 closes, 3 opens
  std::uint32_t in = kNone;
  if (kind != 2) {
    const std::uint32_t by = loose[random.below(static_cast<std::uint32_t>(loose.size()))];
    const auto listed = near_.start[by + 1] - near_.start[by];
    if (listed == 0) {
      return;
    }
    const auto reach = static_cast<std::uint32_t>(std::min<std::uint64_t>(listed, 12));
    in = near_.candidates[near_.candidate[near_.start[by] + random.below(reach)]];
    if (open_.has(in)) {
      return;
    }
  }
  if (kind != 3) {
    const std::uint32_t which = random.below(static_cast<std::uint32_t>(area_.size()));
    const std::uint32_t out = area_[which];
    if (problem_.is_required(out) || (in == kNone && open_.size() == 1)) {
      return;
    }
    set_open(out, false);
    area_.erase(area_.begin() + which);
  }
  if (in != kNone) {
    set_open(in, true);
    area_.push_back(in);
  }
}

bool FacilityPlan::shake(Random& random) {
  const std::uint32_t centre = random.below(problem_.customer_count);
  open_.look(centre, 2 + random.below(kAreaAtMost - 1));
  area_.clear();
  std::vector<std::uint32_t> loose;
  for (const auto& [d, j] : open_.found()) {
    area_.push_back(j);
    loose.insert(loose.end(), members_[j].begin(), members_[j].end());
  }
  std::sort(loose.begin(), loose.end());
  loose.erase(std::unique(loose.begin(), loose.end()), loose.end());
  for (const std::uint32_t u : loose) {
    release(u);
  }
  if (!loose.empty()) {
    reshape(loose, random);
  }
  return !open_.empty() && fill(loose, random);
}

}  // namespace huan::siting
