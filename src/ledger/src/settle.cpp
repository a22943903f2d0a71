// SPDX-License-Identifier: Apache-2.0
// 结算: money and points move between accounts, no material.
#include "own_legs.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<void> check_leg(Worksheet& sheet, const SettleLeg& leg, const std::string& at) {
  const Event& event = sheet.event();
  const std::string& name = leg.account.a;
  switch (leg.account.kind) {
    case AccountKind::party:
    case AccountKind::bank:
      if (name != "-" && !sheet.book().party(name, event.time)) {
        return Error{ErrorCode::unknown_party, at + "/account", name};
      }
      break;
    case AccountKind::trade:
    case AccountKind::till:
      if (!sheet.book().place(name, event.time)) {
        return Error{ErrorCode::unknown_place, at + "/account", name};
      }
      break;
    default:
      break;
  }
  const bool points = leg.unit == Unit::point;
  if (points && leg.account.kind == AccountKind::party && leg.amount < 0) {
    const std::int64_t there = sheet.available(leg.account, Unit::point);
    if (-leg.amount > there && !sheet.correcting()) {
      return Error{ErrorCode::insufficient_points, at + "/amount",
                   name + ": " + std::to_string(there) + " points there"};
    }
  }
  return {};
}

}  // namespace

base::Result<void> post_settle(Worksheet& sheet) {
  const Event& event = sheet.event();
  std::int64_t money = 0;
  std::int64_t points = 0;
  for (const SettleLeg& leg : event.settles) {
    std::int64_t& sum = leg.unit == Unit::money ? money : points;
    sum = base::checked_add(sum, leg.amount);
  }
  if (money != 0 || points != 0) {
    return Error{ErrorCode::not_balanced, "/legs",
                 money != 0 ? "fen do not sum to zero" : "points do not sum to zero"};
  }
  for (std::size_t i = 0; i < event.settles.size(); ++i) {
    HUAN_CHECK(check_leg(sheet, event.settles[i], "/legs/" + std::to_string(i)));
    sheet.leg(event.settles[i].account, event.settles[i].unit, event.settles[i].amount, "");
  }
  return {};
}

}  // namespace huan::ledger
