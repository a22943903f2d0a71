// SPDX-License-Identifier: Apache-2.0
// Statistics are a fold of legs: each leg that stands for a flow adds to one row, so totals can
// always be taken again from the entries. Which flow a leg stands for:
//
//   source -> receive · transit(ship), abroad(ship) -> ship · stock(accept) -> accept ·
//   transit(accept) -> refuse stock(transform) -> in, out · loss, count -> loss · sink -> sell,
//   dispose · variance -> variance, adjust imbalance -> imbalance · trade -> the money of receive
//   and sell
//
// The class of a run's rest (a kept leg of loss or count) is the process that the run began with.
#pragma once

#include <vector>

#include "huan/ledger/event.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::ledger {

/// What statistics need to know of the event whose legs they fold.
struct FoldContext {
  EventType type{EventType::receive};
  std::string place;
  std::string operator_id;
  std::string district;
  std::string cls;  ///< origin, destination, method, process or other city
};

/// The class under which an event's flows are counted.
[[nodiscard]] std::string flow_class(const Event& event);
/// Adds the leg to the row it belongs to; legs that are no flow add nothing.
void fold(const Leg& leg, const FoldContext& context, std::vector<RollupDelta>& rows);

}  // namespace huan::ledger
