// SPDX-License-Identifier: Apache-2.0
#include "worksheet.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace huan::ledger {
namespace {

using base::checked_add;
using base::Error;
using base::ErrorCode;

constexpr std::size_t kIndexFrom = 32;    // below that a walk is faster than a hash
constexpr std::size_t kLegsExpected = 8;  // beside those of its lines
constexpr std::size_t kLegsOfLine = 4;

/// The last bytes of a name, where names of one kind differ.
std::uint64_t end_of(std::string_view name) {
  std::uint64_t end = 0;
  const std::size_t size = std::min(name.size(), sizeof end);
  std::memcpy(&end, name.data() + (name.size() - size), size);
  return end;
}

std::uint64_t print_of(const Account& account, Unit unit) {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
  const auto kind = static_cast<std::uint64_t>(account.kind) * 4 + static_cast<std::uint64_t>(unit);
  return ((end_of(account.a) + kind) * kOdd ^ end_of(account.b)) * kOdd;
}

}  // namespace

bool drawn_before(const LotState& a, const LotState& b) {
  return std::tie(a.time, a.seq, a.lot) < std::tie(b.time, b.seq, b.lot);
}

bool is_tracked(const Account& account, Unit unit) {
  switch (account.kind) {
    case AccountKind::stock:
    case AccountKind::transit:
    case AccountKind::wip:
      return unit == Unit::mass || unit == Unit::piece;
    case AccountKind::party:
      return unit == Unit::point;
    default:
      return false;
  }
}

const LineState* line_of(const std::vector<LineState>& lines, std::string_view line) {
  const auto found = std::lower_bound(
      lines.begin(), lines.end(), line,
      [](const LineState& state, std::string_view name) { return state.line < name; });
  return found != lines.end() && found->line == line ? &*found : nullptr;
}

Worksheet::Worksheet(Book& book, const PostOptions& options, Posting&& room)
    : book_(book), options_(options) {
  room.legs.clear();
  room.balances.clear();
  room.lots.clear();
  room.rollups.clear();
  room.drawn.clear();
  posting_.legs = std::move(room.legs);
  posting_.balances = std::move(room.balances);
  posting_.lots = std::move(room.lots);
  posting_.rollups = std::move(room.rollups);
  posting_.drawn = std::move(room.drawn);
}

void Worksheet::open(const Event& event, const FoldContext& context, std::string record_id,
                     bool correcting) {
  event_ = &event;
  context_ = context;
  record_id_ = std::move(record_id);
  correcting_ = correcting;
  day_ = base::day_of(event.time, options_.offset_s);
  posting_.operator_id = context.operator_id;
  posting_.district = context.district;
  const std::size_t lines = event.inputs.size() + event.outputs.size() + event.accepts.size();
  posting_.legs.reserve(posting_.legs.size() + kLegsExpected + kLegsOfLine * lines);
  balances_.reserve(balances_.size() + 2 + 2 * lines);
}

Worksheet::Balance* Worksheet::find(const Account& account, Unit unit, std::uint64_t print) {
  if (balances_.size() < kIndexFrom) {
    for (Balance& b : balances_) {
      if (b.print == print && b.unit == unit && b.account == account) {
        return &b;
      }
    }
  } else {
    for (std::size_t i = index_.size(); i < balances_.size(); ++i) {
      index_.insert(i);
    }
    if (const auto found = index_.find(BalanceName{account, unit}); found != index_.end()) {
      return &balances_[*found];
    }
  }
  return nullptr;
}

Worksheet::Balance& Worksheet::balance(const Account& account, Unit unit,
                                       std::string_view material) {
  const std::uint64_t print = print_of(account, unit);
  if (Balance* known = find(account, unit, print)) {
    return *known;
  }
  Balance& b = balances_.emplace_back(account, unit, print, std::string{material});
  seed(b);
  return b;
}

std::size_t Worksheet::BalanceHash::operator()(const BalanceName& name) const {
  // One event knows few places, shipments and runs, and many lots.
  const std::string& telling = name.account.b.empty() ? name.account.a : name.account.b;
  const std::size_t kind =
      static_cast<std::size_t>(name.account.kind) * 4 + static_cast<std::size_t>(name.unit);
  return std::hash<std::string_view>{}(telling) + kind;
}

std::size_t Worksheet::BalanceHash::operator()(std::size_t i) const {
  return (*this)(BalanceName{(*balances)[i].account, (*balances)[i].unit});
}

bool Worksheet::BalanceEqual::operator()(const BalanceName& name, std::size_t i) const {
  const Balance& b = (*balances)[i];
  return b.unit == name.unit && b.account == name.account;
}

void Worksheet::seed(Balance& b) {
  const bool pieces = b.unit == Unit::piece;
  switch (b.account.kind) {
    case AccountKind::stock: {
      if (const LotState* state = book_.lot_at(b.account.b, b.account.a)) {
        b.before = pieces ? state->raw_pieces : state->raw_g;
      }
      break;
    }
    case AccountKind::transit: {
      if (const LineState* line = line_of(lines(b.account.a), b.account.b)) {
        b.before = pieces ? line->raw_pieces : line->raw_g;
        b.material = line->material;
      }
      break;
    }
    case AccountKind::wip: {
      if (const RunState* state = run(b.account.a)) {
        b.before = pieces ? state->raw_pieces : state->raw_g;
      }
      break;
    }
    default:
      b.before = book_.points(b.account.a);
      break;
  }
  b.now = b.before;
}

