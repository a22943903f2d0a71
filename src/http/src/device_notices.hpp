// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "doors.hpp"
#include "huan/app/notices.hpp"

namespace huan::http {

struct DeviceView {
  store::Reading& reading;
  const store::CityRow& city;
  store::RowScope scope;  ///< whose devices
};

/// What is offline, full or faulty of those; `customer` is the firm that runs its place, or else
/// keeps it.
[[nodiscard]] std::vector<app::Notice> device_notices(const DeviceView& view, Context& context);

}  // namespace huan::http
