// SPDX-License-Identifier: Apache-2.0
// Proofs (RFC 9162, sections 2.1.3 and 2.1.4): that a leaf is in a tree, and that an older tree is
// the beginning of a newer one. Making them needs the hashes of complete subtrees, which a
// NodeSource answers; verifying them needs nothing but the two roots, so that anyone can do it off
// line. Both are pure.
//
//   HUAN_TRY(path, log::inclusion_proof(nodes, {seq - 1, checkpoint.size}));
//   log::verify_inclusion({seq - 1, checkpoint.size}, log::leaf_hash(header), path,
//   checkpoint.root);
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/log/merkle.hpp"

namespace huan::log {

class NodeSource {
 public:
  virtual ~NodeSource() = default;
  /// Root of the complete subtree over the leaves [index << level, (index + 1) << level); nullopt
  /// when it is not kept, which for a subtree inside the tree means a damaged store.
  virtual std::optional<Digest> node(unsigned level, std::uint64_t index) = 0;
};

using Proof = std::vector<Digest>;

struct LeafPosition {
  std::uint64_t index{0};  ///< from 0; of record `seq` it is seq - 1
  std::uint64_t size{0};   ///< of the tree
};

struct TreeSizes {
  std::uint64_t older{0};
  std::uint64_t newer{0};
};

/// not_found when index >= size, store_failed when the source lacks a node.
[[nodiscard]] base::Result<Proof> inclusion_proof(NodeSource& nodes, LeafPosition position);
/// not_found when older > newer. Empty for older 0 (everything begins with nothing) and for equal
/// sizes.
[[nodiscard]] base::Result<Proof> consistency_proof(NodeSource& nodes, TreeSizes sizes);
[[nodiscard]] base::Result<Digest> root_of(NodeSource& nodes, std::uint64_t size);

[[nodiscard]] bool verify_inclusion(LeafPosition position, const Digest& leaf,
                                    std::span<const Digest> proof, const Digest& root);
[[nodiscard]] bool verify_consistency(TreeSizes sizes, const Digest& older_root,
                                      const Digest& newer_root, std::span<const Digest> proof);

}  // namespace huan::log
