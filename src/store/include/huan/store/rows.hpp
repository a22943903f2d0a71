// SPDX-License-Identifier: Apache-2.0
// Rows: what the store keeps, as values. Views (`…View`) borrow their text: from the caller when
// written, from the store during a visit when read. The city is not part of a row: it is given
// with each question, and a transaction writes to one city only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "huan/base/id.hpp"
#include "huan/base/time.hpp"
#include "huan/ledger/account.hpp"
#include "huan/ledger/book.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::store {

using Digest = std::array<std::uint8_t, 32>;
using Seq = std::uint64_t;  ///< 1, 2, 3, … per city without gaps; 0 means none

enum class RecordClass : std::uint8_t { event, registry };

/// One record of the city's log. Place, operator and district are the context of an event's own
/// legs and empty for a registry record.
struct RecordView {
  Seq seq{0};
  base::Uuid id;
  RecordClass klass{RecordClass::event};
  std::string_view type;  ///< event type or registry kind
  std::string_view key;   ///< registry key; empty for an event
  base::Instant time;
  base::Instant recorded_at;
  Seq supersedes{0};  ///< the version that this corrects
  std::string_view place;
  std::string_view operator_id;
  std::string_view district;
  Digest leaf{};          ///< hash of the log's leaf
  std::string_view body;  ///< canonical bytes; empty where bodies were not asked for
};

/// The same, owned.
struct Record {
  Record() = default;
  explicit Record(const RecordView& view);
  [[nodiscard]] RecordView view() const;

  Seq seq{0};
  base::Uuid id;
  RecordClass klass{RecordClass::event};
  std::string type;
  std::string key;
  base::Instant time;
  base::Instant recorded_at;
  Seq supersedes{0};
  std::string place;
  std::string operator_id;
  std::string district;
  Digest leaf{};
  std::string body;
};

struct LastRecord {
  Seq seq{0};
  base::Instant recorded_at;
};

/// Records with after < seq <= last.
struct SeqRange {
  Seq after{0};
  Seq last{UINT64_MAX};
};

/// A leg as it streams by.
struct LegView {
  Seq seq{0};
  ledger::AccountKind kind{ledger::AccountKind::source};
  std::string_view a;
  std::string_view b;
  ledger::Unit unit{ledger::Unit::mass};
  std::int64_t amount{0};
  std::string_view material;
  ledger::LegClass cls{ledger::LegClass::own};
  base::Day day;
};

/// What may be added to an account that is not a lot, a line or a run.
struct Balance {
  ledger::Account account;
  ledger::Unit unit{ledger::Unit::money};
  std::int64_t amount{0};
};

/// A page of a list in binary order of its key. Keys of several parts are joined by a space, which
/// no name holds.
struct Page {
  std::string after{};  ///< the last key of the page before; empty: from the start
  std::size_t limit{100};
  /// `after` at its space; a key of one part has no second.
  [[nodiscard]] std::pair<std::string_view, std::string_view> parts() const;
};

template <class Row>
using Visit = std::function<bool(const Row&)>;  ///< false stops

/// The rows that somebody may see: those of places in `district`, operated by `party`, of `place`
/// alone. Each: empty means any; all that are given have to hold. A district's code of 6, 9 or 12
/// digits (GB/T 2260, GB/T 10114) holds the codes that begin with it; any other code itself only.
/// A place's district and operator are those of its latest version.
struct RowScope {
  std::string district{};
  std::string party{};
  std::string place{};
  [[nodiscard]] bool any() const { return district.empty() && party.empty() && place.empty(); }
  [[nodiscard]] bool holds_district(std::string_view code) const;
  /// How many characters of a code are compared with `district`.
  [[nodiscard]] std::int64_t district_digits() const;
  friend bool operator==(const RowScope&, const RowScope&) = default;
};

// ---- stock

struct LotRow {
  ledger::LotState state;
  bool current{true};  ///< false: it stood here before a correction moved it
  [[nodiscard]] std::string key() const { return state.lot + ' ' + state.place; }
};

