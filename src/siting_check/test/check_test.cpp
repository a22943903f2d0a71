// SPDX-License-Identifier: Apache-2.0
// True answers pass; every kind of lie is named.
#include "huan/siting_check/check.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "huan/siting/solve.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;
using siting_problem::Status;

// 60 points on a spiral, whole distances: a proof by cases with several nodes.
Problem spiral(std::uint32_t n, std::int64_t p, Metric metric) {
  Problem problem;
  problem.metric = metric;
  double angle = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    angle += 2.399963 + 0.01 * k;
    const double away = 40 * std::sqrt(k + 1.0);
    problem.customers.push_back({away * std::cos(angle), away * std::sin(angle)});
    problem.weight.push_back(1 + k % 5);
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = n;
  problem.p = p;
  return problem;
}

struct Solved {
  Problem problem;
  Answer answer;
};

Solved solved(std::uint32_t n, std::int64_t p, Metric metric) {
  Problem problem = spiral(n, p, metric);
  auto answer = siting::solve(problem, {});
  EXPECT_TRUE(answer.has_value());
  return {std::move(problem), std::move(*answer)};
}

void expect_wrong(const Problem& problem, const Answer& answer, const std::string& at) {
  const auto found = check(problem, answer);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, base::ErrorCode::wrong_answer);
  EXPECT_TRUE(found.error().at.starts_with(at)) << found.error().at << found.error().detail;
}

TEST(Check, DerivesTheProvenOptimumAgain) {
  for (const Metric metric : {Metric::planar, Metric::planar_floor}) {
    for (const std::int64_t p : {2, 5, 9, 30}) {
      const auto [problem, answer] = solved(60, p, metric);
      const auto found = check(problem, answer);
      ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
      EXPECT_EQ(answer.status, Status::optimal);
      EXPECT_TRUE(found->has_proof);
      EXPECT_NEAR(found->bound, answer.upper, 1e-7 * answer.upper);
    }
  }
}

TEST(Check, DerivesTheBoundOfAnUnfinishedSearch) {
  const Problem problem = spiral(500, 9, Metric::planar);
  siting::Limits limits;
  limits.iterations = 300;
  const auto answer = siting::solve(problem, limits);
  ASSERT_TRUE(answer.has_value());
  const auto found = check(problem, *answer);
  ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_NEAR(found->bound, answer->lower, 1e-6 * answer->lower);
}

TEST(Check, NamesAPlanThatBreaksARule) {
  const auto [problem, answer] = solved(60, 5, Metric::planar);
  Answer one = answer;
  one.facilities.pop_back();
  expect_wrong(problem, one, "facilities");
  one = answer;
  one.facilities[1] = one.facilities[0];
  expect_wrong(problem, one, "facilities 1");
  one = answer;
  one.assignment[7] = siting_problem::kNobody;
  expect_wrong(problem, one, "assignment 7");
  Problem other = problem;
  other.forbidden.assign(60, 0);
  other.forbidden[answer.facilities[2]] = 1;
  expect_wrong(other, answer, "facilities 2");
}

TEST(Check, NamesAValueThatIsNotThePlans) {
  const auto [problem, answer] = solved(60, 5, Metric::planar);
  Answer one = answer;
  one.upper *= 0.999;
  one.lower = one.upper;
  expect_wrong(problem, one, "upper");
}

TEST(Check, NamesAnOptimumThatIsNone) {
  const auto [problem, answer] = solved(60, 5, Metric::planar);
  Answer one = answer;
  one.lower *= 0.99;
  expect_wrong(problem, one, "status");
}

TEST(Check, NamesABoundThatDoesNotFollow) {
  const auto [problem, answer] = solved(60, 9, Metric::planar);
  Answer one = answer;
  one.proof.nodes.resize(1);
  one.proof.nodes[0].when_open = one.proof.nodes[0].when_closed = 0;
  for (double& multiplier : one.proof.nodes[0].multipliers) {
    multiplier *= 0.9;
  }
  expect_wrong(problem, one, "proof node 0");
  one = answer;
  one.proof.nodes[0].multipliers[3] = -1;
  expect_wrong(problem, one, "proof node 0");
  one = answer;
  one.proof.nodes.clear();
  const auto found = check(problem, one);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->has_proof);
}

struct Ask {
  siting_problem::Kind kind{siting_problem::Kind::pmedian};
  std::int64_t p{0};
  double radius{0};
};

