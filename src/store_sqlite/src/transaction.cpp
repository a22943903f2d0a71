// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::store_sqlite {

namespace {

const Query kBegin{"BEGIN IMMEDIATE"};
const Query kCommit{"COMMIT"};
const Query kRollback{"ROLLBACK"};
const Query kSavepoint{"SAVEPOINT batch"};
const Query kRelease{"RELEASE batch"};
const Query kRollbackTo{"ROLLBACK TO batch"};

const Query kPutRecord{
    "INSERT INTO records(city, seq, id, klass, type, key, time_s, recorded_at_s, supersedes, "
    "place, "
    "operator_id, district, leaf, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
    "?13, ?14)"};
constexpr std::size_t kEntriesAtOnce = 8;

/// 1 … kEntriesAtOnce rows in one statement: the legs of an event are neighbours in the table, and
/// the next is found where the last was put. OR FAIL, since a failure ends the transaction anyway:
/// SQLite need not be ready to undo the statement alone.
class EntryQueries {
 public:
  EntryQueries() {
    for (std::size_t rows = 1; rows <= kEntriesAtOnce; ++rows) {
      auto& text = texts_[rows - 1];
      text =
          "INSERT OR FAIL INTO entries(city, seq, n, kind, a, b, unit, amount, material, cls, day) "
          "VALUES";
      for (std::size_t row = 0; row < rows; ++row) {
        text += row == 0 ? "(?1, ?2" : ", (?1, ?2";
        for (std::size_t column = 0; column < 9; ++column) {
          text += ", ?" + std::to_string(3 + 9 * row + column);
        }
        text += ")";
      }
      queries_.emplace_back(text.c_str());
    }
  }
  [[nodiscard]] const Query& of(std::size_t rows) const { return queries_[rows - 1]; }

 private:
  std::array<std::string, kEntriesAtOnce> texts_;
  std::vector<Query> queries_;
};
const EntryQueries kEntries;
const Query kPutShipment{
    "INSERT INTO shipments(city, shipment, seq, time_s, from_place, to_place, to_city, finals) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(city, shipment) DO UPDATE SET "
    "finals = finals + excluded.finals, "
    "from_place = CASE excluded.from_place WHEN '' THEN from_place ELSE excluded.from_place END, "
    "to_place = CASE excluded.to_place WHEN '' THEN to_place ELSE excluded.to_place END, "
    "to_city = CASE excluded.to_city WHEN '' THEN to_city ELSE excluded.to_city END"};
const Query kPutRun{
    "INSERT INTO runs(city, run, place, process, closes, raw_g, raw_pieces) "
    "VALUES(?1, ?2, ?3, ?4, ?5, 0, 0) ON CONFLICT(city, run) DO UPDATE SET "
    "closes = closes + excluded.closes, "
    "place = CASE excluded.place WHEN '' THEN place ELSE excluded.place END, "
    "process = CASE excluded.process WHEN '' THEN process ELSE excluded.process END"};
const Query kRunAdd{
    "UPDATE runs SET raw_g = raw_g + ?3, raw_pieces = raw_pieces + ?4 "
    "WHERE city = ?1 AND run = ?2"};
const Query kPutItem{
    "INSERT INTO items(city, code, kind, parent, lot, seq) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT(city, code) DO UPDATE SET kind = excluded.kind, parent = excluded.parent, "
    "lot = excluded.lot, seq = excluded.seq"};
const Query kItemMove{
    "INSERT INTO item_moves(city, seq, n, code, kind, parent, lot_before, lot_after) "
    "VALUES(?1, ?2, (SELECT coalesce(max(n) + 1, 0) FROM item_moves WHERE city = ?1 AND seq = ?2), "
    "?3, ?4, ?5, ?6, ?7)"};
const Query kNotLatest{
    "UPDATE registry SET latest = 0 WHERE latest = 1 AND city = ?1 AND kind = ?2 AND key = ?3"};
const Query kPutRegistry{
    "INSERT INTO registry(city, kind, key, version, time_s, seq, subkind, district, party, latest) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)"};

const Query kPutLogState{
    "INSERT INTO log_states(city, bytes) VALUES(?1, ?2) "
    "ON CONFLICT(city) DO UPDATE SET bytes = excluded.bytes"};
const Query kPutTile{
    "INSERT INTO tiles(city, level, n, bytes) VALUES(?1, ?2, ?3, ?4) "
    "ON CONFLICT(city, level, n) DO UPDATE SET bytes = excluded.bytes"};
const Query kPutCheckpoint{
    "INSERT INTO checkpoints(city, size, time_s, note) VALUES(?1, ?2, ?3, ?4) "
    "ON CONFLICT(city, size) DO UPDATE SET time_s = excluded.time_s, note = excluded.note"};

const Query kPutCity{
    "INSERT INTO cities(city, offset_s, name, pack) VALUES(?1, ?2, ?3, ?4) "
    "ON CONFLICT(city) DO UPDATE SET offset_s = excluded.offset_s, name = excluded.name, "
    "pack = excluded.pack"};
const Query kPutToken{
    "INSERT INTO tokens(hash, role, label, scope, created_s, expires_s) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(hash) DO UPDATE SET role = excluded.role, "
    "label = excluded.label, scope = excluded.scope, created_s = excluded.created_s, "
    "expires_s = excluded.expires_s"};
const Query kForgetToken{"DELETE FROM tokens WHERE hash = ?1"};
const Query kPutAccount{
    "INSERT OR REPLACE INTO accounts(account, name, roles, city, district, organisation, place, "
    "password, must_change, disabled, totp_step, generation, failures, locked_until_s, created_s, "
    "password_set_s, totp) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"};
const Query kForgetAccount{"DELETE FROM accounts WHERE account = ?1"};
const Query kPutSetting{
    "INSERT INTO settings(city, key, value) VALUES(?1, ?2, ?3) "
    "ON CONFLICT(city, key) DO UPDATE SET value = excluded.value"};
const Query kPutFile{
    "INSERT INTO files(city, sha256, media_type, name, size, created_s) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(city, sha256) DO NOTHING"};

template <class Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

class SqliteTransaction final : public store::Transaction {
 public:
  SqliteTransaction(Writer& writer, store::City city)
      : writer_(writer),
        connection_(writer.connection),
        pending_(writer.pending),
        reading_(writer.connection, &writer.pending) {
    writer_.turn.take();
    try {
      begin();
    } catch (...) {
      writer_.turn.give_back();
      throw;
    }
    pending_.begin(city);
  }

