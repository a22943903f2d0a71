// SPDX-License-Identifier: Apache-2.0
// The end of a posting: what keeps balances >= 0 (events.md §4), the statistics, what is raised
// about the two ends of a shipment, and `drawn`.
#include <algorithm>

#include "huan/json/writer.hpp"
#include "worksheet.hpp"

namespace huan::ledger {
namespace {

using base::checked_subtract;

std::int64_t short_of(std::int64_t raw, bool closed) { return closed || raw >= 0 ? 0 : -raw; }

}  // namespace

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
  posting_.legs.emplace_back(std::move(account), unit, amount, std::string{material},
                             LegClass::kept, day_);
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
  posting_.balances.reserve(balances_.size());
  std::string known;  // the shipment looked up last
  for (Balance& b : balances_) {
    if (b.account.kind == AccountKind::transit) {
      if (b.account.a != known) {
        static_cast<void>(shipment(b.account.a));  // whether it is closed has to be known
        known = b.account.a;
      }
    } else if (b.account.kind == AccountKind::wip) {
      static_cast<void>(run(b.account.a));
    }
    keep_balance(b);
    if (b.now != b.before || b.shipped != 0) {
      posting_.balances.emplace_back(std::move(b.account), b.unit, std::move(b.material),
                                     b.now - b.before, b.shipped);
    }
  }
  index_.clear();
  balances_.clear();  // given away
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
      const LineState* line = line_of(lines(id), b.account.b);
      const std::int64_t shipped = b.shipped + (line == nullptr ? 0 : line->shipped_g);
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

void Worksheet::compose_drawn() {
  constexpr std::size_t kFrame = 96;
  constexpr std::size_t kLot = 64;
  std::size_t lots = posting_.lots.size();
  for (const auto& [input, draws] : draws_) {
    lots += 1 + draws.size();
  }
  std::string& out = posting_.drawn;
  out.reserve(kFrame + kLot * lots);
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
  if (posting_.items_back > 0) {
    w.member("items_back", static_cast<std::int64_t>(posting_.items_back));
  }
  if (posting_.items_kept > 0) {
    w.member("items_kept", static_cast<std::int64_t>(posting_.items_kept));
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
}

/// Where a kept leg is counted. Stock and runs stand at a place of their own, which is the event's
/// or that of the version taken back; a run's rest is of its process, whatever event closed it or
/// opened it again. What belongs to a shipment or a party is counted with the event.
FoldView Worksheet::view_of_kept(const Leg& leg) {
  constexpr std::string_view kStock = "stock ";
  constexpr std::string_view kWip = "wip ";
  const std::string_view a = leg.account.a;
  const bool imbalance = leg.account.kind == AccountKind::imbalance;
  const bool rest = leg.account.kind == AccountKind::loss || leg.account.kind == AccountKind::count;
  const RunState* of_run = rest                               ? run(a)
                           : imbalance && a.starts_with(kWip) ? run(a.substr(kWip.size()))
                                                              : nullptr;
  std::string_view place = context_.place;
  if (of_run != nullptr) {
    place = of_run->place;
  } else if (imbalance && a.starts_with(kStock)) {
    place = a.substr(kStock.size());
  }
  FoldView view{place == context_before_.place && place != context_.place ? context_before_
                                                                          : context_};
  if (rest) {
    view.cls = of_run == nullptr ? std::string_view{} : of_run->process;
  }
  return view;
}

void Worksheet::fold_all() {
  constexpr std::size_t kRowsExpected = 3;
  posting_.rollups.reserve(kRowsExpected);
  const FoldView now{context_};
  const FoldView before{context_before_};
  for (const Leg& leg : posting_.legs) {
    switch (leg.cls) {
      case LegClass::own:
        fold(leg, now, posting_.rollups);
        break;
      case LegClass::reversing:
        fold(leg, before, posting_.rollups);
        break;
      case LegClass::kept:
        fold(leg, view_of_kept(leg), posting_.rollups);
        break;
    }
  }
}

Posting Worksheet::finish() {
  raise_two_ends();
  keep_items();
  keep();
  fold_all();
  compose_drawn();
  return std::move(posting_);
}

}  // namespace huan::ledger
