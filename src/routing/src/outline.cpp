// SPDX-License-Identifier: Apache-2.0
#include "outline.hpp"

#include <cmath>

namespace huan::routing {

namespace {

constexpr double kTouch = 1e-9;  ///< of the larger coordinate: so close to an edge is on it
constexpr std::size_t kEdgesInOne = 8;

double touch_of(const Place& p) { return kTouch * std::max({1.0, std::abs(p.x), std::abs(p.y)}); }

double distance_to_edge(const Place& p, const Place& a, const Place& b) {
  const double length = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  const double along =
      length > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length : 0;
  const double t = std::clamp(along, 0.0, 1.0);
  return std::hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y));
}

/// Boxes that the line between two places cannot reach.
class Beyond {
 public:
  Beyond(const Place& a, const Place& b)
      : a_(a),
        b_(b),
        low_{std::min(a.x, b.x), std::min(a.y, b.y)},
        high_{std::max(a.x, b.x), std::max(a.y, b.y)},
        touch_(std::max(touch_of(a), touch_of(b))) {}

  bool operator()(const Outline::Box& box) const {
    if (box.low.x > high_.x + touch_ || box.high.x < low_.x - touch_ ||
        box.low.y > high_.y + touch_ || box.high.y < low_.y - touch_) {
      return true;
    }
    const double sides[] = {cross(a_, b_, box.low), cross(a_, b_, box.high),
                            cross(a_, b_, {box.low.x, box.high.y}),
                            cross(a_, b_, {box.high.x, box.low.y})};
    const double margin = touch_ * (high_.x - low_.x + high_.y - low_.y);
    const auto [least, most] = std::minmax_element(std::begin(sides), std::end(sides));
    return *least > margin || *most < -margin;
  }

 private:
  Place a_, b_, low_, high_;
  double touch_;
};

}  // namespace

Outline::Outline(const std::vector<std::vector<Place>>& rings) {
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      edges_.push_back({ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]});
    }
  }
  if (!edges_.empty()) {
    halve(0, edges_.size());
  }
}

void Outline::halve(std::size_t first, std::size_t count) {
  const std::size_t here = halves_.size();
  Half half{.box = {}, .first = first, .count = count <= kEdgesInOne ? count : 0};
  for (std::size_t k = first; k < first + count; ++k) {
    const auto& [a, b] = edges_[k];
    half.box.low = {std::min({half.box.low.x, a.x, b.x}), std::min({half.box.low.y, a.y, b.y})};
    half.box.high = {std::max({half.box.high.x, a.x, b.x}), std::max({half.box.high.y, a.y, b.y})};
  }
  halves_.push_back(half);
  if (count > kEdgesInOne) {
    halve(first, count / 2);
    halve(first + count / 2, count - count / 2);
  }
  halves_[here].next = halves_.size();
}

/// By the sides of the edges that a ray to the right meets.
bool Outline::holds(const Place& p) const {
  const double touch = touch_of(p);
  bool odd = false;
  bool on_edge = false;
  each(
      [&](const Box& box) {
        return box.high.x < p.x - touch || box.low.y > p.y + touch || box.high.y < p.y - touch;
      },
      [&](const Edge& edge) {
        const auto& [a, b] = edge;
        on_edge =
            on_edge || (p.x >= std::min(a.x, b.x) - touch && p.x <= std::max(a.x, b.x) + touch &&
                        distance_to_edge(p, a, b) <= touch);
        const bool up = a.y <= p.y && b.y > p.y;
        const bool down = b.y <= p.y && a.y > p.y;
        if (up || down) {
          const double side = cross(a, b, p);
          odd = (up ? side > 0 : side < 0) ? !odd : odd;
        }
      });
  return on_edge || odd;
}

bool Outline::near(const Place& a, const Place& b) const {
  return !empty() && !Beyond(a, b)(halves_.front().box);
}

bool Outline::meets(const Place& a, const Place& b) const {
  bool touches = holds(a) || holds(b);
  each(Beyond(a, b), [&](const Edge& edge) {
    const auto& [c, d] = edge;
    const double left = cross(a, b, c);
    const double right = cross(a, b, d);
    const bool beside = (left > 0 && right > 0) || (left < 0 && right < 0);
    const double before = cross(c, d, a);
    const double behind = cross(c, d, b);
    const bool apart = (before > 0 && behind > 0) || (before < 0 && behind < 0);
    touches = touches || (!beside && !apart && (left != 0 || right != 0));
  });
  return touches;
}

void Outline::add_cuts(const Place& a, const Place& b, std::vector<double>& cuts) const {
  each(Beyond(a, b), [&](const Edge& edge) {
    const auto& [c, d] = edge;
    const double left = cross(a, b, c);
    const double right = cross(a, b, d);
    if (left == right || (left > 0 && right > 0) || (left < 0 && right < 0)) {
      return;
    }
    const double share = left / (left - right);
    const Place at{c.x + share * (d.x - c.x), c.y + share * (d.y - c.y)};
    const double along = std::abs(b.x - a.x) > std::abs(b.y - a.y) ? (at.x - a.x) / (b.x - a.x)
                                                                   : (at.y - a.y) / (b.y - a.y);
    if (along > 0 && along < 1) {
      cuts.push_back(along);
    }
  });
}

}  // namespace huan::routing
