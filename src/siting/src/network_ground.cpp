// SPDX-License-Identifier: Apache-2.0
#include "network_ground.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "zones.hpp"

namespace huan::siting {
namespace {

using siting_problem::Area;
using siting_problem::Home;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Site;
using siting_problem::Standing;
using siting_problem::Who;

constexpr double kWhole = 1e-9;  ///< households over a number that are still that number

bool among(Who who, bool urban) { return who == Who::everyone || (who == Who::urban) == urban; }

template <class Thing>
std::uint32_t area_of(Area area, const Thing& thing) {
  switch (area) {
    case Area::district:
      return thing.district;
    case Area::street:
      return thing.street;
    case Area::community:
      return thing.community;
    default:
      return 0;
  }
}

std::size_t areas(Area area, const Network& network) {
  switch (area) {
    case Area::district:
      return network.districts.size();
    case Area::street:
      return network.streets.size();
    case Area::community:
      return network.communities.size();
    default:
      return 1;
  }
}

double rounded_up(double value) { return std::ceil(value - kWhole); }

std::vector<double> streets_in(Area area, const Network& network) {
  std::vector<double> count(areas(area, network), 0);
  for (std::uint32_t s = 0; s < network.streets.size(); ++s) {
    if (area == Area::district) {
      count[network.district_of_street[s]] += 1;
    } else if (area == Area::street) {
      count[s] += 1;
    } else if (area == Area::all) {
      count[0] += 1;
    }
  }
  return count;
}

}  // namespace

Spot spot_of(const siting_problem::Point& point) {
  constexpr double kRadian = std::numbers::pi / 180;
  const double north = point.y * kRadian;
  const double east = point.x * kRadian;
  return {std::cos(north) * std::cos(east), std::cos(north) * std::sin(east), std::sin(north)};
}

double Ground::metres_of(double spot_squared) const {
  return 2 * siting_problem::kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(spot_squared) / 2)) *
         network.detour;
}

double Ground::metres(const Spot& a, const Spot& b) const { return metres_of(squared(a, b)); }

double Ground::chord(double metres) const {
  const double angle = metres / network.detour / siting_problem::kEarthRadiusM;
  return angle >= std::numbers::pi ? 2 : 2 * std::sin(angle / 2);
}

double Ground::capacity(std::uint32_t site) const {
  const double stated = network.sites[site].capacity;
  return capacities && stated > 0 ? stated * room : std::numeric_limits<double>::infinity();
}

double Ground::money(std::uint32_t site) const {
  const Standing standing = network.sites[site].standing;
  const bool there = standing == Standing::existing || standing == Standing::closable;
  return there ? 0 : network.sites[site].cost;
}

Ground::Ground(const Network& of, std::vector<std::uint8_t> of_rules)
    : network(of), active(std::move(of_rules)) {
  place_all();
  rule_out();
  rule_out_zones();
  sites.resize(tiers());
  for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
    if (out[j] == 0) {
      sites[network.sites[j].tier].push_back(j);
    }
  }
  shares_of.resize(network.homes.size());
  groups_of.resize(network.sites.size());
  for (std::uint32_t r = 0; r < network.rules.size(); ++r) {
    const Rule& rule = network.rules[r];
    if (!active.empty() && active[r] == 0) {
      continue;
    }
    if (rule.kind == RuleKind::at_least || rule.kind == RuleKind::at_most) {
      count_rules(rule, r);
    } else if (rule.kind == RuleKind::coverage) {
      share_rules(rule, r);
    } else if (rule.kind == RuleKind::capacity) {
      capacities = true;
      room = 1 + rule.eased;
    } else if (rule.kind == RuleKind::budget) {
      budget = rule.amount;
      budget_rule = r;
    }
  }
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t j : groups[g].sites) {
      groups_of[j].push_back(g);
    }
  }
}

void Ground::place_all() {
  home_spots.reserve(network.homes.size());
  home_mass.assign(network.homes.size(), 0);
  mix.assign(network.materials.size(), 0);
  double all = 0;
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    home_spots.push_back(spot_of(network.homes[h].at));
    for (std::size_t m = 0; m < mix.size(); ++m) {
      const double mass = network.mass[h * mix.size() + m];
      home_mass[h] += mass;
      mix[m] += mass;
      all += mass;
    }
  }
  for (double& share : mix) {
    share = all > 0 ? share / all : 0;
  }
  site_spots.reserve(network.sites.size());
  for (const Site& site : network.sites) {
    site_spots.push_back(spot_of(site.at));
  }
}

