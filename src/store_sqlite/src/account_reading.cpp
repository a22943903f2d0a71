// SPDX-License-Identifier: Apache-2.0
// Shipments, runs, balances, items and tickets.
#include "reading.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

using store::City;

namespace {

const Query kShipment{
    "SELECT shipment, seq, time_s, from_place, to_place, to_city, finals FROM shipments "
    "WHERE city = ?1 AND shipment = ?2"};
const Query kShipments{
    "SELECT shipment, seq, time_s, from_place, to_place, to_city, finals FROM shipments "
    "WHERE city = ?1 AND shipment > ?2 ORDER BY shipment LIMIT ?3"};
const Query kShipmentsOpen{
    "SELECT shipment, seq, time_s, from_place, to_place, to_city, finals FROM shipments "
    "WHERE finals <= 0 AND city = ?1 AND shipment > ?2 ORDER BY shipment LIMIT ?3"};
const Query kShipmentsClosed{
    "SELECT shipment, seq, time_s, from_place, to_place, to_city, finals FROM shipments "
    "WHERE finals > 0 AND city = ?1 AND shipment > ?2 ORDER BY shipment LIMIT ?3"};
// A place of the shipment is in the scope of parameters 2 to 5 (district, its digits, party,
// place).
const Query kShipmentsInScope{
    "SELECT shipment, seq, time_s, from_place, to_place, to_city, finals FROM shipments s "
    "WHERE city = ?1 AND shipment > ?6 AND (?7 = 0 OR (?7 = 2) = (finals > 0)) AND EXISTS("
    "SELECT 1 FROM registry g WHERE g.city = ?1 AND g.kind = 'place' AND g.latest = 1 AND "
    "g.key IN (s.from_place, iif(s.to_city = '', s.to_place, '')) AND "
    "(?2 = '' OR substr(g.district, 1, ?3) = ?2) AND (?4 = '' OR g.party = ?4) AND "
    "(?5 = '' OR g.key = ?5)) ORDER BY shipment LIMIT ?8"};
static_assert(static_cast<int>(store::ShipmentFilter::closed) == 2);
const Query kLines{
    "SELECT line, material, shipped_g, raw_g, raw_pieces FROM lines "
    "WHERE city = ?1 AND shipment = ?2 ORDER BY line"};
const Query kAllLines{
    "SELECT line, material, shipped_g, raw_g, raw_pieces, shipment FROM lines "
    "WHERE city = ?1 ORDER BY shipment, line"};
const Query kRun{
    "SELECT run, place, process, closes, raw_g, raw_pieces FROM runs "
    "WHERE city = ?1 AND run = ?2"};
const Query kAllRuns{
    "SELECT run, place, process, closes, raw_g, raw_pieces FROM runs WHERE city = ?1 ORDER BY run"};
const Query kBalance{
    "SELECT amount FROM balances WHERE city = ?1 AND kind = ?2 AND a = ?3 AND b = ?4 AND "
    "unit = ?5"};
const Query kBalances{
    "SELECT kind, a, b, unit, amount FROM balances WHERE city = ?1 ORDER BY kind, a, b, unit"};
const Query kItem{"SELECT code, kind, parent, lot, seq FROM items WHERE city = ?1 AND code = ?2"};
const Query kAllItems{
    "SELECT code, kind, parent, lot, seq FROM items WHERE city = ?1 ORDER BY code"};
// The lot's, and then of lots behind it.
const Query kItemsFrom{
    "SELECT lot, code FROM items WHERE lot <> '' AND city = ?1 AND lot >= ?2 ORDER BY lot, code"};
const Query kItemHistory{
    "SELECT code, kind, parent, lot_before, lot_after, seq FROM item_moves "
    "WHERE city = ?1 AND code = ?2 ORDER BY seq, n"};
const Query kItemMoves{
    "SELECT code, kind, parent, lot_before, lot_after, seq FROM item_moves "
    "WHERE city = ?1 AND seq = ?2 ORDER BY n"};
const Query kTicket{"SELECT seq FROM tickets WHERE city = ?1 AND device = ?2 AND number = ?3"};
const Query kTicketLast{
    "SELECT number FROM tickets WHERE city = ?1 AND device = ?2 ORDER BY number DESC LIMIT 1"};
const Query kTickets{
    "SELECT device, number, seq FROM tickets WHERE city = ?1 AND number = ?2 ORDER BY device"};

// Balances below zero, each in the order of its key. What a closed shipment or run holds stands in
// variance or loss instead.
const Query kLotsShort{
    "SELECT place, lot, raw_g, raw_pieces FROM lots WHERE (raw_g < 0 OR raw_pieces < 0) AND "
    "city = ?1 ORDER BY place, lot"};
const Query kLinesShort{
    "SELECT l.shipment, l.line, l.raw_g, l.raw_pieces FROM lines l JOIN shipments s "
    "ON s.city = l.city AND s.shipment = l.shipment WHERE (l.raw_g < 0 OR l.raw_pieces < 0) AND "
    "l.city = ?1 AND s.finals <= 0 ORDER BY l.shipment, l.line"};
const Query kRunsShort{
    "SELECT run, '', raw_g, raw_pieces FROM runs WHERE city = ?1 AND closes <= 0 AND "
    "(raw_g < 0 OR raw_pieces < 0) ORDER BY run"};
const Query kPointsShort{
    "SELECT a, amount FROM balances WHERE unit = 3 AND amount < 0 AND city = ?1 AND kind = ?2 "
    "ORDER BY a"};
static_assert(static_cast<int>(ledger::Unit::point) == 3);

store::ShipmentRow read_shipment(const Cursor& cursor) {
  return {cursor.string(0),
          cursor.seq(1),
          cursor.instant(2),
          {cursor.string(3), cursor.string(4), cursor.string(5), cursor.integer(6)}};
}

store::RunRow read_run(const Cursor& cursor) {
  return {cursor.string(0),
          {cursor.string(1), cursor.string(2), cursor.integer(3), cursor.integer(4),
           cursor.integer(5)}};
}

store::ItemRow read_item(const Cursor& cursor) {
  return {cursor.string(0), cursor.string(1), cursor.string(2), cursor.string(3), cursor.seq(4)};
}

ledger::ItemMove read_move(const Cursor& cursor) {
  return {cursor.string(0), cursor.string(1), cursor.string(2), cursor.string(3), cursor.string(4)};
}

template <class Read, class Row>
void visit_all(Cursor cursor, City city, const Read& read, const store::Visit<Row>& visit) {
  cursor.bind(city);
  while (cursor.row()) {
    if (!visit(read(cursor))) {
      return;
    }
  }
}

/// False: the visit stopped.
bool visit_short(Cursor cursor, City city, ledger::AccountKind kind,
                 const store::Visit<store::ImbalanceRow>& visit) {
  cursor.bind(city);
  while (cursor.row()) {
    const ledger::Account account{kind, cursor.string(0), cursor.string(1)};
    if (cursor.integer(2) < 0 && !visit({account, ledger::Unit::mass, cursor.integer(2)})) {
      return false;
    }
    if (cursor.integer(3) < 0 && !visit({account, ledger::Unit::piece, cursor.integer(3)})) {
      return false;
    }
  }
  return true;
}

}  // namespace

