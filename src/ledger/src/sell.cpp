// SPDX-License-Identifier: Apache-2.0
// 销售 and 处置: material leaves the ledger, sold or given away, or disposed of.
#include "money.hpp"
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<void> sink_line(Worksheet& sheet, std::size_t index, std::string_view kind,
                             base::Mass deducted, base::Money& total) {
  const InputLine& input = sheet.event().inputs[index];
  HUAN_TRY(draws, take(sheet, input, index));
  const Account sink{AccountKind::sink, std::string{kind}, sheet.context().cls};
  std::string material;
  for (const Draw& draw : draws) {
    sheet.leg(sink, Unit::mass, draw.mass_g, draw.material);
    sheet.leg(sink, Unit::piece, draw.pieces, draw.material);
    material = draw.material;
  }
  const base::Money amount = amount_of(input.pricing, input.mass - deducted, input.pieces);
  post_price(sheet, amount, material, true);
  total += amount;
  return {};
}

base::Result<void> sink_all(Worksheet& sheet, std::string_view kind) {
  const Event& event = sheet.event();
  HUAN_CHECK(sheet.check_party("/to/party"));
  std::vector<base::Mass> masses;
  masses.reserve(event.inputs.size());
  for (const InputLine& input : event.inputs) {
    masses.push_back(input.mass);
  }
  HUAN_TRY(deducted, check_weighings(event, masses));
  base::Money total{0};
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    if (deducted[i] > event.inputs[i].mass) {
      return Error{ErrorCode::bad_field, "/weighings", "more is deducted than was weighed"};
    }
    HUAN_CHECK(sink_line(sheet, i, kind, deducted[i], total));
  }
  return event.type == EventType::sell ? post_payment(sheet, total, true) : base::Result<void>{};
}

}  // namespace

base::Result<void> post_sell(Worksheet& sheet) { return sink_all(sheet, "sold"); }
base::Result<void> post_dispose(Worksheet& sheet) { return sink_all(sheet, "disposed"); }

}  // namespace huan::ledger
