// SPDX-License-Identifier: Apache-2.0
// Pending: what the open transaction has changed and not yet written, and what the one writer knows
// of the lots it touched last. Reads of the transaction ask here first, or have it flushed.
//
// What is known stays so between transactions, which holds because nobody else writes; it is
// forgotten when a transaction fails, when another city is written, and when it becomes too much.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "absent.hpp"
#include "connection.hpp"
#include "known.hpp"

namespace huan::store_sqlite {

struct LotPlace {
  store::LotRow row;
  bool stored{false};           ///< a row is in the table
  bool balance_changed{false};  ///< since it was last written
  bool meta_changed{false};
  [[nodiscard]] bool changed() const { return balance_changed || meta_changed; }
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

struct Line {
  ledger::LineState state;
  bool stored{false};
  bool changed{false};
};

/// All lines of one shipment.
struct LinesEntry {
  std::map<std::string, Line, std::less<>> lines;
  bool dirty{false};
  std::uint64_t saved_in{0};
};

/// Who carries a ticket's number now.
struct TicketEntry {
  store::Seq seq{0};
  bool dirty{false};
  std::uint64_t saved_in{0};
};

/// What is to be added to a row: an account or a roll-up that a hundred events touch costs one
/// change of a row.
template <class Sums>
struct Gathered {
  Sums sums{};
  bool dirty{false};
  std::uint64_t saved_in{0};
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

  /// Whether a record of that id may be on record; false: surely none is.
  [[nodiscard]] bool maybe_recorded(const base::Uuid& id);
  void recorded(const base::Uuid& id);

  const LotEntry& lot(std::string_view lot);
  void lot_made(const ledger::LotMade& made, store::Seq seq);
  void lot_add(std::string_view lot, std::string_view place, std::int64_t g, std::int64_t pieces);
  void item_into(std::string_view lot);
  /// The lot surely holds none; false says nothing.
  [[nodiscard]] bool without_items(std::string_view lot);
  /// The table of items was asked, and none is in the lot, nor in those behind it before `next`;
  /// nullopt: to the end.
  void no_items(std::string_view lot, std::optional<std::string_view> next);
  /// Lots that may be drawn there as far as they are not yet written, in the order of drawing.
  [[nodiscard]] std::vector<const ledger::LotState*> unwritten_stock(std::string_view place,
                                                                     std::string_view material,
                                                                     base::Instant not_after);
  /// What the table says of the lot at the place is out of date.
  [[nodiscard]] bool unwritten(std::string_view lot, std::string_view place);

  const LinesEntry& lines(std::string_view shipment);
  void line_add(std::string_view shipment, const ledger::LineState& delta);
  /// The table of shipments was asked: what is not on record has no lines.
  void no_shipment(std::string_view shipment);

  /// The highest number of the device's tickets; nullopt: none.
  std::optional<std::int64_t> ticket_last(std::string_view device);
  void ticket(const ledger::TicketUse& use, store::Seq seq);

  void balance_add(const ledger::Account& account, ledger::Unit unit, std::int64_t amount);
  [[nodiscard]] std::int64_t balance_pending(const ledger::Account& account, ledger::Unit unit);
  void rollup(const ledger::RollupDelta& delta);

  void flush_lots();
  void flush_balances();
  void flush_lines();
  void flush_rollups();
  void flush_tickets();
  void flush();

 private:
  void forget_ids();
  void write_months();
  void write_operators();
  using Lots = Known<LotEntry>;
  using Lines = Known<LinesEntry>;
  Lots::Node& known_lot(std::string_view lot);
  Lines::Node& known_lines(std::string_view shipment);
  template <class Sums>
  void gather(Known<Gathered<Sums>>& known, const Sums& sums);
  void shelve(Lots::Node& node, const LotPlace& place);
  void shelve_dirty();
  void write(std::string_view lot, LotPlace& place);

  Connection& connection_;
  std::string city_;
  Lots lots_;
  Absent lots_absent_;   ///< those that are in the table since are known
  Absent items_absent_;  ///< lots without items, until one is moved into any lot
  Absent ids_absent_;
  std::unordered_set<base::Uuid> ids_recorded_;  ///< since then
  KeyMap<std::vector<Lots::Node*>> shelves_;  ///< changed lots by place and material; may be stale
  Lines lines_;
  KeyMap<std::optional<std::int64_t>> tickets_;  ///< by device: the highest number
  Known<TicketEntry> used_;                      ///< tickets not yet written
  Known<Gathered<std::int64_t>> balances_;
  Known<Gathered<RollupSums>> days_;
  Known<Gathered<RollupSums>> months_;     ///< of the days being written, and of them alone
  Known<Gathered<RollupSums>> operators_;  ///< the same by month and operator
  std::string key_;                        ///< reused to build keys
};

}  // namespace huan::store_sqlite
