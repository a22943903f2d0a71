// SPDX-License-Identifier: Apache-2.0
// What a Reader keeps from question to question, and the two walks that fill it.
#pragma once

#include <string>
#include <vector>

#include "data.hpp"
#include "flow_net.hpp"

namespace huan::trace {

/// Copies what lies above a node into the net, one level of events after another.
class UpWalk {
 public:
  /// An edge on its way from an event's input to what made it.
  struct Item {
    Ref ref;             ///< where the pairs have led so far
    std::uint32_t leg;   ///< in-leg that took from it
    std::uint32_t made;  ///< when arrived at a node: its maker, and
    std::uint16_t how;   ///< what that is, or kLabel, kTarget
    bool alone;          ///< nothing else took from what lies on the way, and
    bool first;          ///< nothing took from the node before the leg did
    std::uint32_t owner;
    std::int64_t grams;
  };
  struct Buffers {
    std::vector<std::uint32_t> level;
    std::vector<Item> items;
    std::vector<std::uint32_t> inputs;  ///< items that stand at a node
    std::vector<std::uint32_t> walking;
    std::vector<std::uint32_t> moved;
  };

  UpWalk(const GraphData& data, FlowNet& net, Buffers& buffers)
      : d_(data), net_(net), b_(buffers) {}
  void gather(Ref root);

 private:
  static constexpr std::uint16_t kUnmade = 4;
  static constexpr std::uint16_t kLabel = 5;
  static constexpr std::uint16_t kTarget = 6;  ///< `made` is the target itself
  static constexpr std::size_t kAhead = 48;
  static constexpr std::size_t kBlock = 1024;  ///< items whose records fit a core's own caches

  void collect();
  void collect_process(std::uint32_t vertex, std::uint32_t process);
  void collect_node(std::uint32_t vertex, Ref node);
  void collect_extra(std::uint32_t vertex, ShareKind kind, Ref node, std::int64_t grams);
  void follow_pairs();
  void follow_block();
  void arrive(std::uint32_t index);
  void link();
  [[nodiscard]] FlowNet::Target target_of(const Item& item);

  const GraphData& d_;
  FlowNet& net_;
  Buffers& b_;
};

/// Copies what lies below a node into the net.
class DownWalk {
 public:
  DownWalk(const GraphData& data, FlowNet& net) : d_(data), net_(net) {}
  void gather(Ref root);

 private:
  void expand_process(std::uint32_t process);
  void expand_node(Ref node);
  [[nodiscard]] FlowNet::Target target_of(Ref ref, std::uint32_t process);

  const GraphData& d_;
  FlowNet& net_;
  std::vector<std::uint32_t> level_;
};

struct Reader::Workspace {
  FlowNet net;
  UpWalk::Buffers up;
  Shares shares;
  std::vector<std::int64_t> grams;
};

/// Rounds what reached the net's terminals into shares.
void fill_shares(const GraphData& data, const FlowNet& net, std::vector<std::int64_t>& grams,
                 Shares& shares);

}  // namespace huan::trace
