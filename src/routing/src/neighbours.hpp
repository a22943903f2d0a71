// SPDX-License-Identifier: Apache-2.0
// For each visit the visits nearest to it, nearest first: what is near but at another time is what
// strings are exchanged with. Beside them, where there are time windows, those that it can stand
// next to in a route, with a share of the waiting that this takes at least (Vidal et al. 2013,
// §4.5): there it is put back.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model.hpp"

namespace huan::routing {

class Neighbours {
 public:
  /// `hurry` is asked now and then; once it is true the lists that are missing stay short.
  Neighbours(const Model& model, std::size_t count, const std::function<bool()>& hurry);
  [[nodiscard]] std::span<const int> of(int visit) const {
    const auto i = static_cast<std::size_t>(visit);
    return std::span(list_).subspan(first_[i], first_[i + 1] - first_[i]);
  }
  /// Those beside which it is tried first.
  [[nodiscard]] std::span<const int> beside(int visit) const {
    const auto i = static_cast<std::size_t>(visit);
    return std::span(beside_).subspan(first_beside_[i], first_beside_[i + 1] - first_beside_[i]);
  }
  /// For each of those, what it and whoever follows it in a route are away from the visit in sum,
  /// at least: what is nearer than both stands before it. Where ways are as long in both
  /// directions.
  [[nodiscard]] std::span<const double> away(int visit) const {
    const auto i = static_cast<std::size_t>(visit);
    return std::span(away_).subspan(first_beside_[i], first_beside_[i + 1] - first_beside_[i]);
  }

 private:
  void list(const Model& model, int visit, const std::vector<int>& among, std::size_t count);
  void fill(const Model& model, int visit, const std::vector<int>& among, std::size_t count);
  void rank_in_time(const Model& model, int visit);
  void note_away(const Model& model, int visit, std::size_t from);
  void note_horizon(const Model& model);

  std::vector<int> list_;
  std::vector<std::size_t> first_;
  std::vector<int> beside_;
  std::vector<double> away_;
  std::vector<std::size_t> first_beside_;
  double horizon_{0};  ///< from the first window's begin to the last one's end
  std::vector<std::pair<double, int>> ranked_;
};

}  // namespace huan::routing
