// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <numeric>

#include "huan/siting_check/network.hpp"
#include "network_rules.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::RuleKind;
using siting_problem::Standing;

struct Room {
  double each{0};  ///< yuan a tonne
  double tonnes{0};
};

/// Of one tier: room for sale, the cheapest first, and what a first site costs at least.
struct Rooms {
  std::vector<Room> all;
  double first{std::numeric_limits<double>::infinity()};
};

Rooms rooms_of(const Network& network, std::size_t tier, double more) {
  const std::vector<std::uint8_t> barred = barred_sites(network);
  Rooms rooms;
  for (std::size_t j = 0; j < network.sites.size(); ++j) {
    const auto& site = network.sites[j];
    if (barred[j] != 0 || site.tier != tier) {
      continue;
    }
    const bool there = site.standing == Standing::existing || site.standing == Standing::closable;
    const double endless = std::numeric_limits<double>::infinity();
    const bool limited = site.capacity > 0 && more < endless;
    const double tonnes = limited ? site.capacity * more : endless;
    rooms.first = std::min(rooms.first, there ? 0 : site.cost);
    rooms.all.push_back({there || !limited ? 0 : site.cost / tonnes, tonnes});
  }
  std::sort(rooms.all.begin(), rooms.all.end(),
            [](const Room& a, const Room& b) { return a.each < b.each; });
  return rooms;
}

double price_of(const Rooms& rooms, double tonnes) {
  double sum = 0;
  for (const Room& room : rooms.all) {
    const double part = std::min(room.tonnes, tonnes);
    sum += part * room.each;
    tonnes -= part;
    if (tonnes <= 0) {
      return std::max(sum, rooms.first);
    }
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace

double households_for(const Network& network, double money) {
  double more = std::numeric_limits<double>::infinity();
  for (const auto& rule : network.rules) {
    more = rule.kind == RuleKind::capacity ? 1 + rule.eased : more;
  }
  std::vector<Rooms> tiers;
  for (std::size_t tier = 0; tier < network.tiers.size(); ++tier) {
    if (!network.tiers[tier].optional) {
      tiers.push_back(rooms_of(network, tier, more));
    }
  }
  std::vector<std::pair<double, double>> homes;  // tonnes a household, households
  const std::size_t materials = network.materials.size();
  homes.reserve(network.homes.size());
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    const auto* masses = &network.mass[h * materials];
    const double households = network.homes[h].households;
    homes.emplace_back(std::accumulate(masses, masses + materials, 0.0) / households, households);
  }
  std::sort(homes.begin(), homes.end());
  const auto fits = [&](double tonnes) {
    double sum = 0;
    for (const auto& rooms : tiers) {
      sum += price_of(rooms, tonnes * (1 - 1e-9));
    }
    return sum <= money * (1 + 1e-9);
  };
  // Of the homes in their order, as many as fit; the one after them in part.
  std::vector<double> upto{0};
  upto.reserve(homes.size() + 1);
  for (const auto& [each, households] : homes) {
    upto.push_back(upto.back() + each * households);
  }
  const auto end =
      std::partition_point(upto.begin() + 1, upto.end(), [&](double all) { return fits(all); });
  const auto whole = static_cast<std::size_t>(end - upto.begin()) - 1;
  double served = 0;
  for (std::size_t k = 0; k < whole; ++k) {
    served += homes[k].second;
  }
  const double tonnes = upto[whole];
  if (whole == homes.size()) {
    return served;
  }
  double low = 0;
  double high = 1;
  constexpr int kHalvings = 40;
  for (int k = 0; k < kHalvings; ++k) {
    const double middle = (low + high) / 2;
    const double more_tonnes = middle * homes[whole].first * homes[whole].second;
    (fits(tonnes + more_tonnes) ? low : high) = middle;
  }
  return served + high * homes[whole].second;
}

}  // namespace huan::siting_check
