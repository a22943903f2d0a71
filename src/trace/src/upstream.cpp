// SPDX-License-Identifier: Apache-2.0
// A lot of 10,000 sources touches some 50,000 records that lie far apart, so the walk takes the
// inputs of an event in batches: all of a batch are fetched ahead before the first is looked at.
#include <algorithm>

#include "workspace.hpp"

namespace huan::trace {
namespace {

constexpr std::uint64_t kNodeKey = std::uint64_t{1} << 32U;
constexpr std::uint64_t kRootKey = std::uint64_t{2} << 32U;

}  // namespace

void UpWalk::gather(Ref root) {
  net_.clear();
  std::uint64_t key = kNodeKey | root;
  static_cast<void>(net_.vertex(key));
  while (net_.next_open(key)) {
    if ((key & kNodeKey) != 0) {
      expand_node(static_cast<Ref>(key));
    } else {
      expand_process(static_cast<std::uint32_t>(key));
    }
  }
}

// The node asked for, and every node that more than one plain making stands in.
void UpWalk::expand_node(Ref node) {
  std::int64_t sum = 0;
  for (const std::uint32_t leg : d_.makings(node)) {
    const std::uint32_t process = d_.process_of_out(leg);
    const Process& p = d_.processes[process];
    const std::int64_t grams = d_.out_grams(leg);
    sum += grams;
    FlowNet::Target target = 0;
    if (p.source != kNoSource) {
      target = net_.terminal({ShareKind::outside, node, p.source, process});
    } else if (p.paired != 0) {
      const std::uint32_t in = p.in_begin + (leg - p.out_begin);
      items_[0] = {d_.in_legs[in].ref, in, grams, false, false};
      follow_pairs(1);
      target = target_of(items_[0]);
    } else {
      target = net_.vertex(process);
    }
    net_.add_edge(target, static_cast<std::uint64_t>(grams));
  }
  if (d_.nodes[node].made() == Maker::multi) {
    const Multi& extra = d_.multi.at(node);
    if (extra.imbalance > 0) {
      sum += extra.imbalance;
      net_.add_edge(net_.terminal({ShareKind::imbalance, node, kNone, FlowNet::kNoProcess}),
                    static_cast<std::uint64_t>(extra.imbalance));
    }
    if (extra.gain() > 0) {
      sum += extra.gain();
      net_.add_edge(net_.terminal({ShareKind::gain, node, kNone, FlowNet::kNoProcess}),
                    static_cast<std::uint64_t>(extra.gain()));
    }
  }
  if (sum == 0) {
    net_.add_edge(net_.terminal({ShareKind::unknown, node, kNone, FlowNet::kNoProcess}), 1);
  }
}

void UpWalk::expand_process(std::uint32_t process) {
  const auto range = d_.ins(process);
  for (std::uint32_t leg = range.begin; leg < range.end;) {
    std::size_t count = 0;
    for (; leg < range.end && count < kBatch; ++leg) {
      const Ref ref = d_.in_legs[leg].ref;
      const std::int64_t grams = d_.in_grams(leg);
      if (grams == 0) {
        continue;
      }
      if (is_label(ref)) {
        net_.add_edge(net_.terminal({ShareKind::outside, kNone, ref - kLabels, process}),
                      static_cast<std::uint64_t>(grams));
        continue;
      }
      d_.nodes.prefetch(ref);
      items_[count++] = {ref, leg, grams, true, false};
    }
    follow_pairs(count);
    for (std::size_t i = 0; i < count; ++i) {
      net_.add_edge(target_of(items_[i]), static_cast<std::uint64_t>(items_[i].grams));
    }
  }
}

// A line of a shipment is its lot under another name: walks through pairs to what lies behind.
void UpWalk::follow_pairs(std::size_t count) {
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t i = 0; i < count; ++i) {
      Item& item = items_[i];
      if (item.settled || is_label(item.ref)) {
        item.settled = true;
        continue;
      }
      const Node& node = d_.nodes[item.ref];
      item.alone = item.alone && takes_alone(node, item.leg);
      if (node.made() != Maker::alias || node.unmade()) {
        item.settled = true;
        continue;
      }
      item.leg = node.maker;
      d_.in_legs.prefetch(item.leg);
      moved = true;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!items_[i].settled) {
        items_[i].ref = d_.in_legs[items_[i].leg].ref;
        if (!is_label(items_[i].ref)) {
          d_.nodes.prefetch(items_[i].ref);
        }
      }
    }
  }
}

FlowNet::Target UpWalk::target_of(const Item& item) {
  if (is_label(item.ref)) {
    return net_.terminal(
        {ShareKind::outside, kNone, item.ref - kLabels, d_.process_of_in(item.leg)});
  }
  const Node& node = d_.nodes[item.ref];
  if (node.made() == Maker::multi || node.unmade()) {
    return net_.vertex(kNodeKey | item.ref);
  }
  if (node.made() == Maker::rooted) {
    return rooted(item.ref, node.maker, item.alone);
  }
  return net_.vertex(d_.process_of_out(node.maker));
}

FlowNet::Target UpWalk::rooted(Ref node, std::uint32_t process, bool alone) {
  d_.processes.prefetch(process);
  const FlowNet::Terminal terminal{ShareKind::outside, node, kNone, process};
  return alone ? net_.terminal(terminal) : net_.terminal_for(kRootKey | node, terminal);
}

}  // namespace huan::trace
