// SPDX-License-Identifier: Apache-2.0
#include "parse_lines.hpp"

#include <array>

#include "parse_fields.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;
using json::Value;

constexpr std::size_t kItemsMax = 10'000;
constexpr std::size_t kLineTextMax = 4'000;

base::Result<std::string> item_code(Value value) { return read_long_name(value); }

base::Result<ItemLine> item_line(Value value) {
  static constexpr auto kFields = std::to_array<Field<ItemLine>>({
      {"code", true, [](ItemLine& i, Value v) -> Read { HUAN_READ(i.code, read_long_name(v)); }},
      {"kind", true, [](ItemLine& i, Value v) -> Read { HUAN_READ(i.kind, read_short_name(v)); }},
      {"parent", false,
       [](ItemLine& i, Value v) -> Read { HUAN_READ(i.parent, read_long_name(v)); }},
  });
  ItemLine item;
  HUAN_CHECK(read_object<ItemLine>(item, value, kFields));
  return item;
}

base::Result<Per> per_of(Value value) {
  if (value.is_string() && value.string() == "kg") {
    return Per::kg;
  }
  if (value.is_string() && value.string() == "piece") {
    return Per::piece;
  }
  return Error{ErrorCode::bad_field, "", "kg or piece"};
}

Read price_field(Pricing& pricing, Value value) {
  HUAN_TRY(fen, read_integer(value, 0, base::kIntegerMax));
  pricing.price = base::Money{fen};
  return {};
}

Read either_lot_or_material(bool lot, bool material) {
  if (lot == material) {
    return Error{ErrorCode::bad_field, lot ? "/material" : "",
                 "either a lot or a material is expected"};
  }
  return {};
}

Read check_per(const Pricing& pricing, const std::optional<base::Count>& pieces) {
  if (pricing.per == Per::piece && !pieces) {
    return bad_field("pieces", "required when the price is per piece");
  }
  return {};
}

}  // namespace

base::Result<OutputLine> parse_output(Value value) {
  static constexpr auto kFields = std::to_array<Field<OutputLine>>({
      {"lot", false, [](OutputLine& l, Value v) -> Read { HUAN_READ(l.lot, read_long_name(v)); }},
      {"material", true,
       [](OutputLine& l, Value v) -> Read { HUAN_READ(l.material, read_short_name(v)); }},
      {"mass_g", true, [](OutputLine& l, Value v) -> Read { HUAN_READ(l.mass, read_mass(v)); }},
      {"pieces", false, [](OutputLine& l, Value v) -> Read { HUAN_READ(l.pieces, read_count(v)); }},
      {"items", false,
       [](OutputLine& l, Value v) -> Read { return read_array(l.items, v, kItemsMax, item_line); }},
      {"settle_g", false,
       [](OutputLine& l, Value v) -> Read { HUAN_READ(l.pricing.settle, read_mass_or_zero(v)); }},
      {"price_fen", false,
       [](OutputLine& l, Value v) -> Read { return price_field(l.pricing, v); }},
      {"per", false, [](OutputLine& l, Value v) -> Read { HUAN_READ(l.pricing.per, per_of(v)); }},
  });
  OutputLine line;
  HUAN_CHECK(read_object<OutputLine>(line, value, kFields));
  HUAN_CHECK(check_per(line.pricing, line.pieces));
  return line;
}

