// SPDX-License-Identifier: Apache-2.0
#include "huan/log/proof.hpp"

#include <algorithm>
#include <bit>

namespace huan::log {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

/// k of the standard: the largest power of two smaller than size.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

/// Root over the leaves [start, start + size); start is a multiple of the next power of two.
/// Recursion is at most 64 deep.
Result<Digest> range_root(NodeSource& nodes, std::uint64_t start, std::uint64_t size) {
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    const std::optional<Digest> hash = nodes.node(level, start >> level);
    if (!hash.has_value()) {
      return Error{
          ErrorCode::store_failed, "",
          "the log lacks node " + std::to_string(level) + "/" + std::to_string(start >> level)};
    }
    return *hash;
  }
  const std::uint64_t k = split_of(size);
  HUAN_TRY(left, range_root(nodes, start, k));
  HUAN_TRY(right, range_root(nodes, start + k, size - k));
  return node_hash(left, right);
}

}  // namespace

Result<Digest> root_of(NodeSource& nodes, std::uint64_t size) {
  return size == 0 ? Result<Digest>(empty_root()) : range_root(nodes, 0, size);
}

Result<Proof> inclusion_proof(NodeSource& nodes, LeafPosition position) {
  if (position.index >= position.size) {
    return Error{ErrorCode::not_found, "", "no such leaf in a log of that size"};
  }
  Proof proof;
  std::uint64_t start = 0;
  std::uint64_t size = position.size;
  while (size > 1) {  // from the root down: the sibling of each subtree on the way
    const std::uint64_t k = split_of(size);
    const bool left = position.index - start < k;
    HUAN_TRY(sibling, left ? range_root(nodes, start + k, size - k) : range_root(nodes, start, k));
    proof.push_back(sibling);
    start += left ? 0 : k;
    size = left ? k : size - k;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<Proof> consistency_proof(NodeSource& nodes, TreeSizes sizes) {
  if (sizes.older > sizes.newer) {
    return Error{ErrorCode::not_found, "", "the log is not yet that large"};
  }
  Proof proof;
  if (sizes.older == 0 || sizes.older == sizes.newer) {
    return proof;
  }
  // SUBPROOF of the standard, from the root down: m of the older tree's leaves are in the subtree
  // at `start`.
  std::uint64_t start = 0;
  std::uint64_t m = sizes.older;
  std::uint64_t size = sizes.newer;
  while (m != size) {
    const std::uint64_t k = split_of(size);
    const bool left = m <= k;
    HUAN_TRY(sibling, left ? range_root(nodes, start + k, size - k) : range_root(nodes, start, k));
    proof.push_back(sibling);
    start += left ? 0 : k;
    m -= left ? 0 : k;
    size = left ? k : size - k;
  }
  if (start != 0) {  // else the subtree is the older tree itself, whose root the verifier has
    HUAN_TRY(last, range_root(nodes, start, size));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// RFC 9162, section 2.1.3.2.
bool verify_inclusion(LeafPosition position, const Digest& leaf, std::span<const Digest> proof,
                      const Digest& root) {
  if (position.index >= position.size) {
    return false;
  }
  std::uint64_t fn = position.index;
  std::uint64_t sn = position.size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (sn == 0) {
      return false;
    }
    if ((fn & 1U) != 0 || fn == sn) {
      hash = node_hash(sibling, hash);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && hash == root;
}

// RFC 9162, section 2.1.4.2.
bool verify_consistency(TreeSizes sizes, const Digest& older_root, const Digest& newer_root,
                        std::span<const Digest> proof) {
  if (sizes.older > sizes.newer) {
    return false;
  }
  if (sizes.older == 0) {
    return proof.empty() && older_root == empty_root();
  }
  if (sizes.older == sizes.newer) {
    return proof.empty() && older_root == newer_root;
  }
  const bool whole =
      std::has_single_bit(sizes.older);  // then the older root is itself the first node of the path
  if (!whole && proof.empty()) {
    return false;
  }
  std::uint64_t fn = sizes.older - 1;
  std::uint64_t sn = sizes.newer - 1;
  const int shared = std::countr_one(fn);
  fn >>= static_cast<unsigned>(shared);
  sn >>= static_cast<unsigned>(shared);
  Digest fr = whole ? older_root : proof.front();
  Digest sr = fr;
  for (const Digest& node : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) {
      return false;
    }
    if ((fn & 1U) != 0 || fn == sn) {
      fr = node_hash(node, fr);
      sr = node_hash(node, sr);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = node_hash(sr, node);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && fr == older_root && sr == newer_root;
}

}  // namespace huan::log
