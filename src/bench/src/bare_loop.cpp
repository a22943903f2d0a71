// SPDX-License-Identifier: Apache-2.0
#include "bare_loop.hpp"

#include <cstring>
#include <string_view>
#include <vector>

#include "machine.hpp"
#include "sqlite_door.hpp"

namespace huan::bench {
namespace {

// The store's own (store_sqlite); FULL is what both sync by in a write-ahead log.
constexpr const char* kPragmas =
    "PRAGMA page_size = 8192; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL; "
    "PRAGMA journal_size_limit = 268435456; PRAGMA cache_size = -131072; "
    "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000";

/// Rows of one table, packed: for each value its type, then eight bytes, or a length and bytes.
struct TableRows {
  std::string name;
  int columns{0};
  std::vector<std::uint64_t> seqs;  ///< of each row's record, rising; empty: of none
  std::vector<std::size_t> begins;
  std::string bytes;

  template <class Number>
  void put(Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
  }

  void add(sqlite3_stmt* row) {
    begins.push_back(bytes.size());
    for (int i = 0; i < columns; ++i) {
      const int type = sqlite3_column_type(row, i);
      bytes.push_back(static_cast<char>(type));
      if (type == SQLITE_INTEGER) {
        put(sqlite3_column_int64(row, i));
      } else if (type != SQLITE_NULL) {
        const void* data = sqlite3_column_blob(row, i);
        const int size = sqlite3_column_bytes(row, i);
        put(size);
        bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
      }
    }
  }

  void bind(sqlite3_stmt* insert, std::size_t row) const {
    const char* at = bytes.data() + begins[row];
    for (int i = 1; i <= columns; ++i) {
      const int type = static_cast<unsigned char>(*at++);
      if (type == SQLITE_INTEGER) {
        sqlite3_int64 number = 0;
        std::memcpy(&number, at, sizeof number);
        at += sizeof number;
        sqlite3_bind_int64(insert, i, number);
      } else if (type == SQLITE_NULL) {
        sqlite3_bind_null(insert, i);
      } else {
        int size = 0;
        std::memcpy(&size, at, sizeof size);
        at += sizeof size;
        type == SQLITE_TEXT ? sqlite3_bind_text(insert, i, at, size, SQLITE_STATIC)
                            : sqlite3_bind_blob(insert, i, at, size, SQLITE_STATIC);
        at += size;
      }
    }
  }
};

std::string text(sqlite3_stmt* row, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(row, column));
}

int seq_column(const Database& db, const std::string& table) {
  const auto info = prepare(db, "SELECT cid FROM pragma_table_info('" + table +
                                    "') "
                                    "WHERE name = 'seq'");
  return sqlite3_step(info.get()) == SQLITE_ROW ? sqlite3_column_int(info.get(), 0) : -1;
}

TableRows read_table(const Database& db, const std::string& name, std::uint64_t base) {
  TableRows table;
  table.name = name;
  const int seq = seq_column(db, name);
  std::string sql = "SELECT * FROM " + name;
  if (seq >= 0) {
    sql += " WHERE seq > " + std::to_string(base) + " ORDER BY seq";
  } else if (name == "lines") {  // in the order in which they were shipped
    sql = "SELECT l.* FROM lines l JOIN shipments s USING(city, shipment) ORDER BY s.seq";
  }
  const auto rows = prepare(db, sql);
  table.columns = sqlite3_column_count(rows.get());
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    table.add(rows.get());
    if (seq >= 0) {
      table.seqs.push_back(static_cast<std::uint64_t>(sqlite3_column_int64(rows.get(), seq)));
    }
  }
  return table;
}

/// Inserts a table's rows in order.
class Inserting {
 public:
  Inserting(const Database& db, const TableRows& table) : db_(db), table_(table) {
    std::string sql = "INSERT INTO " + table.name + " VALUES(?1";
    for (int i = 2; i <= table.columns; ++i) {
      sql += ", ?" + std::to_string(i);
    }
    insert_ = prepare(db, sql + ")");
  }
  void upto(std::size_t row) {
    for (; next_ < row; ++next_) {
      table_.bind(insert_.get(), next_);
      run_once(db_, insert_);
    }
  }
  void upto_seq(std::uint64_t seq) {
    auto row = next_;
    while (row < table_.seqs.size() && table_.seqs[row] <= seq) {
      ++row;
    }
    upto(row);
  }
  /// Tables without seq: a part of the whole.
  void upto_part(std::size_t part, std::size_t parts) { upto(table_.begins.size() * part / parts); }
  [[nodiscard]] bool by_seq() const { return !table_.seqs.empty(); }

 private:
  const Database& db_;
  const TableRows& table_;
  Statement insert_;
  std::size_t next_{0};
};

}  // namespace

struct BareLoop::Rows {
  std::vector<std::string> schema;
  std::vector<TableRows> tables;
  std::size_t events{0};
  std::uint64_t base{0};

  [[nodiscard]] Database make(const std::string& path) const {
    auto db = open_database(path);
    execute(db, kPragmas);
    for (const std::string& sql : schema) {
      execute(db, sql);
    }
    return db;
  }
  [[nodiscard]] const TableRows& records() const {
    for (const TableRows& table : tables) {
      if (table.name == "records") {
        return table;
      }
    }
    throw store::Failure(base::ErrorCode::store_failed, "a store without records");
  }
};

BareLoop::BareLoop(const std::string& path, std::uint64_t base) : rows_(std::make_unique<Rows>()) {
  const auto db = open_database(path);
  const auto schema =
      prepare(db, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
  while (sqlite3_step(schema.get()) == SQLITE_ROW) {
    rows_->schema.push_back(text(schema.get(), 2));
    if (text(schema.get(), 0) == "table") {
      rows_->tables.push_back(read_table(db, text(schema.get(), 1), base));
    }
  }
  rows_->base = base;
  rows_->events = rows_->records().begins.size();
}

BareLoop::~BareLoop() = default;

BareLoop::Took BareLoop::bulk(const std::string& path, std::size_t events_each) const {
  const auto db = rows_->make(path);
  std::vector<Inserting> tables;
  Took took;
  for (const TableRows& table : rows_->tables) {
    tables.emplace_back(db, table);
    took.rows += table.begins.size();
  }
  took.events = rows_->events;
  const std::size_t parts = (took.events + events_each - 1) / events_each;
  const Watch watch;
  std::uint64_t seq = rows_->base;
  for (std::size_t part = 1; part <= parts; ++part) {
    execute(db, "BEGIN IMMEDIATE");
    for (std::size_t i = 0; i < events_each; ++i) {
      ++seq;
      for (Inserting& table : tables) {
        table.upto_seq(seq);
      }
    }
    for (Inserting& table : tables) {
      if (!table.by_seq()) {
        table.upto_part(part, parts);
      }
    }
    execute(db, "COMMIT");
  }
  took.cpu_s = watch.cpu();
  took.wall_s = watch.wall();
  return took;
}

BareLoop::Took BareLoop::singles(const std::string& path, double seconds) const {
  const auto db = rows_->make(path);
  const TableRows& records = rows_->records();
  Inserting table(db, records);
  Took took;
  const Watch watch;
  while (took.rows < records.begins.size() && watch.wall() < seconds) {
    table.upto(++took.rows);  // its own transaction
  }
  took.events = took.rows;
  took.cpu_s = watch.cpu();
  took.wall_s = watch.wall();
  return took;
}

}  // namespace huan::bench
