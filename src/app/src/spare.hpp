// SPDX-License-Identifier: Apache-2.0
// Spare: gives used batches back to the thread that made them. What is made in one thread and freed
// in another costs the allocator of both; the maker writes into the memory of a batch of before
// instead.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace huan::app {

template <class T>
class Spare {
 public:
  void give(std::vector<T> batch) {
    const std::lock_guard lock{mutex_};
    batches_.push_back(std::move(batch));
  }
  /// Empty when there is none.
  std::vector<T> take() {
    const std::lock_guard lock{mutex_};
    if (batches_.empty()) {
      return {};
    }
    std::vector<T> batch = std::move(batches_.back());
    batches_.pop_back();
    return batch;
  }

 private:
  std::mutex mutex_;
  std::vector<std::vector<T>> batches_;  ///< no more than are under way at once
};

}  // namespace huan::app
