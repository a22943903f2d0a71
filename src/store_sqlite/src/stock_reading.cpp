// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reading.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

using store::City;

#define HUAN_LOT "lot, place, material, time_s, seq, raw_g, raw_pieces, has_items, current"

namespace {

const Query kLot{"SELECT " HUAN_LOT " FROM lots WHERE city = ?1 AND lot = ?2 ORDER BY place"};
const Query kLotOrNext{"SELECT " HUAN_LOT
                       " FROM lots WHERE city = ?1 AND lot >= ?2 ORDER BY lot, place"};
const Query kDraw{
    "SELECT " HUAN_LOT
    " FROM lots WHERE current = 1 AND raw_g > 0 AND city = ?1 AND place = ?2 AND material = ?3 AND "
    "has_items = 0 AND time_s <= ?4 ORDER BY time_s, seq, lot"};
const Query kDrawable{
    "SELECT coalesce(sum(raw_g), 0) FROM lots WHERE current = 1 AND raw_g > 0 AND city = ?1 AND "
    "place = ?2 AND material = ?3 AND has_items = 0"};
const Query kLotsByKey{"SELECT " HUAN_LOT
                       " FROM lots WHERE city = ?1 AND (lot, place) > (?2, ?3) AND "
                       "(?4 = '' OR place = ?4) AND (?5 = '' OR material = ?5) "
                       "AND (?6 = 0 OR (current = 1 AND raw_g > 0)) ORDER BY lot, place LIMIT ?7"};
const Query kLotsAtPlace{"SELECT " HUAN_LOT
                         " FROM lots WHERE current = 1 AND raw_g > 0 AND city = ?1 AND place = ?2 "
                         "AND lot > ?3 AND (?4 = '' OR material = ?4) ORDER BY lot LIMIT ?5"};
// The lot's place is in the scope of parameters 2 to 5 (district, its digits, party, place).
#define HUAN_LOT_IN_SCOPE                                                                    \
  "EXISTS(SELECT 1 FROM registry g WHERE g.city = ?1 AND g.kind = 'place' AND g.latest = 1 " \
  "AND g.key = lots.place AND (?2 = '' OR substr(g.district, 1, ?3) = ?2) AND (?4 = '' OR "  \
  "g.party = ?4) AND (?5 = '' OR g.key = ?5)) "
const Query kLotsInScope{"SELECT " HUAN_LOT
                         " FROM lots WHERE city = ?1 AND (lot, place) > (?6, ?7) AND "
                         "(?8 = '' OR place = ?8) AND (?9 = '' OR material = ?9) AND (?10 = 0 OR "
                         "(current = 1 AND raw_g > 0)) AND " HUAN_LOT_IN_SCOPE
                         "ORDER BY lot, place LIMIT ?11"};
const Query kStockInScope{
    "SELECT place, material, sum(raw_g), sum(max(raw_pieces, 0)), count(*) FROM lots "
    "WHERE current = 1 AND raw_g > 0 AND city = ?1 AND (place, material) > (?6, ?7) AND "
    "(?8 = '' OR place = ?8) AND (?9 = '' OR material = ?9) AND " HUAN_LOT_IN_SCOPE
    "GROUP BY place, material ORDER BY place, material LIMIT ?10"};
const Query kStock{
    "SELECT place, material, sum(raw_g), sum(max(raw_pieces, 0)), count(*) FROM lots "
    "WHERE current = 1 AND raw_g > 0 AND city = ?1 AND (place, material) > (?2, ?3) AND "
    "(?4 = '' OR place = ?4) AND (?5 = '' OR material = ?5) "
    "GROUP BY place, material ORDER BY place, material LIMIT ?6"};
const Query kStockAtPlace{
    "SELECT place, material, sum(raw_g), sum(max(raw_pieces, 0)), count(*) FROM lots "
    "WHERE current = 1 AND raw_g > 0 AND city = ?1 AND place = ?2 AND material > ?3 AND "
    "(?4 = '' OR material = ?4) GROUP BY material ORDER BY material LIMIT ?5"};
const Query kOldest{
    "SELECT place, min(time_s), count(*) FROM lots WHERE current = 1 AND raw_g > 0 AND city = ?1 "
    "GROUP BY place ORDER BY place"};
const Query kAllLots{"SELECT " HUAN_LOT " FROM lots WHERE city = ?1 ORDER BY lot, place"};

}  // namespace

store::LotRow read_lot(const Cursor& cursor) {
  store::LotRow row;
  row.state = {cursor.string(0), cursor.string(1),  cursor.string(2),  cursor.instant(3),
               cursor.seq(4),    cursor.integer(5), cursor.integer(6), cursor.integer(7) != 0};
  row.current = cursor.integer(8) != 0;
  return row;
}

std::vector<store::LotRow> stored_places(Connection& connection, City city, std::string_view lot) {
  std::vector<store::LotRow> rows;
  auto cursor = connection.use(kLot);
  cursor.bind_all(city, lot);
  while (cursor.row()) {
    rows.push_back(read_lot(cursor));
  }
  return rows;
}

std::vector<store::LotRow> stored_places(Connection& connection, City city, std::string_view lot,
                                         Absent& absent) {
  std::vector<store::LotRow> rows;
  auto cursor = connection.use(kLotOrNext);
  cursor.bind_all(city, lot);
  while (cursor.row()) {
    if (cursor.text(0) != lot) {
      if (rows.empty()) {
        absent.learn(lot, cursor.text(0));
      }
      return rows;
    }
    rows.push_back(read_lot(cursor));
  }
  if (rows.empty()) {
    absent.learn(lot, std::nullopt);
  }
  return rows;
}