ledger::LineState read_line(const Cursor& cursor) {
  return {cursor.string(0), cursor.string(1), cursor.integer(2), cursor.integer(3),
          cursor.integer(4)};
}

std::vector<ledger::LineState> stored_lines(Connection& connection, City city,
                                            std::string_view shipment) {
  std::vector<ledger::LineState> lines;
  auto cursor = connection.use(kLines);
  cursor.bind_all(city, shipment);
  while (cursor.row()) {
    lines.push_back(read_line(cursor));
  }
  return lines;
}

std::optional<std::int64_t> stored_ticket_last(Connection& connection, City city,
                                               std::string_view device) {
  auto cursor = connection.use(kTicketLast);
  cursor.bind_all(city, device);
  return cursor.row() ? std::optional(cursor.integer(0)) : std::nullopt;
}

void SqliteReading::flush_tickets(City city) {
  if (pends(city)) {
    pending_->flush_tickets();
  }
}

void SqliteReading::flush_lines(City city) {
  if (pends(city)) {
    pending_->flush_lines();
  }
}

std::optional<ledger::ShipmentState> SqliteReading::shipment(City city, std::string_view shipment) {
  auto cursor = connection_.use(kShipment);
  cursor.bind_all(city, shipment);
  if (!cursor.row()) {
    if (pends(city)) {
      pending_->no_shipment(shipment);
    }
    return std::nullopt;
  }
  return read_shipment(cursor).state;
}

