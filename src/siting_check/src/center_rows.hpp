// SPDX-License-Identifier: Apache-2.0
// That p candidates do not serve some customers within a radius. The proof names the customers and
// whole weights for them. Where all weigh more than p times what is within the radius of any one
// candidate, that is all; else (up to 1,024 customers) every way to serve them is gone through, cut
// off by the weights and by customers of whom no two have a candidate in common.
#pragma once

#include "proof.hpp"

namespace huan::siting_check {

/// wrong_answer where the customers can be served, too_large where that took too long to tell.
[[nodiscard]] base::Result<Proven> follow_center_rows(const siting_problem::Problem& problem,
                                                      const siting_problem::Proof& proof,
                                                      double radius);

}  // namespace huan::siting_check
