// SPDX-License-Identifier: Apache-2.0
#include "network_conflict.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "network_search.hpp"

namespace huan::siting {
namespace {

using siting_problem::Area;

using Reason = std::optional<std::string>;

std::string place(const Ground& ground, std::uint32_t rule, std::uint32_t area) {
  const Network& network = ground.network;
  switch (network.rules[rule].area) {
    case Area::district:
      return "district " + network.districts[area];
    case Area::street:
      return "street " + network.streets[area];
    case Area::community:
      return "community " + network.communities[area];
    default:
      return "everywhere";
  }
}

Reason must_be_out(const Ground& ground) {
  for (std::size_t j = 0; j < ground.out.size(); ++j) {
    if (ground.out[j] != 0 && ground.must[j] != 0) {
      return "site " + ground.network.sites[j].id + " has to be open and may not be";
    }
  }
  return std::nullopt;
}

// How many of a group's sites one rule of "at most" leaves.
std::int64_t left_by(const Ground& ground, std::uint32_t rule,
                     const std::vector<std::uint8_t>& inside, std::int64_t size) {
  for (const Group& group : ground.groups) {
    if (group.rule != rule || !group.most) {
      continue;
    }
    const auto shared = std::count_if(group.sites.begin(), group.sites.end(),
                                      [&](std::uint32_t site) { return inside[site] != 0; });
    size -= std::max<std::int64_t>(0, shared - group.bound);
  }
  return size;
}

Reason too_few_sites(const Ground& ground) {
  std::vector<std::uint8_t> inside(ground.network.sites.size(), 0);
  std::vector<std::uint32_t> most_rules;
  for (const Group& group : ground.groups) {
    if (group.most && (most_rules.empty() || most_rules.back() != group.rule)) {
      most_rules.push_back(group.rule);
    }
  }
  for (const Group& group : ground.groups) {
    const auto mark = [&](std::uint8_t value) {
      for (const std::uint32_t site : group.sites) {
        inside[site] = value;
      }
    };
    const auto size = static_cast<std::int64_t>(group.sites.size());
    if (group.most) {
      const auto fixed = std::count_if(group.sites.begin(), group.sites.end(),
                                       [&](std::uint32_t site) { return ground.must[site] != 0; });
      if (fixed > group.bound) {
        return place(ground, group.rule, group.area) + ": " + std::to_string(fixed) +
               " sites have to stay open, " + std::to_string(group.bound) + " may be";
      }
      continue;
    }
    std::int64_t left = size;
    mark(1);
    for (const std::uint32_t rule : most_rules) {
      if (ground.network.rules[rule].tier == ground.network.rules[group.rule].tier) {
        left = std::min(left, left_by(ground, rule, inside, size));
      }
    }
    mark(0);
    if (left < group.bound) {
      return place(ground, group.rule, group.area) + ": " + std::to_string(group.bound) +
             " sites are asked for, " + std::to_string(left) + " may be open";
    }
  }
  return std::nullopt;
}

std::vector<std::uint8_t> reachable(const Ground& ground) {
  const double reach = ground.network.tiers[0].reach_m;
  std::vector<std::uint8_t> out(ground.home_spots.size(), ground.sites[0].empty() ? 0 : 1);
  if (reach <= 0 || ground.sites[0].empty()) {
    return out;
  }
  std::vector<Spot> spots;
  spots.reserve(ground.sites[0].size());
  for (const std::uint32_t site : ground.sites[0]) {
    spots.push_back(ground.site_spots[site]);
  }
  const KdTree tree(spots);
  const double chord = ground.chord(reach);
  for (std::size_t h = 0; h < out.size(); ++h) {
    out[h] = 0;
    tree.walk(
        ground.home_spots[h],
        [&](std::uint32_t, double apart) { return out[h] == 0 && apart <= chord * chord; },
        [&](std::uint32_t, double apart) { out[h] = apart <= chord * chord ? 1 : out[h]; });
  }
  return out;
}

Reason out_of_reach(const Ground& ground) {
  if (ground.shares.empty()) {
    return std::nullopt;
  }
  const std::vector<std::uint8_t> near = reachable(ground);
  for (const Share& share : ground.shares) {
    double households = 0;
    for (const std::uint32_t h : share.homes) {
      households += near[h] != 0 ? ground.network.homes[h].households : 0;
    }
    if (households < share.households * (1 - 1e-9)) {
      return place(ground, share.rule, share.area) + ": " +
             std::to_string(std::llround(share.households)) + " households are to be served, " +
             std::to_string(std::llround(households)) + " have a candidate within reach";
    }
  }
  return std::nullopt;
}

// The lightest homes that make up the shares of one rule, in part if need be; of the heaviest rule.
double least_mass(const Ground& ground) {
  std::vector<double> by_rule(ground.network.rules.size(), 0);
  for (const Share& share : ground.shares) {
    std::vector<std::pair<double, double>> order;  // tonnes a household, households
    for (const std::uint32_t h : share.homes) {
      const double households = ground.network.homes[h].households;
      if (households > 0) {
        order.emplace_back(ground.home_mass[h] / households, households);
      }
    }
    std::sort(order.begin(), order.end());
    double missing = share.households;
    for (const auto& [each, households] : order) {
      const double taken = std::min(missing, households);
      by_rule[share.rule] += taken * each;
      missing -= taken;
    }
  }
  return by_rule.empty() ? 0 : *std::max_element(by_rule.begin(), by_rule.end());
}

Reason too_little_room(const Ground& ground) {
  const double mass = least_mass(ground);
  for (std::size_t k = 0; k < ground.tiers(); ++k) {
    if (ground.network.tiers[k].optional || mass <= 0) {
      continue;
    }
    double room = 0;
    for (const std::uint32_t site : ground.sites[k]) {
      room += ground.capacity(site);
    }
    if (room < mass * (1 - 1e-9)) {
      return "tier " + ground.network.tiers[k].name + ": all candidates hold " +
             std::to_string(std::llround(room)) + " of " + std::to_string(std::llround(mass)) +
             " tonnes a year";
    }
  }
  return std::nullopt;
}

// What a rule of "at most" leaves of a tier is its largest sites in each area.
Reason too_little_room_left(const Ground& ground) {
  const double mass = least_mass(ground);
  std::vector<double> room(ground.network.rules.size(), 0);
  std::vector<std::uint8_t> most(room.size(), 0);
  for (const Group& group : ground.groups) {
    if (!group.most) {
      continue;
    }
    most[group.rule] = 1;
    std::vector<double> capacities;
    capacities.reserve(group.sites.size());
    for (const std::uint32_t site : group.sites) {
      capacities.push_back(ground.capacity(site));
    }
    std::sort(capacities.rbegin(), capacities.rend());
    const auto few = std::min(capacities.size(), static_cast<std::size_t>(group.bound));
    room[group.rule] += std::accumulate(capacities.begin(),
                                        capacities.begin() + static_cast<std::ptrdiff_t>(few), 0.0);
  }
  for (std::uint32_t r = 0; r < room.size(); ++r) {
    const auto& rule = ground.network.rules[r];
    const bool all = rule.who == siting_problem::Who::everyone;
    if (most[r] != 0 && all && !ground.network.tiers[rule.tier].optional &&
        room[r] < mass * (1 - 1e-9)) {
      return "tier " + ground.network.tiers[rule.tier].name + ": as many as " + rule.name +
             " leaves hold " + std::to_string(std::llround(room[r])) + " of " +
             std::to_string(std::llround(mass)) + " tonnes a year";
    }
  }
  return std::nullopt;
}

// The least that rules of numbers and shares come to when only `cost` counts, by the same prices
// that bound a plan.
double least_of(const Ground& ground, const std::function<double(std::uint32_t)>& cost,
                double most) {
  Network network = ground.network;
  for (auto& tier : network.tiers) {
    tier.rate = 0;
  }
  for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
    network.sites[j].cost = cost(j);
  }
  constexpr int kRoundsOfLeast = 120;
  const Ground plain(network, ground.active);
  NetworkBound bound(plain);
  bound.list_all();
  bound.begin({{}, std::vector<std::vector<std::uint32_t>>(plain.tiers())});
  const Limits none;
  Budget budget(none);
  bound.climb(most, kRoundsOfLeast, budget);
  return bound.value();
}

Reason too_much_asked(const Ground& ground) {
  if (ground.budget_rule != kNobody) {
    const double least =
        least_of(ground, [&](std::uint32_t j) { return ground.money(j); }, 2 * ground.budget);
    if (least > ground.budget * (1 + 1e-6)) {
      return "to serve and build what the rules ask costs at least " +
             std::to_string(std::llround(least)) + " a year of new money, the budget is " +
             std::to_string(std::llround(ground.budget));
    }
  }
  for (const Group& group : ground.groups) {
    const auto& rule = ground.network.rules[group.rule];
    if (!group.most || rule.area != Area::all || rule.who != siting_problem::Who::everyone ||
        rule.tier != 0) {
      continue;
    }
    const double least = least_of(
        ground,
        [&](std::uint32_t j) { return ground.network.sites[j].tier == rule.tier ? 1.0 : 0.0; },
        2.0 * static_cast<double>(group.bound) + 1);
    if (least > static_cast<double>(group.bound) + 1e-6) {
      return "to serve the shares asked takes at least " +
             std::to_string(std::llround(std::ceil(least - 1e-6))) + " sites of " +
             ground.network.tiers[rule.tier].name + ", " + std::to_string(group.bound) +
             " may be open";
    }
  }
  return std::nullopt;
}

Reason over_budget(const Ground& ground) {
  if (ground.budget_rule == kNobody) {
    return std::nullopt;
  }
  std::vector<double> by_rule(ground.network.rules.size(), 0);
  for (const Group& group : ground.groups) {
    if (group.most) {
      continue;
    }
    std::vector<double> money;
    money.reserve(group.sites.size());
    for (const std::uint32_t site : group.sites) {
      money.push_back(ground.money(site));
    }
    std::sort(money.begin(), money.end());
    const auto few = std::min<std::size_t>(money.size(), static_cast<std::size_t>(group.bound));
    const double least =
        std::accumulate(money.begin(), money.begin() + static_cast<std::ptrdiff_t>(few), 0.0);
    double& sum = by_rule[group.rule];
    // Areas that share sites may be satisfied by the same ones.
    sum = ground.network.rules[group.rule].neighbours ? std::max(sum, least) : sum + least;
  }
  std::vector<double> by_tier(ground.tiers(), 0);
  for (std::size_t r = 0; r < by_rule.size(); ++r) {
    double& tier = by_tier[ground.network.rules[r].tier];
    tier = std::max(tier, by_rule[r]);
  }
  const double least = std::accumulate(by_tier.begin(), by_tier.end(), 0.0);
  if (least > ground.budget * (1 + 1e-9)) {
    return "what the rules ask costs at least " + std::to_string(std::llround(least)) +
           " a year of new money, the budget is " + std::to_string(std::llround(ground.budget));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> contradiction(const Ground& ground) {
  for (const auto test : {must_be_out, too_few_sites, out_of_reach, too_little_room,
                          too_little_room_left, over_budget}) {
    if (auto reason = test(ground)) {
      return reason;
    }
  }
  return too_much_asked(ground);
}

std::optional<Conflict> find_conflict(const Network& network) {
  std::vector<std::uint8_t> active(network.rules.size(), 1);
  auto reason = contradiction(Ground(network, active));
  if (!reason) {
    return std::nullopt;
  }
  for (std::size_t r = 0; r < active.size(); ++r) {
    active[r] = 0;
    if (auto still = contradiction(Ground(network, active))) {
      reason = std::move(still);
    } else {
      active[r] = 1;
    }
  }
  Conflict conflict;
  conflict.reason = *reason;
  for (std::size_t r = 0; r < active.size(); ++r) {
    if (active[r] != 0) {
      conflict.rules.push_back(network.rules[r].name);
    }
  }
  return conflict;
}

Conflict conflict_by_search(const Network& network, const Limits& limits) {
  Limits left = limits;
  Budget budget(limits);
  std::vector<std::uint8_t> active(network.rules.size(), 1);
  bool whole = true;
  for (std::size_t r = 0; r < active.size(); ++r) {
    if (!budget.look()) {
      whole = false;
      break;
    }
    left.seconds = limits.seconds > 0 ? limits.seconds * (1 - budget.share()) : 0;
    active[r] = 0;
    NetworkSearch search(network, left, active);
    if (!contradiction(search.ground()) && search.finds_some()) {
      active[r] = 1;
    }
  }
  Conflict conflict;
  conflict.proven = false;
  conflict.reason = whole ? "no plan was found that keeps these rules; one without any of them was"
                          : "no plan was found; there was no time to leave out all rules in turn";
  for (std::size_t r = 0; r < active.size(); ++r) {
    if (active[r] != 0) {
      conflict.rules.push_back(network.rules[r].name);
    }
  }
  return conflict;
}

}  // namespace huan::siting
