// SPDX-License-Identifier: Apache-2.0
// What money can serve at most, from a price for each home: whoever serves it is credited with that
// part of its households, the rest counts as served anyhow. A site is then worth what it is
// credited with by the homes within its reach, as far as it holds them, and the money buys the
// sites that are worth most for it, the last one in part. For any prices that is not below what a
// network serves (Geoffrion 1974); the prices go down the slope (Polyak 1969).
#include <algorithm>
#include <limits>
#include <numeric>

#include "huan/siting/network.hpp"
#include "network_ground.hpp"

namespace huan::siting {
namespace {

constexpr int kPriceRounds = 400;
constexpr int kRoundsWithoutGain = 12;
constexpr double kFree = std::numeric_limits<double>::infinity();
constexpr double kBeginPrice = 0.5;
constexpr double kBeginStep = 1.2;
constexpr double kEndStep = 1e-3;

class HomePrices {
 public:
  explicit HomePrices(const Network& network)
      : ground_(network), price_(network.homes.size(), kBeginPrice), credit_(price_) {
    std::vector<Spot> spots;
    spots.reserve(ground_.sites[0].size());
    for (const std::uint32_t site : ground_.sites[0]) {
      spots.push_back(ground_.site_spots[site]);
    }
    const KdTree tree(spots);
    sites_.resize(spots.size());
    const double reach = ground_.chord(network.tiers[0].reach_m);
    for (std::uint32_t h = 0; h < network.homes.size(); ++h) {
      bool near = false;
      tree.walk(
          ground_.home_spots[h],
          [&](std::uint32_t, double away) { return away <= reach * reach * kSlack; },
          [&](std::uint32_t k, double apart) {
            if (apart <= reach * reach * kSlack) {
              sites_[k].homes.push_back(h);
              near = true;
            }
          });
      price_[h] = near ? kBeginPrice : 1;
    }
    for (std::size_t k = 0; k < sites_.size(); ++k) {
      const std::uint32_t site = ground_.sites[0][k];
      sites_[k].money = ground_.money(site);
      sites_[k].room = ground_.capacity(site);
    }
  }

  /// Begins where it ended before.
  std::vector<double> go_down(const HouseholdsFor& ask) {
    std::vector<double> slope;
    std::vector<double> best_price = price_;
    double best = value(ask.money, slope);
    double step = kBeginStep;
    int since = 0;
    for (int round = 0; round < kPriceRounds && step > kEndStep; ++round) {
      const double now = round == 0 ? best : value(ask.money, slope);
      if (now < best) {
        best = now;
        best_price = price_;
        since = 0;
      } else if (++since > kRoundsWithoutGain) {
        since = 0;
        step /= 2;
        price_ = best_price;
        continue;
      }
      const double length = std::inner_product(slope.begin(), slope.end(), slope.begin(), 0.0);
      if (now <= ask.served || length <= 0) {
        break;
      }
      const double by = step * (now - ask.served) / length;
      for (std::size_t h = 0; h < price_.size(); ++h) {
        price_[h] = std::clamp(price_[h] - by * slope[h], 0.0, 1.0);
      }
    }
    price_ = best_price;
    return best_price;
  }

 private:
  static constexpr double kSlack = 1 + 1e-9;

  struct Candidate {
    std::vector<std::uint32_t> homes;  ///< within reach
    double money{0};
    double room{0};  ///< tonnes
    double worth{0};
  };

  [[nodiscard]] double households(std::uint32_t home) const {
    return ground_.network.homes[home].households;
  }

  /// Calls `take(home, part)` for what the site is worth most with.
  template <class Take>
  void fill(Candidate& site, const Take& take) {
    double mass = 0;
    for (const std::uint32_t h : site.homes) {
      mass += ground_.home_mass[h];
    }
    if (mass <= site.room) {
      for (const std::uint32_t h : site.homes) {
        take(h, 1);
      }
      return;
    }
    std::sort(site.homes.begin(), site.homes.end(), [&](std::uint32_t a, std::uint32_t b) {
      return credit_[a] != credit_[b] ? credit_[a] > credit_[b] : a < b;
    });
    double room = site.room;
    for (const std::uint32_t h : site.homes) {
      const double need = ground_.home_mass[h];
      const double part = need <= room ? 1 : room / need;
      take(h, part);
      room -= need;
      if (room <= 0) {
        return;
      }
    }
  }

  /// What is served at most; `slope` by home.
  double value(double money, std::vector<double>& slope) {
    slope.assign(price_.size(), 0);
    double sum = 0;
    for (std::uint32_t h = 0; h < price_.size(); ++h) {
      sum += households(h) * (1 - price_[h]);
      slope[h] = -households(h);
    }
    for (std::uint32_t h = 0; h < price_.size(); ++h) {
      const double mass = ground_.home_mass[h];
      credit_[h] = mass > 0 ? price_[h] * households(h) / mass : kFree;
    }
    for (Candidate& site : sites_) {
      site.worth = 0;
      fill(site,
           [&](std::uint32_t h, double part) { site.worth += part * price_[h] * households(h); });
    }
    const auto worth_more = [](const Candidate* a, const Candidate* b) {
      const double left = a->money > 0 ? a->worth / a->money : kFree;
      const double right = b->money > 0 ? b->worth / b->money : kFree;
      return left != right ? left > right : a < b;
    };
    std::vector<Candidate*> order;
    order.reserve(sites_.size());
    for (Candidate& site : sites_) {
      order.push_back(&site);
    }
    std::sort(order.begin(), order.end(), worth_more);
    for (Candidate* one : order) {
      Candidate& site = *one;
      const double bought = site.money <= money ? 1 : money / site.money;
      money -= bought * site.money;
      sum += bought * site.worth;
      if (bought > 0) {
        fill(site,
             [&](std::uint32_t h, double part) { slope[h] += bought * part * households(h); });
      }
    }
    return sum;
  }

  Ground ground_;
  std::vector<Candidate> sites_;
  std::vector<double> price_;   ///< by home: part of its households
  std::vector<double> credit_;  ///< by home: households for a tonne
};

}  // namespace

std::vector<std::vector<double>> prices_of_homes(const Network& network,
                                                 const std::vector<HouseholdsFor>& asks) {
  std::vector<std::vector<double>> out(asks.size());
  if (network.tiers[0].reach_m <= 0) {
    return out;
  }
  HomePrices prices(network);
  for (std::size_t k = 0; k < asks.size(); ++k) {
    out[k] = prices.go_down(asks[k]);
  }
  return out;
}

}  // namespace huan::siting
