// SPDX-License-Identifier: Apache-2.0
// The people of a simulated day: who books, who stands at a station, who plans, who drives. Each
// role is a process of its own and knows of the others only what a running server tells it over
// HTTP, under accounts and codes like anybody's; residents read their codes where a message gateway
// would, in the outbox. The time is SystemClock's, so that a drill runs many times as fast
// (huan/base/drill_clock.hpp). Everything follows from the seed but the moments.
//
// Guaranteed: what the server answered otherwise than people expect is counted as unexpected, with
// the first one named. Not guaranteed: that nothing is late; who comes too late says so.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::simulated_day {

struct Sent {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};
struct Received {
  int status{0};
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
};
/// How people reach the server; unreachable.
using Transport = std::function<base::Result<Received>(const Sent&)>;

struct DayOptions {
  Transport transport{};
  std::string server{"http://127.0.0.1:8080"};
  std::string token{};  ///< of the city's operator: desk, dispatcher, and what places tell drivers
  base::Day day;
  std::int32_t offset_s{8 * 3'600};
  std::uint64_t seed{1};
};

/// What came of it, by name.
struct DayReport {
  std::map<std::string, std::int64_t> counts;
  std::int64_t unexpected{0};
  std::string first_unexpected;
};

struct NetworkOptions {
  std::int64_t station_days{2};     ///< how long a lot may lie at a station
  std::int64_t station_limit_g{0};  ///< 0: none
  std::int64_t bin_limit_g{0};      ///< 0: none
  std::int64_t mobile{0};           ///< trucks that are stations, with a timetable
};
/// The terminal's door that closes a simulated truck's box: the rear one.
inline constexpr unsigned kBoxDoor = 3;
/// Puts storage limits on record, a device at each smart bin, and for each truck its box's door and
/// a pass. unreachable.
[[nodiscard]] base::Result<DayReport> prepare_network(const DayOptions& options,
                                                      const NetworkOptions& network);

struct ResidentOptions {
  std::int64_t orders{10};
  std::string outbox;  ///< the file where codes arrive
};
/// Residents with a code of their phone book that day, one order each; a hundredth cancels.
/// unreachable.
[[nodiscard]] base::Result<DayReport> book_orders(const DayOptions& options,
                                                  const ResidentOptions& residents);
/// The same residents wait for who comes, and agree to what was weighed or have it given back;
/// until `until`. unreachable.
[[nodiscard]] base::Result<DayReport> wait_at_home(const DayOptions& options,
                                                   const ResidentOptions& residents,
                                                   base::Instant until);

/// Plans within so many seconds of processor time, gives each vehicle a driver with an account, and
/// publishes; says what is left out. unreachable.
[[nodiscard]] base::Result<DayReport> dispatch(const DayOptions& options, std::int64_t seconds);

/// Clerks weigh in at stations what a usual day brings, until `until`. unreachable.
[[nodiscard]] base::Result<DayReport> weigh_in(const DayOptions& options, std::int64_t tickets,
                                               base::Instant until);

/// Drivers drive the published rounds stop by stop and close them; until `until`. unreachable.
[[nodiscard]] base::Result<DayReport> drive(const DayOptions& options, base::Instant until);

/// Where a vehicle is planned to be.
struct Waypoint {
  std::int32_t second{0};  ///< of the day, local
  std::int32_t lat_e6{0};
  std::int32_t lng_e6{0};
};
/// The published rounds as ways, by vehicle, from depot to depot; of mobile stations from halt to
/// halt. unreachable.
[[nodiscard]] base::Result<std::map<std::string, std::vector<Waypoint>>> planned_ways(
    const DayOptions& options);

}  // namespace huan::simulated_day
