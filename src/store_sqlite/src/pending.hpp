// SPDX-License-Identifier: Apache-2.0
// Pending: what the open transaction has changed and not yet written, and what the one writer knows
// of the lots it touched last. Reads of the transaction ask here first, or have it flushed.
//
// The lots stay known between transactions, which holds because nobody else writes; they are
// forgotten when a transaction fails, when another city is written, and when they become too many.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "deltas.hpp"

namespace huan::store_sqlite {

struct LotPlace {
  store::LotRow row;
  bool stored{false};           ///< a row is in the table
  bool balance_changed{false};  ///< since it was last written
  bool meta_changed{false};
};

/// All places where one lot stands or stood; empty: not on record.
struct LotEntry {
  std::vector<LotPlace> places;
  bool dirty{false};
  bool no_items{false};       ///< made here for the first time, and no item was moved into it since
  std::uint64_t saved_in{0};  ///< number of the savepoint that has its copy
};

struct RollupSums {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
  RollupSums& operator+=(const RollupSums& other);
};

struct LineSums {
  std::string material;
  std::int64_t shipped_g{0};
  std::int64_t raw_g{0};
  std::int64_t raw_pieces{0};
  LineSums& operator+=(const LineSums& other);
};

class Pending {
 public:
  explicit Pending(Connection& connection) : connection_(connection) {}

  void begin(std::string_view city);
  [[nodiscard]] const std::string& city() const { return city_; }
  void savepoint();
  void release();
  void rollback_to();
  /// After a commit: what is known of the lots stays.
  void committed();
  /// After a rollback or a failure.
  void clear();

  const LotEntry& lot(std::string_view lot);
  void lot_made(const ledger::LotMade& made, store::Seq seq);
  void lot_add(std::string_view lot, std::string_view place, std::int64_t g, std::int64_t pieces);
  void item_into(std::string_view lot);
  /// The lot surely holds none; false says nothing.
  [[nodiscard]] bool without_items(std::string_view lot) const;

  void balance_add(const ledger::Account& account, ledger::Unit unit, std::int64_t amount);
  [[nodiscard]] std::int64_t balance_pending(const ledger::Account& account, ledger::Unit unit);
  void line_add(std::string_view shipment, const ledger::LineState& delta);
  void rollup(const ledger::RollupDelta& delta);

  void flush_lots();
  void flush_balances();
  void flush_lines();
  void flush_rollups();
  void flush();

 private:
  using Lots = TextMap<LotEntry>;
  Lots::value_type& known(std::string_view lot);
  LotEntry& change(std::string_view lot);
  void write(std::string_view lot, LotPlace& place);

  Connection& connection_;
  std::string city_;
  Lots lots_;
  std::vector<Lots::value_type*> dirty_;  ///< nodes of lots_, which do not move
  std::vector<std::pair<Lots::value_type*, LotEntry>> undo_;
  std::uint64_t savepoint_{0};  ///< number of the open one, 0: none
  std::uint64_t savepoints_{0};
  Deltas<std::int64_t> balances_;
  Deltas<LineSums> lines_;
  Deltas<RollupSums> days_;
  Deltas<RollupSums> months_;
  std::string key_;  ///< reused to build keys
};

}  // namespace huan::store_sqlite
