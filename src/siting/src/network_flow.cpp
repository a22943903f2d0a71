// SPDX-License-Identifier: Apache-2.0
#include "network_flow.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace huan::siting {
namespace {

constexpr std::size_t kOptions = 24;
constexpr double kHair = 1e-9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What is to be handed on: a home, or all that an open site has.
struct Item {
  std::uint32_t from{0};
  Spot spot{};
  double mass{0};
  std::vector<Onward::Way> ways;  ///< cheapest first, a tonne
  [[nodiscard]] double regret() const {
    return ways.size() < 2 ? kInfinity : (ways[1].cost - ways[0].cost) * mass;
  }
};

class Flowing {
 public:
  Flowing(const Ground& ground, Choice& choice)
      : ground_(ground), choice_(choice), count_(ground.groups.size(), 0) {
    const std::size_t sites = ground.network.sites.size();
    flow_.served.assign(ground.network.homes.size(), kNobody);
    flow_.next.assign(sites, kNobody);
    flow_.ship.assign(sites * materials(), kNobody);
    flow_.load.assign(sites, 0);
    flow_.denied.assign(sites, 0);
    by_material_.assign(sites * materials(), 0);
    for (const auto& open : choice.open) {
      for (const std::uint32_t site : open) {
        count(site);
      }
    }
    after_.resize(ground.tiers());
    for (std::size_t k = ground.tiers(); k-- > 0;) {
      after_[k] =
          costs_after(ground, choice, after_, static_cast<std::uint32_t>(k), choice.open[k]);
    }
  }

  Flow run(const Below& below) {
    const auto last = static_cast<std::uint32_t>(ground_.tiers() - 1);
    // Who passes an optional tier by gives to the tier above it.
    const bool passed = below.tier > 0 && ground_.network.tiers[below.tier - 1].optional;
    const std::uint32_t kept = passed ? below.tier - 1 : below.tier;
    for (std::uint32_t tier = 0; tier < last; ++tier) {
      if (below.flow != nullptr && tier < kept) {
        take_over(*below.flow, tier);
      } else {
        hand_to(tier);
      }
    }
    ship(last);
    for (const auto& open : choice_.open) {
      for (const std::uint32_t site : open) {
        flow_.open_cost += ground_.network.sites[site].cost;
      }
    }
    return std::move(flow_);
  }

 private:
  [[nodiscard]] std::size_t materials() const { return ground_.mix.size(); }
  void count(std::uint32_t site) {
    for (const std::uint32_t g : ground_.groups_of[site]) {
      ++count_[g];
    }
  }
  [[nodiscard]] bool may_open(std::uint32_t site) const {
    const auto& groups = ground_.groups_of[site];
    return std::none_of(groups.begin(), groups.end(), [&](std::uint32_t g) {
      return ground_.groups[g].most && count_[g] >= ground_.groups[g].bound;
    });
  }

  [[nodiscard]] std::vector<Item> items_for(std::uint32_t tier) const {
    std::vector<Item> items;
    if (tier == 0) {
      for (std::uint32_t h = 0; h < choice_.homes.size(); ++h) {
        if (choice_.homes[h] != 0) {
          items.push_back({h, ground_.home_spots[h], ground_.home_mass[h], {}});
        }
      }
      return items;
    }
    for (const std::uint32_t site : choice_.open[tier - 1]) {
      items.push_back({site, ground_.site_spots[site], flow_.load[site], {}});
    }
    return items;
  }

  void find_ways(std::vector<Item>& items, std::uint32_t tier) const {
    const auto& stated = ground_.network.tiers;
    const Onward here = onward_to(ground_, choice_, after_[tier], tier, stated[tier].rate);
    const bool pass = stated[tier].optional;
    const Onward beyond =
        pass ? onward_to(ground_, choice_, after_[tier + 1], tier + 1, stated[tier].rate)
             : Onward();
    for (Item& item : items) {
      item.ways = here.some(item.spot, kOptions);
      if (pass) {
        const auto more = beyond.some(item.spot, kOptions);
        item.ways.insert(item.ways.end(), more.begin(), more.end());
        std::stable_sort(item.ways.begin(), item.ways.end(),
                         [](const auto& a, const auto& b) { return a.cost < b.cost; });
      }
    }
  }

