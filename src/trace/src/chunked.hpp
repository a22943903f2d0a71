// SPDX-License-Identifier: Apache-2.0
// A growing array in chunks of 2^kBits elements: nothing moves when it grows, and at most one chunk
// stands empty, where a vector would keep up to half its memory in reserve. The chunks of all
// arrays of a graph lie side by side in slabs that ask the system for huge pages: a question jumps
// about in hundreds of megabytes, and with small pages it would wait for page tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace huan::trace {

class Slabs {
 public:
  /// `bytes` of 64-aligned memory that lives as long as this.
  void* take(std::size_t bytes);
  /// Of the last slab, not yet given out.
  [[nodiscard]] std::size_t spare() const { return size_ - used_; }

 private:
  struct Free {
    void operator()(void* memory) const;
  };
  std::vector<std::unique_ptr<void, Free>> slabs_;
  std::size_t size_{0};  ///< of the last slab
  std::size_t used_{0};
};

template <class T, unsigned kBits = 14>
class Chunked {
 public:
  static constexpr std::size_t kChunk = std::size_t{1} << kBits;

  explicit Chunked(Slabs& slabs) : slabs_(&slabs) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    return chunks_[i >> kBits][i & (kChunk - 1)];
  }
  [[nodiscard]] T& operator[](std::size_t i) { return chunks_[i >> kBits][i & (kChunk - 1)]; }
  void push_back(const T& value) {
    if (size_ == chunks_.size() * kChunk) {
      chunks_.push_back(static_cast<T*>(slabs_->take(kChunk * sizeof(T))));
    }
    (*this)[size_] = value;
    ++size_;
  }
  void prefetch(std::size_t i) const { __builtin_prefetch(&(*this)[i]); }
  [[nodiscard]] std::size_t bytes() const {
    return chunks_.size() * (kChunk * sizeof(T) + sizeof(void*));
  }

 private:
  Slabs* slabs_;
  std::vector<T*> chunks_;
  std::size_t size_{0};
};

}  // namespace huan::trace
