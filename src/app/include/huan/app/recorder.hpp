// SPDX-License-Identifier: Apache-2.0
// The recorder: one writer thread for all that changes the world. Jobs that wait at the same time
// are committed together (group commit): each in its own savepoint, one sync for all. A job's
// `done` is called after its group is durable, or after it failed; never both, never before.
//
//   Recorder recorder{store, clock, ids};
//   auto outcomes = recorder.post("130100", events, Mode::atomic, {"operator"});   // blocks until
//   durable recorder.submit({.city = "130100", .weight = 1, .work = …, .done = …});         // or
//   does not
//
// Threads: submit and post from any thread. `work` and `done` run on the writer thread and must not
// wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "huan/app/city_writer.hpp"

namespace huan::app {

enum class Mode : std::uint8_t { atomic, each };

struct Job {
  std::string city;
  std::size_t weight{1};  ///< records it may write, for the group's size
  /// False: undo all that it wrote.
  std::function<bool(CityWriter&)> work;
  /// nullptr: durable (or undone, as `work` said). Else what broke.
  std::function<void(std::exception_ptr)> done;
};

struct BatchResult {
  bool kept{true};  ///< false: atomic and refused, nothing was posted
  std::vector<Outcome> outcomes;
};

struct RecorderLimits {
  std::size_t group_weight{4'096};
  std::size_t queue_weight{262'144};  ///< more waits outside
};

struct RecorderFigures {
  std::uint64_t groups{0};
  std::uint64_t jobs{0};
  std::uint64_t records{0};
};

class Recorder {
 public:
  Recorder(store::Store& store, base::Clock& clock, base::IdSource& ids,
           RecorderLimits limits = {});
  ~Recorder();  ///< finishes what was submitted
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Holds tickets to the rules of lawful buying that are on record, read by `read`. Before the
  /// first job.
  void judge_tickets(ReadBuyingRules read);

  /// False when the queue is full or the recorder is stopping: `done` is then never called.
  bool submit(Job job);
  /// Posts a batch of one city and waits. Throws store::Failure when the store broke.
  BatchResult post(const std::string& city, std::vector<PreparedEvent> events, Mode mode,
                   const Principal& by);
  Outcome put(const std::string& city, const RegistryPut& put, const Principal& by);
  /// Runs any work on the writer thread and waits until it is durable.
  void run(const std::string& city, std::size_t weight, std::function<bool(CityWriter&)> work);

  /// Called on the writer thread after each commit with the city and its last seq.
  void on_commit(std::function<void(const std::string& city, std::uint64_t seq)> listener);
  RecorderFigures figures() const;

  /// No more jobs; returns when all that were submitted are done.
  void stop();

 private:
  void loop();
  std::vector<Job> next_group(std::unique_lock<std::mutex>& lock);
  void write_group(std::vector<Job>& jobs);
  void write_city(const std::string& city, std::vector<Job*>& jobs);
  CityWriter& writer(const std::string& city);

  store::Store& store_;
  base::Clock& clock_;
  base::IdSource& ids_;
  RecorderLimits limits_;
  ReadBuyingRules read_rules_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  std::size_t queued_weight_{0};
  bool stopping_{false};
  RecorderFigures figures_;
  std::size_t jobs_last_{0};  // that waited when the last group was taken
  std::size_t crowd_{1};      // that are expected to wait for the next one
  std::vector<std::function<void(const std::string&, std::uint64_t)>> listeners_;
  std::map<std::string, std::unique_ptr<CityWriter>> writers_;  // the writer thread's
  std::thread thread_;
};

/// Posts prepared events one after another into the writer, as a batch of `mode` (events.md §3).
[[nodiscard]] BatchResult post_batch(CityWriter& writer, const std::vector<PreparedEvent>& events,
                                     Mode mode, const Principal& by);

}  // namespace huan::app
