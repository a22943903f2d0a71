// SPDX-License-Identifier: Apache-2.0
#include "patterns.hpp"

#include <algorithm>

namespace huan::routing {

namespace {

class Combinations {
 public:
  Combinations(const Visits& visits, std::uint32_t days) : visits_(&visits) {
    for (std::uint32_t day = 0; day < days; ++day) {
      if (visits.days.empty() ||
          std::find(visits.days.begin(), visits.days.end(), day) != visits.days.end()) {
        days_.push_back(day);
      }
    }
    extend(0);
  }
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> take() { return std::move(found_); }

 private:
  void extend(std::size_t from) {
    if (chosen_.size() == visits_->times) {
      found_.push_back(chosen_);
      return;
    }
    for (std::size_t i = from; i < days_.size() && found_.size() <= kPatternsMax; ++i) {
      if (!chosen_.empty()) {
        const std::uint32_t gap = days_[i] - chosen_.back();
        if (gap < visits_->gap_days_min ||
            (visits_->gap_days_max != 0 && gap > visits_->gap_days_max)) {
          continue;
        }
      }
      chosen_.push_back(days_[i]);
      extend(i + 1);
      chosen_.pop_back();
    }
  }

  const Visits* visits_;
  std::vector<std::uint32_t> days_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::vector<std::uint32_t>> found_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> patterns_of(const Visits& visits, std::uint32_t days) {
  if (!visits.patterns.empty()) {
    return visits.patterns;
  }
  if (visits.times == 1 && visits.days.empty()) {
    return {};
  }
  return Combinations(visits, days).take();
}

}  // namespace huan::routing
