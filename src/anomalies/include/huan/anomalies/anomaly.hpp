// SPDX-License-Identifier: Apache-2.0
// An anomaly: what in the ledger an inspector should look at, whom it is about, the figures it
// rests on and how to check it. It is a hint, never a finding: nothing follows from it by itself.
//
//   Anomaly{Kind::two_end_bias, "U-1", "", {{"median_ppm", -20'100, Rule::middle, "median_ppm"}, …
//   why(anomaly.kind, false)    // "the two ends' weights differ, nearly always to the same side"
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/time.hpp"

namespace huan::anomalies {

enum class Kind : std::uint8_t {
  mass_outlier,      ///< tickets much heavier than elsewhere, kind and season alike
  two_end_bias,      ///< weighed differently at the two ends, always to one side
  hoarding,          ///< stock beyond the permit, or that does not leave
  frequent_seller,   ///< the same person sells too often
  low_price,         ///< the same seller far below what others are paid
  carousel,          ///< goods go to and fro between the same two
  unlicensed_work,   ///< a process that the place is not there for, or without its qualification
  untracked,         ///< shipments with neither vehicle nor seal, or of a vehicle without track
  late_corrections,  ///< corrections in bulk before a deadline
  yield_too_good     ///< almost nothing is lost
};
inline constexpr std::size_t kKinds = 10;
[[nodiscard]] std::string_view name(Kind kind) noexcept;
[[nodiscard]] std::string_view name_zh(Kind kind) noexcept;

/// How a figure follows from the events' own values in its column.
enum class Rule : std::uint8_t {
  given,   ///< it does not: a limit on record, days of the calendar
  sum,     ///< they add up to it
  middle,  ///< it is their median, of an even number the upper one
  derived  ///< computed from their sum and others
};
[[nodiscard]] std::string_view name(Rule rule) noexcept;

struct Figure {
  std::string name;  ///< with its unit: "median_ppm", "trips", "mass_g"
  std::int64_t value{0};
  Rule rule{Rule::given};
  std::string column{};  ///< empty where given
};

/// An event behind the figures: what it gives to each of the anomaly's columns, if anything.
struct Part {
  base::Uuid event;
  std::string place;  ///< where it happened
  std::vector<std::optional<std::int64_t>> values;
};

struct Anomaly {
  Kind kind{};
  std::string subject;  ///< place; of frequent_seller and low_price the seller's party
  std::string other;    ///< the other end, the place, the material or process; may be empty
  std::vector<Figure> figures;
  std::vector<std::string> events;  ///< ids of up to five of them, the first ones
  std::vector<std::string> columns{};
  std::vector<Part> parts{};  ///< all of them, in the order read
};

/// How to check it, one sentence.
[[nodiscard]] std::string_view how_to_check(Kind kind, bool chinese) noexcept;
/// What is odd, in words; the numbers are in `figures`.
[[nodiscard]] std::string_view why(Kind kind, bool chinese) noexcept;

}  // namespace huan::anomalies
