// SPDX-License-Identifier: Apache-2.0
// What cannot be asked is refused by name and place.
#include <gtest/gtest.h>

#include <limits>

#include "huan/siting/solve.hpp"

namespace huan::siting {
namespace {

using base::ErrorCode;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

Problem square() {
  Problem problem;
  problem.customers = problem.candidates = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  problem.customer_count = problem.candidate_count = 4;
  problem.customer_ids = problem.candidate_ids = {"a", "b", "c", "d"};
  problem.p = 2;
  return problem;
}

void expect_refused(const Problem& problem, ErrorCode code, const char* at) {
  const auto answer = solve(problem, {});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, code) << base::name(answer.error().code);
  EXPECT_EQ(answer.error().at, at);
}

TEST(Problem, NamesTheSwappedCoordinate) {
  Problem problem = square();
  problem.metric = Metric::great_circle;
  problem.customers[1] = {38.04, 114.51};
  expect_refused(problem, ErrorCode::bad_coordinates, "b");
}

TEST(Problem, NamesTheCoordinateThatIsNoNumber) {
  Problem problem = square();
  problem.candidates[2].x = std::numeric_limits<double>::quiet_NaN();
  expect_refused(problem, ErrorCode::bad_coordinates, "c");
}

TEST(Problem, NamesTheDemandThatIsNotOverZero) {
  Problem problem = square();
  problem.weight = {1, 1, 0, 1};
  expect_refused(problem, ErrorCode::bad_demand, "c");
  problem.weight = {1, -4, 1, 1};
  expect_refused(problem, ErrorCode::bad_demand, "b");
}

TEST(Problem, RefusesMoreFacilitiesThanCandidates) {
  Problem problem = square();
  problem.p = 5;
  expect_refused(problem, ErrorCode::too_few_candidates, "p");
  problem.p = 4;
  problem.forbidden = {0, 0, 0, 1};
  expect_refused(problem, ErrorCode::too_few_candidates, "p");
}

TEST(Problem, RefusesWhatIsRequiredAndForbidden) {
  Problem problem = square();
  problem.forbidden = {0, 0, 0, 1};
  problem.required = {0, 0, 0, 1};
  expect_refused(problem, ErrorCode::bad_problem, "d");
}

TEST(Problem, RefusesCapacitiesThatDoNotHoldTheDemand) {
  Problem problem = square();
  problem.kind = Kind::capacitated;
  problem.demand = {3, 3, 3, 3};
  problem.capacity = {5, 5, 5, 5};
  expect_refused(problem, ErrorCode::too_little_capacity, "capacity");
}

TEST(Problem, NamesThePointThatNothingReaches) {
  Problem problem = square();
  problem.metric = Metric::table;
  problem.table.assign(16, std::numeric_limits<double>::infinity());
  for (std::size_t k = 0; k < 3; ++k) {
    problem.table[k * 4 + k] = 0;
  }
  expect_refused(problem, ErrorCode::unreachable_point, "d");
}

}  // namespace
}  // namespace huan::siting
