// SPDX-License-Identifier: Apache-2.0
#include "capacity_plan.hpp"

#include <algorithm>

namespace huan::siting {
namespace {

constexpr std::size_t kNearest = 6;  ///< facilities that a customer may move to
constexpr std::size_t kThird = 4;    ///< and one that is pushed out
constexpr double kBetter = 1e-9;     ///< relative
constexpr std::uint32_t kAreaMax = 5;
constexpr int kPasses = 12;

}  // namespace

CapacityPlan::CapacityPlan(const Problem& problem, const Space& space, const Arcs& near)
    : problem_(problem),
      space_(space),
      near_(near),
      weight_(problem.weight),
      open_(space, near),
      served_by_(problem.customer_count, kNone),
      place_(problem.customer_count, kNone),
      members_(problem.candidate_count),
      load_(problem.candidate_count, 0.0) {
  weight_.resize(problem.customer_count, 1.0);
}

void CapacityPlan::assign(std::uint32_t customer, std::uint32_t facility) {
  served_by_[customer] = facility;
  place_[customer] = static_cast<std::uint32_t>(members_[facility].size());
  members_[facility].push_back(customer);
  load_[facility] += problem_.demand[customer];
  cost_ += price(facility, customer);
}

void CapacityPlan::release(std::uint32_t customer) {
  const std::uint32_t facility = served_by_[customer];
  std::vector<std::uint32_t>& members = members_[facility];
  const std::uint32_t last = members.back();
  members[place_[customer]] = last;
  place_[last] = place_[customer];
  members.pop_back();
  load_[facility] -= problem_.demand[customer];
  cost_ -= price(facility, customer);
  served_by_[customer] = kNone;
}

void CapacityPlan::refresh() {
  cost_ = 0;
  std::fill(load_.begin(), load_.end(), 0.0);
  for (std::uint32_t u = 0; u < served_by_.size(); ++u) {
    cost_ += price(served_by_[u], u);
    load_[served_by_[u]] += problem_.demand[u];
  }
}

void CapacityPlan::restore(const std::vector<std::uint32_t>& facilities,
                           const std::vector<std::uint32_t>& assignment) {
  for (const std::uint32_t j : open_.list()) {
    members_[j].clear();
    load_[j] = 0;
  }
  open_.clear();
  cost_ = 0;
  for (const std::uint32_t j : facilities) {
    open_.add(j);
  }
  for (std::uint32_t u = 0; u < assignment.size(); ++u) {
    assign(u, assignment[u]);
  }
}

bool CapacityPlan::holds() const {
  return std::all_of(open_.list().begin(), open_.list().end(),
                     [this](std::uint32_t j) { return load_[j] <= problem_.capacity[j]; });
}

void CapacityPlan::return_to(const std::vector<std::uint32_t>& facilities,
                             const std::vector<std::uint32_t>& assignment) {
  std::vector<std::uint32_t> moved;
  for (std::uint32_t u = 0; u < assignment.size(); ++u) {
    if (served_by_[u] != assignment[u]) {
      if (served_by_[u] != kNone) {
        release(u);
      }
      moved.push_back(u);
    }
  }
  const std::vector<std::uint32_t> before = open_.list();
  std::vector<std::uint8_t> wanted(problem_.candidate_count, 0);
  for (const std::uint32_t j : facilities) {
    wanted[j] = 1;
  }
  for (const std::uint32_t j : before) {
    if (wanted[j] == 0) {
      open_.remove(j);
    }
  }
  for (const std::uint32_t j : facilities) {
    if (!open_.has(j)) {
      open_.add(j);
    }
  }
  for (const std::uint32_t u : moved) {
    assign(u, assignment[u]);
  }
}

// Who would lose most by not getting the nearest goes first; what does not fit near goes where it
// fits.
bool CapacityPlan::fill(const std::vector<std::uint32_t>& customers, Random& random) {
  std::vector<std::pair<double, std::uint32_t>> order;
  order.reserve(customers.size());
  for (const std::uint32_t u : customers) {
    open_.look(u, 2);
    const double regret =
        open_.found().size() < 2 ? 1 : open_.found()[1].first - open_.found()[0].first;
    order.emplace_back(-weight_[u] * regret * (0.7 + 0.6 * random.share()), u);
  }
  if (random.below(3) == 0) {
    for (auto& [key, u] : order) {
      key = -problem_.demand[u] * (0.8 + 0.4 * random.share());
    }
  }
  std::sort(order.begin(), order.end());
  for (const auto& [key, u] : order) {
    std::uint32_t best = kNone;
    for (const std::size_t count : {kNearest, open_.size()}) {
      open_.look(u, count);
      for (const auto& [d, j] : open_.found()) {
        if (room(j) >= problem_.demand[u]) {
          best = j;
          break;
        }
      }
      if (best != kNone) {
        break;
      }
    }
    if (best == kNone) {
      return false;
    }
    assign(u, best);
  }
  return true;
}

bool CapacityPlan::build(const std::vector<std::uint32_t>& facilities, Random& random) {
  restore(facilities, {});
  std::fill(served_by_.begin(), served_by_.end(), kNone);
  std::vector<std::uint32_t> all(problem_.customer_count);
  for (std::uint32_t u = 0; u < all.size(); ++u) {
    all[u] = u;
  }
  return fill(all, random);
}

// `customer` goes into `into`, one of its members out of it to where there is room (or into the
// room that `customer` leaves).
bool CapacityPlan::try_chain(std::uint32_t customer, std::uint32_t into, double gain) {
  const std::uint32_t from = served_by_[customer];
  const double needed = problem_.demand[customer] - room(into);
  std::uint32_t best_out = kNone;
  std::uint32_t best_to = kNone;
  double best = gain - kBetter * (1 + gain);
  for (const std::uint32_t k : members_[into]) {
    if (problem_.demand[k] < needed) {
      continue;
    }
    const double now = price(into, k);
    const double back = price(from, k) - now;
    if (back < best && room(from) + problem_.demand[customer] >= problem_.demand[k]) {
      best = back;
      best_out = k;
      best_to = from;
    }
    open_.look(k, kThird);
    for (const auto& [d, j] : open_.found()) {
      if (j == into || j == from || room(j) < problem_.demand[k]) {
        continue;
      }
      const double change = weight_[k] * d - now;
      if (change < best) {
        best = change;
        best_out = k;
        best_to = j;
      }
      break;
    }
  }
  if (best_out == kNone) {
    return false;
  }
  release(best_out);
  release(customer);
  assign(customer, into);
  assign(best_out, best_to);
  return true;
}

bool CapacityPlan::try_customer(std::uint32_t customer) {
  const std::uint32_t from = served_by_[customer];
  const double now = price(from, customer);
  open_.look(customer, kNearest);
  const std::vector<std::pair<double, std::uint32_t>> targets = open_.found();
  for (const auto& [d, j] : targets) {
    const double gain = now - weight_[customer] * d;
    if (j == from || gain <= kBetter * now) {
      break;
    }
    if (room(j) >= problem_.demand[customer]) {
      release(customer);
      assign(customer, j);
      return true;
    }
    if (try_chain(customer, j, gain)) {
      return true;
    }
  }
  return false;
}

// The facility moves to the candidate that serves its customers best and holds them.
bool CapacityPlan::recentre(std::uint32_t facility) {
  if (problem_.is_required(facility) || members_[facility].empty()) {
    return false;
  }
  const std::vector<std::uint32_t> members = members_[facility];
  double before = 0;
  std::uint32_t middle = members.front();
  double nearest = space_.distance(facility, middle);
  for (const std::uint32_t u : members) {
    before += price(facility, u);
    if (const double d = space_.distance(facility, u); d < nearest) {
      nearest = d;
      middle = u;
    }
  }
  std::uint32_t best = kNone;
  double least = before * (1 - kBetter);
  const auto first = near_.start[middle];
  const auto limit = std::min(near_.start[middle + 1], first + 2 * members.size() + 8);
  for (auto k = first; k < limit; ++k) {
    const std::uint32_t j = near_.candidates[near_.candidate[k]];
    if (open_.has(j) || problem_.capacity[j] < load_[facility]) {
      continue;
    }
    double sum = 0;
    for (const std::uint32_t u : members) {
      sum += price(j, u);
      if (sum >= least) {
        break;
      }
    }
    if (sum < least) {
      least = sum;
      best = j;
    }
  }
  if (best == kNone) {
    return false;
  }
  for (const std::uint32_t u : members) {
    release(u);
  }
  open_.remove(facility);
  open_.add(best);
  for (const std::uint32_t u : members) {
    assign(u, best);
  }
  std::replace(area_.begin(), area_.end(), facility, best);
  return true;
}

void CapacityPlan::improve(const std::vector<std::uint32_t>& facilities,
                           const std::function<bool()>& proceed) {
  area_ = facilities;
  for (int pass = 0; pass < kPasses; ++pass) {
    bool changed = false;
    const std::vector<std::uint32_t> round = area_;
    for (const std::uint32_t j : round) {
      if (!proceed()) {
        return;
      }
      if (!open_.has(j)) {
        continue;
      }
      const std::vector<std::uint32_t> members = members_[j];
      for (const std::uint32_t u : members) {
        changed = (served_by_[u] == j && try_customer(u)) || changed;
      }
    }
    for (const std::uint32_t j : round) {
      changed = (open_.has(j) && recentre(j)) || changed;
    }
    if (!changed) {
      return;
    }
  }
}

bool CapacityPlan::shake(Random& random) {
  const std::uint32_t centre = random.below(problem_.customer_count);
  open_.look(centre, 2 + random.below(kAreaMax - 1));
  area_.clear();
  std::vector<std::uint32_t> loose;
  for (const auto& [d, j] : open_.found()) {
    area_.push_back(j);
    loose.insert(loose.end(), members_[j].begin(), members_[j].end());
  }
  for (const std::uint32_t u : loose) {
    release(u);
  }
  const std::uint32_t moves = random.below(4) == 0 ? 2 : 1;
  for (std::uint32_t k = 0; k < moves; ++k) {
    const std::uint32_t which = random.below(static_cast<std::uint32_t>(area_.size()));
    const std::uint32_t out = area_[which];
    if (problem_.is_required(out) || loose.empty()) {
      continue;
    }
    const std::uint32_t by = loose[random.below(static_cast<std::uint32_t>(loose.size()))];
    const auto listed = near_.start[by + 1] - near_.start[by];
    if (listed == 0) {
      continue;
    }
    const auto reach = static_cast<std::uint32_t>(std::min<std::uint64_t>(listed, 12));
    const std::uint32_t in =
        near_.candidates[near_.candidate[near_.start[by] + random.below(reach)]];
    if (open_.has(in)) {
      continue;
    }
    open_.remove(out);
    open_.add(in);
    area_[which] = in;
  }
  return fill(loose, random);
}

}  // namespace huan::siting
