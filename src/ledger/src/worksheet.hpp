// SPDX-License-Identifier: Apache-2.0
// The worksheet of one posting: legs as they are written, the raw balances they touch, and what
// keeps those >= 0 at the end. Balances are read from the book once and then kept here, so that two
// lines of one event see each other.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "fold_view.hpp"
#include "huan/base/result.hpp"
#include "huan/ledger/book.hpp"
#include "huan/ledger/event.hpp"
#include "huan/ledger/post.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::ledger {

struct Draw {
  std::string lot;
  std::string material;
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
};

class Worksheet {
 public:
  /// `room`: see post().
  Worksheet(Book& book, const PostOptions& options, Posting&& room);
  Worksheet(const Worksheet&) = delete;  // the index looks at the balances
  Worksheet& operator=(const Worksheet&) = delete;

  /// The event whose own legs are being written. `correcting`: it replaces a version, so shortages
  /// are kept, not refused.
  void open(const Event& event, const FoldContext& context, std::string record_id, bool correcting);
  base::Day day() const { return day_; }

  Book& book() { return book_; }
  const PostOptions& options() const { return options_; }
  const Event& event() const { return *event_; }
  const FoldContext& context() const { return context_; }
  bool correcting() const { return correcting_; }
  const std::string& record_id() const { return record_id_; }
  Posting& posting() { return posting_; }
  const std::vector<std::string>& lots_before() const { return lots_before_; }
  /// Whether that record is an earlier version of the event.
  bool is_before(std::uint64_t seq) const;

  /// Nothing when the amount is 0.
  void leg(const Account& account, Unit unit, std::int64_t amount, std::string_view material);
  void leg(Account&& account, Unit unit, std::int64_t amount, std::string_view material);
  /// Mass, then pieces.
  void legs(Account&& account, std::int64_t mass_g, std::int64_t pieces, std::string_view material);
  /// Takes back a version's own legs, item moves, closings.
  base::Result<void> reverse(const VersionState& version, const Event& old_event,
                             const FoldContext& old_context);

  std::int64_t raw(const Account& account, Unit unit);
  std::int64_t available(const Account& account, Unit unit);  ///< max(0, raw)
  /// What stands at the place of a material, lots with items left out, this event's own legs
  /// included.
  std::int64_t stock(std::string_view place, std::string_view material);
  /// As of the record before; nullptr when it is not on record.
  const LotState* lot(std::string_view id) { return book_.lot(id); }
  /// Lots of the book at the place that this event filled again: the book does not offer them to be
  /// drawn. In the order of drawing.
  std::vector<LotState> refilled(std::string_view place, std::string_view material);
  /// Refuses the party that the event deals with if it is not on record or has ended.
  base::Result<void> check_party(std::string_view at);
  const ShipmentState* shipment(
      std::string_view id);  ///< as of now, openings in this event included
  const RunState* run(std::string_view id);
  std::vector<LineState>& lines(std::string_view shipment);

  void open_shipment(std::string_view id, const ShipmentState& state);
  void close_shipment(std::string_view id, std::int64_t finals_delta);
  void open_run(std::string_view id, const RunState& state);
  void close_run(std::string_view id, std::int64_t closes_delta);

  /// Names and registers a lot that this event makes; refuses ids that are taken.
  base::Result<std::string> make_lot(std::string_view wanted, std::string_view material,
                                     bool has_items, std::string_view at);
  const LotMade* made(std::string_view lot) const;  ///< by this event; nullptr if it was not
  void move_item(const ItemMove& move, std::string_view at);
  /// Where the item stands; to a correction, where it stood before what it corrects.
  std::string item_lot(std::string_view code);
  std::vector<std::string> items_in(std::string_view lot);
  void raise(std::string_view code, std::string_view at, std::string detail);
  void drew(std::size_t input, std::vector<Draw> draws);

  /// Posts what keeps balances, folds the statistics and composes `drawn`.
  Posting finish();

 private:
  struct Balance {
    Account account;
    Unit unit;
    std::uint64_t print;  ///< of account and unit: what differs here is not the one looked for
    std::string material;
    std::int64_t before{0};
    std::int64_t now{0};
    std::int64_t shipped{0};
  };
  struct Closing {
    std::int64_t before{0};
    std::int64_t now{0};
  };
  /// What other events say of an item: before the event first moved it, and after.
  struct ItemAround {
    std::string before;
    std::optional<std::string> later;
  };
  /// Finds balances by what they are of, once they are too many to be walked through.
  struct BalanceName {
    const Account& account;
    Unit unit;
  };
  struct BalanceHash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
    const std::vector<Balance>* balances;
    std::size_t operator()(const BalanceName& name) const;
    std::size_t operator()(std::size_t i) const;
  };
  struct BalanceEqual {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
    const std::vector<Balance>* balances;
    bool operator()(std::size_t a, std::size_t b) const { return a == b; }
    bool operator()(const BalanceName& name, std::size_t i) const;
    bool operator()(std::size_t i, const BalanceName& name) const { return (*this)(name, i); }
  };

  Balance* find(const Account& account, Unit unit, std::uint64_t print);
  Balance& balance(const Account& account, Unit unit, std::string_view material);
  void seed(Balance& balance);
  std::int64_t raw_pieces(const Account& account);  ///< of stock or transit, before this event
  void add(const Leg& leg, bool of_ship);
  const ItemAround& around(std::string_view code);
  void take_items_back(const VersionState& version);
  void keep_items();
  void keep();
  void keep_balance(const Balance& balance);
  void kept_leg(Account account, Unit unit, std::int64_t amount, std::string_view material);
  Closing closing_of(const Account& account) const;
  void raise_two_ends();
  FoldView view_of_kept(const Leg& leg);
  void fold_all();
  void compose_drawn();

  Book& book_;
  PostOptions options_;
  const Event* event_{nullptr};
  FoldContext context_;
  FoldContext context_before_;  ///< of the version taken back
  std::string record_id_;
  base::Day day_;
  bool correcting_{false};
  Posting posting_;
  std::vector<Balance> balances_;
  std::unordered_set<std::size_t, BalanceHash, BalanceEqual> index_{0, BalanceHash{&balances_},
                                                                    BalanceEqual{&balances_}};
  std::map<std::string, ShipmentState, std::less<>> shipments_;
  std::map<std::string, Closing, std::less<>> shipment_closing_;
  std::map<std::string, RunState, std::less<>> runs_;
  std::map<std::string, Closing, std::less<>> run_closing_;
  std::map<std::string, std::vector<LineState>, std::less<>> lines_;
  std::map<std::string, std::string, std::less<>>
      items_;  ///< code -> lot now, of items that this event moved
  std::map<std::string, ItemAround, std::less<>> around_;
  std::vector<std::uint64_t> chain_;
  std::vector<std::string> lots_before_;  ///< that the version taken back had drawn from or made
  std::vector<std::pair<std::size_t, std::vector<Draw>>> draws_;
};

[[nodiscard]] bool is_tracked(const Account& account, Unit unit);
/// `lines` are sorted by line; nullptr: none is called so.
[[nodiscard]] const LineState* line_of(const std::vector<LineState>& lines, std::string_view line);

}  // namespace huan::ledger
