// SPDX-License-Identifier: Apache-2.0
// Side conditions and further models, each against every choice of a small problem.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "huan/siting/solve.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Kind;
using siting_problem::Problem;

constexpr double kFar = std::numeric_limits<double>::infinity();

Problem places(std::uint64_t seed, Kind kind, std::uint32_t customers) {
  Random random(seed);
  Problem problem;
  problem.kind = kind;
  for (std::uint32_t k = 0; k < customers; ++k) {
    problem.customers.push_back({random.share() * 100, random.share() * 100});
    problem.weight.push_back(1 + random.below(9));
  }
  const std::uint32_t candidates = std::min(customers, 10U);
  problem.candidates.assign(problem.customers.begin(), problem.customers.begin() + candidates);
  problem.customer_count = customers;
  problem.candidate_count = candidates;
  return problem;
}

double apart(const Problem& problem, std::uint32_t j, std::uint32_t u) {
  const double x = problem.customers[u].x - problem.candidates[j].x;
  const double y = problem.customers[u].y - problem.candidates[j].y;
  return std::sqrt(x * x + y * y);
}

std::vector<double> nearest(const Problem& problem, std::uint32_t mask) {
  std::vector<double> out(problem.customer_count, kFar);
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
      out[u] = (mask >> j & 1U) != 0 ? std::min(out[u], apart(problem, j, u)) : out[u];
    }
  }
  return out;
}

double sum_of(const Problem& problem, const std::vector<double>& distance) {
  return std::inner_product(distance.begin(), distance.end(), problem.weight.begin(), 0.0);
}

// By all pairs, as it is defined.
double gini(const Problem& problem, const std::vector<double>& distance) {
  double apart_sum = 0;
  double all = 0;
  for (std::size_t a = 0; a < distance.size(); ++a) {
    all += problem.weight[a];
    for (std::size_t b = 0; b < distance.size(); ++b) {
      apart_sum += problem.weight[a] * problem.weight[b] * std::abs(distance[a] - distance[b]);
    }
  }
  return apart_sum / (2 * all * sum_of(problem, distance));
}

Limits rounds(std::int64_t iterations) {
  Limits limits;
  limits.iterations = iterations;
  return limits;
}

TEST(Sides, NobodyIsServedFromBeyondTheReach) {
  int bound = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Problem problem = places(seed, Kind::pmedian, 20);
    problem.p = 3;
    problem.reach = 42;
    double best = kFar;
    double free = kFar;
    for (std::uint32_t mask = 0; mask < 1024; ++mask) {
      if (__builtin_popcount(mask) == 3) {
        const auto distance = nearest(problem, mask);
        free = std::min(free, sum_of(problem, distance));
        if (*std::max_element(distance.begin(), distance.end()) <= problem.reach) {
          best = std::min(best, sum_of(problem, distance));
        }
      }
    }
    bound += best > free && std::isfinite(best) ? 1 : 0;
    const auto answer = solve(problem, {});
    ASSERT_EQ(answer.has_value(), std::isfinite(best)) << "seed " << seed;
    if (answer) {
      EXPECT_NEAR(answer->upper, best, 1e-8) << "seed " << seed;
      EXPECT_EQ(answer->status, siting_problem::Status::optimal);
    } else {
      EXPECT_EQ(answer.error().code, base::ErrorCode::unreachable_point);
    }
  }
  EXPECT_GT(bound, 0) << "the reach never made a difference";
}

TEST(Sides, DistancesAreNotMoreUnequalThanAsked) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Problem problem = places(seed, Kind::pmedian, 20);
    problem.p = 3;
    problem.gini = 0.3;
    double best = kFar;
    double free = kFar;
    for (std::uint32_t mask = 0; mask < 1024; ++mask) {
      if (__builtin_popcount(mask) == 3) {
        const auto distance = nearest(problem, mask);
        free = std::min(free, sum_of(problem, distance));
        if (gini(problem, distance) <= problem.gini) {
          best = std::min(best, sum_of(problem, distance));
        }
      }
    }
    const auto answer = solve(problem, rounds(4'000));
    if (!answer) {
      EXPECT_EQ(answer.error().at, "gini");
      continue;
    }
    ++found;
    std::uint32_t mask = 0;
    for (const std::uint32_t j : answer->facilities) {
      mask |= 1U << j;
    }
    EXPECT_LE(gini(problem, nearest(problem, mask)), problem.gini + 1e-12);
    EXPECT_GE(answer->upper, best - 1e-9);
    EXPECT_LE(answer->upper, 1.25 * best);
    EXPECT_LE(answer->lower, best + 1e-9);
    EXPECT_GE(answer->lower, 0.99 * free);
  }
  EXPECT_GT(found, 3);
}

double least_cover(const Problem& problem) {
  const double all = std::accumulate(problem.weight.begin(), problem.weight.end(), 0.0);
  double best = kFar;
  for (std::uint32_t mask = 0; mask < 1024; ++mask) {
    double covered = 0;
    double cost = 0;
    for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
      std::int64_t times = 0;
      for (std::uint32_t j = 0; j < 10; ++j) {
        times += (mask >> j & 1U) != 0 && apart(problem, j, u) <= problem.radius ? 1 : 0;
      }
      covered += times >= problem.times ? problem.weight[u] : 0;
    }
    for (std::uint32_t j = 0; j < 10; ++j) {
      cost += (mask >> j & 1U) != 0 ? (problem.cost.empty() ? 1 : problem.cost[j]) : 0;
    }
    best = covered >= problem.share * all - 1e-9 ? std::min(best, cost) : best;
  }
  return best;
}

