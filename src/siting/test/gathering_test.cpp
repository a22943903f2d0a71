// SPDX-License-Identifier: Apache-2.0
// Points seen from farther away weigh the same, stand among what is allowed, and are about as far
// from others as those that they stand for.
#include "gathering.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "random.hpp"

namespace huan::siting {
namespace {

constexpr std::uint32_t kPoints = 3'000;

Problem town(Metric metric) {
  Random random(11);
  Problem problem;
  problem.metric = metric;
  for (std::uint32_t k = 0; k < kPoints; ++k) {
    const double x = 114 + random.share();
    problem.customers.push_back({x, 38 + random.share()});
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = kPoints;
  return problem;
}

class Gathered : public testing::TestWithParam<Metric> {};

TEST_P(Gathered, WeighsTheSameAndIsAsFarOnTheAverage) {
  const Space space(town(GetParam()));
  Random random(5);
  std::vector<double> weight(kPoints);
  for (double& one : weight) {
    one = 1 + random.below(9);
  }
  std::vector<std::uint8_t> allowed(kPoints, 1);
  for (std::uint32_t j = 0; j < kPoints; j += 3) {
    allowed[j] = 0;
  }
  const Gathering coarse = gathered(space, weight, allowed, {300, 200});
  EXPECT_GE(coarse.space.customers(), 300U);
  EXPECT_LT(coarse.space.customers(), 700U);
  EXPECT_LT(coarse.candidates.size(), 500U);
  EXPECT_NEAR(std::accumulate(coarse.weight.begin(), coarse.weight.end(), 0.0),
              std::accumulate(weight.begin(), weight.end(), 0.0), 1e-6);
  for (std::uint32_t k = 0; k < coarse.candidates.size(); ++k) {
    EXPECT_NE(allowed[coarse.candidates[k]], 0);
    double far = 0;
    for (std::uint32_t u = 0; u < kPoints; ++u) {
      far += weight[u] * space.distance(coarse.candidates[k], u);
    }
    double seen = 0;
    for (std::uint32_t u = 0; u < coarse.space.customers(); ++u) {
      seen += coarse.weight[u] * coarse.space.distance(k, u);
    }
    EXPECT_NEAR(seen / far, 1, 5e-3);
  }
}

TEST_P(Gathered, MultipliersSpreadBetweenThoseNearby) {
  const Space space(town(GetParam()));
  const std::vector<double> weight(kPoints, 1.0);
  const Gathering coarse =
      gathered(space, weight, std::vector<std::uint8_t>(kPoints, 1), {300, 300});
  Random random(6);
  std::vector<double> multipliers(coarse.space.customers());
  for (double& one : multipliers) {
    one = 5 + random.share();
  }
  const std::vector<double> fine = spread(space, coarse.space, multipliers);
  ASSERT_EQ(fine.size(), kPoints);
  for (const double one : fine) {
    EXPECT_GE(one, 5);
    EXPECT_LE(one, 6);
  }
  multipliers.assign(multipliers.size(), 7.0);
  EXPECT_NEAR(spread(space, coarse.space, multipliers).front(), 7, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Metrics, Gathered, testing::Values(Metric::planar, Metric::great_circle));

}  // namespace
}  // namespace huan::siting
