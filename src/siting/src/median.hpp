// SPDX-License-Identifier: Apache-2.0
// p facilities so that the weighted sum of distances to the nearest one is least. Also serves
// maximal cover and p-center, whose distances are 0 and 1.
#pragma once

#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "huan/siting_problem/answer.hpp"
#include "relaxation.hpp"
#include "space.hpp"
#include "swap_search.hpp"

namespace huan::siting {

/// What a median begins with in place of chance.
struct Beginning {
  std::vector<std::uint32_t> facilities;
  std::vector<double> multipliers;  ///< by customer; may be empty
  std::vector<std::uint32_t> near;  ///< candidates to look at first, the nearest first
};

struct MedianTask {
  const Space& space;
  const std::vector<double>& weight;
  std::uint32_t p{0};
  std::vector<std::uint8_t> required;   ///< by candidate; may be empty
  std::vector<std::uint8_t> forbidden;  ///< by candidate; may be empty
  bool integral{false};                 ///< every plan's value is a whole number
  double good_enough{0};                ///< no better value is of use: the search ends there
  double high_enough{std::numeric_limits<double>::infinity()};  ///< so does it at such a bound
  double gap_enough{0};             ///< absolute difference of both ends that is as good as none
  const Beginning* begin{nullptr};  ///< null: anywhere
};

struct MedianPlan {
  double upper{0};
  double lower{0};
  bool proven{false};
  std::vector<std::uint32_t> facilities;
  siting_problem::Proof proof;
};

[[nodiscard]] MedianPlan solve_median(const MedianTask& task, Budget& budget);

/// The proof by cases of what is left: lists go as far as they can, `plan` is made better on the
/// way.
struct Enumeration {
  const MedianTask& task;
  Budget& budget;
  SwapSearch& search;
  MedianPlan& plan;
  const std::vector<std::uint32_t>& active;  ///< candidates for the search
  std::vector<siting_problem::ProofNode> nodes{};
  std::int64_t cases{0};
  std::int64_t cases_max{0};  ///< 0: no limit
  bool too_long{false};       ///< to be written down
  bool given_up{false};
  std::size_t held{0};  ///< arcs in all cases that are open at once

  /// False when it was not finished. Appends the node of `arcs` and what is below it.
  bool explore(const Arcs& arcs, const Bound& from, int depth);
  /// A bound above which nothing better than the plan is left.
  [[nodiscard]] double cutoff() const;

 private:
  bool branch(const Arcs& arcs, const Bound& bound, std::uint32_t place, int depth);
  void note(const Bound& bound);
};

/// What a bound decides about each place of `arcs`, if nothing at or above `cutoff` is wanted:
/// 0 nothing, 1 it stays closed, 2 it opens. Returns how many are decided.
std::size_t decide(const Arcs& arcs, const Bound& bound, double cutoff,
                   std::vector<std::uint8_t>& decided);

/// Tries the places that a bound chose, and what exchanging makes of them.
void try_chosen(SwapSearch& search, const Arcs& arcs, const Bound& bound,
                const std::vector<std::uint32_t>& active, const MedianTask& task, MedianPlan& plan,
                Budget& budget);

}  // namespace huan::siting