std::vector<ledger::LineState> SqliteReading::lines(City city, std::string_view shipment) {
  if (!pends(city)) {
    return stored_lines(connection_, city, shipment);
  }
  std::vector<ledger::LineState> lines;
  const auto& known = pending_->lines(shipment).lines;
  lines.reserve(known.size());
  for (const auto& [name, line] : known) {
    lines.push_back(line.state);
  }
  return lines;
}

std::vector<store::ShipmentRow> SqliteReading::shipments(City city,
                                                         const store::ShipmentQuery& query,
                                                         const store::Page& page) {
  const bool all = query.scope.any();
  const Query& statement = !all                                           ? kShipmentsInScope
                           : query.state == store::ShipmentFilter::open   ? kShipmentsOpen
                           : query.state == store::ShipmentFilter::closed ? kShipmentsClosed
                                                                          : kShipments;
  std::vector<store::ShipmentRow> rows;
  auto cursor = connection_.use(statement);
  cursor.bind(city);
  if (all) {
    cursor.bind(page.after);
  } else {
    cursor.bind_all(query.scope, page.after, static_cast<std::int64_t>(query.state));
  }
  cursor.bind(std::uint64_t{page.limit});
  while (cursor.row()) {
    rows.push_back(read_shipment(cursor));
  }
  return rows;
}

std::optional<ledger::RunState> SqliteReading::run(City city, std::string_view run) {
  auto cursor = connection_.use(kRun);
  cursor.bind_all(city, run);
  if (!cursor.row()) {
    return std::nullopt;
  }
  return read_run(cursor).state;
}

std::int64_t SqliteReading::balance(City city, const ledger::Account& account, ledger::Unit unit) {
  auto cursor = connection_.use(kBalance);
  cursor.bind_all(city, static_cast<std::int64_t>(account.kind), account.a, account.b,
                  static_cast<std::int64_t>(unit));
  const std::int64_t stored = cursor.row() ? cursor.integer(0) : 0;
  return stored + (pends(city) ? pending_->balance_pending(account, unit) : 0);
}

void SqliteReading::balances(City city, const store::Visit<store::Balance>& visit) {
  if (pends(city)) {
    pending_->flush_balances();
  }
  const auto read = [](const Cursor& cursor) {
    return store::Balance{
        {static_cast<ledger::AccountKind>(cursor.integer(0)), cursor.string(1), cursor.string(2)},
        static_cast<ledger::Unit>(cursor.integer(3)),
        cursor.integer(4)};
  };
  visit_all(connection_.use(kBalances), city, read, visit);
}

void SqliteReading::imbalances(City city, const store::Visit<store::ImbalanceRow>& visit) {
  if (pends(city)) {
    pending_->flush();
  }
  const bool more =
      visit_short(connection_.use(kLotsShort), city, ledger::AccountKind::stock, visit) &&
      visit_short(connection_.use(kLinesShort), city, ledger::AccountKind::transit, visit) &&
      visit_short(connection_.use(kRunsShort), city, ledger::AccountKind::wip, visit);
  if (!more) {
    return;
  }
  auto cursor = connection_.use(kPointsShort);
  cursor.bind_all(city, static_cast<std::int64_t>(ledger::AccountKind::party));
  while (cursor.row()) {
    if (!visit({{ledger::AccountKind::party, cursor.string(0), ""},
                ledger::Unit::point,
                cursor.integer(1)})) {
      return;
    }
  }
}

