// SPDX-License-Identifier: Apache-2.0
#include "huan/app/jobs.hpp"

#include <algorithm>
#include <exception>

namespace huan::app {

using base::Error;
using base::ErrorCode;

struct Jobs::Job final : JobControl {
  Job(Jobs& jobs, JobWork todo) : owner(jobs), work(std::move(todo)) {}

  [[nodiscard]] bool wanted() const override { return !cancelled.load(); }
  void progress(double fraction, std::string figures) override {
    // An engine may speak at every step: who listens hears of what an eye can see.
    constexpr double kStepTold = 0.002;
    JobView now;
    {
      const std::lock_guard lock(owner.mutex_);
      const bool first_figures = view.figures.empty() && !figures.empty();
      view.fraction = std::clamp(fraction, view.fraction, 1.0);
      view.figures = std::move(figures);
      if (!first_figures && view.fraction < told + kStepTold) {
        return;
      }
      told = view.fraction;
      now = view;
    }
    owner.tell(now);
  }

  Jobs& owner;
  JobWork work;
  std::uint64_t number{0};  ///< in order of asking
  JobView view;             ///< under the owner's mutex
  double told{-1};          ///< the fraction that was told last
  std::atomic<bool> cancelled{false};
};

std::string_view name(JobState state) {
  switch (state) {
    case JobState::waiting:
      return "waiting";
    case JobState::running:
      return "running";
    case JobState::done:
      return "done";
    case JobState::failed:
      return "failed";
    case JobState::cancelled:
      break;
  }
  return "cancelled";
}

bool has_ended(JobState state) { return state != JobState::waiting && state != JobState::running; }

Jobs::Jobs(base::Clock& clock, base::IdSource& ids, Options options, Listener listener)
    : clock_(clock), ids_(ids), options_(options), listener_(std::move(listener)) {
  workers_.reserve(options_.workers);
  for (std::size_t i = 0; i < options_.workers; ++i) {
    workers_.emplace_back([this] { run(); });
  }
}

Jobs::~Jobs() { close(); }

base::Result<JobView> Jobs::submit(std::string kind, std::string by, JobWork work) {
  auto job = std::make_shared<Job>(*this, std::move(work));
  JobView view;
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() >= options_.waiting_max) {
      return Error{
          ErrorCode::overloaded, "",
          closed_ ? "shutting down" : std::to_string(waiting_.size()) + " jobs wait already"};
    }
    job->view.id = ids_.next().text();
    job->view.kind = std::move(kind);
    job->view.by = std::move(by);
    job->view.asked = clock_.now();
    job->number = ++asked_;
    waiting_.push_back(job);
    all_.emplace(job->view.id, job);
    view = job->view;
  }
  wake_.notify_one();
  return view;
}

std::shared_ptr<Jobs::Job> Jobs::find_job(std::string_view by, std::string_view id) const {
  const auto found = all_.find(id);
  return found == all_.end() || found->second->view.by != by ? nullptr : found->second;
}

std::optional<JobView> Jobs::find(std::string_view by, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto job = find_job(by, id);
  return job == nullptr ? std::nullopt : std::optional{job->view};
}

std::vector<JobView> Jobs::list(std::string_view by) const {
  const std::lock_guard lock(mutex_);
  std::vector<const Job*> own;
  own.reserve(all_.size());
  for (const auto& [id, job] : all_) {
    if (job->view.by == by) {
      own.push_back(job.get());
    }
  }
  std::sort(own.begin(), own.end(),
            [](const Job* a, const Job* b) { return a->number > b->number; });
  std::vector<JobView> views;
  views.reserve(own.size());
  for (const Job* job : own) {
    views.push_back(job->view);
  }
  return views;
}

std::optional<JobView> Jobs::cancel(std::string_view by, std::string_view id) {
  JobView view;
  {
    const std::lock_guard lock(mutex_);
    const auto job = find_job(by, id);
    if (job == nullptr) {
      return std::nullopt;
    }
    job->cancelled = true;
    if (job->view.state == JobState::waiting) {
      std::erase(waiting_, job);
      end(*job, JobState::cancelled);
      ended_.push_back(job);
      make_room();
    }
    view = job->view;
  }
  tell(view);
  return view;
}

void Jobs::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    waiting_.clear();
    for (const auto& [id, job] : all_) {
      job->cancelled = true;
    }
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) {
    if (worker.joinable()) {
      worker.join();
    }
  }
}

void Jobs::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    if (closed_) {
      return;
    }
    const auto job = std::move(waiting_.front());
    waiting_.pop_front();
    job->view.state = JobState::running;
    job->view.began = clock_.now();
    const JobView begun = job->view;
    lock.unlock();
    tell(begun);
    work_on(job);
    lock.lock();
  }
}

void Jobs::work_on(const std::shared_ptr<Job>& job) {
  base::Result<std::string> result = Error{ErrorCode::internal, "", ""};
  try {
    result = job->work(*job);
  } catch (const std::exception& thrown) {
    result = Error{ErrorCode::internal, "", thrown.what()};
  }
  JobView view;
  {
    const std::lock_guard lock(mutex_);
    job->work = nullptr;  // with the problem that it holds
    if (result) {
      job->view.result = std::make_shared<const std::string>(std::move(*result));
      job->view.fraction = 1;
      end(*job, job->cancelled ? JobState::cancelled : JobState::done);
    } else {
      job->view.error = std::move(result).error();
      end(*job, job->cancelled ? JobState::cancelled : JobState::failed);
    }
    ended_.push_back(job);
    make_room();
    view = job->view;
  }
  tell(view);
}

void Jobs::end(Job& job, JobState state) {
  job.view.state = state;
  job.view.ended = clock_.now();
}

void Jobs::make_room() {
  const auto bytes_of = [](const Job& job) {
    return job.view.result == nullptr ? 0 : job.view.result->size();
  };
  std::size_t bytes = 0;
  for (const auto& job : ended_) {
    bytes += bytes_of(*job);
  }
  // The latest stays, however large.
  while (ended_.size() > 1 &&
         (ended_.size() > options_.kept_max || bytes > options_.kept_bytes_max)) {
    bytes -= bytes_of(*ended_.front());
    all_.erase(ended_.front()->view.id);
    ended_.pop_front();
  }
}

void Jobs::tell(const JobView& view) {
  if (listener_) {
    listener_(view);
  }
}

}  // namespace huan::app
