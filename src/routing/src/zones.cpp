// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

#include <algorithm>
#include <cmath>

#include "timing.hpp"

namespace huan::routing {

namespace {

constexpr double kTouch = 1e-9;  ///< of the larger coordinate: so close to an edge is on it

double cross(const Place& o, const Place& a, const Place& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

double distance_to_edge(const Place& p, const Place& a, const Place& b) {
  const double length = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  const double along =
      length > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length : 0;
  const double t = std::clamp(along, 0.0, 1.0);
  return std::hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y));
}

std::uint64_t key_of(Index a, Index b) { return (std::uint64_t{a} << 32U) | b; }

template <class Visit>
void each_edge(const std::vector<std::vector<Place>>& rings, const Visit& visit) {
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      visit(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]);
    }
  }
}

}  // namespace

ZoneMap::ZoneMap(const Problem& problem, const Zone& zone) : problem_(&problem), zone_(&zone) {
  for (const Window& window : zone.open) {
    if (!open_.empty() && window.from <= open_.back().to) {
      open_.back().to = std::max(open_.back().to, window.to);
    } else {
      open_.push_back(window);
    }
  }
  each_edge(zone.rings, [&](const Place& a, const Place&) {
    low_ = {std::min(low_.x, a.x), std::min(low_.y, a.y)};
    high_ = {std::max(high_.x, a.x), std::max(high_.y, a.y)};
  });
  inside_.assign(problem.places.size(), 0);
  for (std::size_t i = 0; i < inside_.size() && !zone.rings.empty(); ++i) {
    inside_[i] = is_inside(problem.places[i]) ? 1 : 0;
  }
  for (const Index place : zone.places) {
    inside_[place] = 1;
  }
  ways_.reserve(zone.ways.size());
  for (const auto& [from, to] : zone.ways) {
    ways_.push_back(key_of(from, to));
  }
  std::sort(ways_.begin(), ways_.end());
}

/// By the sides of the edges that a ray to the right meets; on an edge is inside.
bool ZoneMap::is_inside(const Place& p) const {
  const double touch = kTouch * std::max({1.0, std::abs(p.x), std::abs(p.y)});
  if (p.x < low_.x - touch || p.x > high_.x + touch || p.y < low_.y - touch ||
      p.y > high_.y + touch) {
    return false;
  }
  bool odd = false;
  bool on_edge = false;
  each_edge(zone_->rings, [&](const Place& a, const Place& b) {
    on_edge = on_edge || distance_to_edge(p, a, b) <= touch;
    const bool up = a.y <= p.y && b.y > p.y;
    const bool down = b.y <= p.y && a.y > p.y;
    if (up || down) {
      const double side = cross(a, b, p);
      odd = (up ? side > 0 : side < 0) ? !odd : odd;
    }
  });
  return on_edge || odd;
}

bool ZoneMap::near(const Place& a, const Place& b) const {
  return std::max(a.x, b.x) >= low_.x && std::min(a.x, b.x) <= high_.x &&
         std::max(a.y, b.y) >= low_.y && std::min(a.y, b.y) <= high_.y;
}

void ZoneMap::add_parts(Index a, Index b, bool straight, std::vector<Part>& parts) const {
  const std::size_t places = problem_->places.size();
  if (a >= places || b >= places || a == b) {
    return;
  }
  if (std::binary_search(ways_.begin(), ways_.end(), key_of(a, b))) {
    parts.push_back({0, 1});
    return;
  }
  const Place& from = problem_->places[a];
  const Place& to = problem_->places[b];
  if (!straight || zone_->rings.empty() || !near(from, to)) {
    return;
  }
  std::vector<double> cuts{0, 1};
  each_edge(zone_->rings, [&](const Place& c, const Place& d) {
    const double left = cross(from, to, c);
    const double right = cross(from, to, d);
    if (left == right || (left > 0 && right > 0) || (left < 0 && right < 0)) {
      return;
    }
    const double share = left / (left - right);
    const Place at{c.x + share * (d.x - c.x), c.y + share * (d.y - c.y)};
    const double along = std::abs(to.x - from.x) > std::abs(to.y - from.y)
                             ? (at.x - from.x) / (to.x - from.x)
                             : (at.y - from.y) / (to.y - from.y);
    if (along > 0 && along < 1) {
      cuts.push_back(along);
    }
  });
  std::sort(cuts.begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double middle = (cuts[i] + cuts[i + 1]) / 2;
    if (cuts[i] < cuts[i + 1] &&
        is_inside({from.x + middle * (to.x - from.x), from.y + middle * (to.y - from.y)})) {
      parts.push_back({cuts[i], cuts[i + 1]});
    }
  }
}

bool ZoneMap::meets(const Place& a, const Place& b) const {
  if (zone_->rings.empty() || !near(a, b)) {
    return false;
  }
  bool touches = is_inside(a) || is_inside(b);
  each_edge(zone_->rings, [&](const Place& c, const Place& d) {
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

double ZoneMap::missed(double from, double to) const {
  double least = kForever;
  for (const Window& window : open_) {
    least = std::min(least, std::max(to, window.from + (to - from)) - window.to);
  }
  return std::max(0.0, least);
}

double ZoneMap::shift(double from, double to, double& until) const {
  for (const Window& window : open_) {
    if (from >= window.from - kSlack && to <= window.to + kSlack) {
      until = window.to;
      return 0;
    }
    if (window.from > from && to - from <= window.to - window.from + kSlack) {
      until = window.to;
      return window.from - from;
    }
  }
  return kForever;
}

}  // namespace huan::routing
