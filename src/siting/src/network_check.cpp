// SPDX-License-Identifier: Apache-2.0
// Whether a network can be asked at all: every number bounded, every index in its list.
#include <algorithm>
#include <cmath>

#include "huan/siting/network.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Home;
using siting_problem::Network;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Site;

constexpr std::size_t kHomesMax = 2'000'000;
constexpr std::size_t kTiersMax = 8;
constexpr double kMost = 1e12;

bool amount(double value) { return value >= 0 && value <= kMost; }
bool on_earth(const siting_problem::Point& at) {
  return std::abs(at.x) <= 180 && std::abs(at.y) <= 90;
}

template <class Thing>
bool somewhere(const Network& network, const Thing& thing) {
  return thing.district < network.districts.size() && thing.street < network.streets.size() &&
         thing.community < network.communities.size();
}

base::Result<void> check_tiers(const Network& network) {
  const std::size_t n = network.tiers.size();
  if (n < 2 || n > kTiersMax) {
    return Error{ErrorCode::bad_problem, "tiers", "two to eight tiers are expected"};
  }
  for (std::size_t k = 0; k < n; ++k) {
    const auto& tier = network.tiers[k];
    if (!amount(tier.rate) || !amount(tier.reach_m)) {
      return Error{ErrorCode::bad_problem, tier.name, "rate and reach are from 0 to 1e12"};
    }
    const bool inner = k > 0 && k + 2 < n && !network.tiers[k - 1].optional;
    if (tier.optional && !inner) {
      return Error{ErrorCode::bad_problem, tier.name,
                   "the first, the last two, and a tier after an optional one are not optional"};
    }
  }
  if (network.materials.empty() || network.materials.size() > siting_problem::kMaterialsMax) {
    return Error{ErrorCode::bad_problem, "materials", "one to 64 materials are expected"};
  }
  if (!(network.detour >= 1) || network.detour > 100) {
    return Error{ErrorCode::bad_problem, "detour", "from 1 to 100"};
  }
  return {};
}

base::Result<void> check_homes(const Network& network) {
  if (network.homes.empty() || network.homes.size() > kHomesMax ||
      network.mass.size() != network.homes.size() * network.materials.size()) {
    return Error{ErrorCode::bad_problem, "homes", "1 to 2,000,000 homes with their masses"};
  }
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    const Home& home = network.homes[h];
    if (!on_earth(home.at)) {
      return Error{ErrorCode::bad_coordinates, home.id, "longitude to 180, latitude to 90"};
    }
    if (!(home.households > 0) || home.households > kMost || !amount(home.people)) {
      return Error{ErrorCode::bad_demand, home.id, "households are over 0"};
    }
    if (!somewhere(network, home)) {
      return Error{ErrorCode::bad_problem, home.id, "lies in no district, street and community"};
    }
    for (std::size_t m = 0; m < network.materials.size(); ++m) {
      if (!amount(network.mass[h * network.materials.size() + m])) {
        return Error{ErrorCode::bad_demand, home.id, "masses are from 0 to 1e12"};
      }
    }
  }
  return {};
}

base::Result<void> check_sites(const Network& network) {
  if (network.sites.size() > 4 * kHomesMax) {
    return Error{ErrorCode::too_large, "sites", "8,000,000 at most"};
  }
  for (const Site& site : network.sites) {
    if (!on_earth(site.at)) {
      return Error{ErrorCode::bad_coordinates, site.id, "longitude to 180, latitude to 90"};
    }
    if (site.tier >= network.tiers.size() || !somewhere(network, site)) {
      return Error{ErrorCode::bad_problem, site.id, "is of no tier, or lies nowhere"};
    }
    if (!amount(site.cost) || !amount(site.capacity)) {
      return Error{ErrorCode::bad_problem, site.id, "cost and capacity are from 0 to 1e12"};
    }
  }
  return {};
}

base::Result<void> check_rules(const Network& network) {
  for (const Rule& rule : network.rules) {
    const bool counts = rule.kind == RuleKind::at_least || rule.kind == RuleKind::at_most;
    const bool numbers = amount(rule.sites) && amount(rule.households_per_site) &&
                         amount(rule.streets_per_site) && amount(rule.metres) &&
                         amount(rule.amount) && amount(rule.eased) && rule.share >= 0 &&
                         rule.share <= 1;
    if (!numbers || rule.tier >= network.tiers.size()) {
      return Error{ErrorCode::bad_problem, rule.name, "a number of the rule is out of range"};
    }
    if (rule.neighbours &&
        (rule.kind != RuleKind::at_least || rule.area != siting_problem::Area::district)) {
      return Error{ErrorCode::bad_problem, rule.name,
                   "neighbours share in at_least by district only"};
    }
    if (counts && rule.sites <= 0 && rule.households_per_site <= 0 && rule.streets_per_site <= 0 &&
        rule.kind == RuleKind::at_least) {
      return Error{ErrorCode::bad_problem, rule.name, "asks for nothing"};
    }
  }
  for (const siting_problem::Pair& pair : network.neighbours) {
    if (pair.a >= network.districts.size() || pair.b >= network.districts.size() ||
        pair.a == pair.b) {
      return Error{ErrorCode::bad_problem, "neighbours", "two districts are expected"};
    }
  }
  return {};
}

base::Result<void> check_zones(const Network& network) {
  constexpr std::size_t kCornersMax = 4'000'000;
  std::size_t corners = 0;
  for (const siting_problem::Zone& zone : network.zones) {
    for (const auto& line : zone.lines) {
      corners += line.size();
      if (line.empty() || !std::all_of(line.begin(), line.end(), on_earth)) {
        return Error{ErrorCode::bad_coordinates, "zone " + zone.kind,
                     "longitude to 180, latitude to 90"};
      }
    }
  }
  if (corners > kCornersMax) {
    return Error{ErrorCode::too_large, "zones", "4,000,000 corners at most"};
  }
  for (const Rule& rule : network.rules) {
    const auto named = [&](const auto& zone) {
      return rule.zone.empty() || zone.kind == rule.zone;
    };
    if (rule.kind == RuleKind::away_from_zones &&
        std::none_of(network.zones.begin(), network.zones.end(), named)) {
      return Error{ErrorCode::bad_problem, rule.name,
                   "speaks of a zone that the file does not have"};
    }
  }
  return {};
}

base::Result<void> check_periods(const Network& network) {
  constexpr std::size_t kPeriodsMax = 50;
  if (network.periods.size() > kPeriodsMax) {
    return Error{ErrorCode::bad_problem, "periods", "50 at most"};
  }
  for (const siting_problem::Period& period : network.periods) {
    if (!amount(period.budget)) {
      return Error{ErrorCode::bad_problem, "period " + period.name, "a budget is from 0 to 1e12"};
    }
  }
  return {};
}

}  // namespace

base::Result<void> check_network(const Network& network) {
  HUAN_CHECK(check_tiers(network));
  if (network.district_of_street.size() != network.streets.size()) {
    return Error{ErrorCode::bad_problem, "streets", "each lies in a district"};
  }
  for (const std::uint32_t district : network.district_of_street) {
    if (district >= network.districts.size()) {
      return Error{ErrorCode::bad_problem, "streets", "each lies in a district"};
    }
  }
  HUAN_CHECK(check_homes(network));
  HUAN_CHECK(check_sites(network));
  HUAN_CHECK(check_zones(network));
  HUAN_CHECK(check_periods(network));
  return check_rules(network);
}

}  // namespace huan::siting
