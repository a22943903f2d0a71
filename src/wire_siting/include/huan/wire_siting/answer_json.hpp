// SPDX-License-Identifier: Apache-2.0
// An answer as JSON, and back for the checker: upper, lower, gap, status, stop, facilities and
// assignment by id (numbers from 1 where the problem has no ids; null for who is not served), and
// the proof. And the plan as GeoJSON.
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::wire_siting {

[[nodiscard]] std::string to_json(const siting_problem::Problem& problem,
                                  const siting_problem::Answer& answer);

/// bad_json, bad_field, bad_number, too_large; unknown facilities by their place.
[[nodiscard]] base::Result<siting_problem::Answer> read_answer(
    std::string_view bytes, const siting_problem::Problem& problem);

/// Open facilities as points with what they serve, and a line from each customer to its facility;
/// for points of a great-circle metric only.
[[nodiscard]] std::string to_geojson(const siting_problem::Problem& problem,
                                     const siting_problem::Answer& answer);

}  // namespace huan::wire_siting
