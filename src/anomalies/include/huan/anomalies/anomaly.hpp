// SPDX-License-Identifier: Apache-2.0
// An anomaly: what in the ledger an inspector should look at, whom it is about, the figures it
// rests on and how to check it. It is a hint, never a finding: nothing follows from it by itself.
//
//   Anomaly{Kind::two_end_bias, "U-1", "", {{"median_ppm", -20'100}, {"trips", 31}}, {"812", …}}
//   why(anomaly, true)    // "31 shipments, half of them short by more than 2.0 % at this end"
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

struct Figure {
  std::string name;  ///< with its unit: "median_ppm", "trips", "mass_g"
  std::int64_t value{0};
};

struct Anomaly {
  Kind kind{};
  std::string subject;  ///< place; of frequent_seller and low_price the seller's party
  std::string other;    ///< the other end, the place, the material or process; may be empty
  std::vector<Figure> figures;
  std::vector<std::string> events;  ///< ids of up to five of them, the first ones
};

/// How to check it, one sentence.
[[nodiscard]] std::string_view how_to_check(Kind kind, bool chinese) noexcept;
/// What is odd, in words; the numbers are in `figures`.
[[nodiscard]] std::string_view why(Kind kind, bool chinese) noexcept;

}  // namespace huan::anomalies
