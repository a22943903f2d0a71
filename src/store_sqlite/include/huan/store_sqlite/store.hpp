// SPDX-License-Identifier: Apache-2.0
// A city's store in one SQLite file: write-ahead log, synced at each commit (it is on disk when it
// returns), one writing process (a lock on `<path>-lock`), any number of reading ones. Opening for
// writing brings an older file forward; an older program refuses a newer file.
//
//   auto store = store_sqlite::open({.path = "data/huan.db"});
#pragma once

#include <memory>
#include <string>

#include "huan/store/store.hpp"

namespace huan::store_sqlite {

enum class Access : std::uint8_t { read, write };

struct Options {
  std::string path;
  Access access{Access::write};
  bool create{false};  ///< make the file if there is none (its folder must exist)
  std::string vfs{};   ///< SQLite's name of the file layer; empty: the system's own
  /// Pages in the write-ahead log from which they are copied back: more cost less, and make a start
  /// after a crash longer.
  int checkpoint_pages{8000};
  bool checkpoint_beside{true};  ///< on a thread of its own; false: within a commit
};

/// Throws store::Failure: store_missing, store_busy (another process writes), store_failed.
[[nodiscard]] std::unique_ptr<store::Store> open(const Options& options);

}  // namespace huan::store_sqlite
