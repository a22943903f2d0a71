// SPDX-License-Identifier: Apache-2.0
#include "data.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"

namespace huan::trace {
namespace {

template <class Begin>
std::uint32_t last_process_at(const Chunked<std::uint32_t, 10>& samples, std::size_t processes,
                              std::uint32_t leg, Begin&& begin) {
  std::uint32_t low = samples[leg >> 6U];
  auto high = static_cast<std::uint32_t>(processes);
  if ((leg >> 6U) + 1 < samples.size()) {
    high = samples[(leg >> 6U) + 1] + 1;
  }
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    (begin(middle) <= leg ? low : high) = middle;
  }
  return low;
}

}  // namespace

GraphData::GraphData(std::uint64_t hash_key)
    : lot_names(hash_key, slabs),
      places(hash_key, slabs),
      shipments(hash_key, slabs),
      runs_named(hash_key, slabs),
      labels(hash_key, slabs),
      key(hash_key) {
  for (const LabelKind kind : {LabelKind::variance, LabelKind::imbalance, LabelKind::break_cycle,
                               LabelKind::break_unknown, LabelKind::break_unbalanced}) {
    labels.intern(std::string(1, static_cast<char>('0' + static_cast<int>(kind))));
  }
}

void GraphData::set_in_grams(std::uint32_t leg, std::int64_t grams) {
  HUAN_ASSERT(grams >= 0);
  const bool is_big = grams >= std::int64_t{kBig};
  in_legs[leg].grams = is_big ? kBig : static_cast<std::uint32_t>(grams);
  if (is_big) {
    big_in[leg] = grams;
  } else {
    big_in.erase(leg);
  }
}

void GraphData::set_out_grams(std::uint32_t leg, std::int64_t grams) {
  HUAN_ASSERT(grams >= 0);
  const bool is_big = grams >= std::int64_t{kBig};
  out_legs[leg].grams = is_big ? kBig : static_cast<std::uint32_t>(grams);
  if (is_big) {
    big_out[leg] = grams;
  } else {
    big_out.erase(leg);
  }
}

std::uint32_t GraphData::process_of_in(std::uint32_t leg) const {
  return last_process_at(in_samples, processes.size(), leg,
                         [&](std::uint32_t p) { return processes[p].in_begin; });
}

std::uint32_t GraphData::process_of_out(std::uint32_t leg) const {
  return last_process_at(out_samples, processes.size(), leg,
                         [&](std::uint32_t p) { return processes[p].out_begin; });
}

std::uint32_t GraphData::single_out_leg(Ref node) const {
  const Node& n = nodes[node];
  HUAN_ASSERT(!n.unmade() && n.made() != Maker::multi);
  if (n.made() == Maker::alias) {
    const std::uint32_t process = process_of_in(n.maker);
    return processes[process].out_begin + (n.maker - processes[process].in_begin);
  }
  const Range range = outs(n.maker);
  std::uint32_t low = range.begin;
  for (std::uint32_t high = range.end; high - low > 1;) {
    const std::uint32_t middle = low + (high - low) / 2;
    (out_legs[middle].ref <= node ? low : high) = middle;
  }
  HUAN_ASSERT(low < range.end && out_legs[low].ref == node);
  return low;
}

std::vector<std::uint32_t> GraphData::makings(Ref node) const {
  if (nodes[node].made() == Maker::multi) {
    return multi.at(node).out_legs;
  }
  if (nodes[node].unmade()) {
    return {};
  }
  return {single_out_leg(node)};
}

std::int64_t GraphData::taken(Ref node) const {
  std::int64_t sum = 0;
  each_use(node, [&](std::uint32_t leg) { sum += in_grams(leg); });
  return sum;
}

std::int64_t GraphData::made(Ref node) const {
  if (nodes[node].made() == Maker::alias) {
    return in_grams(nodes[node].maker);
  }
  std::int64_t sum = 0;
  for (const std::uint32_t leg : makings(node)) {
    sum += out_grams(leg);
  }
  return sum;
}

