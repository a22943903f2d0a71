// SPDX-License-Identifier: Apache-2.0
#include "huan/app/simulate.hpp"

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/log/merkle.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::app {
namespace {

using base::ErrorCode;

constexpr std::size_t kSimulationBatch = 4'000;
constexpr std::size_t kInFlight = 4;
constexpr const char* kFrom = "2000-01-01T00:00:00Z";

const Principal kBy{"simulator"};

/// Events on their way to the writer thread, with the time at which each arrives.
struct Batch {
  std::vector<PreparedEvent> events;
  std::vector<base::Instant> at;
  std::vector<simulator::Expect> expect;
};

/// Feeds the recorder and adds up its answers; the batches are posted in order.
class Feed {
 public:
  Feed(Recorder& recorder, base::ManualClock& clock, std::string city)
      : recorder_(recorder), clock_(clock), city_(std::move(city)) {}
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  ~Feed() {  // the recorder's jobs point here
    std::unique_lock lock{mutex_};
    ready_.wait(lock, [this] { return in_flight_ == 0; });
  }

  void add(simulator::Sent&& sent) {
    if (!open_) {
      open_ = std::make_shared<Batch>();
    }
    open_->events.push_back(prepare(sent.json));
    open_->at.push_back(sent.at);
    open_->expect.push_back(sent.expect);
    if (open_->events.size() >= kSimulationBatch) {
      flush();
    }
  }

  void flush() {
    if (!open_) {
      return;
    }
    std::unique_lock lock{mutex_};
    ready_.wait(lock, [this] { return in_flight_ < kInFlight; });
    rethrow();
    ++in_flight_;
    lock.unlock();
    const auto batch = std::exchange(open_, nullptr);
    Job job;
    job.city = city_;
    job.weight = batch->events.size();
    job.work = [this, batch](CityWriter& writer) {
      post(writer, *batch);
      return true;
    };
    job.done = [this](std::exception_ptr failure) { done(std::move(failure)); };
    if (!recorder_.submit(std::move(job))) {
      done(std::make_exception_ptr(
          store::Failure(ErrorCode::overloaded, "the recorder takes no more work")));
    }
  }

  SimulateReport finish() {
    flush();
    std::unique_lock lock{mutex_};
    ready_.wait(lock, [this] { return in_flight_ == 0; });
    rethrow();
    return report_;
  }

  std::uint64_t answered() {
    const std::lock_guard lock{mutex_};
    return report_.counts.posted + report_.counts.duplicate + report_.counts.refused;
  }

 private:
  void rethrow() {
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

  void done(std::exception_ptr failure) {
    const std::lock_guard lock{mutex_};
    --in_flight_;
    if (failure && !failure_) {
      failure_ = std::move(failure);
    }
    ready_.notify_all();
  }

  void post(CityWriter& writer, const Batch& batch) {
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
      clock_.set(batch.at[i]);
      const Outcome outcome = post_simulated(writer, batch.events[i]);
      const std::lock_guard lock{mutex_};
      report_.counts.add(outcome.status);
      if (outcome.status == Status::posted) {
        ++report_.by_type.at(static_cast<std::size_t>(batch.events[i].event->type));
      }
      if (!as_expected(outcome.status, batch.expect[i]) && report_.unexpected++ == 0) {
        report_.first_unexpected = std::string{name(outcome.status)} + " " + outcome.id + " " +
                                   base::describe(outcome.error, base::Language::en) + "\n" +
                                   batch.events[i].canonical;
      }
    }
  }

  Recorder& recorder_;
  base::ManualClock& clock_;
  std::string city_;
  std::shared_ptr<Batch> open_;  // shared with the recorder's job, which has to be copyable
  std::mutex mutex_;
  std::condition_variable ready_;
  std::size_t in_flight_{0};
  std::exception_ptr failure_;
  SimulateReport report_;
};

}  // namespace

Outcome post_simulated(CityWriter& writer, const PreparedEvent& prepared) {
  Outcome outcome = writer.post(prepared, kBy);
  if (outcome.status != Status::refused || outcome.error.code != ErrorCode::registration_missing) {
    return outcome;
  }
  const std::string data = simulated_registration(*prepared.event);
  RegistryPut put;
  put.kind = "dossier";
  put.key = "register." + prepared.id;
  put.data = data;
  put.time = base::format_time(prepared.event->time, 0);
  const Outcome registered = writer.put(put, kBy);
  return registered.status == Status::refused ? registered : writer.post(prepared, kBy);
}

std::string simulated_registration(const ledger::Event& sent) {
  const ledger::Event& event = sent.replacement ? *sent.replacement : sent;
  std::int64_t mass_g = 0;
  for (const ledger::OutputLine& line : event.outputs) {
    mass_g += line.mass.count();
  }
  registry::Dossier dossier;
  dossier.type = "scrap_registration";
  dossier.about_kind = "enterprise";
  dossier.about = event.party;
  dossier.state = "registered";
  dossier.fields["event"] = sent.id.text();
  dossier.fields["unit"] = event.party;
  dossier.fields["handler"] = event.party;
  dossier.fields["item"] = event.outputs.empty() ? std::string() : event.outputs.front().material;
  dossier.fields["quantity"] = std::to_string(mass_g) + " g";
  dossier.fields["specification"] = std::string("散料");
  dossier.fields["state"] = std::string("旧");
  return registry::to_json(dossier);
}

bool as_expected(Status status, simulator::Expect expect) {
  switch (expect) {
    case simulator::Expect::refused:
      return status == Status::refused;
    case simulator::Expect::duplicate:
      return status == Status::duplicate;
    case simulator::Expect::posted:
      break;
  }
  return status != Status::refused;  // posted now, or by the same run before
}

base::Result<void> register_simulated(Recorder& recorder, const std::string& city,
                                      const std::vector<simulator::Registration>& registrations) {
  base::Result<void> result;
  recorder.run(city, registrations.size(), [&](CityWriter& writer) {
    for (const simulator::Registration& registration : registrations) {
      if (writer.reading().registered(city, "party", registration.key)) {
        continue;
      }
      RegistryPut put;
      put.kind = "party";
      put.key = registration.key;
      put.data = registration.data;
      put.id = registration.id;
      put.time = kFrom;
      Outcome outcome = writer.put(put, kBy);
      if (outcome.status == Status::refused) {
        result = std::move(outcome.error).within("party " + registration.key + " ");
        return false;
      }
    }
    return true;
  });
  return result;
}

base::Result<SimulateReport> simulate(Recorder& recorder, base::ManualClock& clock,
                                      simulator::Simulator& simulator, const std::string& city,
                                      base::Instant end, const SimulateProgress& progress) {
  HUAN_CHECK(register_simulated(recorder, city, simulator.registrations()));
  Feed feed{recorder, clock, city};
  std::uint64_t sent_events = 0;
  simulator.run_until(end, [&](simulator::Sent&& sent) {
    feed.add(std::move(sent));
    if (++sent_events % kSimulationBatch == 0 && progress) {
      progress(feed.answered());
    }
  });
  SimulateReport report = feed.finish();
  recorder.run(city, 1, [&](CityWriter& writer) {
    const auto frontier = log::Frontier::parse(writer.reading().log_state(city));
    if (frontier) {
      report.root = base::hex(frontier->root());
      report.size = frontier->size();
    }
    return true;
  });
  return report;
}

}  // namespace huan::app
