// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/network.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting_problem {

double Answer::gap() const {
  const double size = std::max(std::abs(upper), std::abs(lower));
  return size > 0 ? (upper - lower) / size : 0;
}

std::string_view name(Kind kind) {
  constexpr std::array<std::string_view, 7> kNames{"pmedian", "capacitated", "cover",   "maxcover",
                                                   "pcenter", "tiered",      "facility"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(Status status) {
  constexpr std::array<std::string_view, 4> kNames{"optimal", "feasible", "infeasible",
                                                   "time_limit"};
  return kNames.at(static_cast<std::size_t>(status));
}

std::string_view name(Stop stop) {
  constexpr std::array<std::string_view, 5> kNames{"proven", "seconds", "iterations", "cancelled",
                                                   "settled"};
  return kNames.at(static_cast<std::size_t>(stop));
}

std::string_view name(Who who) {
  constexpr std::array<std::string_view, 3> kNames{"everyone", "urban", "rural"};
  return kNames.at(static_cast<std::size_t>(who));
}

std::string_view name(Area area) {
  constexpr std::array<std::string_view, 4> kNames{"all", "district", "street", "community"};
  return kNames.at(static_cast<std::size_t>(area));
}

std::string_view name(RuleKind kind) {
  constexpr std::array<std::string_view, 8> kNames{"at_least",        "at_most",        "coverage",
                                                   "away_from_homes", "capacity",       "kept",
                                                   "budget",          "away_from_zones"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(Standing standing) {
  constexpr std::array<std::string_view, 5> kNames{"free", "existing", "closable", "required",
                                                   "forbidden"};
  return kNames.at(static_cast<std::size_t>(standing));
}

}  // namespace huan::siting_problem
