// SPDX-License-Identifier: Apache-2.0
// When a search has to end, for those of its parts that can take long between two of its own looks
// at the watch. Once it has passed it stays so.
#pragma once

#include <cstdint>

#include "huan/routing/solve.hpp"

namespace huan::routing {

class Deadline {
 public:
  Deadline() = default;  ///< never
  Deadline(const Stopwatch& watch, double seconds) : watch_(&watch), seconds_(seconds) {}

  [[nodiscard]] Deadline later(double seconds) const {
    return watch_ == nullptr ? Deadline{} : Deadline{*watch_, seconds_ + seconds};
  }
  [[nodiscard]] bool passed() {
    passed_ = passed_ || (watch_ != nullptr && watch_->elapsed_s() >= seconds_);
    return passed_;
  }
  /// The same after so much work, in steps of some hundred nanoseconds; looks at the watch for some
  /// thousand of them.
  [[nodiscard]] bool passed_after(std::int64_t work) {
    constexpr std::int64_t kBetweenLooks = 2000;
    work_ += work;
    if (work_ < kBetweenLooks) {
      return passed_;
    }
    work_ = 0;
    return passed();
  }

 private:
  const Stopwatch* watch_{nullptr};
  double seconds_{0};
  std::int64_t work_{0};
  bool passed_{false};
};

}  // namespace huan::routing
