// SPDX-License-Identifier: Apache-2.0
// The parts of check(), and what they share.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

[[nodiscard]] inline std::string at(std::string_view list, std::size_t i, std::string_view field) {
  std::string pointer;
  pointer.append("/").append(list).append("/").append(std::to_string(i));
  if (!field.empty()) {
    pointer.append("/").append(field);
  }
  return pointer;
}

[[nodiscard]] inline base::Error bad_number(std::string where, std::string detail) {
  return base::Error{base::ErrorCode::bad_number, std::move(where), std::move(detail)};
}
[[nodiscard]] inline base::Error bad_field(std::string where, std::string detail) {
  return base::Error{base::ErrorCode::bad_field, std::move(where), std::move(detail)};
}

/// Finite, at least 0 and at most kTimeMax.
[[nodiscard]] inline bool is_amount(double x) { return x >= 0 && x <= kTimeMax; }
/// The same, or kForever.
[[nodiscard]] inline bool is_cap(double x) { return is_amount(x) || x == kForever; }

[[nodiscard]] base::Result<void> check_windows(const std::vector<Window>& windows,
                                               const std::string& where);
[[nodiscard]] base::Result<void> check_load(const Problem& problem, const Load& load,
                                            const std::string& where);
[[nodiscard]] base::Result<void> check_index(Index index, std::size_t size,
                                             const std::string& where);
[[nodiscard]] base::Result<void> check_indices(const std::vector<Index>& indices, std::size_t size,
                                               const std::string& where);
[[nodiscard]] base::Result<void> check_vehicles(const Problem& problem);
[[nodiscard]] base::Result<void> check_given(const Problem& problem,
                                             const std::vector<GivenRoute>& routes,
                                             const std::string& where);

}  // namespace huan::routing