  [[nodiscard]] bool within(const Item& item, std::uint32_t site, std::uint32_t tier) const {
    const double reach = tier == 0 ? ground_.network.tiers[0].reach_m : 0;
    return reach <= 0 || ground_.metres(item.spot, ground_.site_spots[site]) <= reach;
  }
  [[nodiscard]] bool holds(const Item& item, std::uint32_t site) const {
    return flow_.load[site] + item.mass <= ground_.capacity(site) * (1 + kHair);
  }

  std::uint32_t any_open(const Item& item, std::uint32_t tier) const {
    std::uint32_t best = kNobody;
    double nearest = kInfinity;
    for (const std::uint32_t site : choice_.open[tier]) {
      const double apart = squared(item.spot, ground_.site_spots[site]);
      if (apart < nearest && holds(item, site) && within(item, site, tier)) {
        nearest = apart;
        best = site;
      }
    }
    return best;
  }

  std::uint32_t open_one(const Item& item, std::uint32_t tier) {
    std::uint32_t best = kNobody;
    double nearest = kInfinity;
    for (const std::uint32_t site : ground_.sites[tier]) {
      const double apart = squared(item.spot, ground_.site_spots[site]);
      if (apart < nearest && flow_.load[site] == 0 && holds(item, site) &&
          within(item, site, tier) && may_open(site) &&
          !std::binary_search(choice_.open[tier].begin(), choice_.open[tier].end(), site)) {
        nearest = apart;
        best = site;
      }
    }
    if (best != kNobody) {
      auto& open = choice_.open[tier];
      open.insert(std::lower_bound(open.begin(), open.end(), best), best);
      count(best);
    }
    return best;
  }

  std::uint32_t place_for(const Item& item, std::uint32_t tier) {
    for (const Onward::Way& way : item.ways) {
      if (holds(item, way.site) && within(item, way.site, tier)) {
        return way.site;
      }
    }
    const std::uint32_t open = any_open(item, tier);
    return open != kNobody ? open : open_one(item, tier);
  }

  void take_over(const Flow& before, std::uint32_t tier) {
    flow_.whole = flow_.whole && before.whole;
    for (const Item& item : items_for(tier)) {
      const std::uint32_t site = (tier == 0 ? before.served : before.next)[item.from];
      if (site != kNobody) {
        put(item, tier, site);
      }
    }
  }

  // Who finds no room goes first in the next try.
  void hand_to(std::uint32_t tier) {
    std::vector<Item> items = items_for(tier);
    find_ways(items, tier);
    std::vector<std::uint32_t> order(items.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return items[a].regret() > items[b].regret();
    });
    constexpr int kTries = 12;
    for (int attempt = 0; attempt < kTries; ++attempt) {
      const State before{flow_, by_material_, count_, choice_.open[tier]};
      std::vector<std::uint32_t> left;
      for (const std::uint32_t k : order) {
        if (!hand_one(items[k], tier)) {
          left.push_back(k);
        }
      }
      if (left.empty()) {
        return;
      }
      if (attempt + 1 == kTries) {
        flow_.whole = false;
        return;
      }
      flow_ = before.flow;
      by_material_ = before.by_material;
      count_ = before.count;
      choice_.open[tier] = before.open;
      std::stable_partition(order.begin(), order.end(), [&](std::uint32_t k) {
        return std::find(left.begin(), left.end(), k) != left.end();
      });
    }
  }

  void note_denied(const Item& item, std::uint32_t site) {
    if (item.ways.empty() || item.ways.front().site == site) {
      return;
    }
    double paid = item.ways.back().cost;
    for (const Onward::Way& way : item.ways) {
      paid = way.site == site ? way.cost : paid;
    }
    flow_.denied[item.ways.front().site] += item.mass * (paid - item.ways.front().cost);
  }

  bool hand_one(const Item& item, std::uint32_t tier) {
    const std::uint32_t site = place_for(item, tier);
    if (site == kNobody) {
      return false;
    }
    note_denied(item, site);
    put(item, tier, site);
    return true;
  }

  void put(const Item& item, std::uint32_t tier, std::uint32_t site) {
    (tier == 0 ? flow_.served : flow_.next)[item.from] = site;
    flow_.load[site] += item.mass;
    const double* masses = tier == 0 ? &ground_.network.mass[item.from * materials()]
                                     : &by_material_[item.from * materials()];
    for (std::size_t m = 0; m < materials(); ++m) {
      by_material_[site * materials() + m] += masses[m];
    }
    flow_.way_cost += item.mass * ground_.network.tiers[tier].rate *
                      ground_.metres(item.spot, ground_.site_spots[site]) / kMetresPerKm;
  }

