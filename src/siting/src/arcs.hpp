// SPDX-License-Identifier: Apache-2.0
// What is left of a problem: the candidates that may still open, and for each customer those of
// them that it might be served by, nearest first, up to where it would rather stay with what is
// open already.
#pragma once

#include <cstdint>
#include <vector>

#include "space.hpp"

namespace huan::siting {

struct Arcs {
  std::vector<std::uint64_t> start;      ///< by customer
  std::vector<std::uint32_t> candidate;  ///< place in `candidates`
  std::vector<double> distance;
  std::vector<std::uint32_t> candidates;  ///< that may open: numbers in the space
  std::vector<std::uint32_t> opened;      ///< candidates of the space that are open already
  std::vector<double> ceiling;            ///< by customer: distance to what is open already
  std::vector<double> limit;              ///< by customer: how far its list goes
  /// Too many to be listed: they are looked up in the space, up to the multiplier, on each round.
  const Space* unlisted{nullptr};
  std::vector<std::uint32_t> place;  ///< by candidate of the space; of unlisted arcs only
  std::uint32_t p{0};                ///< how many of `candidates` open

  [[nodiscard]] std::uint32_t customers() const {
    return static_cast<std::uint32_t>(ceiling.size());
  }
};

/// Candidates within `radius[customer]` of each customer; `allowed` by candidate of the space.
[[nodiscard]] Arcs near_arcs(const Space& space, const std::vector<std::uint8_t>& allowed,
                             const std::vector<double>& radius);

/// For each customer its `count` nearest candidates (all where there are no more), without those
/// that the problem forbids.
[[nodiscard]] Arcs nearest_arcs(const Space& space, const siting_problem::Problem& problem,
                                std::size_t count);

/// As near_arcs, without lists.
[[nodiscard]] Arcs unlisted_arcs(const Space& space, const std::vector<std::uint8_t>& allowed);

/// The same after some candidates were closed (1) or opened (2), by place in `arcs.candidates`; of
/// listed arcs only.
[[nodiscard]] Arcs reduced(const Arcs& arcs, const std::vector<std::uint8_t>& decided);

}  // namespace huan::siting
