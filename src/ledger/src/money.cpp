// SPDX-License-Identifier: Apache-2.0
#include "money.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;
using base::Mass;
using base::Money;

constexpr std::int64_t kGramsPerKilogram = 1'000;

Account party_account(const Worksheet& sheet) {
  const std::string& party = sheet.event().party;
  return Account{AccountKind::party, party.empty() ? "-" : party, ""};
}

}  // namespace

Money amount_of(const Pricing& pricing, Mass basis, const std::optional<base::Count>& pieces) {
  if (!pricing.price) {
    return Money{0};
  }
  const std::int64_t price = pricing.price->count();
  const std::int64_t fen =
      pricing.per == Per::piece
          ? base::checked_multiply(pieces.value_or(base::Count{0}).count(), price)
          : base::multiply_divide_round(pricing.settle.value_or(basis).count(), price,
                                        kGramsPerKilogram);
  if (fen > base::kIntegerMax) {
    throw base::Overflow{};  // no record could say it, and sums of it would leave 64 bits soon
  }
  return Money{fen};
}

base::Result<std::vector<Mass>> check_weighings(const Event& event,
                                                const std::vector<Mass>& masses) {
  std::vector<Mass> deducted(masses.size());
  std::vector<Mass> net(masses.size());
  std::vector<bool> weighed(masses.size(), false);
  Mass net_rest{0};
  bool rest_weighed = false;
  for (std::size_t i = 0; i < event.weighings.size(); ++i) {
    const Weighing& w = event.weighings[i];
    const std::string at = "/weighings/" + std::to_string(i);
    if (w.line && *w.line >= masses.size()) {
      return Error{ErrorCode::bad_field, at + "/line", "no such line"};
    }
    if (!w.valid) {
      continue;
    }
    if (!w.line && masses.size() != 1 && w.deduct > Mass{0}) {
      return Error{ErrorCode::bad_field, at + "/line", "a deduction names its line"};
    }
    if (w.line || masses.size() == 1) {
      const std::size_t line = w.line.value_or(0);
      net[line] += w.gross - w.tare;
      deducted[line] += w.deduct;
      weighed[line] = true;
    } else {
      net_rest += w.gross - w.tare;
      rest_weighed = true;
    }
  }
  Mass mass_rest{0};
  for (std::size_t i = 0; i < masses.size(); ++i) {
    if (weighed[i] && net[i] != masses[i]) {
      return Error{ErrorCode::not_balanced, "/weighings",
                   "line " + std::to_string(i) + ": net " + std::to_string(net[i].count()) +
                       " g, mass " + std::to_string(masses[i].count()) + " g"};
    }
    mass_rest += weighed[i] ? Mass{0} : masses[i];
  }
  if (rest_weighed && net_rest != mass_rest) {
    return Error{ErrorCode::not_balanced, "/weighings",
                 "net " + std::to_string(net_rest.count()) + " g, mass " +
                     std::to_string(mass_rest.count()) + " g"};
  }
  return deducted;
}

void post_price(Worksheet& sheet, Money amount, std::string_view material, bool selling) {
  const std::int64_t fen = selling ? -amount.count() : amount.count();
  sheet.leg({AccountKind::trade, sheet.event().place, ""}, Unit::money, fen, material);
  sheet.leg(party_account(sheet), Unit::money, -fen, material);
}

base::Result<void> post_payment(Worksheet& sheet, Money total, bool selling) {
  const Event& event = sheet.event();
  const bool anonymous = event.party.empty();
  if (!event.payment && (!anonymous || total == Money{0})) {
    return {};
  }
  const Money paid = event.payment ? event.payment->fen : total;
  if (anonymous && paid != total) {
    return Error{
        ErrorCode::bad_field, "/payment/fen",
        "without a party the whole amount is paid: " + std::to_string(total.count()) + " fen"};
  }
  const bool bank = event.payment && event.payment->bank;
  if (bank && sheet.context().operator_id.empty()) {
    return Error{ErrorCode::bad_field, "/payment/how",
                 "the place has no operator whose bank could pay"};
  }
  const Account box = bank ? Account{AccountKind::bank, sheet.context().operator_id, ""}
                           : Account{AccountKind::till, event.place, ""};
  const std::int64_t fen = selling ? -paid.count() : paid.count();
  sheet.leg(box, Unit::money, -fen, "");
  sheet.leg(party_account(sheet), Unit::money, fen, "");
  return {};
}

}  // namespace huan::ledger