std::int64_t Worksheet::raw_pieces(const Account& account) {
  if (account.kind == AccountKind::transit) {
    const LineState* line = line_of(lines(account.a), account.b);
    return line == nullptr ? 0 : line->raw_pieces;
  }
  const LotState* state = book_.lot_at(account.b, account.a);
  return state == nullptr ? 0 : state->raw_pieces;
}

void Worksheet::add(const Leg& leg, bool of_ship) {
  if (!is_tracked(leg.account, leg.unit)) {
    return;
  }
  Balance& b = balance(leg.account, leg.unit, leg.material);
  if (b.material.empty()) {
    b.material = leg.material;  // it was asked for before a leg named its material
  }
  b.now = checked_add(b.now, leg.amount);
  if (of_ship && leg.account.kind == AccountKind::transit && leg.unit == Unit::mass) {
    b.shipped = checked_add(b.shipped, leg.amount);
  }
}

void Worksheet::leg(const Account& account, Unit unit, std::int64_t amount,
                    std::string_view material) {
  if (amount != 0) {
    leg(Account{account}, unit, amount, material);
  }
}

void Worksheet::legs(Account&& account, std::int64_t mass_g, std::int64_t pieces,
                     std::string_view material) {
  if (pieces == 0) {
    leg(std::move(account), Unit::mass, mass_g, material);
    return;
  }
  leg(account, Unit::mass, mass_g, material);
  leg(std::move(account), Unit::piece, pieces, material);
}

void Worksheet::leg(Account&& account, Unit unit, std::int64_t amount, std::string_view material) {
  if (amount != 0) {
    add(posting_.legs.emplace_back(std::move(account), unit, amount, std::string{material},
                                   LegClass::own, day_),
        context_.type == EventType::ship);
  }
}

base::Result<void> Worksheet::reverse(const VersionState& version, const Event& old_event,
                                      const FoldContext& old_context) {
  context_before_ = old_context;
  posting_.supersedes = version.seq;
  chain_ = version.chain;
  for (const Leg& own : version.own) {
    Leg& back = posting_.legs.emplace_back(own);
    back.amount = -own.amount;
    back.cls = LegClass::reversing;
    add(back, old_context.type == EventType::ship);
    if (own.account.kind == AccountKind::stock && own.unit == Unit::mass &&
        std::find(lots_before_.begin(), lots_before_.end(), own.account.b) == lots_before_.end()) {
      lots_before_.push_back(own.account.b);
    }
  }
  take_items_back(version);
  if (old_event.type == EventType::accept && (old_event.total || old_event.final.value_or(false)) &&
      old_event.from_city.empty()) {
    // Missing only where a record was taken out of the store, which verify has to survive.
    if (shipment(old_event.shipment) == nullptr) {
      return Error{ErrorCode::unknown_shipment, "/corrects", old_event.shipment};
    }
    close_shipment(old_event.shipment, -1);
  }
  if (old_event.type == EventType::transform && old_event.close) {
    if (run(old_event.run) == nullptr) {
      return Error{ErrorCode::unknown_run, "/corrects", old_event.run};
    }
    close_run(old_event.run, -1);
  }
  return {};
}

bool Worksheet::is_before(std::uint64_t seq) const {
  return std::find(chain_.begin(), chain_.end(), seq) != chain_.end();
}

std::int64_t Worksheet::raw(const Account& account, Unit unit) {
  if (const Balance* known = find(account, unit, print_of(account, unit))) {
    return known->now;
  }
  // Most lots have no pieces: what is nothing, and stays so, need not be remembered.
  const bool in_lots = account.kind == AccountKind::stock || account.kind == AccountKind::transit;
  const bool nothing = unit == Unit::piece && in_lots && raw_pieces(account) == 0;
  return nothing ? 0 : balance(account, unit, "").now;
}

std::int64_t Worksheet::available(const Account& account, Unit unit) {
  return std::max<std::int64_t>(0, raw(account, unit));
}

const LotMade* Worksheet::made(std::string_view id) const {
  const auto found = std::find_if(posting_.lots.begin(), posting_.lots.end(),
                                  [&](const LotMade& lot) { return lot.lot == id; });
  return found == posting_.lots.end() ? nullptr : &*found;
}

std::int64_t Worksheet::stock(std::string_view place, std::string_view material) {
  std::int64_t total = book_.stock(place, material);
  for (const Balance& b : balances_) {
    if (b.account.kind != AccountKind::stock || b.unit != Unit::mass || b.account.a != place) {
      continue;
    }
    const LotState* before = lot(b.account.b);
    const bool counted = before != nullptr && before->place == place &&
                         before->material == material && !before->has_items;
    const LotMade* anew = made(b.account.b);
    const bool counts =
        anew == nullptr ? counted
                        : anew->place == place && anew->material == material && !anew->has_items;
    total -= counted ? std::max<std::int64_t>(0, b.before) : 0;
    total += counts ? std::max<std::int64_t>(0, b.now) : 0;
  }
  return total;
}

