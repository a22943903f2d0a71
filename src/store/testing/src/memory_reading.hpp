// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memory_world.hpp"

namespace huan::store::testing {

class MemoryReading final : public Reading {
 public:
  explicit MemoryReading(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  LastRecord last(City city) override;
  std::optional<Record> record(City city, Seq seq) override;
  std::optional<Record> record(City city, const base::Uuid& id) override;
  Seq seq_of(City city, const base::Uuid& id) override;
  Seq superseded_by(City city, Seq seq) override;
  void records(City city, SeqRange range, const Visit<RecordView>& visit) override;
  void record_heads(City city, SeqRange range, const Visit<RecordView>& visit) override;
  std::vector<ledger::Leg> legs(City city, Seq seq) override;
  void legs(City city, SeqRange range, const Visit<LegView>& visit) override;

  std::optional<ledger::LotState> lot(City city, std::string_view lot) override;
  std::optional<LotRow> lot_at(City city, std::string_view lot, std::string_view place) override;
  std::vector<LotRow> lot_places(City city, std::string_view lot) override;
  void draw(City city, std::string_view place, std::string_view material, base::Instant not_after,
            const Visit<ledger::LotState>& visit) override;
  std::int64_t drawable(City city, std::string_view place, std::string_view material) override;
  std::vector<LotRow> lots(City city, const LotFilter& filter, const Page& page) override;
  std::vector<StockRow> stock(City city, const LotFilter& filter, const Page& page) override;
  void oldest_stock(City city, const Visit<OldestStockRow>& visit) override;
  std::optional<ledger::ShipmentState> shipment(City city, std::string_view shipment) override;
  std::vector<ledger::LineState> lines(City city, std::string_view shipment) override;
  std::vector<ShipmentRow> shipments(City city, const ShipmentQuery& query,
                                     const Page& page) override;
  std::optional<ledger::RunState> run(City city, std::string_view run) override;
  std::int64_t balance(City city, const ledger::Account& account, ledger::Unit unit) override;
  void balances(City city, const Visit<Balance>& visit) override;
  void imbalances(City city, const Visit<ImbalanceRow>& visit) override;
  std::optional<ItemRow> item(City city, std::string_view code) override;
  std::vector<std::string> items_of(City city, std::string_view lot) override;
  std::vector<ItemHistoryRow> item_history(City city, std::string_view code) override;
  std::vector<ledger::ItemMove> item_moves(City city, Seq seq) override;
  std::optional<Seq> ticket(City city, std::string_view device, std::int64_t number) override;
  std::optional<std::int64_t> ticket_last(City city, std::string_view device) override;
  std::vector<TicketRow> tickets(City city, std::int64_t number) override;
  void all_lots(City city, const Visit<LotRow>& visit) override;
  void all_lines(City city, const LineVisit& visit) override;
  void all_shipments(City city, const Visit<ShipmentRow>& visit) override;
  void all_runs(City city, const Visit<RunRow>& visit) override;
  void all_items(City city, const Visit<ItemRow>& visit) override;

  void statistics(City city, const StatisticsQuery& query,
                  const Visit<StatisticsRow>& visit) override;
  void rollup_days(City city, const Visit<StatisticsRow>& visit) override;
  void rollup_months(City city, const Visit<StatisticsRow>& visit) override;
  void rollup_operators(City city, const Visit<StatisticsRow>& visit) override;

  std::optional<RegistryRow> registered(City city, std::string_view kind,
                                        std::string_view key) override;
  std::optional<RegistryRow> registered_at(City city, std::string_view kind, std::string_view key,
                                           base::Instant at) override;
  std::vector<RegistryRow> versions(City city, std::string_view kind,
                                    std::string_view key) override;
  std::vector<RegistryRow> registry(City city, std::string_view kind, const RegistryFilter& filter,
                                    const Page& page) override;

  std::string log_state(City city) override;
  std::optional<std::string> tile(City city, std::int32_t level, std::uint64_t n) override;
  std::optional<CheckpointRow> checkpoint(City city) override;
  std::vector<CheckpointRow> checkpoints(City city, std::uint64_t after_size,
                                         std::size_t limit) override;

  std::vector<CityRow> cities() override;
  std::optional<CityRow> city(City city) override;
  std::optional<TokenRow> token(const Digest& hash) override;
  std::vector<TokenRow> tokens() override;
  std::optional<AccountRow> account(std::string_view account) override;
  std::vector<AccountRow> accounts() override;
  std::optional<std::string> setting(City city, std::string_view key) override;
  std::optional<FileRow> file(City city, const Digest& sha256) override;

 private:
  [[nodiscard]] bool place_in_scope(City city, const std::string& place, const RowScope& scope);
  std::shared_ptr<const World> world_;
};

}  // namespace huan::store::testing
