// SPDX-License-Identifier: Apache-2.0
// On which days a stop may be visited: on those of one of the patterns given, or on any that keep
// to the number of visits and the gaps between them. Of the second there may be millions: the
// cheapest are found without listing them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

inline constexpr std::size_t kPatternsMax = 2000;
/// Visits × days × days between two visits: what choosing days once may look at.
inline constexpr std::size_t kDayStepsMax = 1'000'000;

/// The patterns given whose days are all allowed.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> given_patterns(const Visits& visits);

/// Visits asked for at least: those of the shortest pattern, or `times`.
[[nodiscard]] std::uint32_t least_visits(const Visits& visits);

class DayRule {
 public:
  DayRule() = default;  ///< one visit on any day
  DayRule(const Visits& visits, std::uint32_t days);
  /// Days that keep to both; at most kPatternsMax of those of a rule without patterns are looked
  /// at, nullopt if there are more.
  [[nodiscard]] static std::optional<DayRule> both(const DayRule& a, const DayRule& b);

  [[nodiscard]] bool free() const { return times_ == 0; }
  [[nodiscard]] bool too_large() const;
  /// Whether some days keep to it, these among them.
  [[nodiscard]] bool possible(const std::vector<std::uint8_t>& kept) const;
  [[nodiscard]] std::uint32_t most() const;
  [[nodiscard]] std::uint32_t least() const { return free() ? 1 : times_; }
  /// Visits asked for at least when those days are among them.
  [[nodiscard]] std::uint32_t least(const std::vector<std::uint8_t>& kept) const;
  /// Days of which one may be chosen, those kept among the others.
  [[nodiscard]] std::vector<std::uint8_t> open_days(const std::vector<std::uint8_t>& kept) const;

  struct Choice {
    double cost{kForever};
    std::vector<std::uint32_t> days{};  ///< rising; with those kept
  };
  /// The cheapest days; cost kForever if there are none. `costs` by day, 0 on days kept.
  [[nodiscard]] Choice cheapest(const std::vector<double>& costs,
                                const std::vector<std::uint8_t>& kept) const;

 private:
  [[nodiscard]] Choice cheapest_pattern(const std::vector<double>& costs,
                                        const std::vector<std::uint8_t>& kept) const;
  [[nodiscard]] Choice cheapest_chain(const std::vector<double>& costs,
                                      const std::vector<std::uint8_t>& kept) const;
  [[nodiscard]] std::optional<std::vector<std::vector<std::uint32_t>>> listed() const;

  std::uint32_t times_{0};  ///< 0: one visit on any day
  std::uint32_t gap_min_{1};
  std::uint32_t gap_max_{1};
  bool chosen_{false};  ///< of patterns_; else by number and gaps
  std::vector<std::uint8_t> allowed_{};
  std::vector<std::vector<std::uint32_t>> patterns_{};
};

}  // namespace huan::routing
