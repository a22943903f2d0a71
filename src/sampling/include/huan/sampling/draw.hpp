// SPDX-License-Identifier: Apache-2.0
// Random draws that anyone can repeat: the same seed and sizes give the same sample on every
// machine. Without replacement, each subset of a stratum equally likely up to the generator.
//
//   draw(4'000, {.size = 100, .seed = 20251120});   // 100 different numbers below 4,000, ascending
#pragma once

#include <cstdint>
#include <vector>

namespace huan::sampling {

struct Draw {
  std::uint32_t size{0};
  std::uint64_t seed{0};
};
/// Indices below `population`, ascending; all of them when it has no more.
[[nodiscard]] std::vector<std::uint32_t> draw(std::uint32_t population, const Draw& how);

/// How a sample is spread over strata in proportion to their sizes (largest remainder, ties to the
/// first), at least two where a stratum has two, so that its variance can be estimated; more than
/// `size` in all if that takes more.
[[nodiscard]] std::vector<std::uint32_t> allocate(const std::vector<std::uint32_t>& strata,
                                                  std::uint32_t size);

}  // namespace huan::sampling
