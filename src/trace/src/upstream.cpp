// SPDX-License-Identifier: Apache-2.0
// A lot of 10,000 sources touches some 50,000 records that lie far apart. So the walk goes level by
// level and in passes, each of which looks at one record an edge and fetches those of the edges to
// come ahead: it waits for the memory's throughput, not for its latency.
#include <algorithm>

#include "workspace.hpp"

namespace huan::trace {
namespace {

constexpr std::uint64_t kNodeKey = std::uint64_t{1} << 32U;
constexpr std::uint64_t kRootKey = std::uint64_t{2} << 32U;

}  // namespace

void UpWalk::gather(Ref root) {
  net_.clear();
  static_cast<void>(net_.vertex(kNodeKey | root));
  while (net_.take_open(b_.level)) {
    b_.items.clear();
    b_.inputs.clear();
    collect();
    follow_pairs();
    link();
  }
}

void UpWalk::collect() {
  const std::size_t size = b_.level.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (i + kAhead < size) {
      const std::uint64_t later = net_.key(b_.level[i + kAhead]);
      if ((later & kNodeKey) == 0) {
        d_.processes.prefetch(static_cast<std::uint32_t>(later));
      }
      const std::uint64_t soon = net_.key(b_.level[i + kAhead / 2]);
      if ((soon & kNodeKey) == 0) {
        d_.in_legs.prefetch(d_.processes[static_cast<std::uint32_t>(soon)].in_begin);
      }
    }
    const std::uint64_t key = net_.key(b_.level[i]);
    if ((key & kNodeKey) != 0) {
      collect_node(b_.level[i], static_cast<Ref>(key));
    } else {
      collect_process(b_.level[i], static_cast<std::uint32_t>(key));
    }
  }
}

void UpWalk::collect_process(std::uint32_t vertex, std::uint32_t process) {
  const auto range = d_.ins(process);
  const std::size_t begin = b_.items.size();
  b_.items.resize(begin + (range.end - range.begin));
  Item* item = b_.items.data() + begin;
  for (std::uint32_t leg = range.begin; leg < range.end; ++leg) {
    const InLeg& in = d_.in_legs[leg];
    if (in.grams == 0) {
      continue;
    }
    if (!is_label(in.ref)) {
      b_.inputs.push_back(static_cast<std::uint32_t>(item - b_.items.data()));
    }
    const std::int64_t grams = in.grams == kBig ? d_.in_grams(leg) : in.grams;
    *item++ = {in.ref, leg, 0, kLabel, true, in.next == kUnset, vertex, grams};
  }
  b_.items.resize(static_cast<std::size_t>(item - b_.items.data()));
}

// The node asked for, and every node that more than one plain making stands in.
void UpWalk::collect_node(std::uint32_t vertex, Ref node) {
  const std::size_t before = b_.items.size();
  for (const std::uint32_t leg : d_.makings(node)) {
    const std::uint32_t process = d_.process_of_out(leg);
    const Process& p = d_.processes[process];
    const std::int64_t grams = d_.out_grams(leg);
    if (p.paired != 0) {
      const std::uint32_t in = p.in_begin + (leg - p.out_begin);
      const Ref ref = d_.in_legs[in].ref;
      if (!is_label(ref)) {
        b_.inputs.push_back(static_cast<std::uint32_t>(b_.items.size()));
      }
      b_.items.push_back({ref, in, 0, kLabel, false, false, vertex, grams});
      continue;
    }
    const FlowNet::Target target =
        p.source != kNoSource ? net_.terminal({ShareKind::outside, node, p.source, process})
                              : net_.vertex(process);
    b_.items.push_back({node, 0, target, kTarget, false, false, vertex, grams});
  }
  if (d_.nodes[node].made() == Maker::multi) {
    const Multi& extra = d_.multi.at(node);
    collect_extra(vertex, ShareKind::imbalance, node, extra.imbalance);
    collect_extra(vertex, ShareKind::gain, node, extra.gain());
  }
  if (b_.items.size() == before) {
    collect_extra(vertex, ShareKind::unknown, node, 1);
  }
}

void UpWalk::collect_extra(std::uint32_t vertex, ShareKind kind, Ref node, std::int64_t grams) {
  if (grams > 0) {
    const FlowNet::Target target = net_.terminal({kind, node, kNone, FlowNet::kNoProcess});
    b_.items.push_back({node, 0, target, kTarget, false, false, vertex, grams});
  }
}

// A line of a shipment is its lot under another name: walks through pairs to what lies behind.
void UpWalk::follow_pairs() {
  for (std::size_t begin = 0; begin < b_.inputs.size(); begin += kBlock) {
    const auto from = b_.inputs.begin() + static_cast<std::ptrdiff_t>(begin);
    const std::size_t size = std::min(kBlock, b_.inputs.size() - begin);
    b_.walking.assign(from, from + static_cast<std::ptrdiff_t>(size));
    follow_block();
  }
}

void UpWalk::follow_block() {
  while (!b_.walking.empty()) {
    b_.moved.clear();
    for (std::size_t i = 0; i < b_.walking.size(); ++i) {
      if (i + kAhead < b_.walking.size()) {
        d_.nodes.prefetch(b_.items[b_.walking[i + kAhead]].ref);
      }
      arrive(b_.walking[i]);
    }
    b_.walking.clear();
    for (std::size_t i = 0; i < b_.moved.size(); ++i) {
      if (i + kAhead < b_.moved.size()) {
        d_.in_legs.prefetch(b_.items[b_.moved[i + kAhead]].leg);
      }
      Item& item = b_.items[b_.moved[i]];
      const InLeg& leg = d_.in_legs[item.leg];
      item.ref = leg.ref;
      item.first = leg.next == kUnset;
      item.how = kLabel;
      if (!is_label(item.ref)) {
        b_.walking.push_back(b_.moved[i]);
      }
    }
  }
}

void UpWalk::arrive(std::uint32_t index) {
  Item& item = b_.items[index];
  const Node& node = d_.nodes[item.ref];
  item.alone = item.alone && item.first && node.uses == item.leg;
  if (node.unmade()) {
    item.how = kUnmade;
  } else if (node.made() == Maker::alias) {
    item.leg = node.maker;
    b_.moved.push_back(index);
  } else {
    item.made = node.maker;
    item.how = static_cast<std::uint16_t>(node.made());
  }
}

void UpWalk::link() {
  std::uint32_t owner = Slots::kNone;
  for (const Item& item : b_.items) {
    if (item.how == static_cast<std::uint16_t>(Maker::rooted)) {
      d_.processes.prefetch(item.made);  // the share will tell its record
    }
    if (item.owner != owner) {
      owner = item.owner;
      net_.begin_edges(owner);
    }
    net_.add_edge(target_of(item), static_cast<std::uint64_t>(item.grams));
  }
}

FlowNet::Target UpWalk::target_of(const Item& item) {
  switch (item.how) {
    case kTarget:
      return item.made;
    case kLabel:
      return net_.terminal(
          {ShareKind::outside, kNone, item.ref - kLabels, d_.process_of_in(item.leg)});
    case static_cast<std::uint16_t>(Maker::process):
      return net_.vertex(item.made);
    case static_cast<std::uint16_t>(Maker::rooted): {
      const FlowNet::Terminal terminal{ShareKind::outside, item.ref, kNone, item.made};
      return item.alone ? net_.terminal(terminal)
                        : net_.terminal_for(kRootKey | item.ref, terminal);
    }
    default:
      return net_.vertex(kNodeKey | item.ref);
  }
}

}  // namespace huan::trace
