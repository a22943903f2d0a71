// SPDX-License-Identifier: Apache-2.0
// Points 积分: what a visit earns by the rule that the city lays down, and what they are spent on.
// Whole points, never more than the caps; the ledger keeps who has how many. Pure.
//
//   rule
//   {"cap_per_visit":200,"campaigns":[{"from":"2026-12-01","per_mille":2000,"to":"2026-12-31"}],
//           "expire_months":24,"payout":{"fen_per_point":1,"place":"S-1"},
//           "limits":{"gap_s":60,"mass_max_g":200000},
//           "per_kg":[{"material":"paper","points":2}],"per_visit":5,"visits_per_day":2}
//   reward {"active":true,"en":"soap","place":"S-1","points":50,"stock":100,"zh":"香皂"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::rewards {

struct PerKg {
  std::string material;  ///< a leaf or a branch; the longest that covers counts
  std::int64_t points{0};
};

struct Campaign {
  base::Day from;
  base::Day to;  ///< included
  std::int64_t per_mille{1'000};
};

/// What points are worth in money, and in whose books: without a place in those of where the
/// customer was collected from last.
struct PayoutRate {
  std::int64_t fen_per_point{1};
  std::string place;
};

/// Beyond these a visit earns nothing: what nobody brings by hand, or too often. 0: no limit.
struct Limits {
  std::int64_t gap_s{0};                 ///< since the same person's visit before
  std::int64_t mass_max_g{0};            ///< of one visit
  std::int64_t day_mass_max_g{0};        ///< of one person on a day
  std::int64_t place_visits_per_day{0};  ///< of one person at one place or bin
};

struct Rule {
  std::int64_t per_visit{0};
  std::int64_t cap_per_visit{0};
  std::int64_t visits_per_day{1};  ///< of one person; what is more earns nothing
  std::vector<PerKg> per_kg;
  std::vector<Campaign> campaigns;
  std::optional<PayoutRate> payout;  ///< none: points are not paid out
  std::int64_t expire_months{0};     ///< after the month they were earned in; 0: never
  Limits limits{};
  bool synthetic{false};  ///< rates of a demonstration, that nobody laid down
  std::string pack;       ///< whose it is; empty: the city's own
};
/// bad_field, bad_number.
[[nodiscard]] base::Result<Rule> parse_rule(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Rule& rule);

struct Brought {
  std::string material;
  base::Mass mass;
};

struct Visit {
  std::vector<Brought> lines;
  base::Day day;
  std::int64_t earlier_today{0};  ///< visits of the same person
  std::int64_t earlier_here{0};   ///< of them at this place
  base::Mass mass_today{};        ///< that they brought before, on that day
  std::optional<std::int64_t> since_last_s{};
};
/// Why it earns nothing: visits_per_day, place_visits_per_day, gap, mass_max, day_mass_max; empty:
/// no limit stands against it.
[[nodiscard]] std::string_view withheld(const Rule& rule, const Visit& visit);

/// Rounded down, at most the cap. Overflow throws.
[[nodiscard]] base::Points earned(const Rule& rule, const Visit& visit);

struct Reward {
  std::string zh;
  std::string en;
  std::string place;  ///< where it is handed out
  std::int64_t points{1};
  std::int64_t stock{0};
  bool active{true};
};
[[nodiscard]] base::Result<Reward> parse_reward(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Reward& reward);

}  // namespace huan::rewards
