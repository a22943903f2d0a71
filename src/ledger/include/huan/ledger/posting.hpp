// SPDX-License-Identifier: Apache-2.0
// Posting: everything that one event changes, as a value. Applying it is a fold: balances are sums
// of legs, metadata are the rows named here. Nothing is written before all of it is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/ledger/account.hpp"
#include "huan/ledger/book.hpp"

namespace huan::ledger {

/// A lot that came into being, or again with other metadata when a correction made it anew.
struct LotMade {
  std::string lot;
  std::string place;
  std::string material;
  base::Instant time;
  bool has_items{false};
};

/// A shipment named for the first time, or whose closing changed.
struct ShipmentChange {
  std::string shipment;
  std::string from_place;
  std::string to_place;
  std::string to_city;
  std::int64_t finals_delta{0};
};

struct RunChange {
  std::string run;
  std::string place;
  std::string process;
  std::int64_t closes_delta{0};
};

struct TicketUse {
  std::string device;
  std::int64_t number{0};
};

struct Raised {
  std::string code;  ///< two_ends, item_elsewhere, ticket_gap, diverted, …
  std::string at;    ///< JSON pointer
  std::string detail;
};

/// What a raw balance of stock, transit, work in progress or a party's points changes by.
struct BalanceDelta {
  Account account;
  Unit unit{Unit::mass};
  std::string material;
  std::int64_t raw{0};
  std::int64_t shipped{0};  ///< transit in mass: legs of ships alone
};

/// One row of statistics to add to. `day` rows carry place and operator, `month` rows the district
/// (events.md §3).
struct RollupDelta {
  base::Day day;
  std::string place;
  std::string operator_id;
  std::string district;
  std::string material;
  std::string
      flow;  ///< receive ship accept refuse variance in out loss sell dispose adjust imbalance
  std::string cls;  ///< origin, destination, method or process
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
};

struct Posting {
  std::string operator_id;  ///< of the place as of the event's time
  std::string district;
  std::uint64_t supersedes{0};  ///< seq of the version that this corrects, 0 for none
  std::vector<Leg> legs;
  std::vector<BalanceDelta> balances;
  std::vector<LotMade> lots;
  std::vector<ShipmentChange> shipments;
  std::vector<RunChange> runs;
  std::vector<ItemMove> item_moves;
  std::size_t items_back{0};  ///< how many of these, from the first, take back the version before
  std::size_t items_kept{0};  ///< how many, at the end, restate what later events did
  std::vector<TicketUse> tickets;  ///< a correction's own and its replacement's
  std::vector<RollupDelta> rollups;
  std::vector<Raised> raised;
  std::string drawn;  ///< RFC 8785 object: what the server chose or noticed
};

}  // namespace huan::ledger
