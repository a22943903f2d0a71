// SPDX-License-Identifier: Apache-2.0
// Exchanging one open facility for a closed one while that makes the plan better. The value of
// opening a candidate is gathered from the customers that it would serve or stand by for, together
// with what each closing then costs (Resende and Werneck 2007, A fast swap-based local search
// procedure for location problems), but on demand from a tree of customers, so that no matrix of
// pairs is kept.
#pragma once

#include <cstdint>
#include <vector>

#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class SwapSearch {
 public:
  /// `fixed` (by candidate; may be empty): never closed once open.
  SwapSearch(const Space& space, const std::vector<double>& weight,
             std::vector<std::uint8_t> fixed);

  void set_open(const std::vector<std::uint32_t>& facilities);
  /// Opens one more, or closes one; for building and for shaking.
  void open(std::uint32_t candidate);
  void close(std::uint32_t facility);

  struct Swap {
    std::uint32_t in{kNone};
    std::uint32_t out{kNone};
    double profit{0};
  };
  /// The best facility to close when `candidate` opens.
  [[nodiscard]] Swap best_for(std::uint32_t candidate);
  void apply(const Swap& swap);
  /// Opens it in place of whatever can best be spared; one that is not fixed has to be open.
  void put_in(std::uint32_t candidate);

  /// Takes profitable swaps of `candidates` in their order, again and again until there is none or
  /// `proceed` says no; false then.
  template <class Proceed>
  bool descend(const std::vector<std::uint32_t>& candidates, const Proceed& proceed) {
    std::vector<Swap> made;
    return descend(candidates, made, proceed);
  }
  /// The same; appends the swaps to `made`.
  template <class Proceed>
  bool descend(const std::vector<std::uint32_t>& candidates, std::vector<Swap>& made,
               const Proceed& proceed) {
    std::size_t since = 0;
    for (std::size_t at = 0; since < candidates.size(); at = (at + 1) % candidates.size()) {
      ++since;
      const std::uint32_t candidate = candidates[at];
      if (is_open(candidate)) {
        continue;
      }
      const Swap swap = best_for(candidate);
      if (swap.profit > slack_) {
        apply(swap);
        made.push_back(swap);
        since = 0;
      }
      if (!proceed()) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] double cost() const { return cost_; }
  [[nodiscard]] double slack() const { return slack_; }
  [[nodiscard]] bool is_open(std::uint32_t candidate) const { return at_[candidate] != kNone; }
  [[nodiscard]] const std::vector<std::uint32_t>& facilities() const { return open_; }
  [[nodiscard]] double nearest_distance(std::uint32_t customer) const {
    return serving_[customer].d1;
  }
  [[nodiscard]] double second_distance(std::uint32_t customer) const {
    return serving_[customer].d2;
  }
  [[nodiscard]] std::uint32_t nearest(std::uint32_t customer) const {
    return serving_[customer].c1;
  }
  /// Computes everything again from the facilities, so that rounding does not add up.
  void refresh();

 private:
  struct Serving {
    double d1{0};
    double d2{0};
    std::uint32_t c1{kNone};
    std::uint32_t c2{kNone};
  };

  template <class Look>
  void reach(std::uint32_t candidate, const Look& look) const;
  void find_two(std::uint32_t customer);
  void mark(std::uint32_t candidate, bool open);
  void affect(std::uint32_t customer);
  void settle();
  void put_first(std::uint32_t customer, std::uint32_t facility, double d);
  void widen(std::uint32_t customer);
  void find_cheapest();

  const Space& space_;
  const std::vector<double>& weight_;
  std::vector<std::uint8_t> fixed_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> at_;  ///< place in open_, by candidate
  std::vector<Serving> serving_;
  std::vector<double> loss_;        ///< of closing, by candidate
  std::vector<double> correction_;  ///< by candidate; all 0 between calls
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint32_t> cheapest_;    ///< the facilities with the smallest losses, ascending
  std::vector<double> widest_;             ///< by node of the customer tree: not under any d2
  std::vector<std::uint32_t> open_below_;  ///< by node of the candidate tree
  std::vector<std::uint32_t> affected_;
  std::vector<std::uint8_t> is_affected_;
  double cost_{0};
  double slack_{0};
  double widest_row_{0};
};

}  // namespace huan::siting
