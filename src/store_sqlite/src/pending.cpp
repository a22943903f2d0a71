// SPDX-License-Identifier: Apache-2.0
#include "pending.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "huan/base/assert.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

namespace {

constexpr std::size_t kKnownMax = 20'000;

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
const Query kLineInsert{
    "INSERT INTO lines(city, shipment, line, material, shipped_g, raw_g, raw_pieces) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
const Query kLineUpdate{
    "UPDATE lines SET material = ?4, shipped_g = ?5, raw_g = ?6, raw_pieces = ?7 "
    "WHERE city = ?1 AND shipment = ?2 AND line = ?3"};
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

const Query kOperatorAdd{
    "INSERT INTO rollup_operator(city, day, operator_id, district, material, flow, cls, mass_g, "
    "pieces, money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
    "ON CONFLICT(city, day, operator_id, district, material, flow, cls) DO UPDATE SET "
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

void Pending::begin(std::string_view city) {
  if (city != city_) {
    clear();
    city_ = city;
  }
  lots_.limit(kKnownMax);
  lines_.limit(kKnownMax);
  balances_.limit(kKnownMax);
  days_.limit(kKnownMax);
  if (tickets_.size() > kKnownMax) {
    tickets_.clear();
  }
}

void Pending::clear() {
  lots_.clear();
  shelves_.clear();
  lines_.clear();
  tickets_.clear();
  balances_.clear();
  days_.clear();
}

void Pending::committed() { release(); }

void Pending::savepoint() {
  lots_.savepoint();
  lines_.savepoint();
  balances_.savepoint();
  days_.savepoint();
}

void Pending::release() {
  lots_.release();
  lines_.release();
  balances_.release();
  days_.release();
}

void Pending::rollback_to() {
  lots_.rollback_to();
  shelve_dirty();
  lines_.rollback_to();
  tickets_.clear();
  balances_.rollback_to();
  days_.rollback_to();
}

Pending::Lots::Node& Pending::known_lot(std::string_view lot) {
  if (auto* node = lots_.find(lot)) {
    return *node;
  }
  LotEntry entry;
  for (auto& row : stored_places(connection_, city_, lot)) {
    entry.places.push_back({std::move(row), true, false, false});
  }
  return lots_.add(lot, std::move(entry));
}

const LotEntry& Pending::lot(std::string_view lot) { return known_lot(lot).second; }

void Pending::lot_made(const ledger::LotMade& made, store::Seq seq) {
  auto& node = known_lot(made.lot);
  auto& entry = lots_.change(node);
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
  shelve(node, *here);
}

void Pending::lot_add(std::string_view lot, std::string_view place, std::int64_t g,
                      std::int64_t pieces) {
  auto& node = known_lot(lot);
  auto& places = lots_.change(node).places;
  const auto at = std::find_if(places.begin(), places.end(), [place](const LotPlace& candidate) {
    return candidate.row.state.place == place;
  });
  HUAN_ASSERT(at != places.end());  // lot_made() there comes first
  at->row.state.raw_g += g;
  at->row.state.raw_pieces += pieces;
  if (!at->changed()) {
    shelve(node, *at);
  }
  at->balance_changed = true;
}

void Pending::item_into(std::string_view lot) {
  if (auto* node = lots_.find(lot)) {
    node->second.no_items = false;
  }
}

bool Pending::without_items(std::string_view lot) {
  const auto* node = lots_.find(lot);
  return node != nullptr && node->second.no_items;
}

void Pending::shelve(Lots::Node& node, const LotPlace& place) {
  key_.clear();
  add_part(key_, place.row.state.place);
  add_part(key_, place.row.state.material);
  shelves_[key_].push_back(&node);
}

void Pending::shelve_dirty() {
  shelves_.clear();
  for (auto* node : lots_.dirty()) {
    for (const auto& place : node->second.places) {
      if (place.changed()) {
        shelve(*node, place);
      }
    }
  }
}

std::vector<const ledger::LotState*> Pending::unwritten_stock(std::string_view place,
                                                              std::string_view material,
                                                              base::Instant not_after) {
  std::vector<const ledger::LotState*> stock;
  key_.clear();
  add_part(key_, place);
  add_part(key_, material);
  const auto shelf = shelves_.find(key_);
  if (shelf == shelves_.end()) {
    return stock;
  }
  for (const auto* node : shelf->second) {
    for (const auto& candidate : node->second.places) {
      const auto& state = candidate.row.state;
      if (candidate.changed() && candidate.row.current && state.raw_g > 0 && !state.has_items &&
          state.time <= not_after && state.place == place && state.material == material) {
        stock.push_back(&state);
      }
    }
  }
  std::sort(stock.begin(), stock.end(),
            [](const auto* a, const auto* b) { return ledger::drawn_before(*a, *b); });
  // A lot that changed its material and back stands on the shelf twice.
  stock.erase(std::unique(stock.begin(), stock.end()), stock.end());
  return stock;
}

bool Pending::unwritten(std::string_view lot, std::string_view place) {
  const auto* node = lots_.find(lot);
  return node != nullptr && node->second.dirty &&
         std::any_of(node->second.places.begin(), node->second.places.end(),
                     [place](const LotPlace& candidate) {
                       return candidate.changed() && candidate.row.state.place == place;
                     });
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
  lots_.flush([this](std::string_view lot, LotEntry& entry) {
    for (auto& place : entry.places) {
      write(lot, place);
    }
  });
  shelves_.clear();
}

template <class Sums>
void Pending::gather(Known<Gathered<Sums>>& known, const Sums& sums) {
  auto* node = known.find(key_);
  known.change(node != nullptr ? *node : known.add(key_, {})).sums += sums;
}

void Pending::balance_add(const ledger::Account& account, ledger::Unit unit, std::int64_t amount) {
  account_key(key_, account, unit);
  gather(balances_, amount);
}

std::int64_t Pending::balance_pending(const ledger::Account& account, ledger::Unit unit) {
  account_key(key_, account, unit);
  const auto* node = balances_.find(key_);
  return node == nullptr ? 0 : node->second.sums;
}

Pending::Lines::Node& Pending::known_lines(std::string_view shipment) {
  if (auto* node = lines_.find(shipment)) {
    return *node;
  }
  LinesEntry entry;
  for (auto& state : stored_lines(connection_, city_, shipment)) {
    auto name = state.line;
    entry.lines.emplace(std::move(name), Line{std::move(state), true, false});
  }
  return lines_.add(shipment, std::move(entry));
}

const LinesEntry& Pending::lines(std::string_view shipment) { return known_lines(shipment).second; }

void Pending::line_add(std::string_view shipment, const ledger::LineState& delta) {
  auto& line = lines_.change(known_lines(shipment)).lines[delta.line];
  line.state.line = delta.line;
  if (!delta.material.empty()) {
    line.state.material = delta.material;
  }
  line.state.shipped_g += delta.shipped_g;
  line.state.raw_g += delta.raw_g;
  line.state.raw_pieces += delta.raw_pieces;
  line.changed = true;
}

void Pending::no_shipment(std::string_view shipment) {
  if (lines_.find(shipment) == nullptr) {
    lines_.add(shipment, {});
  }
}

std::optional<std::int64_t> Pending::ticket_last(std::string_view device) {
  if (const auto found = tickets_.find(device); found != tickets_.end()) {
    return found->second;
  }
  const auto last = stored_ticket_last(connection_, city_, device);
  tickets_.emplace(device, last);
  return last;
}

void Pending::ticket_used(std::string_view device, std::int64_t number) {
  if (const auto found = tickets_.find(device); found != tickets_.end()) {
    found->second = std::max(found->second.value_or(number), number);
  }
}

void Pending::rollup(const ledger::RollupDelta& delta) {
  const RollupSums sums{delta.mass_g, delta.pieces, delta.money_fen, delta.count};
  start_key(key_, delta.day.n);
  for (const auto* part : {&delta.place, &delta.operator_id, &delta.district, &delta.material,
                           &delta.flow, &delta.cls}) {
    add_part(key_, *part);
  }
  gather(days_, sums);
}

void Pending::flush_balances() {
  balances_.flush([this](std::string_view key, Gathered<std::int64_t>& gathered) {
    const auto number = take_number(key);
    const auto a = take_part(key);
    const auto b = take_part(key);
    connection_.use(kBalanceAdd)
        .bind_all(std::string_view(city_), std::int64_t{number / 16}, a, b,
                  std::int64_t{number % 16}, std::exchange(gathered.sums, 0))
        .run();
  });
}

void Pending::flush_lines() {
  lines_.flush([this](std::string_view shipment, LinesEntry& entry) {
    for (auto& [name, line] : entry.lines) {
      if (!line.changed) {
        continue;
      }
      const auto& state = line.state;
      connection_.use(line.stored ? kLineUpdate : kLineInsert)
          .bind_all(std::string_view(city_), shipment, std::string_view(name),
                    std::string_view(state.material), state.shipped_g, state.raw_g,
                    state.raw_pieces)
          .run();
      line.stored = true;
      line.changed = false;
    }
  });
}

void Pending::flush_rollups() {
  days_.flush([this](std::string_view key, Gathered<RollupSums>& gathered) {
    const RollupSums sums = std::exchange(gathered.sums, {});
    const base::Day day{take_number(key)};
    std::array<std::string_view, 6> parts;  // place, operator, district, material, flow, class
    for (auto& part : parts) {
      part = take_part(key);
    }
    auto cursor = connection_.use(kDayAdd);
    cursor.bind_all(std::string_view(city_), day);
    for (const auto part : parts) {
      cursor.bind(part);
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
    start_key(key_, first_of_month(day));
    const std::size_t number_size = key_.size();
    for (std::size_t i = 1; i < parts.size(); ++i) {
      add_part(key_, parts[i]);
    }
    operators_[key_] += sums;
    key_.erase(number_size, parts[1].size() + 1);  // the operator
    months_[key_] += sums;
  });
  write_months();
  write_operators();
}

void Pending::write_months() {
  for (const auto& [of, sums] : months_) {
    std::string_view key = of;
    auto cursor = connection_.use(kMonthAdd);
    cursor.bind_all(std::string_view(city_), std::int64_t{take_number(key)});
    for (int i = 0; i < 4; ++i) {
      cursor.bind(take_part(key));
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
  }
  months_.clear();
}

void Pending::write_operators() {
  for (const auto& [of, sums] : operators_) {
    std::string_view key = of;
    auto cursor = connection_.use(kOperatorAdd);
    cursor.bind_all(std::string_view(city_), std::int64_t{take_number(key)});
    for (int i = 0; i < 5; ++i) {
      cursor.bind(take_part(key));
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
  }
  operators_.clear();
}

void Pending::flush() {
  flush_lots();
  flush_balances();
  flush_lines();
  flush_rollups();
}

}  // namespace huan::store_sqlite
