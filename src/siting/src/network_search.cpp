// SPDX-License-Identifier: Apache-2.0
#include "network_search.hpp"

#include <algorithm>
#include <cmath>

namespace huan::siting {
namespace {

using siting_problem::NetworkPlan;
using siting_problem::Status;
using siting_problem::Stop;

constexpr int kPassesOfSearch = 8;
constexpr int kRounds = 400;
constexpr std::size_t kNearest = 40;
constexpr std::size_t kNearestAgain = 16;
constexpr double kWorth = 1e-6;
constexpr int kIdle = 2;  ///< passes without a better plan
constexpr double kOver = 1e-9;

}  // namespace

NetworkSearch::NetworkSearch(const Network& network, const Limits& limits,
                             const std::vector<std::uint8_t>& active)
    : ground_(network, active), budget_(limits), bound_(ground_) {}

void NetworkSearch::begin() {
  std::vector<double> each(ground_.network.homes.size());
  const double site = typical_cost();
  for (std::size_t h = 0; h < each.size(); ++h) {
    each[h] = site + ground_.home_mass[h];
  }
  choose_homes(each);
  open_last();
}

std::optional<NetworkPlan> NetworkSearch::run() {
  begin();
  search(kPassesOfSearch, kNearest);
  press_into_budget();
  bound_.list_all();
  bound_.begin(best_);
  bound_.climb(best_flow_.cost(), kRounds, budget_);
  if (some_may_be_left()) {
    choose_homes(bound_.price_of_home());
    search(kPassesOfSearch, kNearest);
    press_into_budget();
    bound_.climb(best_flow_.cost(), kRounds / 4, budget_);
  }
  polish();
  shake();
  return finish();
}

bool NetworkSearch::finds_some() {
  begin();
  search(2, kNearest);
  press_into_budget();
  return best_broken_ <= 0;
}

std::optional<NetworkPlan> NetworkSearch::run_from(const NetworkPlan& plan,
                                                   const std::vector<std::uint32_t>& changed) {
  now_.homes.assign(ground_.network.homes.size(), 0);
  for (std::size_t h = 0; h < now_.homes.size() && h < plan.served.size(); ++h) {
    now_.homes[h] = plan.served[h] != kNobody ? 1 : 0;
  }
  std::vector<double> each(now_.homes.size(), 0);
  for (const auto& prices : plan.proof.prices) {
    for (std::size_t h = 0; h < each.size() && h < prices.size(); ++h) {
      each[h] += prices[h];
    }
  }
  spare_homes(each);
  now_.open.assign(ground_.tiers(), {});
  for (const std::uint32_t site : plan.open) {
    if (site < ground_.out.size() && ground_.out[site] == 0) {
      now_.open[ground_.network.sites[site].tier].push_back(site);
    }
  }
  changed_ = changed;
  flow_ = flow_of(ground_, now_);
  keep_if_better();
  search(1, kNearestAgain);
  press_into_budget();
  bound_.take(plan.proof);
  return finish();
}

// The worst breach first: material without a way, sites that a rule asks for, money.
double NetworkSearch::broken(const Choice& choice, const Flow& flow) const {
  constexpr double kLost = 1e15;
  constexpr double kSite = 1e13;
  double sum = flow.whole ? 0 : kLost;
  std::vector<std::int64_t> count(ground_.groups.size(), 0);
  for (const auto& open : choice.open) {
    for (const std::uint32_t site : open) {
      for (const std::uint32_t g : ground_.groups_of[site]) {
        ++count[g];
      }
    }
  }
  for (std::size_t g = 0; g < count.size(); ++g) {
    const std::int64_t missing = ground_.groups[g].bound - count[g];
    sum += kSite * static_cast<double>(
                       std::max<std::int64_t>(0, ground_.groups[g].most ? -missing : missing));
  }
  if (ground_.budget_rule != kNobody) {
    const double over = new_money(choice) - ground_.budget * (1 + kOver);
    sum += std::max(0.0, over);
  }
  return sum;
}

double NetworkSearch::new_money(const Choice& choice) const {
  double sum = 0;
  for (const auto& open : choice.open) {
    for (const std::uint32_t site : open) {
      sum += ground_.money(site);
    }
  }
  return sum;
}

bool NetworkSearch::keep_if_better() {
  const double breach = broken(now_, flow_);
  const bool better = best_.open.empty() || breach < best_broken_ ||
                      (breach <= best_broken_ && flow_.cost() < best_flow_.cost());
  if (better) {
    best_ = now_;
    best_flow_ = flow_;
    best_broken_ = breach;
  }
  return better;
}

// New money gets dearer until what is opened anew fits, then as cheap again as it may be.
void NetworkSearch::press_into_budget() {
  if (ground_.budget_rule == kNobody || best_broken_ <= 0) {
    return;
  }
  constexpr int kPressings = 8;
  constexpr double kHarder = 4;
  double low = 0;
  double high = 0;
  pressure_ = 1.0 / kHarder;
  for (int k = 0; k < kPressings && budget_.look(); ++k) {
    search(2, kNearest);
    const bool fits = broken(now_, flow_) <= 0;
    (fits ? high : low) = pressure_;
    pressure_ = high > 0 ? (low + high) / 2 : pressure_ * kHarder;
  }
  pressure_ = 0;
  now_ = best_;
  flow_ = best_flow_;
}

void NetworkSearch::search(int passes, std::size_t nearest) {
  int idle = 0;
  for (int pass = 0; pass < passes && (pass == 0 || budget_.look()); ++pass) {
    std::vector<std::vector<double>> after(ground_.tiers());
    const auto last = static_cast<std::uint32_t>(after.size() - 1);
    after[last] = costs_after(ground_, now_, after, last, ground_.sites[last]);
    for (auto tier = last; tier-- > 0;) {
      if (tier < lowest_changed()) {
        break;
      }
      after[tier] = costs_after(ground_, now_, after, tier, ground_.sites[tier]);
      improve_tier(tier, after, nearest);
    }
    flow_ = flow_of(ground_, now_);
    const bool first = best_.open.empty();
    const double before = best_flow_.cost();
    const bool better = keep_if_better();
    idle = first || (better && before - flow_.cost() > kWorth * before) ? 0 : idle + 1;
    if (idle == kIdle) {
      break;
    }
  }
}

// Of what differs from the plan before; tiers below it stay as they are.
std::uint32_t NetworkSearch::lowest_changed() const {
  std::uint32_t lowest = changed_.empty() ? 0 : static_cast<std::uint32_t>(ground_.tiers());
  for (const std::uint32_t site : changed_) {
    lowest = std::min(lowest, ground_.network.sites[site].tier);
  }
  return lowest;
}

// Homes before anything is known below; then who gives to this tier, past an optional one too.
Customers NetworkSearch::customers_of(std::uint32_t tier) const {
  Customers out;
  const auto& tiers = ground_.network.tiers;
  const auto add = [&](const Spot& spot, double mass, double rate) {
    out.spots.push_back(spot);
    out.mass.push_back(mass);
    out.rate.push_back(rate);
  };
  const bool past = tier > 0 && tiers[tier - 1].optional;
  if (tier == 0 || flow_.load.empty()) {
    for (std::size_t h = 0; h < now_.homes.size(); ++h) {
      if (now_.homes[h] != 0) {
        add(ground_.home_spots[h], ground_.home_mass[h], tiers[past ? tier - 1 : tier].rate);
      }
    }
    return out;
  }
  for (const std::uint32_t site : now_.open[tier - 1]) {
    add(ground_.site_spots[site], flow_.load[site], tiers[tier].rate);
  }
  if (past) {
    for (const std::uint32_t site : now_.open[tier - 2]) {
      const std::uint32_t to = flow_.next[site];
      if (to == kNobody || ground_.network.sites[to].tier == tier) {
        add(ground_.site_spots[site], flow_.load[site], tiers[tier - 1].rate);
      }
    }
  }
  return out;
}

void NetworkSearch::improve_tier(std::uint32_t tier, const std::vector<std::vector<double>>& after,
                                 std::size_t nearest) {
  std::vector<std::uint32_t> first;
  for (const std::uint32_t site : changed_) {
    if (ground_.network.sites[site].tier == tier) {
      add_neighbourhood(site, first);
    }
  }
  if (!changed_.empty() && first.empty()) {
    return;
  }
  Customers customers = customers_of(tier);
  if (ground_.network.tiers[tier].optional) {
    const Onward beyond =
        onward_to(ground_, now_, after[tier + 1], tier + 1, ground_.network.tiers[tier].rate);
    for (const Spot& spot : customers.spots) {
      customers.pass_by.push_back(beyond.best(spot).cost);
    }
  }
  Level::Given given;
  given.tier = tier;
  given.after = after[tier];
  // Who is turned away pays elsewhere: what that costs lies on the full site until others open.
  for (const std::uint32_t site : now_.open[tier]) {
    if (!flow_.denied.empty() && flow_.denied[site] > 0 && flow_.load[site] > 0) {
      given.after[site] += flow_.denied[site] / flow_.load[site];
    }
  }
  given.nearest = nearest;
  given.price.reserve(ground_.network.sites.size());
  for (std::uint32_t j = 0; j < ground_.network.sites.size(); ++j) {
    given.price.push_back(ground_.network.sites[j].cost + pressure_ * ground_.money(j) +
                          (forced_.empty() ? 0 : forced_[j]));
  }
  Level level(ground_, customers, std::move(given));
  level.begin(now_.open[tier]);
  if (!only_open_) {
    level.improve(budget_, first);
  }
  now_.open[tier] = level.open();
}

void NetworkSearch::add_neighbourhood(std::uint32_t site, std::vector<std::uint32_t>& into) const {
  constexpr std::size_t kAround = 40;
  const std::uint32_t tier = ground_.network.sites[site].tier;
  std::vector<std::pair<double, std::uint32_t>> near;
  near.reserve(ground_.sites[tier].size());
  for (const std::uint32_t other : ground_.sites[tier]) {
    near.emplace_back(squared(ground_.site_spots[site], ground_.site_spots[other]), other);
  }
  const std::size_t few = std::min(kAround, near.size());
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(few), near.end());
  for (std::size_t k = 0; k < few; ++k) {
    into.push_back(near[k].second);
  }
}

std::optional<NetworkPlan> NetworkSearch::finish() {
  if (best_broken_ > 0) {
    return std::nullopt;
  }
  NetworkPlan plan;
  plan.served = std::move(best_flow_.served);
  plan.next = std::move(best_flow_.next);
  plan.ship = std::move(best_flow_.ship);
  for (const auto& open : best_.open) {
    plan.open.insert(plan.open.end(), open.begin(), open.end());
  }
  std::sort(plan.open.begin(), plan.open.end());
  const NetworkCost cost = cost_of(ground_.network, plan);
  plan.upper = cost.open + cost.ways;
  plan.lower = std::max(0.0, std::min(bound_.value(), plan.upper));
  plan.proof = bound_.proof();
  plan.iterations = budget_.iterations();
  const bool met = plan.gap() <= siting_problem::kMet;
  plan.stop = met ? Stop::proven : (budget_.ended() ? budget_.why() : Stop::settled);
  plan.status =
      met ? Status::optimal : (plan.stop == Stop::seconds ? Status::time_limit : Status::feasible);
  return plan;
}

}  // namespace huan::siting
