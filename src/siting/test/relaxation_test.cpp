// SPDX-License-Identifier: Apache-2.0
// The bound with lists and the one that looks its pairs up are the same, and neither is above a
// plan.
#include "relaxation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "gathered_prices.hpp"
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

// A rho that is gathered from boxes is never over that of each customer by itself, and hardly
// under: else the bound would not hold, or be worth nothing.
void expect_gathered_prices_hold(const Space& space, double scale) {
  Random random(11);
  std::vector<double> weight(space.customers());
  std::vector<double> multipliers(space.customers());
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    weight[u] = 1 + random.below(9);
    multipliers[u] = scale * (0.8 + 0.4 * random.share());
  }
  ASSERT_TRUE(GatheredPrices::fits(space));
  GatheredPrices prices(space, weight);
  prices.set(multipliers);
  double under = 0;
  double sum = 0;
  for (std::uint32_t j = 0; j < space.candidates(); j += 37) {
    double rho = 0;
    for (std::uint32_t u = 0; u < space.customers(); ++u) {
      rho += weight[u] * std::min(0.0, space.distance(j, u) - multipliers[u]);
    }
    const double gathered = prices.rho(j);
    EXPECT_LE(gathered, rho * (1 - 1e-9)) << j;
    under += rho - gathered;
    sum -= rho;
  }
  EXPECT_GT(sum, 0);
  EXPECT_LT(under, 0.004 * sum);
  EXPECT_GT(under, 0) << "no box was taken as one: the small loss shows that they are";
}

TEST(GatheredPrices, AreNeverOverThoseOfEachCustomer) {
  constexpr std::uint32_t kMany = 6'000;
  expect_gathered_prices_hold(scattered_space(kMany), 40);
  Random random(5);
  Problem problem;
  problem.metric = siting_problem::Metric::great_circle;
  for (std::uint32_t k = 0; k < kMany; ++k) {
    problem.customers.push_back({114 + random.share(), 38 + random.share()});
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = kMany;
  expect_gathered_prices_hold(Space(problem), 30'000);
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
