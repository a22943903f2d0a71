// SPDX-License-Identifier: Apache-2.0
// A plan in which every customer is served whole by one facility and none holds more than its
// capacity: built by regret, made better by shifting customers, by chains that push one out for
// another, and by moving a facility within what it serves.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "arcs.hpp"
#include "open_sites.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class CapacityPlan {
 public:
  /// `near`: candidates of each customer, nearest first; need not go far.
  CapacityPlan(const Problem& problem, const Space& space, const Arcs& near);

  /// Opens these and assigns everybody; false when they do not fit.
  bool build(const std::vector<std::uint32_t>& facilities, Random& random);
  /// Takes up a plan that was read off before.
  void restore(const std::vector<std::uint32_t>& facilities,
               const std::vector<std::uint32_t>& assignment);
  /// The same where little differs; the sum is not made anew.
  void return_to(const std::vector<std::uint32_t>& facilities,
                 const std::vector<std::uint32_t>& assignment);
  /// Until nothing near these facilities gets better, or `proceed` says no.
  void improve(const std::vector<std::uint32_t>& facilities, const std::function<bool()>& proceed);
  /// Lets a part of the plan around one customer go and puts it together otherwise; false when that
  /// does not fit (the plan is then broken and has to be restored). The facilities touched are left
  /// in `area()`.
  bool shake(Random& random);

  [[nodiscard]] double cost() const { return cost_; }
  [[nodiscard]] const std::vector<std::uint32_t>& area() const { return area_; }
  [[nodiscard]] const std::vector<std::uint32_t>& facilities() const { return open_.list(); }
  [[nodiscard]] const std::vector<std::uint32_t>& assignment() const { return served_by_; }
  /// The sums anew, without what rounding left behind.
  void refresh();
  /// Whether nothing is too full, by sums just made anew.
  [[nodiscard]] bool holds() const;

 private:
  [[nodiscard]] double price(std::uint32_t candidate, std::uint32_t customer) const {
    return weight_[customer] * space_.distance(candidate, customer);
  }
  void assign(std::uint32_t customer, std::uint32_t facility);
  void release(std::uint32_t customer);
  bool fill(const std::vector<std::uint32_t>& customers, Random& random);
  bool try_customer(std::uint32_t customer);
  bool try_chain(std::uint32_t customer, std::uint32_t into, double gain);
  bool recentre(std::uint32_t facility);
  [[nodiscard]] double room(std::uint32_t facility) const {
    return problem_.capacity[facility] - load_[facility];
  }

  const Problem& problem_;
  const Space& space_;
  const Arcs& near_;
  std::vector<double> weight_;
  OpenSites open_;
  std::vector<std::uint32_t> served_by_;
  std::vector<std::uint32_t> place_;                 ///< of a customer in members_
  std::vector<std::vector<std::uint32_t>> members_;  ///< by candidate
  std::vector<double> load_;                         ///< by candidate
  std::vector<std::uint32_t> area_;
  double cost_{0};
};

}  // namespace huan::siting
