// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "huan/siting/network.hpp"
#include "network_bound.hpp"
#include "network_conflict.hpp"
#include "network_flow.hpp"

namespace huan::siting {
namespace {

using siting_problem::NetworkPlan;
using siting_problem::Standing;
using siting_problem::Status;
using siting_problem::Stop;

constexpr int kPasses = 8;
constexpr int kRounds = 400;
constexpr std::size_t kNearest = 40;
constexpr std::size_t kNearestAgain = 16;
constexpr double kWorth = 1e-6;
constexpr int kIdle = 2;  ///< passes without a better plan

class NetworkSearch {
 public:
  NetworkSearch(const Network& network, const Limits& limits)
      : ground_(network), budget_(limits), bound_(ground_) {}

  [[nodiscard]] const Ground& ground() const { return ground_; }

  base::Result<NetworkPlan> run() {
    std::vector<double> each(ground_.network.homes.size());
    const double site = typical_cost();
    for (std::size_t h = 0; h < each.size(); ++h) {
      each[h] = site + ground_.home_mass[h];
    }
    choose_homes(each);
    open_last();
    search(kPasses, kNearest);
    bound_.list_all();
    bound_.begin(best_);
    bound_.climb(best_flow_.cost(), kRounds, budget_);
    if (some_may_be_left()) {
      choose_homes(bound_.price_of_home());
      search(kPasses, kNearest);
      bound_.climb(best_flow_.cost(), kRounds / 4, budget_);
    }
    return finish();
  }

  base::Result<NetworkPlan> run_from(const NetworkPlan& plan,
                                     const std::vector<std::uint32_t>& changed) {
    now_.homes.assign(ground_.network.homes.size(), 0);
    for (std::size_t h = 0; h < now_.homes.size() && h < plan.served.size(); ++h) {
      now_.homes[h] = plan.served[h] != kNobody ? 1 : 0;
    }
    now_.open.assign(ground_.tiers(), {});
    for (const std::uint32_t site : plan.open) {
      if (site < ground_.out.size() && ground_.out[site] == 0) {
        now_.open[ground_.network.sites[site].tier].push_back(site);
      }
    }
    changed_ = changed;
    flow_ = flow_of(ground_, now_);
    search(1, kNearestAgain);
    bound_.take(plan.proof);
    return finish();
  }

 private:
  [[nodiscard]] double typical_cost() const {
    std::vector<double> costs;
    costs.reserve(ground_.sites[0].size());
    for (const std::uint32_t site : ground_.sites[0]) {
      costs.push_back(ground_.network.sites[site].cost);
    }
    if (costs.empty()) {
      return 0;
    }
    const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
    std::nth_element(costs.begin(), middle, costs.end());
    return *middle;
  }

  [[nodiscard]] bool some_may_be_left() const {
    return std::any_of(now_.homes.begin(), now_.homes.end(), [](auto one) { return one == 0; });
  }

  // The cheapest homes for each household; what turned out to be too many goes again.
  void choose_homes(const std::vector<double>& each) {
    const auto& homes = ground_.network.homes;
    now_.homes.assign(homes.size(), 0);
    std::vector<double> have(ground_.shares.size(), 0);
    const auto take = [&](std::uint32_t h, bool in) {
      now_.homes[h] = in ? 1 : 0;
      for (const std::uint32_t s : ground_.shares_of[h]) {
        have[s] += in ? homes[h].households : -homes[h].households;
      }
    };
    const auto enough = [&](std::size_t s, double without) {
      return have[s] - without >= ground_.shares[s].households * (1 - 1e-12);
    };
    std::vector<std::uint32_t> order;
    for (std::size_t s = 0; s < ground_.shares.size(); ++s) {
      order = ground_.shares[s].homes;
      std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return each[a] * homes[b].households < each[b] * homes[a].households;
      });
      for (const std::uint32_t h : order) {
        if (!enough(s, 0) && now_.homes[h] == 0) {
          take(h, true);
        }
      }
      for (auto h = order.rbegin(); h != order.rend(); ++h) {
        const auto& in = ground_.shares_of[*h];
        if (now_.homes[*h] != 0 && std::all_of(in.begin(), in.end(), [&](std::uint32_t t) {
              return t > s || enough(t, homes[*h].households);
            })) {
          take(*h, false);
        }
      }
    }
  }

