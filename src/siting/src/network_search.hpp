// SPDX-License-Identifier: Apache-2.0
// The search for a plan of a whole network: tier by tier from the last to the first, each with the
// cost of the way on and the loads from below; then single sites of the upper tiers opened and
// closed by force and what lies above the homes searched again.
#pragma once

#include <optional>
#include <vector>

#include "huan/siting/network.hpp"
#include "network_bound.hpp"
#include "network_flow.hpp"
#include "random.hpp"

namespace huan::siting {

class NetworkSearch {
 public:
  /// With the rules of which `active` is not 0; empty: with all.
  NetworkSearch(const Network& network, const Limits& limits,
                const std::vector<std::uint8_t>& active = {});

  [[nodiscard]] const Ground& ground() const { return ground_; }
  /// Nothing when no plan was found that keeps all rules.
  [[nodiscard]] std::optional<siting_problem::NetworkPlan> run();
  /// Any plan at all, without a bound.
  [[nodiscard]] bool finds_some();
  [[nodiscard]] std::optional<siting_problem::NetworkPlan> run_from(
      const siting_problem::NetworkPlan& plan, const std::vector<std::uint32_t>& changed);

 private:
  [[nodiscard]] double typical_cost() const;
  [[nodiscard]] bool some_may_be_left() const;
  void begin();
  void choose_homes(const std::vector<double>& each);
  void spare_homes(const std::vector<double>& each);
  void open_last();
  [[nodiscard]] std::uint64_t all_materials() const;

  void search(int passes, std::size_t nearest);
  /// The best so far by rules kept, then by cost.
  bool keep_if_better();
  [[nodiscard]] double broken(const Choice& choice, const Flow& flow) const;
  [[nodiscard]] double new_money(const Choice& choice) const;
  void press_into_budget();
  [[nodiscard]] std::uint32_t lowest_changed() const;
  [[nodiscard]] Customers customers_of(std::uint32_t tier) const;
  void improve_tier(std::uint32_t tier, const std::vector<std::vector<double>>& after,
                    std::size_t nearest);
  void add_neighbourhood(std::uint32_t site, std::vector<std::uint32_t>& into) const;

  void polish();
  void search_tier(std::uint32_t tier);
  void shake();
  [[nodiscard]] std::uint32_t lowest_shaken() const;
  [[nodiscard]] std::vector<std::uint32_t> worth_shaking(std::uint32_t from, Random& random) const;
  bool shake_once(std::uint32_t site, std::uint32_t from);
  void search_above(std::uint32_t from);

  [[nodiscard]] std::optional<siting_problem::NetworkPlan> finish();

  Ground ground_;
  Budget budget_;
  NetworkBound bound_;
  Choice now_;
  Flow flow_;
  Choice best_;
  Flow best_flow_;
  double best_broken_{0};
  std::vector<std::uint32_t> changed_;
  bool only_open_{false};       ///< a tier is searched without closing anything
  double pressure_{0};          ///< on new money
  std::vector<double> forced_;  ///< by site: what being open costs more, while it is shaken
};

}  // namespace huan::siting
