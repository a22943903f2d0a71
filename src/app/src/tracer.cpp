// SPDX-License-Identifier: Apache-2.0
#include "huan/app/tracer.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"

namespace huan::app {
namespace {

constexpr std::uint64_t kStretch = 8'192;  // records a step

std::optional<trace::AccountKind> kind_of(ledger::AccountKind kind) {
  switch (kind) {
    case ledger::AccountKind::source:
      return trace::AccountKind::source;
    case ledger::AccountKind::stock:
      return trace::AccountKind::stock;
    case ledger::AccountKind::transit:
      return trace::AccountKind::transit;
    case ledger::AccountKind::abroad:
      return trace::AccountKind::abroad;
    case ledger::AccountKind::wip:
      return trace::AccountKind::wip;
    case ledger::AccountKind::sink:
      return trace::AccountKind::sink;
    case ledger::AccountKind::loss:
      return trace::AccountKind::loss;
    case ledger::AccountKind::variance:
      return trace::AccountKind::variance;
    case ledger::AccountKind::imbalance:
      return trace::AccountKind::imbalance;
    default:
      return std::nullopt;
  }
}

trace::LegClass class_of(ledger::LegClass cls) {
  switch (cls) {
    case ledger::LegClass::own:
      return trace::LegClass::own;
    case ledger::LegClass::reversing:
      return trace::LegClass::reversing;
    case ledger::LegClass::kept:
      break;
  }
  return trace::LegClass::kept;
}

/// One event's flows, with the texts that they borrow.
struct Pending {
  trace::EventFlows event;
  std::vector<trace::Flow> flows;
  std::deque<std::string> texts;

  std::string_view keep(std::string_view text) { return texts.emplace_back(text); }
};

/// The type of the event that a correction puts in place; empty for a void.
std::string replacement_type(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto event = document ? document->root().find("event") : std::nullopt;
  const auto replacement = event ? event->find("replacement") : std::nullopt;
  const auto type =
      replacement && replacement->is_object() ? replacement->find("type") : std::nullopt;
  return type ? std::string{type->string()} : "correct";
}

trace::EventType type_of(std::string_view name) {
  const auto type = ledger::event_type(name);
  return static_cast<trace::EventType>(type.value_or(ledger::EventType::settle));
}

/// Names the account that an imbalance stands for: "transit SH-1" is of transit SH-1.
void resolve_imbalance(trace::Flow& flow, std::string_view a) {
  const auto space = a.find(' ');
  const auto kind = ledger::account_kind(a.substr(0, space));
  flow.of = kind_of(kind.value_or(ledger::AccountKind::stock)).value_or(trace::AccountKind::stock);
  flow.a = space == std::string_view::npos ? std::string_view{} : a.substr(space + 1);
}

/// Acceptances mix what becomes one lot, and nothing else: legs are written part by part, each
/// beginning with what was taken off a line, and parts of the same lot go together.
void group_acceptance(Pending& pending) {
  std::vector<std::pair<std::string_view, std::uint32_t>> lots;
  std::uint32_t part = 0;
  for (std::size_t i = 0; i < pending.flows.size();) {
    std::size_t end = i + 1;
    const auto begins_part = [&](std::size_t at) {
      const trace::Flow& f = pending.flows[at];
      const bool way =
          f.kind == trace::AccountKind::transit || f.kind == trace::AccountKind::abroad;
      return f.cls != trace::LegClass::own || (way && f.grams < 0);
    };
    while (end < pending.flows.size() && !begins_part(end)) {
      ++end;
    }
    std::uint32_t group = part++;
    for (std::size_t k = i; k < end; ++k) {
      if (pending.flows[k].kind == trace::AccountKind::stock) {
        bool known = false;
        for (const auto& [lot, of] : lots) {
          if (lot == pending.flows[k].b) {
            group = of;
            known = true;
          }
        }
        if (!known) {
          lots.emplace_back(pending.flows[k].b, group);
        }
      }
    }
    for (std::size_t k = i; k < end; ++k) {
      pending.flows[k].group = group;
    }
    i = end;
  }
}

class Feeder {
 public:
  Feeder(trace::Graph& graph, store::Reading& reading, std::string_view city)
      : graph_(graph), reading_(reading), city_(city) {}

  void stretch(std::uint64_t after, std::uint64_t last);

 private:
  void heads(std::uint64_t after, std::uint64_t last);
  void legs(std::uint64_t after, std::uint64_t last);

  trace::Graph& graph_;
  store::Reading& reading_;
  std::string_view city_;
  std::deque<Pending> pending_;
};

void Feeder::heads(std::uint64_t after, std::uint64_t last) {
  reading_.record_heads(city_, {after, last}, [&](const store::RecordView& record) {
    if (record.klass == store::RecordClass::event) {
      Pending& pending = pending_.emplace_back();
      pending.event.seq = record.seq;
      pending.event.type = type_of(record.type);
      pending.event.supersedes_seq = record.supersedes;
    }
    return true;
  });
  // A correction's replacement is of a type of its own, which only the body says.
  for (Pending& pending : pending_) {
    if (pending.event.type == trace::EventType::correct) {
      const auto record = reading_.record(city_, pending.event.seq);
      pending.event.replacement =
          record ? type_of(replacement_type(record->body)) : trace::EventType::correct;
    }
  }
}

void Feeder::legs(std::uint64_t after, std::uint64_t last) {
  auto pending = pending_.begin();
  reading_.legs(city_, {after, last}, [&](const store::LegView& leg) {
    const auto kind = kind_of(leg.kind);
    if (leg.unit != ledger::Unit::mass || !kind) {
      return true;
    }
    while (pending != pending_.end() && pending->event.seq < leg.seq) {
      ++pending;
    }
    HUAN_ASSERT(pending != pending_.end() && pending->event.seq == leg.seq);
    trace::Flow flow;
    flow.kind = *kind;
    flow.cls = class_of(leg.cls);
    flow.grams = leg.amount;
    const std::string_view a = pending->keep(leg.a);
    flow.a = a;
    flow.b = pending->keep(leg.b);
    if (*kind == trace::AccountKind::imbalance) {
      resolve_imbalance(flow, a);
    }
    pending->flows.push_back(flow);
    return true;
  });
}

void Feeder::stretch(std::uint64_t after, std::uint64_t last) {
  pending_.clear();
  heads(after, last);
  legs(after, last);
  std::vector<trace::EventFlows> events;
  events.reserve(pending_.size());
  for (Pending& pending : pending_) {
    const auto in_force = pending.event.type == trace::EventType::correct
                              ? pending.event.replacement
                              : pending.event.type;
    if (in_force == trace::EventType::accept) {
      group_acceptance(pending);
    }
    pending.event.flows = pending.flows;
    events.push_back(pending.event);
  }
  auto appended = graph_.append(events);
  if (!appended) {
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
    feeder.stretch(after, last);
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