void Ground::rule_out() {
  out.assign(network.sites.size(), 0);
  must.assign(network.sites.size(), 0);
  bool kept = false;
  std::vector<double> away(tiers(), -1);
  for (std::size_t r = 0; r < network.rules.size(); ++r) {
    const Rule& rule = network.rules[r];
    if (!active.empty() && active[r] == 0) {
      continue;
    }
    kept = kept || rule.kind == RuleKind::kept;
    if (rule.kind == RuleKind::away_from_homes) {
      away[rule.tier] = std::max(away[rule.tier], rule.metres);
    }
  }
  const bool ask = std::any_of(away.begin(), away.end(), [](double metres) { return metres >= 0; });
  const KdTree tree = ask ? KdTree(home_spots) : KdTree();
  for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
    const Site& site = network.sites[j];
    out[j] = site.standing == Standing::forbidden ? 1 : 0;
    must[j] = site.standing == Standing::required || (kept && site.standing == Standing::existing)
                  ? 1
                  : 0;
    // What stands already was allowed where it stands; the rule is for what is built.
    const bool built = site.standing == Standing::free || site.standing == Standing::required;
    if (away[site.tier] < 0 || !built || network.homes.empty()) {
      continue;
    }
    // Straight, not along ways: within so many metres (inclusive) is too near.
    const double limit = chord((away[site.tier] + 1e-6) * network.detour);
    tree.walk(
        site_spots[j],
        [&](std::uint32_t, double apart) { return out[j] == 0 && apart <= limit * limit; },
        [&](std::uint32_t, double apart) { out[j] = apart <= limit * limit ? 1 : out[j]; });
  }
}

void Ground::rule_out_zones() {
  for (std::size_t r = 0; r < network.rules.size(); ++r) {
    const Rule& rule = network.rules[r];
    if (rule.kind != RuleKind::away_from_zones || (!active.empty() && active[r] == 0)) {
      continue;
    }
    const ZoneBands zones(network, rule.zone, rule.metres);
    for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
      const Standing standing = network.sites[j].standing;
      const bool built = standing == Standing::free || standing == Standing::required;
      if (built && network.sites[j].tier == rule.tier && zones.near(network.sites[j].at)) {
        out[j] = 1;
      }
    }
  }
}

void Ground::count_rules(const Rule& rule, std::uint32_t index) {
  std::vector<double> asked(areas(rule.area, network), rule.sites);
  if (rule.households_per_site > 0) {
    std::vector<double> households(asked.size(), 0);
    for (const Home& home : network.homes) {
      if (among(rule.who, home.urban)) {
        households[area_of(rule.area, home)] += home.households;
      }
    }
    for (std::size_t a = 0; a < asked.size(); ++a) {
      asked[a] = std::max(asked[a], rounded_up(households[a] / rule.households_per_site));
    }
  }
  if (rule.streets_per_site > 0) {
    const std::vector<double> streets = streets_in(rule.area, network);
    for (std::size_t a = 0; a < asked.size(); ++a) {
      asked[a] = std::max(asked[a], rounded_up(streets[a] / rule.streets_per_site));
    }
  }
  std::vector<std::vector<std::uint32_t>> members(asked.size());
  for (const std::uint32_t j : sites[rule.tier]) {
    if (among(rule.who, network.sites[j].urban)) {
      members[area_of(rule.area, network.sites[j])].push_back(j);
    }
  }
  if (rule.neighbours) {
    const auto own = members;
    for (const siting_problem::Pair& pair : network.neighbours) {
      members[pair.a].insert(members[pair.a].end(), own[pair.b].begin(), own[pair.b].end());
      members[pair.b].insert(members[pair.b].end(), own[pair.a].begin(), own[pair.a].end());
    }
  }
  const bool most = rule.kind == RuleKind::at_most;
  for (std::uint32_t a = 0; a < asked.size(); ++a) {
    const double eased = most ? asked[a] + rule.eased : std::max(0.0, asked[a] - rule.eased);
    const auto bound = static_cast<std::int64_t>(rounded_up(eased));
    if (most || bound > 0) {
      std::sort(members[a].begin(), members[a].end());
      groups.push_back({index, a, most, bound, std::move(members[a])});
    }
  }
}

void Ground::share_rules(const Rule& rule, std::uint32_t index) {
  std::vector<Share> by_area(areas(rule.area, network));
  for (std::uint32_t h = 0; h < network.homes.size(); ++h) {
    const Home& home = network.homes[h];
    if (among(rule.who, home.urban)) {
      Share& share = by_area[area_of(rule.area, home)];
      share.households += home.households * rule.share;
      share.homes.push_back(h);
    }
  }
  for (std::uint32_t a = 0; a < by_area.size(); ++a) {
    if (by_area[a].homes.empty()) {
      continue;
    }
    by_area[a].rule = index;
    by_area[a].area = a;
    for (const std::uint32_t h : by_area[a].homes) {
      shares_of[h].push_back(static_cast<std::uint32_t>(shares.size()));
    }
    shares.push_back(std::move(by_area[a]));
  }
}

}  // namespace huan::siting
