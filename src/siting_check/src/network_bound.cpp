// SPDX-License-Identifier: Apache-2.0
// With any prices: each tier's sites cost what they cost less what the homes they could serve would
// pay them and less what the rules of numbers pay; those below nothing are counted. Homes pay the
// sum of their prices, less what coverage rules pay. Ways count with the fall of the rate from tier
// to tier times the straight distance from home to site, which by the triangle inequality is not
// more than what a tonne pays on any chain of sites; to a site of the last tier but one with the
// whole rate, and then on to the nearest of the last.
#include "network_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "network_rules.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::NetworkProof;
using siting_problem::Point;
using siting_problem::RuleKind;

constexpr double kKm = 1'000;
constexpr double kAround = 3e7;  ///< metres: farther than anything on earth
constexpr double kLess = 1e-9;   ///< distances and sums are trusted to this

Error wrong(const std::string& at, const char* what) { return {ErrorCode::wrong_answer, at, what}; }

class Bound {
 public:
  Bound(const Network& network, const NetworkProof& proof)
      : network_(network), proof_(proof), barred_(barred_sites(network)) {
    double rate = std::numeric_limits<double>::infinity();
    for (const auto& tier : network.tiers) {
      rate = std::min(rate, tier.rate);
      rates_.push_back(rate);
    }
    rates_.push_back(0);
  }

  base::Result<double> value() {
    HUAN_CHECK(check_prices());
    left_.assign(network_.sites.size(), 0);
    for (std::size_t j = 0; j < left_.size(); ++j) {
      left_[j] = static_cast<long double>(network_.sites[j].cost);
    }
    pays_.assign(network_.homes.size(), 0);
    reach_last();
    for (std::size_t tier = 0; tier + 1 < network_.tiers.size(); ++tier) {
      price_tier(tier);
    }
    long double sum = 0;
    HUAN_CHECK(pay_counts(sum));
    HUAN_CHECK(pay_cover(sum));
    const std::vector<std::uint8_t> fixed = fixed_sites(network_);
    for (std::size_t j = 0; j < left_.size(); ++j) {
      if (barred_[j] == 0) {
        sum += fixed[j] != 0 ? left_[j] : std::min(0.0L, left_[j]);
        size_ += std::abs(left_[j]);
      }
    }
    for (const long double pays : pays_) {
      sum += std::min(0.0L, pays);
    }
    return static_cast<double>(sum - size_ * 1e-15L);
  }

 private:
  base::Result<void> check_prices() const {
    if (proof_.prices.size() + 1 != network_.tiers.size()) {
      return wrong("proof", "prices for each tier but the last are needed");
    }
    for (const auto& prices : proof_.prices) {
      if (prices.size() != network_.homes.size()) {
        return wrong("proof", "a price for each home is needed");
      }
      for (const double price : prices) {
        if (!(price >= 0) || price > 1e15) {
          return wrong("proof", "a price is below 0");
        }
      }
    }
    return {};
  }

  void price_tier(std::size_t tier) {
    std::vector<Point> points;
    std::vector<std::uint32_t> sites;
    for (std::uint32_t j = 0; j < network_.sites.size(); ++j) {
      if (barred_[j] == 0 && network_.sites[j].tier == tier) {
        points.push_back(network_.sites[j].at);
        sites.push_back(j);
      }
    }
    const Strips strips(points);
    const auto& stated = network_.tiers[tier];
    // From the last tier but one on, what a tonne pays to the nearest of the last is counted there.
    const bool before_last = tier + 2 == network_.tiers.size();
    const double next = before_last ? 0 : rates_[tier + 1];
    const double unit = (rates_[tier] - next) / kKm * network_.detour;
    const bool passing = tier > 0 && network_.tiers[tier - 1].optional;
    const double past = passing ? (rates_[tier - 1] - next) / kKm * network_.detour : 0;
    const double reach =
        tier == 0 && stated.reach_m > 0 ? stated.reach_m / network_.detour * (1 + kLess) : kAround;
    for (std::size_t h = 0; h < network_.homes.size(); ++h) {
      const double price = proof_.prices[tier][h];
      const double both = passing ? price + proof_.prices[tier - 1][h] : 0;
      const double mass = mass_of(h) * (1 - kLess);
      pays_[h] += static_cast<long double>(price);
      size_ += static_cast<long double>(price);
      const double far =
          std::min(reach, std::max(radius(price, unit * mass), radius(both, past * mass)));
      if (price <= 0 && both <= 0) {
        continue;
      }
      // A site serves a home here alone, or also in place of the tier before it, or not.
      strips.within(network_.homes[h].at, far, [&](std::uint32_t k, double metres) {
        const double rest = before_last ? beyond(h, sites[k]) : 0;
        double left = std::min(0.0, unit * mass * metres + rest - price);
        if (passing) {
          left = std::min(left, past * mass * metres + rest - both);
        }
        left_[sites[k]] += static_cast<long double>(left);
      });
    }
  }
  /// Within which a price can pay a way.
  [[nodiscard]] static double radius(double price, double each) {
    return price <= 0 ? 0 : (each > 0 ? std::min(kAround, price / each) : kAround);
  }

