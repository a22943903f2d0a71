// SPDX-License-Identifier: Apache-2.0
// What a proof by cases gives for covering customers so many times, or so much of their weight.
#pragma once

#include "proof.hpp"

namespace huan::siting_check {

/// A whole number where all costs are.
[[nodiscard]] base::Result<Proven> follow_cover_cases(const siting_problem::Problem& links,
                                                      const siting_problem::Proof& proof);

/// The same of a proof in parts.
[[nodiscard]] base::Result<Proven> follow_cover_parts(const siting_problem::Problem& links,
                                                      const siting_problem::Proof& proof);

}  // namespace huan::siting_check
