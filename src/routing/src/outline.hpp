// SPDX-License-Identifier: Apache-2.0
// The edges of an outline, boxed by halves along its rings, so that a question about a point or a
// line reads the few edges near to it and not all of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "huan/routing/problem.hpp"

namespace huan::routing {

/// Above 0: b is to the left of the line from o through a.
[[nodiscard]] inline double cross(const Place& o, const Place& a, const Place& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

class Outline {
 public:
  struct Edge {
    Place from;
    Place to;
  };
  struct Box {
    Place low{kForever, kForever};
    Place high{-kForever, -kForever};
  };

  explicit Outline(const std::vector<std::vector<Place>>& rings);

  [[nodiscard]] bool empty() const { return edges_.empty(); }
  /// Whether the line between them comes near to it at all.
  [[nodiscard]] bool near(const Place& a, const Place& b) const;
  /// Enclosed, or on an edge.
  [[nodiscard]] bool holds(const Place& p) const;
  /// The line between them touches what is enclosed.
  [[nodiscard]] bool meets(const Place& a, const Place& b) const;
  /// Shares of the line from a to b, between 0 and 1, at which it crosses an edge; in no order.
  void add_cuts(const Place& a, const Place& b, std::vector<double>& cuts) const;

 private:
  struct Half {
    Box box;
    std::size_t first{0};
    std::size_t count{0};
    std::size_t next{0};  ///< the half to go on with when this one is passed over
  };
  void halve(std::size_t first, std::size_t count);
  /// Edges of all halves that `passes` does not pass over.
  template <class Passes, class Visit>
  void each(const Passes& passes, const Visit& visit) const {
    for (std::size_t h = 0; h < halves_.size();) {
      const Half& half = halves_[h];
      if (passes(half.box)) {
        h = half.next;
        continue;
      }
      std::for_each_n(edges_.begin() + static_cast<std::ptrdiff_t>(half.first), half.count, visit);
      ++h;
    }
  }

  std::vector<Edge> edges_;
  std::vector<Half> halves_;  ///< a half's own halves follow it; those of one have edges
};

}  // namespace huan::routing
