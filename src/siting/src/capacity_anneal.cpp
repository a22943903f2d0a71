// SPDX-License-Identifier: Apache-2.0
#include "capacity_anneal.hpp"

#include <algorithm>
#include <cmath>

namespace huan::siting {
namespace {

constexpr std::uint32_t kAround = 6;          ///< facilities that a customer may move to
constexpr std::uint64_t kMovesOfLook = 40;    ///< by customer, until these are found anew
constexpr std::uint32_t kMovesOfPenalty = 4;  ///< by facility, until the price of room changes
constexpr double kDearer = 1.03;
constexpr double kCheaper = 0.985;
constexpr double kLeastPenalty = 0.05;  ///< of what a unit of demand costs on average
constexpr double kMostPenalty = 200;
constexpr double kHairOfSum = 1e-9;
constexpr std::uint64_t kSitesNear = 10;  ///< to which a facility may move

}  // namespace

CapacityAnneal::CapacityAnneal(const Problem& problem, const Space& space, const Arcs& near)
    : problem_(problem),
      space_(space),
      near_(near),
      weight_(problem.weight),
      taken_(problem.candidate_count, 0),
      slot_of_(problem.customer_count, 0),
      place_(problem.customer_count, 0),
      now_(problem.customer_count, 0.0) {
  weight_.resize(problem.customer_count, 1.0);
}

void CapacityAnneal::begin(const std::vector<std::uint32_t>& facilities,
                           const std::vector<std::uint32_t>& assignment) {
  std::fill(taken_.begin(), taken_.end(), std::uint8_t{0});
  std::vector<std::uint32_t> slot_at(problem_.candidate_count, kNone);
  slots_.assign(facilities.size(), {});
  for (std::uint32_t k = 0; k < slots_.size(); ++k) {
    slot_at[facilities[k]] = k;
    set_site(k, facilities[k]);
  }
  looks_ = std::min(kAround, static_cast<std::uint32_t>(slots_.size()));
  look_around();
  double demand = 0;
  for (std::uint32_t u = 0; u < slot_of_.size(); ++u) {
    const bool served = u < assignment.size() && assignment[u] != kNone;
    slot_of_[u] = served ? slot_at[assignment[u]] : around_[std::size_t{u} * looks_];
    Slot& slot = slots_[slot_of_[u]];
    place_[u] = static_cast<std::uint32_t>(slot.members.size());
    slot.members.push_back(u);
    demand += problem_.demand[u];
  }
  sum_up();
  usual_penalty_ = cost_ / demand;
  penalty_ = usual_penalty_;
  keep();
}

// By customer, the nearest slots.
void CapacityAnneal::look_around() {
  std::vector<Spot> spots;
  spots.reserve(slots_.size());
  for (const Slot& slot : slots_) {
    spots.push_back(space_.candidate_spot(slot.site));
  }
  const KdTree tree(spots);
  around_.resize(slot_of_.size() * looks_);
  std::vector<std::pair<double, std::uint32_t>> nearest;
  for (std::uint32_t u = 0; u < slot_of_.size(); ++u) {
    nearest.assign(looks_, {std::numeric_limits<double>::infinity(), 0});
    tree.walk(
        space_.customer_spot(u),
        [&](std::uint32_t, double away) { return away < nearest.back().first; },
        [&](std::uint32_t k, double apart) {
          if (apart < nearest.back().first) {
            nearest.back() = {apart, k};
            for (std::size_t at = nearest.size() - 1;
                 at > 0 && nearest[at].first < nearest[at - 1].first; --at) {
              std::swap(nearest[at], nearest[at - 1]);
            }
          }
        });
    for (std::uint32_t k = 0; k < looks_; ++k) {
      around_[std::size_t{u} * looks_ + k] = nearest[k].second;
    }
  }
  until_look_ = kMovesOfLook * slot_of_.size();
}

// Sums anew, without what rounding left behind.
void CapacityAnneal::sum_up() {
  cost_ = 0;
  over_ = 0;
  for (std::uint32_t k = 0; k < slots_.size(); ++k) {
    Slot& slot = slots_[k];
    slot.load = 0;
    for (const std::uint32_t u : slot.members) {
      slot.load += problem_.demand[u];
      now_[u] = price(k, u);
      cost_ += now_[u];
    }
    over_ += too_much(k, 0);
  }
}

bool CapacityAnneal::accepts(double change, Random& random) const {
  return change <= 0 || (heat_ > 0 && random.share() < std::exp(-change / heat_));
}

void CapacityAnneal::move(std::uint32_t customer, std::uint32_t to) {
  const std::uint32_t from = slot_of_[customer];
  const double demand = problem_.demand[customer];
  over_ += fuller(from, -demand) + fuller(to, demand);
  std::vector<std::uint32_t>& members = slots_[from].members;
  const std::uint32_t last = members.back();
  members[place_[customer]] = last;
  place_[last] = place_[customer];
  members.pop_back();
  slots_[from].load -= demand;
  slots_[to].load += demand;
  slot_of_[customer] = to;
  place_[customer] = static_cast<std::uint32_t>(slots_[to].members.size());
  slots_[to].members.push_back(customer);
  const double costs = price(to, customer);
  cost_ += costs - now_[customer];
  now_[customer] = costs;
}

void CapacityAnneal::shift(Random& random) {
  const std::uint32_t u = random.below(static_cast<std::uint32_t>(slot_of_.size()));
  const std::uint32_t to = around_[std::size_t{u} * looks_ + random.below(looks_)];
  const std::uint32_t from = slot_of_[u];
  if (to == from) {
    return;
  }
  const double demand = problem_.demand[u];
  const double fuller_by = fuller(from, -demand) + fuller(to, demand);
  if (accepts(price(to, u) - now_[u] + penalty_ * fuller_by, random)) {
    move(u, to);
  }
}

void CapacityAnneal::exchange(Random& random) {
  const std::uint32_t u = random.below(static_cast<std::uint32_t>(slot_of_.size()));
  const std::uint32_t to = around_[std::size_t{u} * looks_ + random.below(looks_)];
  const std::uint32_t from = slot_of_[u];
  const auto& members = slots_[to].members;
  if (to == from || members.empty()) {
    return;
  }
  const std::uint32_t v = members[random.below(static_cast<std::uint32_t>(members.size()))];
  const double more = problem_.demand[u] - problem_.demand[v];
  const double fuller_by = fuller(from, -more) + fuller(to, more);
  const double change = price(to, u) - now_[u] + price(from, v) - now_[v];
  if (accepts(change + penalty_ * fuller_by, random)) {
    move(u, to);
    move(v, from);
  }
}

void CapacityAnneal::set_site(std::uint32_t slot, std::uint32_t site) {
  slots_[slot].site = site;
  slots_[slot].capacity = problem_.capacity[site];
  taken_[site] = 1;
}

// To a candidate near one of those it serves.
void CapacityAnneal::recentre(Random& random) {
  const std::uint32_t k = random.below(static_cast<std::uint32_t>(slots_.size()));
  Slot& slot = slots_[k];
  if (slot.members.empty() || problem_.is_required(slot.site)) {
    return;
  }
  const std::uint32_t by =
      slot.members[random.below(static_cast<std::uint32_t>(slot.members.size()))];
  const auto listed = std::min(kSitesNear, near_.start[by + 1] - near_.start[by]);
  if (listed == 0) {
    return;
  }
  const auto pick = near_.start[by] + random.below(static_cast<std::uint32_t>(listed));
  const std::uint32_t site = near_.candidates[near_.candidate[pick]];
  if (taken_[site] != 0) {
    return;
  }
  double change = 0;
  for (const std::uint32_t u : slot.members) {
    change += weight_[u] * space_.distance(site, u) - now_[u];
  }
  const double fuller_by = std::max(0.0, slot.load - problem_.capacity[site]) - too_much(k, 0);
  if (!accepts(change + penalty_ * fuller_by, random)) {
    return;
  }
  taken_[slot.site] = 0;
  set_site(k, site);
  over_ += fuller_by;
  cost_ += change;
  for (const std::uint32_t u : slot.members) {
    now_[u] = price(k, u);
  }
}

// Those around it who are better off with it.
void CapacityAnneal::draw_to(std::uint32_t slot) {
  const double most = 3 * slots_[slot].capacity;  // of demand that is looked at
  const std::uint32_t count = 4 + 3 * static_cast<std::uint32_t>(slot_of_.size() / slots_.size());
  std::vector<std::pair<double, std::uint32_t>> nearest;
  double limit = std::numeric_limits<double>::infinity();
  space_.customer_tree().walk(
      space_.candidate_spot(slots_[slot].site),
      [&](std::uint32_t, double away) { return away < limit; },
      [&](std::uint32_t u, double apart) {
        if (apart < limit) {
          nearest.emplace_back(apart, u);
          std::push_heap(nearest.begin(), nearest.end());
          if (nearest.size() > count) {
            std::pop_heap(nearest.begin(), nearest.end());
            nearest.pop_back();
            limit = nearest.front().first;
          }
        }
      });
  std::sort(nearest.begin(), nearest.end());
  double seen = 0;
  for (const auto& [apart, u] : nearest) {
    const std::uint32_t from = slot_of_[u];
    const double demand = problem_.demand[u];
    seen += demand;
    if (seen > most) {
      return;
    }
    const double fuller_by = from == slot ? 0 : fuller(from, -demand) + fuller(slot, demand);
    if (from != slot && price(slot, u) - now_[u] + penalty_ * fuller_by < 0) {
      made_.push_back({u, from});
      move(u, slot);
    }
  }
}

void CapacityAnneal::undo(std::uint32_t slot, std::uint32_t site) {
  std::vector<Step> steps;
  steps.swap(made_);
  // Who was drawn leaves before the facility goes back.
  std::size_t k = steps.size();
  for (; k > 0 && steps[k - 1].from != slot; --k) {
    move(steps[k - 1].customer, steps[k - 1].from);
  }
  taken_[slots_[slot].site] = 0;
  set_site(slot, site);
  for (; k > 0; --k) {
    move(steps[k - 1].customer, steps[k - 1].from);
  }
}

// A facility leaves those it serves to others near them, and stands up somewhere else.
void CapacityAnneal::jump(Random& random) {
  const std::uint32_t k = random.below(static_cast<std::uint32_t>(slots_.size()));
  const std::uint32_t by = random.below(static_cast<std::uint32_t>(slot_of_.size()));
  const auto listed = std::min(kSitesNear, near_.start[by + 1] - near_.start[by]);
  const std::uint32_t before = slots_[k].site;
  if (listed == 0 || looks_ < 2 || problem_.is_required(before)) {
    return;
  }
  const auto pick = near_.start[by] + random.below(static_cast<std::uint32_t>(listed));
  const std::uint32_t site = near_.candidates[near_.candidate[pick]];
  if (taken_[site] != 0) {
    return;
  }
  const double value = cost_ + penalty_ * over_;
  made_.clear();
  const std::vector<std::uint32_t> members = slots_[k].members;
  for (const std::uint32_t u : members) {
    std::uint32_t best = kNone;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t a = 0; a < looks_; ++a) {
      const std::uint32_t to = around_[std::size_t{u} * looks_ + a];
      const double costs =
          to == k ? least : price(to, u) + penalty_ * fuller(to, problem_.demand[u]);
      if (costs < least) {
        least = costs;
        best = to;
      }
    }
    made_.push_back({u, k});
    move(u, best);
  }
  taken_[before] = 0;
  set_site(k, site);
  draw_to(k);
  if (!accepts(cost_ + penalty_ * over_ - value, random)) {
    undo(k, before);
  }
}

