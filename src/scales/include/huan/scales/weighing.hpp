// SPDX-License-Identifier: Apache-2.0
// From readings to a weighing 过磅 that can be believed. A Platform gives a mass only when the load
// rests, and names what is doubtful about it; nothing doubtful blocks a weigh-in (events.md §3).
// Watched are: return to zero between two loads 归零, two indicators that show the same load, a
// tare against what the vehicle weighed before, and numbers that are missing or come twice. Not
// watched: where the wheels stand (light barriers, loops) and radio interference, which need
// sensors of their own.
//
// Tare: gross first 先毛后皮 (goods come in), tare first 先皮后毛 (goods go out), or a tare on
// record until a day 期限皮重.
//
//   Platform platform{{.zero_band = Mass{20'000}}};
//   platform.see(reading, now_ms);
//   HUAN_TRY(taken, platform.take(now_ms));
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/scales/steady.hpp"

namespace huan::scales {

enum class Finding : std::uint8_t {
  no_zero_return,     ///< the platform was not seen empty since the load before
  indicators_differ,  ///< the second indicator shows something else, or nothing
  tare_outside_band,  ///< the vehicle weighed otherwise before
  tare_expired,       ///< the tare on record is no longer in force
  serial_gap,         ///< numbers are missing
  serial_again        ///< the number was there before
};
[[nodiscard]] std::string_view name(Finding finding) noexcept;

struct PlatformOptions {
  SteadyOptions steady{};
  base::Mass zero_band{};         ///< |mass| up to it is empty
  base::Mass start{1};            ///< less is no load
  base::Mass second_tolerance{};  ///< between two indicators
};

struct Taken {
  base::Mass mass;
  std::int64_t since_ms{0};  ///< at rest since
  std::vector<Finding> findings;
};

class Platform {
 public:
  explicit Platform(const PlatformOptions& options);
  void see(const Reading& reading, std::int64_t at_ms);
  /// The second indicator of the same platform; once it spoke, it is compared with.
  void see_second(const Reading& reading, std::int64_t at_ms);
  /// What it shows; at_rest is false once the indicator has been silent for too long, nullopt when
  /// nothing came yet.
  [[nodiscard]] std::optional<Rest> now(std::int64_t now_ms) const;
  /// The mass at rest. bad_field when nothing is heard, the load moves, is out of range or too
  /// small.
  [[nodiscard]] base::Result<Taken> take(std::int64_t now_ms);

 private:
  PlatformOptions options_;
  Steady first_;
  Steady second_;
  std::optional<Rest> rest_;
  std::optional<Rest> second_rest_;
  bool was_empty_{false};
};

enum class TareMode : std::uint8_t { gross_first, tare_first };

struct Net {
  base::Mass gross;
  base::Mass tare;
  [[nodiscard]] base::Mass net() const { return gross - tare; }
};
struct TwoWeighings {
  base::Mass first;
  base::Mass second;
};
/// bad_number when the gross is below the tare: the mode is the wrong one.
[[nodiscard]] base::Result<Net> net_of(TareMode mode, const TwoWeighings& weighings);

struct TareOnRecord {
  base::Mass tare;
  base::Day until;  ///< last day
};
struct NetOnRecord {
  Net net;
  std::vector<Finding> findings;
};
[[nodiscard]] base::Result<NetOnRecord> net_of(const TareOnRecord& tare, base::Mass gross,
                                               base::Day day);

/// How far a tare may lie from the median of those before: the wider of both.
struct TareBand {
  std::int64_t ppm{3'000};
  base::Mass absolute{};
};
/// nullopt also when there is nothing to compare with.
[[nodiscard]] std::optional<Finding> judge_tare(base::Mass tare, std::span<const base::Mass> before,
                                                const TareBand& band);
/// Of one indicator's or printer's numbers.
[[nodiscard]] std::optional<Finding> judge_serial(std::int64_t before, std::int64_t now);

}  // namespace huan::scales
