// SPDX-License-Identifier: Apache-2.0
#include "huan/store/testing/memory_store.hpp"

#include <condition_variable>
#include <mutex>

#include "huan/base/assert.hpp"
#include "memory_reading.hpp"

namespace huan::store::testing {

namespace {

/// Takes one change back from a world that has it.
using Undo = std::function<void(World&)>;

struct Shared {
  std::mutex mutex;
  std::condition_variable free;
  bool writing{false};
  std::shared_ptr<World> world{std::make_shared<World>()};  ///< open transaction's changes included
  std::vector<Undo> undo;                                   ///< of the open transaction
};

void take_back(World& world, const std::vector<Undo>& undo, std::size_t keep) {
  for (auto at = undo.size(); at > keep; --at) {
    undo[at - 1](world);
  }
}

class MemoryTransaction final : public Transaction {
 public:
  MemoryTransaction(Shared& shared, City city) : shared_(shared), city_(city) {
    std::unique_lock lock(shared_.mutex);
    shared_.free.wait(lock, [this] { return !shared_.writing; });
    shared_.writing = true;
    if (shared_.world.use_count() > 1) {  // a snapshot looks at it
      shared_.world = std::make_shared<World>(*shared_.world);
    }
    if (!city_.empty()) {
      shared_.world->tables[city_];
    }
    reading_ = std::make_unique<MemoryReading>(shared_.world);
  }

  ~MemoryTransaction() override {
    reading_.reset();
    {
      const std::lock_guard lock(shared_.mutex);
      take_back(*shared_.world, shared_.undo, 0);
      shared_.undo.clear();
      shared_.writing = false;
    }
    shared_.free.notify_one();
  }

  Reading& reading() override { return *reading_; }

  void savepoint() override {
    HUAN_ASSERT(!saved_);
    saved_ = shared_.undo.size();
  }
  void release() override {
    HUAN_ASSERT(saved_);
    saved_.reset();
  }
  void rollback_to() override {
    HUAN_ASSERT(saved_);
    const std::lock_guard lock(shared_.mutex);
    take_back(*shared_.world, shared_.undo, *saved_);
    shared_.undo.resize(*saved_);
    saved_.reset();
  }
  void commit() override {
    HUAN_ASSERT(!saved_);
    const std::lock_guard lock(shared_.mutex);
    shared_.undo.clear();
  }

  void append(const RecordView& record) override {
    auto& tables = mine();
    if (tables.ids.contains(record.id) || tables.records.contains(record.seq) ||
        (record.supersedes != 0 && tables.superseded.contains(record.supersedes))) {
      throw Failure(base::ErrorCode::store_failed, "id, seq or superseded record is taken");
    }
    put(&CityTables::records, record.seq, Record(record));
    put(&CityTables::ids, record.id, record.seq);
    if (record.supersedes != 0) {
      put(&CityTables::superseded, record.supersedes, record.seq);
    }
  }
  void legs(Seq seq, std::span<const ledger::Leg> legs) override {
    put(&CityTables::legs, seq, std::vector<ledger::Leg>(legs.begin(), legs.end()));
  }

