// SPDX-License-Identifier: Apache-2.0
#include "pending.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

namespace {

constexpr std::size_t kLotsKnownMax = 20'000;

const Query kLotPlaces{
    "SELECT lot, place, material, time_s, seq, raw_g, raw_pieces, has_items, current "
    "FROM lots WHERE city = ?1 AND lot = ?2 ORDER BY place"};
const Query kLotInsert{
    "INSERT INTO lots(city, lot, place, material, time_s, seq, raw_g, raw_pieces, has_items, "
    "current) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
const Query kLotBalance{
    "UPDATE lots SET raw_g = ?4, raw_pieces = ?5 WHERE city = ?1 AND lot = ?2 AND place = ?3"};
const Query kLotMeta{
    "UPDATE lots SET material = ?4, time_s = ?5, seq = ?6, raw_g = ?7, raw_pieces = ?8, "
    "has_items = ?9, current = ?10 WHERE city = ?1 AND lot = ?2 AND place = ?3"};
const Query kBalanceAdd{
    "INSERT INTO balances(city, kind, a, b, unit, amount) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT(city, kind, a, b, unit) DO UPDATE SET amount = amount + excluded.amount"};
const Query kLineAdd{
    "INSERT INTO lines(city, shipment, line, material, shipped_g, raw_g, raw_pieces) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(city, shipment, line) DO UPDATE SET "
    "material = CASE excluded.material WHEN '' THEN material ELSE excluded.material END, "
    "shipped_g = shipped_g + excluded.shipped_g, raw_g = raw_g + excluded.raw_g, "
    "raw_pieces = raw_pieces + excluded.raw_pieces"};
const Query kDayAdd{
    "INSERT INTO rollup_day(city, day, place, operator_id, district, material, flow, cls, mass_g, "
    "pieces, money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
    "ON CONFLICT(city, day, place, operator_id, district, material, flow, cls) DO UPDATE SET "
    "mass_g = mass_g + excluded.mass_g, pieces = pieces + excluded.pieces, "
    "money_fen = money_fen + excluded.money_fen, count = count + excluded.count"};
const Query kMonthAdd{
    "INSERT INTO rollup_month(city, day, district, material, flow, cls, mass_g, pieces, "
    "money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT(city, day, district, material, flow, cls) DO UPDATE SET "
    "mass_g = mass_g + excluded.mass_g, pieces = pieces + excluded.pieces, "
    "money_fen = money_fen + excluded.money_fen, count = count + excluded.count"};

// Keys of the gathered sums: a number in four bytes, then texts, each ended by NUL, which no text
// of a record holds.
// The number's bytes sort as the number does.
void start_key(std::string& key, std::int32_t number) {
  const auto shifted = static_cast<std::uint32_t>(number) ^ 0x80000000U;
  key.clear();
  for (int shift = 24; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<std::uint8_t>(shifted >> shift)));
  }
}

void add_part(std::string& key, std::string_view text) {
  HUAN_ASSERT(text.find('\0') == std::string_view::npos);
  key.append(text);
  key.push_back('\0');
}

std::int32_t take_number(std::string_view& key) {
  std::uint32_t shifted = 0;
  for (std::size_t i = 0; i < sizeof(shifted); ++i) {
    shifted = shifted << 8 | static_cast<std::uint8_t>(key[i]);
  }
  key.remove_prefix(sizeof(shifted));
  return static_cast<std::int32_t>(shifted ^ 0x80000000U);
}

std::string_view take_part(std::string_view& key) {
  const auto end = key.find('\0');
  const auto part = key.substr(0, end);
  key.remove_prefix(end + 1);
  return part;
}

std::int32_t first_of_month(base::Day day) {
  auto civil = base::civil_of(day);
  civil.day = 1;
  return base::day_of(civil).n;
}

void account_key(std::string& key, const ledger::Account& account, ledger::Unit unit) {
  start_key(key, static_cast<std::int32_t>(account.kind) * 16 + static_cast<std::int32_t>(unit));
  add_part(key, account.a);
  add_part(key, account.b);
}

}  // namespace

RollupSums& RollupSums::operator+=(const RollupSums& other) {
  mass_g += other.mass_g;
  pieces += other.pieces;
  money_fen += other.money_fen;
  count += other.count;
  return *this;
}

