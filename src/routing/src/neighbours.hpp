// SPDX-License-Identifier: Apache-2.0
// For each visit the visits nearest to it, nearest first. Ranking by time windows too was measured
// and found worse: what is near but at another time is what strings are exchanged with.
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

 private:
  void fill(const Model& model, int visit, const std::vector<int>& among, std::size_t count);

  std::vector<int> list_;
  std::vector<std::size_t> first_;
  std::vector<std::pair<double, int>> ranked_;
};

}  // namespace huan::routing
