// SPDX-License-Identifier: Apache-2.0
// A lower bound on serving everybody from p candidates within their capacities: as Relaxation, but
// what a candidate saves is a knapsack of its customers, less what it costs, in the size that comes
// out best. Where whole customers fill whole capacities that are not too large the knapsack is
// solved (dynamic programming), else it is filled up with a part of the last customer. Without p,
// those open that save more than they cost.
#pragma once

#include <functional>
#include <vector>

#include "arcs.hpp"

namespace huan::siting {

/// Sizes that a candidate may be built in; one where the problem lists none.
[[nodiscard]] std::vector<siting_problem::Size> sizes_of(const Problem& problem,
                                                         std::uint32_t candidate);

class CapacityBound {
 public:
  /// `near` has lists as far as multipliers may go; they are cut there.
  CapacityBound(const Problem& problem, const Arcs& near);

  struct Climb {
    double upper{0};
    double enough{0};
    int rounds{0};
  };
  /// Raises `multipliers` (per unit of weight); `look` says whether to go on. Returns the bound.
  double climb(std::vector<double>& multipliers, const Climb& climb,
               const std::function<bool()>& look);
  /// The p candidates that the best multipliers chose: numbers in the space.
  [[nodiscard]] const std::vector<std::uint32_t>& chosen() const { return best_chosen_; }

 private:
  double price(const std::vector<double>& multipliers, std::vector<double>& slope);
  double pack(std::uint32_t place, const std::vector<double>& multipliers);
  void gather(std::uint32_t place, const std::vector<double>& multipliers);
  double fill(double capacity);
  double fill_whole(double capacity);
  [[nodiscard]] std::size_t rank_whole(const std::vector<double>& multipliers);

  struct Item {
    double saved{0};
    double demand{0};
    std::uint32_t customer{0};
    double part{1};
  };
  const Problem& problem_;
  const Arcs& near_;
  std::vector<double> weight_;
  std::vector<double> demand_;
  std::vector<double> top_;
  Rows by_place_;
  std::vector<Item> items_;
  std::vector<std::vector<siting_problem::Size>> sizes_;  ///< by place
  std::vector<std::pair<double, std::uint32_t>> rank_;    ///< least value, place
  bool whole_{false};                                     ///< knapsacks are solved
  std::vector<double> most_;                              ///< of one, by what is filled
  std::vector<std::uint8_t> taken_;                       ///< [item * (capacity + 1) + filled]
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint32_t> best_chosen_;
};

}  // namespace huan::siting
