// SPDX-License-Identifier: Apache-2.0
// Accounts and legs (分录): the double entry under everything. Legs of one event sum to zero in
// each unit. Where an account needs two names they are `a` and `b`:
//
// clang-format off
//   kind       a                     b          unit
//   source     place                 origin     mass, pieces
//   stock      place                 lot        mass, pieces   kept >= 0
//   transit    shipment              line       mass, pieces   kept >= 0 while open, 0 when final
//   abroad     "<city> <shipment>"   line       mass, pieces   the other city's papers; no limit
//   wip        run                   -          mass, pieces   kept >= 0 while open, 0 when closed
//   sink       sold | disposed       class or method           mass, pieces
//   loss       process or run        -          mass           negative: a gain
//   count      process or run        -          pieces
//   variance   shipment or place     line or lot               mass, pieces
//   imbalance  "<kind> <a>"          b          mass, pieces, points
//   trade till place                 -          money
//   bank       operator              -          money
//   party      party, "-" for none   -          money, points  points kept >= 0
//   fee tax subsidy issued spent     free name  money, points
// clang-format on
//
// A lot's line in a shipment has the lot's id; a line that no paper named is "%<material>" (ids
// from outside hold no '%').
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/time.hpp"

namespace huan::ledger {

enum class Unit : std::uint8_t { mass, piece, money, point };
enum class AccountKind : std::uint8_t {
  source,
  stock,
  transit,
  abroad,
  wip,
  sink,
  loss,
  count,
  variance,
  imbalance,
  trade,
  till,
  bank,
  party,
  fee,
  tax,
  subsidy,
  issued,
  spent
};
/// own: what the event says. reversing: what a correction takes back of the version before. kept:
/// what keeps balances >= 0 (events.md §4).
enum class LegClass : std::uint8_t { own, reversing, kept };

struct Account {
  AccountKind kind{AccountKind::source};
  std::string a;
  std::string b;
  friend auto operator<=>(const Account&, const Account&) = default;
};

struct Leg {
  Account account;
  Unit unit{Unit::mass};
  std::int64_t amount{0};  ///< grams, pieces, fen or points, signed
  std::string
      material;  ///< leaf code; empty for money and points without a line, and for work in progress
  LegClass cls{LegClass::own};
  base::Day day;  ///< local day that statistics count it on
};

[[nodiscard]] std::string_view name(AccountKind kind);
[[nodiscard]] std::string_view name(Unit unit);  ///< g, pcs, fen, points
[[nodiscard]] std::optional<AccountKind> account_kind(std::string_view name);
[[nodiscard]] std::string describe(
    const Account& account);  ///< "stock S1 L-7", for people and for imbalance names

}  // namespace huan::ledger
