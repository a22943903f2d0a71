// SPDX-License-Identifier: Apache-2.0
// What makes a node, and what stands in it beside its makings.
#include <algorithm>

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::trace {

Multi& Writer::make_multi(Ref node) {
  Node& n = d_.nodes[node];
  if (n.made() != Maker::multi) {
    Multi entry;
    entry.out_legs = d_.makings(node);
    d_.multi[node] = std::move(entry);
    n.maker = kUnset;
    n.maker_is = static_cast<std::uint32_t>(Maker::multi);
  }
  return d_.multi.at(node);
}

// Back to the short form when one making is all that is left.
void Writer::simplify(Ref node) {
  Node& n = d_.nodes[node];
  if (n.made() != Maker::multi || !d_.multi.at(node).plain()) {
    return;
  }
  const std::vector<std::uint32_t> out_legs = d_.multi.at(node).out_legs;
  d_.multi.erase(node);
  n.maker = kUnset;
  n.maker_is = static_cast<std::uint32_t>(Maker::process);
  if (!out_legs.empty()) {
    add_making(node, d_.process_of_out(out_legs.front()), out_legs.front());
  } else if (n.uses != kUnset) {
    d_.unknown.insert(node);
  }
}

void Writer::add_making(Ref node, std::uint32_t process, std::uint32_t out_leg) {
  Node& n = d_.nodes[node];
  if (!n.unmade()) {
    make_multi(node).out_legs.push_back(out_leg);
    return;
  }
  const Process& p = d_.processes[process];
  if (p.source != kNoSource) {
    n.maker = process & kUnset;
    n.maker_is = static_cast<std::uint32_t>(Maker::rooted);
  } else if (p.paired != 0) {
    n.maker = (p.in_begin + (out_leg - p.out_begin)) & kUnset;
    n.maker_is = static_cast<std::uint32_t>(Maker::alias);
  } else {
    n.maker = process & kUnset;
    n.maker_is = static_cast<std::uint32_t>(Maker::process);
  }
}

void Writer::drop_making(Ref node, std::uint32_t out_leg) {
  Node& n = d_.nodes[node];
  if (n.made() == Maker::multi) {
    std::erase(d_.multi.at(node).out_legs, out_leg);
    simplify(node);
    return;
  }
  n.maker = kUnset;
  n.maker_is = static_cast<std::uint32_t>(Maker::process);
  if (n.uses != kUnset) {
    d_.unknown.insert(node);
  }
}

void Writer::post_kept(const EventFlows& event) {
  for (const Flow& flow : event.flows) {
    const bool on_imbalance = flow.kind == AccountKind::imbalance;
    if (flow.grams == 0 || (!on_imbalance && flow.cls != LegClass::kept)) {
      continue;
    }
    const AccountKind kind = on_imbalance ? flow.of : flow.kind;
    if (kind == AccountKind::wip) {
      const std::uint32_t name = d_.runs_named.intern(flow.a);
      Run& run = d_.runs[name];
      (on_imbalance ? run.imbalance : run.kept) += on_imbalance ? -flow.grams : flow.grams;
      dirty_runs_.insert(name);
    } else if (kind == AccountKind::stock || kind == AccountKind::transit) {
      const Ref node = node_of(kind, flow.a, flow.b);
      Multi& extra = make_multi(node);
      (on_imbalance ? extra.imbalance : extra.kept) += on_imbalance ? -flow.grams : flow.grams;
      changed_.insert(node);
      if (corrects_) {
        touch(node, {event.seq, event.supersedes_seq});
      }
    }
  }
}

void Writer::undo_set_off(Ref node) {
  const auto found = d_.set_off.find(node);
  if (found == d_.set_off.end()) {
    return;
  }
  for (const SetOff& entry : found->second) {
    d_.set_in_grams(entry.in_leg, d_.in_grams(entry.in_leg) + entry.grams);
    if (entry.grams > 0) {
      d_.set_out_grams(entry.variance_leg, d_.out_grams(entry.variance_leg) + entry.grams);
    } else {
      d_.set_in_grams(entry.variance_leg, d_.in_grams(entry.variance_leg) - entry.grams);
    }
  }
  d_.set_off.erase(found);
  make_multi(node).netted = 0;
}

// Lines that share an accept share its variance: they are settled together and in order of their
// numbers, so that what stands depends on the record alone and not on the way it came about.
void Writer::settle_changed() {
  std::vector<Ref> open(changed_.begin(), changed_.end());
  while (!open.empty()) {
    const Ref node = open.back();
    open.pop_back();
    if (d_.nodes[node].node_kind() != NodeKind::transit) {
      continue;
    }
    for (std::uint32_t use = d_.nodes[node].uses; use != kUnset; use = d_.in_legs[use].next) {
      const auto range = d_.ins(d_.process_of_in(use));
      for (std::uint32_t leg = range.begin; leg < range.end; ++leg) {
        const Ref other = d_.in_legs[leg].ref;
        if (!is_label(other) && d_.nodes[other].made() == Maker::multi &&
            changed_.insert(other).second) {
          open.push_back(other);
        }
      }
    }
  }
  for (const Ref node : changed_) {
    undo_set_off(node);
  }
  for (const Ref node : changed_) {
    set_off_again(node);
  }
}

// A correction books what it changes of a closed line into that line's variance, where an accept
// booked the difference it saw. It is one account, so what stands is the net of both: without this
// a corrected slip of the pen would show as a lot made of variance.
void Writer::set_off_again(Ref node) {
  if (d_.nodes[node].made() != Maker::multi) {
    return;
  }
  Multi& extra = d_.multi.at(node);
  std::vector<SetOff> entries;
  if (d_.nodes[node].node_kind() == NodeKind::transit && extra.gain() != 0) {
    d_.each_use(node, [&](std::uint32_t leg) { set_off_use(leg, extra, entries); });
  }
  if (!entries.empty()) {
    d_.set_off[node] = std::move(entries);
  }
  simplify(node);
}

void Writer::set_off_use(std::uint32_t leg, Multi& extra, std::vector<SetOff>& entries) {
  const std::uint32_t process = d_.process_of_in(leg);
  const bool gained = extra.gain() > 0;
  const auto range = gained ? d_.outs(process) : d_.ins(process);
  for (std::uint32_t other = range.begin; other < range.end && extra.gain() != 0; ++other) {
    if ((gained ? d_.out_legs[other].ref : d_.in_legs[other].ref) != kVariance) {
      continue;
    }
    const std::int64_t grams = gained
                                   ? std::min({extra.gain(), d_.out_grams(other), d_.in_grams(leg)})
                                   : -std::min(-extra.gain(), d_.in_grams(other));
    if (grams == 0) {
      continue;
    }
    entries.push_back({leg, other, grams});
    d_.set_in_grams(leg, d_.in_grams(leg) - grams);
    if (gained) {
      d_.set_out_grams(other, d_.out_grams(other) - grams);
    } else {
      d_.set_in_grams(other, d_.in_grams(other) + grams);
    }
    extra.netted += grams;
  }
}

}  // namespace huan::trace
