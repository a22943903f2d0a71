// SPDX-License-Identifier: Apache-2.0
// Copies the write-ahead log back into the file beside the writer, so that no commit waits for it.
// A log that never rests cannot start over: past twice its length the writer copies what is left
// itself, which is little, and the next transaction begins the log anew.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "connection.hpp"

namespace huan::store_sqlite {

class Checkpointer {
 public:
  /// Watches the commits of `writer`, and has to end before it.
  Checkpointer(const Options& options, Connection& writer);
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer();

 private:
  static int on_commit(void* self, sqlite3* writer, const char* database, int pages);
  void run();

  const int pages_;
  const bool beside_;
  int next_{0};  ///< pages at which to copy again; the writer's
  Connection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_{false};
  bool ending_{false};
  std::thread thread_;
};

}  // namespace huan::store_sqlite
