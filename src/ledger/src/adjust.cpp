// SPDX-License-Identifier: Apache-2.0
// 盘点: what was counted differs from the book; the difference goes to variance.
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

struct CountedLot {
  std::string name;
  std::string material;
  std::string place;  ///< where it stands, which may be elsewhere
};

void vary(Worksheet& sheet, const CountedLot& lot, Unit unit, std::int64_t amount) {
  const std::string& place = sheet.event().place;
  sheet.leg({AccountKind::stock, place, lot.name}, unit, amount, lot.material);
  sheet.leg({AccountKind::variance, place, lot.name}, unit, -amount, lot.material);
}

/// A lot at the event's place. A correction may have moved it away and left something of it behind,
/// or an imbalance: what is left can still be counted.
base::Result<CountedLot> find_lot(Worksheet& sheet, const CountLine& line, const std::string& at) {
  const Event& event = sheet.event();
  const LotState* standing = sheet.lot(line.lot);
  if (standing == nullptr) {
    return Error{ErrorCode::unknown_lot, at + "/lot", line.lot};
  }
  CountedLot lot{line.lot, standing->material, standing->place};
  base::Instant made = standing->time;
  if (standing->place != event.place) {
    const Account stock{AccountKind::stock, event.place, line.lot};
    if (sheet.raw(stock, Unit::mass) == 0 && sheet.raw(stock, Unit::piece) == 0) {
      return Error{ErrorCode::unknown_lot, at + "/lot", line.lot};
    }
    const LotState* left = sheet.book().lot_at(line.lot, event.place);
    HUAN_ASSERT(left != nullptr);  // its balance says so
    lot.material = left->material;
    made = left->time;
  }
  if (made.s > event.time.s + sheet.options().tolerance_s) {
    return Error{ErrorCode::before_lot, at + "/lot", line.lot};
  }
  return lot;
}

/// A whole lot takes its pieces and items along, also when it is found to be gone.
void empty(Worksheet& sheet, const CountedLot& lot, const std::string& at) {
  const Event& event = sheet.event();
  const Account stock{AccountKind::stock, event.place, lot.name};
  vary(sheet, lot, Unit::piece, -sheet.available(stock, Unit::piece));
  if (lot.place == event.place) {
    for (const std::string& code : sheet.items_in(lot.name)) {
      sheet.move_item({code, "", "", lot.name, ""}, at);
    }
  }
}

base::Result<void> adjust_lot(Worksheet& sheet, const CountLine& line, const std::string& at) {
  HUAN_TRY(lot, find_lot(sheet, line, at));
  const Account stock{AccountKind::stock, sheet.event().place, line.lot};
  for (const Unit unit : {Unit::mass, Unit::piece}) {
    if (const std::int64_t raw = sheet.raw(stock, unit); raw < 0) {
      vary(sheet, lot, unit, -raw);  // what is short is explained first
    }
  }
  const std::int64_t there = sheet.available(stock, Unit::mass);
  const std::int64_t difference =
      base::checked_subtract(line.counted.count(), line.book ? line.book->count() : there);
  if (-difference > there && !sheet.correcting()) {
    return Error{ErrorCode::insufficient_mass, at + "/counted_g",
                 line.lot + ": " + std::to_string(there) + " g there, " +
                     std::to_string(-difference) + " g missing"};
  }
  if (difference > 0 && lot.place != sheet.event().place) {
    return Error{ErrorCode::unknown_lot, at + "/lot",
                 line.lot + " stands at " + lot.place + "; count what is more by its material"};
  }
  vary(sheet, lot, Unit::mass, difference);
  if (sheet.available(stock, Unit::mass) == 0) {
    empty(sheet, lot, at);
  }
  return {};
}

base::Result<void> adjust_material(Worksheet& sheet, const CountLine& line, const std::string& at) {
  const Event& event = sheet.event();
  if (!sheet.book().material(line.material, event.time)) {
    return Error{ErrorCode::unknown_material, at + "/material", line.material};
  }
  const std::int64_t book =
      line.book ? line.book->count() : sheet.stock(event.place, line.material);
  const std::int64_t difference = base::checked_subtract(line.counted.count(), book);
  if (difference > 0) {
    HUAN_TRY(lot, sheet.make_lot(line.lot_new, line.material, false, at + "/lot_new"));
    vary(sheet, {lot, line.material, event.place}, Unit::mass, difference);
  } else if (difference < 0) {
    HUAN_TRY(draws, draw(sheet, line.material, -difference, at + "/counted_g"));
    for (const Draw& drawn : draws) {  // draw() wrote the stock's side
      sheet.leg({AccountKind::variance, event.place, drawn.lot}, Unit::mass, drawn.mass_g,
                drawn.material);
      sheet.leg({AccountKind::variance, event.place, drawn.lot}, Unit::piece, drawn.pieces,
                drawn.material);
    }
  }
  return {};
}

}  // namespace

base::Result<void> post_adjust(Worksheet& sheet) {
  const Event& event = sheet.event();
  for (std::size_t i = 0; i < event.counts.size(); ++i) {
    const CountLine& line = event.counts[i];
    const std::string at = "/lines/" + std::to_string(i);
    HUAN_CHECK(line.lot.empty() ? adjust_material(sheet, line, at) : adjust_lot(sheet, line, at));
  }
  return {};
}

}  // namespace huan::ledger
