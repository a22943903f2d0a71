// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "doors.hpp"
#include "huan/app/orders.hpp"

namespace huan::http {

/// Whether the asker sees it: their own, one that their people collect, one of their district.
[[nodiscard]] bool reaches_order(const app::Access& who, const booking::Order& order);

void add_order_photo_doors(Doors& doors);

}  // namespace huan::http
