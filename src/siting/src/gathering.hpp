// SPDX-License-Identifier: Apache-2.0
// Many points looked at from farther away: near customers gathered into one at their middle, and
// of near candidates the one in the middle. What is found there is a plan to begin with and a guess
// at the multipliers of every customer; nothing is proven by it.
#pragma once

#include <cstdint>
#include <vector>

#include "space.hpp"

namespace huan::siting {

struct Gathering {
  Space space;
  std::vector<double> weight;             ///< by customer of `space`
  std::vector<std::uint32_t> candidates;  ///< by candidate of `space`: number in the finer one
};

struct Gather {
  std::uint32_t customers{0};  ///< about so many are left
  std::uint32_t candidates{0};
};

/// Of a space on points. A gathered customer lies beside the ground by how far its points lie from
/// their middle on the average, so that its distances are theirs on the average, too.
[[nodiscard]] Gathering gathered(const Space& space, const std::vector<double>& weight,
                                 const std::vector<std::uint8_t>& allowed, const Gather& gather);

/// Multipliers of the finer customers from those of the gathered ones near them.
[[nodiscard]] std::vector<double> spread(const Space& fine, const Space& coarse,
                                         const std::vector<double>& multipliers);

}  // namespace huan::siting
