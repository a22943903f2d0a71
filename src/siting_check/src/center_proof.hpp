// SPDX-License-Identifier: Apache-2.0
// What the proof of a p-center's bound gives.
#pragma once

#include "proof.hpp"

namespace huan::siting_check {

/// How much stays uncovered at least when p facilities cover what is within `radius` of them.
[[nodiscard]] base::Result<Proven> center_bound(const siting_problem::Problem& problem,
                                                const siting_problem::Proof& proof, double radius);

}  // namespace huan::siting_check
