// SPDX-License-Identifier: Apache-2.0
// One tier with those below and above it held fast: who gives to which of the open sites, and
// whether another set of open sites would be cheaper. A customer knows its cheapest candidates
// only; who has none of them open is looked for among all that are.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "network_ground.hpp"

namespace huan::siting {

/// Open sites of the tiers above with what a tonne costs from there on.
class Onward {
 public:
  Onward() = default;
  Onward(const Ground& ground, const std::vector<std::uint32_t>& sites, std::vector<double> after,
         double rate);
  struct Way {
    std::uint32_t site{kNobody};
    double cost{0};  ///< yuan a tonne
  };
  [[nodiscard]] Way best(const Spot& from) const;
  /// The nearest few, cheapest first.
  [[nodiscard]] std::vector<Way> some(const Spot& from, std::size_t most) const;
  [[nodiscard]] bool empty() const { return sites_.empty(); }

 private:
  const Ground* ground_{nullptr};
  std::vector<std::uint32_t> sites_;
  std::vector<double> after_;
  double rate_{0};
  KdTree tree_;
};

struct Customers {
  std::vector<Spot> spots;
  std::vector<double> mass;
  std::vector<double> rate;     ///< yuan for a tonne over a kilometre
  std::vector<double> pass_by;  ///< yuan a tonne without this tier; empty: not possible
};

class Level {
 public:
  struct Given {
    std::uint32_t tier{0};
    std::vector<double> after;  ///< by site of the network: yuan a tonne from there on
    std::vector<double> price;  ///< by site: what being open costs
    std::size_t nearest{40};
  };
  Level(const Ground& ground, const Customers& customers, Given given);

  /// Opens what has to be open and what `open` names, then what rules and customers still need.
  void begin(const std::vector<std::uint32_t>& open);
  /// Opens, closes and exchanges while that pays; looks first at `first` (sites), or at all.
  void improve(Budget& budget, const std::vector<std::uint32_t>& first);
  [[nodiscard]] std::vector<std::uint32_t> open() const;
  /// Everybody has a site or passes by.
  [[nodiscard]] bool serves_all() const;

 private:
  struct Arc {
    std::uint32_t other;  ///< candidate or customer
    double cost;
  };
  struct Served {
    std::uint32_t by{kNobody};
    std::uint32_t then{kNobody};  ///< whom `second` is of
    double first{0};
    double second{0};
  };
  void link(std::size_t nearest);
  void serve(std::uint32_t customer);
  void serve_from_all(std::uint32_t customer);
  [[nodiscard]] double cost(std::uint32_t customer, std::uint32_t candidate) const;
  [[nodiscard]] double gain_of_opening(std::uint32_t candidate) const;
  [[nodiscard]] double gain_of_closing(std::uint32_t candidate) const;
  [[nodiscard]] double gain_of_exchange(std::uint32_t out, std::uint32_t in);
  [[nodiscard]] bool may_open(std::uint32_t candidate, std::uint32_t instead_of) const;
  [[nodiscard]] bool may_close(std::uint32_t candidate, std::uint32_t for_this) const;
  void set(std::uint32_t candidate, bool open);
  void satisfy_rules();
  void serve_the_far();
  bool look_at(std::uint32_t candidate, std::vector<std::uint32_t>& again);
  bool exchange_best(std::uint32_t candidate, std::vector<std::uint32_t>& again);
  [[nodiscard]] double eagerness(std::uint32_t candidate, std::int64_t* unmet) const;

  const Ground& ground_;
  const Customers& customers_;
  Given given_;
  std::vector<std::uint32_t> sites_;           ///< by candidate
  std::vector<std::uint32_t> candidate_;       ///< by site of the network
  std::vector<std::vector<Arc>> of_customer_;  ///< cheapest first
  std::vector<std::vector<Arc>> of_candidate_;
  std::vector<std::uint8_t> open_;
  std::vector<std::vector<std::uint32_t>> clients_;  ///< by open candidate; may hold who has left
  std::vector<Served> served_;
  std::vector<std::int64_t> count_;  ///< by group of the ground
  std::vector<double> mark_;         ///< by customer, for exchanges
  std::vector<std::uint32_t> marked_;
};

}  // namespace huan::siting