  void lot_made(const ledger::LotMade& made, Seq seq) override {
    std::vector<LotRow> left;
    for (const auto& [key, row] : mine().lots) {
      if (key.first == made.lot && key.second != made.place && row.current) {
        left.push_back(row);
      }
    }
    for (auto& row : left) {
      row.current = false;
      put(&CityTables::lots, {made.lot, row.state.place}, row);
    }
    auto row = get(&CityTables::lots, {made.lot, made.place});
    row.current = true;
    row.state = {made.lot, made.place,      made.material,        made.time,
                 seq,      row.state.raw_g, row.state.raw_pieces, made.has_items};
    put(&CityTables::lots, {made.lot, made.place}, row);
  }
  void lot_add(std::string_view lot, std::string_view place, std::int64_t g,
               std::int64_t pieces) override {
    const Names key(lot, place);
    HUAN_ASSERT(mine().lots.contains(key));
    auto row = get(&CityTables::lots, key);
    row.state.raw_g += g;
    row.state.raw_pieces += pieces;
    put(&CityTables::lots, key, row);
  }
  void shipment(const ledger::ShipmentChange& change, Seq seq, base::Instant time) override {
    auto row = get(&CityTables::shipments, change.shipment);
    if (row.shipment.empty()) {
      row.shipment = change.shipment;
      row.seq = seq;
      row.time = time;
    }
    set_if_given(row.state.from_place, change.from_place);
    set_if_given(row.state.to_place, change.to_place);
    set_if_given(row.state.to_city, change.to_city);
    row.state.finals += change.finals_delta;
    put(&CityTables::shipments, change.shipment, row);
  }
  void line_add(std::string_view shipment, const ledger::LineState& delta) override {
    const Names key(shipment, delta.line);
    auto line = get(&CityTables::lines, key);
    line.line = delta.line;
    set_if_given(line.material, delta.material);
    line.shipped_g += delta.shipped_g;
    line.raw_g += delta.raw_g;
    line.raw_pieces += delta.raw_pieces;
    put(&CityTables::lines, key, line);
  }
  void run(const ledger::RunChange& change) override {
    auto state = get(&CityTables::runs, change.run);
    set_if_given(state.place, change.place);
    set_if_given(state.process, change.process);
    state.closes += change.closes_delta;
    put(&CityTables::runs, change.run, state);
  }
  void run_add(std::string_view run, std::int64_t g, std::int64_t pieces) override {
    const std::string key(run);
    HUAN_ASSERT(mine().runs.contains(key));
    auto state = get(&CityTables::runs, key);
    state.raw_g += g;
    state.raw_pieces += pieces;
    put(&CityTables::runs, key, state);
  }
  void balance_add(const ledger::Account& account, ledger::Unit unit,
                   std::int64_t amount) override {
    const AccountKey key(account.kind, account.a, account.b, unit);
    put(&CityTables::balances, key, get(&CityTables::balances, key) + amount);
  }
  void item_move(Seq seq, const ledger::ItemMove& move) override {
    put(&CityTables::items, move.code, {move.code, move.kind, move.parent, move.lot_after, seq});
    auto moves = get(&CityTables::moves, seq);
    moves.push_back(move);
    put(&CityTables::moves, seq, moves);
  }
  void ticket(const ledger::TicketUse& use, Seq seq) override {
    put(&CityTables::tickets, {use.device, use.number}, seq);
  }
  void rollup(const ledger::RollupDelta& delta) override {
    const Sums added{delta.mass_g, delta.pieces, delta.money_fen, delta.count};
    const DayKey day(delta.day.n, delta.place, delta.operator_id, delta.district, delta.material,
                     delta.flow, delta.cls);
    auto day_sums = get(&CityTables::days, day);
    day_sums.add(added);
    put(&CityTables::days, day, day_sums);
    auto civil = base::civil_of(delta.day);
    civil.day = 1;
    const MonthKey month(base::day_of(civil).n, delta.district, delta.material, delta.flow,
                         delta.cls);
    auto month_sums = get(&CityTables::months, month);
    month_sums.add(added);
    put(&CityTables::months, month, month_sums);
    const OperatorKey of(base::day_of(civil).n, delta.operator_id, delta.district, delta.material,
                         delta.flow, delta.cls);
    auto operator_sums = get(&CityTables::operators, of);
    operator_sums.add(added);
    put(&CityTables::operators, of, operator_sums);
  }

  void registry(const RegistryRow& row) override {
    put(&CityTables::registry, {row.kind, row.key, row.version}, row);
  }

