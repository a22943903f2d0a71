// SPDX-License-Identifier: Apache-2.0
// Small problems against every choice of facilities, and what an answer may never say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "huan/siting/solve.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;
using siting_problem::Status;

Problem scattered(std::uint64_t seed, std::uint32_t n, std::uint32_t m, std::int64_t p) {
  Random random(seed);
  Problem problem;
  problem.metric = seed % 2 == 0 ? Metric::planar : Metric::planar_floor;
  for (std::uint32_t k = 0; k < n; ++k) {
    problem.customers.push_back({random.share() * 100, random.share() * 100});
    problem.weight.push_back(1 + random.below(9));
  }
  for (std::uint32_t k = 0; k < m; ++k) {
    problem.candidates.push_back({random.share() * 100, random.share() * 100});
  }
  problem.customer_count = n;
  problem.candidate_count = m;
  problem.p = p;
  return problem;
}

double cost_of(const Problem& problem, std::uint32_t mask) {
  double sum = 0;
  for (std::size_t u = 0; u < problem.customers.size(); ++u) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < problem.candidates.size(); ++j) {
      if ((mask >> j & 1U) != 0) {
        const double d = std::hypot(problem.customers[u].x - problem.candidates[j].x,
                                    problem.customers[u].y - problem.candidates[j].y);
        least = std::min(least, problem.metric == Metric::planar_floor ? std::floor(d) : d);
      }
    }
    sum += problem.weight[u] * least;
  }
  return sum;
}

double best_median_of_all(const Problem& problem) {
  double best = std::numeric_limits<double>::infinity();
  for (std::uint32_t mask = 0; mask < 1U << problem.candidates.size(); ++mask) {
    if (__builtin_popcount(mask) != problem.p) {
      continue;
    }
    bool allowed = true;
    for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
      const bool open = (mask >> j & 1U) != 0;
      allowed = allowed && (open ? !problem.is_forbidden(j) : !problem.is_required(j));
    }
    if (allowed) {
      best = std::min(best, cost_of(problem, mask));
    }
  }
  return best;
}

TEST(Median, FindsAndProvesTheBestOfAllChoices) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Problem problem = scattered(seed, 30, 12, 1 + static_cast<std::int64_t>(seed % 7));
    if (seed % 3 == 0) {
      problem.required.assign(12, 0);
      problem.required[seed % 12] = 1;
      problem.forbidden.assign(12, 0);
      problem.forbidden[(seed + 5) % 12] = 1;
    }
    const auto answer = solve(problem, {});
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, Status::optimal) << "seed " << seed;
    EXPECT_NEAR(answer->upper, best_median_of_all(problem), 1e-6) << "seed " << seed;
    EXPECT_LE(answer->lower, answer->upper);
    EXPECT_EQ(static_cast<std::int64_t>(answer->facilities.size()), problem.p);
  }
}

TEST(Median, EqualSeedsGiveEqualAnswers) {
  const Problem problem = scattered(2, 400, 400, 20);
  Limits limits;
  limits.iterations = 600;
  const auto a = solve(problem, limits);
  const auto b = solve(problem, limits);
  ASSERT_TRUE(a.has_value() && b.has_value());
  EXPECT_EQ(a->facilities, b->facilities);
  EXPECT_EQ(a->upper, b->upper);
  EXPECT_EQ(a->lower, b->lower);
}

TEST(Median, ATimeOutIsNotOptimal) {
  Problem problem = scattered(4, 600, 600, 30);
  double now = 0;
  Limits limits;
  limits.seconds = 1;
  limits.spent = [&now] { return now += 0.01; };
  const auto answer = solve(problem, limits);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, Status::time_limit);
  EXPECT_LT(answer->lower, answer->upper);
  EXPECT_GT(answer->lower, 0.5 * answer->upper);
}

TEST(Median, PointsOnOneSpotCostNothing) {
  Problem problem = scattered(6, 20, 20, 1);
  problem.customers.assign(20, {5, 5});
  problem.candidates.assign(20, {5, 5});
  const auto answer = solve(problem, {});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, Status::optimal);
  EXPECT_EQ(answer->upper, 0);
}

TEST(Median, EveryCandidateOpen) {
  const auto answer = solve(scattered(8, 30, 6, 6), {});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, Status::optimal);
  EXPECT_EQ(answer->facilities.size(), 6U);
}

}  // namespace
}  // namespace huan::siting
