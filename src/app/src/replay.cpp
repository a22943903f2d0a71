// SPDX-License-Identifier: Apache-2.0
#include "replay.hpp"

#include <future>

#include "huan/app/store_book.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/ledger/post.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kBatchesMax = 4;
constexpr std::size_t kReplayBatch =
    64;  // so few that what one thread wrote is near when the next reads

/// Ends a queue when one of its sides leaves, so that the other does too.
template <class T>
class Ending {
 public:
  explicit Ending(BatchQueue<T>& queue) : queue_(queue) {}
  ~Ending() { queue_.close(); }
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;

 private:
  BatchQueue<T>& queue_;
};

}  // namespace

void ReplayedVersions::add(registry::Kind kind, std::string_view key, std::string_view body) {
  bodies_[kind][std::string{key}].emplace_back(body);
}

void ReplayedVersions::versions(registry::Kind kind, std::string_view key, const Visit& visit) {
  const auto& keys = bodies_[kind];
  if (const auto found = keys.find(key); found != keys.end()) {
    for (const std::string& body : found->second) {
      visit(body);
    }
  }
}

void ReplayedVersions::all(registry::Kind kind, const Visit& visit) {
  for (const auto& [key, bodies] : bodies_[kind]) {
    for (const std::string& body : bodies) {
      visit(body);
    }
  }
}

// Snapshots taken after the first see at least its records, and those never change.
Replay::Replay(store::Store& store, store::Reading& reading, const store::CityRow& city,
               trace::Graph* graph, const VerifyOptions& options)
    : reading_(reading),
      city_(city),
      options_(options),
      last_(reading.last(city.city).seq),
      findings_(city.city, options.differences_max),
      facts_(versions_, city.offset_s),
      book_(facts_, [this](const base::Uuid& id) { return version(id); }),
      records_reading_(store.snapshot()),
      legs_reading_(store.snapshot()),
      record_stage_(*records_reading_, city, last_, findings_),
      leg_stage_(*legs_reading_, city.city, last_, graph, findings_),
      read_(kBatchesMax),
      posted_(kBatchesMax) {
  batch_.reserve(kReplayBatch);
}

Replay::~Replay() = default;

std::optional<ledger::VersionState> Replay::version(const base::Uuid& id) {
  StoreBook stored{reading_, facts_, city_.city};
  auto state = stored.version(id);
  if (!state || state->seq > seq_) {
    return std::nullopt;
  }
  const store::Seq after = reading_.superseded_by(city_.city, state->seq);
  state->latest = after == 0 || after >= seq_;  // seq_ is the record now being replayed
  return state;
}

void Replay::replay(const ReadRecord& record) {
  if (record.seq != seq_ + 1) {
    findings_.add(record.seq, "record " + std::to_string(seq_ + 1) + " is missing");
  }
  seq_ = record.seq;
  ++records_;
  if (record.event) {
    replay_event(record);
  } else if (record.record) {
    versions_.add(record.record->kind, record.record->key, record.body);
    facts_.forget(record.record->kind, record.record->key);
  }
  events_ += record.is_event ? 1 : 0;
}

void Replay::replay_event(const ReadRecord& record) {
  const ledger::Event& event = *record.event;
  auto posting = ledger::post(event, book_, {record.recorded_at, city_.offset_s}, room());
  if (!posting) {
    findings_.add(record.seq, "the event does not follow from what stood before: " +
                                  base::describe(posting.error(), base::Language::en));
    return;
  }
  if (record.drawn != posting->drawn) {
    findings_.add(record.seq, "what was drawn differs from what follows from the records");
  }
  if (posting->supersedes != record.supersedes) {
    findings_.add(record.seq, "the version that it corrects differs");
  }
  book_.apply(*posting, record.seq);
  const auto replacement = event.replacement ? event.replacement->type : ledger::EventType::correct;
  hand_over({record.seq, event.type, replacement, std::move(*posting)});
}

ledger::Posting Replay::room() {
  if (used_.empty()) {
    used_ = spare_.take();
  }
  if (used_.empty()) {
    return {};
  }
  ledger::Posting posting = std::move(used_.back().posting);
  used_.pop_back();
  return posting;
}

void Replay::hand_over(Posted posted) {
  batch_.push_back(std::move(posted));
  if (batch_.size() == kReplayBatch) {
    posted_.push(std::exchange(batch_, {}));
    batch_.reserve(kReplayBatch);
  }
}

void Replay::replay_all() {
  auto reading = std::async(std::launch::async, [this] {
    const Ending ending{read_};
    record_stage_.run(read_);
  });
  auto checking = std::async(std::launch::async, [this] {
    const Ending ending{posted_};
    leg_stage_.run(posted_, spare_);
  });
  {
    const Ending no_more{read_};
    const Ending none_posted{posted_};
    while (const auto batch = read_.pop()) {
      for (const ReadRecord& record : *batch) {
        replay(record);
      }
      complete_ = !options_.progress || options_.progress(seq_, last_);
      if (!complete_ || findings_.full()) {
        break;
      }
    }
    if (complete_ && !findings_.full()) {
      posted_.push(std::move(batch_));
      posted_.finish();
      checking.wait();
    }
  }
  reading.get();
  checking.get();
}

/// The parts need nothing of each other; each has a snapshot of its own.
void Replay::compare_all() {
  auto rollups = std::async(std::launch::async, [this] {
    compare_rollups(*legs_reading_, leg_stage_.days(), Rollup::day);
    compare_rollups(*legs_reading_, leg_stage_.months(), Rollup::month);
    compare_rollups(*legs_reading_, leg_stage_.operators(), Rollup::operators);
  });
  auto tickets = std::async(std::launch::async, [this] {
    compare_tickets(*records_reading_);
    compare_registry(*records_reading_);
  });
  compare_log();
  compare_balances(reading_);
  compare_lots();
  compare_shipments();
  compare_lines();
  compare_runs();
  compare_items();
  rollups.get();
  tickets.get();
}

void Replay::run(VerifyReport& report) {
  replay_all();
  if (complete_ && !findings_.full()) {
    report.roots.push_back(
        {city_.city, record_stage_.log().size(), crypto::hex(record_stage_.log().root())});
    compare_all();
  }
  report.complete = report.complete && complete_;
  report.ok = report.ok && !findings_.any();
  report.records += records_;
  report.events += events_;
  for (Difference& difference : findings_.take()) {
    if (report.differences.size() < options_.differences_max) {
      report.differences.push_back(std::move(difference));
    }
  }
}

}  // namespace huan::app
