// SPDX-License-Identifier: Apache-2.0
// SQLite as plainly as a careful program would use it, for what the product is compared with.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "huan/store/store.hpp"

namespace huan::bench {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

inline void expect(sqlite3* db, bool good) {
  if (!good) {
    throw store::Failure(base::ErrorCode::store_failed, sqlite3_errmsg(db));
  }
}

inline Database open_database(const std::string& path) {
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database owned(db);
  expect(db, code == SQLITE_OK);
  return owned;
}

inline void execute(const Database& db, const std::string& sql) {
  expect(db.get(), sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

inline Statement prepare(const Database& db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(db.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  Statement owned(statement);
  expect(db.get(), code == SQLITE_OK);
  return owned;
}

inline void run_once(const Database& db, const Statement& statement) {
  expect(db.get(), sqlite3_step(statement.get()) == SQLITE_DONE);
  sqlite3_reset(statement.get());
}

}  // namespace huan::bench
