// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/fold_book.hpp"

#include <algorithm>
#include <tuple>

#include "huan/base/quantity.hpp"

namespace huan::ledger {
namespace {

std::uint32_t hash_of(std::string_view a, std::string_view b) {
  constexpr std::uint32_t kOdd = 0x9E37'79B1;
  return RefIndex::hash_of(a) * kOdd ^ RefIndex::hash_of(b);
}

std::uint32_t hash_of(const Account& account, Unit unit) {
  constexpr std::uint32_t kUnitsEach = 4;
  constexpr std::uint32_t kOdd = 0x85EB'CA6B;
  const auto kind = static_cast<std::uint32_t>(account.kind) * kUnitsEach;
  return hash_of(account.a, account.b) ^ (kind + static_cast<std::uint32_t>(unit)) * kOdd;
}

/// Where the number stands or belongs; mostly it is the next.
template <class Tickets>
auto number_at(Tickets& used, std::int64_t number) {
  return used.empty() || used.back().number < number
             ? used.end()
             : std::lower_bound(
                   used.begin(), used.end(), number,
                   [](const FoldBook::Ticket& ticket, std::int64_t sought) {
                     return ticket.number < sought;
                   });
}

}  // namespace

std::optional<PlaceFacts> FoldBook::place(std::string_view id, base::Instant at) {
  return facts_.place(id, at);
}
std::optional<PartyFacts> FoldBook::party(std::string_view id, base::Instant at) {
  return facts_.party(id, at);
}
std::optional<MaterialFacts> FoldBook::material(std::string_view code, base::Instant at) {
  return facts_.material(code, at);
}
bool FoldBook::vehicle(std::string_view id, base::Instant at) { return facts_.vehicle(id, at); }
bool FoldBook::takes(std::string_view place, std::string_view material, base::Instant at) {
  return facts_.takes(place, material, at);
}
bool FoldBook::qualified(std::string_view place, std::string_view material, base::Instant at) {
  return facts_.qualified(place, material, at);
}
bool FoldBook::held(std::string_view lot, base::Instant at) { return facts_.held(lot, at); }

bool FoldBook::DrawnBefore::operator()(const DrawKey& a, const DrawKey& b) const {
  return std::tie(a.time_s, a.seq, (*lots)[a.lot].state.lot) <
         std::tie(b.time_s, b.seq, (*lots)[b.lot].state.lot);
}

std::uint32_t FoldBook::newest(std::string_view lot) const {
  if (asked_ == kNone || lots_[asked_].state.lot != lot) {
    asked_ = newest_.find(RefIndex::hash_of(lot),
                          [&](std::uint32_t n) { return lots_[n].state.lot == lot; });
  }
  return asked_;
}

const FoldBook::Lot* FoldBook::find_lot(std::string_view lot, std::string_view place) const {
  for (std::uint32_t n = newest(lot); n != kNone; n = lots_[n].elsewhere) {
    if (lots_[n].state.place == place) {
      return &lots_[n];
    }
  }
  return nullptr;
}

FoldBook::Lot& FoldBook::lot_entry(const std::string& lot, const std::string& place) {
  const std::uint32_t known = newest(lot);
  for (std::uint32_t n = known; n != kNone; n = lots_[n].elsewhere) {
    if (lots_[n].state.place == place) {
      return lots_[n];
    }
  }
  Lot& entry = lots_.emplace_back();
  entry.state.lot = lot;
  entry.state.place = place;
  entry.elsewhere = known;
  const auto number = static_cast<std::uint32_t>(lots_.size() - 1);
  if (known == kNone) {
    newest_.insert(RefIndex::hash_of(lot), number);
  } else {
    newest_.replace(RefIndex::hash_of(lot), known, number);
  }
  asked_ = number;
  return entry;
}

std::uint32_t FoldBook::find_shelf(std::string_view place, std::string_view material,
                                   std::uint32_t hash) const {
  return shelf_numbers_.find(hash, [&](std::uint32_t n) {
    return shelves_[n].place == place && shelves_[n].material == material;
  });
}

std::uint32_t FoldBook::shelf_of(std::string_view place, std::string_view material) {
  const std::uint32_t hash = hash_of(place, material);
  if (const std::uint32_t known = find_shelf(place, material, hash); known != kNone) {
    return known;
  }
  shelves_.push_back({std::string{place}, std::string{material},
                      std::set<DrawKey, DrawnBefore>{DrawnBefore{&lots_}}});
  const auto number = static_cast<std::uint32_t>(shelves_.size() - 1);
  shelf_numbers_.insert(hash, number);
  return number;
}

bool FoldBook::drawable(const Lot& lot) {
  return lot.current && lot.state.raw_g > 0 && !lot.state.has_items;
}

void FoldBook::index(Lot& lot, bool add) {
  if (lot.shelf == kNone) {  // legs of it came before anything made it: a damaged store says so
    lot.shelf = shelf_of(lot.state.place, lot.state.material);
  }
  auto& shelf = shelves_[lot.shelf].lots;
  const DrawKey key{lot.state.time.s, lot.state.seq,
                    static_cast<std::uint32_t>(&lot - lots_.data())};
  if (add) {  // mostly the latest
    shelf.emplace_hint(shelf.end(), key);
  } else {
    shelf.erase(key);
  }
}

void FoldBook::make(const LotMade& made, std::uint64_t seq) {
  lot_entry(made.lot, made.place);
  for (std::uint32_t n = newest(made.lot); n != kNone; n = lots_[n].elsewhere) {
    Lot& entry = lots_[n];
    if (drawable(entry)) {
      index(entry, false);
    }
    entry.current = entry.state.place == made.place;
    if (entry.current) {
      entry.state.material = made.material;
      entry.state.time = made.time;
      entry.state.seq = seq;
      entry.state.has_items = made.has_items;
      entry.shelf = shelf_of(made.place, made.material);
    }
    if (drawable(entry)) {
      index(entry, true);
    }
  }
}

void FoldBook::add_to_lot(const BalanceDelta& delta) {
  Lot& entry = lot_entry(delta.account.b, delta.account.a);
  const bool before = drawable(entry);
  (delta.unit == Unit::piece ? entry.state.raw_pieces : entry.state.raw_g) += delta.raw;
  if (const bool now = drawable(entry); now != before) {
    index(entry, now);
  }
}

std::uint32_t FoldBook::find_balance(const Account& account, Unit unit, std::uint32_t hash) const {
  return balance_numbers_.find(hash, [&](std::uint32_t n) {
    return balances_[n].unit == unit && balances_[n].account == account;
  });
}

std::optional<std::size_t> FoldBook::find_balance(const Account& account, Unit unit) const {
  const std::uint32_t known = find_balance(account, unit, hash_of(account, unit));
  return known == kNone ? std::nullopt : std::optional<std::size_t>{known};
}

void FoldBook::add_to_balance(const Account& account, Unit unit, std::int64_t amount) {
  const std::uint32_t hash = hash_of(account, unit);
  std::uint32_t at = find_balance(account, unit, hash);
  if (at == kNone) {
    at = static_cast<std::uint32_t>(balances_.size());
    balances_.push_back({account, unit, 0});
    balance_numbers_.insert(hash, at);
  }
  balances_[at].amount = base::checked_add(balances_[at].amount, amount);
}

void FoldBook::apply_balance(const BalanceDelta& delta) {
  const bool pieces = delta.unit == Unit::piece;
  switch (delta.account.kind) {
    case AccountKind::stock:
      add_to_lot(delta);
      break;
    case AccountKind::transit: {
      LineState& line = lines_[delta.account.a][delta.account.b];
      line.line = delta.account.b;
      if (!delta.material.empty()) {
        line.material = delta.material;
      }
      line.shipped_g += delta.shipped;
      (pieces ? line.raw_pieces : line.raw_g) += delta.raw;
      break;
    }
    case AccountKind::wip: {
      RunState& state = runs_[delta.account.a];
      (pieces ? state.raw_pieces : state.raw_g) += delta.raw;
      break;
    }
    default:
      add_to_balance(delta.account, delta.unit, delta.raw);
  }
}

void FoldBook::move(const ItemMove& move, std::uint64_t seq) {
  Item& item = items_[move.code];
  if (const auto left = items_in_.find(item.lot); left != items_in_.end()) {
    left->second.erase(move.code);
    if (left->second.empty()) {
      items_in_.erase(left);  // lots without items are many, and asked for often
    }
  }
  item = {move.kind, move.parent.empty() ? item.parent : move.parent, move.lot_after, seq};
  if (!item.lot.empty()) {
    items_in_[item.lot].insert(move.code);
  }
}

void FoldBook::mark_items(const Posting& posting, std::uint64_t seq) {
  const auto origin = origins_.find(seq);
  for (const ItemMove& one :
       own_moves(posting.item_moves, posting.items_back, posting.items_kept)) {
    marks_[one.code].push_back(
        {seq, origin == origins_.end() ? seq : origin->second, true, one.lot_after});
  }
}

void FoldBook::apply(const Posting& posting, std::uint64_t seq) {
  for (const LotMade& made : posting.lots) {
    make(made, seq);
  }
  for (const ShipmentChange& change : posting.shipments) {
    auto [entry, fresh] = shipments_.try_emplace(change.shipment);
    if (fresh) {
      entry->second = {change.from_place, change.to_place, change.to_city, 0};
    }
    entry->second.finals += change.finals_delta;
  }
  for (const RunChange& change : posting.runs) {
    auto [entry, fresh] = runs_.try_emplace(change.run);
    if (fresh) {
      entry->second.place = change.place;
      entry->second.process = change.process;
    }
    entry->second.closes += change.closes_delta;
  }
  for (const BalanceDelta& delta : posting.balances) {
    apply_balance(delta);
  }
  for (const Leg& leg : posting.legs) {
    const bool money = leg.unit == Unit::money;
    const bool points = leg.unit == Unit::point && leg.account.kind != AccountKind::party;
    if ((money || points) && leg.account.kind != AccountKind::imbalance) {
      add_to_balance(leg.account, leg.unit, leg.amount);
    }
  }
  for (const ItemMove& one : posting.item_moves) {
    move(one, seq);
  }
  for (const TicketUse& use : posting.tickets) {
    auto& used = tickets_[use.device];
    const auto at = number_at(used, use.number);
    if (at != used.end() && at->number == use.number) {
      at->seq = seq;
    } else {
      used.insert(at, {use.number, seq});
    }
  }
  if (posting.supersedes != 0) {
    superseded_.insert(posting.supersedes);
    const auto older = origins_.find(posting.supersedes);
    origins_[seq] = older == origins_.end() ? posting.supersedes : older->second;
  }
  mark_items(posting, seq);
}

const LotState* FoldBook::lot(std::string_view id) {
  for (std::uint32_t n = newest(id); n != kNone; n = lots_[n].elsewhere) {
    if (lots_[n].current) {
      return &lots_[n].state;
    }
  }
  return nullptr;
}

const LotState* FoldBook::lot_at(std::string_view id, std::string_view place_id) {
  const Lot* lot = find_lot(id, place_id);
  return lot == nullptr ? nullptr : &lot->state;
}

void FoldBook::draw(std::string_view place_id, std::string_view code, base::Instant not_after,
                    const std::function<bool(const LotState&)>& visit) {
  const std::uint32_t shelf = find_shelf(place_id, code, hash_of(place_id, code));
  if (shelf == kNone) {
    return;
  }
  for (const DrawKey& key : shelves_[shelf].lots) {
    if (key.time_s > not_after.s || !visit(lots_[key.lot].state)) {
      return;
    }
  }
}

std::int64_t FoldBook::stock(std::string_view place_id, std::string_view code) {
  std::int64_t total = 0;
  if (const auto shelf = find_shelf(place_id, code, hash_of(place_id, code)); shelf != kNone) {
    for (const DrawKey& key : shelves_[shelf].lots) {
      total += lots_[key.lot].state.raw_g;
    }
  }
  return total;
}

std::optional<ShipmentState> FoldBook::shipment(std::string_view id) {
  const auto found = shipments_.find(id);
  return found == shipments_.end() ? std::nullopt : std::optional{found->second};
}

std::vector<LineState> FoldBook::lines(std::string_view shipment_id) {
  std::vector<LineState> all;
  if (const auto found = lines_.find(shipment_id); found != lines_.end()) {
    all.reserve(found->second.size());
    for (const auto& [name, line] : found->second) {
      all.push_back(line);
    }
  }
  return all;
}

std::optional<RunState> FoldBook::run(std::string_view id) {
  const auto found = runs_.find(id);
  return found == runs_.end() ? std::nullopt : std::optional{found->second};
}

std::int64_t FoldBook::points(std::string_view party_id) {
  const Account account{AccountKind::party, std::string{party_id}, ""};
  const auto found = find_balance(account, Unit::point);
  return found ? balances_[*found].amount : 0;
}

std::optional<ItemState> FoldBook::item(std::string_view code) {
  const auto found = items_.find(code);
  return found == items_.end() ? std::nullopt
                               : std::optional{ItemState{found->second.lot, found->second.kind}};
}

std::vector<std::string> FoldBook::items_of(std::string_view lot_id) {
  const auto found = items_in_.empty() ? items_in_.end() : items_in_.find(lot_id);
  return found == items_in_.end()
             ? std::vector<std::string>{}
             : std::vector<std::string>(found->second.begin(), found->second.end());
}

std::vector<ItemMark> FoldBook::item_marks(std::string_view code) {
  const auto found = marks_.find(code);
  if (found == marks_.end()) {
    return {};
  }
  std::vector<ItemMark> marks = found->second;
  for (ItemMark& mark : marks) {
    mark.in_force = !superseded_.contains(mark.seq);
  }
  return marks;
}

std::optional<VersionState> FoldBook::version(const base::Uuid& id) { return version_lookup_(id); }

std::optional<TicketHolder> FoldBook::ticket(std::string_view device, std::int64_t number) {
  const auto found = tickets_.find(device);
  if (found == tickets_.end()) {
    return std::nullopt;
  }
  const auto holder = number_at(found->second, number);
  return holder == found->second.end() || holder->number != number
             ? std::nullopt
             : std::optional{TicketHolder{holder->seq, !superseded_.contains(holder->seq)}};
}

std::optional<std::int64_t> FoldBook::ticket_last(std::string_view device) {
  const auto found = tickets_.find(device);
  return found == tickets_.end() || found->second.empty()
             ? std::nullopt
             : std::optional{found->second.back().number};
}

}  // namespace huan::ledger
