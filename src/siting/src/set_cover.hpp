// SPDX-License-Identifier: Apache-2.0
// Least cost of columns that cover every row. The bound relaxes the rows (multipliers u, sum of u
// plus the negative reduced costs); greedy choices by reduced cost give a first plan (Caprara,
// Fischetti and Toth 1999); exchanging columns under weights that grow on the rows left uncovered
// makes it better (Gao, Weise and Li 2015, here with costs). Columns that the bound rules out
// leave.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "coverage.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class SetCover {
 public:
  SetCover(const siting_problem::Problem& problem, Budget& budget);
  siting_problem::Answer run();
  /// For whether `p` columns of cost 1 are enough; looks for so many steps.
  CoverTry decide(std::uint32_t p, std::int64_t steps);

 private:
  void price();
  void raise(int rounds);
  void greedy();
  [[nodiscard]] std::uint32_t cheapest_of(std::uint32_t row) const;
  void spare(std::vector<std::uint32_t>& plan);
  void keep();
  void fix();
  /// So many steps at least, and at most, until that share of the limits is spent.
  void search(std::int64_t least, std::int64_t most);
  void add(std::uint32_t column);
  void remove(std::uint32_t column);
  [[nodiscard]] std::uint32_t to_leave();
  [[nodiscard]] std::uint32_t to_enter(std::uint32_t row) const;
  void leave(std::int64_t step);
  void load_best();
  [[nodiscard]] bool forced(std::uint32_t column) const { return problem_.is_required(column); }
  [[nodiscard]] bool met() const {
    return best_cost_ <= enough_ || bound_ >= high_enough_ ||
           bound_ > best_cost_ - (whole_ ? 1 - 1e-6 : 1e-9 * best_cost_);
  }
  /// Ratio of score and cost, larger is better; compared without division.
  [[nodiscard]] bool better(std::uint32_t a, std::uint32_t b) const;

  const siting_problem::Problem& problem_;
  Budget& budget_;
  Random random_;
  Space space_;
  const Rows& rows_;     // by customer: who covers it
  const Rows& columns_;  // by candidate: whom it covers
  std::vector<double> cost_;
  bool whole_{false};
  std::vector<double> u_;
  std::vector<double> best_u_;
  std::vector<double> reduced_;  // cost, less the multipliers of the rows
  double value_{0};
  double bound_{0};
  double step_{0.5};               ///< of the bound's next rounds
  bool far_sighted_{true};         ///< in them
  std::vector<std::uint8_t> out_;  // columns that left for good
  // the plan under search
  std::vector<std::uint8_t> in_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> times_;  // by row: how many chosen columns cover it
  std::vector<std::uint32_t> open_rows_;
  std::vector<std::uint32_t> row_place_;
  std::vector<std::int64_t> row_weight_;
  std::vector<std::int64_t> score_;
  std::vector<std::int64_t> moved_at_;
  std::vector<std::uint8_t> may_add_;
  double plan_cost_{0};
  std::uint32_t last_in_{kNone};        // does not leave at once
  std::vector<std::uint32_t> covered_;  // by row, of a plan beside it
  std::vector<std::uint32_t> best_;
  siting_problem::Proof proof_;  ///< by cases; empty without one
  double best_cost_{std::numeric_limits<double>::infinity()};
  double enough_{-1};
  double until_{2};  ///< of the limits: no more rounds of the bound or steps of a search
  double high_enough_{std::numeric_limits<double>::infinity()};
};

}  // namespace huan::siting
