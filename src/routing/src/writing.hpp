// SPDX-License-Identifier: Apache-2.0
// From the search's solution to a Plan.
#pragma once

#include "huan/routing/plan.hpp"
#include "search.hpp"

namespace huan::routing {

[[nodiscard]] Plan write_plan(const Model& model, const Solution& solution);

}  // namespace huan::routing
