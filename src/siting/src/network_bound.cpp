// SPDX-License-Identifier: Apache-2.0
#include "network_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace huan::siting {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kListed = 48;

struct Near {
  double apart;
  std::uint32_t site;
};

}  // namespace

NetworkBound::NetworkBound(const Ground& ground)
    : ground_(ground), step_(ground.tiers()), tiers_(ground.tiers() - 1) {
  double rate = kInfinity;
  std::vector<double> falling;
  for (const siting_problem::Tier& tier : ground.network.tiers) {
    rate = std::min(rate, tier.rate);
    falling.push_back(rate / kMetresPerKm);
  }
  const std::size_t both = tiers_.size() - 1;
  for (std::size_t k = 0; k < falling.size(); ++k) {
    step_[k] = falling[k] - (k < both ? falling[k + 1] : 0);
  }
  const std::size_t materials = ground.mix.size();
  beyond_.assign(ground.network.sites.size() * materials, 0);
  for (const std::uint32_t from : ground.sites[both]) {
    for (std::size_t m = 0; m < materials; ++m) {
      double nearest = kInfinity;
      for (const std::uint32_t site : ground.sites.back()) {
        if ((ground.network.sites[site].takes >> m & 1U) != 0) {
          nearest = std::min(nearest, squared(ground.site_spots[from], ground.site_spots[site]));
        }
      }
      beyond_[from * materials + m] =
          nearest < kInfinity ? step_.back() * ground.metres_of(nearest) : 0;
    }
  }
}

double NetworkBound::rest(std::size_t tier, std::size_t home, std::uint32_t site) const {
  if (tier + 1 != tiers_.size()) {
    return 0;
  }
  const std::size_t materials = ground_.mix.size();
  double sum = 0;
  for (std::size_t m = 0; m < materials; ++m) {
    sum += ground_.network.mass[home * materials + m] * beyond_[site * materials + m];
  }
  return sum;
}

void NetworkBound::list_all() {
  for (std::uint32_t k = 0; k + 1 < ground_.tiers(); ++k) {
    list(k, nullptr);
  }
}

// Metres to which the prices of a home can pay the way to a site of the tier.
double NetworkBound::paid_way(const siting_problem::NetworkProof& proof, std::size_t tier,
                              std::size_t home) const {
  constexpr double kAround = 3e7;
  const double mass = ground_.home_mass[home];
  const auto radius = [&](double price, double each) {
    return price <= 0 ? 0.0 : (each > 0 ? std::min(kAround, price / each) : kAround);
  };
  const double price = proof.prices[tier][home];
  double far = radius(price, mass * step_[tier]);
  if (passing(tier)) {
    far = std::max(
        far, radius(price + proof.prices[tier - 1][home], mass * (step_[tier] + step_[tier - 1])));
  }
  return far;
}

void NetworkBound::list(std::uint32_t tier, const siting_problem::NetworkProof* prices) {
  std::vector<std::uint32_t> sites = ground_.sites[tier];
  std::vector<Spot> spots;
  spots.reserve(sites.size());
  for (const std::uint32_t site : sites) {
    spots.push_back(ground_.site_spots[site]);
  }
  const auto& stated = ground_.network.tiers[tier];
  const KdTree tree(spots);
  const double reach_all = tier == 0 && stated.reach_m > 0 ? ground_.chord(stated.reach_m) : 3;
  const std::size_t listed = prices == nullptr ? kListed : sites.size();
  TierArcs& out = tiers_[tier];
  out.start.assign(1, 0);
  out.most.reserve(ground_.network.homes.size());
  out.least_rest.assign(ground_.network.homes.size(), 0);
  for (std::size_t h = 0; tier + 1 == tiers_.size() && h < out.least_rest.size(); ++h) {
    double least = kInfinity;
    for (const std::uint32_t site : sites) {
      least = std::min(least, rest(tier, h, site));
    }
    out.least_rest[h] = sites.empty() ? 0 : least;
  }
  std::vector<Near> near;
  for (std::size_t h = 0; h < ground_.network.homes.size(); ++h) {
    const Spot& from = ground_.home_spots[h];
    const double unit = ground_.home_mass[h] * step_[tier];
    const double reach =
        prices == nullptr
            ? reach_all
            : std::min(reach_all, ground_.chord(paid_way(*prices, tier, h)) * (1 + 1e-9) + 1e-12);
    near.clear();
    const auto less = [](const Near& a, const Near& b) {
      return a.apart != b.apart ? a.apart < b.apart : a.site < b.site;
    };
    bool cut = false;
    if (!sites.empty()) {
      tree.walk(
          from,
          [&](std::uint32_t, double away) {
            const bool full = near.size() >= listed && away > near.front().apart;
            cut = cut || (full && away <= reach * reach);
            return away <= reach * reach && !full;
          },
          [&](std::uint32_t k, double apart) {
            if (apart > reach * reach) {
              return;
            }
            near.push_back({apart, sites[k]});
            std::push_heap(near.begin(), near.end(), less);
            if (near.size() > listed) {
              std::pop_heap(near.begin(), near.end(), less);
              near.pop_back();
              cut = true;
            }
          });
    }
    std::sort(near.begin(), near.end(), less);
    for (const Near& one : near) {
      out.arcs.push_back({one.site, unit * ground_.metres_of(one.apart), rest(tier, h, one.site)});
    }
    std::sort(out.arcs.begin() + static_cast<std::ptrdiff_t>(out.start.back()), out.arcs.end(),
              [](const Arc& a, const Arc& b) {
                return a.cost() != b.cost() ? a.cost() < b.cost() : a.site < b.site;
              });
    out.start.push_back(out.arcs.size());
    out.most.push_back(cut ? unit * ground_.metres_of(near.back().apart) : kInfinity);
  }
}

