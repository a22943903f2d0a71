// SPDX-License-Identifier: Apache-2.0
// What dispatcher and drivers of a simulated day agree on beforehand: the accounts.
#pragma once

#include <string>
#include <vector>

#include "caller.hpp"
#include "huan/rounds/round.hpp"

namespace huan::simulated_day {

[[nodiscard]] std::string driver_account(const std::string& vehicle);
[[nodiscard]] std::string driver_password(const std::string& vehicle);

/// The day's rounds that go somewhere.
[[nodiscard]] base::Result<std::vector<rounds::Round>> rounds_of(Caller& caller,
                                                                 const DayOptions& options);

}  // namespace huan::simulated_day
