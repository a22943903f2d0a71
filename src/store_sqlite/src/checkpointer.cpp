// SPDX-License-Identifier: Apache-2.0
#include "checkpointer.hpp"

namespace huan::store_sqlite {

namespace {

void copy_back(sqlite3* db) {
  // What it could not do is done the next time; what is broken shows in the next commit.
  sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

}  // namespace

Checkpointer::Checkpointer(const Options& options, Connection& writer)
    : pages_(options.checkpoint_pages),
      beside_(options.checkpoint_beside),
      next_(options.checkpoint_pages),
      connection_(options) {
  sqlite3_wal_hook(writer.handle(), on_commit, this);
  if (beside_) {
    thread_ = std::thread([this] { run(); });
  }
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
  }
}

int Checkpointer::on_commit(void* self, sqlite3* writer, const char* /*database*/, int pages) {
  auto& own = *static_cast<Checkpointer*>(self);
  if (pages < own.pages_) {
    own.next_ = own.pages_;
    return SQLITE_OK;
  }
  if (!own.beside_ || pages >= 2 * own.pages_) {
    copy_back(writer);
    return SQLITE_OK;
  }
  if (pages >= own.next_) {
    own.next_ = pages + own.pages_ / 4 + 1;
    {
      const std::lock_guard lock(own.mutex_);
      own.wanted_ = true;
    }
    own.wake_.notify_one();
  }
  return SQLITE_OK;
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return wanted_ || ending_; });
    if (ending_) {
      return;
    }
    wanted_ = false;
    lock.unlock();
    copy_back(connection_.handle());
    lock.lock();
  }
}

}  // namespace huan::store_sqlite
