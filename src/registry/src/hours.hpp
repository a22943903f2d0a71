// SPDX-License-Identifier: Apache-2.0
// Weekly hours in and out of JSON: opening hours of a place, visits of a contract.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/registry/fields.hpp"
#include "huan/registry/place.hpp"

namespace huan::registry {

void read_hours(Fields& f, std::string_view key, std::vector<OpeningHours>& out);
[[nodiscard]] std::string hours_json(const std::vector<OpeningHours>& hours);

}  // namespace huan::registry