void NetworkBound::begin(const Choice& choice) {
  best_.of_home.assign(tiers_.size(), {});
  best_.of_group.assign(ground_.groups.size(), 0);
  best_.of_share.assign(ground_.shares.size(), 0);
  std::vector<std::uint8_t> open(ground_.network.sites.size(), 0);
  for (const auto& sites : choice.open) {
    for (const std::uint32_t site : sites) {
      open[site] = 1;
    }
  }
  for (std::size_t k = 0; k < tiers_.size(); ++k) {
    auto& prices = best_.of_home[k];
    const TierArcs& tier = tiers_[k];
    prices.resize(tier.most.size());
    for (std::size_t h = 0; h < prices.size(); ++h) {
      double first = -1;
      double second = -1;
      for (auto a = tier.start[h]; a < tier.start[h + 1] && second < 0; ++a) {
        if (open[tier.arcs[a].site] != 0) {
          (first < 0 ? first : second) = tier.arcs[a].cost();
        }
      }
      const bool some = tier.start[h] < tier.start[h + 1];
      const double end = some ? tier.arcs[tier.start[h + 1] - 1].cost() : 0;
      first = first < 0 ? end : first;
      second = second < 0 ? end : second;
      prices[h] = std::min((first + second) / 2, tier.most[h] + tier.least_rest[h]);
    }
  }
  best_value_ = -1;
  Prices trial = best_;
  const double value = evaluate(trial, nullptr);
  best_ = std::move(trial);
  best_value_ = value;
}

// Disjoint areas get the very best prices; where areas share sites, the later sees what the earlier
// took.
double NetworkBound::price_groups(Prices& prices, std::vector<double>& reduced) const {
  double sum = 0;
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::size_t g = 0; g < ground_.groups.size(); ++g) {
    const Group& group = ground_.groups[g];
    order.clear();
    std::int64_t free = group.bound;  // for sites that need not be open
    for (const std::uint32_t site : group.sites) {
      if (ground_.must[site] != 0) {
        --free;
      } else {
        order.emplace_back(reduced[site], site);
      }
    }
    prices.of_group[g] = 0;
    const std::int64_t place = group.most ? std::max<std::int64_t>(free, 0) : free - 1;
    if (place < 0 || static_cast<std::size_t>(place) >= order.size()) {
      continue;
    }
    const auto at = static_cast<std::size_t>(place);
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(at), order.end());
    const double middle = order[at].first;
    const double price = group.most ? std::min(0.0, middle) : std::max(0.0, middle);
    prices.of_group[g] = price;
    sum += price * static_cast<double>(group.bound);
    if (price != 0) {
      for (const std::uint32_t site : group.sites) {
        reduced[site] -= price;
      }
    }
  }
  return sum;
}

