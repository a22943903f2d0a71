// SPDX-License-Identifier: Apache-2.0
// Store: the port behind which a city's records live. One writer at a time, any number of readers.
// A transaction writes to one city; commit() returns only when everything is durable. Readers see
// whole commits only. What is broken outside (disk full, another writer) is thrown as Failure; what
// the caller may expect (not found) is a value.
//
//   auto transaction = store.begin("130100");
//   transaction->append(record);
//   transaction->legs(record.seq, posting.legs);
//   transaction->commit();
//   auto snapshot = store.snapshot();
//   snapshot->last("130100");
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "huan/base/error.hpp"
#include "huan/store/reading.hpp"
#include "huan/store/rows.hpp"

namespace huan::store {

/// A broken environment: store_busy, store_missing or store_failed.
class Failure : public std::runtime_error {
 public:
  Failure(base::ErrorCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] base::ErrorCode code() const noexcept { return code_; }

 private:
  base::ErrorCode code_;
};

/// All that changes in one commit. Rows are of the transaction's city except where a method names
/// none (cities, tokens, accounts, server settings). Changes to balances are deltas. Destroyed
/// without commit, nothing of it happened. After commit() or a Failure only the destructor may be
/// called.
class Transaction {
 public:
  virtual ~Transaction() = default;
  /// Everything a snapshot answers, own writes included.
  virtual Reading& reading() = 0;

  // One savepoint at a time.
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void rollback_to() = 0;  ///< back to the savepoint, which ends
  virtual void commit() = 0;

  // Records. The id and the seq must be new.
  virtual void append(const RecordView& record) = 0;
  virtual void legs(Seq seq, std::span<const ledger::Leg> legs) = 0;

  // State: what the legs and rows of a posting add up to.
  /// The lot stands at `made.place` from now on: metadata are set, balances kept. `seq` made it.
  virtual void lot_made(const ledger::LotMade& made, Seq seq) = 0;
  /// To a lot that was made at the place before.
  virtual void lot_add(std::string_view lot, std::string_view place, std::int64_t g,
                       std::int64_t pieces) = 0;
  /// A shipment's row on first use, then its finals; places and city too where they are not empty.
  /// The first record's seq and time stay.
  virtual void shipment(const ledger::ShipmentChange& change, Seq seq, base::Instant time) = 0;
  /// Adds to a line: shipped_g, raw_g and raw_pieces are deltas.
  virtual void line_add(std::string_view shipment, const ledger::LineState& delta) = 0;
  virtual void run(const ledger::RunChange& change) = 0;
  /// To a run that run() named before.
  virtual void run_add(std::string_view run, std::int64_t g, std::int64_t pieces) = 0;
  virtual void balance_add(const ledger::Account& account, ledger::Unit unit,
                           std::int64_t amount) = 0;
  /// Keeps the move in the item's history and sets where it is.
  virtual void item_move(Seq seq, const ledger::ItemMove& move) = 0;
  /// Used again (by a correction), the later record stands.
  virtual void ticket(const ledger::TicketUse& use, Seq seq) = 0;
  virtual void rollup(const ledger::RollupDelta& delta) = 0;

  // Registry: after append() of its record.
  virtual void registry(const RegistryRow& row) = 0;

  // Log.
  virtual void log_state(std::string_view bytes) = 0;
  virtual void tile(std::int32_t level, std::uint64_t n, std::string_view bytes) = 0;
  virtual void checkpoint(const CheckpointRow& row) = 0;

  // Server.
  virtual void city(const CityRow& row) = 0;    ///< added or replaced
  virtual void token(const TokenRow& row) = 0;  ///< added or replaced
  virtual void forget_token(const Digest& hash) = 0;
  virtual void account(const AccountRow& row) = 0;  ///< added or replaced
  virtual void forget_account(std::string_view account) = 0;
  virtual void setting(std::string_view key, std::string_view value) = 0;
  virtual void file(const FileRow& row) = 0;  ///< added, or left as it is
};

struct Capabilities {
  std::string adapter;       ///< sqlite, memory
  bool durable{true};        ///< what is committed survives the process
  bool many_writers{false};  ///< several processes may write at once
};

/// Pages done and pages in all; false stops the backup.
using BackupProgress = std::function<bool(std::int64_t done, std::int64_t all)>;

class Store {
 public:
  virtual ~Store() = default;
  /// Blocks while another transaction of this process is open; store_busy if another process
  /// writes. `city` empty: rows without a city only.
  virtual std::unique_ptr<Transaction> begin(City city) = 0;
  virtual std::unique_ptr<Reading> snapshot() = 0;
  [[nodiscard]] virtual Capabilities capabilities() const = 0;
  /// A consistent copy while writers go on; false if `progress` stopped it, and nothing is left.
  virtual bool backup(const std::string& path, const BackupProgress& progress) = 0;
};

}  // namespace huan::store
