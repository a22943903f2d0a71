// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/duties.hpp"

#include <gtest/gtest.h>

namespace huan::duties {
namespace {

Step step(const char* block, const char* from, const char* to) {
  Step out;
  out.block = block;
  out.from = base::parse_day(from).value();
  out.to = base::parse_day(to).value();
  return out;
}

TEST(Blocks, FollowEachOther) {
  std::vector<Step> steps{step("2", "2024-01-01", "2024-12-31"),
                          step("1", "2023-08-01", "2023-12-31"),
                          step("2", "2024-03-01", "2024-04-01")};
  EXPECT_FALSE(overlapping_blocks(steps));
  steps.push_back(step("3", "2024-12-31", "2025-08-31"));
  const auto found = overlapping_blocks(steps);
  ASSERT_TRUE(found);
  EXPECT_EQ(steps[found->first].block, "2");
  EXPECT_EQ(found->second, 3U);
}

TEST(Blocks, ShortStepsDoNotHideALongOne) {
  const std::vector<Step> steps{step("1", "2024-01-01", "2024-12-31"),
                                step("1", "2024-02-01", "2024-02-02"),
                                step("2", "2024-06-01", "2024-06-02")};
  ASSERT_TRUE(overlapping_blocks(steps));
  EXPECT_EQ(overlapping_blocks(steps)->first, 0U);
}

TEST(Blocks, AgreesWithComparingEveryPair) {
  std::uint32_t seed = 7;
  const auto next = [&](std::uint32_t n) {
    return (seed = seed * 1'664'525U + 1'013'904'223U, (seed >> 16U) % n);
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<Step> steps;
    for (int i = 0; i < 5; ++i) {
      Step one;
      one.block = std::to_string(next(3));
      one.from.n = static_cast<std::int32_t>(next(40));
      one.to.n = one.from.n + static_cast<std::int32_t>(next(10));
      steps.push_back(one);
    }
    bool any = false;
    for (const Step& a : steps) {
      for (const Step& b : steps) {
        any = any || (a.block != b.block && a.from <= b.to && b.from <= a.to);
      }
    }
    EXPECT_EQ(overlapping_blocks(steps).has_value(), any) << round;
  }
}

TEST(Quotas, AddUpByAwardAndYear) {
  Quota one;
  one.award = "malls";
  one.year = 2023;
  one.at_least = 2;
  Quota other = one;
  other.year = 2024;
  EXPECT_EQ(quota_sum({one, one, other}, "malls", 2023), 4);
  EXPECT_EQ(quota_sum({one, one, other}, "parks", 2023), 0);
}

TEST(Projects, AddUpNumbersAndMoney) {
  ProjectSum one;
  one.number = 8;
  one.invested = base::Money{22'000'000'000};
  ProjectSum bare;
  bare.number = 1;
  const ProjectCount sum = sum_of({one, bare});
  EXPECT_EQ(sum.number, 9);
  EXPECT_EQ(sum.invested.count(), 22'000'000'000);
  one.invested = base::Money{INT64_MAX};
  EXPECT_THROW(static_cast<void>(sum_of({one, one})), base::Overflow);
}

TEST(RolesOfUnits, AreCountedOnce) {
  Task task;
  task.lead = {"commerce"};
  task.supporting = {"police", "planning"};
  Task other;
  other.shared = {"commerce", "police"};
  const Roles roles = count_roles({task, other});
  EXPECT_EQ(roles.leads.size(), 1U);
  EXPECT_EQ(roles.supporting.size(), 2U);
  EXPECT_EQ(roles.all.size(), 3U);
}

}  // namespace
}  // namespace huan::duties
