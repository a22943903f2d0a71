// SPDX-License-Identifier: Apache-2.0
// What a proof by cases gives for choosing p facilities with the least sum of weighted distances.
#pragma once

#include "huan/base/result.hpp"
#include "huan/siting_check/check.hpp"

namespace huan::siting_check {

struct Proven {
  double bound{0};
  std::int64_t cases{0};
};

/// Of points: what lies within `radius` is 0 apart, all else 1, at which a customer stays
/// uncovered.
[[nodiscard]] base::Result<Proven> follow_cover(const siting_problem::Problem& problem,
                                                const siting_problem::Proof& proof, double radius);

/// `ceiling`: distance at which a customer is served anyway; infinite when it is not.
[[nodiscard]] base::Result<Proven> follow(const siting_problem::Problem& problem,
                                          const siting_problem::Proof& proof, double ceiling);

}  // namespace huan::siting_check
