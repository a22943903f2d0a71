// SPDX-License-Identifier: Apache-2.0
#include "huan/app/tracer.hpp"

#include <algorithm>
#include <vector>

#include "flow_feed.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"

namespace huan::app {
namespace {

constexpr std::uint64_t kStretch = 8'192;  // records a step

/// The type of the event that a correction puts in place; empty for a void.
std::string replacement_type(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto event = document ? document->root().find("event") : std::nullopt;
  const auto replacement = event ? event->find("replacement") : std::nullopt;
  const auto type =
      replacement && replacement->is_object() ? replacement->find("type") : std::nullopt;
  return type ? std::string{type->string()} : "correct";
}

ledger::EventType type_of(std::string_view name) {
  return ledger::event_type(name).value_or(ledger::EventType::settle);
}

struct Head {
  store::Seq seq{0};
  ledger::EventType type{};
  ledger::EventType replacement{ledger::EventType::correct};  ///< of a correction; that for a void
  store::Seq supersedes{0};
};

class Feeder {
 public:
  Feeder(trace::Graph& graph, store::Reading& reading, std::string_view city)
      : flows_(graph), reading_(reading), city_(city) {}

  void stretch(store::SeqRange range);

 private:
  void heads(store::SeqRange range);
  void begin(const Head& head) {
    flows_.begin(head.seq, head.type, head.replacement, head.supersedes);
  }

  FlowFeed flows_;
  store::Reading& reading_;
  std::string_view city_;
  std::vector<Head> heads_;
};

void Feeder::heads(store::SeqRange range) {
  heads_.clear();
  reading_.record_heads(city_, range, [&](const store::RecordView& record) {
    if (record.klass == store::RecordClass::event) {
      const ledger::EventType type = type_of(record.type);
      heads_.push_back({record.seq, type, ledger::EventType::correct, record.supersedes});
    }
    return true;
  });
  // A correction's replacement is of a type of its own, which only the body says.
  for (Head& head : heads_) {
    if (head.type == ledger::EventType::correct) {
      if (const auto record = reading_.record(city_, head.seq)) {
        head.replacement = type_of(replacement_type(record->body));
      }
    }
  }
}

void Feeder::stretch(store::SeqRange range) {
  heads(range);
  auto head = heads_.begin();
  reading_.legs(city_, range, [&](const store::LegView& leg) {
    while (head != heads_.end() && head->seq <= leg.seq) {
      begin(*head++);
    }
    if (flows_.empty() || flows_.seq() != leg.seq) {
      throw store::Failure(base::ErrorCode::store_failed,
                           "trace: legs without an event at record " + std::to_string(leg.seq));
    }
    if (leg.unit == ledger::Unit::mass) {
      flows_.leg(leg.kind, leg.a, leg.b, leg.cls, leg.amount);
    }
    return true;
  });
  while (head != heads_.end()) {
    begin(*head++);
  }
  if (auto appended = flows_.flush(); !appended) {
    throw store::Failure(base::ErrorCode::store_failed,
                         "trace: " + base::describe(appended.error(), base::Language::en));
  }
}

}  // namespace

void feed(trace::Graph& graph, store::Reading& reading, std::string_view city,
          store::SeqRange range, const TraceProgress& progress) {
  Feeder feeder{graph, reading, city};
  for (std::uint64_t after = range.after; after < range.last;) {
    const std::uint64_t last = std::min(range.last, after + kStretch);
    feeder.stretch({after, last});
    after = last;
    if (progress) {
      progress(after, range.last);
    }
  }
}

Tracer::City& Tracer::city(const std::string& name) {
  const std::lock_guard lock{mutex_};
  auto& slot = cities_[name];
  if (!slot) {
    slot = std::make_unique<City>();
  }
  return *slot;
}

void Tracer::with_graph(store::Reading& reading, const std::string& name,
                        const std::function<void(const trace::Graph&)>& ask) {
  City& one = city(name);
  const std::uint64_t needed = reading.last(name).seq;
  {
    const std::unique_lock lock{one.mutex};
    if (one.fed < needed) {
      feed(one.graph, reading, name, {one.fed, needed});
      one.fed = needed;
    }
  }
  const std::shared_lock lock{one.mutex};
  ask(one.graph);
}

}  // namespace huan::app
