// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "huan/base/time.hpp"

namespace huan::app {

/// One text for all that names a row of statistics. `what`: material, flow, class.
[[nodiscard]] std::string rollup_key(base::Day day, std::string_view where,
                                     std::string_view operator_id,
                                     std::array<std::string_view, 3> what);

}  // namespace huan::app
