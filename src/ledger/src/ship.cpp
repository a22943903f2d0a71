// SPDX-License-Identifier: Apache-2.0
// 发运: stock goes on the way to another place; to another city its papers stand for it.
#include "money.hpp"
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<void> check_destination(Worksheet& sheet) {
  const Event& event = sheet.event();
  const bool abroad = !event.to_city.empty();
  if (!abroad && !sheet.book().place(event.to_place, event.time)) {
    return Error{ErrorCode::unknown_place, "/to/place", event.to_place};
  }
  const ShipmentState* open = sheet.shipment(event.shipment);
  if (open != nullptr && (open->to_place != event.to_place || open->to_city != event.to_city)) {
    return Error{ErrorCode::bad_field, "/to", "the shipment goes to " + open->to_place};
  }
  sheet.open_shipment(event.shipment, {event.place, event.to_place, event.to_city, 0});
  return {};
}

}  // namespace

base::Result<void> post_ship(Worksheet& sheet) {
  const Event& event = sheet.event();
  HUAN_CHECK(check_destination(sheet));
  std::vector<base::Mass> masses;
  masses.reserve(event.inputs.size());
  for (const InputLine& input : event.inputs) {
    masses.push_back(input.mass);
  }
  HUAN_TRY(deducted, check_weighings(event, masses));
  static_cast<void>(deducted);
  const bool abroad = !event.to_city.empty();
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    HUAN_TRY(draws, take(sheet, event.inputs[i], i));
    for (const Draw& draw : draws) {
      Account way =
          abroad ? Account{AccountKind::abroad, event.to_city + " " + event.shipment, draw.lot}
                 : Account{AccountKind::transit, event.shipment, draw.lot};
      sheet.legs(std::move(way), draw.mass_g, draw.pieces, draw.material);
    }
  }
  return {};
}

}  // namespace huan::ledger
