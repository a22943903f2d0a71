// SPDX-License-Identifier: Apache-2.0
// 收购: material enters the ledger from its origin, at a price or without.
#include "money.hpp"
#include "own_legs.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<void> check_material(Worksheet& sheet, const OutputLine& line, const std::string& at) {
  const Event& event = sheet.event();
  const auto facts = sheet.book().material(line.material, event.time);
  if (!facts) {
    return Error{ErrorCode::unknown_material, at + "/material", line.material};
  }
  if (facts->prohibited) {
    return Error{ErrorCode::prohibited, at + "/material", line.material};
  }
  if (!sheet.book().takes(event.place, line.material, event.time)) {
    return Error{ErrorCode::material_not_allowed, at + "/material",
                 event.place + " does not take " + line.material};
  }
  if (!sheet.book().qualified(event.place, line.material, event.time)) {
    return Error{ErrorCode::not_qualified, at + "/material", line.material};
  }
  return {};
}

base::Result<base::Money> post_line(Worksheet& sheet, const OutputLine& line, std::size_t index,
                                    base::Mass deducted) {
  const std::string at = "/outputs/" + std::to_string(index);
  HUAN_CHECK(check_material(sheet, line, at));
  HUAN_TRY(lot, sheet.make_lot(line.lot, line.material, !line.items.empty(), at + "/lot"));
  const Event& event = sheet.event();
  const std::int64_t pieces = line.pieces.value_or(base::Count{0}).count();
  for (const auto& [unit, amount] :
       {std::pair{Unit::mass, line.mass.count()}, std::pair{Unit::piece, pieces}}) {
    if (amount != 0) {
      sheet.leg({AccountKind::source, event.place, event.origin}, unit, -amount, line.material);
      sheet.leg({AccountKind::stock, event.place, lot}, unit, amount, line.material);
    }
  }
  for (const ItemLine& item : line.items) {
    sheet.move_item({item.code, item.kind, item.parent, "", lot}, at + "/items");
  }
  const base::Money amount = amount_of(line.pricing, line.mass - deducted, line.pieces);
  post_price(sheet, amount, line.material, false);
  return amount;
}

}  // namespace

base::Result<void> post_receive(Worksheet& sheet) {
  const Event& event = sheet.event();
  HUAN_CHECK(sheet.check_party("/from/party"));
  std::vector<base::Mass> masses;
  masses.reserve(event.outputs.size());
  for (const OutputLine& line : event.outputs) {
    masses.push_back(line.mass);
  }
  HUAN_TRY(deducted, check_weighings(event, masses));
  base::Money total{0};
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    if (deducted[i] > event.outputs[i].mass) {
      return Error{ErrorCode::bad_field, "/weighings", "more is deducted than was weighed"};
    }
    HUAN_TRY(amount, post_line(sheet, event.outputs[i], i, deducted[i]));
    total += amount;
  }
  HUAN_CHECK(post_payment(sheet, total, false));
  if (event.points && event.points->count() > 0) {
    if (event.party.empty()) {
      return Error{ErrorCode::bad_field, "/points", "points need a party"};
    }
    sheet.leg({AccountKind::issued, event.place, ""}, Unit::point, -event.points->count(), "");
    sheet.leg({AccountKind::party, event.party, ""}, Unit::point, event.points->count(), "");
  }
  return {};
}

}  // namespace huan::ledger
