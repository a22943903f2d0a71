// SPDX-License-Identifier: Apache-2.0
// A lower bound on a whole network. Rates fall from tier to tier, so what a tonne pays on its way
// is at least the sum over tiers of (rate here minus rate of the next tier) times the straight way
// from its home to its site of that tier: by the triangle inequality each tier can be looked at by
// itself. In each, "every served home has a site" is let go for a price by home, the rules of
// numbers for a price by area, the shares of households for a price by household (Geoffrion 1974);
// whatever the prices, what is left is not above the cost of any plan.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "network_flow.hpp"

namespace huan::siting {

class NetworkBound {
 public:
  explicit NetworkBound(const Ground& ground);

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
    float pad{0};
    double cost;
  };
  struct TierArcs {
    std::vector<std::uint64_t> start;  ///< by home
    std::vector<Arc> arcs;             ///< cheapest first
    std::vector<double> most;          ///< by home: a price beyond it would need more arcs
  };
  struct Prices {
    std::vector<std::vector<double>> of_home;  ///< by tier but the last
    std::vector<double> of_group;
    std::vector<double> of_share;
  };
  struct Seen {
    double value{0};
    std::vector<std::vector<double>> slope;  ///< by tier, home
  };
  void list(std::uint32_t tier);
  double evaluate(Prices& prices, std::vector<std::vector<double>>* slope);
  double price_groups(Prices& prices, std::vector<double>& reduced) const;
  double price_shares(Prices& prices, const std::vector<double>& of_home,
                      std::vector<double>& taken) const;

  const Ground& ground_;
  std::vector<double> step_;  ///< by tier: yuan a tonne and metre
  std::vector<TierArcs> tiers_;
  std::vector<double> last_;  ///< by home: least cost to the last tier
  Prices best_;
  double best_value_{-1};
};

}  // namespace huan::siting
