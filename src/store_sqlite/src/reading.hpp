// SPDX-License-Identifier: Apache-2.0
// Reading over one connection. A snapshot owns its connection for as long as it lives; the writer's
// reading shares the transaction's and answers from what is pending, or has it written first.
#pragma once

#include "connection.hpp"
#include "pending.hpp"

namespace huan::store_sqlite {

class SqliteReading : public store::Reading {
 public:
  /// `pending` null: a snapshot.
  SqliteReading(Connection& connection, Pending* pending)
      : connection_(connection), pending_(pending) {}
  [[nodiscard]] Connection& connection() { return connection_; }

  store::LastRecord last(store::City city) override;
  std::optional<store::Record> record(store::City city, store::Seq seq) override;
  std::optional<store::Record> record(store::City city, const base::Uuid& id) override;
  store::Seq seq_of(store::City city, const base::Uuid& id) override;
  store::Seq superseded_by(store::City city, store::Seq seq) override;
  void records(store::City city, store::SeqRange range,
               const store::Visit<store::RecordView>& visit) override;
  void record_heads(store::City city, store::SeqRange range,
                    const store::Visit<store::RecordView>& visit) override;
  std::vector<ledger::Leg> legs(store::City city, store::Seq seq) override;
  void legs(store::City city, store::SeqRange range,
            const store::Visit<store::LegView>& visit) override;

  std::optional<ledger::LotState> lot(store::City city, std::string_view lot) override;
  std::optional<store::LotRow> lot_at(store::City city, std::string_view lot,
                                      std::string_view place) override;
  std::vector<store::LotRow> lot_places(store::City city, std::string_view lot) override;
  void draw(store::City city, std::string_view place, std::string_view material,
            base::Instant not_after, const store::Visit<ledger::LotState>& visit) override;
  std::int64_t drawable(store::City city, std::string_view place,
                        std::string_view material) override;
  std::vector<store::LotRow> lots(store::City city, const store::LotFilter& filter,
                                  const store::Page& page) override;
  void oldest_stock(store::City city, const store::Visit<store::OldestStockRow>& visit) override;
  std::vector<store::StockRow> stock(store::City city, const store::LotFilter& filter,
                                     const store::Page& page) override;
  std::optional<ledger::ShipmentState> shipment(store::City city,
                                                std::string_view shipment) override;
  std::vector<ledger::LineState> lines(store::City city, std::string_view shipment) override;
  std::vector<store::ShipmentRow> shipments(store::City city, const store::ShipmentQuery& query,
                                            const store::Page& page) override;
  std::optional<ledger::RunState> run(store::City city, std::string_view run) override;
  std::int64_t balance(store::City city, const ledger::Account& account,
                       ledger::Unit unit) override;
  void balances(store::City city, const store::Visit<store::Balance>& visit) override;
  void imbalances(store::City city, const store::Visit<store::ImbalanceRow>& visit) override;
  std::optional<store::ItemRow> item(store::City city, std::string_view code) override;
  std::vector<std::string> items_of(store::City city, std::string_view lot) override;
  std::vector<store::ItemHistoryRow> item_history(store::City city, std::string_view code) override;
  std::vector<ledger::ItemMove> item_moves(store::City city, store::Seq seq) override;
  std::optional<store::Seq> ticket(store::City city, std::string_view device,
                                   std::int64_t number) override;
  std::optional<std::int64_t> ticket_last(store::City city, std::string_view device) override;
  std::vector<store::TicketRow> tickets(store::City city, std::int64_t number) override;
  void all_lots(store::City city, const store::Visit<store::LotRow>& visit) override;
  void all_lines(store::City city, const store::LineVisit& visit) override;
  void all_shipments(store::City city, const store::Visit<store::ShipmentRow>& visit) override;
  void all_runs(store::City city, const store::Visit<store::RunRow>& visit) override;
  void all_items(store::City city, const store::Visit<store::ItemRow>& visit) override;

  void statistics(store::City city, const store::StatisticsQuery& query,
                  const store::Visit<store::StatisticsRow>& visit) override;
  void rollup_days(store::City city, const store::Visit<store::StatisticsRow>& visit) override;
  void rollup_months(store::City city, const store::Visit<store::StatisticsRow>& visit) override;
  void rollup_operators(store::City city, const store::Visit<store::StatisticsRow>& visit) override;

  std::optional<store::RegistryRow> registered(store::City city, std::string_view kind,
                                               std::string_view key) override;
  std::optional<store::RegistryRow> registered_at(store::City city, std::string_view kind,
                                                  std::string_view key, base::Instant at) override;
  std::vector<store::RegistryRow> versions(store::City city, std::string_view kind,
                                           std::string_view key) override;
  std::vector<store::RegistryRow> registry(store::City city, std::string_view kind,
                                           const store::RegistryFilter& filter,
                                           const store::Page& page) override;

  std::string log_state(store::City city) override;
  std::optional<std::string> tile(store::City city, std::int32_t level, std::uint64_t n) override;
  std::optional<store::CheckpointRow> checkpoint(store::City city) override;
  std::vector<store::CheckpointRow> checkpoints(store::City city, std::uint64_t after_size,
                                                std::size_t limit) override;

  std::vector<store::CityRow> cities() override;
  std::optional<store::CityRow> city(store::City city) override;
  std::optional<store::TokenRow> token(const store::Digest& hash) override;
  std::vector<store::TokenRow> tokens() override;
  std::optional<store::AccountRow> account(std::string_view account) override;
  std::vector<store::AccountRow> accounts() override;
  std::optional<std::string> setting(store::City city, std::string_view key) override;
  std::optional<store::FileRow> file(store::City city, const store::Digest& sha256) override;

 private:
  /// Whether the question is about the city that the open transaction writes to.
  [[nodiscard]] bool pends(store::City city) const {
    return pending_ != nullptr && pending_->city() == city;
  }
  void flush_lots(store::City city);
  void flush_lines(store::City city);
  void flush_tickets(store::City city);

  Connection& connection_;
  Pending* pending_;
};

}  // namespace huan::store_sqlite
