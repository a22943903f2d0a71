// SPDX-License-Identifier: Apache-2.0
// Distances and times between places, one Ways for each profile. Up to kDensePlaces the metrics are
// worked out once, so that the search reads rows; above, each is worked out when asked for. The
// place number places() is nowhere: an open route begins or ends there, and it is 0 from
// everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

inline constexpr std::size_t kDensePlaces = 3200;

/// How far it is in a straight line, by the profile's metric, which is none of matrices.
[[nodiscard]] double measured(const Travel& travel, const Place& a, const Place& b);

class Ways {
 public:
  /// `problem` outlives it. Tables that would take longer than `seconds` are not made.
  Ways(const Problem& problem, const Travel& travel, bool open_ends, double seconds);

  [[nodiscard]] double distance(Index a, Index b) const {
    return distances_ != nullptr ? distances_[static_cast<std::size_t>(a) * stride_ + b]
                                 : measure(a, b);
  }
  [[nodiscard]] double time(Index a, Index b) const {
    return durations_ != nullptr ? durations_[static_cast<std::size_t>(a) * stride_ + b]
                                 : distance(a, b) * per_speed_;
  }
  [[nodiscard]] double seconds_per_distance() const { return per_speed_; }  ///< of straight ways
  [[nodiscard]] bool has_costs() const { return !travel_->costs.empty(); }
  /// Of the matrix of costs; 0 at the open end of a route, and where there is no way to be driven.
  [[nodiscard]] double given_cost(Index a, Index b) const {
    const std::size_t places = problem_->places.size();
    if (a >= places || b >= places) {
      return 0;
    }
    const double cost = travel_->costs[std::size_t{a} * places + b];
    return cost < kForever ? cost : 0;
  }
  [[nodiscard]] bool timed() const { return !travel_->slices.empty(); }
  /// Ways are straight lines between the places.
  [[nodiscard]] bool straight() const { return travel_->metric != Metric::matrix; }
  /// Some way does not exist.
  [[nodiscard]] bool holed() const { return holed_; }
  /// Distances from a, by place, if they are those to a too and stand in a table; or nullptr.
  [[nodiscard]] const double* row(Index a) const {
    return symmetric_ && distances_ != nullptr ? distances_ + static_cast<std::size_t>(a) * stride_
                                               : nullptr;
  }
  /// Each is worked out when it is asked for, which takes longer than to find it in memory.
  [[nodiscard]] bool slow() const { return !on_sphere_.empty(); }
  [[nodiscard]] bool rounds() const { return travel_->rounding != Rounding::none; }
  [[nodiscard]] bool symmetric() const { return symmetric_; }
  /// The way from a to b, begun at `depart`, at the speeds of the slices it passes through.
  [[nodiscard]] double time_at(Index a, Index b, double depart, double factor) const {
    return stretched(time(a, b) * factor, depart);
  }
  /// So many seconds of driving at factor 1, begun at `depart`.
  [[nodiscard]] double stretched(double seconds, double depart) const;
  [[nodiscard]] bool has_detours() const { return !travel_->detours.empty(); }
  /// The way round closed zones; nullptr where none is known.
  [[nodiscard]] const Detour* detour(Index a, Index b) const;
  /// No way is ever quicker than its time(a, b) times this.
  [[nodiscard]] double quickest() const { return quickest_; }

 private:
  [[nodiscard]] double measure(Index a, Index b) const;
  [[nodiscard]] std::vector<double> table(const std::vector<double>& given, bool open_ends) const;

  const Problem* problem_;
  const Travel* travel_;
  std::size_t stride_{0};
  const double* distances_{nullptr};
  const double* durations_{nullptr};
  double per_speed_{1};
  double quickest_{1};
  bool symmetric_{true};
  bool holed_{false};
  std::vector<double> own_distances_;
  std::vector<double> own_durations_;
  std::vector<std::array<double, 3>> on_sphere_;  ///< places, where there is no table of them
};

}  // namespace huan::routing
