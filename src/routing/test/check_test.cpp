// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "huan/routing/problem.hpp"

namespace huan::routing {
namespace {

Problem sound() {
  Problem p;
  p.dimensions = {"kg"};
  p.places = {{0, 0}, {3, 4}};
  p.ways = {Travel{}};
  p.stops = {Stop{.id = "1", .place = 1, .pickup = {4}}};
  p.vehicles = {Vehicle{.id = "A", .capacity = {10}, .start = 0, .end = 0}};
  p.facilities = {Facility{.id = "F", .place = 0}};
  return p;
}

std::string refusal(const std::function<void(Problem&)>& spoil) {
  Problem p = sound();
  spoil(p);
  const auto result = check(p);
  return result ? "" : result.error().at;
}

TEST(Check, TakesASoundProblemAndAnEmptyOne) {
  EXPECT_TRUE(check(sound()));
  EXPECT_TRUE(check(Problem{}));
}

TEST(Check, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].place = 2; }), "/stops/0/place");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].pickup = {-1}; }), "/stops/0/pickup");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].pickup = {1, 1}; }), "/stops/0/pickup");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].pickup = {kLoadMax + 1}; }), "/stops/0/pickup");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].service_s = -1; }), "/stops/0/service_s");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].windows = {{5, 4}}; }), "/stops/0/windows/0");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].windows = {{1, 4}, {3, 5}}; }),
            "/stops/0/windows/1");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].priority = 101; }), "/stops/0/priority");
  EXPECT_EQ(refusal([](Problem& p) { p.stops[0].visits.times = 2; }), "/stops/0/visits/times");
  EXPECT_EQ(refusal([](Problem& p) { p.vehicles[0].start = 7; }), "/vehicles/0/start");
  EXPECT_EQ(refusal([](Problem& p) { p.vehicles[0].ways = 1; }), "/vehicles/0/ways");
  EXPECT_EQ(refusal([](Problem& p) { p.vehicles[0].shifts[0].day = 1; }),
            "/vehicles/0/shifts/0/day");
  EXPECT_EQ(refusal([](Problem& p) { p.vehicles[0].costs.fixed = -1; }), "/vehicles/0/costs");
  EXPECT_EQ(refusal([](Problem& p) { p.facilities[0].place = 9; }), "/facilities/0/place");
  EXPECT_EQ(refusal([](Problem& p) { p.places[1].x = std::nan(""); }), "/places/1");
  EXPECT_EQ(refusal([](Problem& p) { p.ways[0].speed = 0; }), "/ways/0/speed");
  EXPECT_EQ(refusal([](Problem& p) { p.days = 0; }), "/days");
}

TEST(Check, MatricesAreWholeAndHoldNumbers) {
  const auto matrix = [](std::vector<double> durations) {
    return refusal([&](Problem& p) {
      p.ways[0].metric = Metric::matrix;
      p.ways[0].durations = durations;
    });
  };
  EXPECT_EQ(matrix({0, 1, 1, 0}), "");
  EXPECT_EQ(matrix({0, kForever, 1, 0}), "");  // a hole: no way
  EXPECT_EQ(matrix({0, 1, 1}), "/ways/0/durations");
  EXPECT_EQ(matrix({0, 1, -1, 0}), "/ways/0/durations/1/0");
  EXPECT_EQ(matrix({0, std::nan(""), 1, 0}), "/ways/0/durations/0/1");
}

TEST(Check, AStopIsInOnePairAndBringsNoLoadOfItsOwn) {
  const auto pairs = [](std::vector<Pair> list) {
    return refusal([&](Problem& p) {
      p.stops = {Stop{.place = 1}, Stop{.place = 0}};
      p.pairs = list;
    });
  };
  EXPECT_EQ(pairs({{.pickup = 0, .delivery = 1, .load = {3}}}), "");
  EXPECT_EQ(pairs({{.pickup = 0, .delivery = 0}}), "/pairs/0");
  EXPECT_EQ(pairs({{.pickup = 0, .delivery = 2}}), "/pairs/0");
  EXPECT_EQ(refusal([](Problem& p) { p.stops.push_back({}), p.pairs = {{0, 1, {}}}; }), "/pairs/0");
}

}  // namespace
}  // namespace huan::routing
