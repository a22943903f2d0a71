// SPDX-License-Identifier: Apache-2.0
#include "center_lattice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "center_moves.hpp"
#include "center_repair.hpp"
#include "huan/siting/solve.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

Problem square(Metric metric, std::uint32_t places) {
  Random random(11);
  Problem problem;
  problem.kind = Kind::pcenter;
  problem.metric = metric;
  const double side = metric == Metric::great_circle ? 0.1 : 1'000;
  const siting_problem::Point corner =
      metric == Metric::great_circle ? siting_problem::Point{114.4, 38} : siting_problem::Point{};
  for (std::uint32_t k = 0; k < places; ++k) {
    problem.customers.push_back(
        {corner.x + side * random.share(), corner.y + side * random.share()});
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = places;
  problem.p = 60;
  return problem;
}

double farthest(const std::vector<Spot>& from, const Space& space) {
  double worst = 0;
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    double least = 1e300;
    for (const Spot& spot : from) {
      least = std::min(least, squared(spot, space.customer_spot(u)));
    }
    worst = std::max(worst, least);
  }
  return std::sqrt(worst);
}

class Lattice : public testing::TestWithParam<Metric> {};

TEST_P(Lattice, CoversAnAreaWithNearlyAsFewDiscsAsCan) {
  const Problem problem = square(GetParam(), 6'000);
  const Space space(problem);
  std::vector<std::uint32_t> all(problem.customer_count);
  std::iota(all.begin(), all.end(), 0U);
  const CenterLattice lattice(space, all);
  const bool sphere = GetParam() == Metric::great_circle;
  // Of hexagons that share the area evenly, the corner is sqrt(2 A / (3 sqrt(3) p)) from the
  // middle.
  const double metres = 111'195.0;
  const double area =
      sphere ? (0.1 * metres) * (0.1 * metres * std::cos(38.05 * 3.14159265 / 180)) : 1e6;
  const double ideal = std::sqrt(2 * area / (3 * std::sqrt(3.0) * 60));
  for (int way = 0; way < 4; ++way) {
    const auto spots = lattice.lay(way, 60);
    EXPECT_LE(spots.size(), 60U);
    EXPECT_GE(spots.size(), 40U);
    EXPECT_LT(farthest(spots, space), 1.35 * ideal) << way;
    EXPECT_GT(farthest(spots, space), 0.9 * ideal) << way;
  }
}

INSTANTIATE_TEST_SUITE_P(OnBoth, Lattice, testing::Values(Metric::planar, Metric::great_circle));

TEST(LatticeOf, OneSpotIsAllThereIs) {
  Problem problem = square(Metric::planar, 3);
  problem.customers = problem.candidates = {{5, 5}, {5, 5}, {5, 5}};
  const Space space(problem);
  EXPECT_EQ(CenterLattice(space, {0, 1, 2}).lay(0, 60).size(), 1U);
}

TEST(CenterRepair, HolesAreMended) {
  const Problem problem = square(Metric::planar, 6'000);
  const Space space(problem);
  std::vector<std::uint32_t> facilities(60);
  std::iota(facilities.begin(), facilities.end(), 0U);
  const double before = space.metric(Farthest(space, facilities).widest());
  Limits limits;
  limits.iterations = 4'000;
  Budget budget(limits);
  const double after = CenterRepair(problem, space, budget).run(facilities, 1);
  EXPECT_LT(after, 0.7 * before);
  EXPECT_EQ(after, space.metric(Farthest(space, facilities).widest()));
  std::sort(facilities.begin(), facilities.end());
  EXPECT_EQ(std::unique(facilities.begin(), facilities.end()) - facilities.begin(), 60);
}

TEST(WideCenter, IsNearTheLatticeThatNoPlanGetsUnder) {
  Problem problem = square(Metric::planar, 7'000);  // over 36 million pairs
  Limits limits;
  limits.iterations = 700;
  const auto answer = solve(problem, limits);
  ASSERT_TRUE(answer.has_value());
  EXPECT_LT(answer->upper, 1.22 * std::sqrt(2 * 1e6 / (3 * std::sqrt(3.0) * 60)));
}

}  // namespace
}  // namespace huan::siting