Solved solved_as(const Ask& ask) {
  Problem problem = spiral(120, ask.p, Metric::planar);
  problem.kind = ask.kind;
  problem.radius = ask.radius;
  siting::Limits limits;
  limits.iterations = 20'000;
  auto answer = siting::solve(problem, limits);
  EXPECT_TRUE(answer.has_value());
  return {std::move(problem), std::move(*answer)};
}

TEST(Check, MaximalCoverFromThePlanAndFromTheProof) {
  auto [problem, answer] = solved_as({siting_problem::Kind::maxcover, 6, 90});
  const auto found = check(problem, answer);
  ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_EQ(answer.status, Status::optimal);
  EXPECT_EQ(found->bound, answer.upper);
  answer.upper -= 1;
  answer.lower -= 1;
  expect_wrong(problem, answer, "lower");
}

TEST(Check, CoverFromThePlanAndFromTheProof) {
  auto [problem, answer] = solved_as({siting_problem::Kind::cover, 0, 90});
  const auto found = check(problem, answer);
  ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_GE(answer.lower, 0.8 * answer.upper);
  Answer one = answer;
  one.lower += 1;
  one.upper += 1;
  expect_wrong(problem, one, "upper");
  one = answer;
  one.assignment[5] = siting_problem::kNobody;
  expect_wrong(problem, one, "assignment");
}

TEST(Check, CapacitiesFromThePlanAndFromTheProof) {
  Problem problem = spiral(120, 8, Metric::planar);
  problem.kind = siting_problem::Kind::capacitated;
  for (std::uint32_t k = 0; k < 120; ++k) {
    problem.demand.push_back(1 + k % 7);
    problem.capacity.push_back(65);
  }
  siting::Limits limits;
  limits.iterations = 1'500;
  auto answer = siting::solve(problem, limits);
  ASSERT_TRUE(answer.has_value());
  const auto found = check(problem, *answer);
  ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_GT(answer->lower, 0.9 * answer->upper);
  Problem tighter = problem;
  tighter.capacity.assign(120, 30);
  expect_wrong(tighter, *answer, "facility");
  answer->lower = answer->upper;
  expect_wrong(problem, *answer, "lower");
}

TEST(Check, CenterFromThePlanAndFromTheProof) {
  auto [problem, answer] = solved_as({siting_problem::Kind::pcenter, 6, 0});
  const auto found = check(problem, answer);
  ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_EQ(answer.status, Status::optimal);
  EXPECT_NEAR(found->bound, answer.upper, 1e-6);
  answer.proof.nodes.resize(1);
  answer.proof.nodes[0].when_open = answer.proof.nodes[0].when_closed = 0;
  answer.proof.nodes[0].multipliers.assign(120, 0.0);
  expect_wrong(problem, answer, "proof node 0");
}

// So many that only some customers are looked at; seen on the plane and on the sphere.
TEST(Check, WideCenterFromThePlanAndFromTheProof) {
  constexpr std::uint32_t kMany = 6'500;
  for (const auto metric : {siting_problem::Metric::planar, siting_problem::Metric::great_circle}) {
    Problem problem;
    problem.kind = siting_problem::Kind::pcenter;
    problem.metric = metric;
    std::uint64_t state = 3;
    const auto next = [&state] {
      state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      return static_cast<double>(state >> 40U) * 1e-8;
    };
    for (std::uint32_t k = 0; k < kMany; ++k) {
      const double x = 114 + next();
      problem.customers.push_back({x, 38 + next()});
    }
    problem.candidates = problem.customers;
    problem.customer_count = problem.candidate_count = kMany;
    problem.p = 4;
    siting::Limits limits;
    limits.iterations = 120;
    auto answer = siting::solve(problem, limits);
    ASSERT_TRUE(answer.has_value());
    const auto found = check(problem, *answer);
    ASSERT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
    EXPECT_TRUE(found->has_proof);
    EXPECT_GT(answer->lower, 0.9 * answer->upper);
    ASSERT_EQ(answer->proof.parts.size(), 1U);
    siting_problem::Answer lie = *answer;
    std::vector<std::uint32_t>& customers = lie.proof.parts[0].customers;
    std::vector<double>& weights = lie.proof.parts[0].nodes[0].multipliers;
    customers.resize(4);  // one facility for each
    weights.resize(4);
    expect_wrong(problem, lie, "proof part 0");
    lie = *answer;
    customers[1] = customers[0];
    expect_wrong(problem, lie, "proof part 0");
    lie = *answer;
    weights[0] = 0.5;
    expect_wrong(problem, lie, "proof part 0");
    answer->lower = 1.01 * answer->upper;
    expect_wrong(problem, *answer, "proof");
  }
}

}  // namespace
}  // namespace huan::siting_check
