// SPDX-License-Identifier: Apache-2.0
#include "huan/track_store/track_store.hpp"

#include <sqlite3.h>

#include <map>
#include <stdexcept>

#include "huan/crypto/digest.hpp"
#include "huan/tracks/codec.hpp"

namespace huan::track_store {
namespace {

using tracks::Fix;
using tracks::Track;

constexpr int kBusyMs = 10'000;
constexpr std::int64_t kChunk = 60;        // fixes of a vehicle that are folded into one row
constexpr std::int64_t kChunkMax = 1'000;  // after many that came late
constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS fix(
  city TEXT NOT NULL, vehicle TEXT NOT NULL, time INTEGER NOT NULL, track BLOB NOT NULL,
  PRIMARY KEY(city, vehicle, time)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunk(
  city TEXT NOT NULL, vehicle TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  track BLOB NOT NULL, PRIMARY KEY(city, vehicle, first, last)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS terminal(
  phone TEXT PRIMARY KEY, city TEXT NOT NULL, vehicle TEXT NOT NULL, terminal TEXT NOT NULL,
  code BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS report(
  city TEXT NOT NULL, device TEXT NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(city, device)) WITHOUT ROWID;
)";

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string_view digest_bytes(const crypto::Digest& digest) { return crypto::bytes(digest); }

}  // namespace

struct TrackStore::Database {
  /// A prepared statement at work; reset at the end.
  class Query {
   public:
    Query(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() {
      sqlite3_reset(statement_);
      sqlite3_clear_bindings(statement_);
    }
    Query& text(std::string_view value) {
      sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()),
                        SQLITE_TRANSIENT);
      return *this;
    }
    Query& blob(std::string_view value) {
      sqlite3_bind_blob(statement_, ++bound_, value.data(), static_cast<int>(value.size()),
                        SQLITE_TRANSIENT);
      return *this;
    }
    Query& integer(std::int64_t value) {
      sqlite3_bind_int64(statement_, ++bound_, value);
      return *this;
    }
    /// Is there a row?
    bool step() {
      const int code = sqlite3_step(statement_);
      if (code != SQLITE_ROW && code != SQLITE_DONE) {
        throw std::runtime_error(std::string{"tracks: "} + sqlite3_errmsg(db_));
      }
      return code == SQLITE_ROW;
    }
    [[nodiscard]] std::string column(int i) const {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, i));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, i));
      return bytes == nullptr ? std::string{} : std::string{bytes, size};
    }
    [[nodiscard]] std::int64_t number(int i) const { return sqlite3_column_int64(statement_, i); }

   private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
    int bound_{0};
  };

  explicit Database(const std::string& path) {
    const int code =
        sqlite3_open_v2(path.c_str(), &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) {
      const std::string why = db == nullptr ? "no memory" : sqlite3_errmsg(db);
      sqlite3_close_v2(db);
      throw std::runtime_error("tracks: " + path + ": " + why);
    }
    sqlite3_busy_timeout(db, kBusyMs);
    run(kSchema);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() {
    statements.clear();
    sqlite3_close_v2(db);
  }

  void run(const char* sql) const {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string{"tracks: "} + sqlite3_errmsg(db));
    }
  }

  Query query(const char* sql) {
    auto& statement = statements[sql];
    if (!statement) {
      sqlite3_stmt* made = nullptr;
      if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) {
        throw std::runtime_error(std::string{"tracks: "} + sqlite3_errmsg(db));
      }
      statement.reset(made);
    }
    return Query{db, statement.get()};
  }

  /// All of it, or nothing of it.
  template <class Work>
  void in_transaction(Work work) {
    run("BEGIN IMMEDIATE");
    try {
      work();
      run("COMMIT");
    } catch (...) {
      sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }

  void insert(const Driven& driven) {
    query("INSERT OR IGNORE INTO fix VALUES(?,?,?,?)")
        .text(driven.vehicle.city)
        .text(driven.vehicle.id)
        .integer(driven.fix.time.s)
        .blob(tracks::encode({driven.fix}))
        .step();
  }

  static void append(const std::string& bytes, Track& track) {
    const auto part = tracks::decode(bytes);
    if (!part) {
      throw std::runtime_error("tracks: a row was altered");
    }
    track.insert(track.end(), part->begin(), part->end());
  }

  /// Folds single fixes into one row, as few bytes.
  void fold(const Vehicle& vehicle) {
    Track track;
    {
      auto rows = query("SELECT track FROM fix WHERE city=? AND vehicle=? ORDER BY time LIMIT ?");
      rows.text(vehicle.city).text(vehicle.id).integer(kChunkMax);
      while (rows.step()) {
        append(rows.column(0), track);
      }
    }
    if (track.empty()) {
      return;
    }
    const std::int64_t first = track.front().time.s;
    const std::int64_t last = track.back().time.s;
    {
      auto there =
          query("SELECT track FROM chunk WHERE city=? AND vehicle=? AND first=? AND last=?");
      if (there.text(vehicle.city).text(vehicle.id).integer(first).integer(last).step()) {
        Track before;
        append(there.column(0), before);
        before.insert(before.end(), track.begin(), track.end());
        track = tracks::ordered(std::move(before));
      }
    }
    query("INSERT OR REPLACE INTO chunk VALUES(?,?,?,?,?)")
        .text(vehicle.city)
        .text(vehicle.id)
        .integer(first)
        .integer(last)
        .blob(tracks::encode(track))
        .step();
    query("DELETE FROM fix WHERE city=? AND vehicle=? AND time<=?")
        .text(vehicle.city)
        .text(vehicle.id)
        .integer(last)
        .step();
  }

  sqlite3* db{nullptr};
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements;
  std::map<std::pair<std::string, std::string>, std::int64_t> single;  // fixes not folded yet
};

