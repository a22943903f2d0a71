// SPDX-License-Identifier: Apache-2.0
#include "flow_feed.hpp"

#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "huan/base/assert.hpp"

namespace huan::app {
namespace {

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

trace::EventType type_of(ledger::EventType type) { return static_cast<trace::EventType>(type); }

/// Names the account that an imbalance stands for: "transit SH-1" is of transit SH-1.
void resolve_imbalance(trace::Flow& flow) {
  const auto space = flow.a.find(' ');
  const auto kind = ledger::account_kind(flow.a.substr(0, space));
  flow.of = kind_of(kind.value_or(ledger::AccountKind::stock)).value_or(trace::AccountKind::stock);
  flow.a = space == std::string_view::npos ? std::string_view{} : flow.a.substr(space + 1);
}

bool begins_part(const trace::Flow& flow) {
  const bool way =
      flow.kind == trace::AccountKind::transit || flow.kind == trace::AccountKind::abroad;
  return flow.cls != trace::LegClass::own || (way && flow.grams < 0);
}

/// Acceptances mix what becomes one lot, and nothing else: legs are written part by part, each
/// beginning with what was taken off a line, and parts of the same lot go together.
void group_acceptance(std::span<trace::Flow> flows) {
  std::vector<std::pair<std::string_view, std::uint32_t>> lots;
  std::uint32_t part = 0;
  for (std::size_t i = 0; i < flows.size();) {
    std::size_t end = i + 1;
    while (end < flows.size() && !begins_part(flows[end])) {
      ++end;
    }
    std::uint32_t group = part++;
    for (const trace::Flow& flow : flows.subspan(i, end - i)) {
      if (flow.kind != trace::AccountKind::stock) {
        continue;
      }
      bool known = false;
      for (const auto& [lot, of] : lots) {
        if (lot == flow.b) {
          group = of;
          known = true;
        }
      }
      if (!known) {
        lots.emplace_back(flow.b, group);
      }
    }
    for (trace::Flow& flow : flows.subspan(i, end - i)) {
      flow.group = group;
    }
    i = end;
  }
}

}  // namespace

std::string_view FlowFeed::keep(std::string_view text) {
  if (text.empty() || lasting_) {
    return text;
  }
  auto* copy = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void FlowFeed::begin(std::uint64_t seq, ledger::EventType type, ledger::EventType replacement,
                     std::uint64_t supersedes) {
  trace::EventFlows& event = events_.emplace_back();
  event.seq = seq;
  event.type = type_of(type);
  event.replacement = type_of(replacement);
  event.supersedes_seq = supersedes;
  begins_.push_back(flows_.size());
}

void FlowFeed::leg(ledger::AccountKind kind, std::string_view a, std::string_view b,
                   ledger::LegClass cls, std::int64_t grams) {
  HUAN_ASSERT(!events_.empty());
  const auto ours = kind_of(kind);
  if (!ours) {
    return;
  }
  trace::Flow& flow = flows_.emplace_back();
  flow.kind = *ours;
  flow.cls = class_of(cls);
  flow.grams = grams;
  flow.a = keep(a);
  flow.b = keep(b);
  if (*ours == trace::AccountKind::imbalance) {
    resolve_imbalance(flow);
  }
}

base::Result<void> FlowFeed::flush() {
  begins_.push_back(flows_.size());
  for (std::size_t i = 0; i < events_.size(); ++i) {
    trace::EventFlows& event = events_[i];
    const std::span<trace::Flow> flows{flows_.data() + begins_[i], begins_[i + 1] - begins_[i]};
    const bool corrects = event.type == trace::EventType::correct;
    if ((corrects ? event.replacement : event.type) == trace::EventType::accept) {
      group_acceptance(flows);
    }
    event.flows = flows;
  }
  auto appended = graph_.append(events_);
  events_.clear();
  begins_.clear();
  flows_.clear();
  texts_.release();
  return appended;
}

}  // namespace huan::app
