// SPDX-License-Identifier: Apache-2.0
// What a Reader keeps from question to question, and the two walks that fill it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "data.hpp"
#include "flow_net.hpp"

namespace huan::trace {

/// Copies what lies above a node into the net.
class UpWalk {
 public:
  UpWalk(const GraphData& data, FlowNet& net) : d_(data), net_(net) {}
  void gather(Ref root);

 private:
  struct Item {
    Ref ref;             ///< where the pairs have led so far
    std::uint32_t leg;   ///< in-leg that took from it
    std::int64_t grams;  ///< of the edge
    bool alone;          ///< nothing else took from what lies on the way
    bool settled;
  };
  static constexpr std::size_t kBatch = 64;

  void expand_process(std::uint32_t process);
  void expand_node(Ref node);
  void follow_pairs(std::size_t count);
  [[nodiscard]] FlowNet::Target target_of(const Item& item);
  [[nodiscard]] FlowNet::Target rooted(Ref node, std::uint32_t process, bool alone);
  [[nodiscard]] bool takes_alone(const Node& node, std::uint32_t leg) const {
    return node.uses == leg && d_.in_legs[leg].next == kUnset;
  }

  const GraphData& d_;
  FlowNet& net_;
  std::array<Item, kBatch> items_{};
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
};

struct Reader::Workspace {
  FlowNet net;
  Shares shares;
  std::vector<std::int64_t> grams;
};

/// Rounds what reached the net's terminals into shares.
void fill_shares(const GraphData& data, const FlowNet& net, std::vector<std::int64_t>& grams,
                 Shares& shares);

}  // namespace huan::trace