base::Result<void> Worksheet::check_party(std::string_view at) {
  if (event_->party.empty()) {
    return {};
  }
  const auto party = book_.party(event_->party, event_->time);
  if (!party || !party->active) {
    return Error{ErrorCode::unknown_party, std::string{at},
                 event_->party + (party ? " has ended" : "")};
  }
  return {};
}

std::vector<LotState> Worksheet::refilled(std::string_view place, std::string_view material) {
  std::vector<LotState> lots;
  for (const Balance& b : balances_) {
    if (b.account.kind == AccountKind::stock && b.unit == Unit::mass && b.account.a == place &&
        b.before <= 0 && b.now > 0) {
      const LotState* state = lot(b.account.b);
      if (state != nullptr && state->place == place && state->material == material) {
        lots.push_back(*state);
      }
    }
  }
  std::sort(lots.begin(), lots.end(), drawn_before);
  return lots;
}

const ShipmentState* Worksheet::shipment(std::string_view id) {
  auto found = shipments_.find(id);
  if (found == shipments_.end()) {
    auto state = book_.shipment(id);
    if (!state) {
      return nullptr;
    }
    found = shipments_.emplace(std::string{id}, std::move(*state)).first;
  }
  return &found->second;
}

const RunState* Worksheet::run(std::string_view id) {
  auto found = runs_.find(id);
  if (found == runs_.end()) {
    auto state = book_.run(id);
    if (!state) {
      return nullptr;
    }
    found = runs_.emplace(std::string{id}, std::move(*state)).first;
  }
  return &found->second;
}

std::vector<LineState>& Worksheet::lines(std::string_view shipment_id) {
  auto found = lines_.find(shipment_id);
  if (found == lines_.end()) {
    found = lines_.emplace(std::string{shipment_id}, book_.lines(shipment_id)).first;
  }
  return found->second;
}

void Worksheet::open_shipment(std::string_view id, const ShipmentState& state) {
  if (shipment(id) == nullptr) {
    shipments_.emplace(std::string{id}, state);
    lines_.try_emplace(std::string{id});  // a line cannot stand before its shipment
    posting_.shipments.push_back(
        {std::string{id}, state.from_place, state.to_place, state.to_city, 0});
  }
}

void Worksheet::close_shipment(std::string_view id, std::int64_t finals_delta) {
  const ShipmentState* state = shipment(id);
  HUAN_ASSERT(state != nullptr);
  auto [closing, fresh] =
      shipment_closing_.try_emplace(std::string{id}, Closing{state->finals, state->finals});
  closing->second.now += finals_delta;
  shipments_.find(id)->second.finals += finals_delta;
  posting_.shipments.push_back(
      {std::string{id}, state->from_place, state->to_place, state->to_city, finals_delta});
  if (fresh) {  // closing concerns every line, touched by this event or not
    Account account{AccountKind::transit, std::string{id}, ""};
    for (const LineState& line : lines(id)) {  // stands while balances are added
      account.b = line.line;
      balance(account, Unit::mass, line.material);
      if (line.raw_pieces != 0) {
        balance(account, Unit::piece, line.material);
      }
    }
  }
}

void Worksheet::open_run(std::string_view id, const RunState& state) {
  if (run(id) == nullptr) {
    runs_.emplace(std::string{id}, state);
    posting_.runs.push_back({std::string{id}, state.place, state.process, 0});
  }
}

void Worksheet::close_run(std::string_view id, std::int64_t closes_delta) {
  const RunState* state = run(id);
  HUAN_ASSERT(state != nullptr);
  auto [closing, fresh] =
      run_closing_.try_emplace(std::string{id}, Closing{state->closes, state->closes});
  closing->second.now += closes_delta;
  runs_.find(id)->second.closes += closes_delta;
  posting_.runs.push_back({std::string{id}, state->place, state->process, closes_delta});
  if (fresh) {
    const Account account{AccountKind::wip, std::string{id}, ""};
    balance(account, Unit::mass, "");
    balance(account, Unit::piece, "");
  }
}

base::Result<std::string> Worksheet::make_lot(std::string_view wanted, std::string_view material,
                                              bool has_items, std::string_view at) {
  std::string id{wanted};
  if (id.empty()) {
    id = record_id_ + "." + std::to_string(posting_.lots.size() + 1);
  }
  const LotState* standing = lot(id);
  if (made(id) != nullptr || (standing != nullptr && !is_before(standing->seq))) {
    return Error{ErrorCode::lot_exists, std::string{at}, id};
  }
  posting_.lots.push_back({id, event_->place, std::string{material}, event_->time, has_items});
  return id;
}

void Worksheet::raise(std::string_view code, std::string_view at, std::string detail) {
  posting_.raised.push_back({std::string{code}, std::string{at}, std::move(detail)});
}

void Worksheet::drew(std::size_t input, std::vector<Draw> draws) {
  draws_.emplace_back(input, std::move(draws));
}

}  // namespace huan::ledger