struct LotFilter {
  std::string place{};     ///< empty: any
  std::string material{};  ///< empty: any
  bool with_stock{true};   ///< only raw_g > 0 and current
  RowScope scope{};        ///< of its place
};

/// Visible stock: the sum over current lots with raw_g > 0.
struct StockRow {
  std::string place;
  std::string material;
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t lots{0};
  [[nodiscard]] std::string key() const { return place + ' ' + material; }
};

/// The oldest of a place's current lots with raw_g > 0.
struct OldestStockRow {
  std::string place;
  base::Instant time;  ///< the oldest lot's
  std::int64_t lots{0};
};

struct ShipmentRow {
  std::string shipment;
  Seq seq{0};  ///< of the record that named it first
  base::Instant time;
  ledger::ShipmentState state;
};

enum class ShipmentFilter : std::uint8_t { all, open, closed };

struct ShipmentQuery {
  ShipmentFilter state{ShipmentFilter::all};
  RowScope scope{};  ///< of the place that it leaves, or of the one that it is for
};

struct RunRow {
  std::string run;
  ledger::RunState state;
};

struct ItemRow {
  std::string code;
  std::string kind;
  std::string parent;
  std::string lot;  ///< empty: gone
  Seq seq{0};       ///< of the last move
};

struct ItemHistoryRow {
  Seq seq{0};
  ledger::ItemMove move;
};

struct TicketRow {
  std::string device;
  std::int64_t number{0};
  Seq seq{0};
};

/// A raw balance below zero: what stands in imbalance(account).
struct ImbalanceRow {
  ledger::Account account;  ///< stock, transit, wip or party
  ledger::Unit unit{ledger::Unit::mass};
  std::int64_t amount{0};  ///< raw, negative
};

// ---- registry

/// A version of a registered thing, as an index on its record. `subkind`, `district` and `party`
/// are what lists filter by, chosen by who writes.
struct RegistryRow {
  std::string kind;
  std::string key;
  std::int64_t version{1};
  base::Instant time;  ///< holds from
  Seq seq{0};
  std::string subkind;
  std::string district;
  std::string party;
  std::string body;  ///< of its record; ignored when written
};

struct RegistryFilter {
  std::string subkind{};  ///< each: empty means any
  std::string district{};
  std::string party{};
  RowScope scope{};  ///< `place` is compared with the key; see in_scope()
};

/// What a version says of itself is within the scope: its district (of a thing without one: that of
/// its party, `party_district`), its party or, of a party, its key; its key where a place is asked.
[[nodiscard]] bool in_scope(const RowScope& scope, const RegistryRow& row,
                            std::string_view party_district);

// ---- log

struct CheckpointRow {
  std::uint64_t size{0};
  base::Instant time;
  std::string note;  ///< the signed note's bytes
};

// ---- server

struct CityRow {
  std::string city;
  std::int32_t offset_s{0};
  std::string name;
  std::string pack;
};

struct TokenRow {
  Digest hash{};  ///< of the secret
  std::string role;
  std::string label;
  std::string scope;  ///< what it is limited to, as the app writes it
  base::Instant created;
  base::Instant expires;  ///< 0: never
};

/// Somebody who logs in. Not a record: it can be changed and taken away.
struct AccountRow {
  std::string account;  ///< what they type: one word in lower case
  std::string name;     ///< what others are shown
  std::string roles;    ///< words separated by spaces, as the app writes them
  std::string city;     ///< what their roles are limited to; each: empty means nothing said
  std::string district;
  std::string organisation;
  std::string place;
  std::string password;  ///< Argon2id's text; empty: cannot log in by one
  bool must_change{false};
  bool disabled{false};
  std::string totp;            ///< sealed secret of the second factor; empty: none
  std::int64_t totp_step{0};   ///< the last one used; -1: not yet confirmed
  std::int64_t generation{1};  ///< sessions of an earlier one have ended
  std::int64_t failures{0};    ///< since the last login
  base::Instant locked_until;
  base::Instant created;
  base::Instant password_set;
  friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

struct FileRow {
  Digest sha256{};
  std::string media_type;
  std::string name;
  std::int64_t size{0};
  base::Instant created;
};

}  // namespace huan::store
