// SPDX-License-Identifier: Apache-2.0
// Distances from below and from above, and sums rounded to one side.
#pragma once

#include <cmath>
#include <limits>

#include "huan/siting_problem/problem.hpp"

namespace huan::siting_check {

using siting_problem::Problem;

[[nodiscard]] inline double down(double value) {
  return std::nextafter(value, -std::numeric_limits<double>::infinity());
}
[[nodiscard]] inline double up(double value) {
  return std::nextafter(value, std::numeric_limits<double>::infinity());
}

/// Sums of many large terms of which little is left keep more digits so.
[[nodiscard]] inline long double down(long double value) {
  return std::nextafter(value, -std::numeric_limits<long double>::infinity());
}
[[nodiscard]] inline long double up(long double value) {
  return std::nextafter(value, std::numeric_limits<long double>::infinity());
}

/// The distance as the metric states it, to the last digits.
[[nodiscard]] double distance(const Problem& problem, std::uint32_t candidate,
                              std::uint32_t customer);
/// Not above the true distance; infinite beyond the reach.
[[nodiscard]] double distance_below(const Problem& problem, std::uint32_t candidate,
                                    std::uint32_t customer);
/// Farther than the problem lets anybody be served from.
[[nodiscard]] bool beyond_reach(const Problem& problem, double distance);
/// The same problem with links to what lies within a radius instead of distances.
[[nodiscard]] Problem linked(const Problem& problem, double radius);
/// Every plan's value is a whole number.
[[nodiscard]] bool whole_valued(const Problem& problem);

/// Metres of the great circle between two points of longitude and latitude.
[[nodiscard]] double on_sphere(const siting_problem::Point& a, const siting_problem::Point& b);

}  // namespace huan::siting_check
