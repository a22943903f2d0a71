// SPDX-License-Identifier: Apache-2.0
#include "chunked.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace huan::trace {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;
constexpr std::size_t kFirstSlab = std::size_t{1} << 18U;  // a small graph stays small

}  // namespace

void Slabs::Free::operator()(void* memory) const { std::free(memory); }

void* Slabs::take(std::size_t bytes) {
  if (used_ + bytes > size_) {
    const std::size_t wanted = std::max(size_ == 0 ? kFirstSlab : size_ * 2, bytes);
    size_ = std::min((wanted + kHugePage - 1) / kHugePage * kHugePage, kHugePage);
    if (wanted <= kFirstSlab) {
      size_ = kFirstSlab;
    }
    const bool huge = size_ >= kHugePage;
    void* memory = std::aligned_alloc(huge ? kHugePage : 4096, size_);
    if (memory == nullptr) {
      throw std::bad_alloc{};
    }
#ifdef __linux__
    if (huge) {
      static_cast<void>(madvise(memory, size_, MADV_HUGEPAGE));  // advice: may be refused
    }
#endif
    slabs_.emplace_back(memory);
    used_ = 0;
  }
  void* const at = static_cast<char*>(slabs_.back().get()) + used_;
  used_ += (bytes + 63) / 64 * 64;
  return at;
}

}  // namespace huan::trace
