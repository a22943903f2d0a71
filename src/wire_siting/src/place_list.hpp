// SPDX-License-Identifier: Apache-2.0
// Places with names, from CSV and GeoJSON alike, become a problem: what is missing, doubled or
// elsewhere is refused with its place.
#pragma once

#include <string>
#include <vector>

#include "formats.hpp"

namespace huan::wire_siting {

struct Place {
  std::string id;  ///< empty: its number
  std::string at;  ///< in the input
  std::optional<double> x;
  std::optional<double> y;
  std::optional<double> weight;
  std::optional<double> demand;
  std::optional<double> capacity;
  std::optional<double> cost;
  std::vector<siting_problem::Size> sizes;  ///< empty: of one size
  std::string role;                         ///< customer, candidate, both; empty: both
  std::string status;                       ///< required, existing, forbidden; empty: free
};

struct Ground {
  bool on_earth{false};  ///< x longitude, y latitude in degrees
  std::string datum;     ///< empty: WGS-84
};

/// bad_coordinates, duplicate_point, bad_field.
[[nodiscard]] base::Result<siting_problem::Problem> problem_of(std::vector<Place> places,
                                                               const Ground& ground,
                                                               const ReadOptions& options);

}  // namespace huan::wire_siting
