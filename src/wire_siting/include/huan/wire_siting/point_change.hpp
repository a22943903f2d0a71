// SPDX-License-Identifier: Apache-2.0
// What if: candidates of a problem of places moved, dropped, opened or added, as of a network.
//
//   HUAN_TRY(changed, wire_siting::change_points(problem, R"({"drop": ["b"], "open": ["d"]})"));
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::wire_siting {

/// An object, or a list of them, of `drop`, `close` (the same) and `open` (it has to): ids;
/// `move`: {id, to}; `add`: {id, at, like}: costs and capacity of that one, and it has to open.
/// Spots are [longitude, latitude] in WGS-84, or [x, y]. Gives the candidates that differ.
/// bad_json, bad_field, bad_coordinates, duplicate_point with a pointer.
[[nodiscard]] base::Result<std::vector<std::uint32_t>> change_points(
    siting_problem::Problem& problem, std::string_view bytes);

}  // namespace huan::wire_siting