  // The last tier stands mostly already: all that costs nothing more, and of the others the
  // cheapest that a material or a rule still needs.
  void open_last() {
    const auto& sites = ground_.network.sites;
    now_.open.assign(ground_.tiers(), {});
    auto& open = now_.open.back();
    std::vector<std::uint32_t> order = ground_.sites.back();
    const auto there = [&](std::uint32_t j) {
      return ground_.must[j] != 0 || sites[j].standing == Standing::existing ||
             sites[j].standing == Standing::closable || sites[j].cost <= 0;
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return there(a) != there(b) ? there(a) : sites[a].cost < sites[b].cost;
    });
    std::uint64_t taken = 0;
    std::vector<std::int64_t> count(ground_.groups.size(), 0);
    for (const std::uint32_t j : order) {
      const auto& groups = ground_.groups_of[j];
      const bool asked = std::any_of(groups.begin(), groups.end(), [&](std::uint32_t g) {
        return !ground_.groups[g].most && count[g] < ground_.groups[g].bound;
      });
      if (there(j) || asked || (sites[j].takes & ~taken & all_materials()) != 0) {
        open.push_back(j);
        taken |= sites[j].takes;
        for (const std::uint32_t g : groups) {
          ++count[g];
        }
      }
    }
    std::sort(open.begin(), open.end());
  }
  [[nodiscard]] std::uint64_t all_materials() const {
    const std::size_t n = ground_.mix.size();
    return n >= siting_problem::kMaterialsMax ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
  }

  void search(int passes, std::size_t nearest) {
    int idle = 0;
    for (int pass = 0; pass < passes && (pass == 0 || budget_.look()); ++pass) {
      std::vector<std::vector<double>> after(ground_.tiers());
      const auto last = static_cast<std::uint32_t>(after.size() - 1);
      after[last] = costs_after(ground_, now_, after, last, ground_.sites[last]);
      for (auto tier = static_cast<std::uint32_t>(ground_.tiers() - 1); tier-- > 0;) {
        if (tier < lowest_changed()) {
          break;
        }
        after[tier] = costs_after(ground_, now_, after, tier, ground_.sites[tier]);
        improve_tier(tier, after, nearest);
      }
      flow_ = flow_of(ground_, now_);
      const bool better =
          flow_.whole != best_flow_.whole ? flow_.whole : flow_.cost() < best_flow_.cost();
      const bool first = best_.open.empty();
      const double before = best_flow_.cost();
      idle = first || (better && before - flow_.cost() > kWorth * before) ? 0 : idle + 1;
      if (first || better) {
        best_ = now_;
        best_flow_ = flow_;
      }
      if (idle == kIdle) {
        break;
      }
    }
  }

  /// Of what differs from the plan before; tiers below it stay as they are.
  [[nodiscard]] std::uint32_t lowest_changed() const {
    std::uint32_t lowest = changed_.empty() ? 0 : static_cast<std::uint32_t>(ground_.tiers());
    for (const std::uint32_t site : changed_) {
      lowest = std::min(lowest, ground_.network.sites[site].tier);
    }
    return lowest;
  }

  /// Homes before anything is known below; then who gives to this tier, past an optional one too.
  Customers customers_of(std::uint32_t tier) const {
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

  void improve_tier(std::uint32_t tier, const std::vector<std::vector<double>>& after,
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
      given.price.push_back(ground_.network.sites[j].cost + pressure_ * ground_.money(j));
    }
    Level level(ground_, customers, std::move(given));
    level.begin(now_.open[tier]);
    level.improve(budget_, first);
    now_.open[tier] = level.open();
  }

  void add_neighbourhood(std::uint32_t site, std::vector<std::uint32_t>& into) const {
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

  base::Result<NetworkPlan> finish() {
    if (!best_flow_.whole) {
      return base::Error{base::ErrorCode::too_little_capacity, "network",
                         "no plan was found in which everything has a way within capacities"};
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
    plan.status = met ? Status::optimal
                      : (plan.stop == Stop::seconds ? Status::time_limit : Status::feasible);
    return plan;
  }

  Ground ground_;
  Budget budget_;
  NetworkBound bound_;
  Choice now_;
  Flow flow_;
  Choice best_;
  Flow best_flow_;
  std::vector<std::uint32_t> changed_;
  double pressure_{0};
};

base::Result<NetworkPlan> impossible(const Conflict& conflict) {
  NetworkPlan plan;
  plan.status = Status::infeasible;
  plan.stop = Stop::proven;
  plan.conflict = conflict.rules;
  plan.reason = conflict.reason;
  return plan;
}

}  // namespace

base::Result<NetworkPlan> solve_network(const Network& network, const Limits& limits) {
  HUAN_CHECK(check_network(network));
  NetworkSearch search(network, limits);
  if (contradiction(search.ground())) {
    return impossible(*find_conflict(network));
  }
  return search.run();
}

base::Result<NetworkPlan> resolve_network(const Network& network, const NetworkPlan& plan,
                                          const std::vector<std::uint32_t>& changed,
                                          const Limits& limits) {
  HUAN_CHECK(check_network(network));
  NetworkSearch search(network, limits);
  if (contradiction(search.ground())) {
    return impossible(*find_conflict(network));
  }
  return search.run_from(plan, changed);
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
