// SPDX-License-Identifier: Apache-2.0
// The nightly look for what is odd (anomalies/watch.hpp) over the records of a stretch of days,
// with places as the registry has them now and qualifications as they were then. Corrections are
// counted; what they replaced is read as it was first sent. Nothing is recorded.
//
//   const auto found = find_anomalies(reading, city, {from, to}, {10});
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "huan/anomalies/watch.hpp"
#include "huan/json/writer.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

struct WatchedDays {
  base::Day from;  ///< by the time of the events, both included
  base::Day to;
};

/// See anomalies::Beside; asked once for each vehicle and day.
using SilentVehicle = std::function<bool(const std::string& vehicle, base::Day day)>;

struct WatchReport {
  std::vector<anomalies::Anomaly> found;
  std::uint64_t events{0};
};

/// `due_days` of the month by which forms are due.
[[nodiscard]] WatchReport find_anomalies(store::Reading& reading, const store::CityRow& city,
                                         const WatchedDays& days,
                                         std::vector<std::int32_t> due_days,
                                         const SilentVehicle& silent = {});

/// Its figures, why it is odd and how to check it, in both languages, and its first events; the
/// object stays open for what follows.
void begin_anomaly(json::Writer& w, const anomalies::Anomaly& one);
/// The whole object, with all the events behind it as "parts".
void write_anomaly(json::Writer& w, const anomalies::Anomaly& one);
/// What an event gives to the anomaly's columns; null: nothing.
void write_values(json::Writer& w, const anomalies::Part& part);

}  // namespace huan::app
