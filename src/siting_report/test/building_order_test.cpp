// SPDX-License-Identifier: Apache-2.0
#include "building_order.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <numeric>

#include "huan/siting_problem/answer.hpp"

namespace huan::siting_report {
namespace {

using siting_problem::kNobody;

std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D0'49BB'1331'11EBU;
  return x ^ (x >> 31U);
}

Tree forest(std::uint32_t sites, std::uint64_t seed) {
  Tree tree;
  for (std::uint32_t s = 0; s < sites; ++s) {
    const std::uint64_t draw = scramble(seed * 1'000 + s);
    tree.above.push_back(s < 2 || draw % 5 == 0 ? kNobody
                                                : static_cast<std::uint32_t>(draw / 7 % s));
    tree.money.push_back(static_cast<double>(draw / 64 % 4));
    tree.households.push_back(static_cast<double>(draw / 512 % 5));
  }
  return tree;
}

/// Of all sets with whatever stands above their sites, built already or in the set: the best ratio.
double best_ratio(const Tree& tree, std::uint32_t built) {
  double best = -1;
  const auto sites = static_cast<std::uint32_t>(tree.above.size());
  for (std::uint32_t set = 1; set < 1U << sites; ++set) {
    bool closed = (set & built) == 0;
    double money = 0;
    double households = 0;
    for (std::uint32_t s = 0; s < sites && closed; ++s) {
      if ((set >> s & 1U) != 0) {
        closed = tree.above[s] == kNobody || ((set | built) >> tree.above[s] & 1U) != 0;
        money += tree.money[s];
        households += tree.households[s];
      }
    }
    if (closed && money > 0) {
      best = std::max(best, households / money);
    }
  }
  return best;
}

TEST(BuildingOrder, EachGroupIsTheBestOfAllThatCouldComeNext) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Tree tree = forest(9, seed);
    std::uint32_t built = 0;
    for (std::uint32_t s = 0; s < 9; ++s) {  // what is left out of the groups stands from the start
      const bool root = tree.above[s] == kNobody || (built >> tree.above[s] & 1U) != 0;
      built |= root && tree.money[s] <= 0 ? 1U << s : 0U;
    }
    for (const auto& group : building_order(tree)) {
      double money = 0;
      double households = 0;
      std::uint32_t set = 0;
      for (const std::uint32_t s : group) {
        set |= 1U << s;
        money += tree.money[s];
        households += tree.households[s];
      }
      for (const std::uint32_t s : group) {
        EXPECT_TRUE(tree.above[s] == kNobody || ((built | set) >> tree.above[s] & 1U) != 0)
            << "seed " << seed << ": " << s << " before what it gives to";
      }
      if (money > 0) {
        EXPECT_DOUBLE_EQ(households / money, best_ratio(tree, built)) << "seed " << seed;
      }
      built |= set;
    }
  }
}

TEST(BuildingOrder, ADearCentreIsWeighedWithAllThatItMakesPossible) {
  // 0 is a dear centre with two stations that are cheap; 3 stands alone and is better than 0 alone.
  const Tree tree{{kNobody, 0, 0, kNobody}, {10, 1, 1, 4}, {0, 12, 12, 7}};
  const std::vector<std::vector<std::uint32_t>> expected{{0, 1, 2}, {3}};
  EXPECT_EQ(building_order(tree), expected);
}

}  // namespace
}  // namespace huan::siting_report
