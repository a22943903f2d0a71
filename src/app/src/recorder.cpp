// SPDX-License-Identifier: Apache-2.0
#include "huan/app/recorder.hpp"

#include <algorithm>
#include <chrono>
#include <future>

namespace huan::app {
namespace {

using base::ErrorCode;

constexpr std::size_t kCrowd = 4;                // jobs of a group from which senders count as many
constexpr std::chrono::microseconds kJoin{500};  // less than a sync of most disks

}  // namespace

BatchResult post_batch(CityWriter& writer, const std::vector<PreparedEvent>& events, Mode mode,
                       const Principal& by) {
  BatchResult result;
  result.outcomes.reserve(events.size());
  for (const PreparedEvent& event : events) {
    result.outcomes.push_back(writer.post(event, by));
    result.kept = result.kept && result.outcomes.back().status != Status::refused;
  }
  // A refused event writes nothing, so in mode `each` there is nothing to undo.
  result.kept = result.kept || mode == Mode::each;
  return result;
}

Recorder::Recorder(store::Store& store, base::Clock& clock, base::IdSource& ids,
                   RecorderLimits limits)
    : store_(store), clock_(clock), ids_(ids), limits_(limits), thread_([this] { loop(); }) {}

Recorder::~Recorder() { stop(); }

void Recorder::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) {
    thread_.join();
  }
}

bool Recorder::submit(Job job) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_ || (queued_weight_ > 0 && queued_weight_ + job.weight > limits_.queue_weight)) {
      return false;
    }
    queued_weight_ += job.weight;
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void Recorder::on_commit(std::function<void(const std::string&, std::uint64_t)> listener) {
  const std::lock_guard lock{mutex_};
  listeners_.push_back(std::move(listener));
}

void Recorder::judge_tickets(ReadBuyingRules read) {
  const std::lock_guard lock{mutex_};
  read_rules_ = std::move(read);
}

RecorderFigures Recorder::figures() const {
  const std::lock_guard lock{mutex_};
  return figures_;
}

std::vector<Job> Recorder::next_group(std::unique_lock<std::mutex>& lock) {
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  // Those whom the last groups answered are about to send again: a short wait joins cohorts that
  // would otherwise take turns. A lone sender never waits, and a wait in vain lowers the
  // expectation.
  const bool ready = queue_.size() >= crowd_;
  if (!ready && crowd_ >= kCrowd) {
    wake_.wait_for(lock, kJoin, [this] { return stopping_ || queue_.size() >= crowd_; });
  }
  const std::size_t there = queue_.size();
  crowd_ = ready ? there + jobs_last_ : std::min(crowd_, std::max<std::size_t>(there, 1));
  jobs_last_ = there;
  std::vector<Job> group;
  std::size_t weight = 0;
  while (!queue_.empty() &&
         (group.empty() || weight + queue_.front().weight <= limits_.group_weight)) {
    weight += queue_.front().weight;
    queued_weight_ -= queue_.front().weight;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void Recorder::loop() {
  std::unique_lock lock{mutex_};
  for (;;) {
    std::vector<Job> group = next_group(lock);
    if (group.empty()) {
      return;
    }
    lock.unlock();
    write_group(group);
    lock.lock();
  }
}

CityWriter& Recorder::writer(const std::string& city) {
  auto found = writers_.find(city);
  if (found == writers_.end()) {
    const auto row = store_.snapshot()->city(city);
    CitySetting setting;
    setting.city = city;
    setting.offset_s = row ? row->offset_s : 0;
    setting.read_rules = read_rules_;
    found = writers_.emplace(city, std::make_unique<CityWriter>(setting, clock_, ids_)).first;
  }
  return *found->second;
}

void Recorder::write_group(std::vector<Job>& jobs) {
  std::map<std::string, std::vector<Job*>> by_city;
  for (Job& job : jobs) {
    by_city[job.city].push_back(&job);
  }
  for (auto& [city, city_jobs] : by_city) {
    std::exception_ptr failure;
    try {
      write_city(city, city_jobs);
    } catch (...) {
      failure = std::current_exception();
      if (const auto found = writers_.find(city); found != writers_.end()) {
        found->second->forget();
      }
    }
    for (Job* job : city_jobs) {
      job->done(failure);
    }
  }
}

void Recorder::write_city(const std::string& city, std::vector<Job*>& jobs) {
  CityWriter& city_writer = writer(city);
  auto transaction = store_.begin(city);
  city_writer.enter(*transaction);
  const std::uint64_t before = city_writer.seq();
  for (Job* job : jobs) {
    city_writer.savepoint();
    if (job->work(city_writer)) {
      city_writer.release();
    } else {
      city_writer.rollback();
    }
    city_writer.note_refused();  // what was refused was undone above; that it was offered stays
  }
  city_writer.leave();
  transaction->commit();
  transaction.reset();
  std::vector<std::function<void(const std::string&, std::uint64_t)>> listeners;
  {
    const std::lock_guard lock{mutex_};
    ++figures_.groups;
    figures_.jobs += jobs.size();
    figures_.records += city_writer.seq() - before;
    listeners = listeners_;
  }
  for (const auto& listener : listeners) {
    listener(city, city_writer.seq());
  }
}

void Recorder::run(const std::string& city, std::size_t weight,
                   std::function<bool(CityWriter&)> work) {
  std::promise<void> promise;
  auto future = promise.get_future();
  const bool taken =
      submit({city, weight, std::move(work), [&promise](const std::exception_ptr& failure) {
                if (failure) {
                  promise.set_exception(failure);
                } else {
                  promise.set_value();
                }
              }});
  if (!taken) {
    throw store::Failure(ErrorCode::overloaded, "the recorder takes no more work");
  }
  future.get();
}

BatchResult Recorder::post(const std::string& city, std::vector<PreparedEvent> events, Mode mode,
                           const Principal& by) {
  BatchResult result;
  run(city, events.size(), [&](CityWriter& writer) {
    result = post_batch(writer, events, mode, by);
    return result.kept;
  });
  return result;
}

Outcome Recorder::put(const std::string& city, const RegistryPut& put, const Principal& by) {
  Outcome outcome;
  run(city, 1, [&](CityWriter& writer) {
    outcome = writer.put(put, by);
    return outcome.status != Status::refused;
  });
  return outcome;
}

}  // namespace huan::app