  ~SqliteTransaction() override {
    if (!committed_) {
      pending_.clear();
      roll_back();
    }
    writer_.turn.give_back();
  }

  store::Reading& reading() override { return reading_; }
  Connection& connection() { return connection_; }

  void savepoint() override {
    HUAN_ASSERT(saved_ == Saved::none);
    // A savepoint makes SQLite copy every page before it changes. Where nothing was written yet,
    // the transaction's own beginning is as good a place to go back to, and costs nothing.
    const bool unwritten = sqlite3_total_changes64(connection_.handle()) == changes_at_begin_;
    if (!unwritten) {
      connection_.use(kSavepoint).run();
    }
    pending_.savepoint();
    saved_ = unwritten ? Saved::at_begin : Saved::within;
  }
  void release() override {
    HUAN_ASSERT(saved_ != Saved::none);
    if (saved_ == Saved::within) {
      connection_.use(kRelease).run();
    }
    pending_.release();
    saved_ = Saved::none;
  }
  void rollback_to() override {
    HUAN_ASSERT(saved_ != Saved::none);
    if (saved_ == Saved::within) {
      connection_.use(kRollbackTo).run();
      connection_.use(kRelease).run();
    } else {
      connection_.use(kRollback).run();
      begin();  // nobody else writes: one process holds the lock, one transaction the turn
    }
    pending_.rollback_to();
    saved_ = Saved::none;
  }
  void commit() override {
    HUAN_ASSERT(saved_ == Saved::none && !committed_);
    pending_.flush();
    connection_.use(kCommit).run();
    pending_.committed();
    committed_ = true;
  }

  void append(const store::RecordView& record) override {
    connection_.use(kPutRecord)
        .bind_all(city(), record.seq, record.id, number(record.klass), record.type, record.key,
                  record.time, record.recorded_at, record.supersedes, record.place,
                  record.operator_id, record.district, record.leaf, record.body)
        .run();
    pending_.recorded(record.id);
  }
  void legs(store::Seq seq, std::span<const ledger::Leg> legs) override {
    std::int64_t n = 0;
    while (!legs.empty()) {
      const auto rows = legs.first(std::min(legs.size(), kEntriesAtOnce));
      auto cursor = connection_.use(kEntries.of(rows.size()));
      cursor.bind_all(city(), seq);
      for (const auto& leg : rows) {
        cursor.bind_all(n++, number(leg.account.kind), leg.account.a, leg.account.b,
                        number(leg.unit), leg.amount, leg.material, number(leg.cls), leg.day);
      }
      cursor.run();
      legs = legs.subspan(rows.size());
    }
  }

  void lot_made(const ledger::LotMade& made, store::Seq seq) override {
    pending_.lot_made(made, seq);
  }
  void lot_add(std::string_view lot, std::string_view place, std::int64_t g,
               std::int64_t pieces) override {
    pending_.lot_add(lot, place, g, pieces);
  }
  void shipment(const ledger::ShipmentChange& change, store::Seq seq, base::Instant time) override {
    connection_.use(kPutShipment)
        .bind_all(city(), change.shipment, seq, time, change.from_place, change.to_place,
                  change.to_city, change.finals_delta)
        .run();
  }
  void line_add(std::string_view shipment, const ledger::LineState& delta) override {
    pending_.line_add(shipment, delta);
  }
  void run(const ledger::RunChange& change) override {
    connection_.use(kPutRun)
        .bind_all(city(), change.run, change.place, change.process, change.closes_delta)
        .run();
  }
  void run_add(std::string_view run, std::int64_t g, std::int64_t pieces) override {
    connection_.use(kRunAdd).bind_all(city(), run, g, pieces).run();
    HUAN_ASSERT(sqlite3_changes(connection_.handle()) == 1);
  }
  void balance_add(const ledger::Account& account, ledger::Unit unit,
                   std::int64_t amount) override {
    pending_.balance_add(account, unit, amount);
  }
  void item_move(store::Seq seq, const ledger::ItemMove& move) override {
    pending_.item_into(move.lot_after);
    connection_.use(kPutItem)
        .bind_all(city(), move.code, move.kind, move.parent, move.lot_after, seq)
        .run();
    connection_.use(kItemMove)
        .bind_all(city(), seq, move.code, move.kind, move.parent, move.lot_before, move.lot_after)
        .run();
  }
  void ticket(const ledger::TicketUse& use, store::Seq seq) override { pending_.ticket(use, seq); }
  void rollup(const ledger::RollupDelta& delta) override { pending_.rollup(delta); }

