// SPDX-License-Identifier: Apache-2.0
// Least cost of columns that cover rows so many times each, or rows of so much weight. The bound
// relaxes the rows (multipliers u): times * u, plus the negative reduced costs, less what the rows
// that may stay uncovered come to at most (a knapsack, filled up with a part of the last). A plan
// is built by weight covered for its cost and made better by taking a part of it out and putting
// it together otherwise.
#pragma once

#include <limits>
#include <vector>

#include "coverage.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class PartialCover {
 public:
  /// Of links; every row has at least `times` columns where all have to be covered.
  PartialCover(const siting_problem::Problem& links, Budget& budget);
  siting_problem::Answer run();

 private:
  void price();
  double left_out(std::vector<double>& part);
  void raise(int rounds);
  void add(std::uint32_t column);
  void remove(std::uint32_t column);
  void value_row(std::uint32_t row, double more);
  bool fill(const std::vector<std::uint32_t>& pool);
  [[nodiscard]] std::uint32_t best_of(const std::vector<std::uint32_t>& pool);
  void drop_redundant(const std::vector<std::uint32_t>& among);
  void guided();
  void shake(int rounds);
  void shake_once();
  void take_out(std::uint32_t start, std::uint32_t count);
  void undo();
  void keep();
  [[nodiscard]] bool holds() const { return covered_ >= wanted_; }
  [[nodiscard]] bool forced(std::uint32_t column) const { return problem_.is_required(column); }
  [[nodiscard]] bool met() const {
    return bound_ > best_cost_ - (whole_ ? 1 - 1e-6 : 1e-9 * best_cost_);
  }

  const siting_problem::Problem& problem_;
  Budget& budget_;
  Random random_;
  Space space_;
  const Rows& rows_;     // by customer: who covers it
  const Rows& columns_;  // by candidate: whom it covers
  std::vector<double> cost_;
  std::vector<double> weight_;
  bool whole_{false};
  std::uint32_t times_wanted_{1};
  double wanted_{0};  // weight, a hair less than asked so that sums may round
  double spare_{0};   // weight that may stay uncovered
  std::vector<double> u_;
  std::vector<double> best_u_;
  std::vector<double> reduced_;
  std::vector<double> out_part_;  // by row: how far it is left out in the bound
  std::vector<std::uint32_t> by_rate_;
  double value_{0};
  double bound_{0};
  // the plan under search
  std::vector<std::uint8_t> in_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> times_;  // by row: how many chosen columns cover it
  std::vector<double> gain_;          // by column: weight of its rows that lack one
  double covered_{0};
  double plan_cost_{0};
  std::vector<std::uint32_t> made_;  // columns put in or out since the last look, in order
  std::vector<std::uint32_t> best_;
  siting_problem::Proof proof_;  // by cases; empty without one
  double best_cost_{std::numeric_limits<double>::infinity()};
  double noise_{0};
};

/// `times` over 1 or `share` under 1. unreachable_point where too few candidates cover somebody
/// who has to be covered; too_few_candidates where all of them do not cover the share.
[[nodiscard]] base::Result<siting_problem::Answer> solve_partial_cover(
    const siting_problem::Problem& problem, Budget& budget);

}  // namespace huan::siting
