// SPDX-License-Identifier: Apache-2.0
// A zone as the search reads it: which places lie in it, which parts of a way do, and when it is
// open. Where an outline is all that is known, a way is the straight line, and what touches the
// outline is inside: a plan that keeps to this keeps to the zone.
#pragma once

#include <cstdint>
#include <vector>

#include "huan/routing/problem.hpp"
#include "outline.hpp"

namespace huan::routing {

/// A part of a way, as shares of it.
struct Part {
  double from{0};
  double to{1};
};

class ZoneMap {
 public:
  /// Both outlive it.
  ZoneMap(const Problem& problem, const Zone& zone);

  [[nodiscard]] const std::vector<Window>& open() const { return open_; }
  [[nodiscard]] bool holds(Index place) const {
    return place < inside_.size() && inside_[place] != 0;
  }
  /// The parts of the way from a to b that lie inside, added to `parts`.
  void add_parts(Index a, Index b, bool straight, std::vector<Part>& parts) const;
  /// The straight line touches what the outline encloses.
  [[nodiscard]] bool meets(const Place& a, const Place& b) const { return outline_.meets(a, b); }
  /// How much later the stay has to be so that it lies in one opening; kForever if it never does,
  /// 0 if it does. `until`: the end of that opening.
  /// By how much the stay misses the opening that is nearest, s.
  [[nodiscard]] double missed(double from, double to) const;
  [[nodiscard]] double shift(double from, double to, double& until) const;

 private:
  const Problem* problem_;
  Outline outline_;
  std::vector<Window> open_;  ///< those that touch are one
  std::vector<std::uint8_t> inside_;
  std::vector<std::uint64_t> ways_;  ///< from × 2^32 + to, rising
};

}  // namespace huan::routing
