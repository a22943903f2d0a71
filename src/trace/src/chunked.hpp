// SPDX-License-Identifier: Apache-2.0
// A growing array in chunks of 2^kBits elements: nothing moves when it grows, and at most one chunk
// stands empty, where a vector would keep up to half its memory in reserve.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace huan::trace {

template <class T, unsigned kBits = 14>
class Chunked {
 public:
  static constexpr std::size_t kChunk = std::size_t{1} << kBits;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    return chunks_[i >> kBits][i & (kChunk - 1)];
  }
  [[nodiscard]] T& operator[](std::size_t i) { return chunks_[i >> kBits][i & (kChunk - 1)]; }
  void push_back(const T& value) {
    if (size_ == chunks_.size() * kChunk) {
      chunks_.push_back(std::make_unique_for_overwrite<T[]>(kChunk));
    }
    (*this)[size_] = value;
    ++size_;
  }
  void prefetch(std::size_t i) const { __builtin_prefetch(&(*this)[i]); }
  [[nodiscard]] std::size_t bytes() const {
    return chunks_.size() * (kChunk * sizeof(T) + sizeof(void*));
  }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_{0};
};

}  // namespace huan::trace
