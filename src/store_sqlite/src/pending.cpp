// SPDX-License-Identifier: Apache-2.0
#include "pending.hpp"

#include <algorithm>
#include <utility>

#include "keys.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

namespace {

constexpr std::size_t kKnownMax = 20'000;
// What arrives in the morning leaves in the evening: a day of a city is to stay known in between.
// About 270 bytes a lot.
constexpr std::size_t kLotsKnownMax = 100'000;

const Query kLotInsert{
    "INSERT INTO lots(city, lot, place, material, time_s, seq, raw_g, raw_pieces, has_items, "
    "current) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
const Query kLotBalance{
    "UPDATE lots SET raw_g = ?4, raw_pieces = ?5 WHERE city = ?1 AND lot = ?2 AND place = ?3"};
const Query kLotMeta{
    "UPDATE lots SET material = ?4, time_s = ?5, seq = ?6, raw_g = ?7, raw_pieces = ?8, "
    "has_items = ?9, current = ?10 WHERE city = ?1 AND lot = ?2 AND place = ?3"};
const Query kLineInsert{
    "INSERT INTO lines(city, shipment, line, material, shipped_g, raw_g, raw_pieces) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
const Query kLineUpdate{
    "UPDATE lines SET material = ?4, shipped_g = ?5, raw_g = ?6, raw_pieces = ?7 "
    "WHERE city = ?1 AND shipment = ?2 AND line = ?3"};
const Query kTicketUsed{
    "INSERT INTO tickets(city, device, number, seq) VALUES(?1, ?2, ?3, ?4) "
    "ON CONFLICT(city, device, number) DO UPDATE SET seq = excluded.seq"};

}  // namespace

void Pending::begin(std::string_view city) {
  if (city != city_) {
    clear();
    city_ = city;
  }
  if (lots_.limit(kLotsKnownMax)) {
    lots_absent_.clear();
  }
  if (ids_recorded_.size() > kKnownMax) {
    forget_ids();
  }
  lines_.limit(kKnownMax);
  balances_.limit(kKnownMax);
  days_.limit(kKnownMax);
  months_.limit(kKnownMax);
  operators_.limit(kKnownMax);
  used_.limit(0);
  if (tickets_.size() > kKnownMax) {
    tickets_.clear();
  }
}

void Pending::forget_ids() {
  ids_absent_.clear();
  ids_recorded_.clear();
}

void Pending::clear() {
  lots_.clear();
  lots_absent_.clear();
  items_absent_.clear();
  forget_ids();
  shelves_.clear();
  lines_.clear();
  tickets_.clear();
  used_.clear();
  balances_.clear();
  days_.clear();
  months_.clear();
  operators_.clear();
}

void Pending::committed() { release(); }

void Pending::savepoint() {
  lots_.savepoint();
  lines_.savepoint();
  used_.savepoint();
  balances_.savepoint();
  days_.savepoint();
}

void Pending::release() {
  lots_.release();
  lines_.release();
  used_.release();
  balances_.release();
  days_.release();
}

void Pending::rollback_to() {
  lots_.rollback_to();
  shelve_dirty();
  items_absent_.clear();  // what was moved out of a lot is in it again
  lines_.rollback_to();
  used_.rollback_to();
  tickets_.clear();
  flush_tickets();  // no device is asked for in the table while it has unwritten ones
  balances_.rollback_to();
  days_.rollback_to();
}

Pending::Lots::Node& Pending::known_lot(std::string_view lot) {
  if (auto* node = lots_.find(lot)) {
    return *node;
  }
  LotEntry entry;
  if (!lots_absent_.holds(lot)) {
    for (auto& row : stored_places(connection_, city_, lot, lots_absent_)) {
      entry.places.push_back({std::move(row), true, false, false});
    }
  }
  return lots_.add(lot, std::move(entry));
}

bool Pending::maybe_recorded(const base::Uuid& id) {
  if (ids_recorded_.contains(id)) {
    return true;
  }
  const auto key = key_of(id);
  return !ids_absent_.holds(key) && stored_id(connection_, city_, id, ids_absent_);
}

void Pending::recorded(const base::Uuid& id) { ids_recorded_.insert(id); }

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
  items_absent_.clear();
  if (auto* node = lots_.find(lot)) {
    node->second.no_items = false;
  }
}

bool Pending::without_items(std::string_view lot) {
  const auto* node = lots_.find(lot);
  return (node != nullptr && node->second.no_items) || items_absent_.holds(lot);
}

void Pending::no_items(std::string_view lot, std::optional<std::string_view> next) {
  items_absent_.learn(lot, next);
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

void Pending::ticket(const ledger::TicketUse& use, store::Seq seq) {
  const auto last = ticket_last(use.device);
  key_.clear();
  add_part(key_, use.device);
  add_big(key_, static_cast<std::uint64_t>(use.number));  // none is negative
  auto* node = used_.find(key_);
  used_.change(node != nullptr ? *node : used_.add(key_, {})).seq = seq;
  tickets_.insert_or_assign(use.device, std::max(last.value_or(use.number), use.number));
}

void Pending::flush_tickets() {
  used_.flush([this](std::string_view key, TicketEntry& entry) {
    const auto device = take_part(key);
    const auto number = static_cast<std::int64_t>(take_big<std::uint64_t>(key));
    connection_.use(kTicketUsed).bind_all(std::string_view(city_), device, number, entry.seq).run();
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

void Pending::flush() {
  flush_lots();
  flush_balances();
  flush_lines();
  flush_rollups();
  flush_tickets();
}

}  // namespace huan::store_sqlite
