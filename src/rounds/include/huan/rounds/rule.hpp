// SPDX-License-Identifier: Apache-2.0
// How a city's trucks work a day 派车规则: hours, how long a stop takes, how fast one drives where
// no road server is asked, and who drives which vehicle. A record of the kind `setting`; every
// member has a default, so that {} is a rule.
//
//   {"drivers":{"V-1":"li"},"from":"07:00","speed_km_h":25,"to":"18:00"}
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/json/value.hpp"
#include "huan/rounds/permit.hpp"

namespace huan::rounds {

struct Rule {
  std::int32_t from_s{7 * 3'600};  ///< of the shift, local time
  std::int32_t to_s{18 * 3'600};
  std::int32_t order_s{8 * 60};  ///< at a door
  std::int32_t station_s{15 * 60};
  std::int32_t unload_s{20 * 60};
  std::int32_t speed_km_h{25};
  std::int32_t detour_pct{140};          ///< way = great circle × this / 100
  base::Mass order_guess{20'000};        ///< of an order that says no mass
  base::Mass capacity_guess{2'000'000};  ///< of a vehicle that says none
  std::int64_t fen_per_km{0};    ///< what a kilometre costs; with the next 0: cost is not known
  std::int64_t fen_per_hour{0};  ///< of a truck with its driver, from leaving to returning
  std::map<std::string, std::string> drivers{};  ///< vehicle → account
  std::vector<TrafficZone> zones{};              ///< closed to trucks; a pass opens them
};

/// bad_field, bad_number.
[[nodiscard]] base::Result<Rule> parse_rule(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Rule& rule);

/// "07:30" of seconds after midnight, rounded down; past midnight it goes on: "25:10".
[[nodiscard]] std::string clock_of(std::int32_t seconds);

}  // namespace huan::rounds
