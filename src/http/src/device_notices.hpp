// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "doors.hpp"
#include "huan/app/notices.hpp"

namespace huan::http {

/// What is offline, full or faulty of those that the asker sees.
[[nodiscard]] std::vector<app::Notice> device_notices(const Ask& ask, Context& context);

}  // namespace huan::http
