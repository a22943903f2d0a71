// SPDX-License-Identifier: Apache-2.0
// The context of a fold as it is passed from leg to leg: a view of a FoldContext, or of one with
// another class.
#pragma once

#include <string_view>
#include <vector>

#include "huan/ledger/rollup.hpp"

namespace huan::ledger {

struct FoldView {
  explicit FoldView(const FoldContext& context)
      : type(context.type),
        place(context.place),
        operator_id(context.operator_id),
        district(context.district),
        cls(context.cls) {}
  EventType type;
  std::string_view place;
  std::string_view operator_id;
  std::string_view district;
  std::string_view cls;
};

void fold(const Leg& leg, const FoldView& context, std::vector<RollupDelta>& rows);

}  // namespace huan::ledger
