// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "huan/siting/network.hpp"
#include "network_conflict.hpp"
#include "network_search.hpp"

namespace huan::siting {
namespace {

using siting_problem::NetworkPlan;
using siting_problem::Status;
using siting_problem::Stop;

NetworkPlan impossible(Conflict conflict) {
  NetworkPlan plan;
  plan.status = Status::infeasible;
  plan.stop = conflict.proven ? Stop::proven : Stop::settled;
  plan.conflict = std::move(conflict.rules);
  plan.reason = std::move(conflict.reason);
  return plan;
}

}  // namespace

base::Result<NetworkPlan> solve_network(const Network& network, const Limits& limits) {
  HUAN_CHECK(check_network(network));
  NetworkSearch search(network, limits);
  if (contradiction(search.ground())) {
    return impossible(*find_conflict(network));
  }
  if (auto plan = search.run()) {
    return std::move(*plan);
  }
  return impossible(conflict_by_search(network, limits));
}

base::Result<NetworkPlan> resolve_network(const Network& network, const NetworkPlan& plan,
                                          const std::vector<std::uint32_t>& changed,
                                          const Limits& limits) {
  HUAN_CHECK(check_network(network));
  NetworkSearch search(network, limits);
  if (contradiction(search.ground())) {
    return impossible(*find_conflict(network));
  }
  if (auto next = search.run_from(plan, changed)) {
    return std::move(*next);
  }
  return solve_network(network, limits);  // what was open before does not lead to a plan
}

NetworkCost cost_of(const Network& network, const NetworkPlan& plan) {
  NetworkCost cost;
  const std::size_t materials = network.materials.size();
  std::vector<double> mass(network.sites.size() * materials, 0);
  std::vector<Spot> spots;
  spots.reserve(network.sites.size());
  for (const auto& site : network.sites) {
    spots.push_back(spot_of(site.at));
  }
  const auto way = [&](const Spot& from, std::uint32_t to) {
    const double chord = std::sqrt(squared(from, spots[to]));
    return 2 * siting_problem::kEarthRadiusM * std::asin(std::min(1.0, chord / 2)) *
           network.detour / kMetresPerKm;
  };
  const auto hand = [&](const double* masses, const Spot& from, std::uint32_t to,
                        std::size_t tier) {
    const double each = network.tiers[tier].rate * way(from, to);
    for (std::size_t m = 0; m < materials; ++m) {
      cost.ways += masses[m] * each;
      mass[to * materials + m] += masses[m];
    }
  };
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    if (plan.served[h] != kNobody) {
      hand(&network.mass[h * materials], spot_of(network.homes[h].at), plan.served[h], 0);
    }
  }
  for (const std::uint32_t site : plan.open) {
    cost.open += network.sites[site].cost;
  }
  for (std::uint32_t tier = 0; tier + 1 < network.tiers.size(); ++tier) {
    for (const std::uint32_t site : plan.open) {
      if (network.sites[site].tier != tier) {
        continue;
      }
      const std::vector<double> masses(
          mass.begin() + static_cast<std::ptrdiff_t>(site * materials),
          mass.begin() + static_cast<std::ptrdiff_t>((site + 1) * materials));
      if (plan.next[site] != kNobody) {
        hand(masses.data(), spots[site], plan.next[site], tier + 1);
        continue;
      }
      for (std::size_t m = 0; m < materials; ++m) {
        if (const std::uint32_t to = plan.ship[site * materials + m]; to != kNobody) {
          cost.ways += masses[m] * network.tiers.back().rate * way(spots[site], to);
        }
      }
    }
  }
  return cost;
}

}  // namespace huan::siting
