// SPDX-License-Identifier: Apache-2.0
// A disk that loses power, fills up and fails to sync, below SQLite. Files really are written, in a
// folder of the test; beside them the disk keeps what a power cut could not take: what was synced.
// At the cut, of everything written since, a random part of the sectors is there, some of them
// torn, in any order; a file whose removal was not synced may be back. A sync that failed makes no
// promise, and a later one makes none for it.
//
//   FaultDisk disk(seed);
//   disk.cut_at(120);                     the 120th change of a file is the last
//   … run on store_sqlite::Options{.vfs = disk.vfs()} until Failure …
//   disk.leave(folder);                   what the next start finds
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace huan::faults {

class FaultDisk {
 public:
  /// One at a time: it is the disk of the file layer vfs() while it lives.
  explicit FaultDisk(std::uint64_t seed);
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;
  ~FaultDisk();

  [[nodiscard]] static const char* vfs();
  [[nodiscard]] std::uint64_t changes() const { return changes_; }  ///< writes, syncs, … so far

  void cut_at(std::uint64_t change) { cut_at_ = change; }
  void full_at(std::uint64_t change, std::uint64_t times) { full_ = {change, change + times}; }
  void unsynced_at(std::uint64_t change, std::uint64_t times) {
    unsynced_ = {change, change + times};
  }
  /// The power goes now, unless it is gone.
  void cut();
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  /// Writes into `folder` the files that the cut left, under their own names.
  void leave(const std::string& folder) const;

  // Called by the file layer. A code other than SQLITE_OK is the fault.
  int before_write(const std::string& path, sqlite3_int64 offset, const void* data, int size);
  int before_truncate(const std::string& path, sqlite3_int64 size);
  int before_sync(const std::string& path);
  int before_remove(const std::string& path, bool synced);

 private:
  struct Change {
    std::size_t offset{0};
    std::string bytes;
    bool truncates{false};
    bool doubtful{false};  ///< a sync of it failed
  };
  struct File {
    std::string synced;
    bool exists{false};  ///< surely: its name was synced too
    std::vector<Change> since;
    std::optional<std::string> removed;  ///< under the same name before; may come back
  };
  struct Span {
    std::uint64_t from{0};
    std::uint64_t to{0};
    [[nodiscard]] bool holds(std::uint64_t at) const { return from <= at && at < to; }
  };

  bool step();  ///< counts a change; false once the power is gone
  bool chance(double probability);
  static void apply(std::string& bytes, const Change& change);
  void apply_some(std::string& bytes, const Change& change, double kept);

  std::mt19937_64 random_;
  std::map<std::string, File> files_;
  std::map<std::string, std::string> left_;
  std::uint64_t changes_{0};
  std::uint64_t cut_at_{0};
  Span full_;
  Span unsynced_;
  bool is_cut_{false};
};

}  // namespace huan::faults
