// SPDX-License-Identifier: Apache-2.0
// A connection to SQLite: statements stay prepared, text is bound without a copy, an error is a
// store::Failure. One thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/store/rows.hpp"
#include "huan/store_sqlite/store.hpp"

namespace huan::store_sqlite {

class Connection;

/// The text of a statement that each connection prepares once. Lives at namespace scope.
class Query {
 public:
  explicit Query(const char* sql);
  [[nodiscard]] const char* sql() const { return sql_; }
  [[nodiscard]] std::size_t index() const { return index_; }

 private:
  const char* sql_;
  std::size_t index_;
};

/// One run of a statement: bind in order, step, read columns. Bound text must outlive the run.
class Cursor {
 public:
  Cursor(sqlite3* db, sqlite3_stmt* statement, bool* busy);
  Cursor(Cursor&& other) noexcept;
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  Cursor& bind(std::int64_t value);
  Cursor& bind(std::uint64_t value);   ///< what does not fit is bound as the largest integer
  Cursor& bind(const char*) = delete;  ///< would be a truth value
  Cursor& bind(bool value) { return bind(std::int64_t{value ? 1 : 0}); }
  Cursor& bind(std::string_view text);
  Cursor& bind_blob(std::string_view bytes);
  Cursor& bind(const base::Uuid& id);
  Cursor& bind(const store::Digest& digest);
  Cursor& bind(base::Instant instant) { return bind(instant.s); }
  Cursor& bind(base::Day day) { return bind(std::int64_t{day.n}); }
  Cursor& bind_null();
  /// district, how many characters of it are compared, party, place
  Cursor& bind(const store::RowScope& scope) {
    bind(scope.district).bind(scope.district_digits());
    return bind(scope.party).bind(scope.place);
  }
  template <class... Values>
  Cursor& bind_all(const Values&... values) {
    (bind(values), ...);
    return *this;
  }

  bool row();  ///< steps: true while there is a row
  void run() { row(); }

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t seq(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< valid until the next step
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] base::Uuid uuid(int column) const;
  [[nodiscard]] store::Digest digest(int column) const;
  [[nodiscard]] base::Instant instant(int column) const { return {integer(column)}; }
  [[nodiscard]] base::Day day(int column) const;

 private:
  void check(int code) const;

  sqlite3* db_;
  sqlite3_stmt* statement_;
  bool* busy_;  ///< of the kept statement; null: the statement is ours
  int next_{1};
};

class Connection {
 public:
  explicit Connection(const Options& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  Cursor use(const Query& query);
  Cursor prepare(const std::string& sql);  ///< for this once
  void execute(const char* sql);
  [[nodiscard]] sqlite3* handle() const { return db_; }
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

 private:
  struct Kept {
    sqlite3_stmt* statement{nullptr};
    bool busy{false};
  };
  sqlite3_stmt* compile(const char* sql, unsigned flags);

  sqlite3* db_{nullptr};
  std::vector<std::unique_ptr<Kept>> kept_;
};

/// Throws store::Failure for the connection's last error.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view doing);

}  // namespace huan::store_sqlite
