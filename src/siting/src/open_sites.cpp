// SPDX-License-Identifier: Apache-2.0
#include "open_sites.hpp"

#include <algorithm>

namespace huan::siting {
namespace {

constexpr std::size_t kEnoughListed = 3;  ///< looking at all for more is not worth it
constexpr std::size_t kManyMore = 4;      ///< times the number: the list is likely to hold them

}  // namespace

void OpenSites::add(std::uint32_t candidate) {
  place_[candidate] = static_cast<std::uint32_t>(list_.size());
  list_.push_back(candidate);
}

void OpenSites::remove(std::uint32_t candidate) {
  const std::uint32_t last = list_.back();
  list_[place_[candidate]] = last;
  place_[last] = place_[candidate];
  list_.pop_back();
  place_[candidate] = kNone;
}

void OpenSites::clear() {
  for (const std::uint32_t j : list_) {
    place_[j] = kNone;
  }
  list_.clear();
}

void OpenSites::look(std::uint32_t customer, std::size_t count) {
  found_.clear();
  count = std::min(count, list_.size());
  if (list_.size() > kManyMore * count) {
    for (auto k = near_.start[customer]; k < near_.start[customer + 1]; ++k) {
      const std::uint32_t j = near_.candidates[near_.candidate[k]];
      if (has(j)) {
        found_.emplace_back(near_.distance[k], j);
        if (found_.size() == count) {
          return;
        }
      }
    }
    if (found_.size() >= kEnoughListed) {
      return;
    }
    found_.clear();
  }
  for (const std::uint32_t j : list_) {
    found_.emplace_back(space_.distance(j, customer), j);
  }
  std::partial_sort(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count),
                    found_.end());
  found_.resize(count);
}

}  // namespace huan::siting
