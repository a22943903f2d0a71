// SPDX-License-Identifier: Apache-2.0
// What money serves at most, by prices: see households_for() in network.hpp.
#include <algorithm>
#include <cmath>
#include <limits>

#include "huan/siting_check/network.hpp"
#include "measure.hpp"
#include "network_rules.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::RuleKind;
using siting_problem::Standing;

constexpr double kSameReach = 1 + 1e-9;    // as a plan's reach is judged
constexpr double kLookFarther = 1 + 1e-2;  // Strips measures on a plane
constexpr double kRoundedUp = 1 + 1e-9;

struct Credit {
  double households{0};
  double tonnes{0};
};

/// The most that a site is credited with, the last home in part.
double worth_of(std::vector<Credit>& credits, double room) {
  double sum = 0;
  std::erase_if(credits, [&](const Credit& credit) {
    sum += credit.tonnes > 0 ? 0 : credit.households;
    return credit.tonnes <= 0;
  });
  std::sort(credits.begin(), credits.end(), [](const Credit& a, const Credit& b) {
    return a.households / a.tonnes > b.households / b.tonnes;
  });
  for (const Credit& credit : credits) {
    if (credit.tonnes <= room) {
      sum += credit.households;
      room -= credit.tonnes;
      continue;
    }
    return sum + credit.households * room / credit.tonnes;
  }
  return sum;
}

bool is_there(const siting_problem::Site& site) {
  return site.standing == Standing::existing || site.standing == Standing::closable;
}

/// Yuan for the cheapest site of each tier after the first that may not be passed by.
double money_of_first_sites(const Network& network, const std::vector<std::uint8_t>& barred) {
  std::vector<double> first(network.tiers.size(), std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < network.sites.size(); ++j) {
    const auto& site = network.sites[j];
    if (barred[j] == 0) {
      first[site.tier] = std::min(first[site.tier], is_there(site) ? 0 : site.cost);
    }
  }
  double sum = 0;
  for (std::size_t tier = 1; tier < first.size(); ++tier) {
    sum += network.tiers[tier].optional ? 0 : first[tier];
  }
  return sum;
}

struct Offer {
  double worth{0};
  double money{0};
};

double bought(std::vector<Offer>& offers, double money) {
  std::sort(offers.begin(), offers.end(),
            [](const Offer& a, const Offer& b) { return a.worth * b.money > b.worth * a.money; });
  double sum = 0;
  for (const Offer& offer : offers) {
    if (offer.money > money) {
      return sum + offer.worth * money / offer.money;
    }
    money -= offer.money;
    sum += offer.worth;
  }
  return sum;
}

double room_of(const Network& network) {
  double more = std::numeric_limits<double>::infinity();
  for (const auto& rule : network.rules) {
    more = rule.kind == RuleKind::capacity ? 1 + rule.eased : more;
  }
  return more;
}

}  // namespace

base::Result<double> households_by_prices(const Network& network, double money,
                                          const std::vector<double>& prices) {
  if (prices.size() != network.homes.size() ||
      !std::all_of(prices.begin(), prices.end(), [](double p) { return p >= 0 && p <= 1; })) {
    return base::Error{base::ErrorCode::wrong_answer, "prices",
                       "a part of its households is expected for each home"};
  }
  const std::vector<std::uint8_t> barred = barred_sites(network);
  const double left = money - money_of_first_sites(network, barred);
  if (left < 0) {
    return 0.0;
  }
  std::vector<siting_problem::Point> points;
  points.reserve(network.homes.size());
  long double sum = 0;
  for (std::size_t h = 0; h < prices.size(); ++h) {
    points.push_back(network.homes[h].at);
    sum += static_cast<long double>(network.homes[h].households * (1 - prices[h]));
  }
  const Strips homes(std::move(points));
  const double reach = network.tiers[0].reach_m;
  const double more = room_of(network);
  const std::size_t materials = network.materials.size();
  std::vector<Offer> offers;
  for (std::size_t j = 0; j < network.sites.size(); ++j) {
    const auto& site = network.sites[j];
    if (barred[j] != 0 || site.tier != 0) {
      continue;
    }
    std::vector<Credit> credits;
    const auto look = [&](std::size_t h) {
      const auto& home = network.homes[h];
      if (reach > 0 && on_sphere(home.at, site.at) * network.detour > reach * kSameReach) {
        return;
      }
      double tonnes = 0;
      for (std::size_t m = 0; m < materials; ++m) {
        tonnes += network.mass[h * materials + m];
      }
      credits.push_back({prices[h] * home.households, tonnes});
    };
    if (reach > 0) {
      homes.within(site.at, reach / network.detour * kLookFarther + 1,
                   [&](std::uint32_t h, double) { look(h); });
    } else {
      for (std::size_t h = 0; h < prices.size(); ++h) {
        look(h);
      }
    }
    const double room = site.capacity > 0 && std::isfinite(more)
                            ? site.capacity * more
                            : std::numeric_limits<double>::infinity();
    offers.push_back({worth_of(credits, room * kRoundedUp), is_there(site) ? 0 : site.cost});
  }
  return static_cast<double>(sum + static_cast<long double>(bought(offers, left * kRoundedUp))) *
         kRoundedUp;
}

}  // namespace huan::siting_check
