// SPDX-License-Identifier: Apache-2.0
// A tree of boxes over fixed points in space. Users keep a value for each node beside it (the
// farthest reach of its points, how many of them are open) and prune by it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace huan::siting {

using Spot = std::array<double, 3>;  ///< z is 0 in the plane

[[nodiscard]] inline double squared(const Spot& a, const Spot& b) {
  const double x = a[0] - b[0];
  const double y = a[1] - b[1];
  const double z = a[2] - b[2];
  return x * x + y * y + z * z;
}

class KdTree {
 public:
  struct Node {
    Spot low{};
    Spot high{};
    std::uint32_t begin{0};  ///< in order()
    std::uint32_t end{0};
    std::uint32_t right{0};   ///< 0: a leaf; the left child is the next node
    std::uint32_t parent{0};  ///< of node 0: 0
  };

  KdTree() = default;
  explicit KdTree(const std::vector<Spot>& spots);

  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }
  [[nodiscard]] const std::vector<Spot>& sorted() const { return sorted_; }
  [[nodiscard]] std::uint32_t leaf_of(std::uint32_t point) const { return leaf_[point]; }

  /// Squared distance from a spot to a node's box.
  [[nodiscard]] double away(const Spot& from, std::uint32_t node) const {
    const Node& box = nodes_[node];
    double sum = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double below = box.low[k] - from[k];
      const double above = from[k] - box.high[k];
      const double out = below > 0 ? below : (above > 0 ? above : 0);
      sum += out * out;
    }
    return sum;
  }

  /// Calls `look(point, squared distance)` for the points of every leaf that `enter(node, squared
  /// distance of its box)` lets through.
  template <class Enter, class Look>
  void walk(const Spot& from, const Enter& enter, const Look& look) const {
    std::array<std::uint32_t, 64> stack{};
    std::size_t depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      const std::uint32_t at = stack[--depth];
      if (!enter(at, away(from, at))) {
        continue;
      }
      const Node& node = nodes_[at];
      if (node.right == 0) {
        for (std::uint32_t k = node.begin; k < node.end; ++k) {
          look(order_[k], squared(from, sorted_[k]));
        }
        continue;
      }
      const bool left_first = away(from, at + 1) <= away(from, node.right);
      stack[depth++] = left_first ? node.right : at + 1;
      stack[depth++] = left_first ? at + 1 : node.right;
    }
  }

 private:
  std::uint32_t build(const std::vector<Spot>& spots, std::uint32_t begin, std::uint32_t end,
                      std::uint32_t parent);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> order_;
  std::vector<Spot> sorted_;  ///< by order_
  std::vector<std::uint32_t> leaf_;
};

}  // namespace huan::siting