std::int64_t GraphData::mass(Ref node) const {
  std::int64_t sum = made(node);
  if (nodes[node].made() == Maker::multi) {
    const Multi& extra = multi.at(node);
    sum += std::max<std::int64_t>(extra.imbalance, 0) + std::max<std::int64_t>(extra.gain(), 0);
  }
  return sum > 0 ? sum : taken(node);
}

Ref GraphData::find_lot(std::string_view lot) const {
  const auto code = lot_names.find_code(lot);
  if (!code) {
    return kNone;
  }
  return index.find(lot_names.hash(*code), [&](Ref node) {
    return nodes[node].node_kind() == NodeKind::lot && lot_names.equals(nodes[node].name, *code);
  });
}

Ref GraphData::find_lot_at(std::string_view lot, std::string_view place) const {
  const Ref first = find_lot(lot);
  const std::uint32_t wanted = places.find(place);
  if (first == kNone || wanted == NameTable::kNone || nodes[first].at == wanted) {
    return wanted == NameTable::kNone ? kNone : first;
  }
  if (const auto more = elsewhere.find(first); more != elsewhere.end()) {
    for (const Ref node : more->second) {
      if (nodes[node].at == wanted) {
        return node;
      }
    }
  }
  return kNone;
}

Ref GraphData::find_line(std::string_view shipment, std::string_view line) const {
  const std::uint32_t named = shipments.find(shipment);
  const Ref lot = find_lot(line);
  if (named == NameTable::kNone || lot == kNone) {
    return kNone;
  }
  return index.find(hash_pair(named, lot, key), [&](Ref node) {
    return nodes[node].node_kind() == NodeKind::transit && nodes[node].name == named &&
           nodes[node].at == lot;
  });
}

void GraphData::append_lot_name(Ref node, std::string& out) const {
  const Node& n = nodes[node];
  if (n.node_kind() == NodeKind::lot) {
    lot_names.append_to(n.name, out);
  } else if (n.node_kind() == NodeKind::transit) {
    lot_names.append_to(nodes[n.at].name, out);
  }
}

std::int64_t GraphData::unbalanced_grams(std::uint32_t process) const {
  if (processes[process].source == kBreakUnbalanced - kLabels) {
    std::int64_t sum = 0;
    for (std::uint32_t leg = outs(process).begin; leg < outs(process).end; ++leg) {
      sum += out_grams(leg);
    }
    return sum;
  }
  for (std::uint32_t leg = ins(process).begin; leg < ins(process).end; ++leg) {
    if (in_legs[leg].ref == kBreakUnbalanced) {
      return in_grams(leg);
    }
  }
  for (std::uint32_t leg = outs(process).begin; leg < outs(process).end; ++leg) {
    if (out_legs[leg].ref == kBreakUnbalanced) {
      return out_grams(leg);
    }
  }
  return 0;
}

// A map entry is counted as its value and four words of bookkeeping.
std::size_t GraphData::other_bytes() const {
  constexpr std::size_t kEntry = 32;
  std::size_t sum = multi.size() * (sizeof(Multi) + kEntry) +
                    (big_in.size() + big_out.size() + real_seq.size() + origin_of.size() +
                     run_of.size() + unknown.size()) *
                        (16 + kEntry) +
                    corrections.size() * sizeof(Correction) + cuts.size() * sizeof(CutLeg);
  for (const auto& [node, list] : elsewhere) {
    sum += kEntry + list.size() * sizeof(Ref);
  }
  for (const auto& [node, list] : touched) {
    sum += kEntry + list.size() * sizeof(Correction);
  }
  for (const auto& [node, list] : set_off) {
    sum += kEntry + list.size() * sizeof(SetOff);
  }
  for (const auto& [name, run] : runs) {
    sum += sizeof(Run) + kEntry + run.processes.size() * 4;
    for (const RunEvent& event : run.events) {
      sum += sizeof(RunEvent) + (event.ins.size() + event.outs.size()) * sizeof(RunLeg);
    }
  }
  return sum;
}

std::uint64_t GraphData::index_hash(Ref node) const {
  const Node& n = nodes[node];
  return n.node_kind() == NodeKind::lot ? lot_names.hash_at(n.name) : hash_pair(n.name, n.at, key);
}

}  // namespace huan::trace
