// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::booking {

/// `days` of an object, from 1 (Monday) to 7, as bits; absent: all of them.
[[nodiscard]] std::uint8_t read_weekdays(registry::Fields& f);
void write_weekdays(json::Writer& w, std::uint8_t days);
[[nodiscard]] bool on_weekday(std::uint8_t days, base::Day day);

/// Days on which nothing of the week holds, at most 200.
[[nodiscard]] base::Result<std::vector<base::Day>> parse_closed_days(json::Value list,
                                                                     const std::string& pointer);
/// As the member `closed`; none: nothing.
void write_closed_days(json::Writer& w, const std::vector<base::Day>& days);

}  // namespace huan::booking
