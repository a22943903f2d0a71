// SPDX-License-Identifier: Apache-2.0
// Threads that run jobs in order of arrival, behind a queue of limited length.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace huan::http_server {

class WorkerPool {
 public:
  using Job = std::function<void()>;
  WorkerPool(std::size_t threads, std::size_t queue_max);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full or the pool stops; the job is then dropped by the caller.
  [[nodiscard]] bool try_post(Job job);
  /// Waits for the jobs that run; what only waits in the queue is dropped.
  void stop();
  [[nodiscard]] std::size_t queued() const;

 private:
  void work();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace huan::http_server
