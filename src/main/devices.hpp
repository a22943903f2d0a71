// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "huan/cli/devices.hpp"

namespace huan {

/// What runs beside devices, each until it is told to end.
[[nodiscard]] cli::DeviceDoors device_doors();

}  // namespace huan