void SqliteReading::flush_lots(City city) {
  if (pends(city)) {
    pending_->flush_lots();
  }
}

std::vector<store::LotRow> SqliteReading::lot_places(City city, std::string_view lot) {
  if (!pends(city)) {
    return stored_places(connection_, city, lot);
  }
  std::vector<store::LotRow> rows;
  for (const auto& place : pending_->lot(lot).places) {
    rows.push_back(place.row);
  }
  std::sort(rows.begin(), rows.end(), [](const store::LotRow& a, const store::LotRow& b) {
    return a.state.place < b.state.place;
  });
  return rows;
}

std::optional<ledger::LotState> SqliteReading::lot(City city, std::string_view lot) {
  if (pends(city)) {
    for (const auto& place : pending_->lot(lot).places) {
      if (place.row.current) {
        return place.row.state;
      }
    }
    return std::nullopt;
  }
  for (auto& row : lot_places(city, lot)) {
    if (row.current) {
      return std::move(row.state);
    }
  }
  return std::nullopt;
}

std::optional<store::LotRow> SqliteReading::lot_at(City city, std::string_view lot,
                                                   std::string_view place) {
  for (auto& row : lot_places(city, lot)) {
    if (row.state.place == place) {
      return std::move(row);
    }
  }
  return std::nullopt;
}

void SqliteReading::draw(City city, std::string_view place, std::string_view material,
                         base::Instant not_after, const store::Visit<ledger::LotState>& visit) {
  std::vector<const ledger::LotState*> unwritten;
  if (pends(city)) {
    unwritten = pending_->unwritten_stock(place, material, not_after);
  }
  auto next = unwritten.begin();
  auto cursor = connection_.use(kDraw);
  cursor.bind_all(city, place, material, not_after);
  while (cursor.row()) {
    const auto lot = read_lot(cursor).state;
    if (pends(city) && pending_->unwritten(lot.lot, lot.place)) {
      continue;
    }
    for (; next != unwritten.end() && ledger::drawn_before(**next, lot); ++next) {
      if (!visit(**next)) {
        return;
      }
    }
    if (!visit(lot)) {
      return;
    }
  }
  for (; next != unwritten.end() && visit(**next); ++next) {
  }
}

std::int64_t SqliteReading::drawable(City city, std::string_view place, std::string_view material) {
  flush_lots(city);
  auto cursor = connection_.use(kDrawable);
  cursor.bind_all(city, place, material);
  return cursor.row() ? cursor.integer(0) : 0;
}

std::vector<store::LotRow> SqliteReading::lots(City city, const store::LotFilter& filter,
                                               const store::Page& page) {
  flush_lots(city);
  const auto [after_lot, after_place] = page.parts();
  std::vector<store::LotRow> rows;
  // A lot stands at one place at a time, so at a place its id alone is the order.
  const bool at_place = filter.with_stock && !filter.place.empty();
  const bool all = filter.scope.any();
  auto cursor = connection_.use(!all ? kLotsInScope : at_place ? kLotsAtPlace : kLotsByKey);
  if (!all) {
    cursor.bind_all(city, filter.scope, after_lot, after_place, filter.place, filter.material,
                    filter.with_stock);
  } else if (at_place) {
    cursor.bind_all(city, filter.place, after_lot, filter.material);
  } else {
    cursor.bind_all(city, after_lot, after_place, filter.place, filter.material, filter.with_stock);
  }
  cursor.bind(std::uint64_t{page.limit});
  while (cursor.row()) {
    rows.push_back(read_lot(cursor));
  }
  return rows;
}

void SqliteReading::oldest_stock(City city, const store::Visit<store::OldestStockRow>& visit) {
  flush_lots(city);
  auto cursor = connection_.use(kOldest);
  cursor.bind(city);
  while (cursor.row() && visit({cursor.string(0), cursor.instant(1), cursor.integer(2)})) {
  }
}

std::vector<store::StockRow> SqliteReading::stock(City city, const store::LotFilter& filter,
                                                  const store::Page& page) {
  flush_lots(city);
  const auto [after_place, after_material] = page.parts();
  std::vector<store::StockRow> rows;
  const bool at_place = !filter.place.empty();
  if (at_place && after_place > filter.place) {
    return rows;
  }
  const bool all = filter.scope.any();
  auto cursor = connection_.use(!all ? kStockInScope : at_place ? kStockAtPlace : kStock);
  if (!all) {
    cursor.bind_all(city, filter.scope, after_place, after_material, filter.place, filter.material);
  } else if (at_place) {
    const auto after = after_place == filter.place ? after_material : std::string_view();
    cursor.bind_all(city, filter.place, after, filter.material);
  } else {
    cursor.bind_all(city, after_place, after_material, filter.place, filter.material);
  }
  cursor.bind(std::uint64_t{page.limit});
  while (cursor.row()) {
    rows.push_back({cursor.string(0), cursor.string(1), cursor.integer(2), cursor.integer(3),
                    cursor.integer(4)});
  }
  return rows;
}

void SqliteReading::all_lots(City city, const store::Visit<store::LotRow>& visit) {
  flush_lots(city);
  auto cursor = connection_.use(kAllLots);
  cursor.bind(city);
  while (cursor.row()) {
    if (!visit(read_lot(cursor))) {
      return;
    }
  }
}

}  // namespace huan::store_sqlite