// The cheapest homes for each household, until the share is reached; the last one in part.
double NetworkBound::price_shares(Prices& prices, const std::vector<double>& of_home,
                                  std::vector<double>& taken) const {
  std::vector<double> left = of_home;
  double sum = 0;
  std::vector<std::pair<double, std::uint32_t>> order;
  const auto& homes = ground_.network.homes;
  for (std::size_t s = 0; s < ground_.shares.size(); ++s) {
    const Share& share = ground_.shares[s];
    order.clear();
    for (const std::uint32_t h : share.homes) {
      if (homes[h].households > 0) {
        order.emplace_back(left[h] / homes[h].households, h);
      }
    }
    std::sort(order.begin(), order.end());
    double households = 0;
    double price = 0;
    for (const auto& [each, h] : order) {
      if (households >= share.households * (1 - 1e-12)) {
        break;
      }
      households += homes[h].households;
      price = each;
    }
    price = std::max(0.0, price);
    prices.of_share[s] = price;
    sum += price * share.households;
    for (const std::uint32_t h : share.homes) {
      left[h] -= price * homes[h].households;
    }
  }
  for (std::size_t h = 0; h < left.size(); ++h) {
    sum += std::min(0.0, left[h]);
    taken[h] = left[h] <= 0 && !ground_.shares_of[h].empty() ? 1 : 0;
  }
  return sum;
}

NetworkBound::Use NetworkBound::use_of(const Prices& prices, std::size_t tier,
                                       std::size_t home) const {
  Use use;
  use.price = prices.of_home[tier][home];
  if (passing(tier)) {
    use.both = use.price + prices.of_home[tier - 1][home];
    use.dearer = dearer(tier);
  }
  return use;
}

// With a price by the piece: wanted less had. Who passes a tier by has both.
void NetworkBound::find_slope(const Prices& prices, const std::vector<double>& reduced,
                              const std::vector<double>& taken,
                              std::vector<std::vector<double>>& slope) const {
  for (std::size_t k = 0; k < tiers_.size(); ++k) {
    const TierArcs& tier = tiers_[k];
    for (std::size_t h = 0; h < taken.size(); ++h) {
      const Use use = use_of(prices, k, h);
      double served = 0;
      double passed = 0;
      for (auto a = tier.start[h]; a < tier.start[h + 1]; ++a) {
        const Arc& arc = tier.arcs[a];
        if (use.left(arc) >= 0) {
          if (k + 1 == tiers_.size()) {
            continue;  // past an optional tier, a dearer one may still be left something
          }
          break;
        }
        if (reduced[arc.site] <= 0 || ground_.must[arc.site] != 0) {
          served += 1;
          passed += use.passes(arc) ? 1 : 0;
        }
      }
      slope[k][h] = taken[h] - served;
      if (passing(k)) {
        slope[k - 1][h] -= passed;
      }
    }
  }
}

// No price is worth more than what is listed, or sites further off would have to be looked at. A
// tier that may be passed by is worth no more than the dearer way past it.
void NetworkBound::limit(Prices& prices) const {
  for (std::size_t k = 0; k < tiers_.size(); ++k) {
    const TierArcs& tier = tiers_[k];
    for (std::size_t h = 0; h < tier.most.size(); ++h) {
      double& price = prices.of_home[k][h];
      price = std::min(price, tier.most[h] + tier.least_rest[h]);
      if (passing(k)) {
        double& before = prices.of_home[k - 1][h];
        before = std::min(before, tier.most[h] * dearer(k) + tier.least_rest[h] - price);
      }
    }
  }
}

double NetworkBound::evaluate(Prices& prices, std::vector<std::vector<double>>* slope) {
  std::vector<double> reduced(ground_.network.sites.size(), 0);
  for (std::uint32_t j = 0; j < reduced.size(); ++j) {
    reduced[j] = ground_.network.sites[j].cost;
  }
  limit(prices);
  std::vector<double> of_home(ground_.network.homes.size(), 0);
  for (std::size_t k = 0; k < tiers_.size(); ++k) {
    const TierArcs& tier = tiers_[k];
    for (std::size_t h = 0; h < of_home.size(); ++h) {
      of_home[h] += prices.of_home[k][h];
      const Use use = use_of(prices, k, h);
      for (auto a = tier.start[h]; a < tier.start[h + 1]; ++a) {
        const double left = use.left(tier.arcs[a]);
        if (left >= 0) {
          if (k + 1 == tiers_.size()) {
            continue;
          }
          break;
        }
        reduced[tier.arcs[a].site] += left;
      }
    }
  }
  double value = price_groups(prices, reduced);
  std::vector<double> taken(of_home.size(), 0);
  value += price_shares(prices, of_home, taken);
  for (std::uint32_t j = 0; j < reduced.size(); ++j) {
    if (ground_.out[j] == 0) {
      value += ground_.must[j] != 0 ? reduced[j] : std::min(0.0, reduced[j]);
    }
  }
  if (slope != nullptr) {
    find_slope(prices, reduced, taken, *slope);
  }
  return value;
}

