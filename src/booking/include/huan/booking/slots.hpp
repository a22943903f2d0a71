// SPDX-License-Identifier: Apache-2.0
// When somebody comes: a service 上门服务 is what a place offers (weekly windows, how much each
// holds, how far ahead, days off), and its slots are what is left of it once orders are taken off.
// Pure: who took what is handed in.
//
//   service {"closed":["2026-10-01"],"horizon_days":14,"notice_min":60,"windows":
//            [{"days":[1,2,3,4,5],"from":"09:00","to":"12:00","units":6}]}
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "huan/booking/order.hpp"

namespace huan::booking {

struct ServiceWindow {
  std::uint8_t days{0};  ///< bit 0 Monday … bit 6 Sunday
  std::int16_t from_min{0};
  std::int16_t to_min{0};
  std::int64_t units{0};  ///< how much it holds: an order takes units_of() it
};

struct Service {
  std::vector<ServiceWindow> windows;
  std::vector<base::Day> closed;  ///< holidays
  std::int32_t horizon_days{14};  ///< from today, today included
  std::int32_t notice_min{60};    ///< before a window begins
};

/// bad_field, bad_number.
[[nodiscard]] base::Result<Service> parse_service(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Service& service);

struct FreeSlot {
  Slot slot;
  std::int64_t units{0};
  std::int64_t free{0};  ///< 0: full
};

/// The local time of now.
struct LocalTime {
  base::Day day;
  std::int32_t minute{0};
};
[[nodiscard]] LocalTime local_time(base::Instant now, std::int32_t offset_s);
[[nodiscard]] std::int32_t weekday_of(base::Day day);  ///< 0 Monday … 6 Sunday

using Taken = std::function<std::int64_t(const Slot&)>;

/// All that can still be booked or is full, in order of time.
[[nodiscard]] std::vector<FreeSlot> slots_of(const Service& service, const LocalTime& now,
                                             const Taken& taken);
/// One by its day and beginning; bad_field with what is wrong about it, in_use when it is full for
/// that many units.
[[nodiscard]] base::Result<Slot> pick_slot(const std::vector<FreeSlot>& slots, base::Day day,
                                           std::int16_t from_min, std::int64_t units);

}  // namespace huan::booking
