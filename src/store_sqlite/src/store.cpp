// SPDX-License-Identifier: Apache-2.0
#include "huan/store_sqlite/store.hpp"

#include <filesystem>
#include <optional>

#include "checkpointer.hpp"
#include "schema.hpp"
#include "writer.hpp"

namespace huan::store_sqlite {

namespace {

constexpr std::size_t kReadersKept = 16;
// EXTRA is FULL, and also syncs the folder when the journal of the very first transactions is
// removed: without that a power cut may bring it back, and the next start would undo by it.
// Pages of 8 KiB cost less a row than SQLite's 4 (measured: a tenth). The log of about 64 MB is
// long enough that hot pages are copied back once for many commits; the pages of a commit and of
// the indexes it falls into fit in 128 MiB.
constexpr const char* kWriterPragmas =
    "PRAGMA page_size = 8192; PRAGMA synchronous = EXTRA; PRAGMA journal_mode = WAL; "
    "PRAGMA journal_size_limit = 268435456; PRAGMA cache_size = -131072; PRAGMA temp_store = "
    "MEMORY";
constexpr const char* kReaderPragmas =
    "PRAGMA query_only = 1; PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -8192; "
    "PRAGMA temp_store = MEMORY";
constexpr int kBackupPages = 512;

const Query kBeginReading{"BEGIN"};
const Query kPin{"SELECT 1 FROM cities LIMIT 1"};
const Query kEndReading{"COMMIT"};

/// Reading connections that wait for their next use.
class Readers {
 public:
  explicit Readers(Options options) : options_(std::move(options)) {}

  std::unique_ptr<Connection> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto connection = std::move(free_.back());
        free_.pop_back();
        return connection;
      }
    }
    auto connection = std::make_unique<Connection>(options_);
    connection->execute(kReaderPragmas);
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (free_.size() < kReadersKept) {
      free_.push_back(std::move(connection));
    }
  }

 private:
  Options options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> free_;
};

class Snapshot final : public SqliteReading {
 public:
  Snapshot(Readers& readers, std::unique_ptr<Connection> connection)
      : SqliteReading(*connection, nullptr), readers_(readers), owned_(std::move(connection)) {
    owned_->use(kBeginReading).run();
    owned_->use(kPin).run();  // BEGIN alone does not choose the commit that is seen
  }
  ~Snapshot() override {
    try {
      owned_->use(kEndReading).run();
      readers_.give_back(std::move(owned_));
    } catch (const store::Failure&) {
      owned_.reset();  // a connection in doubt is not used again
    }
  }

 private:
  Readers& readers_;
  std::unique_ptr<Connection> owned_;
};

class SqliteStore final : public store::Store {
 public:
  explicit SqliteStore(const Options& options) : options_(options), readers_(reader(options)) {
    if (options.access == Access::write) {
      lock_.emplace(options.path + "-lock");
      writer_.emplace(options);
      check_identity(writer_->connection);
      writer_->connection.execute(kWriterPragmas);
      migrate(writer_->connection);
      checkpointer_.emplace(reader(options), writer_->connection);
      return;
    }
    auto connection = readers_.take();
    check_identity(*connection);
    if (version(*connection) < version_of_program()) {
      throw store::Failure(base::ErrorCode::store_failed,
                           "the store is of an older version; open it for writing once");
    }
    readers_.give_back(std::move(connection));
  }

  std::unique_ptr<store::Transaction> begin(store::City city) override {
    if (!writer_) {
      throw store::Failure(base::ErrorCode::store_failed, "the store is open for reading only");
    }
    return store_sqlite::begin(*writer_, city);
  }

  std::unique_ptr<store::Reading> snapshot() override {
    return std::make_unique<Snapshot>(readers_, readers_.take());
  }

  [[nodiscard]] store::Capabilities capabilities() const override {
    return {.adapter = "sqlite", .durable = true, .many_writers = false};
  }

  bool backup(const std::string& path, const store::BackupProgress& progress) override;

 private:
  static Options reader(Options options) {
    options.create = false;
    return options;
  }

  Options options_;
  std::optional<ProcessLock> lock_;
  Readers readers_;
  std::optional<Writer> writer_;
  std::optional<Checkpointer> checkpointer_;
};

/// Copies under one snapshot of the source, so that it never starts again while writers go on.
bool copy_all(Connection& from, Connection& to, const store::BackupProgress& progress) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) {
    fail(to.handle(), sqlite3_extended_errcode(to.handle()), "backup");
  }
  int code = SQLITE_OK;
  bool wanted = true;
  while (wanted && code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, kBackupPages);
    const std::int64_t all = sqlite3_backup_pagecount(backup);
    wanted = !progress || progress(all - sqlite3_backup_remaining(backup), all);
  }
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK && code != SQLITE_DONE) {
    fail(to.handle(), finished, "backup");
  }
  return code == SQLITE_DONE;
}

bool SqliteStore::backup(const std::string& path, const store::BackupProgress& progress) {
  const std::string unfinished = path + ".part";
  std::filesystem::remove(unfinished);
  bool done = false;
  try {
    auto from = readers_.take();
    from->use(kBeginReading).run();
    from->use(kPin).run();
    {
      Connection to({.path = unfinished, .access = Access::write, .create = true, .vfs = {}});
      done = copy_all(*from, to, progress);
    }
    from->use(kEndReading).run();
    readers_.give_back(std::move(from));
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    throw;
  }
  std::error_code error;
  if (done) {
    std::filesystem::rename(unfinished, path, error);
  } else {
    std::filesystem::remove(unfinished, error);
  }
  if (error) {
    throw store::Failure(base::ErrorCode::store_failed, "backup " + path + ": " + error.message());
  }
  return done;
}

}  // namespace

std::unique_ptr<store::Store> open(const Options& options) {
  // Counting what it allocates costs SQLite a lock a call. Refused, harmlessly, where the program
  // used SQLite before.
  static const int kConfigured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)kConfigured;
  std::error_code error;
  if (!options.create && !std::filesystem::exists(options.path, error)) {
    throw store::Failure(base::ErrorCode::store_missing, options.path + " does not exist");
  }
  return std::make_unique<SqliteStore>(options);
}

}  // namespace huan::store_sqlite
