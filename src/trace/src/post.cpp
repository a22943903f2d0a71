// SPDX-License-Identifier: Apache-2.0
// From an event's own legs to processes.
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

bool has_node(const std::vector<RunLeg>& legs) {
  return std::any_of(legs.begin(), legs.end(),
                     [](const RunLeg& leg) { return !is_label(leg.ref); });
}

}  // namespace

void Writer::collect_own(const EventFlows& event, EventType type) {
  own_.clear();
  for (const Flow& flow : event.flows) {
    if (flow.cls != LegClass::own || flow.grams == 0 || flow.kind == AccountKind::imbalance ||
        flow.kind == AccountKind::wip) {
      continue;
    }
    if (type == EventType::adjust && flow.kind != AccountKind::stock) {
      continue;  // the other side is variance, told from the sign
    }
    const Ref ref = node_of(flow.kind, flow.a, flow.b);
    std::uint32_t group = flow.group;
    if (type == EventType::ship) {
      group = lot_named(flow.b);
    } else if (type == EventType::adjust) {
      group = ref;
    }
    own_.push_back({group, ref, flow.grams});
  }
  net_own();
}

// Legs on one node within a group are one leg; legs on a label stay apart by sign, since a label
// may stand for several accounts.
void Writer::net_own() {
  const auto key = [](const OwnLeg& leg) {
    return std::tuple{leg.group, leg.ref, is_label(leg.ref) && leg.grams > 0};
  };
  const auto less = [&](const OwnLeg& a, const OwnLeg& b) { return key(a) < key(b); };
  if (!std::is_sorted(own_.begin(), own_.end(), less)) {
    std::sort(own_.begin(), own_.end(), less);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < own_.size();) {
    OwnLeg leg = own_[i];
    for (++i; i < own_.size() && key(own_[i]) == key(leg); ++i) {
      leg.grams += own_[i].grams;
    }
    own_[kept] = leg;
    kept += leg.grams != 0 ? 1U : 0U;
  }
  own_.resize(kept);
}

void Writer::post_own(const ProcessText& text) {
  paired_ins_.clear();
  paired_outs_.clear();
  for (std::size_t i = 0; i < own_.size();) {
    ins_.clear();
    outs_.clear();
    const std::uint32_t group = own_[i].group;
    for (; i < own_.size() && own_[i].group == group; ++i) {
      const OwnLeg& leg = own_[i];
      (leg.grams < 0 ? ins_ : outs_).push_back({leg.ref, std::abs(leg.grams)});
    }
    post_group(text);
  }
  if (!paired_ins_.empty()) {
    ProcessText paired = text;
    paired.paired = true;
    write_process(paired, paired_ins_, paired_outs_);
  }
}

void Writer::post_group(const ProcessText& text) {
  if (!has_node(ins_) && !has_node(outs_)) {
    return;
  }
  if (text.type == EventType::adjust) {
    (ins_.empty() ? ins_ : outs_).push_back({kVariance, sum_of(ins_) + sum_of(outs_)});
  }
  const std::int64_t missing = sum_of(outs_) - sum_of(ins_);
  if (missing != 0) {
    (missing > 0 ? ins_ : outs_).push_back({kBreakUnbalanced, std::abs(missing)});
  }
  if (ins_.size() == 1 && outs_.size() == 1 && has_node(ins_) && has_node(outs_)) {
    paired_ins_.push_back(ins_.front());
    paired_outs_.push_back(outs_.front());
    return;
  }
  const std::uint32_t process = write_process(text, ins_, outs_);
  if (missing != 0) {
    d_.unbalanced.push_back(process);
  }
}

std::uint32_t Writer::write_process(const ProcessText& text, const std::vector<RunLeg>& ins,
                                    std::vector<RunLeg> outs) {
  if (!text.paired) {
    std::sort(outs.begin(), outs.end(),
              [](const RunLeg& a, const RunLeg& b) { return a.ref < b.ref; });
  }
  const auto process = static_cast<std::uint32_t>(d_.processes.size());
  const bool rooted = ins.size() == 1 && is_label(ins.front().ref);
  Process record{};
  record.seq = text.seq;
  record.in_begin = static_cast<std::uint32_t>(d_.in_legs.size());
  record.out_begin = static_cast<std::uint32_t>(d_.out_legs.size());
  record.source = (rooted ? ins.front().ref - kLabels : kNoSource) & 0xFF'FFFFU;
  record.type = static_cast<std::uint32_t>(text.type) & 0xFU;
  record.paired = text.paired ? 1 : 0;
  record.corrects = text.corrects ? 1 : 0;
  record.relocated = text.real_seq.has_value() ? 1 : 0;
  d_.processes.push_back(record);
  if (text.real_seq) {
    d_.real_seq[process] = *text.real_seq;
  }
  if (!rooted) {
    for (const RunLeg& leg : ins) {
      add_in(process, leg);
    }
  }
  for (const RunLeg& leg : outs) {
    add_out(process, leg);
  }
  d_.edges += ins.size() + outs.size();
  cut_cycles(process);
  return process;
}

void Writer::add_in(std::uint32_t process, const RunLeg& leg) {
  const auto index = static_cast<std::uint32_t>(d_.in_legs.size());
  if (index % 64 == 0) {
    d_.in_samples.push_back(process);
  }
  d_.in_legs.push_back({leg.ref, 0, kUnset});
  d_.set_in_grams(index, leg.grams);
  if (is_label(leg.ref)) {
    return;
  }
  Node& node = d_.nodes[leg.ref];
  d_.in_legs[index].next = node.uses;
  node.uses = index & kUnset;
  if (node.made() == Maker::multi) {
    changed_.insert(leg.ref);
  } else if (node.unmade()) {
    d_.unknown.insert(leg.ref);
  }
}

void Writer::add_out(std::uint32_t process, const RunLeg& leg) {
  const auto index = static_cast<std::uint32_t>(d_.out_legs.size());
  if (index % 64 == 0) {
    d_.out_samples.push_back(process);
  }
  d_.out_legs.push_back({leg.ref, 0});
  d_.set_out_grams(index, leg.grams);
  if (!is_label(leg.ref)) {
    add_making(leg.ref, process, index);
  }
}

}  // namespace huan::trace
