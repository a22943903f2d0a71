// SPDX-License-Identifier: Apache-2.0
#include "huan/app/attempts.hpp"

#include <algorithm>

namespace huan::app {
namespace {

constexpr std::size_t kKeyMax = 80;  // what is typed as a name may be long

std::string key_of(char kind, std::string_view text) {
  return kind + std::string(text.substr(0, kKeyMax));
}

}  // namespace

std::int64_t Attempts::wait_of(const std::string& key, base::Instant now) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) {
    return 0;
  }
  if (found->second.last.s + limits_.forget_s <= now.s) {
    entries_.erase(found);
    return 0;
  }
  return std::max<std::int64_t>(found->second.until.s - now.s, 0);
}

std::int64_t Attempts::wait_s(std::string_view account, std::string_view address,
                              base::Instant now) {
  const std::lock_guard lock(mutex_);
  return std::max(wait_of(key_of('n', account), now), wait_of(key_of('a', address), now));
}

void Attempts::count(const std::string& key, std::int64_t allowed, base::Instant now) {
  if (!entries_.contains(key)) {
    make_room(now);
  }
  auto& entry = entries_[key];
  ++entry.failures;
  entry.last = now;
  if (entry.failures >= allowed) {
    const auto doublings = std::min<std::int64_t>(entry.failures - allowed, 20);
    entry.until.s = now.s + std::min(limits_.wait_s << doublings, limits_.wait_max_s);
  }
}

void Attempts::failed(std::string_view account, std::string_view address, base::Instant now) {
  const std::lock_guard lock(mutex_);
  count(key_of('n', account), limits_.of_account, now);
  count(key_of('a', address), limits_.of_address, now);
}

void Attempts::succeeded(std::string_view account) {
  const std::lock_guard lock(mutex_);
  entries_.erase(key_of('n', account));
}

std::size_t Attempts::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void Attempts::make_room(base::Instant now) {
  if (entries_.size() < limits_.entries_max) {
    return;
  }
  std::erase_if(entries_,
                [&](const auto& one) { return one.second.last.s + limits_.forget_s <= now.s; });
  if (entries_.size() < limits_.entries_max) {
    return;
  }
  entries_.erase(
      std::min_element(entries_.begin(), entries_.end(),
                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
}

}  // namespace huan::app
