// SPDX-License-Identifier: Apache-2.0
// 分拣 and 加工: inputs become outputs and loss, at once or in a run whose work in progress stands
// in between.
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::checked_add;
using base::checked_subtract;
using base::Error;
using base::ErrorCode;

struct Amounts {
  std::int64_t in_g{0};
  std::int64_t in_pieces{0};
  std::int64_t out_g{0};
  std::int64_t out_pieces{0};
};

base::Result<void> take_inputs(Worksheet& sheet, Amounts& amounts) {
  for (std::size_t i = 0; i < sheet.event().inputs.size(); ++i) {
    HUAN_TRY(draws, take(sheet, sheet.event().inputs[i], i));
    for (const Draw& draw : draws) {
      amounts.in_g = checked_add(amounts.in_g, draw.mass_g);
      amounts.in_pieces = checked_add(amounts.in_pieces, draw.pieces);
    }
  }
  return {};
}

base::Result<void> make_outputs(Worksheet& sheet, Amounts& amounts) {
  const Event& event = sheet.event();
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    const OutputLine& line = event.outputs[i];
    const std::string at = "/outputs/" + std::to_string(i);
    if (!sheet.book().material(line.material, event.time)) {
      return Error{ErrorCode::unknown_material, at + "/material", line.material};
    }
    HUAN_TRY(lot, sheet.make_lot(line.lot, line.material, !line.items.empty(), at + "/lot"));
    const Account stock{AccountKind::stock, event.place, lot};
    const std::int64_t pieces = line.pieces.value_or(base::Count{0}).count();
    sheet.leg(stock, Unit::mass, line.mass.count(), line.material);
    sheet.leg(stock, Unit::piece, pieces, line.material);
    for (const ItemLine& item : line.items) {
      sheet.move_item({item.code, item.kind, item.parent, "", lot}, at + "/items");
    }
    amounts.out_g = checked_add(amounts.out_g, line.mass.count());
    amounts.out_pieces = checked_add(amounts.out_pieces, pieces);
  }
  return {};
}

base::Result<void> at_once(Worksheet& sheet, const Amounts& amounts) {
  const Event& event = sheet.event();
  const std::string& process = sheet.context().cls;
  const std::int64_t loss = event.loss.value_or(base::Mass{0}).count();
  if (amounts.in_g != checked_add(amounts.out_g, loss)) {
    return Error{ErrorCode::not_balanced, "/loss_g",
                 "in " + std::to_string(amounts.in_g) + " g, out " + std::to_string(amounts.out_g) +
                     " g, loss " + std::to_string(loss) + " g"};
  }
  sheet.leg({AccountKind::loss, process, ""}, Unit::mass, loss, "");
  sheet.leg({AccountKind::count, process, ""}, Unit::piece,
            checked_subtract(amounts.in_pieces, amounts.out_pieces), "");
  return {};
}

base::Result<void> in_run(Worksheet& sheet, const Amounts& amounts) {
  const Event& event = sheet.event();
  const Account wip{AccountKind::wip, event.run, ""};
  const Account lost{AccountKind::loss, event.run, ""};
  sheet.leg(wip, Unit::mass, amounts.in_g, "");
  sheet.leg(wip, Unit::piece, amounts.in_pieces, "");
  const std::int64_t loss = event.loss.value_or(base::Mass{0}).count();
  const std::int64_t out = checked_add(amounts.out_g, loss);
  const std::int64_t beyond = checked_subtract(out, sheet.available(wip, Unit::mass));
  if (beyond > 0 && event.reason.empty() && !sheet.correcting()) {
    return Error{ErrorCode::insufficient_mass, "/outputs",
                 "outputs exceed the run by " + std::to_string(beyond) + " g; a reason is needed"};
  }
  if (beyond > 0 && !event.reason.empty()) {
    sheet.leg(lost, Unit::mass, -beyond, "");
    sheet.leg(wip, Unit::mass, beyond, "");
  }
  sheet.leg(wip, Unit::mass, -out, "");
  sheet.leg(lost, Unit::mass, loss, "");
  const std::int64_t pieces_beyond =
      checked_subtract(amounts.out_pieces, sheet.available(wip, Unit::piece));
  if (pieces_beyond > 0) {  // taken apart: more pieces come out than went in
    sheet.leg({AccountKind::count, event.run, ""}, Unit::piece, -pieces_beyond, "");
    sheet.leg(wip, Unit::piece, pieces_beyond, "");
  }
  sheet.leg(wip, Unit::piece, -amounts.out_pieces, "");
  if (event.close) {
    sheet.close_run(event.run, 1);
  }
  return {};
}

base::Result<void> check_run(Worksheet& sheet) {
  const Event& event = sheet.event();
  const RunState* run = sheet.run(event.run);
  if (run == nullptr) {
    const auto place = sheet.book().place(event.place, event.time);
    if (event.inputs.empty()) {
      return Error{ErrorCode::unknown_run, "/run", event.run};
    }
    if (place && place->state != PlaceState::active) {
      return Error{ErrorCode::place_not_active, "/place", event.place};
    }
    sheet.open_run(event.run, {event.place, sheet.context().cls, 0, 0, 0});
    return {};
  }
  if (run->place != event.place) {
    return Error{ErrorCode::unknown_run, "/run", event.run + " stands at " + run->place};
  }
  if (run->closes > 0 && !sheet.correcting()) {
    return Error{ErrorCode::already_closed, "/run", event.run};
  }
  return {};
}

}  // namespace

base::Result<void> post_transform(Worksheet& sheet) {
  Amounts amounts;
  if (!sheet.event().run.empty()) {
    HUAN_CHECK(check_run(sheet));
  }
  HUAN_CHECK(take_inputs(sheet, amounts));
  HUAN_CHECK(make_outputs(sheet, amounts));
  return sheet.event().run.empty() ? at_once(sheet, amounts) : in_run(sheet, amounts);
}

}  // namespace huan::ledger
