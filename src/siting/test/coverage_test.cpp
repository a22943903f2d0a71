// SPDX-License-Identifier: Apache-2.0
// Covers and centers of small problems against every choice.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cover_rows.hpp"
#include "huan/siting/solve.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Kind;
using siting_problem::Problem;
using siting_problem::Status;

Problem scattered(std::uint64_t seed, Kind kind, std::int64_t p) {
  Random random(seed);
  Problem problem;
  problem.kind = kind;
  problem.radius = 30;
  problem.p = p;
  for (int k = 0; k < 25; ++k) {
    problem.customers.push_back({random.share() * 100, random.share() * 100});
    problem.weight.push_back(1 + random.below(9));
  }
  problem.candidates.assign(problem.customers.begin(), problem.customers.begin() + 12);
  for (const double x : {25.0, 75.0}) {
    for (const double y : {25.0, 75.0}) {
      problem.candidates.push_back({x, y});
    }
  }
  problem.customer_count = 25;
  problem.candidate_count = 16;
  for (std::uint32_t j = 0; j < 16; ++j) {
    problem.cost.push_back(1 + random.below(4));
  }
  return problem;
}

double apart(const Problem& problem, std::size_t j, std::size_t u) {
  const double x = problem.customers[u].x - problem.candidates[j].x;
  const double y = problem.customers[u].y - problem.candidates[j].y;
  return std::sqrt(x * x + y * y);
}

struct Value {
  double covered{0};
  double farthest{0};
  double cost{0};
  bool all{true};
};

Value value_of(const Problem& problem, std::uint32_t mask) {
  Value value;
  for (std::size_t u = 0; u < problem.customers.size(); ++u) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < problem.candidates.size(); ++j) {
      least = (mask >> j & 1U) != 0 ? std::min(least, apart(problem, j, u)) : least;
    }
    value.farthest = std::max(value.farthest, least);
    value.covered += least <= problem.radius ? problem.weight[u] : 0;
    value.all = value.all && least <= problem.radius;
  }
  for (std::size_t j = 0; j < problem.candidates.size(); ++j) {
    value.cost += (mask >> j & 1U) != 0 ? problem.cost[j] : 0;
  }
  return value;
}

TEST(Coverage, OfAllChoicesTheBestIsFoundAndProven) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const auto p = static_cast<std::int64_t>(1 + seed % 5);
    const Problem most = scattered(seed, Kind::maxcover, p);
    double covered = 0;
    double farthest = std::numeric_limits<double>::infinity();
    double cost = std::numeric_limits<double>::infinity();
    for (std::uint32_t mask = 1; mask < 1U << 16U; ++mask) {
      const Value value = value_of(most, mask);
      cost = value.all ? std::min(cost, value.cost) : cost;
      if (__builtin_popcount(mask) == p) {
        covered = std::max(covered, value.covered);
        farthest = std::min(farthest, value.farthest);
      }
    }
    const auto a = solve(most, {});
    ASSERT_TRUE(a.has_value());
    EXPECT_EQ(a->status, Status::optimal);
    EXPECT_EQ(a->lower, covered) << "seed " << seed;
    const auto b = solve(scattered(seed, Kind::pcenter, p), {});
    ASSERT_TRUE(b.has_value());
    EXPECT_EQ(b->status, Status::optimal);
    EXPECT_NEAR(b->upper, farthest, 1e-9) << "seed " << seed;
    Limits limits;
    limits.iterations = 3'000;
    const auto c = solve(scattered(seed, Kind::cover, 0), limits);
    ASSERT_EQ(c.has_value(), std::isfinite(cost));
    if (c) {
      EXPECT_EQ(c->upper, cost) << "seed " << seed;
      EXPECT_LE(c->lower, cost);
    } else {
      EXPECT_EQ(c.error().code, base::ErrorCode::unreachable_point);
    }
  }
}

TEST(Coverage, NeedsARadius) {
  Problem problem = scattered(1, Kind::cover, 0);
  problem.radius = 0;
  const auto answer = solve(problem, {});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().at, "radius");
}

TEST(CoverRows, WhoIsCoveredWheneverAnotherOneIsIsLeftOut) {
  Problem links;
  links.kind = Kind::cover;
  links.metric = siting_problem::Metric::listed;
  links.customer_count = 5;
  links.candidate_count = 4;
  links.links = {{0, 0}, {1, 0}, {0, 1}, {1, 2}, {2, 2}, {0, 3}, {1, 4}, {2, 4}, {3, 4}};
  const NeededCover kept = needed_cover(links, false);
  // 0 and 3 have what 1 has, and more or the same; 4 has what 2 has.
  ASSERT_EQ(kept.parts.size(), 1U);
  EXPECT_EQ(kept.parts[0].customer, (std::vector<std::uint32_t>{1, 2}));
  ASSERT_EQ(kept.parts[0].links.links.size(), 3U);
  EXPECT_EQ(kept.parts[0].links.links[1].customer, 1U);
  EXPECT_EQ(kept.parts[0].links.links[1].candidate, 1U);
  // Of 1 and 2, which cover 2 alone, one stays; so does 0, apart from it.
  const NeededCover needed = needed_cover(links, true);
  ASSERT_EQ(needed.dominated.size(), 1U);
  EXPECT_EQ(needed.dominated[0].candidate, 1U);
  EXPECT_EQ(needed.dominated[0].by, 2U);
  ASSERT_EQ(needed.parts.size(), 2U);
}

}  // namespace
}  // namespace huan::siting