base::Result<InputLine> parse_input(Value value) {
  static constexpr auto kFields = std::to_array<Field<InputLine>>({
      {"lot", false, [](InputLine& l, Value v) -> Read { HUAN_READ(l.lot, read_long_name(v)); }},
      {"material", false,
       [](InputLine& l, Value v) -> Read { HUAN_READ(l.material, read_short_name(v)); }},
      {"mass_g", true, [](InputLine& l, Value v) -> Read { HUAN_READ(l.mass, read_mass(v)); }},
      {"pieces", false, [](InputLine& l, Value v) -> Read { HUAN_READ(l.pieces, read_count(v)); }},
      {"items", false,
       [](InputLine& l, Value v) -> Read { return read_array(l.items, v, kItemsMax, item_code); }},
      {"settle_g", false,
       [](InputLine& l, Value v) -> Read { HUAN_READ(l.pricing.settle, read_mass_or_zero(v)); }},
      {"price_fen", false, [](InputLine& l, Value v) -> Read { return price_field(l.pricing, v); }},
      {"per", false, [](InputLine& l, Value v) -> Read { HUAN_READ(l.pricing.per, per_of(v)); }},
  });
  InputLine line;
  HUAN_CHECK(read_object<InputLine>(line, value, kFields));
  HUAN_CHECK(either_lot_or_material(!line.lot.empty(), !line.material.empty()));
  if (line.lot.empty() && (line.pieces || !line.items.empty())) {
    return bad_field(line.pieces ? "pieces" : "items", "goes with a lot, not with a material");
  }
  HUAN_CHECK(check_per(line.pricing, line.pieces));
  return line;
}

base::Result<AcceptLine> parse_accept(Value value) {
  static constexpr auto kFields = std::to_array<Field<AcceptLine>>({
      {"line", false, [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.line, read_long_name(v)); }},
      {"material", false,
       [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.material, read_short_name(v)); }},
      {"accepted_g", true,
       [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.accepted, read_mass_or_zero(v)); }},
      {"refused_g", false,
       [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.refused, read_mass_or_zero(v)); }},
      {"declared_g", false,
       [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.declared, read_mass_or_zero(v)); }},
      {"lot", false, [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.lot, read_long_name(v)); }},
      {"pieces", false, [](AcceptLine& l, Value v) -> Read { HUAN_READ(l.pieces, read_count(v)); }},
      {"items", false,
       [](AcceptLine& l, Value v) -> Read { return read_array(l.items, v, kItemsMax, item_code); }},
  });
  AcceptLine line;
  HUAN_CHECK(read_object<AcceptLine>(line, value, kFields));
  if (line.line.empty() && line.material.empty()) {
    return bad_field("line", "a line of the shipment or a material is expected");
  }
  if (line.accepted + line.refused == base::Mass{0}) {
    return bad_field("accepted_g", "accepted and refused are both zero");
  }
  const bool named = line.pieces || !line.items.empty();
  if (named && line.accepted == base::Mass{0}) {
    return bad_field(line.pieces ? "pieces" : "items", "goes with what is accepted");
  }
  if (!line.items.empty() && line.line.empty()) {
    return bad_field("items", "lots with items are accepted by line");
  }
  return line;
}

base::Result<CountLine> parse_count(Value value) {
  static constexpr auto kFields = std::to_array<Field<CountLine>>({
      {"lot", false, [](CountLine& l, Value v) -> Read { HUAN_READ(l.lot, read_long_name(v)); }},
      {"material", false,
       [](CountLine& l, Value v) -> Read { HUAN_READ(l.material, read_short_name(v)); }},
      {"counted_g", true,
       [](CountLine& l, Value v) -> Read { HUAN_READ(l.counted, read_mass_or_zero(v)); }},
      {"book_g", false,
       [](CountLine& l, Value v) -> Read { HUAN_READ(l.book, read_mass_or_zero(v)); }},
      {"lot_new", false,
       [](CountLine& l, Value v) -> Read { HUAN_READ(l.lot_new, read_long_name(v)); }},
  });
  CountLine line;
  HUAN_CHECK(read_object<CountLine>(line, value, kFields));
  HUAN_CHECK(either_lot_or_material(!line.lot.empty(), !line.material.empty()));
  if (!line.lot.empty() && !line.lot_new.empty()) {
    return bad_field("lot_new", "goes with a material, not with a lot");
  }
  return line;
}