  void registry(const store::RegistryRow& row) override {
    connection_.use(kNotLatest).bind_all(city(), row.kind, row.key).run();
    connection_.use(kPutRegistry)
        .bind_all(city(), row.kind, row.key, row.version, row.time, row.seq, row.subkind,
                  row.district, row.party)
        .run();
  }

  void log_state(std::string_view bytes) override {
    connection_.use(kPutLogState).bind(city()).bind_blob(bytes).run();
  }
  void tile(std::int32_t level, std::uint64_t n, std::string_view bytes) override {
    connection_.use(kPutTile).bind_all(city(), std::int64_t{level}, n).bind_blob(bytes).run();
  }
  void checkpoint(const store::CheckpointRow& row) override {
    connection_.use(kPutCheckpoint).bind_all(city(), row.size, row.time).bind_blob(row.note).run();
  }

  void city(const store::CityRow& row) override {
    connection_.use(kPutCity)
        .bind_all(row.city, std::int64_t{row.offset_s}, row.name, row.pack)
        .run();
  }
  void token(const store::TokenRow& row) override {
    connection_.use(kPutToken)
        .bind_all(row.hash, row.role, row.label, row.scope, row.created, row.expires)
        .run();
  }
  void forget_token(const store::Digest& hash) override {
    connection_.use(kForgetToken).bind(hash).run();
  }
  void account(const store::AccountRow& row) override {
    connection_.use(kPutAccount)
        .bind_all(row.account, row.name, row.roles, row.city, row.district, row.organisation,
                  row.place, row.password, row.must_change, row.disabled, row.totp_step,
                  row.generation, row.failures, row.locked_until, row.created, row.password_set)
        .bind_blob(row.totp)
        .run();
  }
  void forget_account(std::string_view account) override {
    connection_.use(kForgetAccount).bind(account).run();
  }
  void setting(std::string_view key, std::string_view value) override {
    connection_.use(kPutSetting).bind_all(std::string_view(pending_.city()), key, value).run();
  }
  void file(const store::FileRow& row) override {
    connection_.use(kPutFile)
        .bind_all(city(), row.sha256, row.media_type, row.name, row.size, row.created)
        .run();
  }

 private:
  enum class Saved : std::uint8_t { none, at_begin, within };

  void begin() {
    connection_.use(kBegin).run();
    changes_at_begin_ = sqlite3_total_changes64(connection_.handle());
  }
  /// Of the rows that have one.
  [[nodiscard]] std::string_view city() const {
    HUAN_ASSERT(!pending_.city().empty());
    return pending_.city();
  }
  void roll_back() noexcept {
    try {
      if (connection_.in_transaction()) {
        connection_.use(kRollback).run();
      }
    } catch (const store::Failure&) {
      // What is left open is rolled back by the next transaction's failure to begin, or by the
      // system when the process ends; nothing was acknowledged.
    }
  }

  Writer& writer_;
  Connection& connection_;
  Pending& pending_;
  SqliteReading reading_;
  sqlite3_int64 changes_at_begin_{0};
  Saved saved_{Saved::none};
  bool committed_{false};
};

}  // namespace

ProcessLock::ProcessLock(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (file_ < 0) {
    throw store::Failure(base::ErrorCode::store_failed,
                         "opening " + path + ": " + std::strerror(errno));
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw store::Failure(base::ErrorCode::store_busy, "another process writes: " + path);
  }
}

ProcessLock::~ProcessLock() { ::close(file_); }

void Turn::take() {
  std::unique_lock lock(mutex_);
  free_.wait(lock, [this] { return !taken_; });
  taken_ = true;
}

void Turn::give_back() {
  {
    const std::lock_guard lock(mutex_);
    taken_ = false;
  }
  free_.notify_one();
}

Connection& connection_of(store::Transaction& transaction) {
  auto* ours = dynamic_cast<SqliteTransaction*>(&transaction);
  HUAN_ASSERT(ours != nullptr);
  return ours->connection();
}

std::unique_ptr<store::Transaction> begin(Writer& writer, store::City city) {
  return std::make_unique<SqliteTransaction>(writer, city);
}

}  // namespace huan::store_sqlite