  [[nodiscard]] double mass_of(std::size_t h) const {
    const std::size_t n = network_.materials.size();
    double sum = 0;
    for (std::size_t m = 0; m < n; ++m) {
      sum += network_.mass[h * n + m];
    }
    return sum;
  }

  /// Yuan for a tonne of each material from each site of the last tier but one to the nearest of
  /// the last that takes it.
  void reach_last() {
    const std::size_t n = network_.materials.size();
    const std::size_t last = network_.tiers.size() - 1;
    const double unit = rates_[last] / kKm * network_.detour * (1 - kLess);
    beyond_.assign(network_.sites.size() * n, 0);
    for (std::size_t m = 0; m < n; ++m) {
      std::vector<Point> takers;
      for (std::size_t j = 0; j < network_.sites.size(); ++j) {
        const auto& site = network_.sites[j];
        if (site.tier == last && barred_[j] == 0 && (site.takes >> m & 1U) != 0) {
          takers.push_back(site.at);
        }
      }
      const Strips strips(takers);
      for (std::size_t j = 0; j < network_.sites.size() && !takers.empty(); ++j) {
        if (network_.sites[j].tier + 1 == last) {
          beyond_[j * n + m] = unit * strips.nearest(network_.sites[j].at);
        }
      }
    }
  }
  [[nodiscard]] double beyond(std::size_t home, std::size_t site) const {
    const std::size_t n = network_.materials.size();
    double sum = 0;
    for (std::size_t m = 0; m < n; ++m) {
      sum += network_.mass[home * n + m] * beyond_[site * n + m];
    }
    return sum;
  }

  base::Result<void> pay_counts(long double& sum) {
    for (const siting_problem::Part& part : proof_.counts) {
      if (part.rule >= network_.rules.size()) {
        return wrong("proof", "a price is for no rule");
      }
      const bool most = network_.rules[part.rule].kind == RuleKind::at_most;
      if (!most && network_.rules[part.rule].kind != RuleKind::at_least) {
        return wrong("proof", "a price by number is for another kind of rule");
      }
      if (!std::isfinite(part.value) || (most ? part.value > 0 : part.value < 0)) {
        return wrong(network_.rules[part.rule].name, "a price has the wrong sign");
      }
      const Asked& asked = asked_of(part.rule);
      if (part.area >= asked.sites.size()) {
        return wrong(network_.rules[part.rule].name, "a price is for no area");
      }
      const auto price = static_cast<long double>(part.value);
      sum += price * static_cast<long double>(asked.sites[part.area]);
      size_ += std::abs(price * static_cast<long double>(asked.sites[part.area]));
      for (const std::uint32_t site : asked.counting[part.area]) {
        left_[site] -= price;
      }
    }
    return {};
  }

  const Asked& asked_of(std::uint32_t rule) {
    if (asked_rule_ != rule) {
      asked_ = asked_by(network_, rule, barred_);
      asked_rule_ = rule;
    }
    return asked_;
  }

  base::Result<void> pay_cover(long double& sum) {
    Cover cover;
    std::uint32_t read = siting_problem::kNobody;
    for (const siting_problem::Part& part : proof_.coverage) {
      if (part.rule >= network_.rules.size() ||
          network_.rules[part.rule].kind != RuleKind::coverage || !(part.value >= 0) ||
          !std::isfinite(part.value)) {
        return wrong("proof", "a price by household is for no coverage rule, or below 0");
      }
      if (read != part.rule) {
        cover = cover_of(network_, part.rule);
        read = part.rule;
      }
      if (part.area >= cover.households.size()) {
        return wrong(network_.rules[part.rule].name, "a price is for no area");
      }
      const auto price = static_cast<long double>(part.value);
      sum += price * static_cast<long double>(cover.households[part.area]);
      size_ += price * static_cast<long double>(cover.households[part.area]);
      for (const std::uint32_t h : cover.homes[part.area]) {
        pays_[h] -= price * static_cast<long double>(network_.homes[h].households);
      }
    }
    return {};
  }

  const Network& network_;
  const NetworkProof& proof_;
  std::vector<std::uint8_t> barred_;
  std::vector<double> rates_;      ///< never rising
  std::vector<double> beyond_;     ///< [site * materials + material]
  std::vector<long double> left_;  ///< by site
  std::vector<long double> pays_;  ///< by home
  long double size_{0};
  std::uint32_t asked_rule_{siting_problem::kNobody};
  Asked asked_;
};

}  // namespace

base::Result<double> network_bound(const Network& network, const NetworkProof& proof) {
  return Bound(network, proof).value();
}

}  // namespace huan::siting_check
