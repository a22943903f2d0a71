// SPDX-License-Identifier: Apache-2.0
// FoldBook: a book in memory, made by folding postings one after another. Replaying a city's
// records into it gives every balance again from nothing, which is how verify checks what the store
// keeps.
//
//   FoldBook book{facts, versions};
//   auto posting = post(event, book, options);
//   book.apply(*posting, seq, event_time);
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "huan/ledger/book.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/ledger/ref_index.hpp"

namespace huan::ledger {

/// Answers Book::version, as of the record now being replayed.
using VersionLookup = std::function<std::optional<VersionState>(const base::Uuid&)>;

class FoldBook final : public Book {
 public:
  FoldBook(Facts& facts, VersionLookup versions)
      : facts_(facts), version_lookup_(std::move(versions)) {}
  FoldBook(const FoldBook&) = delete;  // the order of drawing looks at the lots
  FoldBook& operator=(const FoldBook&) = delete;

  void apply(const Posting& posting, std::uint64_t seq);

  std::optional<PlaceFacts> place(std::string_view id, base::Instant at) override;
  std::optional<PartyFacts> party(std::string_view id, base::Instant at) override;
  std::optional<MaterialFacts> material(std::string_view code, base::Instant at) override;
  bool vehicle(std::string_view id, base::Instant at) override;
  bool takes(std::string_view place, std::string_view material, base::Instant at) override;
  bool qualified(std::string_view place, std::string_view material, base::Instant at) override;
  bool held(std::string_view lot, base::Instant at) override;
  const LotState* lot(std::string_view lot) override;
  const LotState* lot_at(std::string_view lot, std::string_view place) override;
  void draw(std::string_view place, std::string_view material, base::Instant not_after,
            const std::function<bool(const LotState&)>& visit) override;
  std::int64_t stock(std::string_view place, std::string_view material) override;
  std::optional<ShipmentState> shipment(std::string_view id) override;
  std::vector<LineState> lines(std::string_view shipment) override;
  std::optional<RunState> run(std::string_view id) override;
  std::int64_t points(std::string_view party) override;
  std::optional<ItemState> item(std::string_view code) override;
  std::vector<std::string> items_of(std::string_view lot) override;
  std::vector<ItemMark> item_marks(std::string_view code) override;
  std::optional<VersionState> version(const base::Uuid& id) override;
  std::optional<TicketHolder> ticket(std::string_view device, std::int64_t number) override;
  std::optional<std::int64_t> ticket_last(std::string_view device) override;

  /// Not noexcept: libstdc++ then keeps each name's hash beside it, so that a look-up computes and
  /// compares nothing for the names that it walks past.
  struct NameHash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  template <class T>
  using Table = std::unordered_map<std::string, T, NameHash, std::equal_to<>>;
  /// A lot at one of the places where it stands or stood.
  struct Lot {
    LotState state;
    bool current{true};
    std::uint32_t elsewhere{kNone};  ///< the lot at the place before
    std::uint32_t shelf{kNone};      ///< of place and material, once something made it
  };
  struct Item {
    std::string kind;
    std::string parent;
    std::string lot;
    std::uint64_t seq{0};
  };
  struct Balance {
    Account account;
    Unit unit{Unit::money};
    std::int64_t amount{0};
  };
  struct Ticket {
    std::int64_t number{0};
    std::uint64_t seq{0};
  };

  /// What was folded, for comparison with what is stored. A lot has one entry a place it stood at.
  [[nodiscard]] const std::vector<Lot>& lots() const { return lots_; }
  [[nodiscard]] const Lot* find_lot(std::string_view lot, std::string_view place) const;
  [[nodiscard]] const Table<ShipmentState>& shipments() const { return shipments_; }
  [[nodiscard]] const Table<std::map<std::string, LineState>>& shipment_lines() const {
    return lines_;
  }
  [[nodiscard]] const Table<RunState>& runs() const { return runs_; }
  [[nodiscard]] const Table<Item>& items() const { return items_; }
  [[nodiscard]] const std::vector<Balance>& balances() const { return balances_; }
  /// Where in balances(); nullopt: nothing ever changed it.
  [[nodiscard]] std::optional<std::size_t> find_balance(const Account& account, Unit unit) const;
  /// Of each device, by number.
  [[nodiscard]] const Table<std::vector<Ticket>>& tickets() const { return tickets_; }

 private:
  static constexpr std::uint32_t kNone = RefIndex::kNone;
  /// What the order of drawing goes by first, so that few lots are looked at for it.
  struct DrawKey {
    std::int64_t time_s{0};
    std::uint64_t seq{0};
    std::uint32_t lot{kNone};  ///< in lots_
  };
  struct DrawnBefore {
    const std::vector<Lot>* lots;
    bool operator()(const DrawKey& a, const DrawKey& b) const;
  };
  /// Lots of one material at one place that may be drawn.
  struct Shelf {
    std::string place;
    std::string material;
    std::set<DrawKey, DrawnBefore> lots;
  };
  /// The number of the lot at its newest place, kNone when it is not on record.
  [[nodiscard]] std::uint32_t newest(std::string_view lot) const;
  Lot& lot_entry(const std::string& lot, const std::string& place);
  std::uint32_t shelf_of(std::string_view place, std::string_view material);
  [[nodiscard]] std::uint32_t find_shelf(std::string_view place, std::string_view material,
                                         std::uint32_t hash) const;
  [[nodiscard]] std::uint32_t find_balance(const Account& account, Unit unit,
                                           std::uint32_t hash) const;
  static bool drawable(const Lot& lot);
  void index(Lot& lot, bool add);
  void add_to_lot(const BalanceDelta& delta);
  void add_to_balance(const Account& account, Unit unit, std::int64_t amount);
  void move(const ItemMove& move, std::uint64_t seq);
  void mark_items(const Posting& posting, std::uint64_t seq);
  void apply_balance(const BalanceDelta& delta);
  void make(const LotMade& made, std::uint64_t seq);

  Facts& facts_;
  VersionLookup version_lookup_;
  std::vector<Lot> lots_;
  RefIndex newest_;                     // the lot at the place that it came to last
  mutable std::uint32_t asked_{kNone};  // what newest() found last: it is asked for in a row
  std::vector<Shelf> shelves_;
  RefIndex shelf_numbers_;
  Table<ShipmentState> shipments_;
  Table<std::map<std::string, LineState>> lines_;
  Table<RunState> runs_;
  Table<Item> items_;
  Table<std::set<std::string>> items_in_;
  std::vector<Balance> balances_;
  RefIndex balance_numbers_;
  Table<std::vector<Ticket>> tickets_;
  Table<std::vector<ItemMark>> marks_;  // by item
  std::unordered_set<std::uint64_t> superseded_;
  std::unordered_map<std::uint64_t, std::uint64_t> origins_;  // of corrections
};

}  // namespace huan::ledger
