// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "workspace.hpp"

namespace huan::trace {
namespace {

constexpr std::uint64_t kNodeKey = std::uint64_t{1} << 32U;
constexpr std::uint64_t kStandingKey = std::uint64_t{2} << 32U;
constexpr std::uint64_t kBookedKey = std::uint64_t{3} << 32U;
constexpr std::uint64_t kLabelKey = std::uint64_t{4} << 32U;

}  // namespace

void DownWalk::gather(Ref root) {
  net_.clear();
  static_cast<void>(net_.vertex(kNodeKey | root));
  while (net_.take_open(level_)) {
    for (const std::uint32_t vertex : level_) {
      const std::uint64_t key = net_.key(vertex);
      net_.begin_edges(vertex);
      if ((key & kNodeKey) != 0) {
        expand_node(static_cast<Ref>(key));
      } else {
        expand_process(static_cast<std::uint32_t>(key));
      }
    }
  }
}

void DownWalk::expand_node(Ref node) {
  std::int64_t taken = 0;
  d_.each_use(node, [&](std::uint32_t leg) {
    const std::int64_t grams = d_.in_grams(leg);
    const std::uint32_t process = d_.process_of_in(leg);
    taken += grams;
    FlowNet::Target target = 0;
    if (d_.in_legs[leg].ref != node) {
      target = target_of(d_.in_legs[leg].ref, process);  // cut off a cycle
    } else if (d_.processes[process].paired != 0) {
      const std::uint32_t out = d_.outs(process).begin + (leg - d_.ins(process).begin);
      target = target_of(d_.out_legs[out].ref, process);
    } else {
      target = net_.vertex(process);
    }
    net_.add_edge(target, static_cast<std::uint64_t>(grams));
  });
  if (d_.nodes[node].made() == Maker::multi && d_.multi.at(node).gain() < 0) {
    const std::int64_t booked = -d_.multi.at(node).gain();
    taken += booked;
    net_.add_edge(net_.terminal_for(kBookedKey | node,
                                    {ShareKind::booked_off, node, kNone, FlowNet::kNoProcess}),
                  static_cast<std::uint64_t>(booked));
  }
  if (const std::int64_t standing = d_.mass(node) - taken; standing > 0) {
    net_.add_edge(net_.terminal_for(kStandingKey | node,
                                    {ShareKind::standing, node, kNone, FlowNet::kNoProcess}),
                  static_cast<std::uint64_t>(standing));
  }
}

void DownWalk::expand_process(std::uint32_t process) {
  const auto range = d_.outs(process);
  for (std::uint32_t leg = range.begin; leg < range.end; ++leg) {
    net_.add_edge(target_of(d_.out_legs[leg].ref, process),
                  static_cast<std::uint64_t>(d_.out_grams(leg)));
  }
}

FlowNet::Target DownWalk::target_of(Ref ref, std::uint32_t process) {
  if (!is_label(ref)) {
    return net_.vertex(kNodeKey | ref);
  }
  const std::uint32_t label = ref - kLabels;
  if (ref == kBreakCycle || ref == kBreakUnbalanced) {
    return net_.terminal({ShareKind::outside, kNone, label, process});
  }
  return net_.terminal_for(kLabelKey | label,
                           {ShareKind::outside, kNone, label, FlowNet::kNoProcess});
}

}  // namespace huan::trace
