// SPDX-License-Identifier: Apache-2.0
// A vehicle's round 线路 of a day: where it goes, in which order and by when, and what became of
// each stop. A stop carries all that planning it again needs (where, how much, between which hours,
// how urgent), so that a day is planned again from its records. A round is a record of the kind
// `route`; the day's own record, the sheet, says what is left out and why.
//
//   round {"capacity_g":3000000,"day":"2026-11-23","driver":"li","kind":"round","party":"E-001",
//          "state":"published","stops":[{"arrive":"08:35","id":"o:r4k-1001","kind":"order",…}],…}
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
#include "huan/json/writer.hpp"
#include "huan/rounds/permit.hpp"
#include "huan/rounds/rule.hpp"

namespace huan::rounds {

inline constexpr std::size_t kStopsMax = 2'000;  ///< of one round
inline constexpr std::size_t kLoadsMax = 50;     ///< kinds at one stop
inline constexpr std::size_t kItemsMax = 200;    ///< codes of one kind
inline constexpr std::size_t kUnservedMax = 20'000;

enum class StopKind : std::uint8_t {
  order,    ///< a customer's, at the door
  visit,    ///< of a standing contract
  station,  ///< what a station or bin holds is taken away
  unload    ///< handed over at a centre
};
[[nodiscard]] std::string_view name(StopKind kind) noexcept;

enum class StopState : std::uint8_t { planned, arrived, weighed, done, refused, missed };
[[nodiscard]] std::string_view name(StopState state) noexcept;
[[nodiscard]] bool has_ended(StopState state) noexcept;

struct Loaded {
  std::string material;
  base::Mass mass;
  std::vector<std::string> items{};  ///< codes of what has one: appliances
  friend bool operator==(const Loaded&, const Loaded&) = default;
};

struct Stop {
  std::string id;  ///< unique in the day but for unloads, which are unique in the round
  StopKind kind{StopKind::order};
  std::string ref;    ///< the order's key, or the place
  std::string place;  ///< in whose books it stands
  std::string party;  ///< whose vehicles come; empty: anybody's
  Spot at;
  base::Mass mass;  ///< expected
  std::int32_t from_s{0};
  std::int32_t to_s{86'400};  ///< work begins between
  std::int32_t priority{0};   ///< 0–100
  std::int32_t arrive_s{0};   ///< as planned
  std::int32_t leave_s{0};
  StopState state{StopState::planned};
  std::string reason;
  std::string photo;           ///< SHA-256; empty: none
  base::Instant arrived_at{};  ///< 0: not yet
  base::Instant ended_at{};
  std::vector<Loaded> loaded;  ///< as weighed; of an unload what was accepted
  std::string shipment;
};

enum class RoundState : std::uint8_t { draft, published, closed };
[[nodiscard]] std::string_view name(RoundState state) noexcept;

struct Round {
  base::Day day;
  std::string vehicle;
  std::string driver;  ///< account; empty: nobody yet
  std::string party;
  RoundState state{RoundState::draft};
  Spot depot;
  base::Mass capacity;
  std::int64_t distance_m{0};
  std::int32_t leave_s{0};   ///< the depot
  std::int32_t return_s{0};  ///< to it
  std::vector<Stop> stops;
};

/// Why something is left out; `code` is the planner's, `vehicle` the one that came closest.
struct Why {
  std::string code;
  std::string vehicle;
  std::int64_t amount{0};
  std::string unit;
};
struct LeftOut {
  Stop stop;
  std::vector<Why> reasons;
};
/// A vehicle that does not drive that day.
struct Idle {
  std::string vehicle;
  std::string why;  ///< pass, inactive, place
};
/// A station that comes to its storage limit 暂存上限.
struct StorageAlert {
  std::string place;
  std::string what;  ///< exceeded, today, tomorrow; exceeded_age, age
  base::Mass stock;
  std::optional<base::Mass> limit;
  std::optional<std::int32_t> by_s;  ///< of the day, when the limit is reached
};

/// The day's own record.
struct Sheet {
  base::Day day;
  std::string party;  ///< whose vehicles; empty: the city's
  RoundState state{RoundState::draft};
  std::uint64_t seed{1};
  std::int64_t iterations{0};  ///< 0: by time
  std::vector<std::string> vehicles;
  std::vector<LeftOut> left_out;
  std::vector<StorageAlert> alerts;
  std::vector<Idle> idle;
};

/// bad_field, bad_number, bad_text.
[[nodiscard]] base::Result<Round> parse_round(json::Value data, std::string_view pointer);
[[nodiscard]] base::Result<Sheet> parse_sheet(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Round& round);
void write_loads(json::Writer& w, const std::vector<Loaded>& loads);  ///< an array
[[nodiscard]] std::string to_json(const StorageAlert& alert);
[[nodiscard]] std::string to_json(const Sheet& sheet);

}  // namespace huan::rounds
