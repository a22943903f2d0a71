// SPDX-License-Identifier: Apache-2.0
#include "huan/routing/detours.hpp"

#include <algorithm>
#include <utility>

#include "ways.hpp"
#include "zones.hpp"

namespace huan::routing {

namespace {

constexpr std::size_t kCornersMax = 128;
constexpr std::size_t kWaysMax = 200'000;
constexpr double kWorkMax = 2e9;
constexpr double kMargin = 1e-3;  ///< how far from an outline one drives, of its size

double turn(const Place& o, const Place& a, const Place& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/// The convex hull (Andrew's monotone chain); empty if it has no area.
std::vector<Place> hull_of(std::vector<Place> points) {
  if (points.empty()) {
    return {};
  }
  std::sort(points.begin(), points.end(), [](const Place& a, const Place& b) {
    return std::pair{a.x, a.y} < std::pair{b.x, b.y};
  });
  std::vector<Place> hull;
  for (int side = 0; side < 2; ++side) {
    const std::size_t least = hull.size() + 1;
    for (const Place& point : points) {
      while (hull.size() > least && turn(hull[hull.size() - 2], hull.back(), point) <= 0) {
        hull.pop_back();
      }
      hull.push_back(point);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull.size() < 3 ? std::vector<Place>{} : hull;
}

/// Zones that some hours close, and the corners round which they can be passed.
class Surroundings {
 public:
  explicit Surroundings(const Problem& problem) {
    for (const Zone& zone : problem.zones) {
      if (!zone.open.empty() && !zone.rings.empty()) {
        zones_.emplace_back(problem, zone);
        add_corners(zone);
      }
    }
  }
  [[nodiscard]] bool empty() const { return zones_.empty(); }
  [[nodiscard]] std::size_t edges() const { return edges_; }
  [[nodiscard]] const std::vector<Place>& corners() const { return corners_; }
  [[nodiscard]] bool clear(const Place& a, const Place& b) const {
    return std::none_of(zones_.begin(), zones_.end(),
                        [&](const ZoneMap& zone) { return zone.meets(a, b); });
  }

 private:
  void add_corners(const Zone& zone) {
    std::vector<Place> points;
    for (const auto& ring : zone.rings) {
      points.insert(points.end(), ring.begin(), ring.end());
    }
    edges_ += points.size();
    const std::vector<Place> hull = hull_of(std::move(points));
    Place middle;
    for (const Place& corner : hull) {
      middle.x += corner.x / static_cast<double>(hull.size());
      middle.y += corner.y / static_cast<double>(hull.size());
    }
    for (const Place& corner : hull) {
      corners_.push_back(
          {corner.x + kMargin * (corner.x - middle.x), corner.y + kMargin * (corner.y - middle.y)});
    }
  }

  std::vector<ZoneMap> zones_;
  std::vector<Place> corners_;
  std::size_t edges_{0};
};

/// Shortest ways between the corners, and from the places to them.
class Detours {
 public:
  Detours(const Problem& problem, const Surroundings& around, const Travel& travel)
      : problem_(&problem), around_(&around), travel_(&travel), count_(around.corners().size()) {
    join_corners();
    for (const Place& place : problem.places) {
      seen_.emplace_back();
      for (std::size_t u = 0; u < count_; ++u) {
        if (around.clear(place, around.corners()[u])) {
          seen_.back().emplace_back(u, measured(travel, place, around.corners()[u]));
        }
      }
    }
  }

  /// Of all ways that touch a zone; none if there are too many.
  [[nodiscard]] std::vector<Detour> all() const {
    std::vector<Detour> list;
    for (Index from = 0; from < problem_->places.size(); ++from) {
      for (Index to = 0; to < problem_->places.size() && !seen_[from].empty(); ++to) {
        if (from == to || seen_[to].empty() ||
            around_->clear(problem_->places[from], problem_->places[to])) {
          continue;
        }
        if (list.size() >= kWaysMax) {
          return {};
        }
        add(from, to, list);
      }
    }
    return list;
  }

 private:
  [[nodiscard]] std::size_t at(std::size_t u, std::size_t v) const { return u * count_ + v; }
  void join_corners() {
    const auto& corners = around_->corners();
    length_.assign(count_ * count_, kForever);
    first_.assign(count_ * count_, 0);
    for (std::size_t u = 0; u < count_; ++u) {
      for (std::size_t v = 0; v < count_; ++v) {
        if (u == v || around_->clear(corners[u], corners[v])) {
          length_[at(u, v)] = u == v ? 0 : measured(*travel_, corners[u], corners[v]);
          first_[at(u, v)] = v;
        }
      }
    }
    for (std::size_t w = 0; w < count_; ++w) {  // Floyd and Warshall
      for (std::size_t u = 0; u < count_; ++u) {
        for (std::size_t v = 0; v < count_; ++v) {
          const double by = length_[at(u, w)] + length_[at(w, v)];
          if (by < length_[at(u, v)]) {
            length_[at(u, v)] = by;
            first_[at(u, v)] = first_[at(u, w)];
          }
        }
      }
    }
  }
  void add(Index from, Index to, std::vector<Detour>& list) const {
    double least = kForever;
    std::pair<std::size_t, std::size_t> ends{0, 0};
    for (const auto& [u, before] : seen_[from]) {
      for (const auto& [v, behind] : seen_[to]) {
        const double length = before + length_[at(u, v)] + behind;
        if (length < least) {
          least = length;
          ends = {u, v};
        }
      }
    }
    if (!(least < kForever)) {
      return;
    }
    Detour detour{from, to, least / travel_->speed, least, {}};
    for (std::size_t u = ends.first; u != ends.second; u = first_[at(u, ends.second)]) {
      detour.corners.push_back(around_->corners()[u]);
    }
    detour.corners.push_back(around_->corners()[ends.second]);
    list.push_back(std::move(detour));
  }

  const Problem* problem_;
  const Surroundings* around_;
  const Travel* travel_;
  std::size_t count_;
  std::vector<double> length_;
  std::vector<std::size_t> first_;  ///< corner on the way from u to v
  std::vector<std::vector<std::pair<std::size_t, double>>> seen_;  ///< corners, by place
};

}  // namespace

void add_detours(Problem& problem) {
  const Surroundings around(problem);
  const auto corners = static_cast<double>(around.corners().size());
  const double ends = static_cast<double>(problem.places.size()) + corners;
  const double each = static_cast<double>(around.edges()) + corners * corners;
  if (around.empty() || around.corners().size() > kCornersMax || ends * ends * each > kWorkMax) {
    return;
  }
  for (Travel& travel : problem.ways) {
    if (travel.metric != Metric::matrix) {
      travel.detours = Detours(problem, around, travel).all();
    }
  }
}

}  // namespace huan::routing
