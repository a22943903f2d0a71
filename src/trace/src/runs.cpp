// SPDX-License-Identifier: Apache-2.0
// Runs: a chain of mixes. Each event mixes what the run holds with its inputs and takes its outputs
// from that; what it leaves is a node of its own. An event that took out more than was in (only
// after a correction) owes: the missing mass is a source `imbalance`, and what later comes in pays
// it back first. What closing or a correction books between the run and loss(run) is set off
// against the loss and gain that its events posted.
#include <algorithm>

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::trace {
namespace {

std::int64_t sum_of(const std::vector<RunLeg>& legs) {
  std::int64_t sum = 0;
  for (const RunLeg& leg : legs) {
    sum += leg.grams;
  }
  return sum;
}

}  // namespace

void Writer::post_run(const EventFlows& event, EventType type) {
  std::uint32_t name = 0;
  for (const Flow& flow : event.flows) {
    if (flow.kind == AccountKind::wip && flow.cls == LegClass::own) {
      name = d_.runs_named.intern(flow.a);
    }
  }
  RunEvent entry{.origin = origin_, .seq = seq_, .type = type, .corrects = corrects_};
  for (const OwnLeg& leg : own_) {
    (leg.grams < 0 ? entry.ins : entry.outs).push_back({leg.ref, std::abs(leg.grams)});
  }
  Run& run = d_.runs[name];
  d_.run_of[seq_] = name;
  const bool last = run.events.empty() || run.events.back().origin < origin_;
  const auto at = std::upper_bound(
      run.events.begin(), run.events.end(), origin_,
      [](std::uint32_t origin, const RunEvent& other) { return origin < other.origin; });
  const RunEvent& posted = *run.events.insert(at, std::move(entry));
  if (!last || run.kept != run.imbalance || dirty_runs_.contains(name)) {
    dirty_runs_.insert(name);
  } else {
    extend_run(name, posted, posted.ins, posted.outs);
  }
}

void Writer::extend_run(std::uint32_t name, const RunEvent& event, std::vector<RunLeg> ins,
                        std::vector<RunLeg> outs) {
  Run& run = d_.runs[name];
  const std::int64_t before = run.balance;
  run.balance += sum_of(ins) - sum_of(outs);
  const std::int64_t owed = std::max<std::int64_t>(-run.balance, 0);
  const std::int64_t owed_before = std::max<std::int64_t>(-before, 0);
  if (before > 0) {
    ins.push_back({run.tail, before});
  }
  if (owed != owed_before) {
    (owed > owed_before ? ins : outs).push_back({kImbalance, std::abs(owed - owed_before)});
  }
  run.tail = kNone;
  if (run.balance > 0) {
    run.tail = add_node(NodeKind::wip, name, static_cast<std::uint32_t>(run.processes.size()));
    outs.push_back({run.tail, run.balance});
  }
  ProcessText text{.seq = seq_, .type = event.type, .corrects = event.corrects};
  if (event.seq != seq_) {
    text.real_seq = event.seq;
  }
  run.processes.push_back(write_process(text, ins, outs));
}

void Writer::rewrite_run(std::uint32_t name) {
  Run& run = d_.runs[name];
  for (const std::uint32_t process : run.processes) {
    kill(process);
  }
  run.processes.clear();
  run.balance = 0;
  run.tail = kNone;
  // What loss(run) gave to the run (> 0) or took from it beside the events' own legs.
  std::int64_t gain = run.kept - run.imbalance;
  std::vector<RunEvent> events = run.events;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    for (RunLeg& leg : gain > 0 ? event->outs : event->ins) {
      if (is_label(leg.ref) && d_.label_kind(leg.ref) == LabelKind::loss) {
        const std::int64_t grams = std::min(std::abs(gain), leg.grams);
        leg.grams -= grams;
        gain -= gain > 0 ? grams : -grams;
      }
    }
    std::erase_if(event->outs, [](const RunLeg& leg) { return leg.grams == 0; });
    std::erase_if(event->ins, [](const RunLeg& leg) { return leg.grams == 0; });
  }
  for (RunEvent& event : events) {
    const std::int64_t after = run.balance + sum_of(event.ins) - sum_of(event.outs);
    const std::int64_t missing = std::min(-after, -after + std::min<std::int64_t>(run.balance, 0));
    const std::int64_t given = std::min(std::max<std::int64_t>(gain, 0), missing);
    if (given > 0) {
      event.ins.push_back({label_of(LabelKind::loss, d_.runs_named.text(name), {}), given});
      gain -= given;
    }
    extend_run(name, event, event.ins, event.outs);
  }
  if (gain < 0 && run.balance > 0) {
    book_rest(name, std::min(-gain, run.balance));
  }
}

void Writer::book_rest(std::uint32_t name, std::int64_t rest) {
  Run& run = d_.runs[name];
  const std::vector<RunLeg> ins{{run.tail, rest}};
  const std::vector<RunLeg> outs{{label_of(LabelKind::loss, d_.runs_named.text(name), {}), rest}};
  run.processes.push_back(
      write_process({.seq = seq_, .type = EventType::correct, .corrects = true}, ins, outs));
  run.balance -= rest;
}

}  // namespace huan::trace
