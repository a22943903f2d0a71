// SPDX-License-Identifier: Apache-2.0
// The auditor's model: events.md §1–§4 in the slowest and plainest form. What stands where is
// always folded again from the list of all records, and nothing here is shared with src/.
//
// Raw balance of an account: the sum of the own legs of the versions in force. Visible is
// max(0, raw) while open; what is missing stands in imbalance; the raw rest of what is closed
// stands in variance (a shipment's line) or in loss and count (a run).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "world.hpp"

namespace huan::auditor {

using Json = nlohmann::json;

struct Account {
  std::string kind, a, b, unit;  ///< unit: g, pcs, fen, points
  friend auto operator<=>(const Account&, const Account&) = default;
};

struct Leg {
  Account account;
  std::int64_t amount{0};
  std::string material;
};

struct Context {
  std::string type, place, operator_id, district, cls;
};

struct Made {
  std::string lot, place, material;
  std::int64_t time{0};
  bool has_items{false};
};

struct Move {
  std::string code, before, after;
};

struct Shipment {
  std::string from, to, city;
  int finals{0};
};

struct Run {
  std::string place, process;
  int closes{0};
};

/// A record of the ledger: an event as it was posted, or a correction with its replacement.
struct Record {
  std::uint64_t seq{0};
  std::string id;
  Json as_sent;
  Json in_force;  ///< the event, or the replacement; null for a void
  bool superseded{false};
  std::vector<std::uint64_t> chain;  ///< versions up to and with this one
  Context context;
  std::int64_t time{0};    ///< of the event in force
  std::vector<Leg> own;    ///< in the order posted
  std::vector<Leg> kept;   ///< what §4 changed in imbalance, variance, loss and count
  std::int64_t kept_time;  ///< whose day the kept legs carry
  Context kept_context;
  Context before_context;  ///< of the version taken back
  std::vector<Made> made;
  std::vector<Move> moves;  ///< of items
  std::map<std::string, Shipment> shipments;
  std::map<std::string, Run> runs;
  std::string closes_shipment, closes_run;
  std::vector<std::pair<std::string, std::int64_t>> tickets;  ///< device, number
};

struct Lot {
  std::string place, material;
  std::int64_t time{0};
  std::uint64_t seq{0};
  bool has_items{false};
};

struct ShipmentLine {
  std::string material;
  std::int64_t shipped{0};
};

/// Everything that follows from the records, folded from the first to the last.
struct State {
  std::map<Account, std::int64_t> raw;
  std::map<std::string, Lot> lots;
  std::map<std::pair<std::string, std::string>, Lot> stood;  ///< by lot and place
  std::map<std::string, Shipment> shipments;
  std::map<std::string, std::map<std::string, ShipmentLine>> lines;
  std::map<std::string, Run> runs;
  std::map<std::string, std::string> items;  ///< code -> lot
  /// code -> the record whose event first moved it -> first version and lot, of what is in force
  std::map<std::string, std::map<std::uint64_t, std::pair<std::uint64_t, std::string>>> moves;
  /// device -> number -> the last record that carries it
  std::map<std::string, std::map<std::int64_t, std::uint64_t>> tickets;

  [[nodiscard]] std::int64_t raw_of(const Account& account) const;
  [[nodiscard]] std::int64_t visible(const Account& account) const;  ///< max(0, raw)
  [[nodiscard]] bool closed(const Account& account) const;
};

[[nodiscard]] State fold(const std::vector<Record>& records);
/// The first of these records that moved the item; 0 if none did.
[[nodiscard]] std::uint64_t first_move(const std::vector<Record>& records,
                                       const std::vector<std::uint64_t>& chain,
                                       const std::string& code);
[[nodiscard]] bool is_kept(const Account& account);  ///< stock, transit, wip, points of a party

struct Reply {
  std::string status;  ///< posted, duplicate, refused
  std::string code, at;
  std::vector<std::string> raised;  ///< sorted
  friend bool operator==(const Reply&, const Reply&) = default;
};

/// Text lines "what" -> value; two dumps are compared by equality.
using Dump = std::map<std::string, std::string>;

class Model {
 public:
  explicit Model(const World& world) : world_(world) {}

  /// Judges and, if it may stand, records.
  Reply post(const Json& event, std::int64_t now);
  /// A batch is posted one after another; take it back if it was to be all or nothing.
  void go_back(std::size_t records);

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const std::vector<Record>& records() const { return records_; }
  [[nodiscard]] Dump dump() const;

 private:
  const World& world_;
  std::vector<Record> records_;
  State state_;
};

/// RFC 3339 with offset to seconds since 1970, and back at +08:00. Well-formed input only.
[[nodiscard]] std::int64_t seconds(const std::string& time);
[[nodiscard]] std::string rfc3339(std::int64_t seconds);

}  // namespace huan::auditor
