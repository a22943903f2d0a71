// SPDX-License-Identifier: Apache-2.0
// The one writer: its connection, its lock among processes, and its turn among threads.
#pragma once

#include <condition_variable>
#include <mutex>

#include "connection.hpp"
#include "pending.hpp"
#include "reading.hpp"

namespace huan::store_sqlite {

/// Held as long as the store is open for writing; the system frees it when the process ends.
class ProcessLock {
 public:
  explicit ProcessLock(const std::string& path);  ///< throws store_busy
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;
  ~ProcessLock();

 private:
  int file_;
};

/// One transaction at a time; a transaction may end on another thread than it began on.
class Turn {
 public:
  void take();
  void give_back();

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_{false};
};

struct Writer {
  explicit Writer(const Options& options) : connection(options), pending(connection) {}

  Connection connection;
  Pending pending;
  Turn turn;
};

/// Takes the turn; throws store_busy or store_failed.
[[nodiscard]] std::unique_ptr<store::Transaction> begin(Writer& writer, store::City city);
/// Of a transaction that begin() gave.
[[nodiscard]] Connection& connection_of(store::Transaction& transaction);

}  // namespace huan::store_sqlite
