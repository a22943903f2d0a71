// SPDX-License-Identifier: Apache-2.0
// Reading: every question that the store answers, in facets, so that a use case asks for no more
// than it needs. A snapshot answers as of one commit; a transaction's reading also sees what the
// transaction wrote. Absent things are nullopt or empty lists; a broken environment is thrown as
// Failure (store.hpp). Orders are binary. A visit must not write, and what it is given is valid
// until it returns. One reading belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/store/rows.hpp"
#include "huan/store/statistics.hpp"

namespace huan::store {

using City = std::string_view;
using LineVisit = std::function<bool(std::string_view shipment, const ledger::LineState& line)>;

class RecordReading {
 public:
  virtual ~RecordReading() = default;
  virtual LastRecord last(City city) = 0;  ///< seq 0 before the first
  virtual std::optional<Record> record(City city, Seq seq) = 0;
  virtual std::optional<Record> record(City city, const base::Uuid& id) = 0;
  virtual Seq seq_of(City city, const base::Uuid& id) = 0;  ///< 0: not on record
  /// The record that corrects `seq`, 0 while it is the latest version.
  virtual Seq superseded_by(City city, Seq seq) = 0;
  virtual void records(City city, SeqRange range, const Visit<RecordView>& visit) = 0;
  virtual void record_heads(City city, SeqRange range,
                            const Visit<RecordView>& visit) = 0;  ///< without bodies
  virtual std::vector<ledger::Leg> legs(City city, Seq seq) = 0;  ///< in the order written
  virtual void legs(City city, SeqRange range, const Visit<LegView>& visit) = 0;
};

class StockReading {
 public:
  virtual ~StockReading() = default;
  virtual std::optional<ledger::LotState> lot(City city, std::string_view lot) = 0;  ///< current
  virtual std::optional<LotRow> lot_at(City city, std::string_view lot, std::string_view place) = 0;
  virtual std::vector<LotRow> lot_places(City city, std::string_view lot) = 0;  ///< by place
  /// Current lots with raw_g > 0 and without items, time <= not_after, by (time, seq, lot).
  virtual void draw(City city, std::string_view place, std::string_view material,
                    base::Instant not_after, const Visit<ledger::LotState>& visit) = 0;
  /// What draw could take in all, whatever the time.
  virtual std::int64_t drawable(City city, std::string_view place, std::string_view material) = 0;
  virtual std::vector<LotRow> lots(City city, const LotFilter& filter,
                                   const Page& page) = 0;  ///< key: "lot place"
  virtual std::vector<StockRow> stock(City city, const LotFilter& filter,
                                      const Page& page) = 0;  ///< key: "place material"
  virtual void oldest_stock(City city, const Visit<OldestStockRow>& visit) = 0;  ///< by place
  virtual std::optional<ledger::ShipmentState> shipment(City city, std::string_view shipment) = 0;
  virtual std::vector<ledger::LineState> lines(City city, std::string_view shipment) = 0;
  virtual std::vector<ShipmentRow> shipments(City city, const ShipmentQuery& query,
                                             const Page& page) = 0;
  virtual std::optional<ledger::RunState> run(City city, std::string_view run) = 0;
  virtual std::int64_t balance(City city, const ledger::Account& account, ledger::Unit unit) = 0;
  virtual void balances(City city, const Visit<Balance>& visit) = 0;  ///< by kind, a, b, unit
  virtual void imbalances(City city, const Visit<ImbalanceRow>& visit) = 0;
  virtual std::optional<ItemRow> item(City city, std::string_view code) = 0;
  virtual std::vector<std::string> items_of(City city, std::string_view lot) = 0;
  virtual std::vector<ItemHistoryRow> item_history(City city, std::string_view code) = 0;
  virtual std::vector<ledger::ItemMove> item_moves(City city, Seq seq) = 0;
  virtual std::optional<Seq> ticket(City city, std::string_view device, std::int64_t number) = 0;
  virtual std::optional<std::int64_t> ticket_last(City city, std::string_view device) = 0;
  virtual std::vector<TicketRow> tickets(City city, std::int64_t number) = 0;  ///< by device
  // Whole tables in key order, for verify and export.
  virtual void all_lots(City city, const Visit<LotRow>& visit) = 0;
  virtual void all_lines(City city, const LineVisit& visit) = 0;
  virtual void all_shipments(City city, const Visit<ShipmentRow>& visit) = 0;
  virtual void all_runs(City city, const Visit<RunRow>& visit) = 0;
  virtual void all_items(City city, const Visit<ItemRow>& visit) = 0;
};

class StatisticsReading {
 public:
  virtual ~StatisticsReading() = default;
  virtual void statistics(City city, const StatisticsQuery& query,
                          const Visit<StatisticsRow>& visit) = 0;
  /// The roll-ups as they are kept, for verify, in key order.
  virtual void rollup_days(City city, const Visit<StatisticsRow>& visit) = 0;
  virtual void rollup_months(City city, const Visit<StatisticsRow>& visit) = 0;
  virtual void rollup_operators(City city, const Visit<StatisticsRow>& visit) = 0;  ///< by month
};

class RegistryReading {
 public:
  virtual ~RegistryReading() = default;
  virtual std::optional<RegistryRow> registered(City city, std::string_view kind,
                                                std::string_view key) = 0;  ///< latest version
  /// What held at `at`: the version with the latest (time, version) not after it.
  virtual std::optional<RegistryRow> registered_at(City city, std::string_view kind,
                                                   std::string_view key, base::Instant at) = 0;
  virtual std::vector<RegistryRow> versions(City city, std::string_view kind,
                                            std::string_view key) = 0;
  /// Latest versions, by key.
  virtual std::vector<RegistryRow> registry(City city, std::string_view kind,
                                            const RegistryFilter& filter, const Page& page) = 0;
};

class LogReading {
 public:
  virtual ~LogReading() = default;
  virtual std::string log_state(City city) = 0;  ///< as written; empty before the first
  virtual std::optional<std::string> tile(City city, std::int32_t level, std::uint64_t n) = 0;
  virtual std::optional<CheckpointRow> checkpoint(City city) = 0;  ///< of the largest size
  virtual std::vector<CheckpointRow> checkpoints(City city, std::uint64_t after_size,
                                                 std::size_t limit) = 0;
};

class ServerReading {
 public:
  virtual ~ServerReading() = default;
  virtual std::vector<CityRow> cities() = 0;
  virtual std::optional<CityRow> city(City city) = 0;
  virtual std::optional<TokenRow> token(const Digest& hash) = 0;
  virtual std::vector<TokenRow> tokens() = 0;  ///< by hash
  virtual std::optional<AccountRow> account(std::string_view account) = 0;
  virtual std::vector<AccountRow> accounts() = 0;                                   ///< by account
  virtual std::optional<std::string> setting(City city, std::string_view key) = 0;  ///< city or ""
  virtual std::optional<FileRow> file(City city, const Digest& sha256) = 0;
};

class Reading : public RecordReading,
                public StockReading,
                public StatisticsReading,
                public RegistryReading,
                public LogReading,
                public ServerReading {};

}  // namespace huan::store