LineSums& LineSums::operator+=(const LineSums& other) {
  if (!other.material.empty()) {
    material = other.material;
  }
  shipped_g += other.shipped_g;
  raw_g += other.raw_g;
  raw_pieces += other.raw_pieces;
  return *this;
}

void Pending::begin(std::string_view city) {
  if (city != city_ || lots_.size() > kLotsKnownMax) {
    clear();
    city_ = city;
  }
}

void Pending::clear() {
  lots_.clear();
  dirty_.clear();
  undo_.clear();
  savepoint_ = 0;
  balances_.clear();
  lines_.clear();
  days_.clear();
  months_.clear();
}

void Pending::committed() {
  undo_.clear();
  savepoint_ = 0;
}

void Pending::savepoint() {
  savepoint_ = ++savepoints_;
  balances_.savepoint();
  lines_.savepoint();
  days_.savepoint();
  months_.savepoint();
}

void Pending::release() {
  undo_.clear();
  savepoint_ = 0;
  balances_.release();
  lines_.release();
  days_.release();
  months_.release();
}

void Pending::rollback_to() {
  // Copies are as the lots were at the savepoint, unwritten changes included; those go back on the
  // list. Lots without a copy were neither changed nor written since.
  for (auto& [node, before] : undo_) {
    node->second = std::move(before);
  }
  undo_.clear();
  savepoint_ = 0;
  dirty_.clear();
  for (auto& node : lots_) {
    if (node.second.dirty) {
      dirty_.push_back(&node);
    }
  }
  balances_.rollback_to();
  lines_.rollback_to();
  days_.rollback_to();
  months_.rollback_to();
}

Pending::Lots::value_type& Pending::known(std::string_view lot) {
  const auto found = lots_.find(lot);
  if (found != lots_.end()) {
    return *found;
  }
  LotEntry entry;
  auto cursor = connection_.use(kLotPlaces);
  cursor.bind_all(std::string_view(city_), lot);
  while (cursor.row()) {
    entry.places.push_back({read_lot(cursor), true, false, false});
  }
  return *lots_.emplace(std::string(lot), std::move(entry)).first;
}

const LotEntry& Pending::lot(std::string_view lot) { return known(lot).second; }

LotEntry& Pending::change(std::string_view lot) {
  auto& node = known(lot);
  auto& entry = node.second;
  if (savepoint_ != 0 && entry.saved_in != savepoint_) {
    undo_.emplace_back(&node, entry);
    entry.saved_in = savepoint_;
  }
  if (!entry.dirty) {
    entry.dirty = true;
    dirty_.push_back(&node);
  }
  return entry;
}

void Pending::lot_made(const ledger::LotMade& made, store::Seq seq) {
  auto& entry = change(made.lot);
  entry.no_items = entry.no_items || entry.places.empty();
  LotPlace* here = nullptr;
  for (auto& place : entry.places) {
    if (place.row.state.place == made.place) {
      here = &place;
    } else if (place.row.current) {
      place.row.current = false;
      place.meta_changed = true;
    }
  }
  if (here == nullptr) {
    here = &entry.places.emplace_back();
    here->row.state.lot = made.lot;
    here->row.state.place = made.place;
  }
  here->row.state.material = made.material;
  here->row.state.time = made.time;
  here->row.state.seq = seq;
  here->row.state.has_items = made.has_items;
  here->row.current = true;
  here->meta_changed = true;
}

void Pending::lot_add(std::string_view lot, std::string_view place, std::int64_t g,
                      std::int64_t pieces) {
  auto& places = change(lot).places;
  const auto at = std::find_if(places.begin(), places.end(), [place](const LotPlace& candidate) {
    return candidate.row.state.place == place;
  });
  HUAN_ASSERT(at != places.end());  // lot_made() there comes first
  at->row.state.raw_g += g;
  at->row.state.raw_pieces += pieces;
  at->balance_changed = true;
}

void Pending::item_into(std::string_view lot) {
  if (const auto found = lots_.find(lot); found != lots_.end()) {
    found->second.no_items = false;
  }
}

bool Pending::without_items(std::string_view lot) const {
  const auto found = lots_.find(lot);
  return found != lots_.end() && found->second.no_items;
}

