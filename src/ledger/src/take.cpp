// SPDX-License-Identifier: Apache-2.0
#include "take.hpp"

#include <algorithm>

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

Account stock_account(const Worksheet& sheet, std::string_view lot) {
  return Account{AccountKind::stock, sheet.event().place, std::string{lot}};
}

void take_out(Worksheet& sheet, const Draw& draw, Account&& account) {
  sheet.legs(std::move(account), -draw.mass_g, -draw.pieces, draw.material);
}

/// Where items go when their lot is taken: on the way with a shipment, else out of the ledger.
std::string destination_of_items(const Worksheet& sheet, std::string_view lot) {
  const Event& event = sheet.event();
  return event.type == EventType::ship && event.to_city.empty()
             ? items_on_the_way(event.shipment, lot)
             : "";
}

base::Result<void> take_items(Worksheet& sheet, const InputLine& input, bool whole,
                              const std::string& at) {
  std::vector<std::string> codes = input.items;
  const std::vector<std::string> standing = sheet.items_in(input.lot);
  if (codes.empty() && standing.empty()) {
    return {};
  }
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (!std::binary_search(standing.begin(), standing.end(), codes[i])) {
      return Error{ErrorCode::unknown_item, at + "/items/" + std::to_string(i), codes[i]};
    }
  }
  if (whole) {
    codes = standing;
  }
  for (const std::string& code : codes) {
    sheet.move_item({code, "", "", input.lot, destination_of_items(sheet, input.lot)}, at);
  }
  return {};
}

base::Result<std::vector<Draw>> take_lot(Worksheet& sheet, const InputLine& input,
                                         const std::string& at) {
  const LotState* state = sheet.lot(input.lot);
  if (state == nullptr || state->place != sheet.event().place) {
    return Error{ErrorCode::unknown_lot, at + "/lot", input.lot};
  }
  if (state->time.s > sheet.event().time.s + sheet.options().tolerance_s) {
    return Error{ErrorCode::before_lot, at + "/lot", input.lot};
  }
  if (sheet.book().held(input.lot, sheet.event().time)) {
    return Error{ErrorCode::held, at + "/lot", input.lot};
  }
  Account account = stock_account(sheet, input.lot);
  const std::int64_t there = sheet.available(account, Unit::mass);
  const std::int64_t wanted = input.mass.count();
  if (wanted > there && !sheet.correcting()) {
    return Error{ErrorCode::insufficient_mass, at + "/mass_g",
                 input.lot + ": " + std::to_string(there) + " g there, " + std::to_string(wanted) +
                     " g asked"};
  }
  const std::int64_t pieces_there = sheet.available(account, Unit::piece);
  const bool whole = wanted >= there && there > 0;
  const std::int64_t pieces = whole ? pieces_there : input.pieces.value_or(base::Count{0}).count();
  if (whole && input.pieces && input.pieces->count() != pieces_there) {
    return Error{ErrorCode::bad_field, at + "/pieces",
                 "the whole lot has " + std::to_string(pieces_there)};
  }
  if (pieces > pieces_there && !sheet.correcting()) {
    return Error{ErrorCode::insufficient_mass, at + "/pieces",
                 input.lot + ": " + std::to_string(pieces_there) + " pieces there"};
  }
  // Not only when it was made with items: a correction may have put one back into it.
  HUAN_CHECK(take_items(sheet, input, whole, at));
  std::vector<Draw> draws;
  draws.push_back({input.lot, state->material, wanted, pieces});
  take_out(sheet, draws.front(), std::move(account));
  return draws;
}

/// Takes up to `missing` of one lot; false when it holds nothing that may be drawn.
bool draw_from(Worksheet& sheet, const LotState& lot, std::int64_t& missing,
               std::vector<Draw>& draws) {
  Account account = stock_account(sheet, lot.lot);
  const std::int64_t there = sheet.available(account, Unit::mass);
  if (there == 0 || lot.has_items || sheet.made(lot.lot) != nullptr ||
      sheet.book().held(lot.lot, sheet.event().time)) {
    return false;
  }
  const std::int64_t mass = std::min(there, missing);
  const std::int64_t pieces = mass == there ? sheet.available(account, Unit::piece) : 0;
  draws.push_back({lot.lot, lot.material, mass, pieces});
  take_out(sheet, draws.back(), std::move(account));
  missing -= mass;
  return true;
}

/// Lots as they stand, oldest first; those that this event filled again come in between.
void draw_standing(Worksheet& sheet, std::string_view material, std::int64_t& missing,
                   std::vector<Draw>& draws) {
  const Event& event = sheet.event();
  const std::vector<LotState> refilled = sheet.refilled(event.place, material);
  auto next = refilled.begin();
  const auto draw_next = [&] {
    if (next->time <= event.time && missing > 0) {
      draw_from(sheet, *next, missing, draws);
    }
    ++next;
  };
  sheet.book().draw(event.place, material, event.time, [&](const LotState& lot) {
    while (next != refilled.end() && drawn_before(*next, lot)) {
      draw_next();
    }
    if (missing > 0) {
      draw_from(sheet, lot, missing, draws);
    }
    return missing > 0;
  });
  while (next != refilled.end()) {
    draw_next();
  }
}

}  // namespace

std::string items_on_the_way(std::string_view shipment, std::string_view line) {
  std::string name{"%"};
  name.append(shipment).append("%").append(line);
  return name;
}

base::Result<std::vector<Draw>> draw(Worksheet& sheet, std::string_view material,
                                     std::int64_t mass_g, std::string_view at) {
  std::vector<Draw> draws;
  std::int64_t missing = mass_g;
  std::string fallback;
  for (const std::string& id : sheet.lots_before()) {
    const LotState* lot = sheet.lot(id);
    const bool drawable = lot != nullptr && lot->place == sheet.event().place &&
                          lot->material == material && lot->time <= sheet.event().time &&
                          !lot->has_items && sheet.made(id) == nullptr &&
                          !sheet.book().held(id, sheet.event().time);
    if (!drawable || missing == 0) {
      continue;
    }
    fallback = fallback.empty() ? id : fallback;
    draw_from(sheet, *lot, missing, draws);
  }
  if (missing > 0) {
    draw_standing(sheet, material, missing, draws);
  }
  if (missing > 0 && fallback.empty()) {
    return Error{ErrorCode::insufficient_mass, std::string{at},
                 std::string{material} + ": " + std::to_string(mass_g - missing) + " g there, " +
                     std::to_string(mass_g) + " g asked"};
  }
  if (missing > 0) {  // a correction says that more was taken than is on record: kept as an
                      // imbalance of its lot
    draws.push_back({fallback, std::string{material}, missing, 0});
    take_out(sheet, draws.back(), stock_account(sheet, fallback));
  }
  return draws;
}

base::Result<std::vector<Draw>> take(Worksheet& sheet, const InputLine& input, std::size_t index) {
  const std::string at = "/inputs/" + std::to_string(index);
  if (!input.lot.empty()) {
    return take_lot(sheet, input, at);
  }
  if (!sheet.book().material(input.material, sheet.event().time)) {
    return Error{ErrorCode::unknown_material, at + "/material", input.material};
  }
  auto draws = draw(sheet, input.material, input.mass.count(), at + "/mass_g");
  if (draws) {
    sheet.drew(index, *draws);
  }
  return draws;
}

}  // namespace huan::ledger
