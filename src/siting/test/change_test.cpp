// SPDX-License-Identifier: Apache-2.0
// What if: with hardly any work allowed, only what begins from the plan before comes near the best.
#include <gtest/gtest.h>

#include <algorithm>

#include "huan/siting/solve.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr std::uint32_t kPlaces = 900;

Problem town(Kind kind) {
  Random random(7);
  Problem problem;
  problem.kind = kind;
  problem.metric = Metric::planar;
  for (std::uint32_t k = 0; k < kPlaces; ++k) {
    problem.customers.push_back({random.share() * 3'000, random.share() * 3'000});
    problem.weight.push_back(1 + random.below(9));
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = kPlaces;
  problem.p = 25;
  problem.radius = 250;
  return problem;
}

Limits no_more_than(std::int64_t iterations) {
  Limits limits;
  limits.iterations = iterations;
  return limits;
}

Answer solved(const Problem& problem, std::int64_t iterations) {
  auto answer = solve(problem, no_more_than(iterations));
  EXPECT_TRUE(answer.has_value());
  return answer ? std::move(*answer) : Answer{};
}

/// Least cost, or most cover as what is missing: smaller is better.
double value(const Problem& problem, const Answer& answer) {
  return problem.kind == Kind::maxcover ? -answer.lower : answer.upper;
}

bool opens(const Answer& answer, std::uint32_t candidate) {
  return std::find(answer.facilities.begin(), answer.facilities.end(), candidate) !=
         answer.facilities.end();
}

class WhatIf : public testing::TestWithParam<Kind> {};

TEST_P(WhatIf, AChangeIsTakenUpFromThePlanBefore) {
  Problem problem = town(GetParam());
  const Answer before = solved(problem, 4'000);
  const std::uint32_t gone = before.facilities[4];
  std::uint32_t wanted = 0;
  while (opens(before, wanted)) {
    ++wanted;
  }
  problem.required.assign(kPlaces, 0);
  problem.forbidden.assign(kPlaces, 0);
  problem.forbidden[gone] = 1;
  problem.required[wanted] = 1;
  const double best = value(problem, solved(problem, 4'000));
  Former former{before.facilities, before.proof.nodes.back().multipliers, {gone, wanted}};
  const auto after = resolve(problem, former, no_more_than(12));
  ASSERT_TRUE(after.has_value());
  EXPECT_FALSE(opens(*after, gone));
  EXPECT_TRUE(opens(*after, wanted));
  EXPECT_EQ(after->facilities.size(), 25U);
  EXPECT_LE(value(problem, *after), best + 0.005 * std::abs(best));
  EXPECT_LE(after->lower, after->upper * (1 + 1e-9));
  // Its bound is near at once, too; anew it takes many rounds.
  EXPECT_LT(after->gap(), 0.5 * solved(problem, 12).gap());
}

TEST_P(WhatIf, MoreMayBeAskedThanStoodAndFewerThanBefore) {
  Problem problem = town(GetParam());
  const Answer before = solved(problem, 300);
  Former former{before.facilities, {}, {}};
  for (const std::int64_t p : {24, 26, 1}) {
    problem.p = p;
    problem.required.clear();
    const auto other = resolve(problem, former, no_more_than(50));
    ASSERT_TRUE(other.has_value());
    EXPECT_EQ(other->facilities.size(), static_cast<std::size_t>(p));
    // As many have to open as there are, and none of those that stood.
    problem.required.assign(kPlaces, 0);
    std::int64_t left = p;
    for (std::uint32_t j = 0; left > 0; ++j) {
      if (!opens(before, j)) {
        problem.required[j] = 1;
        --left;
      }
    }
    const auto forced = resolve(problem, former, no_more_than(5));
    ASSERT_TRUE(forced.has_value());
    for (const std::uint32_t j : forced->facilities) {
      EXPECT_NE(problem.required[j], 0);
    }
  }
}

TEST_P(WhatIf, EqualBeginningsGiveEqualPlans) {
  Problem problem = town(GetParam());
  const Answer before = solved(problem, 200);
  problem.forbidden.assign(kPlaces, 0);
  problem.forbidden[before.facilities[0]] = 1;
  const Former former{before.facilities, {}, {before.facilities[0]}};
  const auto one = resolve(problem, former, no_more_than(80));
  const auto two = resolve(problem, former, no_more_than(80));
  ASSERT_TRUE(one.has_value() && two.has_value());
  EXPECT_EQ(one->facilities, two->facilities);
  EXPECT_EQ(one->lower, two->lower);
}

INSTANTIATE_TEST_SUITE_P(Medians, WhatIf, testing::Values(Kind::pmedian, Kind::maxcover));

TEST(WhatIfOf, NamesOfOtherProblemsAreRefused) {
  Problem problem = town(Kind::pmedian);
  EXPECT_FALSE(resolve(problem, {{kPlaces}, {}, {}}, no_more_than(5)).has_value());
  EXPECT_FALSE(resolve(problem, {{1}, {}, {kPlaces}}, no_more_than(5)).has_value());
}

}  // namespace
}  // namespace huan::siting