TrackStore::TrackStore(const std::string& path) : db_(std::make_unique<Database>(path)) {}
TrackStore::~TrackStore() = default;

void TrackStore::keep(const std::vector<Driven>& driven) {
  db_->in_transaction([&] {
    for (const Driven& one : driven) {
      db_->insert(one);
      if (++db_->single[{one.vehicle.city, one.vehicle.id}] >= kChunk) {
        db_->fold(one.vehicle);
        db_->single[{one.vehicle.city, one.vehicle.id}] = 0;
      }
    }
  });
}

tracks::Track TrackStore::read(const Vehicle& vehicle, base::Instant from, base::Instant to) {
  Track track;
  {
    auto chunks = db_->query(
        "SELECT track FROM chunk WHERE city=? AND vehicle=? AND first<? AND last>=? "
        "ORDER BY first, last");
    chunks.text(vehicle.city).text(vehicle.id).integer(to.s).integer(from.s);
    while (chunks.step()) {
      Database::append(chunks.column(0), track);
    }
  }
  auto single =
      db_->query("SELECT track FROM fix WHERE city=? AND vehicle=? AND time>=? AND time<?");
  single.text(vehicle.city).text(vehicle.id).integer(from.s).integer(to.s);
  while (single.step()) {
    Database::append(single.column(0), track);
  }
  std::erase_if(track, [&](const Fix& fix) { return fix.time < from || fix.time >= to; });
  return tracks::ordered(std::move(track));
}

bool TrackStore::fell_silent(const Vehicle& vehicle, base::Instant midnight) {
  constexpr std::int64_t kDayS = 86'400;
  constexpr std::int64_t kWontS = 30 * kDayS;
  const auto reported = [&](std::int64_t from, std::int64_t to) {
    return !read(vehicle, base::Instant{from}, base::Instant{to}).empty();
  };
  return !reported(midnight.s, midnight.s + kDayS) && reported(midnight.s - kWontS, midnight.s);
}

void TrackStore::copy_to(const std::string& path) { db_->query("VACUUM INTO ?").text(path).step(); }

void TrackStore::put_reports(const std::string& city, const std::vector<DeviceReport>& reports) {
  db_->in_transaction([&] {
    for (const DeviceReport& one : reports) {
      db_->query("INSERT OR REPLACE INTO report VALUES(?,?,?,?)")
          .text(city)
          .text(one.device)
          .integer(one.at.s)
          .blob(one.body)
          .step();
    }
  });
}

std::vector<DeviceReport> TrackStore::reports(const std::string& city) {
  std::vector<DeviceReport> all;
  auto rows = db_->query("SELECT device, time, body FROM report WHERE city=? ORDER BY device");
  rows.text(city);
  while (rows.step()) {
    all.push_back({rows.column(0), base::Instant{rows.number(1)}, rows.column(2)});
  }
  return all;
}

void TrackStore::put_terminal(const std::string& phone, const Vehicle& vehicle) {
  db_->query("INSERT OR REPLACE INTO terminal VALUES(?,?,?,'',x'')")
      .text(phone)
      .text(vehicle.city)
      .text(vehicle.id)
      .step();
}

bool TrackStore::remove_terminal(const std::string& phone) {
  db_->query("DELETE FROM terminal WHERE phone=?").text(phone).step();
  return sqlite3_changes(db_->db) > 0;
}

std::optional<Terminal> TrackStore::terminal(const std::string& phone) {
  auto row = db_->query("SELECT city, vehicle, terminal, code FROM terminal WHERE phone=?");
  if (!row.text(phone).step()) {
    return std::nullopt;
  }
  return Terminal{phone, {row.column(0), row.column(1)}, row.column(2), !row.column(3).empty()};
}

std::vector<Terminal> TrackStore::terminals() {
  std::vector<Terminal> all;
  auto rows =
      db_->query("SELECT phone, city, vehicle, terminal, code FROM terminal ORDER BY phone");
  while (rows.step()) {
    all.push_back({rows.column(0),
                   {rows.column(1), rows.column(2)},
                   rows.column(3),
                   !rows.column(4).empty()});
  }
  return all;
}

void TrackStore::bind(const std::string& phone, const std::string& terminal,
                      const std::string& code) {
  const crypto::Digest digest = crypto::sha256(code);
  db_->query("UPDATE terminal SET terminal=?, code=? WHERE phone=?")
      .text(terminal)
      .blob(digest_bytes(digest))
      .text(phone)
      .step();
}

bool TrackStore::knows_code(const std::string& phone, const std::string& code) {
  auto row = db_->query("SELECT code FROM terminal WHERE phone=?");
  const crypto::Digest digest = crypto::sha256(code);
  return row.text(phone).step() && !row.column(0).empty() &&
         crypto::equal_in_constant_time(row.column(0), digest_bytes(digest));
}

}  // namespace huan::track_store