void NetworkBound::climb(double upper, int rounds, Budget& budget) {
  Prices now = best_;
  std::vector<std::vector<double>> slope(tiers_.size(),
                                         std::vector<double>(ground_.network.homes.size()));
  auto smooth = slope;
  double share = 1;
  int idle = 0;
  constexpr int kPatience = 12;
  constexpr double kLeast = 1e-3;
  constexpr double kKeep = 0.3;
  for (int round = 0; round < rounds && share > kLeast && budget.spend(); ++round) {
    const double value = evaluate(now, &slope);
    if (value > best_value_) {
      idle = value > best_value_ + 1e-5 * std::abs(upper) ? 0 : idle + 1;
      best_value_ = value;
      best_ = now;
    } else {
      ++idle;
    }
    if (idle > kPatience) {
      share /= 2;
      idle = 0;
      now = best_;
      continue;
    }
    double size = 0;
    for (std::size_t k = 0; k < slope.size(); ++k) {
      for (std::size_t h = 0; h < slope[k].size(); ++h) {
        smooth[k][h] = kKeep * smooth[k][h] + (1 - kKeep) * slope[k][h];
        const double unit = std::max(now.of_home[k][h], 1.0);
        size += smooth[k][h] * smooth[k][h] * unit;
      }
    }
    if (size <= 0) {
      break;
    }
    const double step = share * std::max(upper - value, 1e-6 * upper) / size;
    for (std::size_t k = 0; k < slope.size(); ++k) {
      for (std::size_t h = 0; h < slope[k].size(); ++h) {
        double& price = now.of_home[k][h];
        const double unit = std::max(price, 1.0);
        // No home is worth more than the whole plan; beyond that only digits are lost.
        price = std::clamp(price + step * unit * smooth[k][h], 0.0, std::max(upper, 0.0));
      }
    }
  }
}

void NetworkBound::take(const siting_problem::NetworkProof& proof) {
  Prices trial;
  trial.of_home = proof.prices;
  trial.of_home.resize(tiers_.size());
  for (auto& prices : trial.of_home) {
    prices.resize(ground_.network.homes.size(), 0);
    for (double& price : prices) {
      price = std::max(price, 0.0);
    }
  }
  siting_problem::NetworkProof whole;
  whole.prices = trial.of_home;
  for (std::uint32_t k = 0; k < tiers_.size(); ++k) {
    list(k, &whole);
  }
  trial.of_group.assign(ground_.groups.size(), 0);
  trial.of_share.assign(ground_.shares.size(), 0);
  best_value_ = evaluate(trial, nullptr);
  best_ = std::move(trial);
}

siting_problem::NetworkProof NetworkBound::proof() const {
  siting_problem::NetworkProof proof;
  proof.prices = best_.of_home;
  for (std::size_t g = 0; g < ground_.groups.size(); ++g) {
    if (best_.of_group[g] != 0) {
      proof.counts.push_back({ground_.groups[g].rule, ground_.groups[g].area, best_.of_group[g]});
    }
  }
  for (std::size_t s = 0; s < ground_.shares.size(); ++s) {
    if (best_.of_share[s] != 0) {
      proof.coverage.push_back({ground_.shares[s].rule, ground_.shares[s].area, best_.of_share[s]});
    }
  }
  return proof;
}

std::vector<double> NetworkBound::price_of_home() const {
  std::vector<double> sum(ground_.network.homes.size(), 0);
  for (const auto& prices : best_.of_home) {
    for (std::size_t h = 0; h < sum.size(); ++h) {
      sum[h] += prices[h];
    }
  }
  return sum;
}

}  // namespace huan::siting