  void log_state(std::string_view bytes) override {
    put(&CityTables::log_state, 0, std::string(bytes));
  }
  void tile(std::int32_t level, std::uint64_t n, std::string_view bytes) override {
    put(&CityTables::tiles, {level, n}, std::string(bytes));
  }
  void checkpoint(const CheckpointRow& row) override {
    put(&CityTables::checkpoints, row.size, row);
  }

  void city(const CityRow& row) override { put_server(&World::cities, row.city, row); }
  void token(const TokenRow& row) override { put_server(&World::tokens, row.hash, row); }
  void forget_token(const Digest& hash) override {
    put_server(&World::tokens, hash, std::optional<TokenRow>());
  }
  void account(const AccountRow& row) override { put_server(&World::accounts, row.account, row); }
  void forget_account(std::string_view account) override {
    put_server(&World::accounts, std::string(account), std::optional<AccountRow>());
  }
  void setting(std::string_view key, std::string_view value) override {
    put_server(&World::settings, {city_, std::string(key)}, std::string(value));
  }
  void file(const FileRow& row) override {
    if (!mine().files.contains(row.sha256)) {
      put(&CityTables::files, row.sha256, row);
    }
  }

 private:
  CityTables& mine() {
    HUAN_ASSERT(!city_.empty());
    return shared_.world->tables[city_];
  }
  static void set_if_given(std::string& field, const std::string& value) {
    if (!value.empty()) {
      field = value;
    }
  }
  template <class Map>
  static void assign(Map& map, const typename Map::key_type& key,
                     const std::optional<typename Map::mapped_type>& value) {
    if (value) {
      map.insert_or_assign(key, *value);
    } else {
      map.erase(key);
    }
  }
  template <class Map>
  static std::optional<typename Map::mapped_type> found(const Map& map,
                                                        const typename Map::key_type& key) {
    const auto at = map.find(key);
    return at == map.end() ? std::nullopt : std::optional(at->second);
  }
  /// The row, or an empty one.
  template <class Map>
  typename Map::mapped_type get(Map CityTables::* table, const typename Map::key_type& key) {
    return found(mine().*table, key).value_or(typename Map::mapped_type{});
  }
  template <class Map>
  void put(Map CityTables::* table, const typename Map::key_type& key,
           const typename Map::mapped_type& value) {
    const std::lock_guard lock(shared_.mutex);
    auto& map = mine().*table;
    shared_.undo.push_back([city = city_, table, key, before = found(map, key)](World& world) {
      assign(world.tables[city].*table, key, before);
    });
    assign(map, key, std::optional(value));
  }
  template <class Map>
  void put_server(Map World::* table, const typename Map::key_type& key,
                  const std::optional<typename Map::mapped_type>& value) {
    const std::lock_guard lock(shared_.mutex);
    auto& map = (*shared_.world).*table;
    shared_.undo.push_back([table, key, before = found(map, key)](World& world) {
      assign(world.*table, key, before);
    });
    assign(map, key, value);
  }

  Shared& shared_;
  std::string city_;
  std::unique_ptr<MemoryReading> reading_;
  std::optional<std::size_t> saved_;
};

class MemoryStore final : public Store {
 public:
  std::unique_ptr<Transaction> begin(City city) override {
    return std::make_unique<MemoryTransaction>(shared_, city);
  }
  std::unique_ptr<Reading> snapshot() override {
    const std::lock_guard lock(shared_.mutex);
    if (!shared_.writing) {
      return std::make_unique<MemoryReading>(shared_.world);
    }
    auto committed = std::make_shared<World>(*shared_.world);
    take_back(*committed, shared_.undo, 0);
    return std::make_unique<MemoryReading>(std::move(committed));
  }
  [[nodiscard]] Capabilities capabilities() const override {
    return {.adapter = "memory", .durable = false, .many_writers = false};
  }
  bool backup(const std::string& path, const BackupProgress& /*progress*/) override {
    throw Failure(base::ErrorCode::store_failed, "nothing in memory can be copied to " + path);
  }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<Store> memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace huan::store::testing
