// SPDX-License-Identifier: Apache-2.0
// A lower bound on a whole network. Rates fall from tier to tier, so what a tonne pays on its way
// is at least the sum over tiers of (rate here minus rate of the next tier) times the straight way
// from its home to its site of that tier: by the triangle inequality each tier can be looked at by
// itself. The last two are looked at together: to a site of the last but one, and from there to the
// nearest of the last. In each, "every served home has a site" is let go for a price by home, the
// rules of numbers for a price by area, the shares of households for a price by household
// (Geoffrion 1974); whatever the prices, what is left is not above the cost of any plan.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "network_flow.hpp"

namespace huan::siting {

class NetworkBound {
 public:
  explicit NetworkBound(const Ground& ground);

  /// Has to come before begin(): everybody's nearest sites.
  void list_all();
  /// Prices that follow from a plan's open sites.
  void begin(const Choice& choice);
  void take(const siting_problem::NetworkProof& proof);
  /// Climbs; `upper` is the cost of a plan. At most `rounds`.
  void climb(double upper, int rounds, Budget& budget);
  [[nodiscard]] double value() const { return best_value_; }
  [[nodiscard]] siting_problem::NetworkProof proof() const;
  /// By home: what serving it costs a year at the best prices.
  [[nodiscard]] std::vector<double> price_of_home() const;

 private:
  struct Arc {
    std::uint32_t site;
    double way;   ///< what the way from the home costs
    double rest;  ///< last tier but one: and from there to the nearest sites of the last
    [[nodiscard]] double cost() const { return way + rest; }
  };
  struct TierArcs {
    std::vector<std::uint64_t> start;  ///< by home
    std::vector<Arc> arcs;             ///< cheapest first
    std::vector<double> most;          ///< by home: the way from which on no arcs are listed
    std::vector<double> least_rest;    ///< by home: of any site of the tier
  };
  struct Prices {
    std::vector<std::vector<double>> of_home;  ///< by tier but the last
    std::vector<double> of_group;
    std::vector<double> of_share;
  };
  /// What a site of a tier saves for a home; also by serving it past an optional tier before.
  struct Use {
    double price{0};
    double both{0};    ///< with the price of the tier that is passed by; 0: not possible
    double dearer{1};  ///< the way here then costs so many times as much
    [[nodiscard]] double left(const Arc& arc) const {
      const double plain = arc.way - price;
      const double past = arc.way * dearer - both;
      return (both > 0 && past < plain ? past : plain) + arc.rest;
    }
    [[nodiscard]] bool passes(const Arc& arc) const {
      return both > 0 && arc.way * dearer - both < arc.way - price;
    }
  };
  /// The nearest sites of each home; with prices, those that they can pay the way to.
  void list(std::uint32_t tier, const siting_problem::NetworkProof* prices);
  [[nodiscard]] double paid_way(const siting_problem::NetworkProof& proof, std::size_t tier,
                                std::size_t home) const;
  [[nodiscard]] double rest(std::size_t tier, std::size_t home, std::uint32_t site) const;
  void limit(Prices& prices) const;
  /// The tier before this one is optional, and distances count here at all.
  [[nodiscard]] bool passing(std::size_t tier) const {
    return tier > 0 && ground_.network.tiers[tier - 1].optional;
  }
  [[nodiscard]] double dearer(std::size_t tier) const {
    return step_[tier] > 0 ? (step_[tier] + step_[tier - 1]) / step_[tier] : 1;
  }
  [[nodiscard]] Use use_of(const Prices& prices, std::size_t tier, std::size_t home) const;
  void find_slope(const Prices& prices, const std::vector<double>& reduced,
                  const std::vector<double>& taken, std::vector<std::vector<double>>& slope) const;
  double evaluate(Prices& prices, std::vector<std::vector<double>>* slope);
  double price_groups(Prices& prices, std::vector<double>& reduced) const;
  double price_shares(Prices& prices, const std::vector<double>& of_home,
                      std::vector<double>& taken) const;

  const Ground& ground_;
  std::vector<double> step_;  ///< by tier: yuan a tonne and metre
  std::vector<TierArcs> tiers_;
  std::vector<double> beyond_;  ///< [site * materials + material]: yuan a tonne to the last tier
  Prices best_;
  double best_value_{-1};
};

}  // namespace huan::siting
