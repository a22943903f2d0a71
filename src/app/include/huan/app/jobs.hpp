// SPDX-License-Identifier: Apache-2.0
// Jobs: long computations in the background, with progress and an end on demand. They live in
// memory: what was asked for before a restart is asked for again. The oldest results make room for
// new ones.
//
//   Jobs jobs{clock, ids, {}, {}};
//   auto job = jobs.submit("route", "dispatcher", [](JobControl& control) -> Result<std::string> {
//     … control.wanted() … control.progress(0.5, figures) …
//     return plan_json;
//   });
//   jobs.find("dispatcher", job->id)->state;
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::app {

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };
[[nodiscard]] std::string_view name(JobState state);
[[nodiscard]] bool has_ended(JobState state);

struct JobView {
  std::string id;
  std::string kind;
  std::string by;
  JobState state{JobState::waiting};
  double fraction{0};   ///< of its budget, 0–1
  std::string figures;  ///< a JSON object of the kind's own; empty: none yet
  base::Instant asked;
  std::optional<base::Instant> began{};
  std::optional<base::Instant> ended{};
  std::optional<base::Error> error{};  ///< of a failed one
  std::shared_ptr<const std::string>
      result{};  ///< of one that is done; a cancelled one may have it
};

/// The job's own end of the line.
class JobControl {
 public:
  JobControl() = default;
  JobControl(const JobControl&) = delete;
  JobControl& operator=(const JobControl&) = delete;
  virtual ~JobControl() = default;
  /// False: come to an end, with the best there is so far.
  [[nodiscard]] virtual bool wanted() const = 0;
  virtual void progress(double fraction, std::string figures) = 0;
};

/// Returns the result's JSON, or why there is none.
using JobWork = std::function<base::Result<std::string>(JobControl&)>;

class Jobs {
 public:
  struct Options {
    std::size_t workers{1};
    std::size_t waiting_max{16};
    std::size_t kept_max{64};                       ///< that have ended
    std::size_t kept_bytes_max{256 * 1024 * 1024};  ///< of their results
  };
  /// Called with each change, from the thread that makes it; the latest view counts.
  using Listener = std::function<void(const JobView&)>;

  Jobs(base::Clock& clock, base::IdSource& ids, Options options, Listener listener);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// overloaded when too many wait.
  [[nodiscard]] base::Result<JobView> submit(std::string kind, std::string by, JobWork work);
  /// Who did not ask for it does not see it.
  [[nodiscard]] std::optional<JobView> find(std::string_view by, std::string_view id) const;
  [[nodiscard]] std::vector<JobView> list(std::string_view by) const;  ///< latest first
  /// Ends it soon; one that has ended stays as it is. nullopt: there is none.
  std::optional<JobView> cancel(std::string_view by, std::string_view id);
  /// Cancels all and waits for them. Nothing can be submitted after that.
  void close();

 private:
  struct Job;
  void run();
  void work_on(const std::shared_ptr<Job>& job);
  void end(Job& job, JobState state);
  void make_room();
  void tell(const JobView& view);
  [[nodiscard]] std::shared_ptr<Job> find_job(std::string_view by, std::string_view id) const;

  base::Clock& clock_;
  base::IdSource& ids_;
  Options options_;
  Listener listener_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool closed_{false};
  std::deque<std::shared_ptr<Job>> waiting_;
  std::deque<std::shared_ptr<Job>> ended_;                        ///< oldest first
  std::map<std::string, std::shared_ptr<Job>, std::less<>> all_;  ///< by id
  std::uint64_t asked_{0};                                        ///< how many ever
  std::vector<std::thread> workers_;
};

}  // namespace huan::app
