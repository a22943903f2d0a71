// SPDX-License-Identifier: Apache-2.0
#include "kd_tree.hpp"

#include <algorithm>
#include <numeric>

namespace huan::siting {
namespace {

constexpr std::uint32_t kLeaf = 12;

}  // namespace

KdTree::KdTree(const std::vector<Spot>& spots)
    : order_(spots.size()), sorted_(spots.size()), leaf_(spots.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  nodes_.reserve(spots.size() / 4 + 2);
  build(spots, 0, static_cast<std::uint32_t>(spots.size()), 0);
  for (std::size_t k = 0; k < order_.size(); ++k) {
    sorted_[k] = spots[order_[k]];
  }
}

// Halves by count, so that the depth stays under 32 for every arrangement of points.
std::uint32_t KdTree::build(const std::vector<Spot>& spots, std::uint32_t begin, std::uint32_t end,
                            std::uint32_t parent) {
  const auto at = static_cast<std::uint32_t>(nodes_.size());
  Node node;
  node.begin = begin;
  node.end = end;
  node.parent = parent;
  if (begin < end) {
    node.low = node.high = spots[order_[begin]];
  }
  for (std::uint32_t k = begin; k < end; ++k) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      node.low[axis] = std::min(node.low[axis], spots[order_[k]][axis]);
      node.high[axis] = std::max(node.high[axis], spots[order_[k]][axis]);
    }
  }
  nodes_.push_back(node);
  if (end - begin <= kLeaf) {
    for (std::uint32_t k = begin; k < end; ++k) {
      leaf_[order_[k]] = at;
    }
    return at;
  }
  std::size_t axis = 0;
  for (std::size_t k = 1; k < 3; ++k) {
    if (node.high[k] - node.low[k] > node.high[axis] - node.low[axis]) {
      axis = k;
    }
  }
  const std::uint32_t middle = begin + (end - begin) / 2;
  std::nth_element(order_.begin() + begin, order_.begin() + middle, order_.begin() + end,
                   [&](std::uint32_t a, std::uint32_t b) {
                     return spots[a][axis] != spots[b][axis] ? spots[a][axis] < spots[b][axis]
                                                             : a < b;
                   });
  build(spots, begin, middle, at);
  const std::uint32_t right = build(spots, middle, end, at);
  nodes_[at].right = right;
  return at;
}

}  // namespace huan::siting
