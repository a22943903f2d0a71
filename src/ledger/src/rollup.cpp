// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/rollup.hpp"

#include <string_view>

#include "fold_view.hpp"
#include "huan/base/quantity.hpp"

namespace huan::ledger {
namespace {

struct Flow {
  std::string_view name;  ///< empty: the leg is no flow
  std::int64_t sign{1};   ///< of the leg in the flow's own direction
  std::string_view cls;
};

Flow flow_of_stock(const Leg& leg, const FoldView& context, bool made) {
  if (context.type == EventType::transform) {
    return made ? Flow{"out", 1, context.cls} : Flow{"in", -1, context.cls};
  }
  static_cast<void>(leg);
  return context.type == EventType::accept ? Flow{"accept", 1, context.cls} : Flow{"", 1, ""};
}

/// `made`: the leg adds in its original direction (a reversing leg is judged by what it takes
/// back).
Flow flow_of(const Leg& leg, const FoldView& context, bool made) {
  switch (leg.account.kind) {
    case AccountKind::source:
      return {"receive", -1, leg.account.b};
    case AccountKind::stock:
      return leg.cls == LegClass::kept ? Flow{"", 1, ""} : flow_of_stock(leg, context, made);
    case AccountKind::transit:
      if (leg.cls == LegClass::kept || !made) {
        return {"", 1, ""};
      }
      return context.type == EventType::accept ? Flow{"refuse", 1, context.cls}
                                               : Flow{"ship", 1, context.cls};
    case AccountKind::abroad:
      return context.type == EventType::ship ? Flow{"ship", 1, context.cls} : Flow{"", 1, ""};
    case AccountKind::sink:
      return {context.type == EventType::dispose ? "dispose" : "sell", 1, leg.account.b};
    case AccountKind::loss:
    case AccountKind::count:
      return {"loss", 1, context.cls};
    case AccountKind::variance:
      return context.type == EventType::adjust && leg.cls != LegClass::kept
                 ? Flow{"adjust", -1, ""}
                 : Flow{"variance", 1, ""};
    case AccountKind::imbalance:
      return {"imbalance", -1, ""};
    case AccountKind::trade:
      return context.type == EventType::receive ? Flow{"receive", 1, context.cls}
                                                : Flow{"sell", -1, context.cls};
    default:
      return {"", 1, ""};
  }
}

RollupDelta& row_of(const Leg& leg, const Flow& flow, const FoldView& context,
                    std::vector<RollupDelta>& rows) {
  for (RollupDelta& row : rows) {
    if (row.day == leg.day && row.flow == flow.name && row.material == leg.material &&
        row.cls == flow.cls && row.place == context.place &&
        row.operator_id == context.operator_id && row.district == context.district) {
      return row;
    }
  }
  RollupDelta& row = rows.emplace_back();
  row.day = leg.day;
  row.place = context.place;
  row.operator_id = context.operator_id;
  row.district = context.district;
  row.material = leg.material;
  row.flow = flow.name;
  row.cls = flow.cls;
  return row;
}

}  // namespace

std::string flow_class(const Event& event) {
  switch (event.type) {
    case EventType::receive:
      return event.origin;
    case EventType::ship:
      return event.to_city.empty() ? std::string{} : "other-city:" + event.to_city;
    case EventType::accept:
      return event.from_city.empty() ? std::string{} : "other-city:" + event.from_city;
    case EventType::transform:
      return event.process.empty() ? "sort" : event.process;
    case EventType::sell:
    case EventType::dispose:
      return event.cls;
    default:
      return {};
  }
}

void fold(const Leg& leg, const FoldContext& context, std::vector<RollupDelta>& rows) {
  fold(leg, FoldView{context}, rows);
}

void fold(const Leg& leg, const FoldView& context, std::vector<RollupDelta>& rows) {
  const bool made = (leg.amount > 0) != (leg.cls == LegClass::reversing);
  const Flow flow = flow_of(leg, context, made);
  if (flow.name.empty() || (leg.account.kind == AccountKind::trade && leg.material.empty())) {
    return;
  }
  RollupDelta& row = row_of(leg, flow, context, rows);
  const std::int64_t amount = base::checked_multiply(flow.sign, leg.amount);
  switch (leg.unit) {
    case Unit::mass:
      row.mass_g = base::checked_add(row.mass_g, amount);
      row.count += leg.cls == LegClass::reversing ? -1 : 1;
      break;
    case Unit::piece:
      row.pieces = base::checked_add(row.pieces, amount);
      break;
    case Unit::money:
      row.money_fen = base::checked_add(row.money_fen, amount);
      break;
    case Unit::point:
      break;
  }
}

}  // namespace huan::ledger
