// SPDX-License-Identifier: Apache-2.0
// Corrections: a version is taken out of the graph, and inputs that would close a cycle are cut.
#include <algorithm>

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::trace {

void Writer::append(const EventFlows& event) {
  seq_ = static_cast<std::uint32_t>(event.seq);
  corrects_ = event.supersedes_seq != 0;
  origin_ = seq_;
  changed_.clear();
  dirty_runs_.clear();
  if (corrects_) {
    take_out(event);
  }
  const EventType type = corrects_ ? event.replacement : event.type;
  const bool in_run = std::any_of(event.flows.begin(), event.flows.end(), [](const Flow& flow) {
    return flow.kind == AccountKind::wip && flow.cls == LegClass::own;
  });
  collect_own(event, type);
  if (in_run) {
    post_run(event, type);
  } else {
    post_own({.seq = seq_, .type = type, .corrects = corrects_});
  }
  post_kept(event);
  for (const std::uint32_t run : dirty_runs_) {
    rewrite_run(run);
  }
  settle_changed();
  if (corrects_ || !dirty_runs_.empty()) {
    retry_cuts();
  }
}

void Writer::take_out(const EventFlows& event) {
  const auto version = static_cast<std::uint32_t>(event.supersedes_seq);
  const auto known = d_.origin_of.find(version);
  origin_ = known != d_.origin_of.end() ? known->second : version;
  d_.origin_of[seq_] = origin_;
  d_.corrections.push_back({event.seq, event.supersedes_seq});

  std::size_t low = 0;
  std::size_t high = d_.processes.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    (d_.processes[middle].seq < version ? low : high) =
        d_.processes[middle].seq < version ? middle + 1 : middle;
  }
  const Correction correction{event.seq, event.supersedes_seq};
  for (; low < d_.processes.size() && d_.processes[low].seq == version; ++low) {
    const auto process = static_cast<std::uint32_t>(low);
    if (d_.processes[low].relocated != 0 || d_.processes[low].dead != 0) {
      continue;
    }
    for (std::uint32_t leg = d_.ins(process).begin; leg < d_.ins(process).end; ++leg) {
      touch(d_.in_legs[leg].ref, correction);
    }
    for (std::uint32_t leg = d_.outs(process).begin; leg < d_.outs(process).end; ++leg) {
      touch(d_.out_legs[leg].ref, correction);
    }
    kill(process);
  }
  if (const auto run = d_.run_of.find(version); run != d_.run_of.end()) {
    std::erase_if(d_.runs[run->second].events,
                  [&](const RunEvent& other) { return other.seq == version; });
    dirty_runs_.insert(run->second);
    d_.run_of.erase(run);
  }
}

void Writer::touch(Ref node, const Correction& correction) {
  if (is_label(node)) {
    return;
  }
  std::vector<Correction>& list = d_.touched[node];
  if (list.empty() || list.back().seq != correction.seq) {
    list.push_back(correction);
  }
}

void Writer::kill(std::uint32_t process) {
  if (d_.processes[process].dead != 0) {
    return;
  }
  d_.processes[process].dead = 1;
  std::erase_if(d_.cuts, [&](const CutLeg& cut) { return cut.process == process; });
  std::erase(d_.unbalanced, process);
  const auto ins = d_.ins(process);
  for (std::uint32_t leg = ins.begin; leg < ins.end; ++leg) {
    const Ref ref = d_.in_legs[leg].ref;
    if (!is_label(ref) && d_.set_off.contains(ref)) {
      undo_set_off(ref);
    }
    if (!is_label(ref) && d_.nodes[ref].made() == Maker::multi) {
      changed_.insert(ref);
    }
  }
  for (std::uint32_t leg = ins.begin; leg < ins.end; ++leg) {
    d_.set_in_grams(leg, 0);
  }
  const auto outs = d_.outs(process);
  for (std::uint32_t leg = outs.begin; leg < outs.end; ++leg) {
    if (!is_label(d_.out_legs[leg].ref)) {
      drop_making(d_.out_legs[leg].ref, leg);
    }
    d_.set_out_grams(leg, 0);
  }
}

std::set<Ref> Writer::downstream_of(std::vector<Ref> open) const {
  std::set<Ref> seen;
  while (!open.empty()) {
    const Ref node = open.back();
    open.pop_back();
    if (is_label(node) || !seen.insert(node).second) {
      continue;
    }
    // Legs of 0 g are followed too while their event stands: a set-off may give them mass again.
    for (std::uint32_t leg = d_.nodes[node].uses; leg != kUnset; leg = d_.in_legs[leg].next) {
      const std::uint32_t process = d_.process_of_in(leg);
      if (d_.in_legs[leg].ref != node || d_.processes[process].dead != 0) {
        continue;
      }
      const auto outs = d_.outs(process);
      if (d_.processes[process].paired != 0) {
        open.push_back(d_.out_legs[outs.begin + (leg - d_.ins(process).begin)].ref);
        continue;
      }
      for (std::uint32_t out = outs.begin; out < outs.end; ++out) {
        open.push_back(d_.out_legs[out].ref);
      }
    }
  }
  return seen;
}

std::vector<Ref> Writer::outputs_for(std::uint32_t process, std::uint32_t in_leg) const {
  const auto outs = d_.outs(process);
  std::vector<Ref> refs;
  for (std::uint32_t leg = outs.begin; leg < outs.end; ++leg) {
    const bool met =
        d_.processes[process].paired == 0 || leg - outs.begin == in_leg - d_.ins(process).begin;
    const Ref ref = d_.out_legs[leg].ref;
    if (met && !is_label(ref) && d_.nodes[ref].uses != kUnset) {
      refs.push_back(ref);
    }
  }
  return refs;
}

// Only an output that something took from already can lead back to an input: after a correction,
// or where a shipment's line is added to.
void Writer::cut_cycles(std::uint32_t process) {
  const auto outs = d_.outs(process);
  bool used = false;
  for (std::uint32_t leg = outs.begin; leg < outs.end && !used; ++leg) {
    const Ref ref = d_.out_legs[leg].ref;
    used = !is_label(ref) && d_.nodes[ref].uses != kUnset;
  }
  if (!used) {
    return;
  }
  const bool paired = d_.processes[process].paired != 0;
  const auto ins = d_.ins(process);
  std::set<Ref> below;
  for (std::uint32_t leg = ins.begin; leg < ins.end; ++leg) {
    const Ref ref = d_.in_legs[leg].ref;
    if (leg == ins.begin || paired) {
      below = downstream_of(outputs_for(process, leg));
    }
    if (!is_label(ref) && below.contains(ref)) {
      d_.cuts.push_back({leg, process, ref});
      d_.in_legs[leg].ref = kBreakCycle;
    }
  }
}

void Writer::retry_cuts() {
  std::erase_if(d_.cuts, [&](const CutLeg& cut) {
    if (downstream_of(outputs_for(cut.process, cut.in_leg)).contains(cut.node)) {
      return false;
    }
    d_.in_legs[cut.in_leg].ref = cut.node;
    return true;
  });
}

}  // namespace huan::trace
