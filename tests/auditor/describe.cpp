// SPDX-License-Identifier: Apache-2.0
#include "describe.hpp"

namespace huan::auditor {
namespace {

void add_raw(Dump& dump, const ledger::Account& account, ledger::Unit unit, std::int64_t raw) {
  if (raw != 0) {
    dump["raw " + describe(account, unit)] = std::to_string(raw);
  }
}

bool kept(const ledger::Leg& leg) {
  using ledger::AccountKind;
  const AccountKind kind = leg.account.kind;
  return kind == AccountKind::stock || kind == AccountKind::transit || kind == AccountKind::wip ||
         (kind == AccountKind::party && leg.unit == ledger::Unit::point);
}

}  // namespace

std::string describe(const ledger::Account& account, ledger::Unit unit) {
  return std::string{ledger::name(account.kind)} + "|" + account.a + "|" + account.b + "|" +
         std::string{ledger::name(unit)};
}

std::string Sums::unbalanced(const std::vector<ledger::Leg>& legs) {
  std::map<ledger::Unit, std::int64_t> sums;
  for (const ledger::Leg& leg : legs) {
    sums[leg.unit] += leg.amount;
  }
  for (const auto& [unit, sum] : sums) {
    if (sum != 0) {
      return "legs sum to " + std::to_string(sum) + " " + std::string{ledger::name(unit)};
    }
  }
  return "";
}

void Sums::add(const ledger::Leg& leg) {
  accounts_[describe(leg.account, leg.unit)] += leg.amount;
  if (kept(leg)) {
    kept_accounts_[describe(leg.account, leg.unit)] += leg.amount;
  }
}

void Sums::add_row(const std::string& key, const ledger::RollupDelta& row) {
  Figures& figures = rows_[key + " " + row.material + " " + row.flow + " " + row.cls];
  figures.mass += row.mass_g;
  figures.pieces += row.pieces;
  figures.money += row.money_fen;
  figures.count += row.count;
}

void Sums::add(const ledger::RollupDelta& row) {
  add_day(std::to_string(row.day.n), row);
  add_month(base::format_month(row.day), row);
}

void Sums::add_day(const std::string& day_key, const ledger::RollupDelta& row) {
  add_row("day " + day_key + " " + row.place + " " + row.operator_id, row);
}

void Sums::add_month(const std::string& month_key, const ledger::RollupDelta& row) {
  add_row("month " + month_key + " " + row.district, row);
}

void Sums::write(Dump& dump) const {
  for (const auto& [account, amount] : accounts_) {
    if (amount != 0) {
      dump["account " + account] = std::to_string(amount);
    }
  }
  for (const auto& [key, f] : rows_) {
    if (f.mass != 0 || f.pieces != 0 || f.money != 0 || f.count != 0) {
      dump[key] = std::to_string(f.mass) + " g " + std::to_string(f.pieces) + " pcs " +
                  std::to_string(f.money) + " fen " + std::to_string(f.count);
    }
  }
}

std::string Sums::negative() const {
  for (const auto& [account, amount] : kept_accounts_) {
    if (amount < 0) {
      return account + " holds " + std::to_string(amount);
    }
  }
  return "";
}

void describe_lot(const ledger::LotState& lot, bool current, Dump& dump) {
  const ledger::Account account{ledger::AccountKind::stock, lot.place, lot.lot};
  add_raw(dump, account, ledger::Unit::mass, lot.raw_g);
  add_raw(dump, account, ledger::Unit::piece, lot.raw_pieces);
  if (current) {
    dump["lot " + lot.lot] = lot.place + " " + lot.material + " " + rfc3339(lot.time.s) +
                             (lot.has_items ? " items" : "");
  }
}

void describe_line(const std::string& shipment, const ledger::LineState& line, Dump& dump) {
  const ledger::Account account{ledger::AccountKind::transit, shipment, line.line};
  add_raw(dump, account, ledger::Unit::mass, line.raw_g);
  add_raw(dump, account, ledger::Unit::piece, line.raw_pieces);
  dump["line " + shipment + " " + line.line] = line.material + " " + std::to_string(line.shipped_g);
}

void describe_shipment(const std::string& id, const ledger::ShipmentState& state, Dump& dump) {
  dump["shipment " + id] = state.from_place + " " + state.to_place + " " + state.to_city + " " +
                           std::to_string(state.finals);
}

void describe_run(const std::string& id, const ledger::RunState& state, Dump& dump) {
  const ledger::Account account{ledger::AccountKind::wip, id, ""};
  add_raw(dump, account, ledger::Unit::mass, state.raw_g);
  add_raw(dump, account, ledger::Unit::piece, state.raw_pieces);
  dump["run " + id] = state.place + " " + std::to_string(state.closes);
}

}  // namespace huan::auditor
