// SPDX-License-Identifier: Apache-2.0
// The proof by cases that no cover is cheaper than the best known one: each case opens some columns
// and closes others, its multipliers bound what is left (as in SetCover and PartialCover), and
// close or open what cannot be otherwise. Covers so many times and of a share as well.
#pragma once

#include <cstdint>
#include <vector>

#include "coverage.hpp"
#include "space.hpp"

namespace huan::siting {

class CoverCases {
 public:
  struct Plan {
    std::vector<std::uint32_t> columns;
    double cost{0};
  };

  /// `space` of the links.
  CoverCases(const siting_problem::Problem& links, const Space& space, Plan plan, Budget& budget);

  /// True when the best plan, which may have become better, is proven. Ends after so many cases.
  bool prove(const std::vector<double>& multipliers, std::int64_t cases_max);
  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// Of what was proven.
  [[nodiscard]] siting_problem::Proof proof();

 private:
  /// What is left to decide: rows that lack columns, and the columns that may still open.
  struct Case {
    std::vector<std::uint32_t> rows;  ///< numbers in the problem; their links by place
    std::vector<std::uint32_t> lack;  ///< how many columns each still needs
    std::vector<std::uint32_t> start;
    std::vector<std::uint32_t> link;  ///< place in `columns`
    std::vector<std::uint32_t> columns;
    std::vector<std::uint32_t> opened;
    double cost{0};  ///< of those
  };
  struct Dual {
    double value{0};
    std::vector<double> u;        ///< by place in `rows`
    std::vector<double> reduced;  ///< by place in `columns`
    std::vector<double> part;     ///< by row: how far it is left out
  };
  [[nodiscard]] Case root() const;
  /// With columns closed (1) and opened (2), by place.
  [[nodiscard]] Case decided(const Case& from, const std::vector<std::uint8_t>& way) const;
  [[nodiscard]] bool none_left(const Case& one) const;
  [[nodiscard]] bool covered(const Case& one) const;
  void price(const Case& one, Dual& dual);
  double left_out(const Case& one, Dual& dual);
  double slope(const Case& one, const Dual& dual, std::vector<double>& direction) const;
  Dual climb(const Case& one, std::vector<double> u);
  bool explore(const Case& one, const std::vector<double>& multipliers, int depth);
  bool branch(const Case& one, int depth);
  std::size_t decide(const Case& one, const Dual& dual, std::vector<std::uint8_t>& way) const;
  std::size_t note(const Case& one, const std::vector<double>& u);
  void take(const Case& one);
  /// A bound above which nothing better than the plan is left.
  [[nodiscard]] double cutoff() const;

  const siting_problem::Problem& problem_;
  const Space& space_;
  Budget& budget_;
  Plan plan_;
  std::vector<double> cost_;
  std::vector<double> weight_;
  bool whole_{false};
  double spare_{0};  ///< weight that may stay uncovered
  std::vector<std::uint32_t> by_rate_;
  std::vector<double> often_;  ///< by place in the columns of the case: how often it saved lately
  std::vector<siting_problem::ProofNode> nodes_;
  std::int64_t cases_max_{0};
};

/// What a solver of covers has come to.
struct CoverState {
  const siting_problem::Problem& links;
  const Space& space;
  const std::vector<double>& multipliers;
  std::vector<std::uint32_t>& plan;  ///< made better where a case finds a better one
  double& cost;
};

/// The proof of the best plan by at most so many cases; empty when there is none, or too many links
/// for cases.
[[nodiscard]] siting_problem::Proof prove_by_cases(CoverState state, std::int64_t cases_max,
                                                   Budget& budget);

}  // namespace huan::siting
