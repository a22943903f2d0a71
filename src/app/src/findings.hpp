// SPDX-License-Identifier: Apache-2.0
// What verify found to differ in one city, from several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "huan/app/verify.hpp"

namespace huan::app {

class Findings {
 public:
  Findings(std::string city, std::size_t max) : city_(std::move(city)), max_(max) {}

  void add(std::uint64_t seq, std::string what) {
    const std::lock_guard lock{mutex_};
    if (found_.size() < max_) {
      found_.push_back({city_, seq, std::move(what)});
    }
    any_ = true;
    full_ = found_.size() >= max_;
  }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] bool full() const { return full_; }
  /// In the order of their records; what belongs to none comes last. No thread adds any more.
  [[nodiscard]] std::vector<Difference> take() {
    std::stable_sort(found_.begin(), found_.end(), [](const Difference& a, const Difference& b) {
      return a.seq - 1 < b.seq - 1;  // 0 wraps to the end
    });
    return std::move(found_);
  }

 private:
  std::string city_;
  std::size_t max_;
  std::mutex mutex_;
  std::vector<Difference> found_;
  std::atomic<bool> any_{false};
  std::atomic<bool> full_{false};
};

}  // namespace huan::app
