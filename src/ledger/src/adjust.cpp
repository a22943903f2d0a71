// SPDX-License-Identifier: Apache-2.0
// 盘点: what was counted differs from the book; the difference goes to variance.
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

void vary(Worksheet& sheet, std::string_view lot, std::string_view material, std::int64_t mass_g) {
  const std::string& place = sheet.event().place;
  sheet.leg({AccountKind::stock, place, std::string{lot}}, Unit::mass, mass_g, material);
  sheet.leg({AccountKind::variance, place, std::string{lot}}, Unit::mass, -mass_g, material);
}

base::Result<void> adjust_lot(Worksheet& sheet, const CountLine& line, const std::string& at) {
  const LotState* state = sheet.lot(line.lot);
  if (state == nullptr || state->place != sheet.event().place) {
    return Error{ErrorCode::unknown_lot, at + "/lot", line.lot};
  }
  if (state->time.s > sheet.event().time.s + sheet.options().tolerance_s) {
    return Error{ErrorCode::before_lot, at + "/lot", line.lot};
  }
  const Account stock{AccountKind::stock, sheet.event().place, line.lot};
  if (const std::int64_t raw = sheet.raw(stock, Unit::mass); raw < 0) {
    vary(sheet, line.lot, state->material, -raw);  // what is short is explained first
  }
  const std::int64_t there = sheet.available(stock, Unit::mass);
  const std::int64_t difference =
      base::checked_subtract(line.counted.count(), line.book ? line.book->count() : there);
  if (-difference > there && !sheet.correcting()) {
    return Error{ErrorCode::insufficient_mass, at + "/counted_g",
                 line.lot + ": " + std::to_string(there) + " g there, " +
                     std::to_string(-difference) + " g missing"};
  }
  vary(sheet, line.lot, state->material, difference);
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
    vary(sheet, lot, line.material, difference);
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