TEST(Sides, CoversEverybodySoManyTimesOrSoMuchOfTheWeight) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const auto& [times, share] : {std::pair{2, 1.0}, std::pair{1, 0.8}, std::pair{2, 0.7}}) {
      Problem problem = places(seed, Kind::cover, 18);
      problem.radius = 55;
      problem.times = times;
      problem.share = share;
      for (std::uint32_t j = 0; j < 10 && seed % 2 == 0; ++j) {
        problem.cost.push_back(static_cast<double>(1 + (j * seed) % 4));
      }
      const double best = least_cover(problem);
      const auto answer = solve(problem, rounds(6'000));
      ASSERT_EQ(answer.has_value(), std::isfinite(best)) << "seed " << seed;
      if (answer) {
        EXPECT_EQ(answer->upper, best)
            << "seed " << seed << " times " << times << " share " << share;
        EXPECT_LE(answer->lower, best);
      }
    }
  }
}

Problem with_sizes(std::uint64_t seed) {
  Problem problem = places(seed, Kind::facility, 8);
  Random random(seed + 100);
  problem.candidates.resize(5);
  problem.candidate_count = 5;
  for (std::uint32_t u = 0; u < 8; ++u) {
    problem.demand.push_back(1 + random.below(5));
  }
  for (std::uint32_t j = 0; j < 5; ++j) {
    const double first = 40 + 20.0 * random.below(10);
    problem.sizes.push_back({{6, first}, {12, first * 1.6}, {30, first * 3}});
  }
  return problem;
}

double least_network(const Problem& problem) {
  double best = kFar;
  std::vector<double> load(5, 0.0);
  const auto place = [&](const auto& self, std::uint32_t u, double ways) -> void {
    if (u == problem.customer_count) {
      double sum = ways;
      for (std::uint32_t j = 0; j < 5; ++j) {
        double least = load[j] > 0 ? kFar : 0;
        for (const auto& size : problem.sizes[j]) {
          least = size.capacity >= load[j] ? std::min(least, load[j] > 0 ? size.cost : 0) : least;
        }
        sum += least;
      }
      best = std::min(best, sum);
      return;
    }
    for (std::uint32_t j = 0; j < 5; ++j) {
      load[j] += problem.demand[u];
      self(self, u + 1, ways + problem.weight[u] * apart(problem, j, u));
      load[j] -= problem.demand[u];
    }
  };
  place(place, 0, 0);
  return best;
}

TEST(Sides, OpensWhatIsWorthItsCostInTheSizeThatHolds) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Problem problem = with_sizes(seed);
    const double best = least_network(problem);
    const auto answer = solve(problem, rounds(4'000));
    ASSERT_TRUE(answer.has_value()) << "seed " << seed;
    EXPECT_NEAR(answer->upper, best, 1e-7) << "seed " << seed;
    EXPECT_LE(answer->lower, best + 1e-7);
    EXPECT_GE(answer->lower, 0.5 * best);
    EXPECT_EQ(answer->sizes.size(), answer->facilities.size());
  }
}

TEST(Sides, SplittingCostsNoMoreAndFillsWhatIsLeft) {
  // Two facilities of 3 for three customers of 2: only parts fit.
  Problem problem;
  problem.kind = Kind::capacitated;
  problem.customers = {{0, 0}, {5, 0}, {10, 0}};
  problem.candidates = {{0, 0}, {10, 0}};
  problem.customer_count = 3;
  problem.candidate_count = 2;
  problem.demand = {2, 2, 2};
  problem.capacity = {3, 3};
  problem.p = 2;
  EXPECT_FALSE(solve(problem, rounds(500)).has_value());
  problem.split = true;
  const auto answer = solve(problem, rounds(500));
  ASSERT_TRUE(answer.has_value());
  EXPECT_NEAR(answer->upper, 5, 1e-9);
  ASSERT_EQ(answer->portions.size(), 2U);
  EXPECT_NEAR(answer->portions[0].share, 0.5, 1e-9);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Problem whole = places(seed, Kind::capacitated, 30);
    whole.p = 4;
    whole.demand = whole.weight;
    const double all = std::accumulate(whole.demand.begin(), whole.demand.end(), 0.0);
    whole.capacity.assign(10, std::ceil(all / 3.4));
    Problem parts = whole;
    parts.split = true;
    const auto one = solve(whole, rounds(3'000));
    const auto two = solve(parts, rounds(3'000));
    ASSERT_TRUE(one.has_value() && two.has_value());
    EXPECT_LE(two->upper, one->upper * (1 + 1e-9)) << "seed " << seed;
    EXPECT_LE(two->lower, two->upper);
  }
}

TEST(Sides, RefusesAConditionWhereItIsNotKept) {
  Problem problem = places(1, Kind::maxcover, 20);
  problem.p = 2;
  problem.radius = 30;
  problem.share = 0.5;
  EXPECT_EQ(solve(problem, rounds(10)).error().at, "share");
  problem.share = 1;
  problem.reach = 10;
  EXPECT_EQ(solve(problem, rounds(10)).error().at, "reach");
  problem.reach = 0;
  problem.gini = 0.2;
  EXPECT_EQ(solve(problem, rounds(10)).error().at, "gini");
}

TEST(Sides, EqualSeedsGiveEqualPlans) {
  const Problem problem = with_sizes(3);
  const auto a = solve(problem, rounds(700));
  const auto b = solve(problem, rounds(700));
  ASSERT_TRUE(a.has_value() && b.has_value());
  EXPECT_EQ(a->assignment, b->assignment);
  EXPECT_EQ(a->lower, b->lower);
}

}  // namespace
}  // namespace huan::siting
