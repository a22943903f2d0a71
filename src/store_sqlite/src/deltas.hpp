// SPDX-License-Identifier: Apache-2.0
// Sums gathered in memory within a transaction and written once: an account or a roll-up that a
// hundred events touch costs one row change. Follows the transaction's savepoint.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/base/text_map.hpp"

namespace huan::store_sqlite {

using base::TextMap;

template <class Value>
class Deltas {
 public:
  void add(std::string_view key, const Value& delta) {
    auto& map = saved_ ? inner_ : outer_;
    const auto found = map.find(key);
    if (found != map.end()) {
      found->second += delta;
    } else {
      map.emplace(std::string(key), delta);
    }
  }

  /// What is gathered for the key and not yet written.
  [[nodiscard]] Value pending(std::string_view key) const {
    Value sum{};
    for (const auto* map : {&outer_, &inner_}) {
      const auto found = map->find(key);
      if (found != map->end()) {
        sum += found->second;
      }
    }
    return sum;
  }

  template <class Write>
  void flush(const Write& write) {
    // In key order, which is the tables': neighbours are found where the last one was.
    order_.clear();
    for (const auto* map : {&outer_, &inner_}) {
      for (const auto& node : *map) {
        order_.push_back(&node);
      }
    }
    std::sort(order_.begin(), order_.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (const auto* node : order_) {
      write(node->first, node->second);
    }
    if (saved_) {
      // A rollback takes these writes back too; then they are pending again.
      merge(written_since_savepoint_, outer_);
    }
    outer_.clear();
    inner_.clear();
  }

  void savepoint() { saved_ = true; }
  void release() {
    outer_.merge(inner_);  // the nodes themselves; what stays behind is in both
    merge(outer_, inner_);
    end();
  }
  void rollback_to() {
    merge(outer_, written_since_savepoint_);
    end();
  }
  void clear() {
    outer_.clear();
    end();
  }

 private:
  static void merge(TextMap<Value>& into, const TextMap<Value>& from) {
    for (const auto& [key, value] : from) {
      into[key] += value;
    }
  }
  void end() {
    inner_.clear();
    written_since_savepoint_.clear();
    saved_ = false;
  }

  TextMap<Value> outer_;                    ///< since before the savepoint
  TextMap<Value> inner_;                    ///< since the savepoint
  TextMap<Value> written_since_savepoint_;  ///< of outer_
  std::vector<const typename TextMap<Value>::value_type*> order_;
  bool saved_{false};
};

}  // namespace huan::store_sqlite
