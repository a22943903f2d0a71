// SPDX-License-Identifier: Apache-2.0
// Book: all that posting may ask about the world, as of the record before. The store answers it in
// production, FoldBook in verify and in tests. Balances are given raw: the sum of own and reversing
// legs, without what keeps them >= 0; what is visible is max(0, raw) while open and 0 when closed,
// what is short (imbalance) is max(0, -raw).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/time.hpp"
#include "huan/ledger/account.hpp"

namespace huan::ledger {

enum class PlaceState : std::uint8_t { planned, active, suspended, closed };

struct PlaceFacts {
  PlaceState state{PlaceState::active};
  std::string operator_id;  ///< party; empty when none is recorded
  std::string district;
};

struct MaterialFacts {
  bool prohibited{false};
  std::int64_t tolerance_permille{0};  ///< two-end difference that is not worth raising
  std::int64_t tolerance_g{0};
};

struct PartyFacts {
  std::string destination_class;  ///< recycle, reuse, energy; empty when not recorded
  bool active{true};  ///< false: it has ended; it hands over and takes nothing, but is settled with
};

struct LotState {
  std::string lot;
  std::string place;
  std::string material;
  base::Instant time;    ///< when it was made
  std::uint64_t seq{0};  ///< of the record that made it
  std::int64_t raw_g{0};
  std::int64_t raw_pieces{0};
  bool has_items{false};
};

/// The order of drawing: time, seq, lot (events.md §3).
[[nodiscard]] bool drawn_before(const LotState& a, const LotState& b);

struct LineState {
  std::string line;
  std::string material;
  std::int64_t shipped_g{0};  ///< own legs of ships, without acceptances
  std::int64_t raw_g{0};
  std::int64_t raw_pieces{0};
};

struct ShipmentState {
  std::string from_place;  ///< of the first ship
  std::string to_place;
  std::string to_city;     ///< empty: this city
  std::int64_t finals{0};  ///< acceptances in force that close it; > 0: closed
};

struct RunState {
  std::string place;
  std::string process;
  std::int64_t closes{0};  ///< events in force that close it; > 0: closed
  std::int64_t raw_g{0};
  std::int64_t raw_pieces{0};
};

struct ItemState {
  std::string lot;  ///< empty: gone (sold, disposed, on the way)
  std::string kind;
};

/// One move of an item, so that a correction can take it back.
struct ItemMove {
  std::string code;
  std::string kind;
  std::string parent;
  std::string lot_before;
  std::string lot_after;
};

/// Where a version of an event put an item.
struct ItemMark {
  std::uint64_t seq{0};     ///< of that version
  std::uint64_t origin{0};  ///< of the event's first version
  bool in_force{false};     ///< no later version took its place
  std::string lot_after;
};

/// The moves that a record says itself, without those that take back the version before (`back`,
/// the first) and those that restate what later events did (`kept`, the last).
[[nodiscard]] std::span<const ItemMove> own_moves(const std::vector<ItemMove>& moves,
                                                  std::size_t back, std::size_t kept);

/// The record that carried a ticket number last.
struct TicketHolder {
  std::uint64_t seq{0};
  bool in_force{false};  ///< no later version took its place
};

/// What a correction needs of the version that it takes back.
struct VersionState {
  std::uint64_t seq{0};
  bool latest{false};      ///< false: another version stands after it
  std::string event_json;  ///< the event in force (a correction's replacement); empty for a void
  std::string place;       ///< context of its own legs, as they were posted
  std::string operator_id;
  std::string district;
  std::string cls;                   ///< `class` of what was drawn; empty: the event's own
  std::vector<std::uint64_t> chain;  ///< seq of all versions up to this one
  std::vector<Leg> own;              ///< its legs of class own
  std::vector<ItemMove> item_moves;
  std::size_t items_back{0};  ///< how many of these, from the first, took back the version before
  std::size_t items_kept{0};  ///< how many, at the end, restated what later events did
};

/// The registry's answers, as on record for `at`.
class Facts {
 public:
  virtual ~Facts() = default;
  virtual std::optional<PlaceFacts> place(std::string_view id, base::Instant at) = 0;
  virtual std::optional<PartyFacts> party(std::string_view id, base::Instant at) = 0;
  /// Leaves of the catalogue only.
  virtual std::optional<MaterialFacts> material(std::string_view code, base::Instant at) = 0;
  virtual bool vehicle(std::string_view id, base::Instant at) = 0;  ///< on record and in use
  virtual bool takes(std::string_view place, std::string_view material, base::Instant at) = 0;
  /// Whether the place's operator holds what the material asks for.
  virtual bool qualified(std::string_view place, std::string_view material, base::Instant at) = 0;
  virtual bool held(std::string_view lot, base::Instant at) = 0;
};

class Book : public Facts {
 public:
  // Balances. What is pointed at stays as it is until something is posted.
  virtual const LotState* lot(std::string_view lot) = 0;  ///< nullptr: not on record
  /// A lot at a place where it may no longer stand (after a correction moved it); nullptr: it never
  /// stood there.
  virtual const LotState* lot_at(std::string_view lot, std::string_view place) = 0;
  /// Lots of the material at the place with raw_g > 0 and without items, by (time, seq, lot); stop
  /// when visit says false.
  virtual void draw(std::string_view place, std::string_view material, base::Instant not_after,
                    const std::function<bool(const LotState&)>& visit) = 0;
  /// Sum of raw_g > 0 of the material at the place, over lots without items.
  virtual std::int64_t stock(std::string_view place, std::string_view material) = 0;
  virtual std::optional<ShipmentState> shipment(std::string_view id) = 0;
  virtual std::vector<LineState> lines(std::string_view shipment) = 0;  ///< by line
  virtual std::optional<RunState> run(std::string_view id) = 0;
  virtual std::int64_t points(std::string_view party) = 0;  ///< raw
  virtual std::optional<ItemState> item(std::string_view code) = 0;
  virtual std::vector<std::string> items_of(std::string_view lot) = 0;  ///< codes, sorted
  /// All that any version ever said of where the item went, by seq.
  virtual std::vector<ItemMark> item_marks(std::string_view code) = 0;

  // Identity.
  virtual std::optional<VersionState> version(const base::Uuid& id) = 0;
  virtual std::optional<TicketHolder> ticket(std::string_view device, std::int64_t number) = 0;
  virtual std::optional<std::int64_t> ticket_last(std::string_view device) = 0;
};

}  // namespace huan::ledger