base::Result<SettleLeg> parse_settle(Value value) {
  static constexpr auto kFields = std::to_array<Field<SettleLeg>>({
      {"account", true,
       [](SettleLeg& l, Value v) -> Read {
         HUAN_TRY(text, read_text(v, base::kLongNameMax));
         const auto colon = text.find(':');
         const auto kind = account_kind(std::string_view{text}.substr(0, colon));
         const bool usable =
             kind && (*kind >= AccountKind::trade || *kind == AccountKind::imbalance);
         if (colon == std::string::npos || !usable) {
           return Error{ErrorCode::bad_field, "",
                        "till: bank: party: trade: fee: tax: subsidy: issued: spent: or imbalance: "
                        "and a name"};
         }
         const std::string_view rest = std::string_view{text}.substr(colon + 1);
         if (!rest.empty() && !base::is_name(rest, base::kLongNameMax)) {
           return Error{ErrorCode::bad_text, "", "the account's name is not printable ASCII"};
         }
         l.account = Account{*kind, std::string{rest}, ""};
         return {};
       }},
      {"unit", true,
       [](SettleLeg& l, Value v) -> Read {
         if (v.is_string() && (v.string() == "fen" || v.string() == "points")) {
           l.unit = v.string() == "fen" ? Unit::money : Unit::point;
           return {};
         }
         return Error{ErrorCode::bad_field, "", "fen or points"};
       }},
      {"amount", true,
       [](SettleLeg& l, Value v) -> Read {
         HUAN_READ(l.amount, read_integer(v, -base::kIntegerMax, base::kIntegerMax));
       }},
  });
  SettleLeg leg;
  HUAN_CHECK(read_object<SettleLeg>(leg, value, kFields));
  return leg;
}

base::Result<Weighing> parse_weighing(Value value) {
  static constexpr auto kFields = std::to_array<Field<Weighing>>({
      {"gross_g", true,
       [](Weighing& w, Value v) -> Read { HUAN_READ(w.gross, read_mass_or_zero(v)); }},
      {"tare_g", false,
       [](Weighing& w, Value v) -> Read { HUAN_READ(w.tare, read_mass_or_zero(v)); }},
      {"deduct_g", false,
       [](Weighing& w, Value v) -> Read { HUAN_READ(w.deduct, read_mass_or_zero(v)); }},
      {"scale", false,
       [](Weighing& w, Value v) -> Read { HUAN_READ(w.scale, read_short_name(v)); }},
      {"stable", false,
       [](Weighing&, Value v) -> Read {
         HUAN_TRY(stable, read_bool(v));
         static_cast<void>(stable);
         return {};
       }},
      {"at", false,
       [](Weighing&, Value v) -> Read {
         if (!v.is_string() || !base::parse_time(v.string())) {
           return Error{ErrorCode::bad_time, "", "RFC 3339 with offset, whole seconds"};
         }
         return {};
       }},
      {"serial", false,
       [](Weighing&, Value v) -> Read {
         HUAN_TRY(serial, read_text(v, kLineTextMax));
         static_cast<void>(serial);
         return {};
       }},
      {"valid", false, [](Weighing& w, Value v) -> Read { HUAN_READ(w.valid, read_bool(v)); }},
      {"line", false,
       [](Weighing& w, Value v) -> Read {
         HUAN_TRY(line, read_integer(v, 0, 1'000'000));
         w.line = static_cast<std::size_t>(line);
         return {};
       }},
  });
  Weighing weighing;
  HUAN_CHECK(read_object<Weighing>(weighing, value, kFields));
  if (weighing.gross < weighing.tare + weighing.deduct) {
    return bad_field("gross_g", "gross is less than tare and deduction");
  }
  return weighing;
}

base::Result<Payment> parse_payment(Value value) {
  static constexpr auto kFields = std::to_array<Field<Payment>>({
      {"how", true,
       [](Payment& p, Value v) -> Read {
         if (v.is_string() && (v.string() == "till" || v.string() == "bank")) {
           p.bank = v.string() == "bank";
           return {};
         }
         return Error{ErrorCode::bad_field, "", "till or bank"};
       }},
      {"fen", true,
       [](Payment& p, Value v) -> Read {
         HUAN_TRY(fen, read_integer(v, 0, base::kIntegerMax));
         p.fen = base::Money{fen};
         return {};
       }},
      {"ref", false,
       [](Payment&, Value v) -> Read {
         HUAN_TRY(ref, read_text(v, kLineTextMax));
         static_cast<void>(ref);
         return {};
       }},
  });
  Payment payment;
  HUAN_CHECK(read_object<Payment>(payment, value, kFields));
  return payment;
}

}  // namespace huan::ledger
