// SPDX-License-Identifier: Apache-2.0
// The time of a drill: a rehearsed day runs at its own hour and many times as fast, in all
// processes alike. HUAN_CLOCK says from when it runs, at which second of the machine's clock it
// began, and how fast: SystemClock follows it. What is recorded under it is recorded at that time,
// so that it is for stores that are thrown away; the server says so at its start.
//
//   HUAN_CLOCK="2026-11-23T06:45:00+08:00 1795387000 60" huan serve …
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::base {

struct DrillClock {
  Instant from;             ///< what it shows at `began_s`
  std::int64_t began_s{0};  ///< of the machine's clock, since 1970
  std::int64_t speed{1};    ///< 1 to 3,600
  [[nodiscard]] Instant at(std::chrono::milliseconds machine) const;
};

/// bad_config.
[[nodiscard]] Result<DrillClock> parse_drill_clock(std::string_view text);

/// What HUAN_CLOCK said when the process first asked; nullopt: no drill, or nothing that can be
/// read, which the start of every program refuses.
[[nodiscard]] const std::optional<DrillClock>& drill_clock();

/// How many times as fast as the machine's clock.
[[nodiscard]] std::int64_t clock_speed();

}  // namespace huan::base
