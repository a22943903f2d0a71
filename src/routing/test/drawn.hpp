// SPDX-License-Identifier: Apache-2.0
// Problems drawn from a seed, and their plans.
#pragma once

#include <gtest/gtest.h>

#include "huan/routing/solve.hpp"
#include "random.hpp"

namespace huan::routing {

struct Drawing {
  std::size_t stops{5};
  std::size_t vehicles{2};
  std::int64_t capacity{20};
  std::uint64_t seed{1};
};

/// Place 0 is the depot in the middle of a square of 100; stop i is at place i + 1.
inline Problem drawn(const Drawing& drawing) {
  Random random(drawing.seed);
  Problem p;
  p.dimensions = {"kg"};
  p.ways = {Travel{}};
  p.places.push_back({50, 50});
  p.stops.reserve(drawing.stops);
  for (std::size_t i = 0; i < drawing.stops; ++i) {
    p.places.push_back({random.unit() * 100, random.unit() * 100});
    Stop stop;
    stop.id = std::to_string(i);
    stop.place = static_cast<Index>(i + 1);
    stop.pickup = {1 + random.below(9)};
    p.stops.push_back(stop);
  }
  p.vehicles.reserve(drawing.vehicles);
  for (std::size_t v = 0; v < drawing.vehicles; ++v) {
    Vehicle vehicle;
    vehicle.id = std::to_string(v);
    vehicle.capacity = {drawing.capacity};
    vehicle.start = 0;
    vehicle.end = 0;
    p.vehicles.push_back(vehicle);
  }
  return p;
}

class StoppedWatch final : public Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return 0; }
};

inline Plan planned(const Problem& problem, std::int64_t iterations) {
  Options options;
  options.iterations = iterations;
  auto result = solve(problem, options, StoppedWatch{});
  EXPECT_TRUE(result.has_value());
  return result ? *result : Plan{};
}

}  // namespace huan::routing
