// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of a city's log (RFC 9162, section 2.1, with SHA-256): leaves and inner nodes are
// hashed apart, so that neither can pass for the other. A Frontier is all that is needed to go on
// appending: the roots of the complete subtrees at the right edge, one for each bit of the size.
//
//   log::Frontier frontier;
//   frontier.append(log::leaf_hash(header));
//   frontier.root();
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/crypto/digest.hpp"

namespace huan::log {

using crypto::Digest;

[[nodiscard]] Digest leaf_hash(std::string_view bytes);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
[[nodiscard]] Digest empty_root();  ///< of a tree without leaves: SHA-256 of nothing

class Frontier {
 public:
  Frontier() = default;
  /// From serialise(); nullopt if the bytes are not of that form. "" is the empty tree.
  [[nodiscard]] static std::optional<Frontier> parse(std::string_view bytes);
  [[nodiscard]] std::string serialise()
      const;  ///< size (8 bytes, big endian), then the hashes, largest subtree first

  void append(const Digest& leaf) {
    append(leaf, [](unsigned, std::uint64_t, const Digest&) {});
  }
  /// Calls on_node(level, index, hash) for each subtree that this leaf completes, the leaf itself
  /// (level 0) first.
  template <class OnNode>
  void append(const Digest& leaf, OnNode&& on_node) {
    Digest hash = leaf;
    on_node(0U, size_, hash);
    for (unsigned level = 1; level <= static_cast<unsigned>(std::countr_one(size_)); ++level) {
      hash = node_hash(hashes_.back(), hash);
      hashes_.pop_back();
      on_node(level, size_ >> level, hash);
    }
    hashes_.push_back(hash);
    ++size_;
  }

  [[nodiscard]] Digest root() const;
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] const std::vector<Digest>& hashes() const noexcept { return hashes_; }

 private:
  std::uint64_t size_{0};
  std::vector<Digest> hashes_;  // one for each bit of size_, the largest subtree first
};

}  // namespace huan::log
