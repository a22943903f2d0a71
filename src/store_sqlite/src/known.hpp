// SPDX-License-Identifier: Apache-2.0
// Rows that the one writer knows, by key: what it read or wrote last, and what it has changed and
// not yet written. Follows the transaction's savepoint.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace huan::store_sqlite {

/// Not noexcept: libstdc++ then keeps each key's hash beside it, and neither a look-up nor growth
/// computes those of its neighbours, which are long.
struct KeyHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};
template <class Value>
using KeyMap = std::unordered_map<std::string, Value, KeyHash, std::equal_to<>>;

/// Entry: what stands under a key, with its members `bool dirty` and `std::uint64_t saved_in`.
template <class Entry>
class Known {
 public:
  using Map = KeyMap<Entry>;
  using Node = typename Map::value_type;  ///< does not move

  [[nodiscard]] Node* find(std::string_view key) {
    const auto found = map_.find(key);
    return found == map_.end() ? nullptr : &*found;
  }
  Node& add(std::string_view key, Entry entry) {
    return *map_.emplace(std::string(key), std::move(entry)).first;
  }
  [[nodiscard]] std::size_t size() const { return map_.size(); }
  [[nodiscard]] const std::vector<Node*>& dirty() const { return dirty_; }

  /// The entry, about to be changed.
  Entry& change(Node& node) {
    save(node);
    if (!node.second.dirty) {
      node.second.dirty = true;
      dirty_.push_back(&node);
    }
    return node.second;
  }

  /// write(key, entry) for all that was changed, in the order of the keys, which is the tables':
  /// neighbours are found where the last one was. A rollback makes it pending again.
  template <class Write>
  void flush(const Write& write) {
    std::sort(dirty_.begin(), dirty_.end(),
              [](const Node* a, const Node* b) { return a->first < b->first; });
    for (Node* node : dirty_) {
      save(*node);
      write(node->first, node->second);
      node->second.dirty = false;
    }
    dirty_.clear();
  }

  void savepoint() { savepoint_ = ++savepoints_; }
  void release() {
    undo_.clear();
    savepoint_ = 0;
  }
  /// Copies are as the entries were at the savepoint, unwritten changes included; those go back on
  /// the list. Entries without a copy were neither changed nor written since.
  void rollback_to() {
    for (auto& [node, before] : undo_) {
      node->second = std::move(before);
      dirty_.push_back(node);
    }
    release();
    std::sort(dirty_.begin(), dirty_.end());
    dirty_.erase(std::unique(dirty_.begin(), dirty_.end()), dirty_.end());
    std::erase_if(dirty_, [](const Node* node) { return !node->second.dirty; });
  }
  /// Forgets what is known when it is too much, and says so; there is nothing unwritten.
  bool limit(std::size_t entries) {
    const bool much = map_.size() > entries;
    if (much) {
      clear();
    }
    return much;
  }
  void clear() {
    release();
    dirty_.clear();
    map_.clear();
  }

 private:
  void save(Node& node) {
    if (savepoint_ != 0 && node.second.saved_in != savepoint_) {
      undo_.emplace_back(&node, node.second);
      node.second.saved_in = savepoint_;
    }
  }

  Map map_;
  std::vector<Node*> dirty_;
  std::vector<std::pair<Node*, Entry>> undo_;
  std::uint64_t savepoint_{0};  ///< number of the open one, 0: none
  std::uint64_t savepoints_{0};
};

}  // namespace huan::store_sqlite
