// SPDX-License-Identifier: Apache-2.0
// What a stratified random sample says of its population: a share or a mean with its standard error
// and an interval (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5: weights N_h/N, finite
// population correction 1 − n_h/N_h). Both the estimate and its variance are unbiased over all
// samples. An interval is the normal one; of a share in one stratum Wilson's, which does not leave
// 0 … 1. Those who did not answer are left out: whether they would have answered alike is for the
// survey to say, not for the arithmetic.
//
//   share({{.population = 4'000, .answered = 100, .yes = 62}}, 1'959'964);
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace huan::sampling {

struct ShareStratum {
  std::uint64_t population{0};
  std::uint64_t answered{0};
  std::uint64_t yes{0};  ///< of those who answered
};

struct MeanStratum {
  std::uint64_t population{0};
  std::vector<std::int64_t> values;  ///< one an answer
};

struct Estimate {
  double value{0};                ///< a share of 1, or in the values' unit
  std::optional<double> error{};  ///< standard error; absent: a stratum with one answer
  std::optional<double> low{};
  std::optional<double> high{};
  std::uint64_t population{0};
  std::uint64_t answered{0};
};

/// Normal quantile of a two-sided 95 % interval.
inline constexpr double kNinetyFive = 1.959963984540054;

/// nullopt when a stratum with people in it has no answer: nothing is known about it; or when more
/// answered than there are.
[[nodiscard]] std::optional<Estimate> share(const std::vector<ShareStratum>& strata,
                                            double quantile = kNinetyFive);
[[nodiscard]] std::optional<Estimate> mean(const std::vector<MeanStratum>& strata,
                                           double quantile = kNinetyFive);

/// Answers needed for an interval of ± `margin` (a share of 1) around a share of one half.
[[nodiscard]] std::uint64_t answers_needed(std::uint64_t population, double margin,
                                           double quantile = kNinetyFive);

}  // namespace huan::sampling
