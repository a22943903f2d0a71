// SPDX-License-Identifier: Apache-2.0
// BatchQueue: hands batches from one thread to the next, in order, and holds the first back while
// too many wait. Each side may end it.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace huan::app {

template <class T>
class BatchQueue {
 public:
  explicit BatchQueue(std::size_t batches_max) : batches_max_(batches_max) {}

  /// Waits for room; false when nobody takes any more.
  bool push(std::vector<T> batch) {
    std::unique_lock lock{mutex_};
    room_.wait(lock, [this] { return cancelled_ || batches_.size() < batches_max_; });
    if (cancelled_) {
      return false;
    }
    batches_.push_back(std::move(batch));
    lock.unlock();
    filled_.notify_one();
    return true;
  }
  /// Waits for the next; nullopt when no more comes.
  std::optional<std::vector<T>> pop() {
    std::unique_lock lock{mutex_};
    filled_.wait(lock, [this] { return cancelled_ || finished_ || !batches_.empty(); });
    if (cancelled_ || batches_.empty()) {
      return std::nullopt;
    }
    std::optional batch{std::move(batches_.front())};
    batches_.pop_front();
    lock.unlock();
    room_.notify_one();
    return batch;
  }
  /// The giver has given all: what waits is still taken.
  void finish() { end(finished_); }
  /// One side goes home. What was finished stays to be taken; else what waits is forgotten.
  void close() {
    {
      const std::lock_guard lock{mutex_};
      cancelled_ = !finished_;
    }
    room_.notify_all();
    filled_.notify_all();
  }
  [[nodiscard]] bool cancelled() {
    const std::lock_guard lock{mutex_};
    return cancelled_;
  }

 private:
  void end(bool& flag) {
    {
      const std::lock_guard lock{mutex_};
      flag = true;
    }
    room_.notify_all();
    filled_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable filled_;
  std::deque<std::vector<T>> batches_;
  std::size_t batches_max_;
  bool finished_{false};
  bool cancelled_{false};
};

}  // namespace huan::app
