// SPDX-License-Identifier: Apache-2.0
// How unequal distances are, and plans in which they are not more unequal than asked.
#pragma once

#include <vector>

#include "budget.hpp"
#include "huan/base/result.hpp"
#include "space.hpp"

namespace huan::siting {

/// Gini coefficient of distances by weight: sum over all pairs of w * w * |d - d| / (2 W * sum w
/// d), 0 where all are equal. `above` (by customer; may be null) is the share of the weight of
/// whoever is nearer, ties halved: from 0 to 1.
[[nodiscard]] double gini_of(const std::vector<double>& weight, const std::vector<double>& distance,
                             std::vector<double>* above);

/// Makes `answer`, a plan of the p-median in `space`, keep the problem's Gini coefficient. Of
/// customers that are far, more is made than of near ones until it does; then the sum of distances
/// is brought down again. bad_problem when no such plan was found.
[[nodiscard]] base::Result<void> make_equal(const Problem& problem, const Space& space,
                                            siting_problem::Answer& answer, Budget& budget);

}  // namespace huan::siting