void CapacityAnneal::keep() {
  if (over_ > 0 || cost_ >= best_cost_ * (1 - kHairOfSum)) {
    return;
  }
  sum_up();
  if (over_ > 0 || cost_ >= best_cost_ * (1 - kHairOfSum)) {
    return;
  }
  since_kept_ = 0;
  best_cost_ = cost_;
  best_sites_.clear();
  for (const Slot& slot : slots_) {
    best_sites_.push_back(slot.site);
  }
  best_slot_of_ = slot_of_;
}

std::vector<std::uint32_t> CapacityAnneal::best_assignment() const {
  std::vector<std::uint32_t> out(best_slot_of_.size());
  for (std::size_t u = 0; u < out.size(); ++u) {
    out[u] = best_sites_[best_slot_of_[u]];
  }
  return out;
}

void CapacityAnneal::run(double heat, std::uint32_t moves, Random& random) {
  const double mean = cost_ / static_cast<double>(slot_of_.size());
  heat_ = heat * mean;
  const auto members = static_cast<std::uint32_t>(slot_of_.size() / slots_.size()) + 1;
  const std::uint32_t of_jump = 60 + 12 * members;
  const std::uint32_t of_recentre = 8 + members;
  const auto of_penalty =
      std::max<std::uint32_t>(64, kMovesOfPenalty * static_cast<std::uint32_t>(slots_.size()));
  if (until_look_ < moves) {
    look_around();
  }
  until_look_ -= std::min<std::uint64_t>(until_look_, moves);
  for (std::uint32_t k = 0; k < moves; ++k) {
    if (k % of_jump == 0) {
      jump(random);
    } else if (k % of_recentre == 1) {
      recentre(random);
    } else if ((k & 1U) != 0) {
      shift(random);
    } else {
      exchange(random);
    }
    if (++since_kept_ >= slot_of_.size() && over_ <= kHairOfSum) {
      keep();
    }
    if (k % of_penalty == 0) {
      penalty_ = std::clamp(penalty_ * (over_ > kHairOfSum ? kDearer : kCheaper),
                            kLeastPenalty * usual_penalty_, kMostPenalty * usual_penalty_);
    }
  }
  sum_up();
  keep();
}

}  // namespace huan::siting
