// SPDX-License-Identifier: Apache-2.0
#include "worksheet.hpp"

#include <algorithm>

#include "huan/json/writer.hpp"

namespace huan::ledger {
namespace {

using base::checked_add;
using base::checked_subtract;
using base::Error;
using base::ErrorCode;

constexpr std::size_t kIndexFrom = 16;  // below that a walk is faster than a hash

std::string key_of(const Account& account, Unit unit) {
  std::string key;
  key.reserve(account.a.size() + account.b.size() + 4);
  key.push_back(static_cast<char>('A' + static_cast<int>(account.kind)));
  key.push_back(static_cast<char>('0' + static_cast<int>(unit)));
  key.append(account.a).push_back(' ');
  key.append(account.b);
  return key;
}

std::int64_t short_of(std::int64_t raw, bool closed) { return closed || raw >= 0 ? 0 : -raw; }

}  // namespace

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

void Worksheet::open(const Event& event, const FoldContext& context, std::string record_id,
                     bool correcting) {
  event_ = &event;
  context_ = context;
  record_id_ = std::move(record_id);
  correcting_ = correcting;
  day_ = base::day_of(event.time, options_.offset_s);
  posting_.operator_id = context.operator_id;
  posting_.district = context.district;
}

Worksheet::Balance& Worksheet::balance(const Account& account, Unit unit,
                                       std::string_view material) {
  if (balances_.size() < kIndexFrom) {
    for (Balance& b : balances_) {
      if (b.unit == unit && b.account == account) {
        return b;
      }
    }
  } else {
    if (index_.empty()) {
      for (std::size_t i = 0; i < balances_.size(); ++i) {
        index_.emplace(key_of(balances_[i].account, balances_[i].unit), i);
      }
    }
    if (const auto found = index_.find(key_of(account, unit)); found != index_.end()) {
      return balances_[found->second];
    }
    index_.emplace(key_of(account, unit), balances_.size());
  }
  Balance& b = balances_.emplace_back(Balance{account, unit, std::string{material}, 0, 0, 0});
  seed(b);
  return b;
}

void Worksheet::seed(Balance& b) {
  const bool pieces = b.unit == Unit::piece;
  switch (b.account.kind) {
    case AccountKind::stock: {
      const auto found = lots_.find(b.account.b);
      const bool here = found != lots_.end() && found->second.place == b.account.a;
      const LotState state = here ? found->second : book_.lot_at(b.account.b, b.account.a);
      b.before = pieces ? state.raw_pieces : state.raw_g;
      break;
    }
    case AccountKind::transit: {
      for (const LineState& line : lines(b.account.a)) {
        if (line.line == b.account.b) {
          b.before = pieces ? line.raw_pieces : line.raw_g;
          b.material = line.material;
        }
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

void Worksheet::add(const Leg& leg, bool of_ship) {
  if (is_tracked(leg.account, leg.unit)) {
    Balance& b = balance(leg.account, leg.unit, leg.material);
    b.now = checked_add(b.now, leg.amount);
    if (of_ship && leg.account.kind == AccountKind::transit && leg.unit == Unit::mass) {
      b.shipped = checked_add(b.shipped, leg.amount);
    }
  }
  posting_.legs.push_back(leg);
}

void Worksheet::leg(Account account, Unit unit, std::int64_t amount, std::string_view material) {
  if (amount != 0) {
    add(Leg{std::move(account), unit, amount, std::string{material}, LegClass::own, day_},
        context_.type == EventType::ship);
  }
}

base::Result<void> Worksheet::reverse(const VersionState& version, const Event& old_event,
                                      const FoldContext& old_context) {
  context_before_ = old_context;
  posting_.supersedes = version.seq;
  chain_ = version.chain;
  for (const Leg& own : version.own) {
    Leg back = own;
    back.amount = -own.amount;
    back.cls = LegClass::reversing;
    add(back, old_context.type == EventType::ship);
    if (own.account.kind == AccountKind::stock && own.unit == Unit::mass &&
        std::find(lots_before_.begin(), lots_before_.end(), own.account.b) == lots_before_.end()) {
      lots_before_.push_back(own.account.b);
    }
  }
  for (auto move = version.item_moves.rbegin(); move != version.item_moves.rend(); ++move) {
    if (item_lot(move->code) == move->lot_after) {
      const ItemMove back{move->code, move->kind, move->parent, move->lot_after, move->lot_before};
      items_[back.code] = back.lot_after;
      posting_.item_moves.push_back(back);
    }
  }
  if (old_event.type == EventType::accept && (old_event.total || old_event.final.value_or(false)) &&
      old_event.from_city.empty()) {
    close_shipment(old_event.shipment, -1);
  }
  if (old_event.type == EventType::transform && old_event.close) {
    close_run(old_event.run, -1);
  }
  return {};
}

std::int64_t Worksheet::raw(const Account& account, Unit unit) {
  return balance(account, unit, "").now;
}

std::int64_t Worksheet::available(const Account& account, Unit unit) {
  return std::max<std::int64_t>(0, raw(account, unit));
}

std::int64_t Worksheet::stock(std::string_view place, std::string_view material) {
  std::int64_t total = book_.stock(place, material);
  for (const Balance& b : balances_) {
    const bool counts = b.account.kind == AccountKind::stock && b.unit == Unit::mass &&
                        b.account.a == place && b.material == material;
    if (!counts) {
      continue;
    }
    const auto state = lot(b.account.b);
    if (!state || !state->has_items) {
      total += std::max<std::int64_t>(0, b.now) - std::max<std::int64_t>(0, b.before);
    }
  }
  return total;
}

std::optional<LotState> Worksheet::lot(std::string_view id) {
  if (const auto found = lots_.find(id); found != lots_.end()) {
    return found->second;
  }
  auto state = book_.lot(id);
  if (state) {
    lots_.emplace(std::string{id}, *state);
  }
  return state;
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
    const auto all = lines(id);
    for (const LineState& line : all) {
      const Account account{AccountKind::transit, std::string{id}, line.line};
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
  const auto made_here = std::find_if(posting_.lots.begin(), posting_.lots.end(),
                                      [&](const LotMade& made) { return made.lot == id; });
  const auto standing = lot(id);
  const bool ours =
      standing && std::find(chain_.begin(), chain_.end(), standing->seq) != chain_.end();
  if (made_here != posting_.lots.end() || (standing && !ours)) {
    return Error{ErrorCode::lot_exists, std::string{at}, id};
  }
  posting_.lots.push_back({id, event_->place, std::string{material}, event_->time, has_items});
  return id;
}

std::string Worksheet::item_lot(std::string_view code) {
  if (const auto found = items_.find(code); found != items_.end()) {
    return found->second;
  }
  const auto state = book_.item(code);
  return state ? state->lot : std::string{};
}

std::vector<std::string> Worksheet::items_in(std::string_view lot_id) {
  std::vector<std::string> codes = book_.items_of(lot_id);
  std::erase_if(codes, [&](const std::string& code) { return item_lot(code) != lot_id; });
  for (const auto& [code, where] : items_) {
    if (where == lot_id && std::find(codes.begin(), codes.end(), code) == codes.end()) {
      codes.push_back(code);
    }
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

void Worksheet::move_item(const ItemMove& move, std::string_view at) {
  ItemMove complete = move;
  complete.lot_before = item_lot(move.code);
  if (complete.kind.empty()) {
    const auto state = book_.item(move.code);
    complete.kind = state ? state->kind : std::string{};
  }
  const bool taken_in = !move.lot_after.empty() && move.lot_before.empty();
  if (taken_in && !complete.lot_before.empty() && complete.lot_before != move.lot_after) {
    raise("item_elsewhere", at, complete.code + " stood in " + complete.lot_before);
  }
  items_[complete.code] = complete.lot_after;
  posting_.item_moves.push_back(std::move(complete));
}

void Worksheet::raise(std::string_view code, std::string_view at, std::string detail) {
  posting_.raised.push_back({std::string{code}, std::string{at}, std::move(detail)});
}

void Worksheet::drew(std::size_t input, std::vector<Draw> draws) {
  draws_.emplace_back(input, std::move(draws));
}

Worksheet::Closing Worksheet::closing_of(const Account& account) const {
  const bool transit = account.kind == AccountKind::transit;
  const auto& closings = transit ? shipment_closing_ : run_closing_;
  if (const auto found = closings.find(account.a); found != closings.end()) {
    return found->second;
  }
  if (transit) {
    const auto found = shipments_.find(account.a);
    const std::int64_t finals = found == shipments_.end() ? 0 : found->second.finals;
    return {finals, finals};
  }
  const auto found = runs_.find(account.a);
  const std::int64_t closes = found == runs_.end() ? 0 : found->second.closes;
  return {closes, closes};
}

void Worksheet::kept_leg(Account account, Unit unit, std::int64_t amount,
                         std::string_view material) {
  posting_.legs.push_back(
      {std::move(account), unit, amount, std::string{material}, LegClass::kept, day_});
}

void Worksheet::keep_balance(const Balance& b) {
  const bool closable =
      b.account.kind == AccountKind::transit || b.account.kind == AccountKind::wip;
  const Closing closing = closable ? closing_of(b.account) : Closing{};
  const bool was_closed = closing.before > 0;
  const bool is_closed = closing.now > 0;
  const std::int64_t imbalance =
      checked_subtract(short_of(b.now, is_closed), short_of(b.before, was_closed));
  if (imbalance != 0) {
    const Account other{AccountKind::imbalance,
                        std::string{name(b.account.kind)} + " " + b.account.a, b.account.b};
    kept_leg(b.account, b.unit, imbalance, b.material);
    kept_leg(other, b.unit, -imbalance, b.material);
  }
  const std::int64_t rest = checked_subtract(is_closed ? b.now : 0, was_closed ? b.before : 0);
  if (rest != 0) {
    Account other{AccountKind::variance, b.account.a, b.account.b};
    if (b.account.kind == AccountKind::wip) {
      other.kind = b.unit == Unit::mass ? AccountKind::loss : AccountKind::count;
    }
    kept_leg(b.account, b.unit, -rest, b.material);
    kept_leg(other, b.unit, rest, b.material);
  }
}

void Worksheet::keep() {
  for (const Balance& b : balances_) {
    if (b.account.kind == AccountKind::transit) {
      static_cast<void>(shipment(b.account.a));  // whether it is closed has to be known
    } else if (b.account.kind == AccountKind::wip) {
      static_cast<void>(run(b.account.a));
    }
    keep_balance(b);
    if (b.now != b.before || b.shipped != 0) {
      posting_.balances.push_back({b.account, b.unit, b.material, b.now - b.before, b.shipped});
    }
  }
}

void Worksheet::raise_two_ends() {
  for (const auto& [id, closing] : shipment_closing_) {
    if (closing.before > 0 || closing.now <= 0) {
      continue;
    }
    for (const Balance& b : balances_) {
      if (b.account.kind != AccountKind::transit || b.account.a != id || b.unit != Unit::mass) {
        continue;
      }
      std::int64_t shipped = b.shipped;
      for (const LineState& line : lines(id)) {
        shipped += line.line == b.account.b ? line.shipped_g : 0;
      }
      const auto facts = book_.material(b.material, event_->time);
      const std::int64_t share =
          facts ? base::multiply_divide_round(shipped, facts->tolerance_permille, 1'000) : 0;
      const std::int64_t tolerance = std::max(share, facts ? facts->tolerance_g : 0);
      if (b.now > tolerance || b.now < -tolerance) {
        raise("two_ends", "",
              b.account.b + ": " + std::to_string(shipped) + " g shipped, " +
                  std::to_string(shipped - b.now) + " g arrived");
      }
    }
  }
}

std::string Worksheet::compose_drawn() const {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (context_.type == EventType::sell && event_->cls.empty()) {
    w.member("class", context_.cls);
  }
  w.member("district", context_.district);
  if (!draws_.empty()) {
    w.key("draws").begin_array();
    for (const auto& [input, draws] : draws_) {
      w.begin_object().member("input", static_cast<std::int64_t>(input)).key("lots").begin_array();
      for (const Draw& draw : draws) {
        w.begin_object().member("lot", draw.lot).member("mass_g", draw.mass_g).end_object();
      }
      w.end_array().end_object();
    }
    w.end_array();
  }
  if (!posting_.lots.empty()) {
    w.key("lots").begin_array();
    for (const LotMade& made : posting_.lots) {
      w.string(made.lot);
    }
    w.end_array();
  }
  w.member("operator", context_.operator_id);
  if (!posting_.raised.empty()) {
    w.key("raised").begin_array();
    for (const Raised& raised : posting_.raised) {
      w.begin_object()
          .member("at", raised.at)
          .member("code", raised.code)
          .member("detail", raised.detail)
          .end_object();
    }
    w.end_array();
  }
  w.end_object();
  return out;
}

void Worksheet::fold_all() {
  for (const Leg& leg : posting_.legs) {
    fold(leg, leg.cls == LegClass::reversing ? context_before_ : context_, posting_.rollups);
  }
}

Posting Worksheet::finish() {
  raise_two_ends();
  keep();
  fold_all();
  posting_.drawn = compose_drawn();
  return std::move(posting_);
}

}  // namespace huan::ledger
