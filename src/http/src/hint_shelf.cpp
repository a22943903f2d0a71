// SPDX-License-Identifier: Apache-2.0
#include "hint_shelf.hpp"

#include <algorithm>
#include <utility>

namespace huan::http {

void HintShelf::name(const std::shared_ptr<Slot>& slot, std::string job) {
  const std::lock_guard lock(mutex_);
  slot->job = std::move(job);
}

void HintShelf::fill(const std::shared_ptr<Slot>& slot, Hints hints) {
  const std::lock_guard lock(mutex_);
  for (const anomalies::Anomaly& one : hints) {
    slot->parts += one.parts.size();
  }
  slot->hints = std::make_shared<const Hints>(std::move(hints));
  filled_.push_back(slot);
  std::size_t all = 0;
  for (const auto& one : filled_) {
    all += one->parts;
  }
  constexpr std::size_t kJobsMax = 64;
  while (filled_.size() > 1 && (all > parts_max_ || filled_.size() > kJobsMax)) {
    all -= filled_.front()->parts;
    filled_.pop_front();
  }
}

std::shared_ptr<const HintShelf::Hints> HintShelf::of(std::string_view job) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(filled_.begin(), filled_.end(),
                                  [&](const auto& one) { return one->job == job; });
  return found == filled_.end() ? nullptr : (*found)->hints;
}

}  // namespace huan::http