void Pending::write(std::string_view lot, LotPlace& place) {
  const auto& state = place.row.state;
  const std::string_view city = city_;
  const std::string_view at = state.place;
  const std::string_view material = state.material;
  if (!place.stored) {
    connection_.use(kLotInsert)
        .bind_all(city, lot, at, material, state.time, state.seq, state.raw_g, state.raw_pieces,
                  state.has_items, place.row.current)
        .run();
  } else if (place.meta_changed) {
    connection_.use(kLotMeta)
        .bind_all(city, lot, at, material, state.time, state.seq, state.raw_g, state.raw_pieces,
                  state.has_items, place.row.current)
        .run();
  } else if (place.balance_changed) {
    connection_.use(kLotBalance).bind_all(city, lot, at, state.raw_g, state.raw_pieces).run();
  }
  place.stored = true;
  place.meta_changed = false;
  place.balance_changed = false;
}

void Pending::flush_lots() {
  for (auto* node : dirty_) {
    auto& entry = node->second;
    if (savepoint_ != 0 && entry.saved_in != savepoint_) {
      // Written inside the savepoint: a rollback makes the change pending again.
      undo_.emplace_back(node, entry);
      entry.saved_in = savepoint_;
    }
    for (auto& place : entry.places) {
      write(node->first, place);
    }
    entry.dirty = false;
  }
  dirty_.clear();
}

void Pending::balance_add(const ledger::Account& account, ledger::Unit unit, std::int64_t amount) {
  account_key(key_, account, unit);
  balances_.add(key_, amount);
}

std::int64_t Pending::balance_pending(const ledger::Account& account, ledger::Unit unit) {
  account_key(key_, account, unit);
  return balances_.pending(key_);
}

void Pending::line_add(std::string_view shipment, const ledger::LineState& delta) {
  key_.clear();
  add_part(key_, shipment);
  add_part(key_, delta.line);
  lines_.add(key_, {delta.material, delta.shipped_g, delta.raw_g, delta.raw_pieces});
}

void Pending::rollup(const ledger::RollupDelta& delta) {
  const RollupSums sums{delta.mass_g, delta.pieces, delta.money_fen, delta.count};
  start_key(key_, delta.day.n);
  for (const auto* part : {&delta.place, &delta.operator_id, &delta.district, &delta.material,
                           &delta.flow, &delta.cls}) {
    add_part(key_, *part);
  }
  days_.add(key_, sums);
  start_key(key_, first_of_month(delta.day));
  for (const auto* part : {&delta.district, &delta.material, &delta.flow, &delta.cls}) {
    add_part(key_, *part);
  }
  months_.add(key_, sums);
}

void Pending::flush_balances() {
  balances_.flush([this](std::string_view key, std::int64_t amount) {
    const auto number = take_number(key);
    const auto a = take_part(key);
    const auto b = take_part(key);
    connection_.use(kBalanceAdd)
        .bind_all(std::string_view(city_), std::int64_t{number / 16}, a, b,
                  std::int64_t{number % 16}, amount)
        .run();
  });
}

void Pending::flush_lines() {
  lines_.flush([this](std::string_view key, const LineSums& sums) {
    const auto shipment = take_part(key);
    const auto line = take_part(key);
    connection_.use(kLineAdd)
        .bind_all(std::string_view(city_), shipment, line, std::string_view(sums.material),
                  sums.shipped_g, sums.raw_g, sums.raw_pieces)
        .run();
  });
}

void Pending::flush_rollups() {
  const auto write_into = [this](const Query& query, int parts) {
    return [this, &query, parts](std::string_view key, const RollupSums& sums) {
      auto cursor = connection_.use(query);
      cursor.bind_all(std::string_view(city_), std::int64_t{take_number(key)});
      for (int i = 0; i < parts; ++i) {
        cursor.bind(take_part(key));
      }
      cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
    };
  };
  days_.flush(write_into(kDayAdd, 6));
  months_.flush(write_into(kMonthAdd, 4));
}

void Pending::flush() {
  flush_lots();
  flush_balances();
  flush_lines();
  flush_rollups();
}

}  // namespace huan::store_sqlite
