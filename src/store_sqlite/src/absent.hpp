// SPDX-License-Identifier: Apache-2.0
// Absent: stretches of keys under which a table holds nothing. Who asks for a key that is not there
// learns from the same look-up which one stands next, and nothing stands between. New keys mostly
// rise, as ids that begin with the time do: one answer then serves thousands of questions.
//
// It knows nothing of what is written afterwards: whoever writes remembers that, or clears it.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace huan::store_sqlite {

class Absent {
 public:
  /// Nothing stands under `key`, nor behind it before `next`; nullopt: to the end.
  void learn(std::string_view key, std::optional<std::string_view> next) {
    if (stretches_.size() >= kStretchesMax) {
      stretches_.clear();  // keys in no order: what is known of them helps nobody
    }
    auto within = stretches_.upper_bound(key);
    while (within != stretches_.end() && (!next || within->first < *next)) {
      within = stretches_.erase(within);
    }
    std::optional<std::string> end;
    if (next) {
      end.emplace(*next);
    }
    stretches_.insert_or_assign(std::string(key), std::move(end));
  }
  [[nodiscard]] bool holds(std::string_view key) const {
    const auto behind = stretches_.upper_bound(key);
    if (behind == stretches_.begin()) {
      return false;
    }
    const auto& end = std::prev(behind)->second;
    return !end || key < *end;
  }
  void clear() { stretches_.clear(); }

 private:
  static constexpr std::size_t kStretchesMax = 8'192;
  std::map<std::string, std::optional<std::string>, std::less<>> stretches_;  ///< by first key
};

}  // namespace huan::store_sqlite
