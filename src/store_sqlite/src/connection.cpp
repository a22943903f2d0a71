// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include <cstring>
#include <limits>
#include <utility>

namespace huan::store_sqlite {

namespace {

std::size_t next_query_index() {
  static std::size_t next = 0;
  return next++;
}

constexpr int kBusyTimeoutMs = 5000;

}  // namespace

void fail(sqlite3* db, int code, std::string_view doing) {
  const int primary = code & 0xff;
  const auto kind = primary == SQLITE_BUSY || primary == SQLITE_LOCKED
                        ? base::ErrorCode::store_busy
                        : base::ErrorCode::store_failed;
  std::string what(doing);
  what += ": ";
  what += db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  what += " (" + std::to_string(code) + ")";
  throw store::Failure(kind, what);
}

Query::Query(const char* sql) : sql_(sql), index_(next_query_index()) {}

Cursor::Cursor(sqlite3* db, sqlite3_stmt* statement, bool* busy)
    : db_(db), statement_(statement), busy_(busy) {}

Cursor::Cursor(Cursor&& other) noexcept
    : db_(other.db_),
      statement_(std::exchange(other.statement_, nullptr)),
      busy_(std::exchange(other.busy_, nullptr)),
      next_(other.next_) {}

Cursor::~Cursor() {
  if (statement_ == nullptr) {
    return;
  }
  if (busy_ == nullptr) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  *busy_ = false;
}

void Cursor::check(int code) const {
  if (code != SQLITE_OK) {
    fail(db_, code, sqlite3_sql(statement_));
  }
}

Cursor& Cursor::bind(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, next_++, value));
  return *this;
}

Cursor& Cursor::bind(std::uint64_t value) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return bind(static_cast<std::int64_t>(value < kMax ? value : kMax));
}

Cursor& Cursor::bind(std::string_view text) {
  // A null pointer would bind NULL, which is not the empty text.
  const char* data = text.data() != nullptr ? text.data() : "";
  check(sqlite3_bind_text64(statement_, next_++, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Cursor& Cursor::bind_blob(std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  check(sqlite3_bind_blob64(statement_, next_++, data, bytes.size(), SQLITE_STATIC));
  return *this;
}

Cursor& Cursor::bind(const base::Uuid& id) {
  check(sqlite3_bind_blob64(statement_, next_++, id.bytes().data(), id.bytes().size(),
                            SQLITE_STATIC));
  return *this;
}

Cursor& Cursor::bind(const store::Digest& digest) {
  check(sqlite3_bind_blob64(statement_, next_++, digest.data(), digest.size(), SQLITE_STATIC));
  return *this;
}

Cursor& Cursor::bind_null() {
  check(sqlite3_bind_null(statement_, next_++));
  return *this;
}

bool Cursor::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

bool Cursor::row() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    fail(db_, sqlite3_extended_errcode(db_), sqlite3_sql(statement_));
  }
  return false;
}

std::int64_t Cursor::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::uint64_t Cursor::seq(int column) const { return static_cast<std::uint64_t>(integer(column)); }

std::string_view Cursor::text(int column) const {
  // As a blob: the same bytes, without the copy that a terminating NUL may need.
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string_view()
                         : std::string_view(data, static_cast<std::size_t>(size));
}

base::Uuid Cursor::uuid(int column) const {
  std::array<std::uint8_t, 16> bytes{};
  const auto stored = text(column);
  if (stored.size() == bytes.size()) {
    std::memcpy(bytes.data(), stored.data(), bytes.size());
  }
  return base::Uuid(bytes);
}

store::Digest Cursor::digest(int column) const {
  store::Digest digest{};
  const auto stored = text(column);
  if (stored.size() == digest.size()) {
    std::memcpy(digest.data(), stored.data(), digest.size());
  }
  return digest;
}

base::Day Cursor::day(int column) const { return {static_cast<std::int32_t>(integer(column))}; }

Connection::Connection(const Options& options) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  // A reader also needs to write: its marks in the shared index of the write-ahead log.
  flags |= SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
  const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  const int code = sqlite3_open_v2(options.path.c_str(), &db_, flags, vfs);
  if (code != SQLITE_OK) {
    const std::string why = db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
    sqlite3_close(db_);
    throw store::Failure(base::ErrorCode::store_failed, "opening " + options.path + ": " + why);
  }
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
}

Connection::~Connection() {
  for (auto& kept : kept_) {
    if (kept) {
      sqlite3_finalize(kept->statement);
    }
  }
  sqlite3_close(db_);
}

sqlite3_stmt* Connection::compile(const char* sql, unsigned flags) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql, -1, flags, &statement, nullptr);
  if (code != SQLITE_OK) {
    fail(db_, code, sql);
  }
  return statement;
}

Cursor Connection::use(const Query& query) {
  if (kept_.size() <= query.index()) {
    kept_.resize(query.index() + 1);
  }
  auto& kept = kept_[query.index()];
  if (!kept) {
    auto fresh = std::make_unique<Kept>();
    fresh->statement = compile(query.sql(), SQLITE_PREPARE_PERSISTENT);
    kept = std::move(fresh);
  }
  if (kept->busy) {  // a visit asks the question that it is the answer of
    return {db_, compile(query.sql(), 0), nullptr};
  }
  kept->busy = true;
  return {db_, kept->statement, &kept->busy};
}

Cursor Connection::prepare(const std::string& sql) {
  return {db_, compile(sql.c_str(), 0), nullptr};
}

void Connection::execute(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    fail(db_, code, sql);
  }
}

}  // namespace huan::store_sqlite
