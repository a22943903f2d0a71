// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "huan/app/orders.hpp"

namespace huan::app {

/// Orders of standing contracts that were missed, due on those days; of each party its latest
/// sixty orders are looked at.
[[nodiscard]] std::vector<KeptOrder> missed_visits(store::RegistryReading& reading,
                                                   const std::string& city, base::Day from,
                                                   base::Day to);

}  // namespace huan::app
