// SPDX-License-Identifier: Apache-2.0
// A plan under capacities made better by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983)
// through plans in which facilities may be too full, at a price that rises until they are not:
// where hardly any room is left, no way leads from one fitting plan to the next through fitting
// ones alone. Customers move, two customers change places, a facility moves within what it serves
// or is taken away here and put up elsewhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "arcs.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class CapacityAnneal {
 public:
  CapacityAnneal(const Problem& problem, const Space& space, const Arcs& near);

  /// Takes up a plan; who has no facility (kNone) goes to the nearest.
  void begin(const std::vector<std::uint32_t>& facilities,
             const std::vector<std::uint32_t>& assignment);
  /// So many moves at a heat, which is a share of what a customer costs on average.
  void run(double heat, std::uint32_t moves, Random& random);

  /// The cheapest plan seen in which nothing is too full; infinity before there is one.
  [[nodiscard]] double best_cost() const { return best_cost_; }
  [[nodiscard]] const std::vector<std::uint32_t>& best_facilities() const { return best_sites_; }
  [[nodiscard]] std::vector<std::uint32_t> best_assignment() const;

 private:
  struct Slot {
    std::uint32_t site{0};
    double load{0};
    double capacity{0};
    std::vector<std::uint32_t> members;
  };
  struct Step {
    std::uint32_t customer{0};
    std::uint32_t from{0};
  };

  [[nodiscard]] double price(std::uint32_t slot, std::uint32_t customer) const {
    return weight_[customer] * space_.distance(slots_[slot].site, customer);
  }
  [[nodiscard]] double too_much(std::uint32_t slot, double more) const {
    const Slot& one = slots_[slot];
    return std::max(0.0, one.load + more - one.capacity);
  }
  [[nodiscard]] double fuller(std::uint32_t slot, double more) const {
    return too_much(slot, more) - too_much(slot, 0);
  }
  [[nodiscard]] bool accepts(double change, Random& random) const;
  void look_around();
  void sum_up();
  void move(std::uint32_t customer, std::uint32_t to);
  void shift(Random& random);
  void exchange(Random& random);
  void recentre(Random& random);
  void jump(Random& random);
  void draw_to(std::uint32_t slot);
  void undo(std::uint32_t slot, std::uint32_t site);
  void set_site(std::uint32_t slot, std::uint32_t site);
  void keep();

  const Problem& problem_;
  const Space& space_;
  const Arcs& near_;
  std::vector<double> weight_;
  std::vector<Slot> slots_;
  std::vector<std::uint8_t> taken_;     ///< by candidate: a slot stands there
  std::vector<std::uint32_t> slot_of_;  ///< by customer
  std::vector<std::uint32_t> place_;    ///< by customer: in members
  std::vector<double> now_;             ///< by customer: what it costs
  std::vector<std::uint32_t> around_;   ///< by customer: slots near it, a fixed number
  std::uint32_t looks_{0};              ///< that number
  std::uint64_t until_look_{0};
  std::size_t since_kept_{0};  ///< moves
  std::vector<Step> made_;     ///< of a jump
  double cost_{0};
  double over_{0};     ///< demand that does not fit
  double penalty_{0};  ///< for a unit of it
  double heat_{0};
  double usual_penalty_{0};
  double best_cost_{std::numeric_limits<double>::infinity()};
  std::vector<std::uint32_t> best_sites_;
  std::vector<std::uint32_t> best_slot_of_;
};

}  // namespace huan::siting
