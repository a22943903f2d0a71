// SPDX-License-Identifier: Apache-2.0
// The events behind the hints of the last watches, by job, in memory: what was looked for before a
// restart is looked for again. The latest stays whatever its size; older ones make room.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "huan/app/find_anomalies.hpp"

namespace huan::http {

class HintShelf {
 public:
  using Hints = std::vector<anomalies::Anomaly>;
  /// Where a job puts its hints; it is not known by name when its work begins.
  struct Slot {
    std::string job;
    std::shared_ptr<const Hints> hints;
    std::size_t parts{0};
  };

  /// Of parts of all jobs, about 150 bytes each.
  explicit HintShelf(std::size_t parts_max = 500'000) : parts_max_(parts_max) {}

  void name(const std::shared_ptr<Slot>& slot, std::string job);
  void fill(const std::shared_ptr<Slot>& slot, Hints hints);
  /// Null: there are none of this job, or no more.
  [[nodiscard]] std::shared_ptr<const Hints> of(std::string_view job);

 private:
  std::mutex mutex_;
  std::size_t parts_max_;
  std::deque<std::shared_ptr<Slot>> filled_;  ///< oldest first
};

}  // namespace huan::http
