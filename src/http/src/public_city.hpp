// SPDX-License-Identifier: Apache-2.0
// Which city a page without a login asks about.
#pragma once

#include "doors.hpp"

namespace huan::http {

/// The city that the request names, or the only one. bad_field, unknown_city.
[[nodiscard]] Result<store::CityRow> public_city(const Request& request, store::Reading& reading);

}  // namespace huan::http
