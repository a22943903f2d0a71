// SPDX-License-Identifier: Apache-2.0
// True answers to further models and side conditions pass; a lie about each is named.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "huan/siting/solve.hpp"
#include "huan/siting_check/check.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::Problem;

Problem snail(Kind kind) {
  Problem problem;
  problem.kind = kind;
  double angle = 0;
  for (std::uint32_t k = 0; k < 80; ++k) {
    angle += 2.399963 + 0.01 * k;
    const double away = 40 * std::sqrt(k + 1.0);
    problem.customers.push_back({away * std::cos(angle), away * std::sin(angle)});
    problem.weight.push_back(1 + k % 5);
    problem.demand.push_back(1 + k % 7);
  }
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = 80;
  return problem;
}

Answer answer_to(const Problem& problem, std::int64_t iterations = 1'500) {
  siting::Limits limits;
  limits.iterations = iterations;
  auto answer = siting::solve(problem, limits);
  if (!answer) {
    ADD_FAILURE() << answer.error().at << ": " << answer.error().detail;
    return {};
  }
  const auto found = check(problem, *answer);
  EXPECT_TRUE(found.has_value()) << found.error().at << ": " << found.error().detail;
  EXPECT_TRUE(found && found->has_proof);
  EXPECT_TRUE(found && found->bound >= answer->lower * (1 - 1e-7));
  return std::move(*answer);
}

void expect_lie(const Problem& problem, const Answer& answer, const std::string& at) {
  const auto found = check(problem, answer);
  ASSERT_FALSE(found.has_value()) << at << " was not found";
  EXPECT_EQ(found.error().code, base::ErrorCode::wrong_answer);
  EXPECT_TRUE(found.error().at.starts_with(at)) << found.error().at << found.error().detail;
}

std::vector<double> ways(const Problem& problem, const Answer& answer) {
  std::vector<double> out;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    const auto& a = problem.customers[u];
    const auto& b = problem.candidates[answer.assignment[u]];
    out.push_back(std::hypot(a.x - b.x, a.y - b.y));
  }
  return out;
}

double inequality_of(const Problem& problem, const std::vector<double>& distance) {
  double apart = 0;
  double all = 0;
  double sum = 0;
  for (std::size_t a = 0; a < distance.size(); ++a) {
    all += problem.weight[a];
    sum += problem.weight[a] * distance[a];
    for (std::size_t b = 0; b < distance.size(); ++b) {
      apart += problem.weight[a] * problem.weight[b] * std::abs(distance[a] - distance[b]);
    }
  }
  return apart / (2 * all * sum);
}

// One facility for each customer costs nothing, and no bound is needed to know that nothing is
// less; weights of very different size leave little of their sums.
TEST(CheckSides, BelievesThatNothingCostsLessThanNothing) {
  Problem problem = snail(Kind::pmedian);
  problem.p = problem.candidate_count;
  EXPECT_EQ(answer_to(problem).upper, 0);
  problem.p = problem.candidate_count - 1;
  for (std::size_t k = 0; k < problem.weight.size(); ++k) {
    problem.weight[k] = k % 2 == 0 ? 1e9 : 1;
  }
  answer_to(problem);
  problem.kind = Kind::maxcover;
  problem.radius = 1e5;
  EXPECT_EQ(answer_to(problem).gap(), 0);
}

// Facilities that have to stay are all that is left around what is taken out.
TEST(CheckSides, CoversAShareAroundWhatIsRequired) {
  Problem problem = snail(Kind::cover);
  problem.radius = 60;
  problem.share = 0.7;
  problem.required.assign(problem.candidate_count, 0);
  std::fill_n(problem.required.begin(), 30, std::uint8_t{1});
  EXPECT_GE(answer_to(problem).facilities.size(), 30);
}

/// Every line of the affine plane of order 3 needs one of its points: five of nine do, while a
/// third of each would in the bound.
Problem affine_plane() {
  Problem problem;
  problem.kind = Kind::cover;
  problem.metric = siting_problem::Metric::listed;
  problem.customer_count = 12;
  problem.candidate_count = 9;
  for (std::uint32_t line = 0; line < 12; ++line) {
    for (std::uint32_t point = 0; point < 9; ++point) {
      const std::uint32_t x = point % 3;
      const std::uint32_t y = point / 3;
      const std::uint32_t slope = line / 3;
      if ((slope == 3 ? x : (y + slope * x) % 3) == line % 3) {
        problem.links.push_back({point, line});
      }
    }
  }
  return problem;
}