std::optional<store::ItemRow> SqliteReading::item(City city, std::string_view code) {
  auto cursor = connection_.use(kItem);
  cursor.bind_all(city, code);
  if (!cursor.row()) {
    return std::nullopt;
  }
  return read_item(cursor);
}

std::vector<std::string> SqliteReading::items_of(City city, std::string_view lot) {
  std::vector<std::string> codes;
  const bool pending = pends(city);
  if (pending && pending_->without_items(lot)) {
    return codes;
  }
  auto cursor = connection_.use(kItemsFrom);
  cursor.bind_all(city, lot);
  std::optional<std::string_view> next;
  while (!next && cursor.row()) {
    if (cursor.text(0) == lot) {
      codes.push_back(cursor.string(1));
    } else {
      next = cursor.text(0);
    }
  }
  if (pending && codes.empty()) {
    pending_->no_items(lot, next);
  }
  return codes;
}

std::vector<store::ItemHistoryRow> SqliteReading::item_history(City city, std::string_view code) {
  std::vector<store::ItemHistoryRow> rows;
  auto cursor = connection_.use(kItemHistory);
  cursor.bind_all(city, code);
  while (cursor.row()) {
    rows.push_back({cursor.seq(5), read_move(cursor)});
  }
  return rows;
}

std::vector<ledger::ItemMove> SqliteReading::item_moves(City city, store::Seq seq) {
  std::vector<ledger::ItemMove> moves;
  auto cursor = connection_.use(kItemMoves);
  cursor.bind_all(city, seq);
  while (cursor.row()) {
    moves.push_back(read_move(cursor));
  }
  return moves;
}

std::optional<store::Seq> SqliteReading::ticket(City city, std::string_view device,
                                                std::int64_t number) {
  flush_tickets(city);
  auto cursor = connection_.use(kTicket);
  cursor.bind_all(city, device, number);
  return cursor.row() ? std::optional(cursor.seq(0)) : std::nullopt;
}

std::optional<std::int64_t> SqliteReading::ticket_last(City city, std::string_view device) {
  return pends(city) ? pending_->ticket_last(device)
                     : stored_ticket_last(connection_, city, device);
}

std::vector<store::TicketRow> SqliteReading::tickets(City city, std::int64_t number) {
  flush_tickets(city);
  std::vector<store::TicketRow> rows;
  auto cursor = connection_.use(kTickets);
  cursor.bind_all(city, number);
  while (cursor.row()) {
    rows.push_back({cursor.string(0), cursor.integer(1), cursor.seq(2)});
  }
  return rows;
}

void SqliteReading::all_lines(City city, const store::LineVisit& visit) {
  flush_lines(city);
  auto cursor = connection_.use(kAllLines);
  cursor.bind(city);
  while (cursor.row()) {
    if (!visit(cursor.text(5), read_line(cursor))) {
      return;
    }
  }
}

void SqliteReading::all_shipments(City city, const store::Visit<store::ShipmentRow>& visit) {
  auto cursor = connection_.use(kShipments);
  cursor.bind_all(city, std::string_view(), std::int64_t{-1});
  while (cursor.row()) {
    if (!visit(read_shipment(cursor))) {
      return;
    }
  }
}

void SqliteReading::all_runs(City city, const store::Visit<store::RunRow>& visit) {
  visit_all(connection_.use(kAllRuns), city, read_run, visit);
}

void SqliteReading::all_items(City city, const store::Visit<store::ItemRow>& visit) {
  visit_all(connection_.use(kAllItems), city, read_item, visit);
}

}  // namespace huan::store_sqlite
