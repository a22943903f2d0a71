// SPDX-License-Identifier: Apache-2.0
#include "outline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "drawn.hpp"
#include "timetable.hpp"

namespace huan::routing {
namespace {

using Ring = std::vector<Place>;

Ring drawn_ring(Random& random, std::size_t corners) {
  Ring ring;
  for (std::size_t k = 0; k < corners; ++k) {
    const double angle = 6.283185307179586 * static_cast<double>(k) / static_cast<double>(corners);
    const double far = 10 + 30 * random.unit();
    ring.push_back({50 + far * std::cos(angle), 50 + far * std::sin(angle)});
  }
  return ring;
}

/// By every edge, without boxes.
bool encloses(const Ring& ring, const Place& p) {
  bool odd = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Place& a = ring[i];
    const Place& b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      odd = !odd;
    }
  }
  return odd;
}

std::size_t crossings(const Ring& ring, const Place& a, const Place& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const bool apart = (cross(a, b, ring[i]) > 0) != (cross(a, b, ring[j]) > 0);
    count += apart && (cross(ring[i], ring[j], a) > 0) != (cross(ring[i], ring[j], b) > 0) ? 1 : 0;
  }
  return count;
}

TEST(Outline, BoxesPassNothingOver) {
  Random random(7);
  for (const std::size_t corners : {3U, 9U, 40U, 700U}) {
    const Ring ring = drawn_ring(random, corners);
    const Outline outline({ring});
    for (int k = 0; k < 300; ++k) {
      const Place a{100 * random.unit(), 100 * random.unit()};
      const Place b{100 * random.unit(), k % 3 == 0 ? a.y : 100 * random.unit()};
      ASSERT_EQ(outline.holds(a), encloses(ring, a)) << corners << " " << k;
      std::vector<double> cuts;
      outline.add_cuts(a, b, cuts);
      ASSERT_EQ(cuts.size(), crossings(ring, a, b)) << corners << " " << k;
      ASSERT_EQ(outline.meets(a, b), encloses(ring, a) || !cuts.empty());
      ASSERT_TRUE(outline.near(a, b) || !outline.meets(a, b));
    }
  }
  EXPECT_FALSE(Outline({}).holds({0, 0}));
  EXPECT_FALSE(Outline({}).near({0, 0}, {1, 1}));
}

TEST(Outline, EdgesAndCornersAreInside) {
  const Outline square({{{0, 0}, {10, 0}, {10, 10}, {0, 10}}});
  EXPECT_TRUE(square.holds({10, 5}));
  EXPECT_TRUE(square.holds({0, 0}));
  EXPECT_FALSE(square.holds({10.001, 5}));
  EXPECT_TRUE(square.meets({10, -5}, {10, 15}));
}

/// Stands still until it is asked so many times; then all time is gone.
class RunningOut final : public Stopwatch {
 public:
  explicit RunningOut(int looks) : looks_(looks) {}
  [[nodiscard]] double elapsed_s() const override { return ++asked_ > looks_ ? 10 : 0; }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  int looks_;
  mutable int asked_{0};
};

Problem with_zone() {
  Random random(3);
  Problem p = drawn({.stops = 60, .vehicles = 12, .capacity = 40, .seed = 3});
  p.zones = {Zone{.id = "Z", .open = {{0, 50}, {100, 4000}}, .rings = {drawn_ring(random, 300)}}};
  return p;
}

TEST(Deadline, IsSeenWhileARouteIsWorkedOut) {
  const Problem p = with_zone();
  const RunningOut over(0);
  const Model model(p, {}, Deadline{over, 1});
  Timetable timetable(model);
  const std::vector<Code> codes{0, 1, 2};
  bool refused = false;
  for (int k = 0; k < 2000 && !refused; ++k) {  // it looks at the watch now and then
    refused = !timetable.fits(0, codes);
  }
  EXPECT_TRUE(refused);
  EXPECT_EQ(over.asked(), 1);
  EXPECT_TRUE(timetable.write(0, codes));  // what is written takes its time
  timetable.hurry(false);
  EXPECT_TRUE(timetable.fits(0, codes));
}

TEST(Deadline, AtAnyMomentLeavesAPlanWithItsReasons) {
  const Problem p = with_zone();
  for (const int looks : {0, 1, 2, 3, 5, 8, 20, 60}) {
    const RunningOut watch(looks);
    const auto plan = solve(p, {}, watch);
    ASSERT_TRUE(plan.has_value());
    std::size_t served = 0;
    for (const Route& route : plan->routes) {
      served += route.summary.stops;
    }
    EXPECT_EQ(served + plan->summary.unserved, p.stops.size());
    for (const Unserved& unserved : plan->unserved) {
      EXPECT_FALSE(unserved.reasons.empty());
    }
  }
}

TEST(Ways, GreatCirclesWithoutATableAreAsLongAsMeasured) {
  Problem p;
  p.ways = {Travel{}};
  p.ways[0].metric = Metric::great_circle;
  p.ways[0].scale = 1.4;
  p.places = {{114.5, 38.05}, {114.50001, 38.05}, {-65.5, -38.05},
              {0, 90},        {179.9, 0},         {-179.9, 0}};
  const Ways ways(p, p.ways[0], false, 0);
  ASSERT_EQ(ways.row(0), nullptr);
  for (Index a = 0; a < p.places.size(); ++a) {
    for (Index b = 0; b < p.places.size(); ++b) {
      const double told = measured(p.ways[0], p.places[a], p.places[b]);
      // Towards the other side of the earth both lose digits.
      EXPECT_NEAR(ways.distance(a, b), told, 1e-6 + 1e-7 * told) << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace huan::routing
