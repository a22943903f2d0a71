// SPDX-License-Identifier: Apache-2.0
// The bound with lists and the one that looks its pairs up are the same, and neither is above a
// plan.
#include "relaxation.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "random.hpp"
#include "swap_search.hpp"

namespace huan::siting {
namespace {

Space scattered_space(std::uint32_t n) {
  Random random(7);
  Problem problem;
  for (std::uint32_t k = 0; k < n; ++k) {
    problem.customers.push_back({random.share() * 100, random.share() * 100});
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = n;
  return Space(problem);
}

TEST(Relaxation, ListedAndUnlistedArcsClimbTheSameWay) {
  constexpr std::uint32_t kSpacePoints = 300;
  const Space space = scattered_space(kSpacePoints);
  const std::vector<double> weight(kSpacePoints, 2.0);
  std::vector<std::uint8_t> allowed(kSpacePoints, 1);
  allowed[5] = 0;
  Arcs listed = near_arcs(
      space, allowed, std::vector<double>(kSpacePoints, std::numeric_limits<double>::infinity()));
  Arcs unlisted = unlisted_arcs(space, allowed);
  listed.p = unlisted.p = 12;
  EXPECT_TRUE(unlisted.candidate.empty());
  Relaxation a(listed, weight);
  Relaxation b(unlisted, weight);
  Bound one = a.evaluate(std::vector<double>(kSpacePoints, 9.0));
  Bound two = b.evaluate(std::vector<double>(kSpacePoints, 9.0));
  EXPECT_NEAR(one.value, two.value, 1e-6);
  Climb climb;
  SwapSearch search(space, weight, {});
  search.set_open({1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13});
  climb.upper = climb.enough = search.cost();
  climb.rounds = 40;
  a.climb(one, climb, [](const Bound&) { return true; });
  b.climb(two, climb, [](const Bound&) { return true; });
  EXPECT_NEAR(one.value, two.value, 1e-3 * one.value);
  EXPECT_LT(one.value, search.cost());
  EXPECT_GT(one.value, 0.3 * search.cost());
}

TEST(SwapSearch, KeepsTheCostThatItWouldFindAnew) {
  const Space space = scattered_space(400);
  const std::vector<double> weight(400, 1.0);
  SwapSearch search(space, weight, {});
  Random random(3);
  std::vector<std::uint32_t> first;
  first.reserve(20);
  for (std::uint32_t k = 0; k < 20; ++k) {
    first.push_back(k * 20);
  }
  search.set_open(first);
  for (int k = 0; k < 200; ++k) {
    const std::uint32_t in = random.below(400);
    if (search.is_open(in)) {
      continue;
    }
    const double before = search.cost();
    const SwapSearch::Swap swap = search.best_for(in);
    search.apply(swap);
    EXPECT_NEAR(search.cost(), before - swap.profit, 1e-6);
  }
  const double kept = search.cost();
  search.refresh();
  EXPECT_NEAR(search.cost(), kept, 1e-6);
}

}  // namespace
}  // namespace huan::siting
