// SPDX-License-Identifier: Apache-2.0
// Settings of a city that have a form of their own, held to it whichever door they come through:
// what a place offers, dispatch, points, push services, timetables of mobile stations. A setting
// that nobody could read would switch its feature off without a word.
//
//   HUAN_CHECK(check_setting(reading, city, "halts:M-1", data));
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/json/value.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// As its reader refuses it, with a pointer below /data; other settings pass.
[[nodiscard]] base::Result<void> check_setting(store::Reading& reading, const std::string& city,
                                               std::string_view key, json::Value data);

}  // namespace huan::app