// Where no multipliers alone prove a cover, cases do, and each of them is followed: a lie about one
// is found.
TEST(CheckSides, FollowsTheCasesOfACover) {
  Problem shared = snail(Kind::cover);
  shared.radius = 90;
  shared.share = 0.8;
  for (std::uint32_t k = 0; k < shared.candidate_count; ++k) {
    shared.cost.push_back(7 + k * 13 % 11);
  }
  for (const Problem& problem : {affine_plane(), shared}) {
    const Answer answer = answer_to(problem, 400'000);
    EXPECT_EQ(answer.status, siting_problem::Status::optimal);
    EXPECT_EQ(answer.lower, answer.upper);
    const bool in_parts = answer.proof.nodes.empty();
    const auto nodes = [in_parts](Answer& one) -> std::vector<siting_problem::ProofNode>& {
      return in_parts ? one.proof.parts.front().nodes : one.proof.nodes;
    };
    Answer lie = answer;
    ASSERT_GT(nodes(lie).size(), 1);
    (in_parts ? lie.proof.parts.front().bound : lie.proof.bound) += 1;
    expect_lie(problem, lie, "proof node");
    lie = answer;
    nodes(lie)[0].when_open = static_cast<std::uint32_t>(nodes(lie).size());
    expect_lie(problem, lie, "proof node 0");
  }
}

// Three of them apart are three proofs and not one of all their cases; who covers no more than
// another one at no lower cost is left out, and each of that is looked at.
TEST(CheckSides, FollowsTheProofOfACoverPartByPart) {
  const Problem one = affine_plane();
  Problem problem = one;
  for (std::uint32_t k = 1; k < 3; ++k) {
    for (const siting_problem::Link& link : one.links) {
      problem.links.push_back({link.candidate + k * 9, link.customer + k * 12});
    }
  }
  problem.customer_count = 36;
  problem.candidate_count = 28;
  problem.cost.assign(28, 1);
  problem.links.insert(problem.links.begin() + 3, {27, 0});  // covers one line alone
  const Answer answer = answer_to(problem, 40'000);
  EXPECT_EQ(answer.status, siting_problem::Status::optimal);
  EXPECT_EQ(answer.upper, 15);
  ASSERT_EQ(answer.proof.parts.size(), 3);
  ASSERT_EQ(answer.proof.dominated.size(), 1);
  Problem cheap = problem;
  cheap.cost[27] = 0.5;
  Answer lie = answer;
  std::swap(lie.proof.dominated[0].candidate, lie.proof.dominated[0].by);
  expect_lie(problem, lie, "proof dominated 0");
  expect_lie(cheap, answer, "proof dominated 0");
  lie = answer;
  lie.proof.parts[1].customers[0] = lie.proof.parts[0].customers[0];
  expect_lie(problem, lie, "proof part 1");
  lie = answer;
  std::swap(lie.proof.parts[1].customers[0], lie.proof.parts[0].customers[0]);
  expect_lie(problem, lie, "proof part");
  lie = answer;
  lie.proof.parts.pop_back();
  expect_lie(problem, lie, "lower");
  problem.required.assign(28, 0);
  problem.required[0] = 1;
  expect_lie(problem, answer, "proof part");
  EXPECT_EQ(answer_to(problem, 40'000).upper, 15);
  std::vector<siting_problem::Link> links;  // a customer's stand together
  for (std::uint32_t customer = 0; customer < 36; ++customer) {
    for (const siting_problem::Link& link : problem.links) {
      if (link.customer == customer) {
        links.push_back(link);
      }
    }
    links.push_back({28, customer});
  }
  problem.links = links;
  problem.candidate_count = 29;
  problem.cost.push_back(1);
  problem.required.push_back(0);
  problem.forbidden.assign(29, 0);
  problem.forbidden[28] = 1;  // who may not open joins no parts
  EXPECT_EQ(answer_to(problem, 40'000).upper, 15);
}

TEST(CheckSides, LooksAtAllPlansWhereThereAreFew) {
  Problem problem = snail(Kind::pmedian);
  problem.customers = {{0, 0}, {10, 0}};
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count = 2;
  problem.weight = {2, 3};
  problem.demand.clear();
  problem.p = 1;
  problem.gini = 0.5;
  EXPECT_EQ(answer_to(problem).upper, 30);
  problem.gini = 0.3;
  siting::Limits limits;
  limits.iterations = 100;
  const auto none = siting::solve(problem, limits);
  ASSERT_FALSE(none.has_value());
  EXPECT_TRUE(none.error().detail.starts_with("no plan keeps it")) << none.error().detail;
}

TEST(CheckSides, NamesWhoIsServedFromBeyondTheReach) {
  Problem problem = snail(Kind::pmedian);
  problem.p = 6;
  const Answer free = answer_to(problem);
  const auto distances = ways(problem, free);
  problem.reach = 0.9 * *std::max_element(distances.begin(), distances.end());
  const Answer answer = answer_to(problem);
  EXPECT_GT(answer.upper, free.upper) << "the reach made no difference";
  expect_lie(problem, free, "assignment");
}

TEST(CheckSides, NamesAPlanThatIsTooUnequal) {
  Problem problem = snail(Kind::pmedian);
  problem.p = 6;
  const Answer free = answer_to(problem);
  problem.gini = 0.9 * inequality_of(problem, ways(problem, free));
  const Answer answer = answer_to(problem);
  EXPECT_GT(answer.upper, free.upper) << "it made no difference";
  expect_lie(problem, free, "assignment");
}

TEST(CheckSides, NamesACoverThatIsTooThin) {
  Problem problem = snail(Kind::cover);
  problem.radius = 120;
  const Answer once = answer_to(problem);
  problem.times = 2;
  const Answer twice = answer_to(problem);
  EXPECT_GT(twice.facilities.size(), once.facilities.size());
  expect_lie(problem, once, "assignment");
  Answer high = twice;
  high.lower = high.upper + 1;
  expect_lie(problem, high, "lower");
}

TEST(CheckSides, NamesASharedCoverThatMissesItsShare) {
  Problem problem = snail(Kind::cover);
  problem.radius = 120;
  problem.share = 0.8;
  const Answer answer = answer_to(problem);
  Problem more = problem;
  more.share = 0.999;
  expect_lie(more, answer, "assignment");
  Answer proud = answer;
  proud.lower = proud.upper;
  if (answer.lower < answer.upper) {
    expect_lie(problem, proud, "lower");
  }
}

TEST(CheckSides, NamesASizeThatDoesNotHold) {
  Problem problem = snail(Kind::facility);
  for (std::uint32_t j = 0; j < 80; ++j) {
    problem.sizes.push_back({{40, 1'700.0 + 10 * (j % 9)}, {120, 2'100}});
  }
  const Answer answer = answer_to(problem);
  Answer one = answer;
  bool smaller = false;
  for (std::uint32_t& size : one.sizes) {
    smaller = smaller || size == 1;
    size = 0;
  }
  ASSERT_TRUE(smaller) << "no plan of this problem needs the larger size";
  expect_lie(problem, one, "facility");
  one = answer;
  one.sizes.pop_back();
  expect_lie(problem, one, "sizes");
  one = answer;
  one.upper *= 0.999;
  one.lower = std::min(one.lower, one.upper);
  expect_lie(problem, one, "upper");
  one = answer;
  one.lower = one.upper;
  expect_lie(problem, one, "lower");
}

TEST(CheckSides, NamesPartsThatDoNotComeToAWhole) {
  Problem problem = snail(Kind::capacitated);
  problem.p = 9;
  problem.capacity.assign(80, 36);
  problem.split = true;
  const Answer answer = answer_to(problem);
  ASSERT_FALSE(answer.portions.empty());
  Answer one = answer;
  one.portions.pop_back();
  expect_lie(problem, one, "portions");
  one = answer;
  one.portions[0].share = -0.5;
  expect_lie(problem, one, "portions 0");
  problem.split = false;
  expect_lie(problem, answer, "portions");
}

}  // namespace
}  // namespace huan::siting_check