  void ship(std::uint32_t last) {
    const double rate = ground_.network.tiers[last].rate;
    const auto send = [&](const double* masses, const Spot& spot, std::uint32_t* into) {
      for (std::size_t m = 0; m < materials(); ++m) {
        if (masses[m] <= 0) {
          continue;
        }
        const std::uint32_t to = processor(masses[m], m, spot);
        into[m] = to;
        flow_.whole = flow_.whole && to != kNobody;
        if (to != kNobody) {
          flow_.load[to] += masses[m];
          flow_.way_cost +=
              masses[m] * rate * ground_.metres(spot, ground_.site_spots[to]) / kMetresPerKm;
        }
      }
    };
    for (const std::uint32_t site : choice_.open[last - 1]) {
      send(&by_material_[site * materials()], ground_.site_spots[site],
           &flow_.ship[site * materials()]);
    }
  }

  std::uint32_t processor(double mass, std::size_t material, const Spot& from) {
    std::uint32_t best = kNobody;
    double nearest = kInfinity;
    for (const std::uint32_t site : choice_.open.back()) {
      const bool takes = (ground_.network.sites[site].takes >> material & 1U) != 0;
      const double apart = squared(from, ground_.site_spots[site]);
      if (takes && apart < nearest &&
          flow_.load[site] + mass <= ground_.capacity(site) * (1 + kHair)) {
        nearest = apart;
        best = site;
      }
    }
    return best;
  }

  struct State {
    Flow flow;
    std::vector<double> by_material;
    std::vector<std::int64_t> count;
    std::vector<std::uint32_t> open;
  };

  const Ground& ground_;
  Choice& choice_;
  Flow flow_;
  std::vector<std::vector<double>> after_;
  std::vector<std::int64_t> count_;
  std::vector<double> by_material_;
};

double after_last_but_one(const Ground& ground, const Choice& choice, const Spot& from) {
  double sum = 0;
  for (std::size_t m = 0; m < ground.mix.size(); ++m) {
    double nearest = kInfinity;
    for (const std::uint32_t site : choice.open.back()) {
      if ((ground.network.sites[site].takes >> m & 1U) != 0) {
        nearest = std::min(nearest, squared(from, ground.site_spots[site]));
      }
    }
    if (nearest < kInfinity) {
      sum += ground.mix[m] * ground.metres_of(nearest);
    }
  }
  return sum * ground.network.tiers.back().rate / kMetresPerKm;
}

}  // namespace

Onward onward_to(const Ground& ground, const Choice& choice, const std::vector<double>& after,
                 std::uint32_t tier, double rate) {
  std::vector<double> costs;
  costs.reserve(choice.open[tier].size());
  for (const std::uint32_t site : choice.open[tier]) {
    costs.push_back(after[site]);
  }
  return {ground, choice.open[tier], std::move(costs), rate};
}

std::vector<double> costs_after(const Ground& ground, const Choice& choice,
                                const std::vector<std::vector<double>>& above, std::uint32_t tier,
                                const std::vector<std::uint32_t>& sites) {
  std::vector<double> after(ground.network.sites.size(), 0);
  const std::size_t last = ground.tiers() - 1;
  if (tier == last) {
    return after;
  }
  if (tier + 1 == last) {
    for (const std::uint32_t site : sites) {
      after[site] = after_last_but_one(ground, choice, ground.site_spots[site]);
    }
    return after;
  }
  const double rate = ground.network.tiers[tier + 1].rate;
  const Onward next = onward_to(ground, choice, above[tier + 1], tier + 1, rate);
  const Onward beyond = ground.network.tiers[tier + 1].optional
                            ? onward_to(ground, choice, above[tier + 2], tier + 2, rate)
                            : Onward();
  for (const std::uint32_t site : sites) {
    const Spot& spot = ground.site_spots[site];
    after[site] = next.best(spot).cost;
    if (!beyond.empty()) {
      after[site] = std::min(after[site], beyond.best(spot).cost);
    }
  }
  return after;
}

Flow flow_of(const Ground& ground, Choice& choice, const Below& below) {
  return Flowing(ground, choice).run(below);
}

}  // namespace huan::siting
