// SPDX-License-Identifier: Apache-2.0
// Open addressing over 32-bit references with an 8-bit print of the hash beside each: five bytes a
// slot, and a look-up that misses seldom touches the thing referred to. What a reference means and
// how its hash is computed again when the table grows is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace huan::trace {

class Slots {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  [[nodiscard]] std::size_t bytes() const { return refs_.capacity() * 4 + prints_.capacity(); }

  /// The first reference of that hash for which `same(ref)` holds, or kNone.
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, Same&& same) const {
    if (refs_.empty()) {
      return kNone;
    }
    for (std::size_t at = home(hash); refs_[at] != kNone; at = next(at)) {
      if (prints_[at] == print(hash) && same(refs_[at])) {
        return refs_[at];
      }
    }
    return kNone;
  }

  template <class HashOf>
  void insert(std::uint64_t hash, std::uint32_t ref, HashOf&& hash_of) {
    if ((used_ + 1) * 5 > refs_.size() * 4) {
      grow(hash_of);
    }
    place(hash, ref);
    ++used_;
  }

 private:
  [[nodiscard]] std::size_t home(std::uint64_t hash) const {
    return static_cast<std::size_t>(((hash >> 32U) * refs_.size()) >> 32U);
  }
  [[nodiscard]] static std::uint8_t print(std::uint64_t hash) {
    return static_cast<std::uint8_t>(hash & 0xFFU);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const {
    return at + 1 == refs_.size() ? 0 : at + 1;
  }
  void place(std::uint64_t hash, std::uint32_t ref) {
    std::size_t at = home(hash);
    while (refs_[at] != kNone) {
      at = next(at);
    }
    refs_[at] = ref;
    prints_[at] = print(hash);
  }
  template <class HashOf>
  void grow(HashOf&& hash_of) {
    const std::size_t size = refs_.empty() ? 16 : refs_.size() + refs_.size() / 3;
    std::vector<std::uint32_t> old(size, kNone);
    refs_.swap(old);
    prints_ = std::vector<std::uint8_t>(size, 0);
    for (const std::uint32_t ref : old) {
      if (ref != kNone) {
        place(hash_of(ref), ref);
      }
    }
  }

  std::vector<std::uint32_t> refs_;
  std::vector<std::uint8_t> prints_;
  std::size_t used_{0};
};

/// Keyed 64-bit hash: the key keeps senders from choosing lot ids that collide.
[[nodiscard]] std::uint64_t hash_bytes(const char* data, std::size_t size, std::uint64_t key);
[[nodiscard]] std::uint64_t hash_pair(std::uint32_t a, std::uint32_t b, std::uint64_t key);

}  // namespace huan::trace
