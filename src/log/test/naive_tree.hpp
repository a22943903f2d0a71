// SPDX-License-Identifier: Apache-2.0
// RFC 9162, section 2.1, word by word over all leaves: slow, and obviously what the standard says.
#pragma once

#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "huan/log/merkle.hpp"
#include "huan/log/proof.hpp"

namespace huan::log {

using Leaves = std::vector<Digest>;

inline Leaves some_leaves(std::size_t count) {
  Leaves leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(leaf_hash("record " + std::to_string(i)));
  }
  return leaves;
}

inline Leaves slice(const Leaves& leaves, std::size_t from, std::size_t to) {
  return {leaves.begin() + static_cast<std::ptrdiff_t>(from),
          leaves.begin() + static_cast<std::ptrdiff_t>(to)};
}

inline std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) {
    k *= 2;
  }
  return k;
}

inline Digest naive_root(const Leaves& d) {  // MTH
  if (d.empty()) {
    return empty_root();
  }
  if (d.size() == 1) {
    return d.front();
  }
  const std::size_t k = largest_power_below(d.size());
  return node_hash(naive_root(slice(d, 0, k)), naive_root(slice(d, k, d.size())));
}

inline Proof naive_inclusion(std::size_t m, const Leaves& d) {  // PATH
  if (d.size() == 1) {
    return {};
  }
  const std::size_t k = largest_power_below(d.size());
  const bool left = m < k;
  Proof path =
      left ? naive_inclusion(m, slice(d, 0, k)) : naive_inclusion(m - k, slice(d, k, d.size()));
  path.push_back(naive_root(left ? slice(d, k, d.size()) : slice(d, 0, k)));
  return path;
}

inline Proof naive_subproof(std::size_t m, const Leaves& d, bool known) {  // SUBPROOF
  if (m == d.size()) {
    return known ? Proof{} : Proof{naive_root(d)};
  }
  const std::size_t k = largest_power_below(d.size());
  const bool left = m <= k;
  Proof proof = left ? naive_subproof(m, slice(d, 0, k), known)
                     : naive_subproof(m - k, slice(d, k, d.size()), false);
  proof.push_back(naive_root(left ? slice(d, k, d.size()) : slice(d, 0, k)));
  return proof;
}

/// Nodes computed from the leaves on each question.
class NaiveNodes final : public NodeSource {
 public:
  explicit NaiveNodes(const Leaves& leaves) : leaves_(leaves) {}
  std::optional<Digest> node(unsigned level, std::uint64_t index) override {
    const std::size_t from = static_cast<std::size_t>(index) << level;
    const std::size_t to = from + (std::size_t{1} << level);
    return to > leaves_.size() ? std::nullopt : std::optional(naive_root(slice(leaves_, from, to)));
  }

 private:
  const Leaves& leaves_;
};

}  // namespace huan::log
