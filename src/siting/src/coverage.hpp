// SPDX-License-Identifier: Apache-2.0
// Problems in which a candidate either covers a customer or does not.
#pragma once

#include "budget.hpp"
#include "huan/base/result.hpp"
#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting {

struct Within {
  double radius{0};
  bool strictly{false};           ///< nearer than, not as near as
  std::size_t most{120'000'000};  ///< pairs
  bool* narrowly{nullptr};        ///< set when somebody lies beyond it by a hair
};

/// The same problem with links instead of distances; candidates that are forbidden cover nobody.
/// too_large when more pairs lie within it than asked for.
[[nodiscard]] base::Result<siting_problem::Problem> linked(const siting_problem::Problem& problem,
                                                           const Within& within);

/// Least cost of candidates that cover every customer.
[[nodiscard]] base::Result<siting_problem::Answer> solve_cover(
    const siting_problem::Problem& problem, Budget& budget);
/// Whether p candidates cover everybody: `columns` when they were found, else the best
/// `multipliers`, with a bound `uncovered` over 0 on the customers left when these prove that they
/// cannot.
struct CoverTry {
  std::vector<std::uint32_t> columns;
  std::vector<double> multipliers;
  double uncovered{0};
};
[[nodiscard]] CoverTry try_cover(const siting_problem::Problem& links, std::uint32_t p,
                                 Budget& budget);
struct Beginning;
/// Most weight that p candidates cover; `begin`: from what stood before, null: anew.
[[nodiscard]] base::Result<siting_problem::Answer> solve_max_cover(
    const siting_problem::Problem& problem, Budget& budget, const Beginning* begin = nullptr);
/// p candidates with the smallest distance within which everybody is served.
[[nodiscard]] base::Result<siting_problem::Answer> solve_center(
    const siting_problem::Problem& problem, Budget& budget);

/// Status and stop of an answer from what ended the work.
void end(siting_problem::Answer& answer, const Budget& budget, bool proven);

/// Every value is a whole number that doubles add up exactly.
[[nodiscard]] bool whole(const std::vector<double>& values);
[[nodiscard]] std::vector<double> weights(const siting_problem::Problem& problem);
/// "customer" k as the input calls it.
[[nodiscard]] std::string customer_name(const siting_problem::Problem& problem, std::uint32_t k);
/// A customer that no allowed candidate reaches, by the links or table; kNobody when there is none.
[[nodiscard]] std::uint32_t unreachable(const siting_problem::Problem& linked);

}  // namespace huan::siting
